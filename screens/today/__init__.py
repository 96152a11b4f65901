"""Home: what needs the rep today."""
