"""Spans of days as people ask a calendar for them: a day, `week`, `next month`, `2026-03-01..2026-03-15`."""

from datetime import date, datetime, timedelta
from typing import Final

from sfa.domain.when import WhenError, find_when
from sfa.errors import UsageError
from sfa.services.desk import Desk
from sfa.services.moments import read_day

ONE_DAY: Final = timedelta(days=1)
LONGEST: Final = timedelta(days=36_890)
_BARE: Final = {"week": "this week", "month": "this month", "quarter": "this quarter", "year": "this year"}
_HINT: Final = "Write a day, week, next month, or FROM..TO."


def read_span(desk: Desk, text: str) -> tuple[date, date]:
    """Return the days [first, after) that a text means; `..` includes its second day, nothing means today.

    Raises:
        UsageError: it means no days, or more than a hundred years of them.
    """
    wanted = text.strip()
    first, dots, last = wanted.partition("..")
    words = _BARE.get(wanted.lower(), wanted or "today")
    found = (_day(desk, first), _day(desk, last) + ONE_DAY) if dots else _span(desk, words)
    if found[1] <= found[0]:
        raise UsageError(f"“{wanted}” ends before it begins.", hint=_HINT)
    if found[1] - found[0] > LONGEST:
        raise UsageError(f"“{wanted}” is longer than a hundred years.", hint=_HINT)
    return found


def _day(desk: Desk, text: str) -> date:
    return read_day(desk, text) if text.strip() else desk.today


def _span(desk: Desk, text: str) -> tuple[date, date]:
    now = datetime.combine(desk.today, datetime.min.time())
    try:
        found = find_when(text, now, order=desk.config.text("workspace.dates") or "dmy", prefers="future")
    except WhenError as error:
        raise UsageError(str(error), hint=_HINT) from error
    if found is None or found.rule:
        day = read_day(desk, text)
        return day, day + ONE_DAY
    first = found.start.date()
    after = found.end.date() if found.end else first + ONE_DAY
    return first, max(after, first + ONE_DAY)
