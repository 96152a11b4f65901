"""Numbers and lengths of time in Chinese: 二十六, 二零二六, 廿六, 半小时, 一个半小时, 1小时30分钟."""

from sfa.domain.when.chinese_words import DIGITS, SCALES, TENS, UNITS
from sfa.domain.when.numbers import Length
from sfa.domain.when.tokens import HAN, NUMBER, Line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection

_MOST = 8
_MOST_DIGITS = 3
_MOST_PAIRS = 5
_LONGEST_UNIT = 4
_BEHIND_ABOUT = frozenset("天个周星礼小分")
_QUARTER_MINUTES = 15
_UNIT_LENGTHS = tuple(range(_LONGEST_UNIT, 0, -1))


def han_word(line: Line, at: int, words: "Collection[str]", longest: int) -> str | None:
    """Return the longest of some words that stands at a token."""
    if line.kinds[at] != HAN:
        return None
    start = line.starts[at]
    for length in range(longest, 0, -1):
        word = line.folded[start : start + length]
        if word in words and len(word) == length:
            return word
    return None


def starts_with(line: Line, at: int, word: str) -> bool:
    """Tell whether a word of Chinese characters stands at a token."""
    return line.kinds[at] == HAN and line.folded.startswith(word, line.starts[at])


def han_number(line: Line, at: int) -> tuple[int, int] | None:
    """Read a whole number in figures or characters; return it and the token after it."""
    if line.kinds[at] == NUMBER:
        return line.numbers[at], at + 1
    if at not in line.han_numbers:
        line.han_numbers[at] = _in_characters(line, at)
    return line.han_numbers[at]


def _in_characters(line: Line, at: int) -> tuple[int, int] | None:
    after = at
    while after < at + _MOST and line.kinds[after] == HAN and _is_numeral(line.words[after]):
        after += 1
    if after == at:
        return None
    characters = line.words[at:after]
    if _is_about(characters) and line.words[after] in _BEHIND_ABOUT and line.kinds[after] == HAN:
        return DIGITS[characters[1]], after
    value = _positional(characters) if _has_scale(characters) else _digits(characters)
    return None if value is None else (value, after)


def _is_about(characters: list[str]) -> bool:
    """Tell whether two digits mean one or the other: 两三天, of which the later one counts."""
    values = [DIGITS.get(character, 0) for character in characters]
    return len(values) == 2 and values[0] > 0 and values[1] == values[0] + 1  # noqa: PLR2004 - a pair


def _is_numeral(character: str) -> bool:
    return (character in DIGITS and character != "元") or character in SCALES or character in TENS


def _has_scale(characters: list[str]) -> bool:
    return any(character in SCALES or character in TENS for character in characters)


def _digits(characters: list[str]) -> int:
    value = 0
    for character in characters:
        value = value * 10 + DIGITS[character]
    return value


def _positional(characters: list[str]) -> int | None:
    total, digit = 0, None
    for character in characters:
        if character in TENS:
            total += TENS[character]
            digit = None
        elif character in SCALES:
            total += (1 if digit is None else digit) * SCALES[character]
            digit = None
        elif digit is None or digit == 0:
            digit = DIGITS[character]
        else:
            return None
    return total + (digit or 0)


def han_length(line: Line, at: int) -> tuple[Length, int] | None:
    """Read a length of time: 三天, 两周, 半小时, 一个半小时, 1小时30分钟, 三刻钟, 两天半."""
    length = Length()
    after = at
    for _ in range(_MOST_PAIRS):
        begin = after + 1 if after > at and line.words[after] in ("又", "零") else after
        found = _pair(line, begin, length)
        if found is None:
            break
        after = found
    return (length, after) if after > at else None


def _pair(line: Line, at: int, length: Length) -> int | None:
    if line.words[at] == "半":
        begin = at + 1
        unit = _unit(line, begin)
        return _added(length, unit, 1, 2) if unit else None
    if line.words[at] in ("几", "数") and line.kinds[at] == HAN:
        number: tuple[int, int] | None = (3, at + 1)
    else:
        number = han_number(line, at)
    # A year is no length: 2015年, 07年.
    if number is None or (
        line.kinds[at] == NUMBER and (len(line.words[at]) > _MOST_DIGITS or line.words[at][0] == "0")
    ):
        return None
    begin = number[1]
    if line.words[begin] == "多":
        begin += 1
    if line.words[begin] == "个" and line.words[begin + 1] == "半":
        unit = _unit(line, begin + 2)
        return _added(length, unit, number[0] * 2 + 1, 2) if unit else None
    if line.words[begin] == "." and line.kinds[begin + 1] == NUMBER and line.touches(begin + 1):
        parts = 10 ** len(line.words[begin + 1])
        unit = _unit(line, begin + 2)
        return _added(length, unit, number[0] * parts + line.numbers[begin + 1], parts) if unit else None
    unit = _unit(line, begin)
    if unit is None:
        return None
    after = _added(length, unit, number[0], 1)
    if after is not None and line.words[after] == "半" and unit[0] not in ("minute", "second"):
        _added(length, unit, 1, 2)
        return after + 1
    return after


def _unit(line: Line, at: int) -> tuple[str, int] | None:
    word = han_word(line, at, UNITS, _LONGEST_UNIT)
    return (UNITS[word], at + len(word)) if word else None


def _added(length: Length, unit: tuple[str, int], number: int, parts: int) -> int:
    name, after = unit
    if name == "quarter hour":
        length.add("minute", number * _QUARTER_MINUTES, parts)
    elif name == "work day":
        length.is_work = True
        length.add("day", number, parts)
    else:
        length.add(name, number, parts)
    return after
