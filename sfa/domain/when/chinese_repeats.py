"""Recurrences in Chinese: 每周一, 每天, 每两周, 隔周五, 每月15号, 工作日, 每月第一个周一."""

from sfa.domain.when.chinese_numbers import han_number, han_word, starts_with
from sfa.domain.when.chinese_periods import read_count
from sfa.domain.when.chinese_words import PARTS, WEEK_WORDS, WEEKDAYS
from sfa.domain.when.readings import Reading, Repeat
from sfa.domain.when.tokens import HAN, Line

_WORK_DAYS = (0, 1, 2, 3, 4)
_WEEKEND = (5, 6)
_UNITS = {
    "天": ("DAILY", 1), "日": ("DAILY", 1), "个星期": ("WEEKLY", 1), "星期": ("WEEKLY", 1), "礼拜": ("WEEKLY", 1),
    "个礼拜": ("WEEKLY", 1), "周": ("WEEKLY", 1), "个月": ("MONTHLY", 1), "月": ("MONTHLY", 1), "个季度": ("MONTHLY", 3),
    "季度": ("MONTHLY", 3), "年": ("YEARLY", 1), "小时": ("HOURLY", 1), "个小时": ("HOURLY", 1),
}  # fmt: skip
_WEEK_DAYS = 7
_MOST = 99
_MOST_DAYS = 31
_MONTHS = 12


def repeat(line: Line, at: int) -> Reading | None:
    """Read a recurrence that begins with 每, 隔, 双周, 天天 or 工作日."""
    word = line.words[at]
    if word == "每":
        return _every(line, at)
    if word == "隔":
        return _every_other(line, at, at + 1, 2)
    if starts_with(line, at, "双周") or starts_with(line, at, "单周"):
        return _every_other(line, at, at + 1, 2)
    if starts_with(line, at, "天天"):
        return _made(at, at + 2, "DAILY", 1)
    if starts_with(line, at, "工作日") and not (at and line.words[at - 1] in "个一二三四五六七八九十两"):
        return _on_weekdays(_made(at, at + 3, "WEEKLY", 1), _WORK_DAYS)
    return None


def _made(first: int, after: int, freq: str, interval: int) -> Reading:
    found = Reading(first, after)
    found.repeat = Repeat(freq, interval)
    return found


def _on_weekdays(found: Reading, weekdays: tuple[int, ...]) -> Reading:
    if found.repeat:
        found.repeat.weekdays = weekdays
    return found


def _every(line: Line, at: int) -> Reading | None:
    begin = at + 1
    begin += line.words[begin] in ("逢", "到")
    if line.words[begin] == "隔":
        return _every_other(line, at, begin + 1, 1)
    if starts_with(line, begin, "个工作日") or starts_with(line, begin, "工作日"):
        return _on_weekdays(_made(at, begin + (4 if line.words[begin] == "个" else 3), "WEEKLY", 1), _WORK_DAYS)
    part = han_word(line, begin, PARTS, 3)
    if part:
        found = _made(at, begin + len(part), "DAILY", 1)
        found.part = PARTS[part]
        return found
    number = han_number(line, begin)
    interval = 1
    if number and 0 < number[0] <= _MOST:
        interval, begin = number
    return _unit(line, at, begin, interval)


def _every_other(line: Line, at: int, begin: int, interval: int) -> Reading | None:
    """Read 隔周五, 每隔一周, 隔天."""
    number = han_number(line, begin)
    if number and 0 < number[0] <= _MOST:
        # 每隔两天 is every third day; 每隔一周 every second week.
        interval, begin = number[0] + 1, number[1]
    return _unit(line, at, begin, interval or 2)


def _unit(line: Line, at: int, begin: int, interval: int) -> Reading | None:
    unit = han_word(line, begin, _UNITS, 3)
    if unit is None:
        return None
    freq, factor = _UNITS[unit]
    times = han_number(line, begin + len(unit))
    if times and line.words[times[1]] == "次" and times[0] > 1:
        return None
    found = _made(at, begin + len(unit), freq, interval * factor)
    if freq == "WEEKLY":
        return _weekdays(line, found)
    if freq == "MONTHLY":
        return _month_days(line, found)
    return _year_day(line, found) if freq == "YEARLY" else found


def _weekdays(line: Line, found: Reading) -> Reading:
    """Add 一, 三五, 一和周三, 一至周五, 末, 的周五 to a week."""
    after = found.after + (line.words[found.after] == "的")
    name = next((word for word in WEEK_WORDS if starts_with(line, after, word)), None)
    after += len(name) if name and after > found.after else 0
    if line.words[after] == "末" and line.kinds[after] == HAN:
        found.after = after + 1
        return _on_weekdays(found, _WEEKEND)
    days: list[int] = []
    is_range = False
    while len(days) < _WEEK_DAYS and line.words[after] in WEEKDAYS and line.words[after + 1] not in ("次", "个", "点"):
        day = WEEKDAYS[line.words[after]]
        days += range(days[-1] + 1, day + 1) if is_range and days else [day]
        found.after = after = after + 1
        after, is_range = _next_weekday(line, after)
    return _on_weekdays(found, tuple(sorted(set(days))))


def _next_weekday(line: Line, after: int) -> tuple[int, bool]:
    is_range = line.words[after] in ("到", "至", "-", "~")
    after += is_range or line.words[after] in ("和", "与", "及", ",", "、", "/")
    after += line.words[after] == "每"
    name = next((word for word in WEEK_WORDS if starts_with(line, after, word)), None)
    return after + (len(name) if name else 0), is_range


def _month_days(line: Line, found: Reading) -> Reading:
    """Add 15号, 最后一天, 第一个周一, 底, 初 to a month."""
    repeat = found.repeat
    after = found.after + (line.words[found.after] in ("的", "份"))
    number = han_number(line, after)
    if repeat is None:
        return found
    if number and 1 <= number[0] <= _MOST_DAYS and line.words[number[1]] in ("号", "日"):
        repeat.month_day, found.after = number[0], number[1] + 1
        return found
    if line.words[after] in ("底", "末", "初") and line.kinds[after] == HAN:
        repeat.month_day, found.after = (1 if line.words[after] == "初" else -1), after + 1
        return found
    count = read_count(line, after)
    if count:
        sign = -1 if count[0].is_last else 1
        found.after = count[1]
        if count[0].weekday is not None or count[0].is_work:
            repeat.weekdays = _WORK_DAYS if count[0].is_work else (count[0].weekday or 0,)
            repeat.position = sign * count[0].number
        else:
            repeat.month_day = sign * count[0].number
    return found


def _year_day(line: Line, found: Reading) -> Reading:
    """Add 10月1日 to a year."""
    month = han_number(line, found.after)
    if month is None or not starts_with(line, month[1], "月") or not 1 <= month[0] <= _MONTHS or found.repeat is None:
        return found
    day = han_number(line, month[1] + 1)
    found.repeat.month, found.after = month[0], month[1] + 1
    found.repeat.month_day = 1
    if day and 1 <= day[0] <= _MOST_DAYS and line.words[day[1]] in ("号", "日"):
        found.repeat.month_day, found.after = day[0], day[1] + 1
    return found
