"""Plain numbers as people write them, exact; and the scaled whole numbers of the store (domain.md 0.1)."""

import re
from decimal import Decimal

from sfa.domain.text import clean, half_width

LONGEST_DIGITS = 15
LONGEST_TEXT = 60
PPM = 1_000_000
DEC6 = 1_000_000
_DEC6_PLACES = 6
_GROUP = 3
_MINUS = "-−–"
_PLAIN_SIGNS = str.maketrans("\u00a0\u2007\u2009\u202f’‘`", "    '''")
_SHAPE = re.compile(r"[0-9](?:[0-9.,' _]*[0-9])?|[.,][0-9]+")
_GROUPS = re.compile(r"[1-9][0-9]{0,2}(?:[.,' _][0-9]{3})+")
_INDIAN_GROUPS = re.compile(r"[1-9][0-9]?(?:,[0-9]{2})*,[0-9]{3}")


class AmountError(ValueError):
    """A text that is no amount or number, with a sentence that names it and says why."""


def shown(text: str) -> str:
    """Return a text as an error quotes it: inert and short."""
    return f"“{clean(text.strip()[:LONGEST_TEXT])}”"


def normal(text: str) -> str:
    """Return the text with the digits and signs of a Western keyboard and plain spaces.

    Raises:
        AmountError: nothing that long is a number.
    """
    if len(text.strip()) > LONGEST_TEXT:
        raise AmountError(f"{shown(text)} is too long for an amount.")
    return half_width(text).translate(_PLAIN_SIGNS).strip()


def take_sign(text: str) -> tuple[str, bool]:
    """Return the text without its sign, and whether it is negative: `-5`, `5-`, `(5)`."""
    if text.startswith("(") and text.endswith(")"):
        return text[1:-1].strip(), True
    if text[:1] and text[0] in _MINUS:
        return text[1:].strip(), True
    if text[-1:] and text[-1] in _MINUS:
        return text[:-1].strip(), True
    return text.removeprefix("+").strip(), False


def read_digits(text: str, quoted: str, decimal_signs: str = "") -> Decimal:
    """Read a number without sign.

    Args:
        text: digits and separators, as `normal` returns them.
        quoted: what an error names.
        decimal_signs: which of `.` and `,` part decimals where three digits behind a single one could be thousands.

    Raises:
        AmountError: it is none, its separators contradict each other, or it has more than 15 digits.
    """
    if not _SHAPE.fullmatch(text):
        raise AmountError(f"{quoted} is no amount.")
    whole, decimals = _split_decimals(text, decimal_signs)
    grouped = re.sub(r"[.,' _]", "", whole)
    if whole != grouped and not _is_grouped(whole):
        raise AmountError(f"{quoted} is no amount: its digits are grouped unevenly.")
    if len((grouped + decimals).lstrip("0")) > LONGEST_DIGITS:
        raise AmountError(f"{quoted} is too large: {LONGEST_DIGITS} digits are the most.")
    return Decimal(f"{grouped or '0'}.{decimals or '0'}")


def _split_decimals(text: str, decimal_signs: str) -> tuple[str, str]:
    """Return what stands before and behind the decimal sign: the last of two kinds, or the only one of its kind."""
    at = max(text.rfind("."), text.rfind(","))
    sign = text[at] if at >= 0 else ""
    if not sign or text.count(sign) > 1 or at < max(text.rfind(other) for other in "' _"):
        return text, ""
    whole, decimals = text[:at], text[at + 1 :]
    is_thousands = len(decimals) == _GROUP and sign not in decimal_signs and re.fullmatch("[1-9][0-9]{0,2}", whole)
    return (text, "") if is_thousands else (whole, decimals)


def _is_grouped(whole: str) -> bool:
    kinds = set(re.sub("[0-9]", "", whole))
    return len(kinds) == 1 and bool(_GROUPS.fullmatch(whole) or _INDIAN_GROUPS.fullmatch(whole))


def parse_decimal(text: str) -> Decimal:
    """Read a plain number: `1,234.5`, `1.234,5`, `-0.125`; three digits behind a lone separator are thousands.

    Raises:
        AmountError: it is none.
    """
    return _signed(text, "")


def _signed(text: str, decimal_signs: str) -> Decimal:
    rest, is_negative = take_sign(normal(text))
    number = read_digits(rest, shown(text), decimal_signs)
    return -number if is_negative else number


def dec6(text: str) -> int:
    """Read a number as `parse_decimal` does and return it scaled by 10^6.

    Raises:
        AmountError: it is none, or has more than six decimals.
    """
    return _whole(parse_decimal(text).scaleb(_DEC6_PLACES), f"{shown(text)} has more than six decimals.")


def from_dec6(value: int) -> str:
    """Return a number scaled by 10^6 as text, without superfluous zeros."""
    sign, digits = ("-" if value < 0 else ""), str(abs(value)).rjust(_DEC6_PLACES + 1, "0")
    return f"{sign}{digits[:-_DEC6_PLACES]}.{digits[-_DEC6_PLACES:]}".rstrip("0").rstrip(".")


def ppm(text: str) -> int:
    """Read a share and return parts per million: `10 %`, `0.1` and `10` are 100,000; a bare 1 is the whole.

    Raises:
        AmountError: it is none, or finer than a millionth.
    """
    plain = normal(text)
    bare = plain.removesuffix("%").rstrip()
    number = _signed(bare, ".,")
    is_percent = bare != plain or abs(number) > 1
    return _whole(number * (PPM // 100 if is_percent else PPM), f"{shown(text)} is finer than a millionth.")


def _whole(number: Decimal, complaint: str) -> int:
    if number != number.to_integral_value():
        raise AmountError(complaint)
    return int(number)
