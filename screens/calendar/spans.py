"""Which days a view shows around a day, and where the next ones begin."""

from calendar import monthrange
from datetime import date, timedelta

WEEK = timedelta(days=7)
AGENDA = timedelta(days=14)
ONE_DAY = timedelta(days=1)
FIRST, LAST = date(1, 2, 1), date(9998, 12, 1)
"""Days that have whole spans around them."""


def span_of(view: str, day: date, week_start: int) -> tuple[date, date]:
    """Return the days [first, after) that a view shows: whole weeks of a month, two weeks of an agenda."""
    day = min(max(day, FIRST), LAST)
    if view == "day":
        return day, day + ONE_DAY
    if view == "agenda":
        return day, day + AGENDA
    if view == "week":
        first = _week_of(day, week_start)
        return first, first + WEEK
    last = day.replace(day=monthrange(day.year, day.month)[1])
    return _week_of(day.replace(day=1), week_start), _week_of(last, week_start) + WEEK


def _week_of(day: date, week_start: int) -> date:
    return day - timedelta(days=(day.weekday() - week_start) % 7)


def step_span(view: str, day: date, by: int) -> date:
    """Return the same day of the spans after or before; the last of a shorter month."""
    day = min(max(day, FIRST), LAST)
    if view == "month":
        months = day.year * 12 + day.month - 1 + by
        year, month = divmod(months, 12)
        return day.replace(year=year, month=month + 1, day=min(day.day, monthrange(year, month + 1)[1]))
    return day + {"day": ONE_DAY, "week": WEEK, "agenda": AGENDA}[view] * by
