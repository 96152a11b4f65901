"""Dates in figures: `2026-03-04`, `4.3.2026`, `3/4`, `20260304`, `2026-03-04T10:00Z`, `03/2026`."""

from datetime import date, datetime, timedelta

from sfa.domain.when.calendar_words import COUNTED
from sfa.domain.when.days import MONTHS, can_be, days_in, full_year, make_day, span_of
from sfa.domain.when.number_words import UNITS
from sfa.domain.when.readings import Clock, Period, Reading
from sfa.domain.when.tokens import HAN, NUMBER, SIGN, WORD, Line
from sfa.domain.when.values import WhenError

_SEPARATORS = "/-."
_YEAR_DIGITS = 4
_DAY_DIGITS = 2
_COMPACT_DIGITS = 8
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_MOST_DAYS = 31
_ORDERS = {"dmy": ("dmy", "mdy", "ymd"), "mdy": ("mdy", "dmy", "ymd"), "ymd": ("ymd", "dmy", "mdy")}
_POINTING = frozenset(("on", "by", "due", "before", "until", "till", "since", "after", "from", "@", "am", "vom", "at"))
_MINUTES = 60


def read_figures(line: Line, at: int, *, is_end: bool = False) -> Reading | None:
    """Read a date in figures that begins at a number; `is_end` where the dash right before it ends a range.

    Raises:
        WhenError: it has the form of a date that no calendar has.
    """
    if not is_end and _is_inside_a_number(line, at):
        return None
    return _compact(line, at) or _three_parts(line, at) or _two_parts(line, at, is_end=is_end)


def _is_inside_a_number(line: Line, at: int) -> bool:
    """Tell whether something stands right before the number that makes it part of a code, an amount, a phone number."""
    if not line.touches(at):
        return False
    kind, word = line.kinds[at - 1], line.words[at - 1]
    if kind == HAN or word in ("(", "@", "~", '"', "'", ":", ";", ",", "[", "|", "!"):
        return False
    if kind == SIGN and word in "-/":
        return at > 1 and line.touches(at - 1) and line.kinds[at - 2] in (NUMBER, WORD)
    return True


def _goes_on(line: Line, after: int, separator: str) -> bool:
    """Tell whether the figures go on behind what would be a date: `1.2.3.4`, `10/12/2026/7`, `5/6ths`."""
    word = line.words[after]
    if not word or not line.touches(after):
        return False
    if line.kinds[after] == WORD:
        return word != "t"
    if line.kinds[after] == NUMBER:
        return True
    if word == "-" and separator != "-":
        return False
    if word in (separator, *_SEPARATORS, ":"):
        return line.kinds[after + 1] == NUMBER and line.touches(after + 1)
    return word in "%°€$£"


def _compact(line: Line, at: int) -> Reading | None:
    digits = line.words[at]
    if len(digits) != _COMPACT_DIGITS or (line.touches(at + 1) and line.kinds[at + 1] == NUMBER):
        return None
    year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:])
    is_day = _FIRST_YEAR <= year <= _LAST_YEAR and 1 <= month <= MONTHS and 1 <= day <= days_in(year, month)
    if not is_day:
        return None
    found = Reading(at, at + 1)
    found.date = date(year, month, day)
    return found


def _three_parts(line: Line, at: int) -> Reading | None:
    separator = line.words[at + 1]
    is_joined = separator in _SEPARATORS and separator and line.kinds[at + 2] == NUMBER and line.kinds[at + 4] == NUMBER
    if not is_joined or line.words[at + 3] not in (separator, ","):
        return None
    is_tight = line.touches(at + 1) and line.touches(at + 2) and line.touches(at + 3)
    is_loose = separator == "." and len(line.words[at + 4]) == _YEAR_DIGITS
    if not is_tight and not is_loose:
        return None
    is_loose_year = line.words[at + 3] in (",", ".") and len(line.words[at + 4]) == _YEAR_DIGITS  # not "10.12. 14:00"
    if not line.touches(at + 4) and not is_loose_year:
        return None
    if _goes_on(line, at + 5, separator):
        return None
    parts = (line.words[at], line.words[at + 2], line.words[at + 4])
    order = "ymd" if line.has_han else line.order
    day = _ordered_day(parts, "dmy" if separator == "." and order == "mdy" else order)
    if day is None:
        return None
    found = Reading(at, at + 5)
    found.date = day
    return _with_iso_time(line, found) if len(parts[0]) == _YEAR_DIGITS else found


def _ordered_day(parts: tuple[str, str, str], order: str) -> date | None:
    """Return the day that three figures mean in an order, or in the first other one in which they are a day."""
    if max(len(part) for part in parts) > _YEAR_DIGITS or len(parts[1]) > _DAY_DIGITS:
        return None
    orders: tuple[str, ...] = _ORDERS[order]
    if len(parts[0]) == _YEAR_DIGITS:
        orders = ("ymd", "ydm")
    elif len(parts[2]) == _YEAR_DIGITS:
        orders = ("dmy", "mdy") if order == "dmy" else ("mdy", "dmy")
    elif len(parts[0]) > _DAY_DIGITS or len(parts[2]) != _DAY_DIGITS != len(parts[0]):
        return None
    for letters in orders:
        if len(parts[letters.index("y")]) < _DAY_DIGITS:
            continue
        year, month, day = _by_letters(parts, letters)
        if 1 <= month <= MONTHS and 1 <= day <= days_in(year, month):
            return date(year, month, day) if year else None
    year, month, day = _by_letters(parts, orders[0])
    if len(str(year)) == _YEAR_DIGITS and max(month, day) <= _MOST_DAYS and (month <= MONTHS or day <= MONTHS):
        return make_day(year, *((month, day) if month <= MONTHS else (day, month)))
    return None


def _by_letters(parts: tuple[str, str, str], letters: str) -> tuple[int, int, int]:
    year_text = parts[letters.index("y")]
    year = int(year_text) if len(year_text) > _DAY_DIGITS else full_year(int(year_text))
    return year, int(parts[letters.index("m")]), int(parts[letters.index("d")])


def _with_iso_time(line: Line, found: Reading) -> Reading:
    """Add `T10:00:00.5+02:00` to a day."""
    at = found.after
    if line.words[at] != "t" or not line.touches(at) or line.kinds[at + 1] != NUMBER or line.words[at + 2] != ":":
        return found
    hour, minute = line.numbers[at + 1], line.numbers[at + 3]
    if line.kinds[at + 3] != NUMBER or hour >= 24 or minute >= _MINUTES:  # noqa: PLR2004 - hours of the day
        return found
    clock = Clock(hour, minute, grain="minute", is_exact=True)
    after = at + 4
    if line.words[after] == ":" and 0 <= line.numbers[after + 1] < _MINUTES:
        clock.second, clock.grain = line.numbers[after + 1], "second"
        after += 2
        if line.words[after] == "." and line.kinds[after + 1] == NUMBER and line.touches(after + 1):
            after += 2
    found.clock = clock
    found.after = _offset(line, after, clock)
    return found


def _offset(line: Line, after: int, clock: Clock) -> int:
    """Add `Z`, `+02:00`, `-0530` to a time; return the token after it."""
    if line.words[after] == "z" and line.touches(after):
        clock.offset = 0
        return after + 1
    sign = line.words[after]
    if sign not in ("+", "-") or not line.touches(after) or line.kinds[after + 1] != NUMBER:
        return after
    number = line.numbers[after + 1]
    if len(line.words[after + 1]) == _YEAR_DIGITS:
        hours, minutes, after = number // 100, number % 100, after + 2
    elif line.words[after + 2] == ":" and line.kinds[after + 3] == NUMBER:
        hours, minutes, after = number, line.numbers[after + 3], after + 4
    else:
        hours, minutes, after = number, 0, after + 2
    clock.offset = (hours * _MINUTES + minutes) * (-1 if sign == "-" else 1)
    return after


def _two_parts(line: Line, at: int, *, is_end: bool) -> Reading | None:
    separator = line.words[at + 1]
    if not separator or separator not in _SEPARATORS or line.kinds[at + 2] != NUMBER:
        return None
    if not (line.touches(at + 1) and line.touches(at + 2)) or _goes_on(line, at + 3, separator):
        return None
    first, second = line.words[at], line.words[at + 2]
    month = _year_and_month(first, second, separator)
    if month:
        found = Reading(at, at + 3)
        found.period = Period(*span_of(month, "month"), "month")
        return found
    if len(first) > _DAY_DIGITS or len(second) > _DAY_DIGITS or not (is_end or _is_meant(line, at, separator)):
        return None
    day, number = line.numbers[at], line.numbers[at + 2]
    pairs = [(day, number), (number, day)]
    if separator != "." and line.order != "dmy":
        pairs.reverse()
    for day, number in pairs:
        if can_be(number, day):
            is_dotted = separator == "." and line.words[at + 3] == "." and line.touches(at + 3)
            found = Reading(at, at + 3 + is_dotted)
            found.month, found.day = number, day
            return found
    if (
        separator == "/"
        and _is_before_a_day(line, at)
        and min(day, number) <= MONTHS
        and max(day, number) <= _MOST_DAYS
    ):
        raise WhenError(f"There is no day {first}/{second}.")
    if separator == "." and _is_written_out(line, at) and 1 <= line.numbers[at + 2] <= MONTHS:
        raise WhenError(f"There is no day {first}.{second}.")
    return None


def _is_before_a_day(line: Line, at: int) -> bool:
    """Tell whether the word before two figures leaves no doubt that they are a day: `on 30/2`."""
    return at > 0 and line.words[at - 1] in ("on", "by", "until", "till", "since", "due")


def _year_and_month(first: str, second: str, separator: str) -> date | None:
    """Return the first of the month for `2026-03`, `3/2026`; a year and a number above 12 are none."""
    if separator == ".":
        return None
    year, month = (first, second) if len(first) == _YEAR_DIGITS else (second, first)
    if len(year) != _YEAR_DIGITS or len(month) > _DAY_DIGITS:
        return None
    is_month = _FIRST_YEAR <= int(year) <= _LAST_YEAR and 1 <= int(month) <= MONTHS
    return date(int(year), int(month), 1) if is_month else None


def _is_meant(line: Line, at: int, separator: str) -> bool:
    """Tell whether two figures are a date: `3/4` is one, `1/2 hour`, `24/7`, `2-3` and `4.5` are not, `on 2-15` is."""
    following = line.words[at + 3]
    before = line.words[at - 1] if at else ""
    is_whole = at == 0 and line.kinds[at + 3] == 0
    if separator == "/":
        is_idiom = (line.numbers[at], line.numbers[at + 2]) == (24, 7)
        return (
            not is_idiom
            and following not in UNITS
            and following not in ("的", "of", "inch", "inches", "full", "an", "a")
        )
    if separator == "-":
        return is_whole or before in ("on", "by", "due", "before", "until", "since")
    has_zero = line.words[at][0] == "0" and len(line.words[at]) == len(line.words[at + 2]) == _DAY_DIGITS
    return _is_written_out(line, at) or (has_zero and line.is_end(at + 3)) or (before in _POINTING and has_zero)


def _is_written_out(line: Line, at: int) -> bool:
    """Tell whether two figures with a full stop behind each are a day: `send quote 28.3.`, not `version 3.2.`."""
    if line.words[at + 3] != "." or not line.touches(at + 3) or not 1 <= line.numbers[at] <= _MOST_DAYS:
        return False
    before = line.words[at - 1] if at else ""
    is_day = line.order == "dmy" or line.numbers[at] > MONTHS
    is_plain = is_day and before not in COUNTED and not line.touches(at)
    return at == 0 or before in _POINTING or is_plain


def at_offset(moment: datetime, offset: int, line: Line) -> datetime:
    """Return a wall time given at an offset (minutes east) as wall time of the line's zone, where that is known."""
    if line.zone is None:
        return moment
    from datetime import timezone  # noqa: PLC0415 - few lines name a zone

    there = moment.replace(tzinfo=timezone(timedelta(minutes=offset)))
    return there.astimezone(line.zone).replace(tzinfo=None)
