"""Which days a rule picks from a year, a month, a week: the table of RFC 5545 3.3.10."""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache

from sfa.domain.recurrence.values import UNIT_SECONDS, RecurrenceError, Rule

WEEK = 7
MONTHS = 12
CACHED_MONTHS = 4096
LONGEST_MONTH = 31
LONGEST_YEAR = 54  # weeks that touch a year
MONTH_STEPS = 4  # what a month costs beside its days
DEAR_DAY = 4  # what a day costs whose week, place in the year or count of its weekday is looked at
LAST_YEAR = 9998
LAST_DAY = date(LAST_YEAR, 12, 31).toordinal()
MOST_STEPS = 75_000  # looks at days and clock times for one question: under 100 ms, whatever the rule


class OutOfStepsError(RecurrenceError):
    """A rule was followed as far as one question may go."""


class Budget:
    """The steps that are left for one question."""

    __slots__ = ("left",)

    def __init__(self, steps: int = MOST_STEPS) -> None:
        self.left = steps

    def spend(self, steps: int = 1) -> None:
        """Take steps.

        Raises:
            OutOfStepsError: there are none left.
        """
        self.left -= steps
        if self.left < 0:
            raise OutOfStepsError("The rule was followed as far as one question may go.")


def implied(rule: Rule, start: datetime) -> Rule:
    """Return the rule with what its start implies: the weekday, the day of the month, the month."""
    if rule.by_week_no and not (rule.by_day or rule.by_month_day or rule.by_year_day):
        return replace(rule, by_day=((0, start.weekday()),))
    if rule.has_day_parts or rule.freq in UNIT_SECONDS or rule.freq == "DAILY":
        return rule
    if rule.freq == "WEEKLY":
        return replace(rule, by_day=((0, start.weekday()),))
    if rule.freq == "YEARLY" and not rule.by_month:
        return replace(rule, by_month=(start.month,), by_month_day=(start.day,))
    return replace(rule, by_month_day=(start.day,))


def periods(rule: Rule, start: datetime, since: date, until: date, budget: Budget) -> Iterator[Sequence[int]]:
    """Yield the days (ordinals, ascending) of each period of a rule from the one that holds `since` to that of `until`.

    The rule is `implied` already and repeats by days or longer. Days before the start are among them: BYSETPOS counts
    whole periods.
    """
    first = max(since, start.date())
    if rule.freq == "YEARLY":
        yield from _years(rule, start.year, (first.year, until.year), budget)
    elif rule.freq == "MONTHLY":
        yield from _months(rule, month_number(start), (month_number(first), month_number(until)), budget)
    elif rule.freq == "WEEKLY":
        yield from _weeks(rule, start.date(), (first, until), budget)
    else:
        origin, step = start.toordinal(), rule.interval
        for day in range(next_at(first.toordinal(), origin, step), min(until.toordinal(), LAST_DAY) + 1, step):
            budget.spend()
            if fits(rule, date.fromordinal(day)):
                yield [day]


def month_number(day: date) -> int:
    """Return the number of a day's month, counted through the years."""
    return day.year * MONTHS + day.month - 1


def next_at(low: int, origin: int, step: int) -> int:
    """Return the first number not below `low` that is `origin` plus a multiple of `step`."""
    return low + (origin - low) % step


def _years(rule: Rule, origin: int, span: tuple[int, int], budget: Budget) -> Iterator[Sequence[int]]:
    for year in range(next_at(span[0], origin, rule.interval), min(span[1], LAST_YEAR) + 1, rule.interval):
        named = _named_days(rule, year)
        if named is not None:
            budget.spend(MONTH_STEPS + DEAR_DAY * (len(named) + (LONGEST_YEAR if rule.by_week_no else 0)))
            yield [day for day in named if fits(rule, date.fromordinal(day))]
            continue
        found: list[int] = []
        for month in rule.by_month or range(1, MONTHS + 1):
            found += _of_month(rule, year, month, budget)
        yield found


@lru_cache(CACHED_MONTHS)
def _named_days(rule: Rule, year: int) -> tuple[int, ...] | None:
    """Return the few days of a year that a rule can mean because it numbers days, weeks or weekdays; None for others."""
    first, count = date(year, 1, 1).toordinal(), _days_of_year(year)
    if rule.by_year_day:
        numbers = {number - 1 if number > 0 else count + number for number in rule.by_year_day}
    elif rule.by_day and not rule.by_month and all(ordinal for ordinal, _ in rule.by_day):
        numbers = {_nth(first, count, ordinal, weekday) for ordinal, weekday in rule.by_day}
    elif rule.by_week_no:
        numbers = {begins + day - first for begins in _weeks_of(rule, first, count) for day in range(WEEK)}
    else:
        return None
    return tuple(first + number for number in sorted(numbers) if 0 <= number < count)


def _weeks_of(rule: Rule, first: int, count: int) -> Iterator[int]:
    """Yield the beginnings of those weeks that touch a year and have a number that is asked for."""
    for begins in range(week_of(date.fromordinal(first), rule.week_start), first + count, WEEK):
        if _counts(rule.by_week_no, *week_number(date.fromordinal(begins + 3), rule.week_start)):
            yield begins


def _nth(first: int, count: int, ordinal: int, weekday: int) -> int:
    """Return how many days into a year its nth of a weekday comes, from the front or from the back."""
    if ordinal > 0:
        return (weekday - date.fromordinal(first).weekday()) % WEEK + (ordinal - 1) * WEEK
    last = date.fromordinal(first + count - 1).weekday()
    return count - 1 - (last - weekday) % WEEK + (ordinal + 1) * WEEK


def _months(rule: Rule, origin: int, span: tuple[int, int], budget: Budget) -> Iterator[Sequence[int]]:
    for month in range(
        next_at(span[0], origin, rule.interval), min(span[1] + 1, (LAST_YEAR + 1) * MONTHS), rule.interval
    ):
        if not rule.by_month or month % MONTHS + 1 in rule.by_month:
            yield _of_month(rule, month // MONTHS, month % MONTHS + 1, budget)
        else:
            budget.spend()


def _weeks(rule: Rule, start: date, span: tuple[date, date], budget: Budget) -> Iterator[Sequence[int]]:
    step = WEEK * rule.interval
    origin, low = week_of(start, rule.week_start), week_of(span[0], rule.week_start)
    for monday in range(next_at(low, origin, step), min(span[1].toordinal() + 1, LAST_DAY - WEEK), step):
        budget.spend(WEEK)
        yield [day for day in range(max(monday, 1), monday + WEEK) if fits(rule, date.fromordinal(day))]


def week_of(day: date, week_start: int) -> int:
    """Return the ordinal of the day on which the week of a day begins."""
    return day.toordinal() - (day.weekday() - week_start) % WEEK


def _of_month(rule: Rule, year: int, month: int, budget: Budget) -> tuple[int, ...]:
    price = DEAR_DAY if rule.by_week_no or rule.by_year_day or any(ordinal for ordinal, _ in rule.by_day) else 1
    budget.spend(MONTH_STEPS + price * (len(rule.by_month_day) or LONGEST_MONTH))
    return _month_days(rule, year, month)


@lru_cache(CACHED_MONTHS)
def _month_days(rule: Rule, year: int, month: int) -> tuple[int, ...]:
    """Return the days of one month that fit."""
    last = monthrange(year, month)[1]
    first = date(year, month, 1).toordinal() - 1
    numbers = {day if day > 0 else last + 1 + day for day in rule.by_month_day} or range(1, last + 1)
    days = [first + number for number in sorted(numbers) if 1 <= number <= last]
    return tuple([day for day in days if fits(rule, date.fromordinal(day))])


def fits(rule: Rule, day: date) -> bool:
    """Tell whether a day has the month, the week, the number and the weekday that the rule asks for."""
    if rule.by_month and day.month not in rule.by_month:
        return False
    if rule.by_month_day and not _counts(rule.by_month_day, day.day, monthrange(day.year, day.month)[1]):
        return False
    if rule.by_day and not _has_weekday(rule, day):
        return False
    if rule.by_year_day and not _counts(rule.by_year_day, _year_day(day), _days_of_year(day.year)):
        return False
    return not rule.by_week_no or _counts(rule.by_week_no, *week_number(day, rule.week_start))


def _counts(wanted: tuple[int, ...], number: int, last: int) -> bool:
    """Tell whether a number is wanted, counted from the front or from the back."""
    return number in wanted or number - last - 1 in wanted


def _year_day(day: date) -> int:
    return day.toordinal() - date(day.year, 1, 1).toordinal() + 1


def _days_of_year(year: int) -> int:
    return date(year, 12, 31).toordinal() - date(year, 1, 1).toordinal() + 1


def _has_weekday(rule: Rule, day: date) -> bool:
    weekday = day.weekday()
    if (0, weekday) in rule.by_day:
        return True
    return any(ordinal and wanted == weekday and _is_nth(rule, day, ordinal) for ordinal, wanted in rule.by_day)


def _is_nth(rule: Rule, day: date, ordinal: int) -> bool:
    """Tell whether a day is the nth of its weekday in its month, or in its year where the rule names no month."""
    if rule.freq == "MONTHLY" or rule.by_month:
        number, last = day.day, monthrange(day.year, day.month)[1]
    else:
        number, last = _year_day(day), _days_of_year(day.year)
    return ordinal == ((number - 1) // WEEK + 1 if ordinal > 0 else -((last - number) // WEEK + 1))


def week_number(day: date, week_start: int) -> tuple[int, int]:
    """Return the number of a day's week, and how many weeks the year has to which that week belongs (ISO 8601).

    The first week is the first one with four days or more in the year, whatever weekday weeks begin with.
    """
    begins = week_of(day, week_start)
    year = date.fromordinal(begins + 3).year
    first, following = _first_week(year, week_start), _first_week(year + 1, week_start)
    return (begins - first) // WEEK + 1, (following - first) // WEEK


def _first_week(year: int, week_start: int) -> int:
    return week_of(date(year, 1, 4), week_start)
