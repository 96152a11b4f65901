"""At which times of a day a rule strikes, in seconds after midnight."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sfa.domain.recurrence.days import Budget
from sfa.domain.recurrence.values import UNIT_SECONDS, Rule

DAY_SECONDS = 86_400
HOUR_SECONDS = 3600
MINUTE_SECONDS = 60


def times_of_day(rule: Rule, start: datetime) -> list[int]:
    """Return the times of a rule that repeats by days or longer."""
    minutes, seconds = rule.by_minute or (start.minute,), _seconds(rule, start)
    hours = rule.by_hour or (start.hour,)
    return [h * HOUR_SECONDS + m * MINUTE_SECONDS + s for h in hours for m in minutes for s in seconds]


def _seconds(rule: Rule, start: datetime) -> Sequence[int]:
    """Return the seconds of a minute; a leap second is the one before it (RFC 5545 3.3.5)."""
    return sorted({min(second, 59) for second in rule.by_second}) or (start.second,)


def offsets(rule: Rule, start: datetime) -> Sequence[int]:
    """Return where within each hour, minute or second a rule by these strikes."""
    if rule.freq == "SECONDLY":
        found = [0]
    elif rule.freq == "MINUTELY":
        found = list(_seconds(rule, start))
    else:
        minutes = rule.by_minute or (start.minute,)
        found = [minute * MINUTE_SECONDS + second for minute in minutes for second in _seconds(rule, start)]
    return positions(rule.by_set_pos, found)


def positions(wanted: tuple[int, ...], found: Sequence[int]) -> Sequence[int]:
    """Return what BYSETPOS leaves of a period's members."""
    if not wanted:
        return found
    indexes = {number - 1 if number > 0 else len(found) + number for number in wanted}
    return [found[index] for index in sorted(indexes) if 0 <= index < len(found)]


def slots(rule: Rule, start: datetime, day: int, budget: Budget) -> Iterator[int]:
    """Yield where the hours, minutes or seconds of a rule begin on a day (an ordinal).

    Steps are counted from the start on by the wall clock; an hour or minute that is not asked for is passed in one.
    """
    unit = UNIT_SECONDS[rule.freq]
    per_day = DAY_SECONDS // unit
    origin = (
        start.toordinal() * per_day + (start.hour * HOUR_SECONDS + start.minute * MINUTE_SECONDS + start.second) // unit
    )
    step = rule.interval
    slot = (origin - day * per_day) % step
    while slot < per_day:
        budget.spend()
        second = slot * unit
        passed = _passed(rule, second, unit)
        if passed:
            target = -(-(second + passed) // unit)
            slot += -(-(target - slot) // step) * step
        else:
            yield second
            slot += step


def _passed(rule: Rule, second: int, unit: int) -> int:
    """Return how many seconds to pass because the hour, the minute or the second is not asked for; 0 where all are."""
    if rule.by_hour and second // HOUR_SECONDS not in rule.by_hour:
        return HOUR_SECONDS - second % HOUR_SECONDS
    if unit <= MINUTE_SECONDS and rule.by_minute and second // MINUTE_SECONDS % 60 not in rule.by_minute:
        return MINUTE_SECONDS - second % MINUTE_SECONDS
    is_second_off = unit == 1 and rule.by_second and second % MINUTE_SECONDS not in rule.by_second
    return int(bool(is_second_off))
