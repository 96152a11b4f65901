"""Products with what they cost whom, and why."""
