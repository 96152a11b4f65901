"""Reports: the list of all, and each with its rows."""
