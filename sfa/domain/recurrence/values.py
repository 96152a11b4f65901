"""What recurrence is made of: rules, sets, overrides, occurrences."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import NamedTuple

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
UNIT_SECONDS = {"SECONDLY": 1, "MINUTELY": 60, "HOURLY": 3600}
FREQUENCIES = (*UNIT_SECONDS, "DAILY", "WEEKLY", "MONTHLY", "YEARLY")
FIRST_MOMENT = datetime(2, 1, 1)  # a year from either end of the calendar, so that no zone carries a moment over it
LAST_MOMENT = datetime(9998, 12, 31)


class RecurrenceError(ValueError):
    """A rule, a date or an edit that cannot be, with a sentence that names the part at fault."""


class Length(NamedTuple):
    """How long an occurrence lasts: whole days of the wall clock, then exact seconds."""

    days: int = 0
    seconds: int = 0

    @property
    def span(self) -> timedelta:
        """Return it as a wall clock without daylight saving would show it."""
        return timedelta(self.days, self.seconds)


NO_LENGTH = Length()
ONE_DAY = Length(1)


@dataclass(frozen=True, slots=True)
class Rule:
    """An RRULE of RFC 5545 3.3.10, valid by itself.

    Attributes:
        until: inclusive; an aware moment in UTC, a wall time, or a date (the whole of it).
        by_day: (ordinal, weekday) pairs; Monday is 0, ordinal 0 means each one.
        week_start: Monday is 0.
    """

    freq: str
    interval: int = 1
    count: int | None = None
    until: date | None = None
    by_second: tuple[int, ...] = ()
    by_minute: tuple[int, ...] = ()
    by_hour: tuple[int, ...] = ()
    by_day: tuple[tuple[int, int], ...] = ()
    by_month_day: tuple[int, ...] = ()
    by_year_day: tuple[int, ...] = ()
    by_week_no: tuple[int, ...] = ()
    by_month: tuple[int, ...] = ()
    by_set_pos: tuple[int, ...] = ()
    week_start: int = 0

    @property
    def has_day_parts(self) -> bool:
        """Tell whether it says which days, beyond months."""
        return bool(self.by_day or self.by_month_day or self.by_year_day or self.by_week_no)

    @property
    def has_parts(self) -> bool:
        """Tell whether any BYxxx part narrows or widens it."""
        return self.has_day_parts or bool(self.by_month or self.by_hour or self.by_minute or self.by_second)


class Extra(NamedTuple):
    """An RDATE: a wall time, and a length of its own where it was given as a period."""

    start: datetime
    length: Length | None = None


@dataclass(frozen=True, slots=True)
class Override:
    """What one instance (or, where `is_onward`, it and all that follow) has of its own.

    Attributes:
        original: the wall time at which the rule puts it, RECURRENCE-ID.
        start: where it was moved to, in wall time of the set's zone; None where it was not.
        length: its own length; None where it is the set's.
        is_cancelled: it does not take place.
        is_onward: RANGE=THISANDFUTURE: later instances move by as much and last as long.
    """

    original: datetime
    start: datetime | None = None
    length: Length | None = None
    is_cancelled: bool = False
    is_onward: bool = False

    @property
    def shift(self) -> timedelta:
        """Return by how much it was moved."""
        return (self.start or self.original) - self.original


@dataclass(frozen=True, slots=True)
class RecurrenceSet:
    """An appointment in time: its first instance, its rules, its exceptions.

    All wall times are naive datetimes in `zone`, at midnight where `is_all_day`.

    Attributes:
        start: DTSTART, always the first instance (RFC 5545 3.8.5.3).
        zone: an IANA name; empty where the time floats.
        excluded: EXDATE; a plain date takes out the whole day.
    """

    start: datetime
    is_all_day: bool = False
    zone: str = ""
    length: Length = NO_LENGTH
    rules: tuple[Rule, ...] = ()
    extras: tuple[Extra, ...] = ()
    excluded: tuple[date, ...] = ()
    overrides: tuple[Override, ...] = ()

    @property
    def is_recurring(self) -> bool:
        """Tell whether it can have more than its first instance."""
        return bool(self.rules or self.extras)


class Occurrence(NamedTuple):
    """One instance: wall times in the zone of its set; `original` names it for ever, wherever it is moved."""

    start: datetime
    length: Length
    original: datetime
    is_cancelled: bool = False

    @property
    def end(self) -> datetime:
        """Return its end by the wall clock, as if no clock were changed meanwhile; exact: `zones.located`."""
        return self.start + self.length.span


@dataclass(frozen=True, slots=True)
class Expansion:
    """The occurrences in a window, by start.

    Attributes:
        stopped: why not all of them are here, as a sentence; empty where all are.
    """

    occurrences: tuple[Occurrence, ...] = field(default=())
    stopped: str = ""


def order_of(moment: date) -> tuple[date, bool]:
    """Return the key that sorts dates among datetimes."""
    is_moment = isinstance(moment, datetime)
    return (moment if is_moment else datetime(moment.year, moment.month, moment.day), is_moment)
