"""What is said when schedules and rules are saved: gaps, overlaps, more that costs less, rules that clash."""

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from sfa.domain.figures import DEC6, from_dec6
from sfa.domain.pricing.amounts import PricingError
from sfa.domain.pricing.rules import Condition, PriceRule
from sfa.domain.pricing.schedules import Schedule, Tier


def drops(schedule: Schedule, price_dec6: int) -> list[Tier]:
    """Return the tiers at which more costs less: `total(lo) < total(lo - 1)`, a warning when a schedule is saved.

    Args:
        schedule: what is checked.
        price_dec6: a unit price to check it with.
    """
    step = schedule.unit_dec6 or 1

    def total(quantity_dec6: int) -> int:
        parts = schedule.slices(price_dec6, DEC6, quantity_dec6)
        return sum(part.quantity_dec6 * part.price_dec6 for part in parts)

    return [
        tier
        for tier in schedule.tiers
        if tier.lo_qty_dec6 >= step and total(tier.lo_qty_dec6) < total(tier.lo_qty_dec6 - step)
    ]


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


def clashes(rules: Sequence[PriceRule]) -> Iterator[tuple[PriceRule, PriceRule]]:
    """Yield pairs of rules that stand alone, with one priority, and can apply together."""
    alone = [rule for rule in rules if not rule.is_stackable]
    for one, other in combinations(alone, 2):
        if (
            one.priority == other.priority
            and _overlap_in_time(one, other)
            and _can_meet(one.condition, other.condition)
        ):
            yield one, other


def _overlap_in_time(one: PriceRule, other: PriceRule) -> bool:
    return (one.valid_to is None or other.valid_from is None or other.valid_from < one.valid_to) and (
        other.valid_to is None or one.valid_from is None or one.valid_from < other.valid_to
    )


def _can_meet(one: Condition, other: Condition) -> bool:
    """What a line has one of - its product, its channel, its quantity - cannot meet two different demands."""
    return (
        not (one.products and other.products and one.products.isdisjoint(other.products))
        and not (one.channels and other.channels and one.channels.isdisjoint(other.channels))
        and (one.max_qty_dec6 is None or other.min_qty_dec6 <= one.max_qty_dec6)
        and (other.max_qty_dec6 is None or one.min_qty_dec6 <= other.max_qty_dec6)
    )
