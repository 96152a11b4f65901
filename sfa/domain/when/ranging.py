"""Resolves readings to the value that is handed out: start, end, grain; the ends of ranges."""

from datetime import date, datetime, time

from sfa.domain.when.clock_words import PARTS
from sfa.domain.when.days import add_days
from sfa.domain.when.readings import Period, Reading
from sfa.domain.when.resolving import (
    clock_minutes,
    day_of,
    last_month,
    moment_at,
    next_month_day,
    period_of,
    start_of,
    yearly,
)
from sfa.domain.when.tokens import Line
from sfa.domain.when.values import WhenError

_NOON_MINUTES = 12 * 60
_DAY_MINUTES = 24 * 60


class Resolved:
    """Start, exclusive end or None, whether they are whole days, and the grain."""

    __slots__ = ("all_day", "end", "grain", "start")

    def __init__(self, start: datetime, end: datetime | None, grain: str, *, all_day: bool) -> None:
        self.start = start
        self.end = end
        self.grain = grain
        self.all_day = all_day


def resolve(reading: Reading, line: Line) -> Resolved:
    """Return what a reading means.

    Raises:
        WhenError: there is no such day or time.
    """
    if reading.end is not None:
        ranged = _range(reading, reading.end, line)
        # What ends before it begins is two dates side by side, of which the first counts.
        ranged.end = ranged.end if ranged.end and ranged.end > ranged.start else None
        return ranged
    if reading.is_gone and not (line.is_past or reading.is_done):
        raise WhenError(f"“{line.told(reading.first, reading.after)}” has gone by: write the day that is meant.")
    start = start_of(reading, line)
    found = _point(reading, start, line)
    if reading.length is not None:
        found.end = reading.length.from_moment(start)
        found.all_day = found.all_day and not reading.length.is_clocked
    return found


def _point(reading: Reading, start: datetime, line: Line) -> Resolved:
    if reading.moment is not None:
        return Resolved(start, None, reading.grain or "minute", all_day=False)
    if reading.clock is not None:
        return Resolved(_zoned(reading, start, line), None, reading.clock.grain, all_day=False)
    if reading.part is not None:
        hours = PARTS[reading.part]
        return Resolved(start, moment_at(start.date(), hours[1] * 60), "part", all_day=False)
    period = period_of(reading, line) if day_of(reading, line) is None else None
    if period:
        return Resolved(start, _midnight(period.end), period.grain, all_day=True)
    return Resolved(start, None, "day", all_day=True)


def _zoned(reading: Reading, start: datetime, line: Line) -> datetime:
    """Return a time that was written with its zone as wall time here."""
    clock = reading.clock
    if clock is None or clock.offset is None or line.zone is None:
        return start
    from sfa.domain.when.figures import at_offset  # noqa: PLC0415 - few lines name a zone

    found = at_offset(start, clock.offset, line)
    if not reading.has_day and found < line.now and not line.is_past:
        found = moment_at(add_days(found.date(), 1), found.hour * 60 + found.minute)
    return found


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def _range(reading: Reading, end: Reading, line: Line) -> Resolved:
    if not reading.has_time and not end.has_time:
        return _day_range(reading, end, line)
    if reading.clock is not None and end.clock is not None and not end.has_day:
        return _time_range(reading, end, line)
    if reading.has_day and not reading.has_time and end.moment is not None:
        return Resolved(start_of(reading, line), _midnight(add_days(end.moment.date(), 1)), "day", all_day=True)
    return _moment_range(reading, end, line)


def _day_range(reading: Reading, end: Reading, line: Line) -> Resolved:
    first, last = _settled(reading, end, line)
    grain = "month" if reading.period_like == end.period_like == "month" else "day"
    return Resolved(_midnight(first.start), _midnight(last.end), grain, all_day=True)


def _settled(reading: Reading, end: Reading, line: Line) -> tuple[Period, Period]:
    """Return first and last days of a range, whose years and months are chosen so that they follow each other."""
    is_open_start = reading.is_open and reading.year is None
    if is_open_start and (reading.month is not None) and end.weekday is None and not _is_day_only(end):
        last = _days(end, line)
        return _last_before(reading, last), last
    first = _days(reading, line)
    following = next_month_day(first.start, end) if end.is_open else None
    if following:
        return first, Period(following, add_days(following, 1), "day")
    last = _days(end, line)
    if last.start < first.start and end.is_open and end.month is not None:
        last = _month_after(end, first.start)
    if last.end <= first.start:
        return last, Period(first.start, first.end, first.grain)
    return first, last


def _is_day_only(end: Reading) -> bool:
    return end.day is not None and end.month is None


def _last_before(reading: Reading, last: Period) -> Period:
    if reading.day is None:
        return last_month(reading, last.end)
    day = yearly(last.start, reading.month or 1, reading.day, is_past=True)
    return Period(day, add_days(day, 1), "day")


def _month_after(end: Reading, start: date) -> Period:
    return last_month(end, date(start.year + 1, start.month, 1))


def _days(reading: Reading, line: Line) -> Period:
    day = day_of(reading, line)
    if day is not None:
        return Period(day, add_days(day, 1), "day")
    return period_of(reading, line) or Period(line.today, add_days(line.today, 1), "day")


def _time_range(reading: Reading, end: Reading, line: Line) -> Resolved:
    """Resolve times of one day; morning or afternoon of one follows from the other."""
    first, last = reading.clock, end.clock
    if first is None or last is None:
        return resolve(reading, line)
    part = end.part or reading.part
    begin = clock_minutes(first, reading.part or part)
    finish = clock_minutes(last, part)
    if not first.is_exact and last.is_exact and not reading.part:
        begin = _nearest_before(begin, finish)
        first.hour, first.is_exact = begin // 60, True
    elif not last.is_exact:
        finish = _nearest_after(finish, begin)
    if first.offset is None:
        first.offset = last.offset
    length = (finish - begin) % _DAY_MINUTES or _DAY_MINUTES
    if not reading.has_day and not line.is_past and moment_at(line.today, begin) <= line.now:
        # What is under way is today's.
        is_on = moment_at(line.today, begin + length) > line.now
        reading.date = line.today if is_on else add_days(line.today, 1)
    start = _zoned(reading, start_of(reading, line), line)
    grain = "minute" if first.minute or last.minute else "hour"
    return Resolved(start, moment_at(start.date(), start.hour * 60 + start.minute + length), grain, all_day=False)


def _nearest_before(begin: int, finish: int) -> int:
    """Return the later of both halves of the day that is before the end; after midnight that is the evening."""
    halves = (begin % _NOON_MINUTES + _NOON_MINUTES, begin % _NOON_MINUTES)
    return next((half for half in halves if half < finish), halves[0])


def _nearest_after(finish: int, begin: int) -> int:
    halves = (finish % _NOON_MINUTES, finish % _NOON_MINUTES + _NOON_MINUTES)
    return next((half for half in halves if half > begin % _DAY_MINUTES), halves[0])


def _moment_range(reading: Reading, end: Reading, line: Line) -> Resolved:
    """Resolve a range whose ends lie on days of their own, or of which one is a part of a day."""
    if not reading.has_day and end.has_day and reading.moment is None and reading.part is None:
        reading.date = line.today if reading.clock is not None else None
    if reading.has_day and end.has_day and end.date is None and end.is_open and reading.is_open:
        first, last = _settled(_without_time(reading), _without_time(end), line)
        reading.date, end.date = first.start, last.start
    start = start_of(reading, line)
    if not end.has_day and end.moment is None:
        end.date = start.date()
    if not end.has_time and reading.clock is not None:
        end.clock = reading.clock
    if reading.moment is not None and end.clock is not None and not end.clock.is_exact and end.part is None:
        later = _nearest_after(clock_minutes(end.clock, None), start.hour * 60 + start.minute)
        end.clock.hour, end.clock.is_exact = later // 60, True
    finish = start_of(end, line)
    if not end.has_time:
        finish = _midnight(_days(end, line).end)
    if end.part is not None and end.clock is None:
        finish = moment_at(finish.date(), PARTS[end.part][1] * 60)
    if finish <= start and end.moment is None:
        finish = moment_at(add_days(finish.date(), 1), finish.hour * 60 + finish.minute)
    start, finish = _zoned(reading, start, line), _zoned(end, finish, line)
    is_all_day = not reading.has_time and not end.has_time
    return Resolved(start, finish if finish > start else None, "hour", all_day=is_all_day)


def _without_time(reading: Reading) -> Reading:
    found = Reading(reading.first, reading.after)
    for name in ("date", "named", "year", "month", "day", "weekday", "period", "is_done"):
        setattr(found, name, getattr(reading, name))
    return found
