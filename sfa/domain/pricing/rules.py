"""Promotions and price rules: which apply, in which order, and what each takes off (domain.md 2.2, 2.3)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from sfa.domain.figures import PPM, from_dec6
from sfa.domain.pricing.amounts import Effect, check_value, is_valid, reduced, share
from sfa.domain.pricing.lookup import Policy, PriceQuery
from sfa.domain.pricing.schedules import Slice


@dataclass(frozen=True, slots=True)
class Discount:
    """One thing taken off a unit price; percentages of one additive group are all of the price before the group.

    Attributes:
        value: ppm for a percentage, DEC6 per unit for an amount off or a new price.
    """

    id: str
    effect: Effect
    value: int
    reason: str = ""
    additive_group: str = ""

    def __post_init__(self) -> None:
        check_value(self.effect, self.value, f"Discount {self.id}")

    @property
    def why(self) -> str:
        """Return what it is, in words."""
        if self.effect is Effect.PERCENT:
            words = f"{from_dec6(self.value * 100)} % off"
        else:
            words = f"{from_dec6(self.value)} {'off' if self.effect is Effect.AMOUNT else 'fixed'} per unit"
        return f"{self.reason or self.id}: {words}"


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
        asked = (
            (self.products, (query.product_id,)),
            (self.categories, query.categories),
            (self.accounts, query.accounts),
            (self.groups, query.groups),
            (self.channels, (query.channel or "",)),
        )
        quantity = abs(query.quantity_dec6)
        return (
            all(not wanted or not wanted.isdisjoint(found) for wanted, found in asked)
            and self.min_qty_dec6 <= quantity
            and (self.max_qty_dec6 is None or quantity <= self.max_qty_dec6)
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
    """Prices as discounts are taken off one after the other."""

    def __init__(self, slices: Sequence[Slice], base_dec6: int) -> None:
        """Begin with slices priced per base quantity."""
        self.slices, self._base_dec6 = tuple(slices), base_dec6
        self._before_group: dict[str, tuple[Slice, ...]] = {}

    def after(self, discount: Discount) -> tuple[Slice, ...]:
        """Return the prices with a discount taken off."""
        is_additive = discount.additive_group and discount.effect is Effect.PERCENT
        if not is_additive:
            return tuple(
                Slice(part.quantity_dec6, reduced(part.price_dec6, self._base_dec6, discount.effect, discount.value))
                for part in self.slices
            )
        first = self._before_group.get(discount.additive_group, self.slices)
        return tuple(
            Slice(part.quantity_dec6, max(0, part.price_dec6 - share(whole.price_dec6, discount.value)))
            for part, whole in zip(self.slices, first, strict=True)
        )

    def take(self, discount: Discount) -> None:
        """Take a discount off."""
        after = self.after(discount)
        if discount.additive_group:
            self._before_group.setdefault(discount.additive_group, self.slices)
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
    met = [rule for rule in rules if is_valid(rule.valid_from, rule.valid_to, query.on) and rule.condition.holds(query)]
    alone = sorted((rule for rule in met if not rule.is_stackable), key=lambda rule: (-rule.priority, rule.id))
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
    left = sorted(
        (rule for rule in rules if not rule.exclusive_group or rule.priority == top[rule.exclusive_group]),
        key=lambda rule: (rule.priority, rule.id),
    )
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


def clashes(rules: Sequence[PriceRule]) -> list[tuple[PriceRule, PriceRule]]:
    """Return pairs of rules that stand alone with one priority and one time: reported when they are saved."""
    alone = [rule for rule in rules if not rule.is_stackable]
    return [
        (one, other)
        for one, other in combinations(alone, 2)
        if one.priority == other.priority
        and (one.valid_to is None or other.valid_from is None or other.valid_from < one.valid_to)
        and (other.valid_to is None or one.valid_from is None or one.valid_from < other.valid_to)
    ]


def additive_excess(discounts: Iterable[Discount]) -> str | None:
    """Return the additive group whose percentages add up to over 100 %, None where none does."""
    sums: dict[str, int] = {}
    for discount in discounts:
        if discount.additive_group and discount.effect is Effect.PERCENT:
            sums[discount.additive_group] = sums.get(discount.additive_group, 0) + discount.value
    return next((group for group, total in sums.items() if total > PPM), None)
