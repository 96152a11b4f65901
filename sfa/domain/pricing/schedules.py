"""Quantity schedules: what more of a product does to its price (domain.md 2.4)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from sfa.domain.figures import DEC6, from_dec6
from sfa.domain.pricing.amounts import Effect, PricingError, check_value, divide, reduced


class ScheduleKind(StrEnum):
    """Range: the tier of the whole quantity prices all units. Slab: each unit is priced in its own tier."""

    RANGE = "range"
    SLAB = "slab"


class Scope(StrEnum):
    """Whose quantity counts: that of the line, or of all lines of its group or of the quote that use the schedule."""

    LINE = "line"
    GROUP = "group"
    QUOTE = "quote"


class Measure(StrEnum):
    """What the tiers count: the quantity, or the periods of the term."""

    QUANTITY = "quantity"
    TERM = "term"


@dataclass(frozen=True, slots=True)
class Tier:
    """From this quantity on (DEC6, inclusive) this value counts, up to the next tier."""

    lo_qty_dec6: int
    value: int


class Slice(NamedTuple):
    """A quantity (DEC6, signed) at one price per base quantity (DEC6)."""

    quantity_dec6: int
    price_dec6: int


@dataclass(frozen=True, slots=True)
class Schedule:
    """Tiers of a product, each stated once by its lower bound, so that there are no gaps or overlaps.

    Attributes:
        unit_dec6: the smallest quantity sold, DEC6: a tier from the 6th piece on begins after 5 pieces. 0 for what is
            measured, where a tier from 6 kg on begins at 6 kg. Only slabs depend on it.
        measure: a schedule of terms prices the whole term of its line.

    Raises:
        PricingError: tiers that do not rise, a discount over 100 %, a slab or a term over several lines.
    """

    id: str
    kind: ScheduleKind
    effect: Effect
    tiers: tuple[Tier, ...]
    scope: Scope = Scope.LINE
    unit_dec6: int = DEC6
    measure: Measure = Measure.QUANTITY

    def __post_init__(self) -> None:
        if not self.tiers:
            raise PricingError(f"Schedule {self.id} has no tiers: give at least one.")
        for before, after in pairwise(self.tiers):
            if after.lo_qty_dec6 <= before.lo_qty_dec6:
                raise PricingError(
                    f"Schedule {self.id}: the tier from {from_dec6(after.lo_qty_dec6)} overlaps the one from"
                    f" {from_dec6(before.lo_qty_dec6)}; state each lower bound once, in rising order."
                )
        if self.tiers[0].lo_qty_dec6 < 0:
            raise PricingError(f"Schedule {self.id}: a tier cannot begin below 0.")
        for tier in self.tiers:
            check_value(self.effect, tier.value, f"Schedule {self.id}, tier from {from_dec6(tier.lo_qty_dec6)}")
        if self.kind is ScheduleKind.SLAB and self.scope is not Scope.LINE:
            raise PricingError(f"Schedule {self.id}: only a range schedule can count the quantity of several lines.")
        if self.measure is Measure.TERM and self.scope is not Scope.LINE:
            raise PricingError(f"Schedule {self.id}: a term is that of one line; use the scope line.")

    def tier_at(self, quantity_dec6: int) -> Tier | None:
        """Return the tier that a quantity reaches; a return is priced as its sale."""
        size, found = abs(quantity_dec6), None
        for tier in self.tiers:
            if tier.lo_qty_dec6 > size:
                break
            found = tier
        return found

    def next_tier(self, quantity_dec6: int) -> Tier | None:
        """Return the tier that comes next, for "9 more and each costs less"."""
        return next((tier for tier in self.tiers if tier.lo_qty_dec6 > abs(quantity_dec6)), None)

    def slices(
        self, price_dec6: int, base_dec6: int, quantity_dec6: int, counted_dec6: int | None = None
    ) -> list[Slice]:
        """Return the quantity parted by price.

        Args:
            price_dec6: price of the base quantity before the schedule.
            base_dec6: the base quantity.
            quantity_dec6: what is priced; negative for a return.
            counted_dec6: what picks the tier of a range where it is another quantity: that of the quote, or a term.
        """
        if self.kind is ScheduleKind.RANGE:
            tier = self.tier_at(quantity_dec6 if counted_dec6 is None else counted_dec6)
            return [Slice(quantity_dec6, self._price(tier, price_dec6, base_dec6))]
        sign = -1 if quantity_dec6 < 0 else 1
        return [
            Slice(sign * size, self._price(tier, price_dec6, base_dec6))
            for size, tier in self._parts(abs(quantity_dec6))
        ] or [Slice(quantity_dec6, price_dec6)]

    def _price(self, tier: Tier | None, price_dec6: int, base_dec6: int) -> int:
        return reduced(price_dec6, base_dec6, self.effect, tier.value) if tier else price_dec6

    def _parts(self, quantity_dec6: int) -> Iterator[tuple[int, Tier | None]]:
        """Only tiers that the quantity reaches take part, so a slab never undercuts its range."""
        start, current = 0, None
        for tier in self.tiers:
            if tier.lo_qty_dec6 > quantity_dec6:
                break
            bound = max(0, tier.lo_qty_dec6 - self.unit_dec6)
            if bound > start:
                yield bound - start, current
                start = bound
            current = tier
        if quantity_dec6 > start:
            yield quantity_dec6 - start, current


def slices_total(slices: Sequence[Slice], base_dec6: int) -> int:
    """Return the unrounded worth of slices in millionths of a millionth of a major unit, rounded to whole ones."""
    return divide(sum(part.quantity_dec6 * part.price_dec6 for part in slices) * DEC6, base_dec6)


def drops(schedule: Schedule, price_dec6: int) -> list[Tier]:
    """Return the tiers at which more costs less: `total(lo) < total(lo - 1)`, a warning when a schedule is saved.

    Args:
        schedule: what is checked.
        price_dec6: a unit price to check it with.
    """
    step = schedule.unit_dec6 or 1

    def total(quantity_dec6: int) -> int:
        return slices_total(schedule.slices(price_dec6, DEC6, quantity_dec6), DEC6)

    return [
        tier
        for tier in schedule.tiers
        if tier.lo_qty_dec6 >= step and total(tier.lo_qty_dec6) < total(tier.lo_qty_dec6 - step)
    ]
