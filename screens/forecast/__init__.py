"""Forecast and reports: one area, key 7."""
