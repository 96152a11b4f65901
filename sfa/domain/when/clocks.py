"""Times of day in figures and in English: `10:30`, `3pm`, `half past nine`, `quarter to 3`, `16h00`."""

from sfa.domain.when.calendar_words import AFTER_HOURS, RELATIVE_DAYS, WEEKDAYS
from sfa.domain.when.clock_words import ABOUT, NOONS, ZONE_NAMES, ZONES
from sfa.domain.when.number_words import ONES, TENS
from sfa.domain.when.numbers import cardinal
from sfa.domain.when.readings import Clock
from sfa.domain.when.tokens import NUMBER, WORD, Line
from sfa.domain.when.values import WhenError

_HOURS = 24
_NOON = 12
_MINUTES = 60
_HALF, _QUARTER_PAST, _TWO = 30, 15, 2
_FOUR_DIGITS = 4
_LATEST_SLIP = 29
_PAST = ("past", "after")
_TO = ("to", "before", "till", "of")
_SPOKEN_MINUTES = (5, 10, 20, 25)
_FROM = ("from", "between", "-")
_WORKDAY_HOUR = 7
_MOST_OFFSET = 1400


def read_clock(line: Line, at: int, *, is_hour: bool = False) -> tuple[Clock, int] | None:
    """Read a time of day; `is_hour` where the words before (`at`, a day) make a bare number an hour.

    Raises:
        WhenError: it has the form of a time that no day has.
    """
    found = _named(line, at) or _spoken_minutes(line, at)
    if found is None:
        if line.kinds[at] == NUMBER:
            found = _figures(line, at, is_hour=is_hour)
        elif line.kinds[at] == WORD:
            found = _words(line, at, is_hour=is_hour)
    return _with_zone(line, found[0], found[1]) if found else None


def meridiem(line: Line, at: int) -> tuple[int, int] | None:
    """Read `am`, `p.m.`, `p . m .`, `in the pm`; return the hours it adds (0 or 12) and the token after it."""
    at += 2 if line.words[at : at + 2] == ["in", "the"] and line.words[at + 2] in ("am", "pm") else 0
    word = line.words[at]
    if word in ("am", "pm"):
        return (0 if word == "am" else _NOON), at + 1
    if word not in ("a", "p"):
        return None
    middle = at + 2 if line.words[at + 1] == "." else at + 1
    if line.words[middle] != "m":
        return None
    after = middle + 2 if middle > at + 1 and line.words[middle + 1] == "." else middle + 1
    return (0 if word == "a" else _NOON), after


def _exact(hour: int, half: int) -> int:
    """Return the hour of the day for an hour with am (0) or pm (12).

    Raises:
        WhenError: there is no such hour.
    """
    if hour > _HOURS or (hour > _NOON and half == 0):
        raise WhenError(f"There is no {hour} {'am' if half == 0 else 'pm'}.")
    if hour > _NOON:
        return hour % _HOURS
    return hour % _NOON + half


def _named(line: Line, at: int) -> tuple[Clock, int] | None:
    word = line.words[at]
    if word in NOONS:
        return Clock(NOONS[word], is_exact=True), at + 1
    if word == "mid" and line.words[at + 1] == "night":
        return Clock(0, is_exact=True), at + 2
    if word == "mid" and line.words[at + 1] == "-" and line.words[at + 2] in ("day", "night"):
        return Clock(_NOON if line.words[at + 2] == "day" else 0, is_exact=True), at + 3
    return None


def _spoken_minutes(line: Line, at: int) -> tuple[Clock, int] | None:
    """Read `half past nine`, `a quarter to 3`, `20 minutes past 3pm`, `ten past 9`, `half three`."""
    begin = at + 1 if line.words[at] in ("a", "an") else at
    word = line.words[begin]
    if word == "half":
        if line.words[begin + 1] in _PAST:
            return _from_hour(line, begin + 2, _HALF)
        return _from_hour(line, begin + 1, _HALF) if line.words[begin + 1] in ONES and begin == at else None
    if word == "quarter":
        minutes, after = _QUARTER_PAST, begin + 1
    elif word == "three" and line.words[begin + 1] == "quarters":
        minutes, after = 3 * _QUARTER_PAST, begin + 2
    else:
        number = cardinal(line, begin)
        if number is None or not 0 < number[0] < _MINUTES:
            return None
        minutes, after = number
    has_unit = line.words[after] in ("minutes", "minute", "min", "mins")
    after += has_unit
    if line.words[after] in _PAST:
        return _from_hour(line, after + 1, minutes)
    # "10 to 4" is from ten to four, unless the minutes are named, or written out: "ten to four".
    is_named = has_unit or word == "quarter" or _is_spoken(line, begin, after, minutes)
    if line.words[after] in _TO and is_named:
        return _from_hour(line, after + 1, -minutes)
    return None


def _is_spoken(line: Line, begin: int, after: int, minutes: int) -> bool:
    if line.words[after + 1] in NOONS and minutes > _NOON:
        return True
    if minutes not in _SPOKEN_MINUTES or line.words[after] != "to" or (begin and line.words[begin - 1] in _FROM):
        return False
    following = cardinal(line, after + 1)
    if following is None or not 1 <= following[0] <= _NOON or line.words[after + 2] == ":":
        return False
    # "5 to 3" is no range from five to three, "5 to 6" is one.
    is_no_range = minutes > _NOON or following[0] < minutes == _SPOKEN_MINUTES[0]
    return line.kinds[begin] == WORD or is_no_range


def _from_hour(line: Line, at: int, minutes: int) -> tuple[Clock, int] | None:
    """Read an hour that so many minutes are past, or are missing to."""
    if line.words[at] in NOONS:
        clock, after = Clock(NOONS[line.words[at]], is_exact=True), at + 1
    else:
        number = cardinal(line, at)
        if number is None or number[0] > _HOURS:
            return None
        after = number[1]
        half = meridiem(line, after)
        if half is None and line.words[after] in ("days", "day", "weeks", "hours", "hour", "months", ":", "/"):
            return None
        clock = Clock(_exact(number[0], half[0]) if half else number[0], is_exact=half is not None)
        after = half[1] if half else after
    total = (clock.hour * _MINUTES + minutes) % (_HOURS * _MINUTES)
    if not clock.is_exact and clock.hour == 1 and minutes < 0:
        total = _NOON * _MINUTES + total % _MINUTES
    if not clock.is_exact and minutes < 0 and clock.hour == _WORKDAY_HOUR:
        clock.is_exact = True
    made = Clock(total // _MINUTES, total % _MINUTES, grain="minute", is_exact=clock.is_exact)
    return made, after + 1 if line.words[after] == "oclock" else after


def _figures(line: Line, at: int, *, is_hour: bool) -> tuple[Clock, int] | None:
    hour, sign = line.numbers[at], line.words[at + 1]
    is_joined = line.kinds[at + 2] == NUMBER and line.touches(at + 1) and line.touches(at + 2)
    if is_joined and sign == ":" and len(line.words[at + 2]) == _TWO:
        return _colon(line, at, is_hour=is_hour)
    if is_joined and sign == "." and len(line.words[at + 2]) == _TWO and line.numbers[at + 2] < _MINUTES:
        half = meridiem(line, at + 3)
        if half or (is_hour and hour < _HOURS and line.words[at + 3] not in (".", "%")):
            return _clock(line, hour, line.numbers[at + 2], at + 3)
    if is_joined and sign == "h" and len(line.words[at + 2]) == _TWO and hour < _HOURS:
        is_meant = is_hour or hour >= _WORKDAY_HOUR
        return _clock(line, hour, line.numbers[at + 2], at + 3) if is_meant else None
    is_meant = is_hour or hour > _NOON or line.words[at + 2] in ZONES
    if sign == "h" and line.touches(at + 1) and is_meant and hour < _HOURS:
        return Clock(hour, grain="minute", is_exact=True), at + 2
    if len(line.words[at]) == _FOUR_DIGITS and is_hour and hour < _HOURS * 100 and hour % 100 < _MINUTES:
        return Clock(hour // 100, hour % 100, grain="minute", is_exact=True), at + 1
    is_run = len(line.words[at]) in (3, _FOUR_DIGITS) and 1 <= hour // 100 <= _NOON and hour % 100 < _MINUTES
    if is_run and meridiem(line, at + 1):  # 340pm
        return _clock(line, hour // 100, hour % 100, at + 1)
    return _hour(line, hour, at + 1, is_hour=is_hour)


def _colon(line: Line, at: int, *, is_hour: bool) -> tuple[Clock, int] | None:
    hour, minute, after = line.numbers[at], line.numbers[at + 2], at + 3
    if hour > _HOURS or minute >= _MINUTES or (hour == _HOURS and minute):
        if is_hour or (hour <= _LATEST_SLIP and len(line.words[at]) <= _TWO):
            raise WhenError(f"{hour}:{line.words[at + 2]} is no time of day.")
        return None
    second = None
    if line.words[after] == ":" and line.kinds[after + 1] == NUMBER and line.numbers[after + 1] < _MINUTES:
        second, after = line.numbers[after + 1], after + 2
        if line.words[after] == "." and line.kinds[after + 1] == NUMBER and line.touches(after + 1):
            after += 2
    found = _clock(line, hour, minute, after)
    if found and second is not None:
        found[0].second, found[0].grain = second, "second"
    if found and len(line.words[at]) == _TWO and hour < 10:  # noqa: PLR2004 - 09:30 is written by the day's 24 hours
        found[0].is_exact = True
    return found


def _clock(line: Line, hour: int, minute: int, after: int) -> tuple[Clock, int] | None:
    half = meridiem(line, after)
    if half is None and line.words[after] in ("a", "p") and line.touches(after):
        half = (0 if line.words[after] == "a" else _NOON), after + 1
    if half:
        return Clock(_exact(hour, half[0]), minute, grain="minute", is_exact=True), half[1]
    return Clock(hour % _HOURS, minute, grain="minute", is_exact=hour > _NOON or hour == 0), after


def _hour(line: Line, hour: int, after: int, *, is_hour: bool) -> tuple[Clock, int] | None:
    """Read what follows a whole hour: `pm`, `p`, `o'clock`, `ish`, minutes; nothing where the hour is expected."""
    half = meridiem(line, after)
    if half is None and line.touches(after) and line.words[after] in (("a", "p") if is_hour else ("p",)):
        half = (0 if line.words[after] == "a" else _NOON), after + 1
    if half:
        return (Clock(_exact(hour, half[0]), is_exact=True), half[1]) if hour <= _HOURS else None
    if hour > _HOURS:
        return None
    if _is_oclock(line, after):
        after += 1 if line.words[after] == "oclock" else 2
        half = meridiem(line, after)
        clock = Clock(_exact(hour, half[0]) if half else hour % _HOURS, is_exact=half is not None)
        return clock, half[1] if half else after
    ish = after + 1 if line.words[after] == "-" and line.touches(after) else after
    if line.words[ish] == "ish" and line.touches(ish):
        return Clock(hour % _HOURS, is_exact=hour > _NOON), ish + 1
    if not is_hour:
        return None
    if line.kinds[after] == NUMBER and len(line.words[after]) == _TWO and line.numbers[after] < _MINUTES:
        return _clock(line, hour, line.numbers[after], after + 1)
    return Clock(hour % _HOURS, is_exact=hour > _NOON or hour == 0), after


def _is_oclock(line: Line, at: int) -> bool:
    return line.words[at] == "oclock" or (line.words[at] == "o" and line.words[at + 1] == "clock")


def _words(line: Line, at: int, *, is_hour: bool) -> tuple[Clock, int] | None:
    """Read an hour in words, with minutes in words: `nine`, `four twenty-three a m`, `seven thirty`."""
    hour = ONES.get(line.words[at])
    if not hour or hour > _NOON:
        return None
    after = at + 1
    begin = after + 1 if line.words[after] == "-" else after
    is_minutes = line.words[begin] in TENS or line.words[begin] in ONES or line.words[begin] == "oh"
    if is_minutes:
        begin += line.words[begin] == "oh"
        number = cardinal(line, begin)
        if number and number[0] < _MINUTES and (is_hour or meridiem(line, number[1]) or _is_quarter(line, number)):
            return _clock(line, hour, number[0], number[1])
    return _hour(line, hour, after, is_hour=is_hour)


def _is_quarter(line: Line, number: tuple[int, int]) -> bool:
    """Tell whether a number in words behind an hour in words makes a time: `seven thirty`, not `seven thirty boxes`."""
    word = line.words[number[1]]
    is_end = line.is_end(number[1]) or word in AFTER_HOURS or word in WEEKDAYS or word in RELATIVE_DAYS
    return is_end and number[0] % _QUARTER_PAST == 0


def _offset(line: Line, at: int) -> tuple[int, int] | None:
    """Read `+0200`, `+02:00`, ` -0500` behind a time, in minutes; a dash right behind it begins a range instead."""
    sign, digits = line.words[at], line.words[at + 1]
    if sign not in ("+", "-") or not line.touches(at + 1) or (sign == "-" and line.touches(at)):
        return None
    number, after = line.numbers[at + 1], at + 2
    if len(digits) == _TWO and line.words[after] == ":" and len(line.words[after + 1]) == _TWO:
        number, after = number * 100 + line.numbers[after + 1], after + 2
    elif len(digits) != _FOUR_DIGITS:
        return None
    if number % 100 >= _MINUTES or number > _MOST_OFFSET:
        return None
    return (number // 100 * _MINUTES + number % 100) * (-1 if sign == "-" else 1), after


def _with_zone(line: Line, clock: Clock, after: int) -> tuple[Clock, int]:
    while line.words[after] in ABOUT:
        after += 1
    begin = after + 1 if line.words[after] == "(" else after
    word = line.words[begin]
    offset = _offset(line, after)
    if offset:
        clock.offset = offset[0]
        return clock, offset[1]
    if word in ZONE_NAMES and line.words[begin + 1] in ("time", "timezone", "standard"):
        clock.offset = ZONE_NAMES[word]
        return clock, begin + 2
    if word not in ZONES or (len(word) == _TWO and not line.is_capital(begin)):
        return clock, after
    clock.offset = ZONES[word]
    after = begin + 1
    if line.words[after] in "+-" and line.kinds[after + 1] == NUMBER and line.touches(after) and word in ("gmt", "utc"):
        sign = -1 if line.words[after] == "-" else 1
        number = line.numbers[after + 1]
        clock.offset = sign * (number // 100 * 60 + number % 100 if number > _HOURS else number * 60)
        after += 2
    return clock, after + 1 if line.words[begin - 1] == "(" and line.words[after] == ")" else after
