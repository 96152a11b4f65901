"""Rules as formulas over quantities: sums compared with a bound, joined by all and any.

Options are known by position. A domain is a whole number whose bit `q` tells whether the quantity `q` is possible.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

Term = tuple[int, int, bool]
"""Factor, position of the option, and whether the option counts once however many units there are of it."""


@dataclass(frozen=True, slots=True)
class Sum:
    """The sum of the terms is at least the bound."""

    terms: tuple[Term, ...]
    bound: int


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds; without parts it is true."""

    parts: tuple["Formula", ...]


@dataclass(frozen=True, slots=True)
class Any:
    """At least one part holds; without parts it is false."""

    parts: tuple["Formula", ...]


Formula = Sum | All | Any
TRUE, FALSE = All(()), Any(())


def at_least(terms: Iterable[Term], bound: int) -> Sum:
    """Return `terms >= bound`, each option once with each way of counting."""
    merged: dict[tuple[int, bool], int] = {}
    for factor, place, is_once in terms:
        merged[place, is_once] = merged.get((place, is_once), 0) + factor
    return Sum(tuple((factor, *key) for key, factor in merged.items() if factor), bound)


def at_most(terms: Iterable[Term], bound: int) -> Sum:
    """Return `terms <= bound`."""
    return at_least([(-factor, place, is_once) for factor, place, is_once in terms], -bound)


def chosen(place: int) -> Sum:
    """Return that an option is chosen."""
    return Sum(((1, place, True),), 1)


def negation(formula: Formula) -> Formula:
    """Return what holds where the formula does not."""
    if isinstance(formula, Sum):
        return at_most(formula.terms, formula.bound - 1)
    parts = tuple(map(negation, formula.parts))
    return Any(parts) if isinstance(formula, All) else All(parts)


def options_in(formula: Formula) -> frozenset[int]:
    """Return the positions of the options that it speaks of."""
    if isinstance(formula, Sum):
        return frozenset(place for _, place, _ in formula.terms)
    return frozenset().union(*map(options_in, formula.parts))


def terms_in(formula: Formula) -> int:
    """Return how many terms it has."""
    return len(formula.terms) if isinstance(formula, Sum) else sum(map(terms_in, formula.parts))


def holds(formula: Formula, quantities: Sequence[int]) -> bool:
    """Tell whether it is true of quantities."""
    if isinstance(formula, Sum):
        return total(formula.terms, quantities) >= formula.bound
    if isinstance(formula, All):
        return all(holds(part, quantities) for part in formula.parts)
    return any(holds(part, quantities) for part in formula.parts)


def total(terms: Iterable[Term], quantities: Sequence[int]) -> int:
    """Return the sum of terms."""
    found = 0
    for factor, place, is_once in terms:
        quantity = quantities[place]
        if quantity:
            found += factor if is_once else factor * quantity
    return found


def fitting(formula: Formula, place: int, quantities: Sequence[int], domain: int) -> int:
    """Return those quantities of a domain with which one option makes the formula true, the others as they are."""
    if not isinstance(formula, Sum):
        parts = [fitting(part, place, quantities, domain) for part in formula.parts]
        return reduce(and_, parts, domain) if isinstance(formula, All) else reduce(or_, parts, 0)
    per_unit = once = 0
    rest = -formula.bound
    for factor, at, is_once in formula.terms:
        if at == place:
            per_unit, once = (per_unit, factor) if is_once else (factor, once)
        elif quantity := quantities[at]:
            rest += factor if is_once else factor * quantity
    found = domain & 1 if rest >= 0 else 0
    return found | _enough(domain & ~1, per_unit, rest + once)


def _enough(domain: int, per_unit: int, rest: int) -> int:
    """Return the quantities of a domain for which `per_unit * quantity + rest >= 0`."""
    if per_unit == 0:
        return domain if rest >= 0 else 0
    if per_unit > 0:
        lowest = max(-(rest // per_unit), 0)
        return domain >> lowest << lowest
    return 0 if rest < 0 else domain & ((2 << (rest // -per_unit)) - 1)


def possible(formula: Formula, domains: Sequence[int]) -> bool:
    """Tell whether it may become true; True where that cannot be told."""
    if isinstance(formula, Sum):
        return highest(formula.terms, domains) >= formula.bound
    if isinstance(formula, All):
        return all(possible(part, domains) for part in formula.parts)
    return any(possible(part, domains) for part in formula.parts)


def highest(terms: Iterable[Term], domains: Sequence[int]) -> int:
    """Return a bound that a sum of terms does not exceed, where no domain is empty."""
    found = 0
    for factor, place, is_once in terms:
        domain = domains[place]
        if is_once:
            if factor > 0:
                if domain > 1:
                    found += factor
            elif not domain & 1:
                found += factor
        elif factor > 0:
            found += factor * (domain.bit_length() - 1)
        elif not domain & 1:
            found += factor * ((domain & -domain).bit_length() - 1)
    return found
