"""Money: whole minor units with a currency, exact, rounded as domain.md 0.2 says; and amounts as people write them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Decimal, localcontext
from enum import StrEnum
from fractions import Fraction

from sfa.domain import currencies
from sfa.domain.currencies import SYMBOLS, currency_of, is_currency
from sfa.domain.figures import (
    DEC6,
    LONGEST_DIGITS,
    LONGEST_TEXT,
    PPM,
    AmountError,
    dec6,
    from_dec6,
    normal,
    parse_decimal,
    ppm,
    read_digits,
    shown,
    take_sign,
)

__all__ = [
    "DEC6",
    "LONGEST_DIGITS",
    "LONGEST_TEXT",
    "PPM",
    "AmountError",
    "Money",
    "MoneyError",
    "Rounding",
    "allocate",
    "dec6",
    "from_dec6",
    "parse_amount",
    "parse_decimal",
    "ppm",
    "round_increment",
    "round_to",
]

_PRECISION = 60
_GROUP = 3


class MoneyError(ValueError):
    """Amounts of two currencies that were to be mixed."""


class Rounding(StrEnum):
    """How a rest is rounded; the sign is mirrored, so that a credit note mirrors its invoice (domain.md 0.2)."""

    HALF_UP = ROUND_HALF_UP
    HALF_EVEN = ROUND_HALF_EVEN
    UP = ROUND_UP
    DOWN = ROUND_DOWN


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units of a currency."""

    amount_minor: int
    currency: str

    def _same(self, other: "Money") -> None:
        if self.currency != other.currency:
            raise MoneyError(f"{self} and {other} are of two currencies and cannot be mixed.")

    def __add__(self, other: "Money") -> "Money":
        self._same(other)
        return Money(self.amount_minor + other.amount_minor, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        self._same(other)
        return Money(self.amount_minor - other.amount_minor, self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.amount_minor, self.currency)

    def __lt__(self, other: "Money") -> bool:
        self._same(other)
        return self.amount_minor < other.amount_minor

    def __le__(self, other: "Money") -> bool:
        self._same(other)
        return self.amount_minor <= other.amount_minor

    def times(self, factor: Fraction | Decimal | int) -> "Money":
        """Return the product, rounded half away from zero to whole minor units."""
        exact = Fraction(factor) * self.amount_minor
        size = (2 * abs(exact.numerator) + exact.denominator) // (2 * exact.denominator)
        return Money(size if exact >= 0 else -size, self.currency)

    def decimal_string(self) -> str:
        """Return `1234.00`: a decimal number with the decimals of the currency."""
        places = currencies.exponent(self.currency)
        sign, digits = ("-" if self.amount_minor < 0 else ""), str(abs(self.amount_minor)).rjust(places + 1, "0")
        return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else sign + digits

    def __str__(self) -> str:
        return currencies.shown_amount(self.amount_minor, self.currency)


_FACTORS = {
    "k": 3, "thousand": 3, "tsd": 3, "m": 6, "mn": 6, "mio": 6, "million": 6, "b": 9, "bn": 9, "mrd": 9, "billion": 9,
    "千": 3, "万": 4, "萬": 4, "十万": 5, "百万": 6, "百萬": 6, "千万": 7, "千萬": 7,
    "亿": 8, "億": 8, "十亿": 9, "百亿": 10,
}  # fmt: skip
_FACTORS_WITH_COMMA = ("tsd", "mio", "mrd")  # German words: the comma before them parts decimals
_FACTOR = re.compile(rf"\s*({'|'.join(sorted(_FACTORS, key=len, reverse=True))})\.?$", re.IGNORECASE | re.ASCII)


def _sign_pattern(sign: str) -> str:
    """A sign that ends in letters ends there."""
    before, after = (r"(?<![A-Za-z])" if sign[0].isalpha() else ""), (r"(?![A-Za-z])" if sign[-1].isalpha() else "")
    return f"{before}{re.escape(sign)}{after}"


_SIGNS = "|".join(map(_sign_pattern, SYMBOLS))
_LEADING = rf"(?:({_SIGNS})|([A-Za-z]{{3}})(?![A-Za-z]))\s*"
_TRAILING = rf"\s*(?:({_SIGNS})|(?:(?<![A-Za-z])|(?<=[0-9][kKmM]))([A-Za-z]{{3}}))$"


def parse_amount(text: str, currency: str) -> Money:
    """Read an amount as people write it: `$1,252.82`, `€12.500,00`, `40k`, `1.2m usd`, `20万`, `(123.45)`.

    Three digits behind a single separator are thousands: `1.234` is 1,234 unless the currency has that many decimals.

    Args:
        text: what was written; a currency in it wins.
        currency: known code of ISO 4217 for text that names none; it also settles signs that several share ($, ¥).

    Raises:
        AmountError: it is no amount, names two currencies, has more decimals than its currency, or over 15 digits.
    """
    quoted = shown(text)
    bare, is_outside = take_sign(normal(text))
    named, code = _take_currency(bare, currency, quoted)
    rest, is_inside = take_sign(named)
    factor = _FACTOR.search(rest)
    word = factor[1].lower() if factor else ""
    places = currencies.exponent(code)
    digits = rest[: factor.start()] if factor else rest
    number = read_digits(digits, quoted, _decimal_signs(word, places)).scaleb(_FACTORS.get(word, 0) + places)
    if is_outside and is_inside:
        raise AmountError(f"{quoted} is no amount: it has two signs.")
    if number != number.to_integral_value():
        raise AmountError(f"{quoted} has more decimals than {code} has.")
    if number >= 10**LONGEST_DIGITS:
        raise AmountError(f"{quoted} is too large: {LONGEST_DIGITS} digits are the most.")
    return Money(-int(number) if is_outside or is_inside else int(number), code)


def _decimal_signs(word: str, places: int) -> str:
    """Return what parts decimals where three digits follow: `1.234m` has decimals, `1,234k` has thousands."""
    if word in _FACTORS_WITH_COMMA:
        return ","
    return "." if word or places >= _GROUP else ""


def _take_currency(text: str, own: str, quoted: str) -> tuple[str, str]:
    """Return the text without the currency before and behind it, and the currency."""
    leading, trailing = re.match(_LEADING, text), re.search(_TRAILING, text)
    first, second = _code(leading, own), _code(trailing, own)
    if first and leading:
        text = text[leading.end() :]
    if second and trailing:
        text = text[: len(text) - len(trailing[0])]
    if first and second and first != second:
        if _code(leading, second) != second and _code(trailing, first) != first:
            raise AmountError(f"{quoted} names two currencies, {first} and {second}.")
        first = second if _code(leading, second) == second else first  # $40 CAD: the code settles the sign
    return text.strip(), first or second or own


def _code(match: re.Match[str] | None, own: str) -> str:
    """Return the currency that a mark means, "" where it is none."""
    if match is None:
        return ""
    if match[1]:
        return currency_of(match[1], own)
    return match[2].upper() if is_currency(match[2].upper()) else ""


def round_to(value: Decimal, exponent: int, mode: Rounding = Rounding.HALF_UP) -> Decimal:
    """Return the value rounded to so many decimals (domain.md 0.2)."""
    with localcontext() as context:
        context.prec = _PRECISION
        return value.quantize(Decimal(1).scaleb(-exponent), rounding=mode.value)


def round_increment(value: Decimal, increment: Decimal, mode: Rounding = Rounding.HALF_UP) -> Decimal:
    """Return the value rounded to a multiple of an increment: `R(x / i, 0) * i` (domain.md 0.2).

    Raises:
        ValueError: the increment is not positive.
    """
    if increment <= 0:
        raise ValueError(f"Amounts cannot be rounded to multiples of {increment}: it must be positive.")
    with localcontext() as context:
        context.prec = _PRECISION
        return round_to(value / increment, 0, mode) * increment


def allocate(total: int, weights: Sequence[int]) -> list[int]:
    """Divide whole units by weights, by largest remainder, ties to the first (domain.md 0.3).

    Raises:
        ValueError: a weight is negative, or none is positive.
    """
    whole = sum(weights)
    if whole <= 0 or min(weights) < 0:
        raise ValueError("Weights must not be negative, and one must be positive.")
    size = abs(total)
    parts = [size * weight // whole for weight in weights]
    by_rest = sorted(range(len(weights)), key=lambda index: (-(size * weights[index] % whole), index))
    for index in by_rest[: size - sum(parts)]:
        parts[index] += 1
    return parts if total >= 0 else [-part for part in parts]
