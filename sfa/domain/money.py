"""Money: whole minor units with a currency, exact, rounded as domain.md 0.2 says; and amounts as people write them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Decimal, localcontext
from enum import StrEnum
from fractions import Fraction

from sfa.domain.currencies import SYMBOLS, exponent, is_currency

LONGEST_DIGITS = 15
LONGEST_TEXT = 60
PPM = 1_000_000
DEC6 = 1_000_000
PRECISION = 60
GROUP = 3


class AmountError(ValueError):
    """A text that is no amount, with a sentence that says why."""


class MoneyError(ValueError):
    """Amounts of two currencies that were to be mixed."""


class Rounding(StrEnum):
    """How a half, or a rest, is rounded; the sign is mirrored, so that a credit note mirrors its invoice."""

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

    def times(self, factor: "Fraction | Decimal | int") -> "Money":
        """Return the product, rounded half away from zero to whole minor units."""
        exact = Fraction(factor) * self.amount_minor
        doubled = 2 * abs(exact.numerator) + exact.denominator
        size = doubled // (2 * exact.denominator)
        return Money(size if exact >= 0 else -size, self.currency)

    def decimal_string(self) -> str:
        """Return `1234.00`: a decimal number with the decimals of the currency."""
        places = exponent(self.currency)
        sign, digits = ("-" if self.amount_minor < 0 else ""), str(abs(self.amount_minor)).rjust(places + 1, "0")
        return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else sign + digits

    def __str__(self) -> str:
        whole, _, rest = self.decimal_string().partition(".")
        sign = "-" if whole.startswith("-") else ""
        return f"{sign}{int(whole.lstrip('-')):,}{'.' if rest else ''}{rest} {self.currency}"


_FACTORS = {
    "k": 3, "thousand": 3, "tsd": 3, "m": 6, "mio": 6, "mn": 6, "million": 6, "bn": 9, "b": 9, "billion": 9, "mrd": 9,
    "千": 3, "万": 4, "萬": 4, "百万": 6, "亿": 8, "億": 8,
}  # fmt: skip
_SIGNS = "|".join(re.escape(sign) for sign in sorted(SYMBOLS, key=len, reverse=True))
_CURRENCY = re.compile(rf"(?<![A-Za-z])([A-Za-z]{{3}})(?![A-Za-z])|({_SIGNS})")
_FACTOR = re.compile(rf"({'|'.join(sorted(_FACTORS, key=len, reverse=True))})\.?$", re.IGNORECASE)
_NUMBER = re.compile(r"[\d.,'’ \u00a0\u202f_]*\d[\d.,'’ \u00a0\u202f_]*")


def parse_amount(text: str, currency: str) -> Money:
    """Read an amount as people write it: `$1,252.82`, `€12.500,00`, `40k`, `1.2m usd`, `20万`, `(123.45)`.

    Args:
        text: what was written; a currency in it wins.
        currency: ISO 4217 code for text that names none.

    Raises:
        AmountError: it is no amount, has more decimals than the currency, or more than 15 digits.
    """
    shown = text.strip()[:LONGEST_TEXT]
    rest, code = _take_currency(text.strip(), currency)
    rest, is_negative = _take_sign(rest)
    match = _FACTOR.search(rest)
    power = _FACTORS[match[1].lower()] if match else 0
    number = _number(rest[: match.start()] if match else rest, shown, exponent(code), is_scaled=bool(match))
    minor = number * 10 ** (power + exponent(code))
    if minor != minor.to_integral_value():
        raise AmountError(f"“{shown}” has more decimals than {code} has.")
    if abs(minor) >= 10**LONGEST_DIGITS:
        raise AmountError(f"“{shown}” is too large: {LONGEST_DIGITS} digits are the most.")
    return Money(-int(minor) if is_negative else int(minor), code)


def _take_currency(text: str, currency: str) -> tuple[str, str]:
    for match in _CURRENCY.finditer(text):
        code = match[1].upper() if match[1] else SYMBOLS[match[2]]
        if is_currency(code):
            return (text[: match.start()] + text[match.end() :]).strip(), code
    return text, currency


def _take_sign(text: str) -> tuple[str, bool]:
    if text.startswith("(") and text.endswith(")"):
        return text[1:-1].strip(), True
    if text[:1] in ("-", "−", "–"):
        return text[1:].strip(), True
    return (text[:-1].strip(), True) if text.endswith("-") else (text.removeprefix("+").strip(), False)


def _number(text: str, shown: str, places: int, *, is_scaled: bool) -> Decimal:
    text = text.strip()
    if len(text) > LONGEST_TEXT or not _NUMBER.fullmatch(text) or not text.isprintable():
        raise AmountError(f"“{shown}” is no amount.")
    bare = re.sub(r"['’ \u00a0\u202f_]", "", text)
    whole, decimals = _split_decimals(bare, shown, places, is_scaled=is_scaled)
    digits = whole + decimals
    if len(digits.lstrip("0")) > LONGEST_DIGITS or not digits.isascii():
        raise AmountError(f"“{shown}” is too large: {LONGEST_DIGITS} digits are the most.")
    return Decimal(f"{whole or '0'}.{decimals or '0'}")


def _split_decimals(bare: str, shown: str, places: int, *, is_scaled: bool) -> tuple[str, str]:
    """Tell the decimal sign from separators of thousands; the last of two kinds is the decimal sign."""
    last = max(bare.rfind("."), bare.rfind(","))
    if last < 0:
        return bare, ""
    sign = bare[last]
    other = "," if sign == "." else "."
    after = bare[last + 1 :]
    is_grouping = bare.count(sign) > 1 or (
        other not in bare and not is_scaled and len(after) == GROUP and places != GROUP and bare[:last].lstrip("0") != ""
    )
    if is_grouping and sign == "." and other in bare:
        raise AmountError(f"“{shown}” is no amount: its separators contradict each other.")
    groups = bare if is_grouping else bare[:last]
    parts = re.split(r"[.,]", groups)
    if len(parts) > 1 and (not 1 <= len(parts[0]) <= GROUP or any(len(part) not in (2, GROUP) for part in parts[1:])):
        raise AmountError(f"“{shown}” is no amount: its groups of digits are uneven.")
    return "".join(parts), "" if is_grouping else after


def round_to(value: Decimal, places: int, mode: Rounding = Rounding.HALF_UP) -> Decimal:
    """Round to decimals (domain.md 0.2)."""
    with localcontext() as context:
        context.prec = PRECISION
        return value.quantize(Decimal(1).scaleb(-places), rounding=mode.value)


def round_increment(value: Decimal, increment: Decimal, mode: Rounding = Rounding.HALF_UP) -> Decimal:
    """Round to a multiple of an increment: `R(x / i, 0) * i` (domain.md 0.2)."""
    with localcontext() as context:
        context.prec = PRECISION
        return round_to(value / increment, 0, mode) * increment


def allocate(total: int, weights: Sequence[int]) -> list[int]:
    """Divide whole units by weights, by largest remainder, ties to the first (domain.md 0.3).

    Raises:
        ValueError: a weight is negative, or all are zero.
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


def parse_decimal(text: str) -> Decimal:
    """Read a plain number with separators.

    Raises:
        AmountError: it is none.
    """
    rest, is_negative = _take_sign(text.strip())
    number = _number(rest, text.strip()[:LONGEST_TEXT], 2, is_scaled=False)
    return -number if is_negative else number


def dec6(text: str) -> int:
    """Read a number and return it scaled by 10^6.

    Raises:
        AmountError: it is none, or has more than six decimals.
    """
    scaled = parse_decimal(text) * DEC6
    if scaled != scaled.to_integral_value():
        raise AmountError(f"“{text.strip()[:LONGEST_TEXT]}” has more than six decimals.")
    return int(scaled)


def from_dec6(value: int) -> str:
    """Return a number scaled by 10^6 as text, without superfluous zeros."""
    sign, digits = ("-" if value < 0 else ""), str(abs(value)).rjust(7, "0")
    return f"{sign}{digits[:-6]}.{digits[-6:]}".rstrip("0").rstrip(".")


def ppm(text: str) -> int:
    """Read a share and return parts per million: `10 %` and `0.1` and `10` are 100,000.

    Raises:
        AmountError: it is no share.
    """
    bare = text.strip()
    is_percent = bare.endswith(("%", "％"))
    number = Decimal(0) + parse_decimal(bare.rstrip("%％ ")) if bare.rstrip("%％ ") else None
    if number is None:
        raise AmountError(f"“{bare[:LONGEST_TEXT]}” is no share.")
    scaled = number * (PPM // 100 if is_percent or abs(number) > 1 else PPM)
    if scaled != scaled.to_integral_value():
        raise AmountError(f"“{bare[:LONGEST_TEXT]}” is finer than a millionth.")
    return int(scaled)
