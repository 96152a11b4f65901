"""Shifts in English: `in 3 weeks`, `2 days ago`, `two weeks from friday`, `the day after tomorrow`, `+3d`."""

from sfa.domain.when.calendar_words import PERIODS, WEEKDAYS
from sfa.domain.when.clocks import read_clock
from sfa.domain.when.days import WEEK, add_days, span_of, weekday_after, weekday_before
from sfa.domain.when.number_words import UNITS
from sfa.domain.when.numbers import Length, cardinal, read_length
from sfa.domain.when.readings import Clock, Period, Reading
from sfa.domain.when.resolving import clock_minutes, day_of
from sfa.domain.when.tokens import NUMBER, WORD, Line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

_BACK = frozenset(("ago", "back", "earlier"))
_ON = frozenset(("hence", "later", "out"))
_BESIDE = {"on": 1, "from": 1, "after": 1, "since": 1, "past": 1, "following": 1, "before": -1, "prior": -1}
_TODAYS = {"today": 0, "tomorrow": 1, "tmrw": 1, "tmr": 1}
_MINUTES = 60
_DAY_MINUTES = 24 * 60


def shifted(line: Line, at: int, lead: str, read_anchor: "Callable[[Line, int], Reading | None]") -> Reading | None:
    """Read a length of time and what it is counted from; `read_anchor` reads the day that others count from.

    Raises:
        WhenError: it lies beyond the calendar.
    """
    found = _weekdays_on(line, at)
    if found:
        return found
    length = read_length(line, at)
    if length is None:
        return _bare_minutes(line, at) if lead == "in" else None
    return (
        _from_now(line, at, *length) or _beside_anchor(line, at, *length, read_anchor) or _led(line, at, *length, lead)
    )


def _from_now(line: Line, at: int, length: Length, after: int) -> Reading | None:
    """Read `ago`, `from now`, `later`, `in the future` behind a length."""
    word, following = line.words[after], line.words[after + 1]
    if word in _BACK:
        found = moved(line, at, after + 1, length, -1)
        return _since(found, line) if at > 1 and line.words[at - 1] == "than" else found
    if word == "from" and following in ("now", "today"):
        return moved(line, at, after + 2, length, 1)
    if word in _TODAYS and length.days and length.days % WEEK == 0 and not _is_led(line, at):
        found = moved(line, at, after + 1, length, 1)
        found.date = add_days(found.date, _TODAYS[word]) if found.date else None
        return found
    if word in _ON and (word != "out" or line.is_end(after + 1)):
        return moved(line, at, after + 1, length, 1)
    if word == "in" and following == "the" and line.words[after + 2] == "future":
        return moved(line, at, after + 3, length, 1)
    return None


def _beside_anchor(
    line: Line, at: int, length: Length, after: int, read_anchor: "Callable[[Line, int], Reading | None]"
) -> Reading | None:
    """Read `from friday`, `before christmas`, `prior to the 5th` behind a length."""
    word = line.words[after]
    if word not in _BESIDE:
        return None
    begin = after + 2 if word == "prior" else after + 1
    return _from_anchor(line, at, begin, length, _BESIDE[word], read_anchor)


def _led(line: Line, at: int, length: Length, after: int, lead: str) -> Reading | None:
    """Read a length that the word before it makes a shift: `in 3 weeks`, `after an hour`; or `before` behind it."""
    if lead in ("in", "within") or (lead == "after" and line.words[at] != "the"):
        return moved(line, at, after + (line.words[after] == "time"), length, 1)
    if line.words[after] == "before" and line.is_end(after + 1):
        return moved(line, at, after + 1, length, -1)
    return None


def moved(line: Line, first: int, after: int, length: Length, sign: int) -> Reading:
    """Return the moment, or for days and more the day, that far from now.

    Raises:
        WhenError: it lies beyond the calendar.
    """
    found = Reading(first, after)
    if length.is_clocked:
        found.moment = length.from_moment(line.now, sign)
        found.grain = "second" if length.seconds % _MINUTES else "minute"
    else:
        found.date = length.from_day(line.today, sign)
        found.is_shifted = not length.is_work and length.days % WEEK == 0
    return found


def _since(found: Reading, line: Line) -> Reading:
    """Return the time up to now: `less than 3 months ago`."""
    found.first -= 2
    found.end = Reading(found.first, found.after)
    found.end.moment = line.now
    return found


def _from_anchor(
    line: Line, first: int, begin: int, length: Length, sign: int, read_anchor: "Callable[[Line, int], Reading | None]"
) -> Reading | None:
    if length.is_clocked:
        return _from_time(line, first, begin, length, sign)
    anchor = read_anchor(line, begin)
    day = day_of(anchor, line) if anchor and anchor.has_day else None
    word = line.words[begin - 1]
    if anchor is None or day is None or (word == "on" and not _is_weeks_on(line, first, anchor, length)):
        return None
    found = Reading(first, anchor.after)
    found.clock = anchor.clock
    found.date = length.from_day(day, sign)
    if word == "after" and anchor.is_yearly and not line.is_past:
        # "3 days after christmas", said on boxing day, counts from the one that was.
        anchor.year = day.year - 1
        before = day_of(anchor, line)
        earlier = length.from_day(before, sign) if before else line.today
        found.date = earlier if earlier > line.today else found.date
    return found


def _from_time(line: Line, first: int, begin: int, length: Length, sign: int) -> Reading | None:
    """Read `an hour before noon`, `30 minutes after 9am`."""
    anchor = read_clock(line, begin)
    if anchor is None or length.days or length.months:
        return None
    minutes = (clock_minutes(anchor[0], None) + sign * length.seconds // _MINUTES) % _DAY_MINUTES
    found = Reading(first, anchor[1])
    found.clock = Clock(minutes // _MINUTES, minutes % _MINUTES, grain="minute", is_exact=True)
    return found


def _is_weeks_on(line: Line, first: int, anchor: Reading, length: Length) -> bool:
    """Tell whether `a week on tuesday` is meant; `in a week on tuesday` is not."""
    return anchor.weekday is not None and not _is_led(line, first) and not length.months and length.days % WEEK == 0


def _is_led(line: Line, first: int) -> bool:
    """Tell whether a word before a length makes it one of its own: `in a week on tuesday`."""
    return first > 0 and line.words[first - 1] in ("in", "within", "for", "every", "each", "per", "last", "past", "all")


def _weekdays_on(line: Line, at: int) -> Reading | None:
    """Read `3 fridays from now`, `2 mondays ago`."""
    number = cardinal(line, at)
    if number is None or line.words[number[1]] not in WEEKDAYS or not 0 < number[0] < 1000:  # noqa: PLR2004 - 20 years
        return None
    wanted, after = WEEKDAYS[line.words[number[1]]], number[1] + 1
    found = Reading(at, after + 1)
    if line.words[after] == "ago":
        found.date = add_days(weekday_before(line.today, wanted), -(number[0] - 1) * WEEK)
        return found
    if line.words[after] == "from" and line.words[after + 1] in ("now", "today"):
        found.date = add_days(weekday_after(line.today, wanted), (number[0] - 1) * WEEK)
        found.after = after + 2
        return found
    return None


def _bare_minutes(line: Line, at: int) -> Reading | None:
    """Read `in 15` at the end of the line: minutes."""
    is_minutes = line.kinds[at] == NUMBER and 0 < line.numbers[at] < _MINUTES and line.kinds[at + 1] == 0
    if not is_minutes:
        return None
    length = Length()
    length.add("minute", line.numbers[at])
    return moved(line, at, at + 1, length, 1)


def neighbour(line: Line, at: int, read_anchor: "Callable[[Line, int], Reading | None]") -> Reading | None:
    """Read `day after tomorrow`, `the week after next`, `week from friday`, `the day before the 15th`, `the day after`."""
    unit = PERIODS.get(line.words[at])
    side = line.words[at + 1]
    if unit is None or (at and cardinal(line, at - 1)):
        return None
    if line.words[at] == "week" and side == "from":
        length = Length()
        length.add("week", 1)
        return _from_anchor(line, at, at + 2, length, 1, read_anchor)
    if side not in ("after", "before"):
        return None
    sign = 1 if side == "after" else -1
    found = Reading(at, at + 3)
    following = line.words[at + 2]
    if following == ("next" if sign > 0 else "last"):
        found.period = Period(*span_of(line.today, unit, 2 * sign), unit)
        if unit == "day":
            found.date, found.period = found.period.start, None
        return found
    anchor = read_anchor(line, at + 2)
    day = day_of(anchor, line) if anchor else None
    if anchor and day:
        found.after = anchor.after
        return _beside(found, day, unit, sign)
    if unit == "day" and line.is_end(at + 2) and at and line.words[at - 1] == "the":
        found.after = at + 2
        found.date = add_days(line.today, sign)
        return found
    return None


def beside(line: Line, found: Reading, read_anchor: "Callable[[Line, int], Reading | None]") -> Reading | None:
    """Read `monday after christmas`, `the friday before the 15th`, where a weekday stands before such words."""
    word = line.words[found.after]
    if found.weekday is None or word not in ("after", "before"):
        return None
    anchor = read_anchor(line, found.after + 1)
    day = day_of(anchor, line) if anchor is not None and not anchor.has_time else None
    if anchor is None or day is None:
        return None
    reading = Reading(found.first, anchor.after)
    reading.date = (weekday_after if word == "after" else weekday_before)(day, found.weekday)
    return reading


def same_time(line: Line, at: int, read_anchor: "Callable[[Line, int], Reading | None]") -> Reading | None:
    """Read `this time tomorrow`, `same time next week` as the time of day it is now."""
    if line.words[at] not in ("this", "same") or line.words[at + 1] != "time":
        return None
    found = read_anchor(line, at + 2)
    if found is None or found.has_time or not found.has_day:
        return None
    if found.period is not None and found.period.grain == "week":
        found.date, found.period = add_days(found.period.start, line.today.weekday()), None
    if found.period_like is not None:
        return None
    found.first = at
    found.clock = Clock(line.now.hour, line.now.minute, grain="minute", is_exact=True)
    return found


def _beside(found: Reading, day: "date", unit: str, sign: int) -> Reading:
    if unit == "day":
        found.date = add_days(day, sign)
    else:
        found.period = Period(*span_of(day, unit, sign), unit)
    return found


def signed(line: Line, at: int) -> Reading | None:
    """Read `+3d`, `+1 day 2 hour`, `-2hr5min`."""
    sign = line.words[at]
    # A minus right behind something is a hyphen.
    is_hyphen = sign == "-" and at and (line.touches(at) or line.kinds[at - 1] in (WORD, NUMBER))
    if sign not in ("+", "-") or is_hyphen or not line.touches(at + 1):
        return None
    found = read_length(line, at + 1)
    if found is None or line.words[found[1] - 1] not in UNITS:
        return None
    return moved(line, at, found[1], found[0], -1 if sign == "-" else 1)
