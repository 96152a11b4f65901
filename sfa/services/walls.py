"""Wall times as they are stored: `2026-03-10T10:00`, `2026-03-10` of whole days."""

from datetime import datetime, timedelta
from typing import Final

FLOATING: Final = "floating"
"""The zone of a time that is the same by every wall clock."""
ONE_DAY: Final = timedelta(days=1)


def wall_text(moment: datetime, *, is_all_day: bool) -> str:
    """Return wall time as stored; the end of whole days is the day after the last one."""
    if is_all_day:
        return moment.date().isoformat()
    return moment.isoformat(timespec="seconds" if moment.second else "minutes")


def wall_of(text: str) -> datetime:
    """Return a stored wall time; midnight of a date."""
    return datetime.fromisoformat(text)
