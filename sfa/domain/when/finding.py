"""Finds the best reading of a date or a duration in a line."""

from sfa.domain.when.values import Duration, When

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime, tzinfo


def find_when(
    text: str,
    now: "datetime",
    *,
    language: str = "auto",
    order: str = "dmy",
    prefers: str = "future",
    zone: "tzinfo | None" = None,
) -> When | None:
    """Return the best reading of one date, time, range or recurrence anywhere in the text, or None.

    `now` is the naive local wall time. `language` is auto, en or zh; `order` of dates in figures is dmy, mdy or ymd;
    `prefers` is future (plans) or past (what was done). A time written with an offset is told in `zone`.

    Raises:
        WhenError: something is written as a date or a time that cannot be one.
    """
    del text, now, language, order, prefers, zone
    return None


def find_duration(text: str) -> Duration | None:
    """Return the first duration in the text, or None."""
    del text
    return None
