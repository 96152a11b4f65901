"""What a configuration breaks, and the smallest single changes that mend it (domain.md 2.8)."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum

from sfa.domain.configurator.compiling import Compiled, Counts
from sfa.domain.configurator.formula import fitting, holds, options_in
from sfa.domain.configurator.model import Default
from sfa.domain.configurator.settling import Settled, settle, triggers_of
from sfa.domain.configurator.solver import Budget, OpenError

TRIED = 64
"""The most quantities of an option that brings others along which are tried one by one, the nearest first."""

MOST_TRIES = 4_000
"""The most changes tried for one configuration; what is broken beyond them is told without all of its repairs."""


class Change(StrEnum):
    """What a repair does to an option."""

    ADD = "add"
    CHANGE = "change"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class Repair:
    """One option set to one quantity.

    Attributes:
        option: its position.
        left: how many rules are broken afterwards.
    """

    change: Change
    option: int
    quantity: int
    left: int


@dataclass(frozen=True, slots=True)
class Violation:
    """A constraint, by number, that does not hold; its repairs, the best first."""

    constraint: int
    message: str
    repairs: tuple[Repair, ...]


def violations(compiled: Compiled, choices: Mapping[int, int], settled: Settled) -> list[Violation]:
    """Return all that settled choices break.

    There is one repair for an option: the quantity nearest to its own that mends this violation, the lower of two.
    They are sorted by what is still broken afterwards, then by add, change and remove, then by distance.
    """
    tries = Budget(MOST_TRIES)
    return [
        Violation(
            number,
            compiled.constraints[number].broken_words(settled.quantities),
            tuple(_repairs(compiled, choices, settled, number, tries)),
        )
        for number in compiled.broken(settled.quantities, settled.is_set)
    ]


def _repairs(
    compiled: Compiled, choices: Mapping[int, int], settled: Settled, number: int, tries: Budget
) -> list[Repair]:
    found: list[Repair] = []
    with suppress(OpenError):
        for place in sorted(_candidates(compiled, number)):
            repair = _nearest(compiled, choices, settled, number, place, tries)
            found += [repair] if repair else []
    order = list(Change)
    return sorted(
        found,
        key=lambda repair: (
            repair.left,
            order.index(repair.change),
            abs(repair.quantity - settled.quantities[repair.option]),
            repair.option,
        ),
    )


def _candidates(compiled: Compiled, number: int) -> set[int]:
    """Return the options that can make a difference: in the formula, bringing these along, or making a default yield."""
    model = compiled.model
    found = triggers_of(compiled, sorted(options_in(compiled.constraints[number].formula)))
    at_start = {model.at[rule.body.option] for rule in model.rules if isinstance(rule.body, Default)}
    yielding = {model.options[place].group for place in found & at_start}
    return found | {place for place, option in enumerate(model.options) if option.group in yielding}


def _nearest(
    compiled: Compiled, choices: Mapping[int, int], settled: Settled, number: int, place: int, tries: Budget
) -> Repair | None:
    now = settled.quantities[place]
    constraint = compiled.constraints[number]
    for quantity in _tried(compiled, settled, number, place):
        tries.spend(1)
        after = settle(compiled, {**choices, place: quantity})
        if constraint.counts is Counts.ALWAYS and not holds(constraint.formula, after.quantities):
            continue
        if number in (broken := compiled.broken(after.quantities, after.is_set)):
            continue
        change = Change.ADD if not now else Change.REMOVE if not quantity else Change.CHANGE
        return Repair(change, place, quantity, len(broken))
    return None


def _tried(compiled: Compiled, settled: Settled, number: int, place: int) -> Iterator[int]:
    """Yield quantities worth trying, the nearest first."""
    domain, now = compiled.domains[place], settled.quantities[place]
    others = domain & ~(1 << now) if now < domain.bit_length() else domain
    formula = compiled.constraints[number].formula
    if place in options_in(formula) and _is_alone(compiled, place):
        others = fitting(formula, place, settled.quantities, others)
        yield from _near(others, now, 2)
    else:
        yield from _near(others, now, TRIED)


def _is_alone(compiled: Compiled, place: int) -> bool:
    """Tell whether setting an option leaves all others as they are."""
    model = compiled.model
    group = model.options[place].group
    starts = (rule.body.option for rule in model.rules if isinstance(rule.body, Default))
    moves = any(model.options[model.at[option]].group == group for option in starts)
    return not moves and not any(at == place for feed in compiled.feeds.values() for _, at, _ in feed.terms)


def _near(domain: int, now: int, most: int) -> Iterator[int]:
    """Yield the quantities of a domain nearest to one, the lower of two first, at most so many."""
    below = domain & ((1 << now) - 1) if now < domain.bit_length() else domain
    above = domain & ~below
    for _ in range(most):
        low, high = below.bit_length() - 1, (above & -above).bit_length() - 1
        if low < 0 and high < 0:
            return
        if high < 0 or (low >= 0 and now - low <= high - now):
            yield low
            below &= ~(1 << low)
        else:
            yield high
            above &= above - 1
