"""One configuration: its parts with prices, what it breaks, what is left to choose (domain.md 2.8)."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sfa.domain.configurator.answers import Left, remaining
from sfa.domain.configurator.compiling import Compiled
from sfa.domain.configurator.model import LARGEST, Model, PriceMode
from sfa.domain.configurator.repairs import Change, Repair, Violation, violations
from sfa.domain.configurator.settling import Settled, Source, by_place, settle
from sfa.domain.figures import DEC6
from sfa.domain.money import Money, Rounding
from sfa.domain.pricing.amounts import line_amount


class ChoiceError(ValueError):
    """A choice that the bundle does not know: one sentence; `known` are the options there are."""

    def __init__(self, sentence: str, known: Sequence[str] = ()) -> None:
        super().__init__(sentence)
        self.known = tuple(known)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A product by its code, and how many are wanted in all."""

    product: str
    quantity: int


@dataclass(frozen=True, slots=True)
class Price:
    """What one costs, scaled by 10^6, and what all together cost."""

    unit_dec6: int
    net: Money


Prices = Callable[[Sequence[Wanted]], Sequence[Price | None]]
"""Prices of products in the order asked for; None for a product without a price."""


@dataclass(frozen=True, slots=True)
class Part:
    """A line of the parts list.

    Attributes:
        is_auto: other options brought it along.
        price: None where there is none; of an included part the amount is 0.
    """

    option: str
    name: str
    product: str
    quantity: int
    source: Source
    price: Price | None = None

    @property
    def is_auto(self) -> bool:
        """Whether other options brought it along."""
        return self.source is Source.AUTO


@dataclass(frozen=True, slots=True)
class Mending:
    """A repair in words, and the option and quantity to set for it."""

    words: str
    change: Change
    option: str
    quantity: int


@dataclass(frozen=True, slots=True)
class Broken:
    """A violation in words with its repairs, the best first."""

    message: str
    repairs: tuple[Mending, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """An option as it stands: its quantity, and the ranges of quantities that it may still have.

    Attributes:
        is_hidden: rules do not offer it; others may bring it along.
        is_proven: False where the search was cut short, and the ranges may be too wide.
    """

    option: str
    name: str
    group: str
    quantity: int
    source: Source
    ranges: tuple[tuple[int, int], ...]
    is_hidden: bool = False
    is_proven: bool = True

    @property
    def can_be_chosen(self) -> bool:
        """Whether it can be had at all, given the other choices."""
        return any(high > 0 for _, high in self.ranges)


@dataclass(frozen=True, slots=True)
class Configuration:
    """A configuration; of the same choices and the same version of the model it is always the same.

    Attributes:
        choices: what the user set, by option, 0 included.
        parts: what has a product code.
        remaining: all options, in the order of the model.
        totals: what the priced parts cost, one amount per currency.
        version: content hash of the model, which a quote line pins.
    """

    bundle: str
    name: str
    version: str
    choices: Mapping[str, int]
    parts: tuple[Part, ...]
    violations: tuple[Broken, ...]
    remaining: tuple[Choice, ...]
    totals: tuple[Money, ...]

    @property
    def is_valid(self) -> bool:
        """Whether it breaks no rule."""
        return not self.violations

    @property
    def unpriced(self) -> int:
        """How many parts have no price."""
        return sum(part.price is None for part in self.parts)

    @property
    def option_json(self) -> str:
        """What a quote line keeps: bundle, version, choices and the parts that came of them."""
        parts = [
            {"option": part.option, "product": part.product, "quantity": part.quantity, "auto": part.is_auto}
            for part in self.parts
        ]
        kept = {"bundle": self.bundle, "version": self.version, "choices": dict(self.choices), "parts": parts}
        return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def no_prices(wanted: Sequence[Wanted]) -> list[Price | None]:
    """Price nothing."""
    return [None for _ in wanted]


def checked(model: Model, choices: Mapping[str, int]) -> dict[str, int]:
    """Return choices that the bundle can read, in its order.

    Raises:
        ChoiceError: an option is unknown, or a quantity is none.
    """
    for option, quantity in choices.items():
        if option not in model.at:
            raise ChoiceError(f"{model.name} has no option {option}.", list(model.at))
        if not 0 <= quantity <= LARGEST:
            raise ChoiceError(f"{quantity} of {option} is no quantity; it is a whole number from 0 to {LARGEST}.")
    return {option.id: choices[option.id] for option in model.options if option.id in choices}


def configure(compiled: Compiled, choices: Mapping[str, int], prices: Prices = no_prices) -> Configuration:
    """Return what follows from choices, in whatever order they are given.

    Raises:
        ChoiceError: a choice cannot be read.
    """
    model = compiled.model
    known = checked(model, choices)
    at = by_place(compiled, known)
    settled = settle(compiled, at)
    parts = _parts(model, settled, prices)
    hidden = compiled.hidden(settled.quantities)
    left = remaining(compiled, at)
    return Configuration(
        model.id,
        model.name,
        model.version,
        known,
        parts,
        tuple(_in_words(compiled, found) for found in violations(compiled, at, settled)),
        tuple(_choice(model, settled, place, left[place], is_hidden=place in hidden) for place in range(len(left))),
        _totals(parts),
    )


def _parts(model: Model, settled: Settled, prices: Prices) -> tuple[Part, ...]:
    """Return the parts; a product that several options bring is priced by what there is of it in all."""
    found = [
        (option, quantity, source)
        for option, quantity, source in zip(model.options, settled.quantities, settled.sources, strict=True)
        if quantity and option.product
    ]
    counts: dict[str, int] = {}
    for option, quantity, _ in found:
        if option.mode is PriceMode.LIST:
            counts[option.product] = counts.get(option.product, 0) + quantity
    wanted = [Wanted(*item) for item in counts.items()]
    known = dict(zip(counts, prices(wanted), strict=True))
    currency = next((price.net.currency for price in known.values() if price), model.currency)
    parts = []
    for option, quantity, source in found:
        price: Price | None = None
        if option.mode is PriceMode.FIXED:
            price = _of_unit(option.price_dec6, quantity, model.currency)
        elif option.mode is PriceMode.LIST:
            price = _share(known[option.product], quantity, counts[option.product])
        elif currency:
            price = Price(0, Money(0, currency))
        parts.append(Part(option.id, option.name, option.product, quantity, source, price))
    return tuple(parts)


def _share(price: Price | None, quantity: int, whole: int) -> Price | None:
    if price is None or quantity == whole:
        return price
    return _of_unit(price.unit_dec6, quantity, price.net.currency)


def _of_unit(unit_dec6: int, quantity: int, currency: str) -> Price:
    amount = line_amount(unit_dec6, quantity * DEC6, DEC6, currency, Rounding.HALF_UP)
    return Price(unit_dec6, Money(amount, currency))


def _totals(parts: Sequence[Part]) -> tuple[Money, ...]:
    found: dict[str, Money] = {}
    for part in parts:
        if part.price is not None:
            net = part.price.net
            found[net.currency] = found.get(net.currency, Money(0, net.currency)) + net
    return tuple(found.values())


def _choice(model: Model, settled: Settled, place: int, left: Left, *, is_hidden: bool) -> Choice:
    option = model.options[place]
    return Choice(
        option.id,
        option.name,
        option.group,
        settled.quantities[place],
        settled.sources[place],
        tuple(left.ranges()),
        is_hidden,
        left.is_proven,
    )


def _in_words(compiled: Compiled, found: Violation) -> Broken:
    return Broken(found.message, tuple(_mending(compiled.model, repair) for repair in found.repairs))


def _mending(model: Model, repair: Repair) -> Mending:
    option = model.options[repair.option]
    if repair.change is Change.CHANGE:
        words = f"change {option.name} to {repair.quantity}"
    elif repair.change is Change.ADD and repair.quantity > 1:
        words = f"add {repair.quantity} {option.name}"
    else:
        words = f"{repair.change} {option.name}"
    return Mending(words, repair.change, option.id, repair.quantity)
