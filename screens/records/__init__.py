"""One record, whole; the trash; the history."""
