"""Dates, times, ranges, recurrences and durations in words, English and Chinese."""

from sfa.domain.when.finding import find_duration, find_when
from sfa.domain.when.values import Duration, When, WhenError

__all__ = ["Duration", "When", "WhenError", "find_duration", "find_when"]
