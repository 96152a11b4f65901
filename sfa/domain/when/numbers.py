"""Numbers and lengths of time in English: `twenty-second`, `2 and a half hours`, `1h30`."""

from sfa.domain.when.days import add_days, add_months, add_seconds, add_work_days
from sfa.domain.when.number_words import (
    DAYS,
    MONTHS,
    ONES,
    ORDINALS,
    SECONDS,
    SHORT_UNITS,
    SUFFIXES,
    TENS,
    UNITS,
    VAGUE,
)
from sfa.domain.when.tokens import NUMBER, SIGN, WORD, Line
from sfa.domain.when.values import WhenError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date, datetime

_DAY_SECONDS = 86_400
_MONTH_DAYS = 30
_MOST = 9999
_MOST_PAIRS = 6
_MOST_MINUTES = 60
_CENTURY = 100
_THOUSAND = 1000


class Length:
    """A length of time in calendar months, days and seconds; `is_work` where the days are working days."""

    __slots__ = ("days", "is_work", "months", "seconds")

    def __init__(self) -> None:
        self.months = 0
        self.days = 0
        self.seconds = 0
        self.is_work = False

    @property
    def is_clocked(self) -> bool:
        """Tell whether it goes finer than days."""
        return self.seconds != 0 or not (self.months or self.days)

    def add(self, unit: str, amount: int, parts: int = 1) -> None:
        """Add `amount / parts` of a unit.

        Raises:
            WhenError: nobody's calendar goes that far.
        """
        if amount > _MOST * parts:
            raise WhenError(f"{amount} {unit}s lie beyond the calendar.")
        if unit in SECONDS:
            self.seconds += amount * SECONDS[unit] // parts
            return
        if unit in MONTHS:
            whole, rest = divmod(amount * MONTHS[unit], parts)
            self.months += whole
            self.days += rest * _MONTH_DAYS // parts
            return
        whole, rest = divmod(amount * DAYS[unit], parts)
        self.days += whole
        # Half a week is three days: nobody means an hour by it.
        self.seconds += rest * _DAY_SECONDS // parts if unit == "day" else 0

    def from_day(self, day: "date", sign: int = 1) -> "date":
        """Return the day that far on."""
        if self.is_work:
            return add_work_days(day, sign * self.days)
        return add_days(add_months(day, sign * self.months) if self.months else day, sign * self.days)

    def from_moment(self, moment: "datetime", sign: int = 1) -> "datetime":
        """Return the moment that far on."""
        day = self.from_day(moment.date(), sign)
        return add_seconds(moment.replace(year=day.year, month=day.month, day=day.day), sign * self.seconds)


def cardinal(line: Line, at: int) -> tuple[int, int] | None:
    """Read a whole number below a hundred in words, or in figures; return it and the token after it."""
    if line.kinds[at] == NUMBER:
        return line.numbers[at], at + 1
    word = line.words[at]
    if word in ONES:
        return ONES[word], at + 1
    if word not in TENS:
        return None
    after = at + 2 if line.words[at + 1] in ("-", "and") else at + 1
    unit = ONES.get(line.words[after], 0)
    return (TENS[word] + unit, after + 1) if 0 < unit < 10 else (TENS[word], at + 1)  # noqa: PLR2004 - twenty-ten is none


def ordinal(line: Line, at: int) -> tuple[int, int] | None:
    """Read `3rd`, `third`, `twenty-third`; return the number and the token after it."""
    if line.kinds[at] == NUMBER:
        # "27 th" is meant, "27 St James" is not.
        is_one = line.words[at + 1] in SUFFIXES and (line.touches(at + 1) or line.words[at + 1] == "th")
        return (line.numbers[at], at + 2) if is_one else None
    word = line.words[at]
    if word in ORDINALS:
        return ORDINALS[word], at + 1
    if word in TENS:
        after = at + 2 if line.words[at + 1] == "-" else at + 1
        unit = ORDINALS.get(line.words[after], 0)
        if 0 < unit < 10:  # noqa: PLR2004 - twenty-tenth is none
            return TENS[word] + unit, after + 1
    return None


def year_in_words(line: Line, at: int) -> tuple[int, int] | None:
    """Read `two thousand and eighteen`, `nineteen ninety six`, `nineteen oh one`, `twenty twenty-six`."""
    first = cardinal(line, at) if line.kinds[at] == WORD else None
    if first is None:
        return None
    number, after = first
    if line.words[after] == "thousand":
        after += 1
        rest = cardinal(line, after + 1 if line.words[after] == "and" else after)
        is_rest = rest is not None and line.kinds[rest[1] - 1] == WORD
        return (number * _THOUSAND + rest[0], rest[1]) if is_rest and rest else (number * _THOUSAND, after)
    if number not in (18, 19, 20):
        return None
    if line.words[after] in ("zero", "oh"):
        unit = ONES.get(line.words[after + 1])
        return (number * _CENTURY + unit, after + 2) if unit else None
    rest = cardinal(line, after) if line.kinds[after] == WORD else None
    return (number * _CENTURY + rest[0], rest[1]) if rest and rest[0] >= 10 else None  # noqa: PLR2004 - needs two digits


def quantity(line: Line, at: int) -> tuple[int, int, int] | None:
    """Read an amount as `(numerator, denominator, token after it)`: `3`, `1.5`, `1/2`, `half an`, `a couple of`."""
    word = line.words[at]
    if line.kinds[at] == NUMBER:
        return _figure_quantity(line, at)
    has_article = word in ("a", "an", "another", "the") or (word == "one" and line.words[at + 1] in ("half", "quarter"))
    found = _part_or_few(line, at + has_article)
    if found or has_article:
        return found or (None if word == "the" else (1, 1, at + 1))
    number = cardinal(line, at) if line.kinds[at] == WORD else None
    if number and line.words[number[1]] == "quarters" and line.words[number[1] + 1] == "of":
        return number[0], 4, _past(line, number[1] + 1, ("of", "an", "a"))
    return _with_half(line, number[0], 1, number[1]) if number else None


def _part_or_few(line: Line, at: int) -> tuple[int, int, int] | None:
    """Read `half an`, `quarter of an`, `couple of`, `few`."""
    word = line.words[at]
    if word in VAGUE:
        return _vague(line, at)
    if word == "half":
        return 1, 2, at + 2 if line.words[at + 1] in ("a", "an") else at + 1
    if word == "quarter" and line.words[at + 1] in ("of", "hour", "hours"):
        return 1, 4, _past(line, at + 1, ("of", "an", "a"))
    return None


def _figure_quantity(line: Line, at: int) -> tuple[int, int, int]:
    number, sign = line.numbers[at], line.words[at + 1]
    is_joined = line.kinds[at + 2] == NUMBER and line.touches(at + 1) and line.touches(at + 2)
    if is_joined and sign in ".,":
        parts = 10 ** len(line.words[at + 2])
        return number * parts + line.numbers[at + 2], parts, at + 3
    if is_joined and sign == "/" and line.numbers[at + 2] in (2, 3, 4):
        return number, line.numbers[at + 2], at + 3
    if is_joined and sign == ":" and line.words[at + 3] in ("h", "hrs", "hours") and len(line.words[at + 2]) == 2:  # noqa: PLR2004
        return number * _MOST_MINUTES + line.numbers[at + 2], _MOST_MINUTES, at + 3
    if sign == "½":
        return 2 * number + 1, 2, at + 2
    return _with_half(line, number, 1, at + 1)


def _with_half(line: Line, number: int, parts: int, after: int) -> tuple[int, int, int]:
    if line.words[after] == "and" and line.words[after + 1] in ("a", "an"):
        if line.words[after + 2] == "half":
            return number * 2 + 1, 2, after + 3
        if line.words[after + 2] == "quarter":
            return number * 4 + 1, 4, after + 3
    return number, parts, after


def _vague(line: Line, at: int) -> tuple[int, int, int]:
    return VAGUE[line.words[at]], 1, at + 2 if line.words[at + 1] == "of" else at + 1


def _past(line: Line, at: int, words: tuple[str, ...]) -> int:
    while line.words[at] in words:
        at += 1
    return at


def read_length(line: Line, at: int) -> tuple[Length, int] | None:
    """Read a length of time: `3 days`, `1h30`, `an hour and a half`, `1 month, 21 days`, `2 more minutes`."""
    length = Length()
    after = at
    for turn in range(_MOST_PAIRS):
        begin = _past(line, after, ("and", ",", "&")) if turn else after
        found = _pair(line, begin, length)
        if found is None:
            break
        after = found
    return (length, after) if after > at else None


def _pair(line: Line, at: int, length: Length) -> int | None:
    """Add one amount and its unit to a length; return the token after them."""
    amount = quantity(line, at)
    if amount is None:
        return None
    number, parts, after = amount
    after = _past(line, after, ("more", "-", "full", "whole", "upcoming", "past"))
    if line.words[after] in ("business", "working", "work") and line.words[after + 1] in ("day", "days"):
        length.is_work = True
        after += 1
    word = line.words[after]
    unit = UNITS.get(word)
    if unit is None:
        unit = {"'": "minute", '"': "second"}.get(word) if line.touches(after) else None
    if unit is None or (word in SHORT_UNITS and not line.touches(after)):
        return None
    length.add(unit, number, parts)
    after += 1
    if unit == "hour" and line.kinds[after] == NUMBER and line.touches(after) and line.numbers[after] < _MOST_MINUTES:
        length.add("minute", line.numbers[after])
        after += 1 if line.words[after + 1] not in ("m", "min", "mins") else 2
    if line.words[after] == "and" and line.words[after + 1] in ("a", "an") and line.words[after + 2] == "half":
        length.add(unit, 1, 2)
        after += 3
    return after


def is_sign(line: Line, at: int, signs: str) -> bool:
    """Tell whether the token is one of these signs."""
    return line.kinds[at] == SIGN and line.words[at] in signs
