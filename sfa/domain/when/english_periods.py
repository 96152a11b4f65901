"""Periods in English: `next week`, `last friday`, `end of march`, `Q1 2027`, `first monday of may`, `mid june`."""

from datetime import date

from sfa.domain.when.calendar_words import (
    EDGE_WORDS,
    EDGES,
    MONTHS,
    NEAREST_TURNS,
    PERIODS,
    PLURAL_WEEKDAYS,
    SEASONS,
    TURNS,
    WEEKDAYS,
)
from sfa.domain.when.clock_words import PART_NAMES
from sfa.domain.when.days import (
    WEEK,
    add_days,
    add_months,
    add_work_days,
    full_year,
    make_day,
    monday_of,
    span_of,
    weekday_after,
)
from sfa.domain.when.english_days import read_year
from sfa.domain.when.number_words import UNITS
from sfa.domain.when.numbers import ordinal, quantity, read_length
from sfa.domain.when.readings import Clock, Period, Reading
from sfa.domain.when.resolving import last_month, period_of
from sfa.domain.when.tokens import NUMBER, WORD, Line

_SATURDAY = 5
_SUNDAY = 6
_FRIDAY = 4
_MID_MONTH = 15
_WEEKENDS = frozenset(("weekend", "weekends", "wkend"))
_WORK = frozenset(("business", "play", "work"))
_CLOCKED = frozenset(("second", "minute", "hour"))


def turn(line: Line, at: int) -> Reading | None:
    """Read what `next`, `this`, `last`, `coming`... begins: a weekday, a week, a month, some days, a part of a day."""
    word = line.words[at]
    begin = at + 1
    if line.words[begin] in NEAREST_TURNS or (line.words[begin] in TURNS and word == "this"):
        word, begin = line.words[begin], begin + 1
    if line.words[begin] == "calendar":
        begin += 1
    target = line.words[begin]
    if target[-1:] == "s" and line.folded[line.starts[begin] : line.ends[begin]].endswith("'s"):
        target = target[:-1]
    number = TURNS[word]
    found = Reading(at, begin + 1)
    if line.words[begin + 1] == "." and line.touches(begin + 1) and target in WEEKDAYS:
        found.after += 1
    if target in WEEKDAYS and target not in PLURAL_WEEKDAYS:
        found.date = _turned_weekday(line, WEEKDAYS[target], word)
        return found
    if target in MONTHS:
        return _turned_month(line, at, begin, number)
    return _turned_span(line, found, begin, word, target)


def _turned_span(line: Line, found: Reading, begin: int, word: str, target: str) -> Reading | None:
    number = TURNS[word]
    if target in PERIODS and target[-1] != "s" and target != "mo" and (target != "day" or word not in NEAREST_TURNS):
        is_weekend = line.words[begin : begin + 3] == ["week", "-", "end"]
        return (None if is_weekend else _turned_period(line, found, PERIODS[target], number)) or _turned_weekend(
            line, found, begin + 3, number
        )
    if target in ("business", "working") and line.words[begin + 1] == "day" and number:
        found.date, found.after = add_work_days(line.today, number), begin + 2
        return found
    if target in PART_NAMES:
        return _turned_part(line, found, PART_NAMES[target], number)
    if target in SEASONS:
        found.period = season(line, target, line.today.year + (min(0, number)), is_next=number > 0)
        return found
    if target in _WEEKENDS:
        number = 0 if word in NEAREST_TURNS and line.today.weekday() < _SATURDAY else number
        return _turned_weekend(line, found, begin + 1, number)
    return _some(line, found.first, begin, number) if word not in ("upcoming", "coming") else None


def _turned_weekend(line: Line, found: Reading, after: int, number: int) -> Reading:
    monday = add_days(monday_of(line.today), number * WEEK)
    found.after = after
    found.period = Period(add_days(monday, _SATURDAY), add_days(monday, WEEK), "day")
    return found


def _turned_weekday(line: Line, wanted: int, word: str) -> date:
    """Return the day of this week, the next or the last; `coming friday` is the nearest, `this friday` never gone by."""
    if word in NEAREST_TURNS:
        return weekday_after(line.today, wanted)
    if wanted == _SUNDAY and TURNS[word] > 0 and line.order == "mdy":
        # Where the month is written first, the week begins on Sunday: that of the next week is the coming one.
        return weekday_after(line.today, wanted)
    day = add_days(monday_of(line.today), TURNS[word] * WEEK + wanted)
    is_gone = TURNS[word] == 0 and day < line.today and not line.is_past
    return add_days(day, WEEK) if is_gone else day


def _turned_month(line: Line, at: int, begin: int, number: int) -> Reading | None:
    month = MONTHS[line.words[begin]]
    day = ordinal(line, begin + 1)
    found = Reading(at, day[1] if day else begin + 1)
    if number == 0:
        first = date(line.today.year, month, 1)
    elif number > 0:
        first = date(line.today.year + (month <= line.today.month), month, 1)
    else:
        wanted = Reading(at, at)
        wanted.month = month
        first = last_month(wanted, line.today.replace(day=1)).start
    if day:
        found.date = make_day(first.year, month, day[0])
    else:
        found.period = Period(*span_of(first, "month"), "month")
    return found


def _turned_period(line: Line, found: Reading, unit: str, number: int) -> Reading | None:
    if line.words[found.after - 1] == "day":
        found.date = add_days(line.today, number)
        return found
    found.period = Period(*span_of(line.today, unit, number), unit if unit in ("week", "month", "quarter") else "year")
    return found


def _turned_part(line: Line, found: Reading, part: str, number: int) -> Reading:
    if line.words[found.after - 2] in ("this", "next", "last", "past", "previous", "following", "same", "current"):
        found.date = add_days(line.today, number)
    found.part = part
    return found


def _some(line: Line, at: int, begin: int, number: int) -> Reading | None:
    """Read `next 3 days`, `last two weeks`, `past few hours`."""
    amount = quantity(line, begin)
    if amount is None or amount[0] < 1 or amount[1] != 1 or number == 0:
        return None
    unit, after = UNITS.get(line.words[amount[2]]), amount[2] + 1
    if line.words[after - 1] in _WEEKENDS or unit is None:
        return None
    found = Reading(at, after)
    if unit in _CLOCKED:
        length = read_length(line, begin)
        if length is None:
            return None
        other = Reading(at, length[1])
        other.moment = length[0].from_moment(line.now, number)
        found.moment, found.after = line.now, length[1]
        if number < 0:
            found.moment, other.moment = other.moment, line.now
        found.end = other
        return found
    found.period = _some_days(line, unit, amount[0], number)
    return found


def _some_days(line: Line, unit: str, count: int, number: int) -> Period:
    """Return days from tomorrow, or whole weeks, months and years from the next one; or the same into the past."""
    if unit == "fortnight":
        unit, count = "week", count * 2
    if unit == "day":
        first = add_days(line.today, 1 if number > 0 else -count)
        return Period(first, add_days(first, count), "day")
    first = span_of(line.today, unit, 1 if number > 0 else -count)[0]
    last = span_of(line.today, unit, count if number > 0 else -1)[1]
    return Period(first, last, unit)


def season(line: Line, name: str, year: int, *, is_next: bool = False) -> Period:
    """Return the days of a season of a year, by the northern calendar; the next one where it is past or asked for."""
    month, day = SEASONS[name]
    start = date(year, month, day)
    if is_next and start <= line.today:
        start = date(year + 1, month, day)
    return Period(start, add_months(start, 3), "month")


def read_period(line: Line, at: int) -> tuple[Period, int] | None:
    """Read a period that others are a part of: `the month`, `next week`, `march 2027`, `2026`, `Q3`, `today`."""
    found = _period_reading(line, at)
    if found is None:
        return None
    period = period_of(found, line)
    if period is None and found.date is not None:
        period = Period(found.date, add_days(found.date, 1), "day")
    return (period, found.after) if period else None


def _period_reading(line: Line, at: int) -> Reading | None:
    while line.words[at] in ("the", "of", "in", "around", "about", "business", "working"):
        at += 1
    word = line.words[at]
    if word in TURNS:
        return turn(line, at)
    if word in PERIODS:
        found = Reading(at, at + 1)
        return _turned_period(line, found, PERIODS[word], 0)
    if word in MONTHS:
        return _month_and_year(line, at)
    if word in ("today", "tomorrow"):
        found = Reading(at, at + 1)
        found.date = add_days(line.today, 0 if word == "today" else 1)
        return found
    quarter = quarter_of(line, at)
    if quarter:
        return quarter
    year = read_year(line, at, is_free=True)
    if year:
        found = Reading(at, year[1])
        found.period = Period(*span_of(make_day(year[0], 1, 1), "year"), "year")
        return found
    return None


def _month_and_year(line: Line, at: int) -> Reading:
    found = Reading(at, at + 1)
    found.month = MONTHS[line.words[at]]
    found.after += line.words[found.after] == "." and line.touches(found.after)
    year = read_year(line, found.after, is_free=True)
    if year:
        found.year, found.after = year
    begin = found.after + 1 if line.words[found.after] in ("of", "in") else found.after
    if line.words[begin] in ("next", "last", "this") and line.words[begin + 1] == "year":
        found.year, found.after = line.today.year + TURNS[line.words[begin]], begin + 2
    return found


def edge(line: Line, at: int) -> Reading | None:
    """Read `end of march`, `eom`, `beginning of next month`, `mid-june`, `early next week`, `rest of the week`."""
    word = line.words[at]
    if word in EDGES:
        side, unit = EDGES[word]
        reading = _at_edge(line, at, at + 1, side, Period(*span_of(line.today, unit), unit))
        reading.is_gone = reading.date is not None and reading.date < line.today
        return reading
    if word == "rest":
        found = read_period(line, at + 1)
        return _rest(line, at, found) if found else None
    side = EDGE_WORDS[word]
    if side == "end" and line.words[at + 1] == "of" and line.words[at + 2] in _WORK and line.words[at + 3] != "day":
        return _at_edge(line, at, at + 3, side, Period(*span_of(line.today, "day"), "day"))
    if word == "later" and line.words[at + 1] in TURNS:
        found = read_period(line, at + 1)
        return _rest(line, at, found) if found else None
    after = at + 1
    if line.words[after] == "-":
        after += 1
    is_bare = side in ("early", "late") or word == "mid"
    if line.words[after] in ("of", "in", "day", "business", "week", "month", "quarter", "year") or is_bare:
        begin = after + 1 if line.words[after] in ("of", "in") else after
        found = read_period(line, begin)
        if found and not (is_bare and line.words[begin] in PERIODS and side in ("early", "late")):
            return _at_edge(line, at, found[1], side, found[0])
    return None


def period_end(line: Line, at: int) -> Reading | None:
    """Read `month end`, `quarter-end`."""
    unit, after = PERIODS.get(line.words[at]), at + 1 + (line.words[at + 1] == "-")
    if unit in (None, "day", "week") or line.words[after] != "end" or line.words[after + 1] == "of":
        return None
    return _at_edge(line, at, after + 1, "end", Period(*span_of(line.today, unit), unit))


def _rest(line: Line, at: int, found: tuple[Period, int]) -> Reading:
    reading = Reading(at, found[1])
    start = max(line.today, found[0].start) if line.today < found[0].end else found[0].start
    reading.period = Period(start, found[0].end, found[0].grain)
    return reading


def _at_edge(line: Line, at: int, after: int, side: str, period: Period) -> Reading:
    """Return the first day of a period, its middle, its last one (of a week: Friday), or a third of it."""
    found = Reading(at, after)
    last = add_days(period.end, -1)
    if period.grain == "day" or period.start == last:
        if side == "end":
            found.clock = Clock(23, 59, 59, "second", is_exact=True)
        if side != "end" or line.words[after - 1] in ("today", "tomorrow"):
            found.date = period.start
        return found
    if side == "start":
        found.date = period.start
    elif side == "end":
        found.date = _friday(line, period) if period.grain == "week" else last
    elif side == "middle":
        found.date = _middle(period)
    else:
        found.period = _third(period, side)
    return found


def _friday(line: Line, period: Period) -> date:
    """Return the Friday of a week; of this one, once it is over, that of the next."""
    friday = add_days(period.start, _FRIDAY)
    is_over = friday < line.today < period.end and not line.is_past
    return add_days(friday, WEEK) if is_over else friday


def _middle(period: Period) -> date:
    if period.grain == "month":
        return period.start.replace(day=_MID_MONTH)
    return add_days(period.start, (period.end - period.start).days // 2 - (period.grain == "week"))


def _third(period: Period, side: str) -> Period:
    days = (period.end - period.start).days
    if side == "early":
        return Period(period.start, add_days(period.start, days // 3), period.grain)
    return Period(add_days(period.start, days * 2 // 3), period.end, period.grain)


def quarter_of(line: Line, at: int) -> Reading | None:
    """Read `Q1`, `q3 2027`, `2027 Q1`, `2019-H2`, `H1`."""
    begin, year = at, None
    if line.kinds[at] == NUMBER and len(line.words[at]) == 4:  # noqa: PLR2004 - a year has four digits
        year = line.numbers[at]
        begin = at + 2 if line.words[at + 1] == "-" else at + 1
    elif line.kinds[at] == NUMBER and len(line.words[at]) == 2 and line.touches(at + 1):  # noqa: PLR2004 - 27q3
        year, begin = full_year(line.numbers[at]), at + 1
    number = line.numbers[begin + 1]
    unit = {"q": "quarter", "h": "half"}.get(line.words[begin])
    if unit is None or not line.touches(begin + 1) or not 1 <= number <= (4 if unit == "quarter" else 2):
        return None
    after = begin + 2
    if year is None and (line.is_end(at + 2) or line.kinds[at + 2] in (WORD, NUMBER) or line.words[at + 2] in "-/"):
        found_year = read_year(line, after, is_free=True) or turned_year(line, after)
        year, after = found_year or (None, after)
    return numbered(line, at, after, unit, number, year)


def turned_year(line: Line, at: int) -> tuple[int, int] | None:
    """Read `next year`, `of last year`; return the year and the token behind."""
    begin = at + 1 if line.words[at] in ("of", "in") else at
    if line.words[begin] in ("next", "last", "this") and line.words[begin + 1] == "year":
        return line.today.year + TURNS[line.words[begin]], begin + 2
    return None


def numbered(line: Line, at: int, after: int, unit: str, number: int, year: int | None) -> Reading:
    """Return the so-many-th quarter or half of a year; without a year the one that is not over yet."""
    found = Reading(at, after)
    for wanted in (year,) if year else (line.today.year, line.today.year + 1):
        start, end = span_of(make_day(wanted, 1, 1), unit, number - 1)
        found.period = Period(start, end, "quarter" if unit == "quarter" else "month")
        if end > line.today or line.is_past:
            break
    return found
