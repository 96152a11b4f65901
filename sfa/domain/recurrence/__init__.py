"""Recurring appointments as RFC 5545 has them: rules and sets, read, written, expanded, edited, told in words."""
