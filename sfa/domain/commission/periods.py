"""Statement periods, the windows that credit is added up over, and when something is late (domain.md 0.5, 1.10)."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import pairwise

from sfa.domain.commission.period import PeriodError
from sfa.domain.commission.plan import Window

YEAR_MONTHS = 12


class Status(StrEnum):
    """Where a statement period stands; what is closed or paid is never changed."""

    OPEN = "open"
    CALCULATED = "calculated"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    CLOSED = "closed"
    PAID = "paid"


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `start` to before `end`."""

    id: str
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Period:
    """A statement period.

    Attributes:
        closed_at: when it was closed, UTC in ISO 8601; the day of its end where it is empty.
    """

    id: str
    start: date
    end: date
    status: Status = Status.OPEN
    closed_at: str = ""

    @property
    def is_closed(self) -> bool:
        """Return whether nothing is posted in it any more."""
        return self.status in {Status.CLOSED, Status.PAID}

    @property
    def shut(self) -> str:
        """Return from when on what is recorded comes too late for it."""
        return self.closed_at or self.end.isoformat()


@dataclass(slots=True)
class Calendar:
    """Statement periods in their order, and windows: declared ones, or those of a year that begins in a month."""

    periods: Sequence[Period]
    declared: dict[Window, Sequence[Span]] = field(default_factory=dict)
    first_month: int = 1
    _starts: list[date] = field(init=False)
    _number: dict[date, int] = field(init=False, default_factory=dict)
    _window: dict[tuple[Window, date], Span] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        ordered = sorted(self.periods, key=lambda period: period.start)
        if not ordered:
            raise PeriodError("No statement period is given.")
        for period in ordered:
            if period.end <= period.start:
                raise PeriodError(f"Period {period.id} ends no later than it starts.")
        for before, after in pairwise(ordered):
            if after.start != before.end:
                raise PeriodError(f"Period {after.id} does not start where {before.id} ends, on {before.end}.")
            if after.is_closed and not before.is_closed:
                raise PeriodError(f"Period {after.id} is closed before {before.id} is.")
        self.periods = ordered
        self._starts = [period.start for period in ordered]

    def number(self, day: date) -> int:
        """Return which statement period holds a day.

        Raises:
            PeriodError: none does.
        """
        found = self._number.get(day)
        if found is None:
            found = bisect_right(self._starts, day) - 1
            if found < 0 or day >= self.periods[found].end:
                raise PeriodError(f"No statement period holds {day}.")
            self._number[day] = found
        return found

    def posting(self, number: int, recorded: str) -> int:
        """Return in which statement period something is posted that is earned in one and recorded at a time.

        Raises:
            PeriodError: all of them are closed.
        """
        if not self.periods[number].is_closed:
            return number
        for index in range(number, len(self.periods)):
            period = self.periods[index]
            if not period.is_closed or recorded < period.shut:
                return index
        raise PeriodError(f"Something recorded at {recorded} has no open period to be posted in.")

    @property
    def oldest_open(self) -> int:
        """Return the number of the oldest open period; of the one behind all where none is."""
        closed = [period.is_closed for period in self.periods]
        return closed.index(False) if False in closed else len(closed)

    def window(self, kind: Window, day: date) -> Span:
        """Return the window of a kind that holds a day.

        Raises:
            PeriodError: windows of that kind are declared, and none holds it.
        """
        found = self._window.get((kind, day))
        if found is None:
            found = self._declared(kind, day) if kind in self.declared else self._derived(kind, day)
            self._window[kind, day] = found
        return found

    def _declared(self, kind: Window, day: date) -> Span:
        for span in self.declared[kind]:
            if span.start <= day < span.end:
                return span
        raise PeriodError(f"No {kind} is declared that holds {day}.")

    def _derived(self, kind: Window, day: date) -> Span:
        """Return a part of the fiscal year; it is named for the calendar year in which the fiscal year ends."""
        months = day.year * YEAR_MONTHS + day.month - self.first_month
        begin = months - months % YEAR_MONTHS % kind.months
        year = begin // YEAR_MONTHS + (self.first_month > 1)
        part = begin % YEAR_MONTHS // kind.months + 1
        first, last = _first(begin + self.first_month - 1), _first(begin + kind.months + self.first_month - 1)
        names = {
            Window.MONTH: f"{first.year}-{first.month:02}",
            Window.QUARTER: f"{year}-Q{part}",
            Window.HALF: f"{year}-H{part}",
            Window.YEAR: f"{year}",
        }
        return Span(names[kind], first, last)


def _first(months: int) -> date:
    return date(months // YEAR_MONTHS, months % YEAR_MONTHS + 1, 1)


def months_later(day: date, months: int) -> date:
    """Return the same day so many months later, or the last of a shorter month."""
    total = day.year * YEAR_MONTHS + day.month - 1 + months
    last = (_first(total + 1) - _first(total)).days
    return date(total // YEAR_MONTHS, total % YEAR_MONTHS + 1, min(day.day, last))
