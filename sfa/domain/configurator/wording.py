"""A configuration in the words of shell and screens."""

from collections.abc import Collection, Sequence

from sfa.domain.configurator.advice import rules_out, why_not
from sfa.domain.configurator.compiling import Compiled
from sfa.domain.configurator.configuration import Choice, Configuration, Prices, Wanted
from sfa.domain.configurator.model import Group, PriceMode
from sfa.domain.figures import from_dec6

MARKS = {"auto": "comes along", "default": "by default"}
"""Beside a part that the user did not choose."""
NAMED = 3
"""The most options named that a choice rules out."""


def total_words(made: Configuration) -> str:
    """Return what all parts cost, and how many have no price."""
    total = " + ".join(str(amount) for amount in made.totals) or "no prices"
    parts = "1 part has" if made.unpriced == 1 else f"{made.unpriced} parts have"
    return f"Total {total}" + (f", {parts} no price in the book" if made.unpriced and made.totals else "")


def range_words(choice: Choice) -> str:
    """Return the quantities that an option may still have: `0–2, 5`; `no` where it can be none."""
    if not choice.can_be_chosen:
        return "no"
    words = ", ".join(str(low) if low == high else f"{low}–{high}" for low, high in choice.ranges)
    return words if choice.is_proven else f"{words} (perhaps)"


def bounds_words(group: Group) -> str:
    """Return how many options of a group are chosen: `1 to 2`; "" where any number is."""
    if group.most is None:
        return f"at least {group.least}" if group.least else ""
    return str(group.least) if group.least == group.most else f"{group.least} to {group.most}"


def mark(choice: Choice, exchanged: Collection[str]) -> str:
    """Return the sign of an option: chosen, possible, impossible."""
    can_be = choice.can_be_chosen or choice.option in exchanged
    return "●" if choice.quantity else "○" if can_be else "×"


def price_words(compiled: Compiled, choice: Choice, prices: Prices) -> str:
    """Return what the usual quantity of an option costs, "" where that is not known."""
    option = compiled.model.options[compiled.model.at[choice.option]]
    if option.mode is PriceMode.INCLUDED:
        return "included"
    if option.mode is PriceMode.FIXED:
        return f"{from_dec6(option.price_dec6)} {compiled.model.currency}"
    found = prices([Wanted(option.product, option.usual)])[0] if option.product else None
    return str(found.net) if found else ""


def consequence(compiled: Compiled, made: Configuration, choice: Choice, exchanged: Collection[str]) -> str:
    """Return what an option that is not chosen would rule out, or why it cannot be had; "" where there is nothing to say."""
    if choice.can_be_chosen or choice.option in exchanged:
        lost = [] if choice.quantity else rules_out(compiled, made.choices, choice.option, made.remaining)
        return f"rules out {_few(lost)}" if lost else ""
    return why_not(compiled, made.choices, choice.option)


def _few(names: Sequence[str]) -> str:
    more = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" and {more} more" if more > 0 else "")
