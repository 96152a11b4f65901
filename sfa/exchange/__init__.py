"""Data in and out of the sales desk: tables, mappings, readers and writers."""
