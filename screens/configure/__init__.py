"""Guided choice of the parts of a bundle."""
