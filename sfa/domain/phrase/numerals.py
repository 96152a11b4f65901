"""Reads numbers of a scanned line: figures with their separators, English words, Chinese numerals."""

from sfa.domain.phrase.money_words import COMMA_FACTORS, FACTORS, HAN_DIGITS, HAN_FACTORS, NUMBERS
from sfa.domain.phrase.scan import HAN, NUMBER, WORD, Scan

LONGEST_DIGITS = 15
_GROUP = 3
_LONGEST_NUMERAL = 18
_WAN = 4
_TENS = 20


class Figure:
    """A number of whole digits times a power of ten, and the tokens `[first, after)` it was read from.

    Attributes:
        digits: the whole number.
        exponent: the power of ten it is multiplied by.
        factor: the word or character that multiplied it, "" where none did.
        is_fraction: whether figures behind a decimal sign were written.
    """

    __slots__ = ("after", "digits", "exponent", "factor", "first", "is_fraction")

    def __init__(
        self, first: int, after: int, digits: int, exponent: int, factor: str = "", *, is_fraction: bool = False
    ) -> None:
        self.first = first
        self.after = after
        self.digits = digits
        self.exponent = exponent
        self.factor = factor
        self.is_fraction = is_fraction

    def text(self) -> str:
        """Return it as a decimal number without superfluous zeros."""
        if self.exponent >= 0:
            return str(self.digits * 10**self.exponent)
        digits = str(self.digits).rjust(1 - self.exponent, "0")
        return f"{digits[: self.exponent]}.{digits[self.exponent :]}".rstrip("0").rstrip(".")


def read_figure(scan: Scan, at: int) -> Figure | None:
    """Return the number that begins at a token, its factor included, or None."""
    kind = scan.kinds[at]
    if kind == NUMBER:
        return _written(scan, at)
    if kind == HAN and (scan.words[at] in HAN_DIGITS or scan.words[at] in HAN_FACTORS):
        return _numeral(scan, at, 0, at)
    if kind == WORD and scan.words[at].partition("-")[0] in NUMBERS:
        return _in_words(scan, at)
    return None


def _written(scan: Scan, at: int) -> Figure | None:
    """Read figures, and what multiplies them: `1,234.5`, `40k`, `1.2 million`, `20万`."""
    after = at + 1
    factor = _factor(scan, after)
    sign = "," if factor in COMMA_FACTORS else "." if factor else ""
    found = digits_of(scan.words[at], sign)
    if found is None:
        return None
    digits, places = found
    if scan.kinds[after] == HAN and scan.words[after] in HAN_FACTORS and scan.touches(after):
        return _numeral_after(scan, at, digits, places)
    if not factor:
        return Figure(at, after, digits, -places, is_fraction=places > 0)
    after += 1
    after += factor in COMMA_FACTORS and scan.words[after] == "." and scan.touches(after)
    exponent = FACTORS[factor] - places
    second = _factor(scan, after)
    if second and FACTORS[second] >= _GROUP and FACTORS[factor] < FACTORS[second]:
        exponent, after = exponent + FACTORS[second], after + 1  # two hundred thousand
    return Figure(at, after, digits, exponent, factor, is_fraction=places > 0)


def _factor(scan: Scan, at: int) -> str:
    """Return the factor at a token; a single letter must touch its number."""
    word = scan.words[at]
    if word not in FACTORS:
        return ""
    is_far = len(word) > 1 or scan.words[at + 1] in ("$", "€", "£", "¥")
    return word if is_far or scan.touches(at) else ""


def numeral_end(scan: Scan, at: int) -> int:
    """Return the token behind the Chinese numerals that stand in a row from a token on."""
    while scan.words[at] in HAN_DIGITS or scan.words[at] in HAN_FACTORS:
        at += 1
    return at


def digits_of(text: str, decimal_signs: str) -> tuple[int, int] | None:
    """Return the digits of a written number and how many are decimals; None where its separators contradict.

    Three digits behind a lone separator are thousands, unless the sign is one of `decimal_signs`.
    """
    at = max(text.rfind("."), text.rfind(","))
    sign = text[at] if at >= 0 else ""
    whole, decimals = text, ""
    if sign and text.count(sign) == 1 and at > text.rfind("'"):
        rest = text[at + 1 :]
        if len(rest) != _GROUP or sign in decimal_signs or not 0 < at <= _GROUP or text[0] == "0":
            whole, decimals = text[:at], rest
    groups = whole.replace(",", ".").replace("'", ".").split(".")
    if len(groups) > 1 and not _are_groups(groups):
        return None
    digits = "".join(groups) + decimals
    return (int(digits), len(decimals)) if len(digits.lstrip("0")) <= LONGEST_DIGITS else None


def _are_groups(groups: list[str]) -> bool:
    """Tell whether the digits stand in threes, or as in India in twos before the last three."""
    inner = {len(group) for group in groups[1:-1]}
    return len(groups[-1]) == _GROUP and 0 < len(groups[0]) <= _GROUP and (inner <= {_GROUP} or inner == {2})


def _in_words(scan: Scan, at: int) -> Figure | None:
    """Read `forty-five`, `two million`, `a hundred thousand`, `three quarters billion`."""
    tens, hyphen, unit = scan.words[at].partition("-")
    value, after = NUMBERS[tens], at + 1
    if hyphen:
        if unit not in NUMBERS:
            return None
        value += NUMBERS[unit]
    elif value >= _TENS and NUMBERS.get(scan.words[after], 10) < 10:  # noqa: PLR2004 - a single digit follows the tens
        value, after = value + NUMBERS[scan.words[after]], after + 1
    exponent, factor = 0, ""
    if scan.words[after] in ("quarter", "quarters"):
        value, exponent, after = value * 25, -2, after + 1
    for _ in range(2):
        word = scan.words[after]
        if word in FACTORS and len(word) > _GROUP:
            exponent, factor, after = exponent + FACTORS[word], word, after + 1
    return Figure(at, after, value, exponent, factor)


def _numeral_after(scan: Scan, first: int, digits: int, places: int) -> Figure | None:
    """Read `36.57亿`, `3百万`, `5千`, `2万5`: figures and what multiplies them."""
    at = first + 1
    if places:
        exponent = -places
        while at < scan.count and scan.words[at] in HAN_FACTORS:
            exponent += HAN_FACTORS[scan.words[at]]
            at += 1
        return Figure(first, at, digits, exponent, scan.words[at - 1], is_fraction=True)
    return _numeral(scan, first + 1, digits, first)


def _numeral(scan: Scan, at: int, begun: int, first: int) -> Figure | None:
    """Read Chinese numerals, begun with a number in figures or with 0: `两百五十万`, `1千2百`, `一万二`."""
    total, section, digit, last = 0, 0, begun, 1
    start, factor = at, ""
    while at < min(scan.count, start + _LONGEST_NUMERAL):
        word = scan.words[at]
        if word in HAN_DIGITS:
            digit = digit * 10 + HAN_DIGITS[word] if digit else HAN_DIGITS[word]
        elif scan.kinds[at] == NUMBER and factor and word.isdigit() and len(word) < _WAN and scan.touches(at):
            digit = int(word)
        elif word in HAN_FACTORS and (at == start or scan.touches(at)):
            factor, power = word, HAN_FACTORS[word]
            if power >= _WAN:
                total, section = (total + section + digit or 1) * 10**power, 0
            else:
                section += (digit or 1) * 10**power
            digit, last = 0, 10 ** (power - 1)
        else:
            break
        at += 1
    is_short = 0 < digit < 10 and factor and scan.words[at - 2] == factor  # noqa: PLR2004 - 一万二 is 12,000
    value = total + section + digit * (last if is_short and factor != "十" else 1)
    return Figure(first, at, value, 0, factor) if len(str(value)) <= LONGEST_DIGITS else None
