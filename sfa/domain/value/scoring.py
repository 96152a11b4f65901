"""Indicators become scores, scores dimensions, dimensions a quadrant (domain.md 5.1 and 5.2). Scores are 0 to 100."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

SMALL_SEGMENT = 10
"""Customers below which a segment is scored by targets instead of ranks."""
LEAST_CONFIDENCE = 0.6
LIMIT = 50.0
MARGIN = 5.0
STAY = 2
NEW_DAYS = 180
LOST_DAYS = 365
FALL = 15.0
"""Points of value whose loss within six months puts a customer at risk."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One thing that is measured.

    Attributes:
        dimension: V value contribution, L loyalty, G growth, S strength.
        is_better_high: False where less is better.
        is_rating: 1 to 5, given by a person.
        low: where a score of 0 lies in segments too small for ranks, and `high` where 100 does; amounts are in whole
            units of the currency.
    """

    name: str
    title: str
    dimension: str
    weight: int
    is_better_high: bool = True
    is_rating: bool = False
    low: float = 0.0
    high: float = 1.0


INDICATORS = (
    Indicator("volume", "purchase volume", "V", 25, high=100_000.0),
    Indicator("price", "delivered price", "V", 15, low=0.5),
    Indicator("wallet", "share of wallet", "V", 15),
    Indicator("service_cost", "service cost", "V", 15, is_better_high=False, high=0.5),
    Indicator("cycle", "transaction cycle", "V", 10, is_better_high=False, high=180.0),
    Indicator("influence", "industry influence", "V", 10, is_rating=True),
    Indicator("extra_cost", "small-batch extra cost", "V", 10, is_better_high=False, high=0.2),
    Indicator("years", "years with us", "L", 20, high=10.0),
    Indicator("competitor_relation", "competitor relation", "L", 15, is_rating=True),
    Indicator("credit", "credit record", "L", 15),
    Indicator("repeat", "repeat purchase", "L", 20),
    Indicator("referral", "referral value", "L", 15, high=50_000.0),
    Indicator("switching_effort", "switching cost", "L", 15, is_rating=True),
    Indicator("regions", "service region", "G", 40),
    Indicator("growth", "purchase growth", "G", 60, low=-1.0, high=2.0),
    Indicator("size", "company size", "S", 40, high=4.0),
    Indicator("payment", "ability to pay", "S", 40),
    Indicator("management_level", "management level", "S", 20, is_rating=True),
)
_WEIGHTS = {item.name: (item.dimension, item.weight) for item in INDICATORS}
_ALL_WEIGHTS = sum(item.weight for item in INDICATORS)
AXES = {"value": {"V": 0.6, "G": 0.2, "S": 0.2}, "loyalty": {"L": 1.0}}
QUADRANTS = {
    (True, True): ("Key partner", "dedicated owner, stock priority, joint plan, technical support"),
    (True, False): ("Win-over", "executive sponsor, service recovery, build switching cost"),
    (False, True): ("Cultivate", "cross-sell, raise the share of wallet, agent or inside sales"),
    (False, False): ("Economise", "self-service, minimum order, agent channel, no discounts without approval"),
}
ACTIONS = {
    "potential_new": "acquire",
    "new": "onboard",
    "at_risk": "rescue",
    "lost": "win back",
    "existing_valued": "retain",
    "existing": "retain",
}


def mid_ranks(values: Sequence[float], *, is_better_high: bool = True) -> list[float]:
    """Return 100 * (rank - 0.5) / n of each value, equal ones sharing the mean of their ranks."""
    order, count = sorted(values), len(values)
    last = dict(zip(order, range(1, count + 1), strict=True))
    first = dict(zip(reversed(order), range(count - 1, -1, -1), strict=True))
    scores = {value: 50 * (first[value] + place) / count for value, place in last.items()}
    return [scores[value] if is_better_high else 100 - scores[value] for value in values]


def against_target(value: float, indicator: Indicator) -> float:
    """Return the score of a value between two targets."""
    share = (value - indicator.low) / (indicator.high - indicator.low)
    score = 100 * min(max(share, 0.0), 1.0)
    return score if indicator.is_better_high else 100 - score


def of_rating(rating: float) -> float:
    """Return the score of a rating from 1 to 5."""
    return 25 * (rating - 1)


def normalised(values: Mapping[str, float], segments: Mapping[str, str], indicator: Indicator) -> dict[str, float]:
    """Return the score of each customer that has a value: by rank within its segment, or by targets where that is small."""
    if indicator.is_rating:
        return {customer: of_rating(value) for customer, value in values.items()}
    members: dict[str, list[str]] = {}
    for customer in values:
        members.setdefault(segments.get(customer, ""), []).append(customer)
    found: dict[str, float] = {}
    for customers in members.values():
        numbers = [values[customer] for customer in customers]
        if len(customers) < SMALL_SEGMENT:
            scores = [against_target(number, indicator) for number in numbers]
        else:
            scores = mid_ranks(numbers, is_better_high=indicator.is_better_high)
        found.update(zip(customers, scores, strict=True))
    return found


class Score(NamedTuple):
    """What a customer is worth.

    Attributes:
        dimensions: V, L, G and S, those that anything is known of.
        value: 0.6 V + 0.2 G + 0.2 S, and `loyalty` L; None where nothing is known.
        confidence: the share of all weights whose indicators are known.
        parts: the score of each indicator, for whoever asks why.
    """

    dimensions: Mapping[str, float]
    value: float | None
    loyalty: float | None
    confidence: float
    parts: Mapping[str, float]

    @property
    def is_provisional(self) -> bool:
        """Tell whether too little is known for the class to count."""
        return self.confidence < LEAST_CONFIDENCE


def score(parts: Mapping[str, float]) -> Score:
    """Return the score of a customer from those of its indicators; missing ones are left out, weights re-normalised."""
    members, axes, confidence = _shape(tuple(parts))
    dimensions = {name: _mean(parts, weights, whole) for name, weights, whole in members}
    value, loyalty = (_mean(dimensions, weights, whole) if weights else None for weights, whole in axes)
    return Score(dimensions, value, loyalty, confidence, parts)


def _mean(values: Mapping[str, float], weights: Sequence[tuple[str, float]], whole: float) -> float:
    total = 0.0
    for name, weight in weights:
        total += weight * values[name]
    return total / whole


_Weights = list[tuple[str, float]]


@cache
def _shape(names: tuple[str, ...]) -> tuple[list[tuple[str, _Weights, float]], list[tuple[_Weights, float]], float]:
    """Return what scores of the same indicators share: weights by dimension and by axis with their sums, confidence."""
    members: dict[str, _Weights] = {}
    for name in names:
        dimension, weight = _WEIGHTS[name]
        members.setdefault(dimension, []).append((name, weight))
    axes = [[(name, weight) for name, weight in axis.items() if name in members] for axis in AXES.values()]
    known = sum(_WEIGHTS[name][1] for name in names)
    return [(name, *_summed(weights)) for name, weights in members.items()], [*map(_summed, axes)], known / _ALL_WEIGHTS


def _summed(weights: _Weights) -> tuple[_Weights, float]:
    return weights, sum(weight for _, weight in weights)


class Side(NamedTuple):
    """Where a customer stands on an axis, and how many monthly runs in a row found it across the limit."""

    is_high: bool
    runs: int = 0


_SIDES = (Side(is_high=False), Side(is_high=True))


def side(score: float, before: Side | None = None, *, is_run: bool = False, limit: float = LIMIT) -> Side:
    """Return the side of a score; a customer changes it by 5 points, or by two monthly runs across the limit.

    Args:
        score: 0 to 100.
        before: where it stood.
        is_run: whether this is one of the monthly runs.
        limit: where high begins.
    """
    is_high = score >= limit
    if before is None or is_high == before.is_high:
        return _SIDES[is_high]
    runs = before.runs + is_run
    return Side(is_high) if abs(score - limit) >= MARGIN or runs >= STAY else Side(before.is_high, runs)


def quadrant(value: Side, loyalty: Side) -> tuple[str, str]:
    """Return name and treatment of a customer."""
    return QUADRANTS[value.is_high, loyalty.is_high]


class Purchases(NamedTuple):
    """When a customer bought.

    Attributes:
        first_days: days since the first order; None where there was none. `last_days` since the last.
        median_gap: days between orders; None with fewer than two.
    """

    orders: int
    first_days: int | None
    last_days: int | None
    median_gap: float | None


def lifecycle(bought: Purchases, value: float | None, fallen: float = 0.0, limit: float = LIMIT) -> str:
    """Return where a customer stands (domain.md 5.2); `fallen` is how many points its value lost in six months.

    `limit` is the value from which on it is a valued one.
    """
    if bought.first_days is None or bought.last_days is None:
        return "potential_new"
    gap = bought.median_gap
    if bought.last_days > max(LOST_DAYS, 3 * (gap or 0)):
        return "lost"
    if bought.first_days < NEW_DAYS:
        return "new"
    if fallen >= FALL or (gap is not None and bought.last_days > 1.5 * gap):
        return "at_risk"
    return "existing_valued" if value is not None and value >= limit else "existing"
