"""SQL, by what it answers."""
