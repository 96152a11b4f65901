"""Days and periods in words, English and Chinese, as seen from a given day; weeks begin on Monday."""

import re
from datetime import date, timedelta

from sfa.domain.text import half_width
from sfa.domain.written_dates import (
    DAYS_IN_MONTH,
    LONGEST_TEXT,
    MONTHS_IN_YEAR,
    DateError,
    bare_date,
    month_number,
    parse_day,
    shown,
)

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEK = 7
_QUARTER = 3
_FRIDAY = 4
_LEAP_YEAR = 2024
_DAYS = {
    "today": 0, "tonight": 0, "now": 0, "tomorrow": 1, "tmr": 1, "tmrw": 1, "yesterday": -1,
    "the day after tomorrow": 2, "day after tomorrow": 2, "the day before yesterday": -2, "day before yesterday": -2,
    "今天": 0, "今日": 0, "明天": 1, "明日": 1, "后天": 2, "大后天": 3, "昨天": -1, "昨日": -1, "前天": -2,
    "大前天": -3,
}  # fmt: skip
_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
}  # fmt: skip
_UNITS = {"week": (_WEEK, 0), "month": (0, 1), "quarter": (0, _QUARTER), "year": (0, MONTHS_IN_YEAR)}
_TURNS = {"last": -1, "this": 0, "next": 1}
_TURNS_CHINESE = {
    "上": -1, "上个": -1, "本": 0, "这": 0, "这个": 0, "今": 0, "去": -1, "明": 1, "下": 1, "下个": 1, "下下": 2,
    "下下个": 2,
}  # fmt: skip
_TURN = "|".join(sorted(_TURNS_CHINESE, key=len, reverse=True))
_UNITS_CHINESE = {
    "周": "week", "星期": "week", "礼拜": "week", "月": "month", "季": "quarter", "季度": "quarter",
    "年": "year",
}  # fmt: skip
_UNIT = "|".join(sorted(_UNITS_CHINESE, key=len, reverse=True))

_CHINESE_NUMBER = r"\d{1,4}|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九两]"
_SHIFT = re.compile(
    rf"(in )?([+-])? ?(\d{{1,4}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
    r" ?(d|w|m|q|y|days?|weeks?|months?|quarters?|years?)( ago| from (?:now|today))?"
)
_SIMPLIFIED = str.maketrans("後週禮號這個兩", "后周礼号这个两")


def resolve_day(text: str, today: date) -> date:
    """Return the day that words mean: `tomorrow`, `fri`, `next tue`, `in 3 days`, `+2w`, `eom`, `mar 12`, `下周二`.

    A weekday alone is the next one after today, with `next`, `this` or `last` that of the week so named; a day without
    a year is the next such day, today included; `eow` is a Friday. Dates in figures are read where only one reading
    is possible.

    Raises:
        DateError: the words name no day, or there is no such day.
    """
    if len(text.strip()) > LONGEST_TEXT:
        raise DateError(f"{shown(text)} is no date.")
    words = _plain(text)
    try:
        for read in (_named, _weekday, _turned, _shifted, _edge, _month_and_day, _chinese):
            found = read(words, today)
            if found is not None:
                return found
    except (ValueError, OverflowError):
        raise DateError(f"{shown(text)} is no date: there is no such day.") from None
    return parse_day(text, None)


def _plain(text: str) -> str:
    """Return words in lower case and simplified characters, single spaces between them."""
    return " ".join(half_width(text).lower().translate(_SIMPLIFIED).split())


def _named(words: str, today: date) -> date | None:
    return today + timedelta(days=_DAYS[words]) if words in _DAYS else None


def _weekday(words: str, today: date) -> date | None:
    match = re.fullmatch(r"(?:(next|this|last) )?([a-z]{3,9})", words)
    if match is None:
        return None
    found = [number for number, name in enumerate(_WEEKDAYS) if name.startswith(match[2])]
    return _on_weekday(today, found[0], _TURNS[match[1]] if match[1] else None) if found else None


def _on_weekday(today: date, number: int, weeks: int | None) -> date:
    """Return that day so many weeks from this one; None for the first after today."""
    if weeks is None:
        return today + timedelta(days=(number - today.weekday() - 1) % _WEEK + 1)
    return today + timedelta(days=number - today.weekday() + weeks * _WEEK)


def _turned(words: str, today: date) -> date | None:
    match = re.fullmatch(r"(next|this|last) (week|month|quarter|year)", words)
    return _moved(today, match[2], _TURNS[match[1]]) if match else None


def _moved(today: date, unit: str, count: int) -> date:
    days, months = _UNITS.get(unit, (1, 0))
    return _add_months(today, count * months) + timedelta(days=count * days)


def _shifted(words: str, today: date) -> date | None:
    """Read `in 3 days`, `+2w`, `-7d`, `2 months ago`; a bare `3 days` is a duration and no day."""
    match = _SHIFT.fullmatch(words)
    if match is None or not (match[1] or match[2] or match[5]):
        return None
    units = {"d": "day", "w": "week", "m": "month", "q": "quarter", "y": "year"}
    return _moved(today, units[match[4][0]], _number(match[3]) * (-1 if match[2] == "-" or match[5] == " ago" else 1))


def _number(text: str) -> int:
    """Return a number in figures or words; in Chinese up to 99."""
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.partition("十")
    return _NUMBERS.get(tens, 1) * 10 + _NUMBERS.get(ones, 0) if ten else _NUMBERS[text]


def _edge(words: str, today: date) -> date | None:
    """Read `eom`, `end of march`, `end of next quarter`, `start of 2027`."""
    words = {"eow": "end of week", "eom": "end of month", "eoq": "end of quarter", "eoy": "end of year"}.get(
        words, words
    )
    match = re.fullmatch(r"(?:the )?(end|start|beginning) of (?:the )?(.+)", words)
    if match is None:
        return None
    if match[1] == "end" and match[2] in ("week", "this week"):
        return _on_weekday(today, _FRIDAY, 0 if today.weekday() <= _FRIDAY else 1)
    month = month_number(match[2])
    if month is not None:
        return _coming_month(today, month, is_end=match[1] == "end")
    name = f"this {match[2]}" if match[2] in _UNITS else match[2]
    first, following = resolve_period(name, today)
    return following - timedelta(days=1) if match[1] == "end" else first


def _coming_month(today: date, month: int, *, is_end: bool) -> date:
    for year in (today.year, today.year + 1):
        first = date(year, month, 1)
        found = _last_day(first) if is_end else first
        if found >= today:
            break
    return found


def _month_and_day(words: str, today: date) -> date | None:
    bare = bare_date(words)
    if match := re.fullmatch(r"the (\d{1,2})(?:st|nd|rd|th)", bare):
        return _coming_day(today, int(match[1]))
    match = re.fullmatch(r"(?P<name>[a-z]{3,9})\.? ?(?:the )?(?P<day>\d{1,2})(?:st|nd|rd|th)?", bare) or re.fullmatch(
        r"(?:the )?(?P<day>\d{1,2})(?:st|nd|rd|th)?\.? ?(?:of )?(?P<name>[a-z]{3,9})", bare
    )
    month = month_number(match["name"]) if match else None
    return _coming(today, month, int(match["day"])) if match and month else None


def _coming(today: date, month: int, day: int) -> date:
    """Return that day of this year, or of the next one that has it where it is past."""
    if day > _last_day(date(_LEAP_YEAR, month, 1)).day:
        raise ValueError(day)
    first = date(today.year, month, 1)
    while day > _last_day(first).day or first.replace(day=day) < today:
        first = first.replace(year=first.year + 1)
    return first.replace(day=day)


def _coming_day(today: date, day: int) -> date:
    """Return that day of this month, or of the next one that has it where it is past."""
    if not 1 <= day <= DAYS_IN_MONTH:
        raise ValueError(day)
    first = today.replace(day=1)
    while day > _last_day(first).day or first.replace(day=day) < today:
        first = _add_months(first, 1)
    return first.replace(day=day)


def _chinese(words: str, today: date) -> date | None:
    words = words.replace(" ", "")
    if match := re.fullmatch(rf"({_TURN})?(?:周|星期|礼拜)([一二三四五六日天])", words):
        number = "一二三四五六日".index(match[2].replace("天", "日"))
        return _on_weekday(today, number, _TURNS_CHINESE[match[1]] if match[1] else None)
    if match := re.fullmatch(rf"({_TURN})?({_UNIT})(?:底|末)", words):
        unit = _UNITS_CHINESE[match[2]]
        _, following = _span(today, unit, _TURNS_CHINESE[match[1]] if match[1] else 0)
        return None if unit == "week" else following - timedelta(days=1)
    if match := re.fullmatch(rf"({_TURN})({_UNIT})", words):
        return _moved(today, _UNITS_CHINESE[match[2]], _TURNS_CHINESE[match[1]])
    if match := re.fullmatch(rf"({_CHINESE_NUMBER})(天|日|个?周|个?星期|个?礼拜|个?月|年)(?:之|以)?(后|前)", words):
        unit = _UNITS_CHINESE.get(match[2].removeprefix("个"), "day")
        return _moved(today, unit, _number(match[1]) * (-1 if match[3] == "前" else 1))
    if match := re.fullmatch(rf"(?:({_CHINESE_NUMBER})月)?({_CHINESE_NUMBER})[日号]", words):
        day = _number(match[2])
        return _coming(today, _number(match[1]), day) if match[1] else _coming_day(today, day)
    return None


def _add_months(day: date, months: int) -> date:
    index = day.year * MONTHS_IN_YEAR + day.month - 1 + months
    first = date(index // MONTHS_IN_YEAR, index % MONTHS_IN_YEAR + 1, 1)
    return min(first + timedelta(days=day.day - 1), _last_day(first))


def _last_day(day: date) -> date:
    following = date(day.year, day.month + 1, 1) if day.month < MONTHS_IN_YEAR else None
    return following - timedelta(days=1) if following else date(day.year, MONTHS_IN_YEAR, 31)


def resolve_period(text: str, today: date) -> tuple[date, date]:
    """Return first day and the day after the last of `2026-Q1`, `2026-03`, `2026`, `last quarter`, `本月`.

    Raises:
        DateError: the words name no period.
    """
    words = _plain(text)
    try:
        found = _written_period(words, today) or _period_in_words(words, today)
    except (ValueError, OverflowError):
        found = None
    if found is None:
        raise DateError(f"{shown(text)} is no period: write 2026-Q1, 2026-03, 2026, or last quarter.")
    return found


def _written_period(words: str, today: date) -> tuple[date, date] | None:
    if match := re.fullmatch(r"(?:(\d{4})[ -]?)?q([1-4])", words):
        return _span(date(int(match[1] or today.year), int(match[2]) * _QUARTER, 1), "quarter", 0)
    if match := re.fullmatch(r"(\d{4})-(\d{1,2})", words):
        return _span(date(int(match[1]), int(match[2]), 1), "month", 0)
    if match := re.fullmatch(r"\d{4}", words):
        return _span(date(int(match[0]), 1, 1), "year", 0)
    return None


def _period_in_words(words: str, today: date) -> tuple[date, date] | None:
    if match := re.fullmatch(r"(this|last|next) (week|month|quarter|year)", words):
        return _span(today, match[2], _TURNS[match[1]])
    if match := re.fullmatch(rf"({_TURN})({_UNIT})", words):
        return _span(today, _UNITS_CHINESE[match[2]], _TURNS_CHINESE[match[1]])
    return None


def _span(day: date, unit: str, count: int) -> tuple[date, date]:
    """Return the week, month, quarter or year that a day lies in, or one so many further on."""
    days, months = _UNITS[unit]
    if days:
        first = _on_weekday(day, 0, count)
        return first, first + timedelta(days=days)
    first = _add_months(date(day.year, (day.month - 1) // months * months + 1, 1), count * months)
    return first, _add_months(first, months)
