"""The price of a line: a waterfall of fixed order, every step kept with its source and its reason (domain.md 2.2)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from sfa.domain.figures import DEC6, from_dec6
from sfa.domain.money import Money, Rounding
from sfa.domain.pricing.amounts import PricingError, divide, part_ppm, to_minor
from sfa.domain.pricing.lookup import Policy, PriceChoice, PriceQuery
from sfa.domain.pricing.rules import Chain, Discount, PriceRule, additive_excess, applying
from sfa.domain.pricing.schedules import Schedule, ScheduleKind, Scope, Slice


class Stage(StrEnum):
    """The steps of a price, in their order."""

    LIST = "list"
    CONTRACT = "contract"
    SCHEDULE = "schedule"
    RULE = "rule"
    REPRESENTATIVE = "representative"
    PARTNER = "partner"


_SYSTEM = (Stage.LIST, Stage.CONTRACT, Stage.SCHEDULE, Stage.RULE)


@dataclass(frozen=True, slots=True)
class Step:
    """One step: prices of the base quantity (DEC6) before and after, what made it, and why.

    Attributes:
        is_blended: the line has several prices; this one is their mean, for people, and no amount is computed from it.
        is_below_floor: the price after it is under the floor.
    """

    seq: int
    stage: Stage
    source_id: str
    before_dec6: int
    after_dec6: int
    why: str
    is_blended: bool = False
    is_below_floor: bool = False


@dataclass(frozen=True, slots=True)
class PriceRequest:
    """A line to be priced.

    Attributes:
        choice: its list price and the one that wins.
        schedule: volume discounts of the product, if any.
        counted_dec6: quantity that picks the tier where it is not that of the line: of the quote, or a term.
        rules: promotions that may apply.
        representative: line discounts of the rep; `partner` those of a partner or distributor.
        floor_dec6: lowest permissible unit price.
    """

    query: PriceQuery
    choice: PriceChoice
    schedule: Schedule | None = None
    counted_dec6: int | None = None
    rules: tuple[PriceRule, ...] = ()
    representative: tuple[Discount, ...] = ()
    partner: tuple[Discount, ...] = ()
    floor_dec6: int | None = None
    policy: Policy = Policy.MOST_SPECIFIC
    rounding: Rounding = Rounding.HALF_UP


@dataclass(frozen=True, slots=True)
class PricedLine:
    """A line with its price: `slices` at prices per base quantity, and the one rounded amount.

    Attributes:
        list_minor: what the quantity is worth at the list price.
        amount_minor: what it costs; only this is rounded to minor units.
    """

    currency: str
    quantity_dec6: int
    base_dec6: int
    steps: tuple[Step, ...]
    slices: tuple[Slice, ...]
    list_minor: int
    amount_minor: int
    is_tax_inclusive: bool = False

    @property
    def list_dec6(self) -> int:
        """Return the list price of the base quantity."""
        return self.steps[0].after_dec6

    @property
    def system_dec6(self) -> int:
        """Return the price before anybody's own discounts."""
        return [step for step in self.steps if step.stage in _SYSTEM][-1].after_dec6

    @property
    def net_dec6(self) -> int:
        """Return the net price of the base quantity."""
        return self.steps[-1].after_dec6

    @property
    def is_blended(self) -> bool:
        """Tell whether the net price is only the mean of several."""
        return len(self.slices) > 1

    @property
    def is_below_floor(self) -> bool:
        """Tell whether a step went under the floor: somebody must approve."""
        return any(step.is_below_floor for step in self.steps)

    @property
    def discount_ppm(self) -> int | None:
        """Return the effective discount `1 - P / P_list`, computed from exact prices; None for a list price of 0."""
        worth = sum(part.quantity_dec6 * part.price_dec6 for part in self.slices)
        listed = self.list_dec6 * self.quantity_dec6
        return part_ppm(listed - worth, listed)

    def explain(self) -> tuple[str, ...]:
        """Return the steps as sentences, the amount last."""
        lines = [f"{step.stage}: {_shown(step)} ({step.why})" for step in self.steps]
        per = f" per {from_dec6(self.base_dec6)}" if self.base_dec6 != DEC6 else ""
        terms = [f"{from_dec6(part.quantity_dec6)} x {from_dec6(part.price_dec6)}" for part in self.slices]
        return (*lines, f"{' + '.join(terms)}{per} = {Money(self.amount_minor, self.currency)}")


def _shown(step: Step) -> str:
    after = f"{'about ' if step.is_blended else ''}{from_dec6(step.after_dec6)}"
    words = after if step.stage is Stage.LIST else f"{from_dec6(step.before_dec6)} to {after}"
    return words + (", below the floor price" if step.is_below_floor else "")


class _Walk:
    """The steps so far; prices are of the base quantity of the price that won."""

    def __init__(self, request: PriceRequest) -> None:
        choice = request.choice
        self.base_dec6, self._quantity = choice.winner.base_dec6, request.query.quantity_dec6
        self._floor = request.floor_dec6
        listed = divide(choice.list_price.price_dec6 * self.base_dec6, choice.list_price.base_dec6)
        self.slices: tuple[Slice, ...] = (Slice(self._quantity, listed),)
        self.steps: list[Step] = []
        self.record(Stage.LIST, choice.list_price.source_id, choice.list_price.why, self.slices)

    def blended(self, slices: Sequence[Slice]) -> int:
        """Return the mean price of slices."""
        if len(slices) == 1:
            return slices[0].price_dec6
        return divide(sum(abs(part.quantity_dec6) * part.price_dec6 for part in slices), abs(self._quantity))

    def record(self, stage: Stage, source_id: str, why: str, after: Sequence[Slice]) -> None:
        """Keep a step."""
        floor = None if self._floor is None else divide(self._floor * self.base_dec6, DEC6)
        self.steps.append(
            Step(
                len(self.steps) + 1,
                stage,
                source_id,
                self.blended(self.slices),
                self.blended(after),
                why,
                len(after) > 1,
                floor is not None and min(part.price_dec6 for part in after) < floor,
            )
        )
        self.slices = tuple(after)

    def take(self, stage: Stage, discounts: Sequence[Discount]) -> None:
        """Take discounts off, a step each."""
        group = additive_excess(discounts)
        if group:
            raise PricingError(f"The discounts of “{group}” add up to over 100 %: lower one of them.")
        chain = Chain(self.slices, self.base_dec6)
        for discount in discounts:
            chain.take(discount)
            self.record(stage, discount.id, discount.why, chain.slices)


def price_line(request: PriceRequest) -> PricedLine:
    """Return a line with its price and every step to it.

    Raises:
        PricingError: a quantity of 0, or discounts over 100 %.
    """
    query, choice = request.query, request.choice
    if not query.quantity_dec6:
        raise PricingError(f"{query.product_id}: a quantity of 0 has no price; give one, or remove the line.")
    walk = _Walk(request)
    if choice.winner is not choice.list_price:
        stage = Stage.CONTRACT if choice.winner.is_contract else Stage.LIST
        walk.record(
            stage, choice.winner.source_id, choice.winner.why, (Slice(query.quantity_dec6, choice.winner.price_dec6),)
        )
    if request.schedule:
        _apply_schedule(walk, request.schedule, request)
    walk.take(Stage.RULE, applying(request.rules, query, walk.slices, walk.base_dec6, request.policy))
    walk.take(Stage.REPRESENTATIVE, request.representative)
    walk.take(Stage.PARTNER, request.partner)
    return _line(walk, request)


def _line(walk: _Walk, request: PriceRequest) -> PricedLine:
    query, steps = request.query, tuple(walk.steps)

    def amount(slices: Sequence[Slice]) -> int:
        worth = sum(part.quantity_dec6 * part.price_dec6 for part in slices)
        return to_minor(worth, DEC6 * walk.base_dec6, query.currency, request.rounding)

    return PricedLine(
        query.currency,
        query.quantity_dec6,
        walk.base_dec6,
        steps,
        walk.slices,
        amount([Slice(query.quantity_dec6, steps[0].after_dec6)]),
        amount(walk.slices),
        request.choice.list_price.is_tax_inclusive,
    )


def _apply_schedule(walk: _Walk, schedule: Schedule, request: PriceRequest) -> None:
    quantity, counted = request.query.quantity_dec6, request.counted_dec6
    if counted is not None and schedule.kind is ScheduleKind.SLAB:
        raise PricingError(f"Schedule {schedule.id}: a slab prices the units of its own line; use a range schedule.")
    after = schedule.slices(walk.slices[0].price_dec6, walk.base_dec6, quantity, counted)
    tier = schedule.tier_at(quantity if counted is None else counted)
    if tier is None:
        return
    words = f"{schedule.kind} schedule {schedule.id}, from {from_dec6(tier.lo_qty_dec6)}"
    walk.record(Stage.SCHEDULE, schedule.id, words if counted is None else f"{words} of {from_dec6(counted)}", after)


def price_lines(requests: Sequence[PriceRequest]) -> tuple[PricedLine, ...]:
    """Return the lines of a quote with their prices; schedules over the quote count all lines that use them."""
    counted: dict[str, int] = {}
    for request in requests:
        if request.schedule and request.schedule.scope is Scope.QUOTE:
            counted[request.schedule.id] = counted.get(request.schedule.id, 0) + request.query.quantity_dec6
    return tuple(
        price_line(replace(request, counted_dec6=counted[request.schedule.id]))
        if request.schedule and request.schedule.id in counted
        else price_line(request)
        for request in requests
    )
