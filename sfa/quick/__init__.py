"""The fast door: what must be done before the finger leaves the key; standard library and the bare driver only."""
