"""What a customer brings in a lifetime: simple, by margin and retention, and by BG/NBD with Gamma-Gamma (domain.md 5.4)."""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import NamedTuple

LEAST_CUSTOMERS = 200
MOST_TERMS = 20_000
PRECISION = 1e-12
DEAD = 0.3
"""P(alive) below which a customer without contract counts as lost."""


def simple(yearly_minor: int, years: int) -> int:
    """Return spend times years: gross revenue, undiscounted."""
    return yearly_minor * years


def by_retention(margin_minor: int, kept: Fraction, discount: Fraction, *, is_paid_at_once: bool = False) -> int:
    """Return m r / (1 + d - r), the first margin after a year; or m (1 + d) / (1 + d - r) where it is paid at once."""
    factor = (1 + discount if is_paid_at_once else kept) / (1 + discount - kept)
    return _whole(margin_minor * factor)


def by_retention_within(margin_minor: int, kept: Fraction, discount: Fraction, years: int) -> int:
    """Return the same for so many years alone."""
    ratio = kept / (1 + discount)
    return _whole(margin_minor * sum((ratio**year for year in range(1, years + 1)), Fraction(0)))


def _whole(value: Fraction) -> int:
    return int((Decimal(value.numerator) / Decimal(value.denominator)).to_integral_value(ROUND_HALF_UP))


class Buyer(NamedTuple):
    """A customer's purchases in periods of any one length.

    Attributes:
        repeats: purchases after the first.
        last: time of the last one since the first; 0 without repeats.
        observed: time since the first.
    """

    repeats: int
    last: float
    observed: float


@dataclass(frozen=True, slots=True)
class BgNbd:
    """How often customers buy, and when they stop: r and alpha of buying, a and b of stopping."""

    r: float
    alpha: float
    a: float
    b: float

    def alive(self, buyer: Buyer) -> float:
        """Return the probability that a customer still buys."""
        if not buyer.repeats:
            return 1.0
        odds = self.a / (self.b + buyer.repeats - 1)
        time = (self.alpha + buyer.observed) / (self.alpha + buyer.last)
        return 1 / (1 + odds * math.exp((self.r + buyer.repeats) * math.log(time)))

    def expected(self, time: float) -> float:
        """Return how many repeat purchases anybody makes within a time."""
        z = time / (self.alpha + time)
        shrunk = math.pow(self.alpha / (self.alpha + time), self.r)
        series = hypergeometric(self.r, self.b, self.a + self.b - 1, z)
        return (self.a + self.b - 1) / (self.a - 1) * (1 - shrunk * series)

    def expected_of(self, buyer: Buyer, time: float) -> float:
        """Return how many purchases a customer makes within a time from now on."""
        return self.outlook(buyer, time)[1]

    def outlook(self, buyer: Buyer, time: float) -> tuple[float, float]:
        """Return the probability that a customer still buys, and how many purchases are expected within a time."""
        x = buyer.repeats
        since = self.alpha + buyer.observed
        shrunk = math.pow(since / (since + time), self.r + x)
        series = hypergeometric(self.r + x, self.b + x, self.a + self.b + x - 1, time / (since + time))
        alive = self.alive(buyer)
        return alive, (self.a + self.b + x - 1) / (self.a - 1) * (1 - shrunk * series) * alive

    def log_likelihood(self, buyers: Iterable[Buyer]) -> float:
        """Return how well the parameters explain what customers did."""
        return self.explained(Counter(buyers))

    def explained(self, counts: Mapping[Buyer, int]) -> float:
        """Return the same for so many customers of each kind; what depends on the number of purchases alone is shared."""
        shared = {x: self._of_repeats(x) for x in {buyer.repeats for buyer in counts}}
        return sum(count * (shared[buyer.repeats] + self._of_time(buyer)) for buyer, count in counts.items())

    def _of_repeats(self, x: int) -> float:
        """Return the part of the likelihood that the number of repeats decides."""
        gamma = math.lgamma
        buying = gamma(self.r + x) - gamma(self.r) + self.r * math.log(self.alpha)
        return buying + gamma(self.a + self.b) + gamma(self.b + x) - gamma(self.b) - gamma(self.a + self.b + x)

    def _of_time(self, buyer: Buyer) -> float:
        """Return the part that is of when a customer bought: still buying, or stopped after the last purchase."""
        x = buyer.repeats
        going_on = -(self.r + x) * math.log(self.alpha + buyer.observed)
        if not x:
            return going_on
        stopped = math.log(self.a / (self.b + x - 1)) - (self.r + x) * math.log(self.alpha + buyer.last)
        return max(going_on, stopped) + math.log1p(math.exp(-abs(going_on - stopped)))


def hypergeometric(a: float, b: float, c: float, z: float) -> float:
    """Return 2F1 for 0 <= z < 1, by its power series; where that is slow, by the one of Euler's transformation.

    Raises:
        ValueError: z is outside.
    """
    if not 0 <= z < 1:
        raise ValueError("the series converges for 0 <= z < 1 alone")
    if a + b > c:
        return math.exp((c - a - b) * math.log1p(-z)) * _series(c - a, c - b, c, z)
    return _series(a, b, c, z)


def _series(a: float, b: float, c: float, z: float) -> float:
    total = term = 1.0
    for number in range(MOST_TERMS):
        term *= (a + number) * (b + number) / ((c + number) * (1 + number)) * z
        total += term
        if -PRECISION * total < term < PRECISION * total:
            break
    return total


def fit(buyers: Iterable[Buyer]) -> BgNbd:
    """Return the parameters of the greatest likelihood, found in their logarithms so that they stay positive."""
    counts = Counter(buyers)

    def loss(point: Sequence[float]) -> float:
        return -BgNbd(*(math.exp(min(max(value, -12.0), 12.0)) for value in point)).explained(counts)

    return BgNbd(*(math.exp(value) for value in smallest(loss, [0.0, 0.0, 0.0, 0.5])))


@dataclass(frozen=True, slots=True)
class GammaGamma:
    """What customers spend on a purchase."""

    p: float
    q: float
    v: float

    def expected(self, repeats: int, mean: float) -> float:
        """Return what a customer spends on a purchase on average, drawn to what all spend where few are known."""
        return self.p * (self.v + mean * repeats) / (self.p * repeats + self.q - 1)


def fit_spend(spent: Sequence[tuple[int, float]]) -> GammaGamma:
    """Return the parameters of the greatest likelihood from repeats and mean spend of repeat customers."""
    told = [(x, m) for x, m in spent if x > 0 and m > 0]
    scale = sum(m for _, m in told) / len(told)
    pairs = Counter((x, m / scale) for x, m in told)
    counts = Counter(x for x, _ in told)
    fixed = sum(math.log(m / scale) for _, m in told)
    growing = sum(x * math.log(x * m / scale) for x, m in told)

    def loss(point: Sequence[float]) -> float:
        p, q, v = (math.exp(min(max(value, -12.0), 12.0)) for value in point)
        shared = sum(count * (math.lgamma(p * x + q) - math.lgamma(p * x)) for x, count in counts.items())
        spread = sum(count * (p * x + q) * math.log(x * m + v) for (x, m), count in pairs.items())
        return spread - shared - p * growing + fixed - len(told) * (q * math.log(v) - math.lgamma(q))

    p, q, v = (math.exp(value) for value in smallest(loss, [1.0, 1.0, 1.0]))
    return GammaGamma(p, q, v * scale)


def smallest(loss: Callable[[Sequence[float]], float], start: Sequence[float], steps: int = 400) -> list[float]:
    """Return where a function is smallest, by the simplex of Nelder and Mead."""
    points = [list(start)] + [
        [value + (0.5 if index == at else 0.0) for index, value in enumerate(start)] for at in range(len(start))
    ]
    values = [loss(point) for point in points]
    for _ in range(steps):
        order = sorted(range(len(points)), key=values.__getitem__)
        points, values = [points[at] for at in order], [values[at] for at in order]
        if abs(values[-1] - values[0]) < 1e-9 * (abs(values[0]) + 1e-9):
            break
        _step(loss, points, values)
    return points[min(range(len(points)), key=values.__getitem__)]


def _step(loss: Callable[[Sequence[float]], float], points: list[list[float]], values: list[float]) -> None:
    """Move the worst corner across the others, further, or inwards; else shrink all to the best."""
    middle = [sum(column) / (len(points) - 1) for column in zip(*points[:-1], strict=True)]

    def at(factor: float) -> tuple[list[float], float]:
        point = [m + factor * (w - m) for m, w in zip(middle, points[-1], strict=True)]
        return point, loss(point)

    across = at(-1.0)
    if across[1] < values[0]:
        further = at(-2.0)
        points[-1], values[-1] = further if further[1] < across[1] else across
    elif across[1] < values[-2]:
        points[-1], values[-1] = across
    else:
        inwards = at(0.5 if across[1] >= values[-1] else -0.5)
        if inwards[1] < min(values[-1], across[1]):
            points[-1], values[-1] = inwards
            return
        for index in range(1, len(points)):
            points[index] = [(best + own) / 2 for best, own in zip(points[0], points[index], strict=True)]
            values[index] = loss(points[index])
