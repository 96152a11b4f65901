"""A whole set moved by a time: every instance, its exceptions with it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from sfa.domain.recurrence.days import WEEK
from sfa.domain.recurrence.values import (
    UNIT_SECONDS,
    Length,
    Override,
    RecurrenceError,
    RecurrenceSet,
    Rule,
    order_of,
)
from sfa.domain.recurrence.zones import instant, zone_of

SAFE_DAY = 28
DAY = timedelta(1)


def shift_set(found: RecurrenceSet, shift: timedelta) -> RecurrenceSet:
    """Return the set with every instance moved by `shift` of the wall clock.

    Where the rules can say so, they are changed; where they cannot (the day after each second Tuesday of a month is not
    always a second Wednesday), an override of the first instance and all that follow moves them.

    Raises:
        RecurrenceError: whole days are moved by less than a day, or the set leaves the calendar.
    """
    if not shift:
        return found
    if found.is_all_day and shift % DAY:
        raise RecurrenceError("An appointment of whole days moves by whole days.")
    try:
        rules = [_shifted_rule(rule, found, shift) for rule in found.rules]
        if None in rules or any(not isinstance(day, datetime) and shift % DAY for day in found.excluded):
            return _bent(found, shift)
        return replace(
            found,
            start=found.start + shift,
            rules=tuple(rule for rule in rules if rule is not None),
            extras=tuple(extra._replace(start=extra.start + shift) for extra in found.extras),
            excluded=tuple(sorted((day + shift for day in found.excluded), key=order_of)),
            overrides=tuple(_shifted_override(item, shift) for item in found.overrides),
        )
    except OverflowError as error:
        raise RecurrenceError("The calendar ends before the appointment could move so far.") from error


def _shifted_override(item: Override, shift: timedelta) -> Override:
    start = item.start + shift if item.start is not None else None
    return replace(item, original=item.original + shift, start=start)


def _bent(found: RecurrenceSet, shift: timedelta) -> RecurrenceSet:
    """Return the set with overrides that move all of it."""
    overrides = [
        replace(item, start=item.start + shift) if item.start is not None else item for item in found.overrides
    ]
    overrides = [
        replace(item, start=item.original + shift) if item.is_onward and item.start is None else item
        for item in overrides
    ]
    if not any(item.is_onward and item.original <= found.start for item in overrides):
        first = min([found.start, *(extra.start for extra in found.extras)])
        overrides.insert(0, Override(first, first + shift, is_onward=True))
    return replace(found, overrides=tuple(overrides))


def _shifted_rule(rule: Rule, base: RecurrenceSet, shift: timedelta) -> Rule | None:
    """Return a rule whose hits are all moved; None where no rule says so."""
    start = base.start
    days = (start + shift).toordinal() - start.toordinal()
    is_clock_moved = bool(shift % DAY)
    if is_clock_moved and (rule.freq in UNIT_SECONDS or rule.by_hour or rule.by_minute or rule.by_second):
        return None
    moved = replace(rule, until=_shifted_until(rule.until, base, shift))
    if days == 0:
        return moved
    if rule.by_set_pos or rule.by_year_day or rule.by_week_no or rule.by_month or rule.freq in UNIT_SECONDS:
        return None
    if rule.freq in ("DAILY", "WEEKLY"):
        if rule.by_month_day:
            return None
        weekdays = tuple(sorted((ordinal, (weekday + days) % WEEK) for ordinal, weekday in rule.by_day))
        return replace(
            moved, by_day=weekdays, week_start=(rule.week_start + days) % WEEK if rule.by_day else rule.week_start
        )
    return _shifted_in_month(rule, moved, start, days)


def _shifted_in_month(rule: Rule, moved: Rule, start: datetime, days: int) -> Rule | None:
    """Move days of the month that every month has, to others that every month has."""
    if rule.by_day or (rule.freq == "YEARLY" and rule.by_month_day):
        return None
    numbers = rule.by_month_day or (start.day,)
    if not all(1 <= number <= SAFE_DAY and 1 <= number + days <= SAFE_DAY for number in numbers):
        return None
    if (start + timedelta(days)).month != start.month:
        return None
    return replace(moved, by_month_day=tuple(number + days for number in rule.by_month_day))


def _shifted_until(until: date | None, base: RecurrenceSet, shift: timedelta) -> date | None:
    if until is None:
        return None
    if not isinstance(until, datetime):
        # The whole of a day is meant: what begins late on it may move to the next.
        return until + timedelta((base.start + shift).toordinal() - base.start.toordinal())
    if until.tzinfo is None:
        return until + shift
    zone = zone_of(base.zone) or UTC
    return instant(until.astimezone(zone).replace(tzinfo=None) + shift, zone).astimezone(UTC)


def with_length(found: RecurrenceSet, length: Length) -> RecurrenceSet:
    """Return the set with all instances equally long."""
    return replace(
        found,
        length=length,
        extras=tuple(extra._replace(length=None) for extra in found.extras),
        overrides=tuple(replace(item, length=None) for item in found.overrides),
    )
