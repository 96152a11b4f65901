"""The sales desk of a field rep."""
