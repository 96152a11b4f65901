"""How a price and a total come about: pure functions over whole numbers (domain.md 2)."""
