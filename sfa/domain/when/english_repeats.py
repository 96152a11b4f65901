"""Recurrences in English: `every other friday`, `daily`, `monthly on the 15th`, `first monday of every month`."""

from sfa.domain.when.calendar_words import MONTHS, PLURAL_WEEKDAYS, WEEKDAYS
from sfa.domain.when.clock_words import PART_NAMES
from sfa.domain.when.english_counts import Count, read_count
from sfa.domain.when.number_words import UNITS
from sfa.domain.when.numbers import cardinal, ordinal
from sfa.domain.when.readings import Reading, Repeat
from sfa.domain.when.tokens import Line

_FREQUENCIES = {
    "daily": ("DAILY", 1), "everyday": ("DAILY", 1), "nightly": ("DAILY", 1), "weekly": ("WEEKLY", 1),
    "biweekly": ("WEEKLY", 2), "fortnightly": ("WEEKLY", 2), "monthly": ("MONTHLY", 1), "bimonthly": ("MONTHLY", 2),
    "quarterly": ("MONTHLY", 3), "yearly": ("YEARLY", 1), "annually": ("YEARLY", 1), "annual": ("YEARLY", 1),
    "hourly": ("HOURLY", 1),
}  # fmt: skip
_HYPHENED = {"weekly": ("WEEKLY", 2), "monthly": ("MONTHLY", 2), "annually": ("MONTHLY", 6), "annual": ("MONTHLY", 6)}
_UNITS = {
    "day": ("DAILY", 1), "week": ("WEEKLY", 1), "fortnight": ("WEEKLY", 2), "month": ("MONTHLY", 1),
    "quarter": ("MONTHLY", 3), "year": ("YEARLY", 1), "hour": ("HOURLY", 1),
}  # fmt: skip
_WORK_DAYS = (0, 1, 2, 3, 4)
_WEEKEND = (5, 6)
_MOST = 400
_MOST_DAYS = 31
STARTS = frozenset((*_FREQUENCIES, *PLURAL_WEEKDAYS, "every", "each", "bi", "semi", "weekdays", "weekends", "once",
                    "workdays"))  # fmt: skip


def repeat(line: Line, at: int) -> Reading | None:
    """Read a recurrence that begins at this word."""
    word = line.words[at]
    if word in ("every", "each"):
        return _every(line, at)
    if word in ("bi", "semi") and line.words[at + 1] == "-" and line.words[at + 2] in _HYPHENED:
        return _on(line, _repeating(at, at + 3, *_HYPHENED[line.words[at + 2]]))
    if word in _FREQUENCIES:
        return _on(line, _repeating(at, at + 1, *_FREQUENCIES[word]))
    if word in ("weekdays", "workdays", "weekends"):
        return _weekly(at, at + 1, _WEEKEND if word == "weekends" else _WORK_DAYS)
    if word in PLURAL_WEEKDAYS:
        days, after = _weekdays(line, at)
        return _weekly(at, after, days)
    if word == "once" and line.words[at + 1] in ("a", "every", "per") and line.words[at + 2] in _UNITS:
        return _on(line, _repeating(at, at + 3, *_UNITS[line.words[at + 2]]))
    return None


def _repeating(first: int, after: int, freq: str, interval: int) -> Reading:
    found = Reading(first, after)
    found.repeat = Repeat(freq, interval)
    return found


def _weekly(first: int, after: int, weekdays: tuple[int, ...], interval: int = 1) -> Reading:
    found = _repeating(first, after, "WEEKLY", interval)
    if found.repeat:
        found.repeat.weekdays = weekdays
    return found


def _every(line: Line, at: int) -> Reading | None:
    begin, interval = _interval(line, at + 1)
    word = line.words[begin]
    if word in WEEKDAYS:
        days, after = _weekdays(line, begin)
        return _weekly(at, after, days, interval)
    if word in ("weekday", "weekdays", "workday") or (
        word in ("business", "working", "work") and line.words[begin + 1] in ("day", "days")
    ):
        return _weekly(at, begin + 1 if word[-3:] in ("day", "ays") else begin + 2, _WORK_DAYS, interval)
    if word in ("weekend", "weekends"):
        return _weekly(at, begin + 1, _WEEKEND, interval)
    if word in PART_NAMES:
        found = _repeating(at, begin + 1, "DAILY", interval)
        found.part = PART_NAMES[word]
        return found
    if word in MONTHS:
        return _yearly(line, at, begin)
    unit = UNITS.get(word)
    if unit not in _UNITS:
        return _monthly_count(line, at)
    freq, factor = _UNITS[unit]
    return _on(line, _repeating(at, begin + 1, freq, interval * factor))


def _interval(line: Line, at: int) -> tuple[int, int]:
    """Read `other`, `second`, `3`, `3rd`, `two` before a unit or a weekday."""
    if line.words[at] in ("other", "alternate"):
        return at + 1, 2
    if line.words[at] == "single":
        return at + 1, 1
    number = ordinal(line, at) or cardinal(line, at)
    if number and 0 < number[0] <= _MOST:
        following = line.words[number[1]]
        is_ordinal = ordinal(line, at) is not None
        if following in WEEKDAYS or UNITS.get(following) in _UNITS or following in ("weekday", "business", "working"):
            is_monthly = is_ordinal and line.words[number[1] + 1] in ("of", "in")
            return (at, 1) if is_monthly else (number[1], number[0])
    return at, 1


def _weekdays(line: Line, at: int) -> tuple[tuple[int, ...], int]:
    """Read `monday, wednesday and friday`, `tue/thu`, `monday to friday`."""
    days = [WEEKDAYS[line.words[at]]]
    after = at + 1
    while len(days) < 7:  # noqa: PLR2004 - days of a week
        begin = after
        is_range = line.words[begin] in ("to", "-", "through", "thru")
        while (
            line.words[begin] in (",", "and", "&", "/", "+", "to", "-", "through", "thru", "on") and begin < after + 3
        ):
            begin += 1
        if begin == after or line.words[begin] not in WEEKDAYS:
            break
        last = WEEKDAYS[line.words[begin]]
        days += range(days[-1] + 1, last + 1) if is_range else [last]
        after = begin + 1
    return tuple(sorted(set(days))), after


def _yearly(line: Line, at: int, begin: int) -> Reading | None:
    """Read `every march 3rd`, `every june`."""
    number = ordinal(line, begin + 1) or cardinal(line, begin + 1)
    is_day = number is not None and 1 <= number[0] <= _MOST_DAYS
    found = _repeating(at, number[1] if number and is_day else begin + 1, "YEARLY", 1)
    if found.repeat:
        found.repeat.month = MONTHS[line.words[begin]]
        found.repeat.month_day = number[0] if number and is_day else 1
    return found


def _monthly_count(line: Line, at: int) -> Reading | None:
    """Read `every first monday of the month`, `every 15th`, `every last friday`."""
    found = read_count(line, at + 1)
    if found and (found[0].weekday is not None or found[0].unit == "day"):
        after = _of_the_month(line, found[1])
        return _counted(at, after, found[0])
    number = ordinal(line, at + 1)
    if number and 1 <= number[0] <= _MOST_DAYS:
        reading = _repeating(at, _of_the_month(line, number[1]), "MONTHLY", 1)
        if reading.repeat:
            reading.repeat.month_day = number[0]
        return reading
    return None


def _of_the_month(line: Line, at: int) -> int:
    after = at
    while line.words[after] in ("of", "in", "the", "each", "every") and after < at + 3:
        after += 1
    return after + 1 if line.words[after] == "month" and after > at else at


def _counted(first: int, after: int, count: Count) -> Reading:
    found = _repeating(first, after, "MONTHLY", 1)
    sign = -1 if count.is_last else 1
    if found.repeat and count.weekday is not None:
        found.repeat.weekdays = (count.weekday,)
        found.repeat.position = sign * count.number
    elif found.repeat and count.is_work:
        found.repeat.weekdays, found.repeat.position = _WORK_DAYS, sign * count.number
    elif found.repeat:
        found.repeat.month_day = sign * count.number
    return found


def of_every(line: Line, at: int) -> Reading | None:
    """Read `first monday of every month`, `the 15th of each month`, `last day of every quarter`."""
    found = read_count(line, at)
    number = None if found else ordinal(line, at)
    after = found[1] if found else number[1] if number else 0
    if not after or line.words[after] not in ("of", "in", "on") or line.words[after + 1] not in ("every", "each"):
        return None
    begin, interval = _interval(line, after + 2)
    unit = UNITS.get(line.words[begin])
    if unit not in ("month", "quarter", "year"):
        return None
    if found:
        reading = _counted(at, begin + 1, found[0])
    elif number and 1 <= number[0] <= _MOST_DAYS:
        reading = _repeating(at, begin + 1, "MONTHLY", 1)
        if reading.repeat:
            reading.repeat.month_day = number[0]
    else:
        return None
    if reading.repeat:
        reading.repeat.interval = interval * {"month": 1, "quarter": 3, "year": 12}[unit]
    return reading


def _on(line: Line, found: Reading) -> Reading:
    """Add what follows `on` after a frequency: `weekly on tue`, `monthly on the 15th`, `every month on the 3rd`."""
    repeat = found.repeat
    begin = found.after
    while line.words[begin] in ("on", "the", "every", "each", ":") and begin < found.after + 3:
        begin += 1
    if repeat is None or begin == found.after:
        return found
    if repeat.freq == "WEEKLY" and line.words[begin] in WEEKDAYS:
        repeat.weekdays, found.after = _weekdays(line, begin)
        return found
    if repeat.freq == "YEARLY" and line.words[begin] in MONTHS:
        return _yearly(line, found.first, begin) or found
    if repeat.freq != "MONTHLY":
        return found
    count = read_count(line, begin)
    number = ordinal(line, begin) or cardinal(line, begin)
    if count and (count[0].weekday is not None or count[0].unit == "day"):
        made = _counted(found.first, count[1], count[0])
        if made.repeat:
            made.repeat.interval = repeat.interval
        return made
    if number and 1 <= number[0] <= _MOST_DAYS:
        repeat.month_day, found.after = number
    return found
