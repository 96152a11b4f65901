"""Finds the parts of a clause that have a form of their own: days, times, durations, amounts, tags, priorities.

Each finder blanks what it took, so that the rest can be read as words.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date, time

from sfa.domain.dates import DateError, resolve_day
from sfa.domain.money import AmountError, Money, parse_amount
from sfa.domain.phrase.model import Piece, PieceKind
from sfa.domain.phrase.words import PRIORITIES

_WEEKDAY = r"(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)(?:day|sday|nesday|rsday|urday)?"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]{0,6}"
_DAY = re.compile(
    r"(?<![\w#@])(?:(?:by|on|until|till|before|due)\s+)?("
    r"\d{4}-\d{2}-\d{2}"
    r"|today|tomorrow|yesterday|tonight"
    rf"|(?:next|this)\s+(?:{_WEEKDAY}|week|month)"
    rf"|{_WEEKDAY}"
    r"|in\s+\d{1,3}\s+(?:day|week|month)s?"
    r"|\+\d{1,3}[dwm]"
    rf"|(?:end\s+of|eo)\s+{_MONTH}"
    r"|eom|eoq|eoy|end\s+of\s+(?:month|quarter|year)"
    rf"|{_MONTH}\s+\d{{1,2}}(?!\d)"
    rf"|\d{{1,2}}\s+{_MONTH}"
    r")(?!\w)",
    re.IGNORECASE,
)
_DAY_CHINESE = re.compile(
    r"(今天|明天|大后天|后天|昨天|下?(?:周|星期)[一二三四五六日天]|月底|年底|[一二三四五六七八九十两\d]{1,3}(?:天|周|个月)后)"
)
_CLOCK = re.compile(r"(?<![\w:])(?:at\s+)?(\d{1,2}):(\d{2})(?:\s*(am|pm))?(?![\w:])", re.IGNORECASE)
_HOUR = re.compile(r"(?<![\w:])(?:at\s+)?(\d{1,2})\s*(am|pm)(?!\w)", re.IGNORECASE)
_CLOCK_CHINESE = re.compile(r"(上午|下午|晚上|中午)?\s*(\d{1,2})点(半|\d{1,2}分)?")
_DURATION = re.compile(
    r"(?<![\w.,])(?:(\d{1,2})\s*h(?:ours?|rs?)?\s*(\d{1,2})?\s*(?:m(?:in(?:ute)?s?)?)?|(\d{1,3})\s*(?:min(?:ute)?s?|m))(?!\w)",
    re.IGNORECASE,
)
_DURATION_CHINESE = re.compile(r"(半小时|(\d{1,2})个?小时|(\d{1,3})分钟)")
_CODE = r"(?:USD|EUR|GBP|CNY|CHF|JPY|[€$£¥])"
# A bare `5m` is five minutes; a million has decimals or a currency.
_AMOUNT = re.compile(
    rf"(?<![\w.])((?:[€$£¥]|(?:USD|EUR|GBP|CNY|CHF|JPY)\s?)\d[\d.,' ]*\d?\s?(?:k|m|mio)?"
    rf"|\d[\d.,]*\s?(?:k|mio)(?:\s?{_CODE})?"
    rf"|\d+[.,]\d+\s?m(?:\s?{_CODE})?"
    rf"|\d[\d.,]*\s?m\s?{_CODE}"
    rf"|\d[\d.,]*\s?{_CODE}"
    r"|\d[\d.]*\s?[万亿](?:元|块)?)(?!\w)",
    re.IGNORECASE,
)
_TAG = re.compile(r"(?<!\w)#([\w-]{1,60})")
_PRIORITY = re.compile(r"(?<!\w)!(low|normal|high|urgent|!|急)", re.IGNORECASE)
_ACCOUNT = re.compile(r"(?<!\w)@(?:\"([^\"]+)\"|(\S+(?:\s+(?=[A-Z])[A-Z][\w.&'-]*)*))")
_NOON = 12


class Clause:
    """One clause of the line while its parts are found; `rest` keeps its length, what was taken is blank."""

    def __init__(self, text: str, offset: int) -> None:
        self.rest = text
        self._offset = offset
        self.pieces: list[Piece] = []

    def take(self, kind: PieceKind, match: re.Match[str], value: str) -> None:
        """Note a part and blank it."""
        start, end = match.span()
        self.pieces.append(Piece(kind, start + self._offset, end + self._offset, value))
        self.rest = self.rest[:start] + " " * (end - start) + self.rest[end:]

    def take_first(
        self, kind: PieceKind, pattern: re.Pattern[str], read: Callable[[re.Match[str]], str | None]
    ) -> None:
        """Take the first place where the pattern fits and can be read."""
        for match in pattern.finditer(self.rest):
            value = read(match)
            if value is not None:
                self.take(kind, match, value)
                return

    def take_all(self, kind: PieceKind, pattern: re.Pattern[str]) -> Iterator[str]:
        """Take every place, yielding the first group."""
        for match in list(pattern.finditer(self.rest)):
            value = next(group for group in match.groups() if group)
            self.take(kind, match, value)
            yield value


def take_day(clause: Clause, today: date) -> date | None:
    """Return the first day named, and take it."""
    found: list[date] = []

    def read(match: re.Match[str]) -> str | None:
        words = "today" if match[1].lower() == "tonight" else match[1]
        try:
            found.append(resolve_day(words, today))
        except DateError:
            return None
        return found[-1].isoformat()

    for pattern in (_DAY, _DAY_CHINESE):
        if not found:
            clause.take_first(PieceKind.WHEN, pattern, read)
    return found[0] if found else None


def take_time(clause: Clause) -> time | None:
    """Return the first time of day, and take it."""
    for pattern, read in ((_CLOCK, _clock), (_HOUR, _hour), (_CLOCK_CHINESE, _clock_chinese)):
        for match in pattern.finditer(clause.rest):
            moment = read(match)
            if moment is not None:
                clause.take(PieceKind.TIME, match, moment.isoformat("minutes"))
                return moment
    return None


def _clock(match: re.Match[str]) -> time | None:
    return _time(int(match[1]), int(match[2]), match[3])


def _hour(match: re.Match[str]) -> time | None:
    return _time(int(match[1]), 0, match[2])


def _time(hour: int, minute: int, half: str | None) -> time | None:
    if half and half.lower() == "pm" and hour < _NOON:
        hour += _NOON
    if half and half.lower() == "am" and hour == _NOON:
        hour = 0
    try:
        return time(hour, minute)
    except ValueError:
        return None


def _clock_chinese(match: re.Match[str]) -> time | None:
    minutes = match[3]
    minute = 0 if not minutes else 30 if minutes == "半" else int(minutes[:-1])
    return _time(int(match[2]), minute, "pm" if match[1] in ("下午", "晚上") else None)


def take_duration(clause: Clause) -> int | None:
    """Return minutes, and take them."""
    for match in _DURATION.finditer(clause.rest):
        minutes = int(match[3]) if match[3] else int(match[1]) * 60 + int(match[2] or 0)
        clause.take(PieceKind.DURATION, match, str(minutes))
        return minutes
    for match in _DURATION_CHINESE.finditer(clause.rest):
        minutes = 30 if match[1] == "半小时" else int(match[2]) * 60 if match[2] else int(match[3])
        clause.take(PieceKind.DURATION, match, str(minutes))
        return minutes
    return None


def take_amount(clause: Clause, currency: str) -> Money | None:
    """Return the first amount that carries a sign of being one (a currency, k, m, 万), and take it."""
    for match in _AMOUNT.finditer(clause.rest):
        try:
            amount = parse_amount(match[1].strip().rstrip("元块"), currency)
        except AmountError:
            continue
        clause.take(PieceKind.AMOUNT, match, f"{amount.decimal_string()} {amount.currency}")
        return amount
    return None


def take_tags(clause: Clause) -> list[str]:
    """Return all #tags, and take them."""
    return list(clause.take_all(PieceKind.TAG, _TAG))


def take_priority(clause: Clause) -> str:
    """Return the priority, `normal` where none is named."""
    found = [PRIORITIES[value.lower()] for value in clause.take_all(PieceKind.PRIORITY, _PRIORITY)]
    return found[0] if found else "normal"


def take_account(clause: Clause) -> str | None:
    """Return the account named by @, and take it."""
    found = list(clause.take_all(PieceKind.ACCOUNT, _ACCOUNT))
    return found[0].strip(" ,;") if found else None
