"""The central server: one company's shared book, who may see what of it, and the order of changes."""
