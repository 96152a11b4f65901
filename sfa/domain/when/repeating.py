"""The rule of a recurrence as RFC 5545 writes it, and its first occurrence."""

from datetime import date, datetime, time

from sfa.domain.when.clock_words import PARTS
from sfa.domain.when.days import WEEK, add_days, add_months, days_in, nth_weekday
from sfa.domain.when.readings import Reading, Repeat
from sfa.domain.when.resolving import clock_minutes, day_of, moment_at, yearly
from sfa.domain.when.tokens import Line
from sfa.domain.when.values import WhenError

_DAY_NAMES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_MOST_MONTHS = 48
_WORK_DAYS = (0, 1, 2, 3, 4)


def rule_of(repeat: Repeat, until: date | None = None) -> str:
    """Return the RRULE value of a recurrence."""
    parts = [f"FREQ={repeat.freq}"]
    if repeat.interval > 1:
        parts.append(f"INTERVAL={repeat.interval}")
    if repeat.month is not None:
        parts.append(f"BYMONTH={repeat.month}")
    if repeat.weekdays:
        is_single = repeat.position is not None and len(repeat.weekdays) == 1
        sign = str(repeat.position) if is_single else ""
        parts.append("BYDAY=" + ",".join(f"{sign}{_DAY_NAMES[day]}" for day in repeat.weekdays))
        if repeat.position is not None and not is_single:
            parts.append(f"BYSETPOS={repeat.position}")
    if repeat.month_day is not None:
        parts.append(f"BYMONTHDAY={repeat.month_day}")
    if until is not None:
        parts.append(f"UNTIL={until:%Y%m%d}")
    return ";".join(parts)


def first_of(reading: Reading, repeat: Repeat, line: Line) -> tuple[datetime, bool]:
    """Return the first occurrence, and whether it lasts the whole day.

    A weekday is the next one after today; a day of the month and a daily time may be today.

    Raises:
        WhenError: it never occurs.
    """
    begin = day_of(reading, line)
    if reading.clock is None and reading.part is None:
        if repeat.freq == "HOURLY":
            return moment_at(line.today, (line.now.hour + 1) * 60), False
        return datetime.combine(_first_day(repeat, begin, line.today), time()), True
    clock, part = reading.clock, reading.part
    minutes = clock_minutes(clock, part) if clock else PARTS[part or "morning"][0] * 60
    is_over = moment_at(line.today, minutes) <= line.now and begin is None
    day = _first_day(repeat, begin, add_days(line.today, 1) if is_over else line.today)
    return moment_at(day, minutes), False


def _first_day(repeat: Repeat, begin: date | None, today: date) -> date:
    if repeat.position is not None or repeat.freq == "MONTHLY":
        return _monthly(repeat, begin or today)
    if repeat.freq == "WEEKLY" and repeat.weekdays:
        start = begin or (today if repeat.weekdays == _WORK_DAYS else add_days(today, 1))
        return next(day for day in (add_days(start, step) for step in range(WEEK)) if day.weekday() in repeat.weekdays)
    if repeat.freq == "YEARLY" and repeat.month is not None:
        return yearly(begin or today, repeat.month, repeat.month_day or 1)
    return begin or today


def _monthly(repeat: Repeat, start: date) -> date:
    if repeat.position is None and repeat.month_day is None:
        return start
    for months in range(_MOST_MONTHS):
        first = add_months(start.replace(day=1), months)
        found = _in_month(repeat, first)
        if found is not None and found >= start:
            return found
    raise WhenError("There is no such day in any month.")


def _in_month(repeat: Repeat, first: date) -> date | None:
    last = days_in(first.year, first.month)
    if repeat.month_day is not None:
        day = repeat.month_day if repeat.month_day > 0 else last + 1 + repeat.month_day
        return first.replace(day=day) if 1 <= day <= last else None
    if len(repeat.weekdays) > 1:
        days = [first.replace(day=day) for day in range(1, last + 1)]
        days = [day for day in days if day.weekday() in repeat.weekdays]
        position = repeat.position or 1
        return days[position - 1] if position > 0 else days[position]
    try:
        return nth_weekday(first.year, first.month, repeat.weekdays[0], repeat.position or 1)
    except WhenError:
        return None
