"""Quick entry: one line as a rep types it between two meetings, read into what was done and what follows."""
