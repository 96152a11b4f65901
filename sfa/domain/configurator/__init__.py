"""Guided choice of the parts of a bundle: rules, what they break, what is left, what completes it (domain.md 2.8)."""
