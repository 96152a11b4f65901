"""Commission: what a sale earns, in whole minor units, each amount with the sum that makes it (domain.md 1)."""
