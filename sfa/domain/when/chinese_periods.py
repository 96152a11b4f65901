"""Periods in Chinese: 月底, 3月底, 下季度末, 9月上旬, 上半年, 一季度, 十月的第一个星期一."""

from datetime import date

from sfa.domain.when.chinese_days import turned_month, year_at
from sfa.domain.when.chinese_numbers import han_number, han_word, starts_with
from sfa.domain.when.chinese_words import EDGES, HALVES, SEASONS, SUFFIXES, TURNS, WEEK_WORDS, WEEKDAYS
from sfa.domain.when.days import MONTHS, WEEK, add_days, add_months, make_day, monday_of, span_of
from sfa.domain.when.english_counts import Count, nth_in
from sfa.domain.when.english_periods import season
from sfa.domain.when.readings import Period, Reading
from sfa.domain.when.resolving import period_of
from sfa.domain.when.tokens import HAN, Line
from sfa.domain.when.values import WhenError

_LONGEST = 3
_MIDDLE = 15
_TEN = 10
_QUARTERS = 4
_WEEKS = 53


def edge(line: Line, at: int) -> Reading | None:
    """Read 月底, 本月底, 3月底, 年初, 下季度末, 9月上旬, 周末 as the day or the days they mean."""
    turn = han_word(line, at, TURNS, _LONGEST)
    begin = at + len(turn) if turn else at
    word = han_word(line, begin, EDGES, _LONGEST)
    if word and line.words[begin + len(word)] != "旬":  # 月中旬 is ten days
        side, unit = EDGES[word]
        period = Period(*span_of(line.today, unit, TURNS[turn] if turn else 0), unit)
        reading = _at_side(Reading(at, begin + len(word)), period, side)
        reading.is_gone = turn is None and reading.date is not None and reading.date < line.today
        return reading
    found = base(line, at)
    if found is None:
        return None
    period_found = period_of(found, line)
    suffix = han_word(line, found.after, SUFFIXES, _LONGEST)
    if suffix is None or period_found is None or (suffix == "中" and period_found.grain == "year"):
        return None
    if len(suffix) == 2 and suffix[0] == "年" and period_found.grain != "year":  # noqa: PLR2004 - 年底 and its like
        return None
    side = SUFFIXES[suffix]
    return _at_side(Reading(at, found.after + len(suffix)), period_found, side)


def base(line: Line, at: int) -> Reading | None:
    """Read a period that something follows: 3月, 明年, 2026年, 下个月, 本季度, 第一季度, 明年3月."""
    found = turned_month(line, at)
    if found and found.period:
        return found
    quarter = quarter_of(line, at)
    if quarter:
        return quarter
    year = year_at(line, at)
    begin = year[1] if year else at
    month = han_number(line, begin)
    if month and starts_with(line, month[1], "月") and 1 <= month[0] <= MONTHS:
        reading = Reading(at, month[1] + 1)
        reading.after += line.words[reading.after] == "份"
        reading.month, reading.year = month[0], year[0] if year else None
        return reading
    if year:
        reading = Reading(at, year[1])
        reading.period = Period(*span_of(make_day(year[0], 1, 1), "year"), "year")
        return reading
    return None


def _at_side(found: Reading, period: Period, side: str) -> Reading:
    first, last = period.start, add_days(period.end, -1)
    if side == "end":
        found.date = last
    elif side == "start":
        found.date = first
    elif side == "middle":
        days = (period.end - period.start).days
        found.date = first.replace(day=_MIDDLE) if period.grain == "month" else add_days(first, days // 2)
    elif side == "early":
        found.period = Period(first, add_days(first, _TEN), "day")
    elif side == "late":
        found.period = Period(add_days(first, 2 * _TEN), period.end, "day")
    else:
        found.period = Period(add_days(first, _TEN), add_days(first, 2 * _TEN), "day")
    return found


def quarter_of(line: Line, at: int) -> Reading | None:
    """Read 一季度, 第3季度, 明年二季度, 本季度, 下个季度, 四季度."""
    turn = han_word(line, at, TURNS, _LONGEST)
    begin = at + len(turn) if turn else at
    word = "季度" if starts_with(line, begin, "季度") else "季" if starts_with(line, begin, "季") else ""
    if turn and word:
        found = Reading(at, begin + len(word))
        found.period = Period(*span_of(line.today, "quarter", TURNS[turn]), "quarter")
        return found
    year = year_at(line, at)
    begin = year[1] if year else at
    begin += line.words[begin] == "第"
    number = han_number(line, begin)
    if number is None or not 1 <= number[0] <= _QUARTERS:
        return None
    after = number[1] + 1 if line.words[number[1]] == "个" else number[1]
    if not starts_with(line, after, "季度"):
        return None
    found = Reading(at, after + 2)
    for wanted in (year[0],) if year else (line.today.year, line.today.year + 1):
        found.period = Period(*span_of(make_day(wanted, 1, 1), "quarter", number[0] - 1), "quarter")
        if found.period.end > line.today:
            break
    return found


def half_of(line: Line, at: int) -> Reading | None:
    """Read 上半年, 明年下半年, 下半月, 3月上半月."""
    found = year_at(line, at)
    begin = found[1] if found else at
    half = han_word(line, begin, HALVES, 2)
    if half is None:
        return None
    number, unit = HALVES[half], line.words[begin + 2]
    reading = Reading(at, begin + 3)
    if unit == "年":
        first = date(found[0] if found else line.today.year, 1, 1)
        reading.period = Period(*span_of(first, "half", number - 1), "month")
        return reading
    if unit == "月" and found is None:
        first = line.today.replace(day=1)
        middle = first.replace(day=_MIDDLE + 1)
        reading.period = Period(first, middle, "day") if number == 1 else Period(middle, add_months(first, 1), "day")
        return reading
    return None


def whole(line: Line, at: int) -> Reading | None:
    """Read a year, a quarter, a season: 2026年, 明年, 本季度, 今年夏天; not 2015年前 nor 10年."""
    quarter = quarter_of(line, at)
    if quarter:
        return quarter
    year = year_at(line, at)
    if year is None:
        return None
    part = _part_of_year(line, at, year)
    if part:
        return part
    found = Reading(at, year[1])
    found.period = Period(*span_of(make_day(year[0], 1, 1), "year"), "year")
    return found


def _part_of_year(line: Line, at: int, year: tuple[int, int]) -> Reading | None:
    """Read 今年夏天, 2027年第十周 (by ISO 8601); weeks a year has not are none."""
    begin = year[1] + (line.words[year[1]] == "的")
    name = han_word(line, begin, SEASONS, 2)
    if name:
        found = Reading(at, begin + 2)
        found.period = season(line, SEASONS[name], year[0])
        return found
    number = han_number(line, begin + 1) if line.words[begin] == "第" else None
    if number is None or not 1 <= number[0] <= _WEEKS:
        return None
    after = number[1] + (line.words[number[1]] == "个")
    unit = next((word for word in WEEK_WORDS if starts_with(line, after, word)), None)
    if unit is None or line.words[after + len(unit)] in WEEKDAYS:
        return None
    found = Reading(at, after + len(unit))
    first = add_days(monday_of(make_day(year[0], 1, 4)), (number[0] - 1) * WEEK)
    found.period = Period(first, add_days(first, WEEK), "week")
    return found


def counted(line: Line, at: int) -> Reading | None:
    """Read 十月的第一个星期一, 下个月最后一天, 本月第三个周五, 月底最后一个工作日.

    Raises:
        WhenError: the period has not so many.
    """
    found = base(line, at)
    begin = found.after if found else at
    begin += line.words[begin] in ("的", "里") and found is not None
    count = read_count(line, begin)
    if count is None or found is None:
        return None
    period = period_of(found, line)
    if period is None:
        return None
    day = nth_in(period, count[0])
    is_open = found.month is not None and found.year is None
    if day is not None and day < line.today and is_open and not line.is_past:
        day = nth_in(Period(*span_of(add_months(period.start, MONTHS), "month"), "month"), count[0])
    reading = Reading(at, count[1])
    if day is None:
        raise WhenError(f"There is no {line.text[line.starts[at] : line.ends[count[1] - 1]]}.")
    reading.date = day
    return reading


def read_count(line: Line, at: int) -> tuple[Count, int] | None:
    """Read 第一个星期一, 最后一天, 倒数第二个工作日, 第3个周五."""
    is_last = starts_with(line, at, "最后") or starts_with(line, at, "倒数")
    begin = at + 2 if is_last else at
    has_place = line.words[begin] == "第"
    begin += has_place
    number = han_number(line, begin)
    if number is None or not (is_last or has_place) or number[0] < 1:
        return None
    count = Count(number[0], is_last=is_last)
    after = number[1] + (line.words[number[1]] == "个")
    name = next((word for word in WEEK_WORDS if starts_with(line, after, word)), None)
    if name and line.words[after + len(name)] in WEEKDAYS:
        count.weekday = WEEKDAYS[line.words[after + len(name)]]
        return count, after + len(name) + 1
    if starts_with(line, after, "工作日"):
        count.unit, count.is_work = "day", True
        return count, after + 3
    if line.kinds[after] == HAN and line.words[after] in ("天", "日"):
        count.unit = "day"
        return count, after + 1
    return None
