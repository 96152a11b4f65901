"""From what was read to days and times: which friday, which year, morning or afternoon."""

from datetime import date, datetime, time, timedelta

from sfa.domain.when.clock_words import LATER_HALF, NIGHTS, PARTS
from sfa.domain.when.days import (
    add_days,
    add_months,
    add_seconds,
    can_be,
    check_weekday,
    days_in,
    make_day,
    monday_of,
    span_of,
    weekday_after,
    weekday_before,
)
from sfa.domain.when.readings import Clock, Period, Reading
from sfa.domain.when.tokens import HAN, Line
from sfa.domain.when.values import WhenError

_NOON = 12
_FIRST_MORNING_HOUR = 7
_LAST_EVENING_HOUR = 9
_NIGHT_ENDS = 5
_MOST_TRIES = 12
_SEASON_DAYS = 4 * 30
_NEAR_DAYS = 31
# What comes again within the night: 凌晨两点 is never asked for.
_COMING_PARTS = (None, "small hours", "dawn", *NIGHTS)
# A time that has just gone by is still today's: "demo at 10", typed at 10:05.
_GRACE_SECONDS = 15 * 60
_DAY_MINUTES = 24 * 60


def day_of(reading: Reading, line: Line) -> date | None:
    """Return the day that a reading means, None where it tells a period, or only a time.

    Raises:
        WhenError: there is no such day.
    """
    if reading.date is not None:
        return reading.date
    is_past = line.is_past or reading.is_done
    if reading.named is not None:
        return _feast(reading, line, is_past=is_past)
    if reading.period is not None:
        return _day_in_period(reading, reading.period)
    if reading.day is not None:
        return _by_weekday(reading, line) or _by_number(reading, reading.day, line, is_past=is_past)
    if reading.weekday is not None and reading.month is None:
        return (weekday_before if is_past else weekday_after)(line.today, reading.weekday)
    return None


def _by_number(reading: Reading, day: int, line: Line, *, is_past: bool) -> date:
    if reading.month is None:
        found = _monthly(line.today, day, reading.weekday, is_past=is_past)
        if reading.weekday is not None and not is_past and found > add_days(line.today, _NEAR_DAYS):
            _check_gone(_monthly(line.today, day, reading.weekday, is_past=True), _NEAR_DAYS, reading, line)
        return found
    if reading.year is not None:
        return check_weekday(make_day(reading.year, reading.month, day), reading.weekday)
    found = yearly(line.today, reading.month, day, is_past=is_past)
    if reading.clock is not None and reading.weekday is None and found.year > line.today.year:
        _check_gone(yearly(line.today, reading.month, day, is_past=True), _SEASON_DAYS, reading, line)
    return check_weekday(found, reading.weekday)


def _check_gone(before: date, days: int, reading: Reading, line: Line) -> None:
    """Refuse a day without its year that has gone by lately and comes again only much later.

    Raises:
        WhenError: it went by in the last so many days.
    """
    if add_days(before, days) >= line.today:
        words = line.told(reading.first, reading.after)
        raise WhenError(f"“{words}” was on {before:%d %b %Y}: write the month and the year that are meant.")


def _by_weekday(reading: Reading, line: Line) -> date | None:
    """Return the day of the last month that a weekday beside a date without a year points to, if there is one."""
    if reading.weekday is None or reading.day is None or reading.month is None or reading.year is not None:
        return None
    found = yearly(line.today, reading.month, reading.day, is_past=True)
    is_near = add_days(found, _NEAR_DAYS) >= line.today
    return found if is_near and found.weekday() == reading.weekday else None


def _feast(reading: Reading, line: Line, *, is_past: bool) -> date | None:
    named = reading.named
    if named is None:
        return None
    if reading.year is not None:
        return named(reading.year)
    if reading.period is not None:
        return named(reading.period.start.year)
    step = -1 if is_past else 1
    for year in range(line.today.year, line.today.year + 3 * step, step):
        found = named(year)
        if (found <= line.today) if is_past else (found >= line.today):
            return found
    return named(line.today.year)


def _day_in_period(reading: Reading, period: Period) -> date | None:
    if reading.weekday is not None and period.grain == "week":
        return add_days(monday_of(period.start), reading.weekday)
    if reading.day is not None and period.grain == "month":
        return make_day(period.start.year, period.start.month, reading.day)
    if reading.day is not None and reading.month is not None:
        return make_day(period.start.year, reading.month, reading.day)
    return None


def yearly(today: date, month: int, day: int, *, is_past: bool = False) -> date:
    """Return the next such day, today included, or the last one; 29 February is in leap years.

    Raises:
        WhenError: no year has it.
    """
    if not can_be(month, day):
        raise WhenError(f"No year has a day {day} in month {month}.")
    step = -1 if is_past else 1
    for year in range(today.year, today.year + 9 * step, step):
        if not 1 <= year <= 9999 or day > days_in(year, month):  # noqa: PLR2004 - the calendar's last year
            continue
        found = date(year, month, day)
        if (found <= today) if is_past else (found >= today):
            return found
    raise WhenError("That day lies beyond the calendar.")


def _monthly(today: date, day: int, weekday: int | None, *, is_past: bool) -> date:
    """Return the next such day of a month, today included; with a weekday, the next that falls on it.

    Raises:
        WhenError: no month has it.
    """
    first = today.replace(day=1)
    for tries in range(_MOST_TRIES + 1):
        month = add_months(first, -tries if is_past else tries)
        if day > days_in(month.year, month.month):
            continue
        found = month.replace(day=day)
        if (found > today) if is_past else (found < today):
            continue
        if weekday is None or found.weekday() == weekday:
            return found
    raise WhenError(f"No month within a year has such a day {day}.")


def period_of(reading: Reading, line: Line) -> Period | None:
    """Return the days that a reading means, None where it tells one day, or only a time."""
    if reading.period is not None:
        return reading.period
    if reading.month is None or reading.day is not None:
        return Period(*span_of(date(reading.year, 1, 1), "year"), "year") if reading.year else None
    year = reading.year
    if year is None:
        is_past = line.is_past or reading.is_done
        year = line.today.year
        if is_past and reading.month > line.today.month:
            year -= 1
        if not is_past and reading.month < line.today.month:
            year += 1
    return Period(*span_of(make_day(year, reading.month, 1), "month"), "month")


def clock_minutes(clock: Clock, part: str | None) -> int:
    """Return minutes of the day, over a day where the night runs on into the next; bare 1 to 6 are afternoon."""
    hour = clock.hour
    if part in NIGHTS:
        if hour <= _NIGHT_ENDS or hour == _NOON:
            hour = hour % _NOON + 2 * _NOON if not clock.is_exact or hour < _NIGHT_ENDS else hour
        elif hour < _NOON and not clock.is_exact:
            hour += _NOON
    elif not clock.is_exact:
        if part == "lunch" and hour in (10, 11):
            return hour * 60 + clock.minute
        if part in LATER_HALF:
            hour += _NOON if hour < _NOON else 0
        elif part is not None and not (part == "morning" and hour == _NOON):
            hour %= _NOON if PARTS[part][1] <= _NOON else 2 * _NOON
        elif 0 < hour < _FIRST_MORNING_HOUR:
            hour += _NOON
    return hour * 60 + clock.minute


def start_of(reading: Reading, line: Line) -> datetime:
    """Return the moment, or the midnight, at which a reading begins.

    Raises:
        WhenError: there is no such day.
    """
    if reading.moment is not None:
        return reading.moment
    day = day_of(reading, line)
    if day is None:
        period = period_of(reading, line)
        day = period.start if period else None
    if reading.clock is not None:
        minutes = clock_minutes(reading.clock, reading.part)
        # Between midnight and dawn, "tonight at 2" is in the night that is on.
        is_on = line.now.hour < _NIGHT_ENDS and moment_at(line.today, minutes - _DAY_MINUTES) >= line.now
        if minutes >= _DAY_MINUTES and day == line.today and is_on:
            minutes -= _DAY_MINUTES
        _check_half(reading, minutes, line)
        return _at_minutes(day, minutes, reading, line)
    if reading.part is not None:
        begin, end = PARTS[reading.part]
        if day is None:
            is_over = datetime.combine(line.today, time()) + timedelta(hours=end) <= line.now
            day = add_days(line.today, 1) if is_over and not line.is_past else line.today
        return datetime.combine(day, time(begin))
    return datetime.combine(day or line.today, time())


def _check_half(reading: Reading, minutes: int, line: Line) -> None:
    """Refuse `tonight at 3` and `morning at 12`, by which some mean the day and some the night; 晚上两点 is clear.

    Raises:
        WhenError: both halves of the day may be meant.
    """
    clock = reading.clock
    if clock is None or clock.is_exact or _is_han(reading, line):
        return
    if minutes > _DAY_MINUTES or (reading.part == "morning" and clock.hour == _NOON):
        words = line.told(reading.first, reading.after)
        raise WhenError(f"“{words}” may be by day or by night: write am or pm.")


def _is_han(reading: Reading, line: Line) -> bool:
    """Tell whether Chinese is among the words of a reading."""
    return HAN in line.kinds[reading.first : reading.after]


def _at_minutes(day: date | None, minutes: int, reading: Reading, line: Line) -> datetime:
    clock = reading.clock
    second = clock.second if clock else 0
    if day is not None:
        return moment_at(day, minutes, second)
    found = moment_at(line.today, minutes, second)
    if clock is not None and clock.offset is not None:
        return found
    if line.is_past or reading.is_done:
        return found if found <= line.now else add_seconds(found, -_DAY_MINUTES * 60)
    if found >= add_seconds(line.now, -_GRACE_SECONDS):
        return found
    if reading.part not in _COMING_PARTS and _is_han(reading, line):
        # Tomorrow would be 明早: 早上八点, said at noon, may as well tell of today.
        raise WhenError(f"“{line.told(reading.first, reading.after)}” has gone by: write 今天 or 明天 before it.")
    is_evening = clock is not None and not clock.is_exact and reading.part is None
    if is_evening and clock and _FIRST_MORNING_HOUR <= clock.hour <= _LAST_EVENING_HOUR:
        later = moment_at(line.today, minutes + _NOON * 60, second)
        if later >= line.now:
            return later
    return moment_at(add_days(line.today, 1), minutes, second)


def moment_at(day: date, minutes: int, second: int = 0) -> datetime:
    """Return the moment so many minutes after the midnight that a day begins with.

    Raises:
        WhenError: it lies beyond the calendar.
    """
    return add_seconds(datetime.combine(day, time()), minutes * 60 + second)


def next_month_day(start: date, reading: Reading) -> date | None:
    """Return the first day on or after `start` that the day, the month or the weekday of a reading allows."""
    if reading.month is not None and reading.day is not None and reading.year is None:
        return yearly(start, reading.month, reading.day)
    if reading.day is not None and reading.month is None and reading.period is None:
        return _monthly(start, reading.day, None, is_past=False)
    if reading.weekday is not None and reading.period is None:
        return weekday_after(start, reading.weekday)
    return None


def last_month(reading: Reading, before: date) -> Period:
    """Return the last such month that begins before a day."""
    month = reading.month or 1
    year = before.year if date(before.year, month, 1) < before else before.year - 1
    return Period(*span_of(make_day(year, month, 1), "month"), "month")
