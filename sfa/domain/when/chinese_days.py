"""Days in Chinese: 后天, 下周二, 10月1日, 二零二六年三月五号, 三天后, 国庆."""

from datetime import date

from sfa.domain.when.chinese_numbers import han_length, han_number, han_word, starts_with
from sfa.domain.when.chinese_words import (
    AFTER,
    AFTER_NUMBERS,
    BEFORE,
    BESIDE_FEASTS,
    FEASTS,
    LAST_SPANS,
    NEXT_SPANS,
    RELATIVE_DAYS,
    SHORT_DAYS,
    SHORT_PARTS,
    TURNS,
    WEEK_WORDS,
    WEEKDAYS,
    YEARS,
)
from sfa.domain.when.days import (
    MONTHS,
    WEEK,
    add_days,
    add_months,
    can_be,
    full_year,
    make_day,
    monday_of,
    span_of,
)
from sfa.domain.when.english_shifts import moved
from sfa.domain.when.feasts import by_rule
from sfa.domain.when.readings import Period, Reading
from sfa.domain.when.tokens import HAN, NUMBER, SIGN, Line
from sfa.domain.when.values import WhenError

_LONGEST_RELATIVE = 3
_LONGEST_TURN = 3
_LONGEST_YEAR = 4
_LONGEST_FEAST = 7
_LONGEST_SIDE = 4
_MOST_DAYS = 31
_SATURDAY = 5
_YEAR_DIGITS = 4
_MOST_AGO = 10
_BEFORE_PASSING = frozenset("不超通经路度点时")
_SAME_DAY_UNITS = ("月", *WEEK_WORDS)


def relative(line: Line, at: int) -> Reading | None:
    """Read 今天, 大后天, 今晚, 明早."""
    word = han_word(line, at, RELATIVE_DAYS, _LONGEST_RELATIVE)
    if word:
        found = Reading(at, at + len(word))
        found.date = add_days(line.today, RELATIVE_DAYS[word])
        return found
    begin = at + 1 if line.words[at] == "大" else at
    day, part = SHORT_DAYS.get(line.words[begin]), SHORT_PARTS.get(line.words[begin + 1])
    if day is None or part is None or line.kinds[begin] != HAN:
        return None
    # 听晚会: no day; 听晚: tomorrow night.
    if line.words[begin] == "听" and line.words[begin + 2] in ("会", "报"):
        return None
    # 以前夜里, 之后早上: no days.
    if at and line.kinds[at - 1] == HAN and line.words[at - 1] in "以之":
        return None
    far = (1 if day > 0 else -1) if begin > at else 0
    found = Reading(at, begin + 2 + (line.words[begin + 2] in ("上", "间", "里") and line.kinds[begin + 2] == HAN))
    found.date = add_days(line.today, day + far)
    found.part = part
    return found


def week(line: Line, at: int) -> Reading | None:
    """Read 周五, 下周二, 上上个礼拜三, 本周, 下下周末."""
    turn = han_word(line, at, TURNS, _LONGEST_TURN)
    begin = at + len(turn) if turn else at
    name = next((word for word in WEEK_WORDS if starts_with(line, begin, word)), None)
    if name is None or (turn is None and _is_counted(line, at)):
        return None
    after = begin + len(name)
    day = line.words[after]
    found = Reading(at, after + 1)
    is_once = line.words[after + 1] == "次"
    is_day = day in WEEKDAYS and (line.kinds[after] == HAN or line.touches(after)) and not is_once
    if is_day and not (day == "天" and name == "周"):
        return _weekday(line, found, turn, WEEKDAYS[day])
    monday = add_days(monday_of(line.today), WEEK * (TURNS[turn] if turn else 0))
    if day in ("末", "尾") and line.kinds[after] == HAN:
        found.period = Period(add_days(monday, _SATURDAY), add_days(monday, WEEK), "day")
        return found
    if turn is None:
        return None
    found.after = after + (line.words[after] in ("内", "里"))
    found.period = Period(monday, add_days(monday, WEEK), "week")
    return found


def _is_counted(line: Line, at: int) -> bool:
    """Tell whether a number stands before 周: 两周一次."""
    return at > 0 and (line.kinds[at - 1] == NUMBER or line.words[at - 1] in "一二两三四五六七八九十个几")


def _weekday(line: Line, found: Reading, turn: str | None, weekday: int) -> Reading:
    if turn is None:
        found.weekday = weekday
    else:
        found.date = add_days(monday_of(line.today), TURNS[turn] * WEEK + weekday)
        found.is_gone = TURNS[turn] == 0 and found.date < line.today
    return found


def year_at(line: Line, at: int) -> tuple[int, int] | None:
    """Read 2026年, 二零二六年, 26年, 明年; return the year and the token behind."""
    word = han_word(line, at, YEARS, _LONGEST_YEAR)
    if word and not (word == "前年" and at and line.words[at - 1] == "以"):
        return line.today.year + YEARS[word], at + len(word)
    number = han_number(line, at)
    if number is None or not starts_with(line, number[1], "年") or starts_with(line, number[1], "年代"):
        return None
    digits = len(line.words[at]) if line.kinds[at] == NUMBER else number[1] - at
    if digits == _YEAR_DIGITS or number[0] >= 1000:  # noqa: PLR2004 - a year in full
        return (number[0], number[1] + 1) if number[0] <= 9999 else None  # noqa: PLR2004 - the last year
    if digits != 2 or "十" in line.words[at : number[1]]:  # noqa: PLR2004 - a short year
        return None
    return full_year(number[0]), number[1] + 1


def same_day(line: Line, at: int) -> Reading | None:
    """Read 明年的今天, 上个月的今天, 下周的今天."""
    year, turn = year_at(line, at), han_word(line, at, TURNS, _LONGEST_TURN)
    after = year[1] if year else at + len(turn or "")
    unit = "年" if year else next((word for word in _SAME_DAY_UNITS if starts_with(line, after, word)), None)
    if unit is None or not (year or turn):
        return None
    after += 0 if year else len(unit)
    after += line.words[after] == "的"
    if not (starts_with(line, after, "今天") or starts_with(line, after, "今日")):
        return None
    found = Reading(at, after + 2)
    count = year[0] - line.today.year if year else TURNS[turn or "本"]
    is_week = unit in WEEK_WORDS
    months = MONTHS if unit == "年" else 1
    found.date = add_days(line.today, count * WEEK) if is_week else add_months(line.today, count * months)
    return found


def month_day(line: Line, at: int) -> Reading | None:
    """Read 10月1日, 2026年3月5号, 明年九月, 2016年6月29, 3月份.

    Raises:
        WhenError: there is no such day.
    """
    year = year_at(line, at)
    begin = year[1] if year else at
    begin += line.words[begin] in ("的", ",") and year is not None
    month = han_number(line, begin)
    if month is None or not starts_with(line, month[1], "月"):
        return None
    if not 1 <= month[0] <= MONTHS:
        raise WhenError(f"{line.text[line.starts[begin] : line.ends[month[1]]]} is no month.")
    after = month[1] + 1
    after += line.words[after] == "份"
    day = _day_number(line, after)
    if day is None and line.words[after] in ("一", "两", "三") and line.words[after + 1] == "次":
        return None  # 一月一次
    if day is None:
        return _whole_month(line, at, after, year[0] if year else None, month[0])
    found = Reading(at, day[1])
    if year:
        found.date = make_day(year[0], month[0], day[0])
        return found
    if not can_be(month[0], day[0]):
        raise WhenError(f"There is no {month[0]}月{day[0]}日.")
    found.month, found.day = month[0], day[0]
    return found


def _whole_month(line: Line, at: int, after: int, year: int | None, month: int) -> Reading:
    found = Reading(at, after)
    if year is None:
        found.month = month
        # 三月 alone is no length: that is 三个月.
        return found
    found.period = Period(*span_of(make_day(year, month, 1), "month"), "month")
    del line
    return found


def _day_number(line: Line, at: int) -> tuple[int, int] | None:
    """Read 5日, 五号, 初五, or a bare day behind a month."""
    begin = at + 1 if line.words[at] == "初" else at
    number = han_number(line, begin)
    if number is None or not 1 <= number[0] <= _MOST_DAYS:
        return None
    if line.words[number[1]] in ("日", "号") and line.kinds[number[1]] == HAN:
        return number[0], number[1] + 1
    following = line.words[number[1]]
    is_other = (
        following in ("点", "时", ":", "个", "天", "周", "-", "/", "%", "月", "年", "万", "次")
        or line.kinds[begin] == SIGN
    )
    return None if is_other or not line.touches(begin) else number


def day_alone(line: Line, at: int) -> Reading | None:
    """Read 29日, 15号; not 15号楼 nor 3日后."""
    number = han_number(line, at)
    if number is None or not 1 <= number[0] <= _MOST_DAYS or line.kinds[number[1]] != HAN:
        return None
    if line.words[number[1]] not in ("日", "号") or line.words[number[1] + 1] in AFTER_NUMBERS:
        return None
    if at and line.kinds[at - 1] == HAN and line.touches(at) and line.words[at - 1] in "第几":
        return None
    found = Reading(at, number[1] + 1)
    found.day = number[0]
    return found


def turned_month(line: Line, at: int) -> Reading | None:
    """Read 下个月15号, 本月, 上月, 今个月20号."""
    turn = han_word(line, at, TURNS, _LONGEST_TURN)
    if turn is None or turn == "当" or not starts_with(line, at + len(turn), "月"):
        return None
    after = at + len(turn) + 1
    after += line.words[after] in ("份", "的")
    first = add_months(line.today.replace(day=1), TURNS[turn])
    day = _day_number(line, after)
    found = Reading(at, day[1] if day else after)
    if day:
        found.date = make_day(first.year, first.month, day[0])
    else:
        found.after = at + len(turn) + 1
        found.period = Period(*span_of(first, "month"), "month")
    return found


def shift(line: Line, at: int) -> Reading | None:
    """Read 三天后, 两周之前, 半小时后, 1年之内, 未来三天, 前两天."""
    ahead = _passing(line, at) or _span(line, at)
    if ahead:
        return ahead
    found = han_length(line, at)
    if found is None:
        return None
    length, after = found
    side = han_word(line, after, AFTER, _LONGEST_SIDE)
    if side:
        return moved(line, at, after + len(side), length, 1)
    side = han_word(line, after, BEFORE, _LONGEST_SIDE)
    # 24日前 is a deadline, 5天前 is past.
    is_deadline = line.words[after - 1] == "日" and line.kinds[at] == NUMBER and line.numbers[at] > _MOST_AGO
    return moved(line, at, after + len(side), length, -1) if side and not is_deadline else None


def _passing(line: Line, at: int) -> Reading | None:
    """Read 过两天, 再过一个月; not 超过三天."""
    begin = at + (2 if starts_with(line, at, "再过") else 1)
    if line.words[begin - 1] != "过" or (at and line.words[at - 1] in _BEFORE_PASSING):
        return None
    length = han_length(line, begin)
    if length is None:
        return None
    side = han_word(line, length[1], AFTER, _LONGEST_SIDE)
    return moved(line, at, length[1] + len(side or ""), length[0], 1)


def _span(line: Line, at: int) -> Reading | None:
    """Read 未来三天, 过去两周, 前两个月: from now on, or up to now."""
    ahead = han_word(line, at, NEXT_SPANS, _LONGEST_SIDE)
    back = None if ahead else han_word(line, at, LAST_SPANS, _LONGEST_SIDE)
    word = ahead or back
    if word is None:
        return None
    begin = at + len(word)
    if line.kinds[begin] == HAN and line.words[begin] == "一" and word in ("上", "下", "前", "后"):
        return None
    found = han_length(line, begin)
    # 下三点: no length; 后天: a day.
    if found is None or line.words[begin] == "半":
        return None
    length, after = found
    if line.words[after - 1] in ("期", "拜") and line.words[after] in WEEKDAYS:
        return None  # 最近一个星期天
    if han_word(line, after, AFTER, 2) or han_word(line, after, BEFORE, 2):
        return None
    reading = Reading(at, after)
    sign = 1 if ahead else -1
    if length.is_clocked:
        other = Reading(at, after)
        moments = sorted((line.now, length.from_moment(line.now, sign)))
        reading.moment, other.moment = moments
        reading.end = other
        return reading
    first = line.today if sign < 0 else add_days(line.today, 1)
    days = sorted((first, length.from_day(first, sign)))
    reading.period = Period(days[0], days[1], "day")
    return reading


def feast(line: Line, at: int) -> Reading | None:
    """Read 国庆, 春节, 大年三十, 双11, with the year before them."""
    year = year_at(line, at)
    begin = year[1] if year else at
    begin += line.words[begin] == "的" and year is not None
    if line.kinds[begin] != HAN:
        return None
    start = line.starts[begin]
    for length in range(_LONGEST_FEAST, 1, -1):
        name = line.folded[start : start + length]
        rule = FEASTS.get(name)
        if rule is None or len(name) < length:
            continue
        after = begin
        while line.ends[after] < start + length:
            after += 1
        found = Reading(at, after + 1)

        beside = han_word(line, found.after, BESIDE_FEASTS, _LONGEST_SIDE)
        found.after += len(beside) if beside else 0
        days = BESIDE_FEASTS[beside] if beside else 0

        def on(wanted: int, rule: "tuple[int, ...] | str" = rule, days: int = days) -> date:
            return add_days(by_rule(rule, wanted), days)

        found.named = on
        found.year = year[0] if year else None
        found.after += line.words[found.after] in ("日", "节") and line.words[after] != "节"
        return found
    return None
