"""Sums that explain themselves: plain data that a small evaluator turns into the amount again (domain.md 1.11).

A term is a whole number, or a mapping with `do` (what is done), `of` (with which terms) and further keys that say
what it stands for. It is JSON as it is. Values are exact fractions, so that a third of a third is never cut short.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from math import prod
from typing import TypeAlias

from sfa.domain.figures import PPM

Term: TypeAlias = int | Mapping[str, object]


class ExplainError(ValueError):
    """An explanation that is none of ours."""


def rounded(value: Fraction | int) -> int:
    """Return whole minor units, half away from zero (domain.md 0.2)."""
    exact = Fraction(value)
    size = (2 * abs(exact.numerator) + exact.denominator) // (2 * exact.denominator)
    return size if exact >= 0 else -size


def steps(totals: Iterable[Fraction | int]) -> list[int]:
    """Return the step to each running total, so that the steps add up to the rounded last one (domain.md 0.4)."""
    whole = [0, *map(rounded, totals)]
    return [after - before for before, after in pairwise(whole)]


def _minus(parts: Sequence[Fraction]) -> Fraction:
    return parts[0] - sum(parts[1:], Fraction(0))


def _over(parts: Sequence[Fraction]) -> Fraction:
    return parts[0] / parts[1]


_DO: dict[str, Callable[[Sequence[Fraction]], Fraction]] = {
    "sum": lambda parts: sum(parts, Fraction(0)),
    "minus": _minus,
    "product": lambda parts: prod(parts, start=Fraction(1)),
    "over": _over,
    "least": min,
    "most": max,
    "round": lambda parts: Fraction(rounded(parts[0])),
}


def evaluate(term: object) -> Fraction:
    """Return what a term comes to.

    Raises:
        ExplainError: it is no term.
    """
    if isinstance(term, int):
        return Fraction(term)
    if not isinstance(term, Mapping) or term.get("do") not in _DO:
        raise ExplainError(f"An explanation holds {term!r}, which is no sum.")
    return _DO[term["do"]]([evaluate(part) for part in term["of"]])


def whole(term: object) -> int:
    """Return what a rounded term comes to, in minor units.

    Raises:
        ExplainError: it is no term, or comes to no whole number.
    """
    value = evaluate(term)
    if value.denominator != 1:
        raise ExplainError(f"An explanation comes to {value}, which is no amount of money.")
    return value.numerator


def do(what: str, *of: Term, **facts: object) -> Term:
    """Return a term, with facts that say what it stands for."""
    return {"do": what, "of": list(of), **facts}


def exactly(value: Fraction | int) -> Term:
    """Return a number as a term."""
    exact = Fraction(value)
    return exact.numerator if exact.denominator == 1 else do("over", exact.numerator, exact.denominator)


def at_ppm(amount: Term, rate_ppm: int, **facts: object) -> Term:
    """Return an amount times a rate."""
    return do("over", do("product", amount, rate_ppm), PPM, **facts)
