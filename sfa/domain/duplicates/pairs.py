"""Two records that may be the same one."""

from collections.abc import Callable
from dataclasses import dataclass

Progress = Callable[[int], None]
"""Told how many records more have been looked at."""

BLOCKS = 0.92
"""From here on a record is not added unless the user insists (domain.md 4.3)."""
WARNS = 0.80
"""From here on a pair is worth a look."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records by their ids.

    Attributes:
        score: 0 to 1.
        reasons: what they share, in words, the sure ones first.
    """

    a: str
    b: str
    score: float
    reasons: tuple[str, ...]
