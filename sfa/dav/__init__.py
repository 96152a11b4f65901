"""CalDAV and CardDAV: the book's calendar and contacts, kept the same as a server's, two ways."""
