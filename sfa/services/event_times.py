"""When an appointment is: typed words to wall times in a zone, their instants, and how it repeats."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from sfa.clock import instant_text
from sfa.domain.recurrence.values import RecurrenceError
from sfa.domain.recurrence.zones import instant, zone_named, zone_of
from sfa.domain.when import WhenError, find_when
from sfa.errors import UsageError
from sfa.services.moments import read_day_and_time, read_minutes, read_time
from sfa.services.walls import FLOATING, ONE_DAY

if TYPE_CHECKING:
    from datetime import tzinfo

    from sfa.domain.when import When
    from sfa.services.desk import Desk

DEFAULT_LENGTH: Final = timedelta(hours=1)
_FIGURES: Final = re.compile(r"[\d\s./:TZ+-]+")
_CLOCK: Final = re.compile(r"\d{1,2}[:.h]\d{2}|\d{1,2}\s*[ap]m", re.IGNORECASE)
_LENGTH: Final = re.compile(r"[\d.,]+\s*(h|hours?|m|min|minutes?)(\s*\d+\s*(m|min)?)?", re.IGNORECASE)
_MEANINGFUL: Final = re.compile(r"\w")


class Typed(NamedTuple):
    """A beginning as typed: wall time, whether whole days are meant, and what else the words told."""

    start: datetime
    is_all_day: bool
    end: datetime | None = None
    rule: str | None = None


def own_zone(desk: Desk) -> str:
    """Return the name of the laptop's zone."""
    zone = desk.store.clock.zone()
    return str(getattr(zone, "key", None) or zone)


def read_zone(text: str) -> str:
    """Return the IANA name of a zone that goes by an IANA or a Windows name.

    Raises:
        UsageError: there is none; a near one is named.
    """
    if text.strip().lower() == FLOATING:
        return FLOATING
    try:
        return zone_named(text)
    except RecurrenceError as error:
        raise UsageError(str(error)) from error


def zone_object(desk: Desk, name: str) -> tzinfo:
    """Return the zone of a stored name; the laptop's own where it has no name that is known."""
    own = desk.store.clock.zone()
    if name in (FLOATING, own_zone(desk)):
        return own
    return zone_of(name) or own


def read_start(desk: Desk, value: object, zone: str) -> Typed:
    """Return a beginning: `tue 10:00`, `every monday 9-10:30`, `12-14 May`, a date, a moment.

    Raises:
        UsageError: it is none, or day and month cannot be told apart.
    """
    if isinstance(value, (datetime, date)) or _FIGURES.fullmatch(str(value)):
        day, clock_time = read_day_and_time(desk, value)
        return Typed(datetime.combine(day, clock_time or time()), clock_time is None)
    text = str(value)
    found = _words(desk, text, zone)
    if found is None:
        day, clock_time = read_day_and_time(desk, text)
        return Typed(datetime.combine(day, clock_time or time()), clock_time is None)
    return Typed(found.start, found.all_day, found.end, found.rule)


def _words(desk: Desk, text: str, zone: str) -> When | None:
    now = desk.store.clock.now().astimezone(zone_object(desk, zone)).replace(tzinfo=None)
    try:
        found = find_when(text, now, order=desk.config.text("workspace.dates") or "dmy")
    except WhenError as error:
        raise UsageError(str(error)) from error
    if found is None:
        return None
    rest = "".join(text[end:start] for end, start in _gaps(found, len(text)))
    if _MEANINGFUL.search(rest):
        raise UsageError(f"“{rest.strip()}” tells no time.", hint='Write a beginning as "tue 10:00".')
    return found


def _gaps(found: When, length: int) -> list[tuple[int, int]]:
    edges = [0, *(edge for span in sorted(found.spans) for edge in span), length]
    return list(zip(edges[::2], edges[1::2], strict=True))


def read_end(desk: Desk, value: object, start: datetime, *, is_all_day: bool) -> tuple[datetime, bool]:
    """Return an end (exclusive), and whether whole days are meant: `11:30`, `90 min`, `friday` (that day included)."""
    text = str(value).strip()
    if _CLOCK.fullmatch(text):
        return datetime.combine(start.date(), read_time(text)), False
    if _LENGTH.fullmatch(text):
        return start + timedelta(minutes=read_minutes(text)), False
    day, clock_time = read_day_and_time(desk, value)
    if clock_time is None:
        return datetime.combine(day, time()) + ONE_DAY, is_all_day
    return datetime.combine(day, clock_time), False


def instant_of(desk: Desk, wall: datetime, zone: str) -> str:
    """Return the instant of a wall time in a zone, as stored."""
    return instant_text(instant(wall, zone_object(desk, zone)).astimezone(UTC))
