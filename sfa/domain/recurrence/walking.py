"""A rule followed in wall time from any moment on, without a walk to it."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from sfa.domain.recurrence.clock import DAY_SECONDS, offsets, positions, seconds_of, slots, times_of_day
from sfa.domain.recurrence.days import LAST_DAY, Budget, fits, implied, periods
from sfa.domain.recurrence.values import UNIT_SECONDS, Rule

MIDNIGHT = datetime(1, 1, 1)
POSITION_STEPS = 6  # what choosing by position costs, in looks at a day


def moment_at(day: int, second: int) -> datetime:
    """Return the wall time so many seconds after the midnight of a day (an ordinal)."""
    return MIDNIGHT + timedelta(day - 1, second)


def walk(rule: Rule, start: datetime, since: datetime, before: datetime, budget: Budget) -> Iterator[datetime]:
    """Yield what the rule hits in [since, before) and not before `start`, ascending; COUNT and UNTIL are not looked at.

    Raises:
        OutOfStepsError: the budget is spent.
    """
    low = max(start, since)
    whole = implied(rule, start)
    follow = _within_days if rule.freq in UNIT_SECONDS else _by_days
    for moment in follow(whole, start, low, before, budget):
        if moment >= before:
            return
        if moment >= low:
            yield moment


def _within_days(rule: Rule, start: datetime, low: datetime, before: datetime, budget: Budget) -> Iterator[datetime]:
    marks = offsets(rule, start)
    today = low.toordinal()
    is_any_day = not (rule.by_month or rule.has_day_parts)
    for day in range(today, min(before.toordinal(), LAST_DAY) + 1):
        budget.spend()
        if is_any_day or fits(rule, date.fromordinal(day)):
            since = seconds_of(low) if day == today else 0
            for slot in slots(rule, start, day, since, budget):
                budget.spend(len(marks))
                for mark in marks:
                    yield moment_at(day, slot + mark)


def _by_days(rule: Rule, start: datetime, low: datetime, before: datetime, budget: Budget) -> Iterator[datetime]:
    times = times_of_day(rule, start)
    today = low.toordinal()
    for days in periods(rule, start, low.date(), before.date(), budget):
        if rule.by_set_pos:
            budget.spend(POSITION_STEPS + len(rule.by_set_pos))
            # Members are numbers, day by time, so that a year of seconds need not be written out to pick one of them.
            for member in positions(rule.by_set_pos, range(len(days) * len(times))):
                yield moment_at(days[member // len(times)], times[member % len(times)])
            continue
        for day in days:
            for time in times if day >= today else ():
                budget.spend()
                yield moment_at(day, time)


def is_unfiltered(rule: Rule) -> bool:
    """Tell whether a rule is one interval of seconds, minutes or hours, again and again."""
    return rule.freq in UNIT_SECONDS and not rule.has_parts


def nth_of_unfiltered(rule: Rule, start: datetime, count: int) -> datetime | None:
    """Return the hit number `count` of such a rule; None where it lies beyond the calendar."""
    seconds = (count - 1) * rule.interval * UNIT_SECONDS[rule.freq]
    day, second = divmod(seconds, DAY_SECONDS)
    return start + timedelta(day, second) if start.toordinal() + day < LAST_DAY else None
