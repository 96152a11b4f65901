"""How far forecasts were off (domain.md 3.6). Sizes are in minor units; scores are plain numbers, None where undefined."""

from collections.abc import Sequence
from dataclasses import dataclass

DECILES = 10
Number = int | float


def mape(actual: Sequence[Number], forecast: Sequence[Number]) -> tuple[float | None, int]:
    """Return the mean of |A - F| / |A|, and how many were skipped because A is 0."""
    errors = [abs(a - f) / abs(a) for a, f in zip(actual, forecast, strict=True) if a]
    return (sum(errors) / len(errors) if errors else None), len(actual) - len(errors)


def wape(actual: Sequence[Number], forecast: Sequence[Number]) -> float | None:
    """Return the sum of |A - F| over the sum of |A|."""
    whole = sum(map(abs, actual))
    return sum(abs(a - f) for a, f in zip(actual, forecast, strict=True)) / whole if whole else None


def bias(actual: Sequence[Number], forecast: Sequence[Number]) -> float | None:
    """Return the sum of F - A over the sum of A: above 0 is too high."""
    whole = sum(actual)
    return (sum(forecast) - whole) / whole if whole else None


def pinball(actual: Sequence[Number], quantile: Sequence[Number], share: float) -> float:
    """Return the mean pinball loss of a quantile that a share of outcomes should lie below."""
    pairs = list(zip(actual, quantile, strict=True))
    return sum(max(share * (y - q), (share - 1) * (y - q)) for y, q in pairs) / len(pairs)


def covered(actual: Sequence[Number], low: Sequence[Number], high: Sequence[Number]) -> float | None:
    """Return the share of outcomes between two bounds, these included."""
    hits = [bottom <= a <= top for a, bottom, top in zip(actual, low, high, strict=True)]
    return sum(hits) / len(hits) if hits else None


def brier(outcomes: Sequence[int], chances: Sequence[float]) -> float:
    """Return the mean of (p - outcome) squared."""
    return sum((p - outcome) ** 2 for outcome, p in zip(outcomes, chances, strict=True)) / len(outcomes)


def skill(outcomes: Sequence[int], chances: Sequence[float]) -> float | None:
    """Return 1 - Brier / Brier of the base rate; None where all came out alike."""
    rate = sum(outcomes) / len(outcomes)
    base = brier(outcomes, [rate] * len(outcomes))
    return 1 - brier(outcomes, chances) / base if base else None


@dataclass(frozen=True, slots=True)
class Reliability:
    """What was said of deals in a tenth of the chances, and what came of it."""

    count: int
    said: float
    observed: float


def reliability(outcomes: Sequence[int], chances: Sequence[float]) -> list[Reliability]:
    """Return a row for each tenth of the chances that occurs, the lowest first."""
    groups: dict[int, list[tuple[float, int]]] = {}
    for p, outcome in zip(chances, outcomes, strict=True):
        groups.setdefault(min(int(p * DECILES), DECILES - 1), []).append((p, outcome))
    return [
        Reliability(len(rows), sum(p for p, _ in rows) / len(rows), sum(came for _, came in rows) / len(rows))
        for _, rows in sorted(groups.items())
    ]
