"""Bundles of a fixed price, and what comes back in parts: amounts that always add up to the whole."""

from collections.abc import Sequence

from sfa.domain.figures import from_dec6
from sfa.domain.money import Rounding
from sfa.domain.pricing.amounts import PricingError, spread, telescope


def bundle_amounts(price_minor: int, list_minors: Sequence[int]) -> list[int]:
    """Return what each component of a bundle is worth, for revenue, tax and commission (domain.md 2.6, P12).

    Args:
        price_minor: the fixed price of the bundle, in minor units.
        list_minors: list amounts of its components, quantities included; one of 0 is given away.

    Raises:
        PricingError: no component has a list price, or one has a negative one.
    """
    if min(list_minors, default=0) < 0 < max(list_minors, default=0):
        raise PricingError("The components of a bundle are all sold or all returned, never both.")
    if not any(list_minors):
        raise PricingError("A bundle of a fixed price needs a component with a list price: by it the price is divided.")
    return spread(price_minor, list_minors)


def returned_minor(
    line_minor: int, quantity_dec6: int, before_dec6: int, now_dec6: int, mode: Rounding = Rounding.HALF_UP
) -> int:
    """Return what a return is worth, negative for a sale; all of them add up to the line (domain.md 0.4, P14).

    Args:
        line_minor: net of the line that was sold.
        quantity_dec6: its quantity.
        before_dec6: how much of it has come back already.
        now_dec6: how much comes back now.
        mode: rounding of the running amounts.

    Raises:
        PricingError: nothing comes back, or more than was sold.
    """
    if now_dec6 <= 0 or before_dec6 < 0:
        raise PricingError("A return has a positive quantity.")
    if before_dec6 + now_dec6 > quantity_dec6:
        left = from_dec6(max(0, quantity_dec6 - before_dec6))
        raise PricingError(
            f"{from_dec6(now_dec6)} cannot come back: of {from_dec6(quantity_dec6)} sold, {left} are left."
        )
    return -telescope(line_minor, quantity_dec6, (before_dec6, now_dec6), mode)[1]
