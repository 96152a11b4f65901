"""Quotes as rules alone: states and what is possible in them, what a version says, what two of them differ in."""
