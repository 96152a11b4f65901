"""The price of a line: a waterfall of fixed order, every step kept with its source and its reason (domain.md 2.2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from sfa.domain.figures import DEC6, from_dec6
from sfa.domain.money import Money, Rounding
from sfa.domain.pricing.amounts import Effect, PricingError, divide, part_ppm, telescope, to_minor
from sfa.domain.pricing.lookup import Policy, PriceChoice, PriceQuery
from sfa.domain.pricing.rules import Chain, Discount, PriceRule, additive_excess, applying, together
from sfa.domain.pricing.schedules import Measure, Schedule, ScheduleKind, Scope, Slice


class Stage(StrEnum):
    """The steps of a price, in their order."""

    LIST = "list"
    CONTRACT = "contract"
    SCHEDULE = "schedule"
    RULE = "rule"
    REPRESENTATIVE = "representative"
    PARTNER = "partner"


_SYSTEM = (Stage.LIST, Stage.CONTRACT, Stage.SCHEDULE, Stage.RULE)


class Step(NamedTuple):
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
        counted_dec6: quantity that picks the tier of a range where it is not that of the line.
        rules: promotions that may apply.
        representative: line discounts of the rep; `partner` those of a partner or distributor.
        floor_dec6: lowest permissible unit price.
        group: the lines whose quantities a schedule of scope `group` adds up.
        is_counted: whether its quantity counts for other lines; one that is only offered sees theirs.
        term_dec6: how many whole periods it runs; a schedule of terms prices all of them.
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
    group: str = ""
    is_counted: bool = True
    term_dec6: int | None = None


@dataclass(frozen=True, slots=True)
class PricedLine:
    """A line with its price: `slices` at prices per base quantity, and the one rounded amount.

    Attributes:
        is_whole_term: its slices and amounts are of all periods together, priced by a schedule of terms; in a document
            it recurs no more.
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
    is_whole_term: bool = False

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
        listed = self.list_dec6 * sum(part.quantity_dec6 for part in self.slices)
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
        self.base_dec6, self.quantity_dec6 = choice.winner.base_dec6, _priced_quantity(request)
        floor, listed = request.floor_dec6, choice.list_price.price_dec6
        self._floor = None if floor is None else divide(floor * self.base_dec6, DEC6)
        if choice.list_price.base_dec6 != self.base_dec6:
            listed = divide(listed * self.base_dec6, choice.list_price.base_dec6)
        self.slices: tuple[Slice, ...] = (Slice(self.quantity_dec6, listed),)
        self.steps: list[Step] = []
        self._before = listed
        self.record(Stage.LIST, choice.list_price.source_id, choice.list_price.why, self.slices)

    def record(self, stage: Stage, source_id: str, why: str, after: tuple[Slice, ...]) -> None:
        """Keep a step; of several prices it shows the mean."""
        mean = lowest = after[0].price_dec6
        if len(after) > 1:
            lowest = min(part.price_dec6 for part in after)
            worth = sum(abs(part.quantity_dec6) * part.price_dec6 for part in after)
            mean = divide(worth, abs(self.quantity_dec6))
        is_below = self._floor is not None and lowest < self._floor
        step = Step(len(self.steps) + 1, stage, source_id, self._before, mean, why, len(after) > 1, is_below)
        self.steps.append(step)
        self.slices, self._before = after, mean

    def take(self, stage: Stage, discounts: Sequence[Discount]) -> None:
        """Take discounts off, a step each."""
        if not discounts:
            return
        groups = [discount.additive_group for discount in discounts]
        if any(groups):
            group = additive_excess(discounts)
            if group:
                raise PricingError(f"The discounts of “{group}” add up to over 100 %: lower one of them.")
            discounts = together(discounts, groups)
        chain = Chain(self.slices, self.base_dec6)
        for discount in discounts:
            if discount.effect is Effect.AMOUNT and stage is not Stage.RULE:
                self._check_amount(discount)
            chain.take(discount)
            self.record(stage, discount.id, discount.why, chain.slices)

    def _check_amount(self, discount: Discount) -> None:
        """A promotion goes down to 0; what somebody typed and takes more than there is was a mistake."""
        lowest = min(part.price_dec6 for part in self.slices)
        if discount.value * self.base_dec6 > lowest * DEC6:
            left = from_dec6(divide(lowest * DEC6, self.base_dec6))
            raise PricingError(f"{discount.why} takes more than the price, {left}: that is over 100 %; lower it.")


def _priced_quantity(request: PriceRequest) -> int:
    """Return what a line is priced for: its quantity, or with a schedule of terms that of all its periods."""
    quantity, schedule = request.query.quantity_dec6, request.schedule
    if not quantity:
        raise PricingError(f"{request.query.product_id}: a quantity of 0 has no price; give one, or remove the line.")
    if schedule is None or schedule.measure is Measure.QUANTITY:
        return quantity
    if not request.term_dec6 or request.term_dec6 < 0 or request.term_dec6 % DEC6:
        raise PricingError(f"Schedule {schedule.id} counts periods: give the line a term of whole ones.")
    return quantity * (request.term_dec6 // DEC6)


def price_line(request: PriceRequest, counted_dec6: int | None = None) -> PricedLine:
    """Return a line with its price and every step to it.

    Args:
        request: the line.
        counted_dec6: what a schedule over several lines counts, instead of that of the request.

    Raises:
        PricingError: a quantity of 0, discounts over 100 %, or a schedule of terms without a term.
    """
    choice, walk = request.choice, _Walk(request)
    winner = choice.winner
    if winner is not choice.list_price:
        stage = Stage.CONTRACT if winner.is_contract else Stage.LIST
        walk.record(stage, winner.source_id, winner.why, (Slice(walk.quantity_dec6, winner.price_dec6),))
    if request.schedule:
        counted = request.counted_dec6 if counted_dec6 is None else counted_dec6
        _apply_schedule(walk, request.schedule, request, counted)
    walk.take(Stage.RULE, applying(request.rules, request.query, walk.slices, walk.base_dec6, request.policy))
    walk.take(Stage.REPRESENTATIVE, request.representative)
    walk.take(Stage.PARTNER, request.partner)
    return _line(walk, request)


def _line(walk: _Walk, request: PriceRequest) -> PricedLine:
    query, steps, unit = request.query, tuple(walk.steps), DEC6 * walk.base_dec6
    worth = sum([part.quantity_dec6 * part.price_dec6 for part in walk.slices])
    return PricedLine(
        query.currency,
        query.quantity_dec6,
        walk.base_dec6,
        steps,
        walk.slices,
        to_minor(walk.quantity_dec6 * steps[0].after_dec6, unit, query.currency, request.rounding),
        to_minor(worth, unit, query.currency, request.rounding),
        request.choice.list_price.is_tax_inclusive,
        walk.quantity_dec6 != query.quantity_dec6,
    )


def _apply_schedule(walk: _Walk, schedule: Schedule, request: PriceRequest, counted: int | None) -> None:
    quantity = request.query.quantity_dec6
    if counted is not None and schedule.kind is ScheduleKind.SLAB:
        raise PricingError(f"Schedule {schedule.id}: a slab prices the units of its own line; use a range schedule.")
    is_term = schedule.measure is Measure.TERM
    reached = (request.term_dec6 or 0) if is_term else quantity if counted is None else counted
    tier = schedule.tier_at(reached)
    if tier is None:
        return
    words = _tier_words(schedule.kind, schedule.id, tier.lo_qty_dec6)
    if is_term or counted is not None:
        words += f" of {from_dec6(reached)}{' periods' if is_term else ''}"
    priced = reached if is_term else quantity
    after = schedule.slices(walk.slices[0].price_dec6, walk.base_dec6, priced, counted)
    if is_term:
        parts = telescope(walk.quantity_dec6, reached, [part.quantity_dec6 for part in after])
        after = [Slice(part, one.price_dec6) for part, one in zip(parts, after, strict=True)]
    walk.record(Stage.SCHEDULE, schedule.id, words, tuple(after))


@lru_cache(maxsize=4096)
def _tier_words(kind: ScheduleKind, schedule_id: str, lo_qty_dec6: int) -> str:
    """The lines of a quote, and each repricing of it, ask for the same few sentences."""
    return f"{kind.value} schedule {schedule_id}, from {from_dec6(lo_qty_dec6)}"


def price_lines(requests: Sequence[PriceRequest]) -> tuple[PricedLine, ...]:
    """Return the lines of a quote with their prices; schedules over several lines count all that use them."""
    return tuple(map(price_line, requests, counted_quantities(requests)))


def counted_quantities(requests: Sequence[PriceRequest]) -> list[int | None]:
    """Return what counts for each line where its schedule adds up several, None for its own quantity."""
    sums: dict[tuple[str, ...], int] = {}
    keys = [counted_with(request) for request in requests]
    for key, request in zip(keys, requests, strict=True):
        if key and request.is_counted:
            sums[key] = sums.get(key, 0) + request.query.quantity_dec6
    return [
        sums.get(key, 0) + (0 if request.is_counted else request.query.quantity_dec6) if key else None
        for key, request in zip(keys, requests, strict=True)
    ]


def counted_with(request: PriceRequest) -> tuple[str, ...]:
    """Return what the lines share whose quantities are added up; nothing where a line stands alone."""
    schedule = request.schedule
    if schedule is None or schedule.scope is Scope.LINE:
        return ()
    return (schedule.id, request.group) if schedule.scope is Scope.GROUP else (schedule.id,)
