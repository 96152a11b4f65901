"""Concentration, recency and retention of customers (domain.md 5.3 to 5.5). Amounts are in minor units."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

A_SHARE, B_SHARE = 80, 95


def abc(profits: Mapping[str, int]) -> dict[str, str]:
    """Return A, B or C: A while the cumulated share before the customer is below 80 %, B below 95 %.

    The largest come first, equal ones by key; what brings no profit is C.
    """
    gains = sorted((-profit, key) for key, profit in profits.items() if profit > 0)
    total = sum(profit for profit, _ in gains)
    found = dict.fromkeys(profits, "C")
    before = 0
    for profit, key in gains:  # below zero, all of them
        found[key] = "A" if before * 100 > A_SHARE * total else "B" if before * 100 > B_SHARE * total else "C"
        before += profit
    return found


def concentration(profits: Sequence[int]) -> tuple[Fraction | None, Fraction | None]:
    """Return HHI, the sum of squared shares, and the share of the ten largest; None where there is nothing."""
    gains = sorted((profit for profit in profits if profit > 0), reverse=True)
    total = sum(gains)
    if not total:
        return None, None
    return Fraction(sum(gain * gain for gain in gains), total * total), Fraction(sum(gains[:10]), total)


def whale(profits: Sequence[int]) -> tuple[Fraction, int] | None:
    """Return the highest point of the whale curve, profit cumulated by rank, as a share of all, and how many reach it.

    Above 1 the customers behind that rank destroy value. None where there is no profit to share.
    """
    total = sum(profits)
    gains = [profit for profit in profits if profit > 0]
    return (Fraction(sum(gains), total), len(gains)) if total > 0 else None


def quintiles(values: Mapping[str, Any], *, has_exact_ties: bool = False) -> dict[str, int]:
    """Return 1 to 5 as NTILE(5) does, the highest values 5; with exact ties equal values take the higher quintile."""
    order = sorted(values, key=lambda key: (values[key], key))
    small, larger = divmod(len(order), 5)
    found: dict[str, int] = {}
    start = 0
    for tile in range(1, 6):
        stop = start + small + (1 if tile <= larger else 0)
        found |= dict.fromkeys(order[start:stop], tile)
        start = stop
    if has_exact_ties:
        best = {values[key]: found[key] for key in order}
        found = {key: best[values[key]] for key in order}
    return found


@dataclass(frozen=True, slots=True)
class Retention:
    """Customers of one period and of the next.

    Attributes:
        start: those of the first; `lost` of them did not come again; `new` came in the second alone.
        grr: gross revenue retention; `nrr` the same with what grew; None without revenue at the start.
    """

    start: int
    lost: int
    new: int
    retention: Fraction | None
    churn: Fraction | None
    grr: Fraction | None
    nrr: Fraction | None


def retention(before: Mapping[str, int], after: Mapping[str, int]) -> Retention:
    """Return how customers stayed, from their revenue in two periods."""
    kept = before.keys() & after.keys()
    start, lost = len(before), len(before) - len(kept)
    revenue = sum(before.values())
    churned = sum(minor for key, minor in before.items() if key not in after)
    contraction = sum(max(before[key] - after[key], 0) for key in kept)
    expansion = sum(max(after[key] - before[key], 0) for key in kept)
    gross = revenue - churned - contraction
    return Retention(
        start,
        lost,
        len(after) - len(kept),
        Fraction(len(kept), start) if start else None,
        Fraction(lost, start) if start else None,
        Fraction(gross, revenue) if revenue > 0 else None,
        Fraction(gross + expansion, revenue) if revenue > 0 else None,
    )
