"""Days and instants in figures, as files and people write them; never guessed where two readings are possible."""

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Literal

from sfa.domain.text import clean, half_width

DateOrder = Literal["dmy", "mdy", "ymd"]
LONGEST_TEXT = 60
MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
MONTHS_IN_YEAR = 12
DAYS_IN_MONTH = 31
_PIVOT = 69
_NOON = 12
_SHORT = 3
_WEEKDAY = re.compile(r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,?\s+(?=\S)", re.IGNORECASE)
_OFFSET = r"(?P<offset>Z|UTC|GMT|[+-]\d{2}:?\d{2})?"
_TIME = (
    r"(?:(?:T|,?\s+)(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?\s*(?P<half>[ap]\.?m\.?)?"
    rf"\s*{_OFFSET})?"
)
_YEAR = r"(?P<year>\d{4}|\d{2})"
_NAMED = r"(?P<name>[a-z]{3,9})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
# Kept as text: `re` compiles them, and keeps them, where the first date is read.
FIGURES = rf"(?i:(?P<first>\d{{1,2}})\s*(?P<sign>[-/.])\s*(?P<second_part>\d{{1,2}})\s*(?P=sign)\s*{_YEAR}{_TIME})"
YEAR_FIRST = (
    rf"(?i:(?P<year>\d{{4}})(?:\s*(?P<sign>[-/.])\s*(?P<month>\d{{1,2}})\s*(?P=sign)\s*(?P<day>\d{{1,2}})"
    rf"|\s*年\s*(?P<month_>\d{{1,2}})\s*月\s*(?P<day_>\d{{1,2}})\s*[日号]?){_TIME})"
)
_COMPACT = (
    r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})"
    rf"(?:T(?P<hour>\d{{2}})(?P<minute>\d{{2}})(?P<second>\d{{2}})?{_OFFSET})?"
)
_IN_LETTERS = (
    rf"(?i:{_DAY}[\s.-]*(?:of\s+)?{_NAMED},?[\s-]*{_YEAR}{_TIME})",
    rf"(?i:{_NAMED}[\s-]*{_DAY}(?:,\s*|[\s-]+)(?P<year>\d{{4}}){_TIME})",
)


class DateError(ValueError):
    """A text that is no date, with a sentence that says why."""


class AmbiguousDateError(DateError):
    """A text that can be read in two ways."""


def shown(text: str) -> str:
    """Return a text as an error quotes it: inert and short."""
    return f"“{clean(text.strip()[:LONGEST_TEXT])}”"


def bare_date(text: str) -> str:
    """Return a written date without weekday and space around, in the digits of a Western keyboard."""
    return _WEEKDAY.sub("", half_width(text).strip(), count=1)


def parse_day(text: str, order: DateOrder | str | None) -> date:
    """Read a written date; a time of day after it is ignored.

    Args:
        text: such as `2026-12-01`, `1/2/2026`, `15 Apr, 2021 00:02:00`, `2026年12月1日`; 00 to 68 are of this century.
        order: how a date of three numbers is meant; None or empty where nobody said.

    Raises:
        AmbiguousDateError: no order was given and two fit.
        DateError: it is no date, or there is no such day.
    """
    return _read(text, order)[0]


def parse_instant(text: str, order: DateOrder | str | None, zone: tzinfo) -> datetime:
    """Read a moment and return it in UTC; without an offset it is wall time in `zone`, without a time midnight there.

    Raises:
        DateError: as `parse_day`, or it holds no time of day.
    """
    day, match = _read(text, order)
    wall = datetime.combine(day, _clock(match, text))
    offset = _offset(match["offset"], text)
    try:
        if offset is not None:
            return (wall - offset).replace(tzinfo=UTC)
        return wall.replace(tzinfo=zone).astimezone(UTC)
    except OverflowError:
        raise DateError(f"{shown(text)} is out of the calendar: years are from 1 to 9999.") from None


def _read(text: str, order: DateOrder | str | None) -> tuple[date, re.Match[str]]:
    if len(text.strip()) > LONGEST_TEXT:
        raise DateError(f"{shown(text)} is no date.")
    bare = bare_date(text)
    for pattern in (YEAR_FIRST, _COMPACT):
        if match := re.fullmatch(pattern, bare):
            found = match.groupdict()
            month, day = found["month"] or found["month_"], found["day"] or found["day_"]
            return _made(text, match["year"], int(month), day), match
    if match := re.fullmatch(FIGURES, bare):
        return _by_order(text, match, order), match
    for pattern in _IN_LETTERS:
        if match := re.fullmatch(pattern, bare):
            return _made(text, match["year"], _month(match["name"], text), match["day"]), match
    raise DateError(f"{shown(text)} is no date.")


def _by_order(text: str, match: re.Match[str], order: DateOrder | str | None) -> date:
    first, second, last = match["first"], match["second_part"], match["year"]
    has_short_year = len(last) < len("2026")
    if order == "mdy":
        return _made(text, last, int(first), second)
    if order == "dmy":
        return _made(text, last, int(second), first)
    if has_short_year and (order == "ymd" or int(first) > DAYS_IN_MONTH):
        return _made(text, first, int(second), last)
    readings = {_day_or_none(last, int(second), first), _day_or_none(last, int(first), second)} - {None}
    if len(readings) > 1:
        raise AmbiguousDateError(f"{shown(text)} can be read in two ways: say whether days or months come first.")
    return (
        _made(text, last, int(first), second) if int(second) > MONTHS_IN_YEAR else _made(text, last, int(second), first)
    )


def _day_or_none(year: str, month: int, day: str) -> date | None:
    number = int(year)
    if len(year) < len("2026"):
        number += 2000 if number < _PIVOT else 1900
    try:
        return date(number, month, int(day))
    except ValueError:
        return None


def _made(text: str, year: str, month: int, day: str) -> date:
    found = _day_or_none(year, month, day)
    if found is None:
        raise DateError(f"{shown(text)} is no date: there is no such day.")
    return found


def month_number(name: str) -> int | None:
    """Return the month that a name or its beginning of three letters or more means."""
    word = "sep" if name.lower() == "sept" else name.lower()
    found = [number for number, month in enumerate(MONTHS, 1) if len(word) >= _SHORT and month.startswith(word)]
    return found[0] if found else None


def _month(name: str, text: str) -> int:
    found = month_number(name)
    if found is None:
        raise DateError(f"{shown(text)} is no date: {name} is no month.")
    return found


def _clock(match: re.Match[str], text: str) -> time:
    """Return the time of day that is written, midnight where there is none."""
    found = match.groupdict()
    hour, half = int(found["hour"] or 0), (found.get("half") or "").lower()
    if half.startswith("p") and hour < _NOON:
        hour += _NOON
    elif half.startswith("a"):
        hour = {_NOON: 0}.get(hour, hour if hour < _NOON else 24)
    try:
        return time(hour, int(found["minute"] or 0), int(found["second"] or 0))
    except ValueError:
        raise DateError(f"{shown(text)} holds no time of day.") from None


def _offset(written: str | None, text: str) -> timedelta | None:
    if not written:
        return None
    if written[0] not in "+-":
        return timedelta()
    digits = written[1:].replace(":", "")
    size = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    if size >= timedelta(days=1):
        raise DateError(f"{shown(text)} holds no offset from UTC: {written} is a day or more.")
    return -size if written[0] == "-" else size
