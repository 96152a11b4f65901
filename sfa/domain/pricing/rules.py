"""Promotions and price rules: which apply, in which order, and what each takes off (domain.md 2.2, 2.3)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from typing import TypeVar

from sfa.domain.figures import PPM, from_dec6
from sfa.domain.pricing.amounts import Effect, check_value, is_valid, reduced
from sfa.domain.pricing.lookup import Policy, PriceQuery
from sfa.domain.pricing.schedules import Slice

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Discount:
    """One thing taken off a unit price; percentages of one additive group are all of the price before the group.

    Attributes:
        value: ppm for a percentage, DEC6 per unit for an amount off or a new price.
        why: what it is, in words; made once, for it is told with every price.
    """

    id: str
    effect: Effect
    value: int
    reason: str = ""
    additive_group: str = ""
    why: str = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        check_value(self.effect, self.value, f"Discount {self.id}")
        object.__setattr__(self, "why", f"{self.reason or self.id}: {self._words()}")

    def _words(self) -> str:
        if self.effect is Effect.PERCENT:
            return f"{from_dec6(self.value * 100)} % off"
        return f"{from_dec6(self.value)} {'off' if self.effect is Effect.AMOUNT else 'fixed'} per unit"


@dataclass(frozen=True, slots=True)
class Condition:
    """When a rule applies; an empty set asks for nothing. Quantities are DEC6, both inclusive."""

    products: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    accounts: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    channels: frozenset[str] = frozenset()
    min_qty_dec6: int = 0
    max_qty_dec6: int | None = None

    def holds(self, query: PriceQuery) -> bool:
        """Tell whether it is met; a rule for an account is one for its children too."""
        if self.products and query.product_id not in self.products:
            return False  # first, as most rules are for a few products
        quantity = abs(query.quantity_dec6)
        return (
            self.min_qty_dec6 <= quantity
            and (self.max_qty_dec6 is None or quantity <= self.max_qty_dec6)
            and (not self.categories or not self.categories.isdisjoint(query.categories))
            and (not self.accounts or not self.accounts.isdisjoint(query.accounts))
            and (not self.groups or not self.groups.isdisjoint(query.groups))
            and (not self.channels or query.channel in self.channels)
        )


@dataclass(frozen=True, slots=True)
class PriceRule:
    """A promotion: the higher its priority number, the sooner it wins and the later it is taken off.

    Attributes:
        is_stackable: False for one that stands alone: where it applies no other rule does.
        exclusive_group: of the rules that share one, only one applies.
    """

    discount: Discount
    priority: int = 0
    condition: Condition = Condition()
    is_stackable: bool = True
    exclusive_group: str = ""
    valid_from: date | None = None
    valid_to: date | None = None

    @property
    def id(self) -> str:
        """Return what steps name as their source."""
        return self.discount.id


class Chain:
    """Prices as discounts are taken off one after the other; percentages of one additive group count together."""

    def __init__(self, slices: Sequence[Slice], base_dec6: int) -> None:
        """Begin with slices priced per base quantity."""
        self.slices, self._base_dec6 = tuple(slices), base_dec6
        self._group, self._group_ppm, self._before_group = "", 0, self.slices

    def after(self, discount: Discount) -> tuple[Slice, ...]:
        """Return the prices with a discount taken off: of a group, `P = P0 (1 - sum)` (domain.md 2.2)."""
        effect, value, before = discount.effect, discount.value, self.slices
        if effect is Effect.PERCENT and discount.additive_group == self._group != "":
            value, before = min(PPM, self._group_ppm + value), self._before_group
        base = self._base_dec6
        return tuple([Slice(part.quantity_dec6, reduced(part.price_dec6, base, effect, value)) for part in before])

    def take(self, discount: Discount) -> None:
        """Take a discount off."""
        after = self.after(discount)
        group = discount.additive_group if discount.effect is Effect.PERCENT else ""
        if group != self._group:
            self._group, self._group_ppm, self._before_group = group, 0, self.slices
        self._group_ppm += discount.value
        self.slices = after

    def worth(self, slices: Sequence[Slice]) -> int:
        """Return what slices are worth, to compare: by size, so that a return chooses as its sale does."""
        return sum(abs(part.quantity_dec6) * part.price_dec6 for part in slices)


def applying(
    rules: Iterable[PriceRule], query: PriceQuery, slices: Sequence[Slice], base_dec6: int, policy: Policy
) -> tuple[Discount, ...]:
    """Return the discounts of the rules that apply, in the order they are taken off.

    Args:
        rules: all there are, in any order.
        query: what is priced.
        slices: prices after the schedule.
        base_dec6: their base quantity.
        policy: with `best_price`, a rule that stands alone applies only where the others would not give less.
    """
    met = [rule for rule in rules if rule.condition.holds(query) and is_valid(rule.valid_from, rule.valid_to, query.on)]
    if len(met) <= 1:
        return tuple([rule.discount for rule in met])
    alone = sorted([rule for rule in met if not rule.is_stackable], key=lambda rule: (-rule.priority, rule.id))
    stacked = _stack([rule for rule in met if rule.is_stackable], slices, base_dec6)
    if policy is Policy.MOST_SPECIFIC or not alone:
        return (alone[0].discount,) if alone else stacked
    options = [*((rule.discount,) for rule in alone), stacked]
    return min(options, key=lambda option: _worth_after(option, slices, base_dec6))


def _worth_after(discounts: Sequence[Discount], slices: Sequence[Slice], base_dec6: int) -> int:
    chain = Chain(slices, base_dec6)
    for discount in discounts:
        chain.take(discount)
    return chain.worth(chain.slices)


def _stack(rules: Sequence[PriceRule], slices: Sequence[Slice], base_dec6: int) -> tuple[Discount, ...]:
    """By ascending priority; of an exclusive group the highest priority, else the largest discount, else the lowest id."""
    top: dict[str, int] = {}
    for rule in rules:
        top[rule.exclusive_group] = max(rule.priority, top.get(rule.exclusive_group, rule.priority))
    ordered = sorted(
        [rule for rule in rules if not rule.exclusive_group or rule.priority == top[rule.exclusive_group]],
        key=lambda rule: (rule.priority, rule.id),
    )
    left = together(ordered, [rule.discount.additive_group for rule in ordered])
    if not top.keys() - {""}:
        return tuple([rule.discount for rule in left])
    chain, taken, settled = Chain(slices, base_dec6), [], set[str]()
    for rule in left:
        best = rule
        if rule.exclusive_group:
            if rule.exclusive_group in settled:
                continue
            settled.add(rule.exclusive_group)
            rivals = [other for other in left if other.exclusive_group == rule.exclusive_group]
            best = min(rivals, key=lambda other: (chain.worth(chain.after(other.discount)), other.id))
        chain.take(best.discount)
        taken.append(best.discount)
    return tuple(taken)


def together(found: Sequence[Found], groups: Sequence[str]) -> list[Found]:
    """Return things in their order, but those of one additive group together, where the first of them stands."""
    if not any(groups):
        return list(found)
    first: dict[str, int] = {}
    places = [first.setdefault(group, place) if group else place for place, group in enumerate(groups)]
    return [found[place] for place in sorted(range(len(found)), key=lambda place: (places[place], place))]


def additive_excess(discounts: Iterable[Discount]) -> str | None:
    """Return the additive group whose percentages add up to over 100 %, None where none does."""
    sums: dict[str, int] = {}
    for discount in discounts:
        if discount.additive_group and discount.effect is Effect.PERCENT:
            sums[discount.additive_group] = sums.get(discount.additive_group, 0) + discount.value
    return next((group for group, total in sums.items() if total > PPM), None)


def clashes(rules: Sequence[PriceRule]) -> list[tuple[PriceRule, PriceRule]]:
    """Return pairs of rules that stand alone, with one priority, and can apply together."""
    alone = [rule for rule in rules if not rule.is_stackable]
    return [
        (one, other)
        for one, other in combinations(alone, 2)
        if one.priority == other.priority and _overlap_in_time(one, other) and _can_meet(one.condition, other.condition)
    ]


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
