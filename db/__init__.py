"""The store: schema, journal, transactions and queries over one SQLite file."""
