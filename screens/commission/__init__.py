"""Commission: the statement, its lines in words, what if, how far the quota is."""
