"""The forecast: what was known on a day, what it says of a period, how sure it is, and how well that went before."""
