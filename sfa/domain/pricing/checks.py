"""What is said when schedules and rules are saved: gaps, overlaps, more that costs less, rules that clash."""

from collections.abc import Sequence
from itertools import pairwise

from sfa.domain.figures import DEC6, from_dec6
from sfa.domain.pricing.amounts import PricingError
from sfa.domain.pricing.rules import PriceRule, clashes
from sfa.domain.pricing.schedules import Schedule, Tier, drops


def tiers_of(
    rows: Sequence[tuple[int, int | None, int]], unit_dec6: int = DEC6, place: str = "tiers"
) -> tuple[Tier, ...]:
    """Return tiers that were stated with both bounds, as in a table: 1 to 9, 10 to 19, from 20 on.

    Args:
        rows: lower bound, upper bound (inclusive; None for no end, or for "up to the next") and value of each.
        unit_dec6: the smallest quantity sold, which parts an upper bound from the next lower one; 0 for what is
            measured, where both are the same.
        place: what an error calls the list.

    Raises:
        PricingError: two overlap, or a gap is left between them.
    """
    for index, (lo, hi, _) in enumerate(rows):
        if hi is not None and hi < lo:
            raise PricingError(f"{place}[{index}]: it ends at {from_dec6(hi)}, before it begins at {from_dec6(lo)}.")
    for index, ((before, hi, _), (lo, _, _)) in enumerate(pairwise(rows), start=1):
        if lo <= before or (hi is not None and lo < hi + unit_dec6):
            end = "" if hi is None else f" to {from_dec6(hi)}"
            raise PricingError(
                f"{place}[{index}]: the tier from {from_dec6(lo)} overlaps the one from {from_dec6(before)}{end};"
                " state rising bounds, each quantity once."
            )
        if hi is not None and lo > hi + unit_dec6:
            raise PricingError(
                f"{place}[{index}]: there is a gap between {from_dec6(hi)} and {from_dec6(lo)}: which price has what"
                f" lies between? Begin this tier at {from_dec6(hi + unit_dec6)}."
            )
    return tuple(Tier(lo, value) for lo, _, value in rows)


def schedule_warnings(schedule: Schedule, price_dec6: int) -> list[str]:
    """Return what is odd about a schedule and still allowed: tiers at which more costs less.

    Args:
        schedule: what is saved.
        price_dec6: a unit price to check it with.
    """
    return [
        f"Schedule {schedule.id}: {from_dec6(tier.lo_qty_dec6)} cost less in all than"
        f" {from_dec6(tier.lo_qty_dec6 - (schedule.unit_dec6 or 1))}; the type slab avoids that."
        for tier in drops(schedule, price_dec6)
    ]


def rule_warnings(rules: Sequence[PriceRule]) -> list[str]:
    """Return which rules contradict each other, as sentences for whoever saves them."""
    return [
        f"Rules {one.id} and {other.id} both stand alone with priority {one.priority}: where both apply, {min(one.id, other.id)}"
        " would win by its name alone; give them different priorities."
        for one, other in clashes(rules)
    ]
