"""The client of the central server: what goes up, what comes down, and how it is put in place."""
