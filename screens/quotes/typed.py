"""What is typed to add a line to a quote: `12 pressure 5%`, or `2 Installation = 250` without a product."""

import re
from dataclasses import dataclass
from typing import Final

from sfa.errors import UsageError
from sfa.services.quote_line_text import LineText

_BEFORE: Final = re.compile(r"(\d[\d.,]*)\s*[x×*]?\s+(?=\S)")
_BEHIND: Final = re.compile(r"\s+[x×*]\s*(\d[\d.,]*)$")
_DISCOUNT: Final = re.compile(r"\s+-?(\d+(?:[.,]\d+)?\s*%)$")


@dataclass(frozen=True, slots=True)
class Typed:
    """A line as typed: words to look for, a quantity, and a discount where one is said."""

    words: str
    quantity: str = "1"
    discount: str | None = None


def read_typed(text: str) -> Typed:
    """Return quantity, words and discount: `12 pressure`, `pressure x 12`, `12x PS-1 5%`."""
    rest = " ".join(text.split())
    found = _DISCOUNT.search(rest)
    discount = found[1].replace(" ", "") if found else None
    rest = rest[: found.start()] if found else rest
    if before := _BEFORE.match(rest):
        return Typed(rest[before.end() :], before[1], discount)
    if behind := _BEHIND.search(rest):
        return Typed(rest[: behind.start()], behind[1], discount)
    return Typed(rest, "1", discount)


def free_line(text: str) -> LineText:
    """Return a line without a product: `2 Installation on site = 250`.

    Raises:
        UsageError: it names no price, or nothing that costs it.
    """
    words, sign, price = text.rpartition("=")
    typed = read_typed(words)
    if not sign or not price.strip() or not typed.words:
        raise UsageError("A line without a product needs words and a price.", hint="Such as: 2 Installation = 250")
    return LineText(description=typed.words, quantity=typed.quantity, discount=typed.discount, price=price.strip())
