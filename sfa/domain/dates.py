"""Days and instants as people and files write them; never guessed in silence where two readings are possible."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Literal

DateOrder = Literal["dmy", "mdy", "ymd"]
PIVOT = 69
LONGEST_TEXT = 60
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_CHINESE_DAYS = {"今天": 0, "今日": 0, "明天": 1, "明日": 1, "后天": 2, "大后天": 3, "昨天": -1, "前天": -2}
_CHINESE_WEEKDAYS = "一二三四五六日"
_CHINESE_NUMBERS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_TIME = r"(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(am|pm)?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?"
_YEAR_FIRST = re.compile(rf"(\d{{4}})\s*[-/.年]\s*(\d{{1,2}})\s*[-/.月]\s*(\d{{1,2}})日?{_TIME}", re.IGNORECASE)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_NUMBERS = re.compile(rf"(\d{{1,2}})\s*[-/.]\s*(\d{{1,2}})\s*[-/.]\s*(\d{{4}}|\d{{2}}){_TIME}", re.IGNORECASE)
_DAY_MONTH = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th)?[\s.-]+([A-Za-z]{{3,9}})\.?,?[\s-]+(\d{{4}}|\d{{2}}),?{_TIME}", re.IGNORECASE)
_MONTH_DAY = re.compile(rf"([A-Za-z]{{3,9}})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}}),?{_TIME}", re.IGNORECASE)
_MONTHS_IN_YEAR = 12
_DAYS_IN_WEEK = 7
_QUARTER = 3
_NOON = 12


class DateError(ValueError):
    """A text that is no date, with a sentence that says why."""


class AmbiguousDateError(DateError):
    """A text that can be read in two ways."""


@dataclass(frozen=True, slots=True)
class OrderGuess:
    """What the samples of a column say of their order.

    Attributes:
        order: the order that fits, None where none or several do.
        is_certain: whether the samples leave no other.
        evidence: a sentence for the user, naming a sample.
    """

    order: DateOrder | None
    is_certain: bool
    evidence: str


@dataclass(frozen=True, slots=True)
class _Parts:
    day: date
    at: time | None
    offset: timedelta | None


def parse_day(text: str, order: DateOrder | str | None) -> date:
    """Read a written date; a time of day after it is ignored.

    Args:
        text: such as `2026-12-01`, `1/2/2026`, `15 Apr, 2021 00:02:00`, `2026年12月1日`.
        order: how a date of three numbers is meant; None or empty where nobody said.

    Raises:
        AmbiguousDateError: no order was given and two fit.
        DateError: it is no date, or there is no such day.
    """
    return _parse(text, order).day


def parse_instant(text: str, order: DateOrder | str | None, zone: tzinfo) -> datetime:
    """Read a moment and return it in UTC; without an offset it is wall time in `zone`, without a time midnight there.

    Raises:
        DateError: as `parse_day`.
    """
    parts = _parse(text, order)
    wall = datetime.combine(parts.day, parts.at or time())
    if parts.offset is not None:
        return (wall - parts.offset).replace(tzinfo=UTC)
    return wall.replace(tzinfo=zone).astimezone(UTC)


def _parse(text: str, order: DateOrder | str | None) -> _Parts:
    bare = text.strip()
    shown = bare[:LONGEST_TEXT]
    if not bare or len(bare) > LONGEST_TEXT:
        raise DateError(f"“{shown}” is no date.")
    if match := _YEAR_FIRST.fullmatch(bare):
        return _made(shown, match[1], match[2], match[3], match.groups()[3:])
    if match := _COMPACT.fullmatch(bare):
        return _made(shown, match[1], match[2], match[3], ())
    if match := _DAY_MONTH.fullmatch(bare):
        return _made(shown, match[3], _month(match[2], shown), match[1], match.groups()[3:])
    if match := _MONTH_DAY.fullmatch(bare):
        return _made(shown, match[3], _month(match[1], shown), match[2], match.groups()[3:])
    if match := _NUMBERS.fullmatch(bare):
        return _by_order(shown, match, order)
    raise DateError(f"“{shown}” is no date.")


def _by_order(shown: str, match: re.Match[str], order: DateOrder | str | None) -> _Parts:
    first, second, last, *rest = match.groups()
    if order == "ymd" and len(last) == 2:  # noqa: PLR2004 - a year of two digits may come first
        return _made(shown, first, second, last, rest)
    if order == "mdy":
        return _made(shown, last, first, second, rest)
    if order == "dmy":
        return _made(shown, last, second, first, rest)
    if int(first) > _MONTHS_IN_YEAR >= int(second) or first == second:
        return _made(shown, last, second, first, rest)
    if int(second) > _MONTHS_IN_YEAR:
        return _made(shown, last, first, second, rest)
    raise AmbiguousDateError(f"“{shown}” can be read in two ways: say whether days or months come first.")


def _made(shown: str, year: str, month: str | int, day: str, rest: Iterable[str | None]) -> _Parts:
    number = int(year)
    if len(year) == 2:  # noqa: PLR2004 - 00-68 are of this century
        number += 2000 if number < PIVOT else 1900
    try:
        found = date(number, int(month), int(day))
    except ValueError:
        raise DateError(f"“{shown}” is no date: there is no such day.") from None
    hour, minute, second, half, offset = [*rest, None, None, None, None, None][:5]
    return _Parts(found, _clock(shown, hour, minute, second, half) if hour else None, _offset(offset))


def _clock(shown: str, hour: str, minute: str | None, second: str | None, half: str | None) -> time:
    number = int(hour)
    if half:
        number = number % _NOON + (_NOON if half.lower() == "pm" else 0)
    try:
        return time(number, int(minute or 0), int(second or 0))
    except ValueError:
        raise DateError(f"“{shown}” holds no time of day.") from None


def _offset(text: str | None) -> timedelta | None:
    if not text:
        return None
    if text.upper() in ("Z", "UTC"):
        return timedelta()
    digits = text[1:].replace(":", "")
    size = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return -size if text[0] == "-" else size


def _month(name: str, shown: str) -> int:
    found = [number for number, month in enumerate(MONTHS, 1) if name.lower().startswith(month)]
    if not found:
        raise DateError(f"“{shown}” is no date: {name} is no month.")
    return found[0]


def guess_order(samples: Iterable[str]) -> OrderGuess:
    """Tell the order of a column of dates from all of its samples; what does not decide is left out."""
    first_large: str | None = None
    second_large: str | None = None
    undecided: str | None = None
    is_year_first = False
    for sample in samples:
        bare = sample.strip()
        match = _NUMBERS.fullmatch(bare)
        if match is None:
            is_year_first = is_year_first or bool(_YEAR_FIRST.fullmatch(bare))
            continue
        if int(match[1]) > _MONTHS_IN_YEAR:
            first_large = first_large or bare
        elif int(match[2]) > _MONTHS_IN_YEAR:
            second_large = second_large or bare
        else:
            undecided = undecided or bare
    return _judge(first_large, second_large, undecided, is_year_first=is_year_first)


def _judge(first_large: str | None, second_large: str | None, undecided: str | None, *, is_year_first: bool) -> OrderGuess:
    if first_large and second_large:
        return OrderGuess(None, False, f"“{first_large}” has the day first, “{second_large}” the month.")  # noqa: FBT003
    if first_large:
        return OrderGuess("dmy", True, f"“{first_large}” has the day first.")  # noqa: FBT003
    if second_large:
        return OrderGuess("mdy", True, f"“{second_large}” has the month first.")  # noqa: FBT003
    if undecided:
        return OrderGuess(None, False, f"“{undecided}” can be read in two ways.")  # noqa: FBT003
    if is_year_first:
        return OrderGuess("ymd", True, "The year comes first.")  # noqa: FBT003
    return OrderGuess(None, True, "No date depends on an order.")  # noqa: FBT003


def resolve_day(text: str, today: date) -> date:
    """Return the day that words mean, English or Chinese; a weekday is the next one after today.

    `next tue` is the Tuesday of the coming week (weeks begin on Monday). Written dates with the year first or the
    month in letters are understood too.

    Raises:
        DateError: the words name no day.
    """
    words = " ".join(text.strip().lower().split())
    for read in (_simple, _weekday, _offset_days, _end_of, _month_and_day, _chinese):
        found = read(words, today)
        if found is not None:
            return found
    return parse_day(text, None)


def _simple(words: str, today: date) -> date | None:
    days = {"today": 0, "tonight": 0, "now": 0, "tomorrow": 1, "tmr": 1, "yesterday": -1, **_CHINESE_DAYS}
    return today + timedelta(days=days[words]) if words in days else None


def _weekday(words: str, today: date) -> date | None:
    match = re.fullmatch(r"(next |this )?([a-z]{3,9})", words)
    if match is None:
        return None
    if match[2] == "week" and match[1]:
        return today + timedelta(days=_DAYS_IN_WEEK if match[1] == "next " else 0)
    if match[2] == "month" and match[1]:
        return _add_months(today, 1 if match[1] == "next " else 0)
    numbers = [number for number, name in enumerate(WEEKDAYS) if _is_weekday(match[2], name)]
    return _on_weekday(today, numbers[0], match[1] or "") if numbers else None


def _is_weekday(word: str, short: str) -> bool:
    full = {"mon": "monday", "tue": "tuesday", "wed": "wednesday", "thu": "thursday", "fri": "friday", "sat": "saturday"}
    return word.startswith(short) and full.get(short, "sunday").startswith(word)


def _on_weekday(today: date, number: int, which: str) -> date:
    monday = today - timedelta(days=today.weekday())
    if which == "next ":
        return monday + timedelta(days=_DAYS_IN_WEEK + number)
    if which == "this ":
        return monday + timedelta(days=number)
    return today + timedelta(days=(number - today.weekday() - 1) % _DAYS_IN_WEEK + 1)


def _offset_days(words: str, today: date) -> date | None:
    match = re.fullmatch(r"(?:in )?([+-]?\d{1,4}) ?(d|w|m|y|days?|weeks?|months?|years?)( ago)?", words)
    if match is None or (match[1].isdigit() and not words.startswith("in ") and not match[3]):
        return None
    number = int(match[1]) * (-1 if match[3] else 1)
    unit = match[2][0]
    if unit in "dw":
        return today + timedelta(days=number * (_DAYS_IN_WEEK if unit == "w" else 1))
    return _add_months(today, number * (_MONTHS_IN_YEAR if unit == "y" else 1))


def _end_of(words: str, today: date) -> date | None:
    match = re.fullmatch(r"(?:end of |eo)(?:the |this )?([a-z]{1,9})", words)
    if match is None:
        return {"月底": _last_day(today), "年底": date(today.year, _MONTHS_IN_YEAR, 31)}.get(words)
    what = match[1]
    if what in ("m", "month"):
        return _last_day(today)
    if what in ("q", "quarter"):
        return _last_day(date(today.year, (today.month - 1) // _QUARTER * _QUARTER + _QUARTER, 1))
    if what in ("y", "year"):
        return date(today.year, _MONTHS_IN_YEAR, 31)
    if what in ("w", "week"):
        return today + timedelta(days=4 - today.weekday() if today.weekday() <= 4 else 11 - today.weekday())  # noqa: PLR2004 - Friday
    found = [number for number, month in enumerate(MONTHS, 1) if len(what) >= _QUARTER and what.startswith(month)]
    return _last_day(_coming(today, found[0], 1)) if found else None


def _month_and_day(words: str, today: date) -> date | None:
    match = re.fullmatch(r"([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?", words)
    day_first = re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)?\.? (?:of )?([a-z]{3,9})", words)
    name, day = (match[1], match[2]) if match else (day_first[2], day_first[1]) if day_first else ("", "")
    found = [number for number, month in enumerate(MONTHS, 1) if name.startswith(month)]
    if not found:
        return None
    try:
        return _coming(today, found[0], int(day))
    except ValueError:
        raise DateError(f"“{words}” is no date: there is no such day.") from None


def _coming(today: date, month: int, day: int) -> date:
    """Return that day of this year, or of the next one where it is past."""
    found = date(today.year, month, day)
    is_past = _last_day(found) < today if day == 1 else found < today
    return date(today.year + 1, month, day) if is_past else found


def _chinese(words: str, today: date) -> date | None:
    if match := re.fullmatch(r"(下下|下|这|本)?(?:个)?(?:周|星期|礼拜)([一二三四五六日天])", words):
        number = _CHINESE_WEEKDAYS.index(match[2].replace("天", "日"))
        which = {"下": "next ", "这": "this ", "本": "this "}.get(match[1] or "", "")
        if match[1] == "下下":
            return _on_weekday(today, number, "next ") + timedelta(days=_DAYS_IN_WEEK)
        return _on_weekday(today, number, which)
    if match := re.fullmatch(r"([一二三四五六七八九十两\d]{1,3})(天|周|个?月)后", words):
        number = int(match[1]) if match[1].isdigit() else _chinese_number(match[1])
        if match[2] in ("天", "周"):
            return today + timedelta(days=number * (_DAYS_IN_WEEK if match[2] == "周" else 1))
        return _add_months(today, number)
    if match := re.fullmatch(r"(\d{1,2})月(\d{1,2})[日号]", words):
        try:
            return _coming(today, int(match[1]), int(match[2]))
        except ValueError:
            raise DateError(f"“{words}” is no date: there is no such day.") from None
    return None


def _chinese_number(text: str) -> int:
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _CHINESE_NUMBERS.get(text, 0)
    return _CHINESE_NUMBERS.get(tens, 1) * 10 + _CHINESE_NUMBERS.get(ones, 0)


def _add_months(day: date, months: int) -> date:
    index = day.year * _MONTHS_IN_YEAR + day.month - 1 + months
    first = date(index // _MONTHS_IN_YEAR, index % _MONTHS_IN_YEAR + 1, 1)
    return min(first + timedelta(days=day.day - 1), _last_day(first))


def _last_day(day: date) -> date:
    following = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    return following - timedelta(days=1)


def resolve_period(text: str, today: date) -> tuple[date, date]:
    """Return first day and the day after the last of `2026-Q1`, `2026-03`, `2026`, `this quarter`, `last month`...

    Raises:
        DateError: the words name no period.
    """
    words = " ".join(text.strip().lower().split())
    if match := re.fullmatch(r"(\d{4})[ -]?q([1-4])", words):
        return _months(int(match[1]) * _MONTHS_IN_YEAR + (int(match[2]) - 1) * _QUARTER, _QUARTER)
    if match := re.fullmatch(r"q([1-4])", words):
        return _months(today.year * _MONTHS_IN_YEAR + (int(match[1]) - 1) * _QUARTER, _QUARTER)
    if (match := re.fullmatch(r"(\d{4})-(\d{2})", words)) and 1 <= int(match[2]) <= _MONTHS_IN_YEAR:
        return _months(int(match[1]) * _MONTHS_IN_YEAR + int(match[2]) - 1, 1)
    if (match := re.fullmatch(r"(\d{4})", words)) and int(match[1]) > 0:
        return _months(int(match[1]) * _MONTHS_IN_YEAR, _MONTHS_IN_YEAR)
    if match := re.fullmatch(r"(this|last|next) (month|quarter|year)", words):
        size = {"month": 1, "quarter": _QUARTER, "year": _MONTHS_IN_YEAR}[match[2]]
        index = today.year * _MONTHS_IN_YEAR + today.month - 1
        return _months(index - index % size + {"this": 0, "last": -size, "next": size}[match[1]], size)
    raise DateError(f"“{text.strip()[:LONGEST_TEXT]}” is no period: write 2026-Q1, 2026-03, 2026, or last quarter.")


def _months(index: int, count: int) -> tuple[date, date]:
    first = date(index // _MONTHS_IN_YEAR, index % _MONTHS_IN_YEAR + 1, 1)
    return first, _add_months(first, count)
