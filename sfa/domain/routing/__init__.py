"""A day on the road: distances, the clock of a day of visits, and the best order of them."""
