"""How long it is until something begins, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

HOUR_MIN = 60
DAY_MIN = 24 * HOUR_MIN


def how_soon(starts: datetime, now: datetime) -> str:
    """Return how long until a moment, as people say it: `in 25 min`, `in 1 h 05`, `in 2 days`."""
    minutes = max(-(-int((starts - now).total_seconds()) // 60), 0)
    if minutes < HOUR_MIN:
        return f"in {minutes} min" if minutes else "now"
    if minutes < DAY_MIN:
        hours, rest = divmod(minutes, HOUR_MIN)
        return f"in {hours} h {rest:02d}" if rest else f"in {hours} h"
    days = minutes // DAY_MIN
    return f"in {days} day{'' if days == 1 else 's'}"
