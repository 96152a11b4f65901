"""How the methods would have done in past periods, with nothing but what was known on each day (domain.md 3.6)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sfa.domain.forecast.accuracy import bias, covered, mape, wape
from sfa.domain.forecast.book import DAY, Deal, Period, Snapshot, owned, take
from sfa.domain.forecast.estimate import Task
from sfa.domain.forecast.methods import METHODS, Forecast, forecast

STEP_DAYS = 7
MOST_STEPS, FEW_STEPS = 13, 3
MANY_DEALS = 6_000
"""Deals above which a period is tried three times instead of weekly."""
LEAST_TRIALS = 4
PATHS = 1_000
FALLBACK = "weighted"
NEAR = 1.1
"""Times the smallest error up to which methods count as equally good: then the first of METHODS is trusted."""


@dataclass(frozen=True, slots=True)
class Trial:
    """One past forecast.

    Attributes:
        seen_on: the day whose knowledge it had; the day before the period for horizon 0.
        horizon: days of the period that were over.
        actual_minor: what the period brought.
        actual_open_minor: the part of it that deals open on that day brought.
    """

    period: Period
    seen_on: date
    horizon: int
    actual_minor: int
    actual_open_minor: int
    forecasts: tuple[Forecast, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """How a method did over trials; shares of 1, None where undefined.

    Attributes:
        wape: the sum of errors over the sum of what was still to come.
        first_wape: the same of the first day of periods alone.
        coverage: how often the outcome lay between P10 and P90; 0.8 is right.
        open_wape: the error of the part that open deals bring, for methods that look at deals.
    """

    method: str
    trials: int
    wape: float | None
    mape: float | None
    bias: float | None
    coverage: float | None
    first_wape: float | None
    open_wape: float | None


@dataclass(frozen=True, slots=True)
class Trust:
    """Which method is trusted, and why, in words."""

    method: str
    reason: str


def origins(period: Period, steps: int = MOST_STEPS) -> Iterable[tuple[int, date]]:
    """Yield horizons and days on which a period is forecast: the day before it, then weekly or as often as told."""
    step = max(STEP_DAYS, -(-period.days // steps))
    for horizon in range(0, period.days, step):
        yield horizon, period.start - DAY + timedelta(days=horizon)


def run(
    deals: Sequence[Deal],
    periods: Sequence[Period],
    past_of: Mapping[Period, tuple[Period, ...]],
    known_on: date,
    owners: Collection[str] = (),
) -> list[Trial]:
    """Return a trial for each day of each period on which something had been closed.

    Args:
        deals: the whole record.
        periods: the periods to try, all over by `known_on`.
        past_of: the earlier periods of each, the newest first.
        known_on: the day whose knowledge tells what came of them.
        owners: whose deals; everybody's where none are named.
    """
    outcome = _part(take(deals, known_on), owners)
    steps = MOST_STEPS if len(deals) <= MANY_DEALS else FEW_STEPS
    trials = []
    for period in periods:
        actual = outcome.won_between(period.start, period.end)
        for horizon, day in origins(period, steps):
            everybody = take(deals, day)
            seen = _part(everybody, owners)
            if not seen.closed:
                continue
            open_ids = {deal.id for deal in seen.open}
            open_minor = sum(
                deal.value_minor or 0 for deal in outcome.won if deal.id in open_ids and deal.closed_on in period
            )
            found = forecast(Task(seen, period, past_of[period], everybody), paths=PATHS)
            trials.append(Trial(period, day, horizon, actual, open_minor, tuple(found)))
    return trials


def _part(seen: Snapshot, owners: Collection[str]) -> Snapshot:
    return owned(seen, owners) if owners else seen


def scores(trials: Sequence[Trial]) -> list[Score]:
    """Return how each method did, the best first; only trials that all of them were in are comparable by their count."""
    found = [_score(name, trials) for name in METHODS if any(_of(trial, name) for trial in trials)]
    return sorted(found, key=lambda score: (-score.trials, _rank(score.wape)))


def _rank(value: float | None) -> float:
    return float("inf") if value is None else value


def _of(trial: Trial, name: str) -> Forecast | None:
    return next((found for found in trial.forecasts if found.method.name == name), None)


def _score(name: str, trials: Sequence[Trial]) -> Score:
    pairs = [(trial, found) for trial in trials if (found := _of(trial, name)) is not None]
    rest = [trial.actual_minor - found.estimate.won_minor for trial, found in pairs]
    told = [found.estimate.point_minor - found.estimate.won_minor for _, found in pairs]
    whole = [trial.actual_minor for trial, _ in pairs]
    first = [index for index, (trial, _) in enumerate(pairs) if trial.horizon == 0]
    has_deals = any(found.estimate.chances for _, found in pairs)
    return Score(
        name,
        len(pairs),
        wape(rest, told),
        mape(whole, [found.estimate.point_minor for _, found in pairs])[0],
        bias(rest, told),
        covered(whole, [found.interval.p10 for _, found in pairs], [found.interval.p90 for _, found in pairs]),
        wape([rest[at] for at in first], [told[at] for at in first]),
        wape([trial.actual_open_minor for trial, _ in pairs], [found.estimate.open_minor for _, found in pairs])
        if has_deals
        else None,
    )


def trusted(found: Sequence[Score]) -> Trust:
    """Return the method with the smallest error in the past, and say by how much; a baseline where that was better.

    Of methods about as good the mean of several is trusted first: it fails less often than each of them.
    """
    whole = [score for score in found if score.wape is not None and score.trials >= LEAST_TRIALS]
    most = max((score.trials for score in whole), default=0)
    whole = sorted((score for score in whole if score.trials == most), key=lambda score: _rank(score.wape))
    if not whole:
        return Trust(FALLBACK, "there is too little history to compare methods: the deals' own probabilities count")
    near = {score.method: score for score in whole if _rank(score.wape) <= NEAR * _rank(whole[0].wape)}
    is_plain = METHODS[whole[0].method].is_naive
    best = whole[0] if is_plain else next(near[name] for name in METHODS if name in near)
    naive = [score for score in whole if METHODS[score.method].is_naive]
    reason = f"it was off by {best.wape:.0%} over {best.trials} past forecasts"
    if naive and naive[0] is not best:
        rival = naive[0]
        reason += f", the best baseline ({METHODS[rival.method].title.lower()}) by {rival.wape:.0%}"
    elif naive:
        reason += ", better than every method that does more"
    return Trust(best.method, reason)
