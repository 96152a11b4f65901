"""Counted days and weeks in English: `first monday of may`, `last day of the month`, `3rd quarter`, `second half of`."""

from datetime import date

from sfa.domain.when.calendar_words import PERIODS, WEEKDAYS
from sfa.domain.when.days import WEEK, add_days, make_day, monday_of, span_of, weekday_after
from sfa.domain.when.english_days import read_year
from sfa.domain.when.english_periods import numbered, read_period, turned_year
from sfa.domain.when.numbers import cardinal, ordinal
from sfa.domain.when.readings import Period, Reading
from sfa.domain.when.resolving import day_of
from sfa.domain.when.tokens import WORD, Line
from sfa.domain.when.values import WhenError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

_THURSDAY, _SATURDAY = 3, 5
_MOST = 60
_MOST_NEAREST = 12
NEAREST = frozenset(("closest", "nearest"))
_WEEK_STARTS = frozenset(("of", "starting", "beginning", "commencing"))
_WORK_WORDS = frozenset(("business", "working", "work"))


class Count:
    """The so-many-th; from the end where `is_last`; of weekdays, days, working days, weeks..."""

    __slots__ = ("is_last", "is_work", "number", "unit", "weekday")

    def __init__(self, number: int, *, is_last: bool) -> None:
        self.number = number
        self.is_last = is_last
        self.is_work = False
        self.unit = ""
        self.weekday: int | None = None


def counted(line: Line, at: int, read_anchor: "Callable[[Line, int], Reading | None]") -> Reading | None:
    """Read an ordinal, what it counts, and of which period, or after which day.

    Raises:
        WhenError: the period has not so many.
    """
    found = read_count(line, at)
    if found is None:
        return None
    count, after = found
    word = line.words[after]
    if count.unit in ("quarter", "half") and not count.is_last:
        return _quarter(line, at, after, count, read_period)
    if count.weekday is not None and word in ("after", "before", "from") and not count.is_last:
        return _weekday_after(line, at, after, count, read_anchor)
    is_of = word in ("of", "in", "for") or (word == "," and line.words[after + 1] in PERIODS)
    period = read_period(line, after + 1) if is_of else None
    if period is None:
        return _of_this_month(line, at, after, count)
    return _of_period(line, Reading(at, period[1]), count, period[0])


def read_count(line: Line, at: int) -> tuple[Count, int] | None:
    """Read `first monday`, `3rd last day`, `last`, `2nd to last friday`, `last business day`."""
    number = ordinal(line, at)
    if number:
        count, after = Count(number[0], is_last=False), number[1]
        begin = after + 1 if line.words[after] in ("to", "-") else after
        begin += line.words[begin] == "-"
        if line.words[begin] == "last":
            count.is_last, after = True, begin + 1
    elif line.words[at] in ("last", "final"):
        count, after = Count(1, is_last=True), at + 1
    else:
        return None
    if not 1 <= count.number <= _MOST:
        return None
    if line.words[after] in _WORK_WORDS and line.words[after + 1] == "day":
        count.is_work, after = True, after + 1
    word = line.words[after]
    if word in WEEKDAYS:
        count.weekday = WEEKDAYS[word]
    elif word == "weekend":
        count.unit, count.weekday = word, _SATURDAY
    elif word == "half" or (word in PERIODS and word[-1] != "s"):
        count.unit = "half" if word == "half" else PERIODS[word]
    elif word in ("weekday", "workday"):
        count.unit, count.is_work = "day", True
    else:
        return None
    return count, after + 1


def _quarter(
    line: Line, at: int, after: int, count: Count, read: "Callable[[Line, int], tuple[Period, int] | None]"
) -> Reading | None:
    if count.unit == "half":
        whole = read(line, after + 1) if line.words[after] == "of" else None
        return _half(Reading(at, whole[1]), whole[0], count.number) if whole and count.number <= 2 else None  # noqa: PLR2004
    if count.number > 4:  # noqa: PLR2004 - quarters
        return None
    found = read_year(line, after, is_free=True) or turned_year(line, after)
    year, after = found or (None, after)
    return numbered(line, at, after, "quarter", count.number, year)


def _half(found: Reading, whole: Period, number: int) -> Reading:
    if whole.grain == "year":
        found.period = Period(*span_of(whole.start, "half", number - 1), "month")
        return found
    middle = add_days(whole.start, (whole.end - whole.start).days // 2)
    found.period = Period(whole.start, middle, "day") if number == 1 else Period(middle, whole.end, "day")
    return found


def _weekday_after(
    line: Line, at: int, after: int, count: Count, read_anchor: "Callable[[Line, int], Reading | None]"
) -> Reading | None:
    anchor = read_anchor(line, after + 1)
    if line.words[after : after + 2] == ["from", "now"]:
        anchor = Reading(at, after + 2)
        anchor.date = line.today
    day = day_of(anchor, line) if anchor else None
    if anchor is None or day is None or count.weekday is None or line.words[after] == "before":
        return None
    found = Reading(at, anchor.after)
    found.date = add_days(weekday_after(day, count.weekday), (count.number - 1) * WEEK)
    return found


def _of_this_month(line: Line, at: int, after: int, count: Count) -> Reading | None:
    """Read `third tuesday` as that of this month, or of the next one; `last friday` and `third day` are none."""
    if count.weekday is None or count.is_last or count.unit or (line.kinds[at] != WORD and line.words[after] == "of"):
        return None
    day = nth_in(Period(*span_of(line.today, "month"), "month"), count)
    if line.is_past and day is not None and day > line.today:
        day = nth_in(Period(*span_of(line.today, "month", -1), "month"), count)
    if day is None:
        return None
    found = Reading(at, after)
    found.date, found.is_gone = day, day < line.today
    return found


def _of_period(line: Line, found: Reading, count: Count, period: Period) -> Reading:
    if count.unit in ("week", "month"):
        found.period = _nth_period(count, period)
        return found
    day = nth_in(period, count)
    if day is None:
        raise WhenError(f"There is no {line.text[line.starts[found.first] : line.ends[found.after - 1]]}.")
    # "first friday of may", said in June, is that of the next May.
    is_open = period.grain == "month" and line.words[found.after - 1] not in ("month", "year") and day < line.today
    if is_open and not line.is_past and day.year == line.today.year and not line.words[found.after - 1].isdigit():
        following = make_day(period.start.year + 1, period.start.month, 1)
        day = nth_in(Period(*span_of(following, "month"), "month"), count) or day
    if count.unit == "weekend":
        found.period = Period(day, add_days(day, 2), "day")
        return found
    found.date = day
    return found


def nth_in(period: Period, count: Count) -> date | None:
    """Return the so-many-th day, working day or weekday of a period, None where it has not so many."""
    step = -1 if count.is_last else 1
    day = add_days(period.end, -1) if count.is_last else period.start
    if count.weekday is not None:
        shift = (count.weekday - day.weekday()) % WEEK if step > 0 else -((day.weekday() - count.weekday) % WEEK)
        day = add_days(day, shift + step * (count.number - 1) * WEEK)
    elif count.is_work:
        day = _nth_work_day(day, count.number, step)
    else:
        day = add_days(day, step * (count.number - 1))
    return day if period.start <= day < period.end else None


def _nth_work_day(day: date, number: int, step: int) -> date:
    while True:
        if day.weekday() < 5:  # noqa: PLR2004 - Saturday
            number -= 1
        if number == 0:
            return day
        day = add_days(day, step)


def _nth_period(count: Count, period: Period) -> Period:
    """Return the so-many-th week or month; the first week is that with the first Thursday (ISO 8601)."""
    step = -(count.number - 1) if count.is_last else count.number - 1
    if count.unit == "month":
        base = add_days(period.end, -1) if count.is_last else period.start
        return Period(*span_of(base, "month", step), "month")
    base = add_days(period.end, -4) if count.is_last else add_days(period.start, _THURSDAY)
    monday = add_days(monday_of(base), step * WEEK)
    return Period(monday, add_days(monday, WEEK), "week")


def week_number(line: Line, at: int) -> Reading | None:
    """Read `week 10`, `week 10 of 2027`, `cw 10`: weeks are numbered by ISO 8601."""
    number = cardinal(line, at + 1)
    if number is None or not 1 <= number[0] <= 53:  # noqa: PLR2004 - weeks of a year
        return None
    year = read_year(line, number[1], is_free=True)
    found = Reading(at, year[1] if year else number[1])
    for wanted in (year[0],) if year else (line.today.year, line.today.year + 1):
        first = add_days(monday_of(make_day(wanted, 1, 4)), (number[0] - 1) * WEEK)
        found.period = Period(first, add_days(first, WEEK), "week")
        if found.period.end > line.today:
            break
    return found


def week_of(line: Line, at: int, read_anchor: "Callable[[Line, int], Reading | None]") -> Reading | None:
    """Read `week of march 3`, `week starting the 7th`, `w/c 7 dec`: the whole week that has that day."""
    is_short = line.words[at : at + 3] == ["w", "/", "c"]
    if not is_short and (line.words[at] == "w" or line.words[at + 1] not in _WEEK_STARTS):
        return None
    begin = at + (3 if is_short else 2)
    anchor = read_anchor(line, begin)
    day = day_of(anchor, line) if anchor else None
    if anchor is None or day is None:
        return None
    found = Reading(at, anchor.after)
    found.period = Period(*span_of(day, "week"), "week")
    return found


def nearest(line: Line, at: int, read_anchor: "Callable[[Line, int], Reading | None]") -> Reading | None:
    """Read `closest monday to may 5`, `second nearest christmas to today`."""
    number, begin = ordinal(line, at) or (1, at)
    what = read_anchor(line, begin + 1) if line.words[begin] in NEAREST else None
    anchor = read_anchor(line, what.after + 1) if what and line.words[what.after] == "to" else None
    day = day_of(anchor, line) if anchor else None
    if what is None or anchor is None or day is None or not 1 <= number <= _MOST_NEAREST:
        return None
    if what.named is not None:
        days = [what.named(day.year + years) for years in range(-number, number + 1)]
    elif what.weekday is not None and what.day is None:
        after = weekday_after(add_days(day, -1), what.weekday)
        days = [add_days(after, weeks * WEEK) for weeks in range(-number, number + 1)]
    else:
        return None
    found = Reading(at, anchor.after)
    found.date = sorted(days, key=lambda other: abs((other - day).days))[number - 1]
    return found
