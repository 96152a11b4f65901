"""How sure a forecast is: exact where few deals decide, else simulated with one common fortune (domain.md 3.5)."""

import hashlib
import math
import random
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist

from sfa.domain.forecast.estimate import PPM, Chance, Estimate

PATHS = 10_000
RHO = 0.1
LOW, MIDDLE, HIGH = 0.1, 0.5, 0.9
MOST_EXACT = 20
MOST_DRAWS = 1_000_000
"""Draws of single deals up to which each is drawn; beyond, the sum of all is, given the common fortune."""
GRID = 81
FEW_NEW = 30
ROOT_TWO = math.sqrt(2)
_NORMAL = NormalDist()
FORTUNES = tuple(_NORMAL.inv_cdf((index + 0.5) / GRID) for index in range(GRID))
"""Common fortunes that are equally likely."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Minor units of the whole period; `reach` is the chance of at least the target, None where there is no target.

    Attributes:
        how: exact, simulated, weeks (drawn from past weeks), mixed (of two methods), or said (by people).
    """

    p10: int
    p50: int
    p90: int
    mean: int
    how: str
    reach: float | None = None


@dataclass(frozen=True, slots=True)
class Model:
    """What chance is left to.

    Attributes:
        rho: how much of each deal's fortune all deals share; 0: none, which makes intervals too narrow.
        sigma: of the logarithm of what a deal brings over what it was worth.
        paths: how often it is drawn.
    """

    rho: float = RHO
    sigma: float = 0.0
    paths: int = PATHS


def distribution(chances: Sequence[Chance]) -> dict[int, float]:
    """Return the probability of each sum of deals that are won independently of each other."""
    found = {0: 1.0}
    for chance in chances:
        p = chance.probability_ppm / PPM
        following: dict[int, float] = {}
        for amount, probability in found.items():
            for sum_, share in ((amount, 1 - p), (amount + chance.value_minor, p)):
                if share:
                    following[sum_] = following.get(sum_, 0.0) + probability * share
        found = following
    return dict(sorted(found.items()))


def quantile(found: dict[int, float], share: float) -> int:
    """Return the smallest amount whose cumulated probability reaches a share."""
    cumulated = 0.0
    for amount, probability in found.items():
        cumulated += probability
        if cumulated >= share - 1e-12:
            return amount
    return max(found)


def seed_of(*facts: object) -> int:
    """Return the seed that belongs to a snapshot and its parameters: SHA-256 of their text."""
    return int.from_bytes(hashlib.sha256(repr(facts).encode()).digest(), "big")


def interval(found: Estimate, model: Model, seed: int, target_minor: int | None = None) -> Interval:
    """Return P10, P50 and P90 of an estimate; the same seed gives the same ones."""
    if found.bounds is not None:
        low, high = found.bounds
        return Interval(low, found.point_minor, high, found.point_minor, "said")
    live = [chance for chance in found.chances if chance.value_minor and chance.probability_ppm]
    if not found.weeks and not found.new_minor and not model.rho and not model.sigma and len(live) <= MOST_EXACT:
        return _exact(found, live, target_minor)
    chance = random.Random(seed)  # noqa: S311 - a simulation, which must repeat
    how = "simulated" if live or not found.weeks else "weeks"
    sums = _weekly(found, chance, model.paths) if how == "weeks" else _simulated(found, live, model, chance)
    return summed_up([found.won_minor + round(value) for value in sums], how, target_minor)


def summed_up(sums: Sequence[int], how: str, target_minor: int | None = None) -> Interval:
    """Return the interval of equally likely sums."""
    ordered = sorted(sums)
    count = len(ordered)
    low, middle, high = (ordered[min(math.ceil(share * count) - 1, count - 1)] for share in (LOW, MIDDLE, HIGH))
    reach = None if target_minor is None else (count - bisect_left(ordered, target_minor)) / count
    return Interval(low, middle, high, round(sum(ordered) / count), how, reach)


def _exact(found: Estimate, live: Sequence[Chance], target_minor: int | None) -> Interval:
    spread = distribution(live)
    low, middle, high = (found.won_minor + quantile(spread, share) for share in (LOW, MIDDLE, HIGH))
    mean = found.won_minor + round(sum(amount * probability for amount, probability in spread.items()))
    reach = None
    if target_minor is not None:
        reach = sum(probability for amount, probability in spread.items() if found.won_minor + amount >= target_minor)
    return Interval(low, middle, high, mean, "exact", reach)


def _simulated(found: Estimate, live: Sequence[Chance], model: Model, chance: random.Random) -> list[float]:
    draw = _each if len(live) * model.paths <= MOST_DRAWS else _together
    deals = draw(live, model, chance)
    if not found.new_minor:
        return deals
    size = found.new_minor / found.new_count if found.new_count else float(found.new_minor)
    return [sum_ + _new(found.new_count, size, model.sigma, chance) for sum_ in deals]


def _each(live: Sequence[Chance], model: Model, chance: random.Random) -> list[float]:
    """Draw every deal: won where `sqrt(rho) Z + sqrt(1 - rho) e <= inverse(p)`."""
    common, own = math.sqrt(model.rho), math.sqrt(1 - model.rho)
    bounds = [(float(deal.value_minor), _inverse(deal.probability_ppm)) for deal in live]
    sums = []
    for _ in range(model.paths):
        shared, total = common * chance.gauss(0, 1), 0.0
        for value, bound in bounds:
            if shared + own * chance.gauss(0, 1) <= bound:
                total += value * _factor(model.sigma, chance)
        sums.append(total)
    return sums


def _factor(sigma: float, chance: random.Random) -> float:
    return math.exp(sigma * chance.gauss(0, 1) - sigma * sigma / 2) if sigma else 1.0


def _inverse(probability_ppm: int) -> float:
    return math.inf if probability_ppm >= PPM else _NORMAL.inv_cdf(probability_ppm / PPM)


def _together(live: Sequence[Chance], model: Model, chance: random.Random) -> list[float]:
    """Draw the common fortune; given it, the sum of very many deals is normal."""
    moments = given(grouped(live), FORTUNES, model)
    sums = []
    for _ in range(model.paths):
        place = chance.random() * (GRID - 1)
        low = int(place)
        share = place - low
        (mean, deviation), (next_mean, next_deviation) = moments[low], moments[min(low + 1, GRID - 1)]
        drawn = chance.gauss(mean + share * (next_mean - mean), deviation + share * (next_deviation - deviation))
        sums.append(max(drawn, 0.0))
    return sums


def grouped(live: Sequence[Chance]) -> dict[int, tuple[float, float]]:
    """Return the sum of values, and of their squares, by probability in ppm."""
    found: dict[int, tuple[float, float]] = {}
    for deal in live:
        whole, squares = found.get(deal.probability_ppm, (0.0, 0.0))
        found[deal.probability_ppm] = whole + deal.value_minor, squares + float(deal.value_minor) ** 2
    return found


def given(
    groups: Mapping[int, tuple[float, float]], fortunes: Sequence[float], model: Model
) -> list[tuple[float, float]]:
    """Return mean and standard deviation of the sum of deals for each common fortune that may be known."""
    common, own, growth = math.sqrt(model.rho), math.sqrt(1 - model.rho), math.exp(model.sigma**2)
    bounds = [(_inverse(probability_ppm), whole, squares) for probability_ppm, (whole, squares) in groups.items()]
    erf, found = math.erf, []
    for fortune in fortunes:
        shift = common * fortune
        mean = variance = 0.0
        for bound, whole, squares in bounds:
            p = 0.5 * (1.0 + erf((bound - shift) / own / ROOT_TWO))  # the normal distribution up to there
            mean += p * whole
            variance += p * (growth - p) * squares
        found.append((mean, math.sqrt(max(variance, 0.0))))
    return found


def analytic(chances: Sequence[Chance], share: float, model: Model) -> int:
    """Return a quantile of the sum without drawing: normal for each common fortune, mixed over all of them."""
    live = [chance for chance in chances if chance.value_minor and chance.probability_ppm]
    groups = grouped(live)
    parts = given(groups, FORTUNES, model)
    low, high = 0.0, float(sum(chance.value_minor for chance in live)) * math.exp(3 * model.sigma) + 1
    while high - low > 0.5:  # noqa: PLR2004 - to the minor unit
        middle = (low + high) / 2
        below = sum(_below(middle, mean, deviation) for mean, deviation in parts) / GRID
        low, high = (middle, high) if below < share else (low, middle)
    return round(high)


def _below(value: float, mean: float, deviation: float) -> float:
    if not deviation:
        return float(value >= mean)
    return 0.5 * (1 + math.erf((value - mean) / (deviation * math.sqrt(2))))


def _new(count: float, size: float, sigma: float, chance: random.Random) -> float:
    """Draw what deals not yet made bring: as many as a Poisson number, each of the average size."""
    spread = size * math.sqrt(math.exp(sigma * sigma))
    if count > FEW_NEW:
        return max(chance.gauss(count * size, spread * math.sqrt(count)), 0.0)
    limit, drawn, product = math.exp(-count), 0, chance.random()
    while product > limit:
        drawn += 1
        product *= chance.random()
    return sum(size * _factor(sigma, chance) for _ in range(drawn))


def _weekly(found: Estimate, chance: random.Random, paths: int) -> list[float]:
    """Draw as many past weeks as the rest takes, at the size that makes their average the forecast."""
    rest, average = found.new_minor, sum(found.weeks) / len(found.weeks)
    if not average or not rest:
        return [float(rest)] * paths
    weeks = max(round(rest / average), 1)
    scale = rest / (weeks * average)
    return [scale * sum(chance.choices(found.weeks, k=weeks)) for _ in range(paths)]
