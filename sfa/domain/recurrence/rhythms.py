"""The rules that people make, as arithmetic on days: no walk, no state, any window at once."""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import lru_cache
from itertools import islice
from typing import Protocol

from sfa.domain.recurrence.days import LAST_DAY, MONTHS, WEEK, next_at, week_of
from sfa.domain.recurrence.values import UNIT_SECONDS, Rule

MOST_COUNTED = 2000
FIRST_STRETCH = 64
CACHED_SHAPES = 2048


class Rhythm(Protocol):
    """Days that a rule hits, once a day at most, as ordinals."""

    def days(self, low: int, high: int) -> Sequence[int]:
        """Return the days in [low, high), ascending."""


class Strides:
    """Every so many days from one or several days on: DAILY, WEEKLY."""

    __slots__ = ("anchors", "step")

    def __init__(self, anchors: Sequence[int], step: int) -> None:
        self.anchors = anchors
        self.step = step

    def days(self, low: int, high: int) -> Sequence[int]:
        """Return the days in [low, high), ascending."""
        step, anchors = self.step, self.anchors
        if len(anchors) == 1:
            return range(low + (anchors[0] - low) % step, high, step)
        return sorted([day for anchor in anchors for day in range(low + (anchor - low) % step, high, step)])


@lru_cache(CACHED_SHAPES)
def _shape(month: int) -> tuple[int, int, int]:
    """Return the day before a month (an ordinal), the weekday of its first, the number of its last."""
    year, index = divmod(month, MONTHS)
    begins, last = monthrange(year, index + 1)
    return date(year, index + 1, 1).toordinal() - 1, begins, last


class Months:
    """Days of every so many months, by number or by weekday: MONTHLY, YEARLY."""

    __slots__ = ("numbers", "origin", "step", "weekdays")

    def __init__(self, origin: int, step: int, numbers: Sequence[int], weekdays: Sequence[tuple[int, int]]) -> None:
        self.origin = origin
        self.step = step
        self.numbers = numbers
        self.weekdays = weekdays

    def days(self, low: int, high: int) -> Sequence[int]:
        """Return the days in [low, high), ascending."""
        first, last = date.fromordinal(low), date.fromordinal(high - 1)
        month = first.year * MONTHS + first.month - 1
        end = last.year * MONTHS + last.month
        found: list[int] = []
        for number in range(month + (self.origin - month) % self.step, end, self.step):
            found += [day for day in self._of_month(number) if low <= day < high]
        return found

    def _of_month(self, month: int) -> Sequence[int]:
        before, begins, last = _shape(month)
        numbers = [number if number > 0 else last + 1 + number for number in self.numbers]
        for ordinal, weekday in self.weekdays:
            first = 1 + (weekday - begins) % WEEK
            number = first + WEEK * (ordinal - 1)
            if ordinal < 0:
                number = first + WEEK * ((last - first) // WEEK + 1 + ordinal)
            numbers.append(number)
        days = {before + number for number in numbers if 1 <= number <= last}
        return sorted(days) if len(days) > 1 else list(days)


def rhythm_of(rule: Rule, start: datetime) -> Strides | Months | None:
    """Return a rule as arithmetic; None where it needs a walk."""
    if (
        rule.by_set_pos
        or rule.by_year_day
        or rule.by_week_no
        or rule.by_hour
        or rule.by_minute
        or rule.by_second
        or rule.freq in UNIT_SECONDS
    ):
        return None
    if rule.freq in ("DAILY", "WEEKLY"):
        return None if rule.by_month or rule.by_month_day else _strides(rule, start)
    return _months(rule, start)


def _strides(rule: Rule, start: datetime) -> Strides | None:
    today = start.toordinal()
    if not rule.by_day and rule.freq == "DAILY":
        return Strides((today,), rule.interval)
    if not rule.by_day:
        return Strides((today,), WEEK * rule.interval)
    if rule.freq == "DAILY" and rule.interval > 1:
        return None
    begins = week_of(start.date(), rule.week_start)
    anchors = sorted(begins + (weekday - rule.week_start) % WEEK for _, weekday in rule.by_day)
    return Strides(anchors, WEEK * rule.interval)


def _months(rule: Rule, start: datetime) -> Months | None:
    has_every = any(ordinal == 0 for ordinal, _ in rule.by_day)
    if has_every or (rule.by_day and rule.by_month_day):
        return None
    month = start.month
    if rule.freq == "YEARLY":
        if len(rule.by_month) > 1 or (rule.has_day_parts and not rule.by_month):
            return None
        month = rule.by_month[0] if rule.by_month else month
    elif rule.by_month:
        return None
    step = rule.interval * (MONTHS if rule.freq == "YEARLY" else 1)
    numbers = rule.by_month_day or (() if rule.by_day else (start.day,))
    return Months(start.year * MONTHS + month - 1, step, numbers, rule.by_day)


def days_after(rhythm: Rhythm, low: int, until: int = LAST_DAY) -> Iterator[int]:
    """Yield the days of a rhythm from `low` to `until`, both included, without looking far ahead."""
    stretch = FIRST_STRETCH
    while low <= until:
        high = min(low + stretch, until + 1)
        yield from rhythm.days(low, high)
        low, stretch = high, stretch * 2


def nth_day(rhythm: Strides | Months, low: int, count: int) -> int | None:
    """Return day number `count` of a rhythm from `low` on, the last day of the calendar at most; None: worth no search."""
    if isinstance(rhythm, Strides):
        # One stride holds each anchor once: the firsts of all anchors from `low` on, in order, come again and again.
        firsts = sorted(next_at(low, anchor, rhythm.step) for anchor in rhythm.anchors)
        rounds, place = divmod(count - 1, len(firsts))
        day = firsts[place] + rounds * rhythm.step
        return min(day, LAST_DAY)
    if count > MOST_COUNTED * max(1, MONTHS // rhythm.step):
        return None
    return next(islice(days_after(rhythm, low), count - 1, None), LAST_DAY)
