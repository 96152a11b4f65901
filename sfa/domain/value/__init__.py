"""What customers are worth: scores and quadrants, concentration, retention, lifetime (domain.md 5)."""
