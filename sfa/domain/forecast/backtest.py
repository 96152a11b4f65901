"""How the methods would have done in past periods, with nothing but what was known on each day (domain.md 3.6)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from operator import itemgetter

from sfa.domain.forecast.accuracy import bias, covered, mape, wape
from sfa.domain.forecast.book import DAY, Deal, Period, Snapshot, owned, take, unrolled
from sfa.domain.forecast.estimate import Estimate, Task
from sfa.domain.forecast.interval import Interval
from sfa.domain.forecast.methods import METHODS, SUBMITTED, estimates, intervals
from sfa.domain.forecast.submissions import Submissions

STEP_DAYS = 7
MOST_STEPS, FEW_STEPS = 13, 3
MANY_DEALS = 6_000
"""Deals above which a period is tried three times instead of weekly."""
LEAST_TRIALS = 4
PATHS = 1_000
FALLBACK = "weighted"
NOTHING_SAID = Submissions()
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
        estimates: what the methods said, without the chances of single deals.
        by_deal: the methods that looked at single deals.
        intervals: by method, how sure they were; none where that was not asked for.
    """

    period: Period
    seen_on: date
    horizon: int
    actual_minor: int
    actual_open_minor: int
    estimates: tuple[Estimate, ...]
    by_deal: frozenset[str]
    intervals: Mapping[str, Interval]


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
    said: Submissions = NOTHING_SAID,
    paths: int = PATHS,
) -> list[Trial]:
    """Return a trial for each day of each period on which something had been closed.

    Args:
        deals: the whole record.
        periods: the periods to try, all over by `known_on`.
        past_of: the earlier periods of each, the newest first.
        known_on: the day whose knowledge tells what came of them.
        said: what people submitted, and whose deals count.
        paths: how often intervals are drawn; 0: never, which is much quicker.
    """
    owners = said.scope.owners
    outcome = _part(take(deals, known_on), owners)
    steps = MOST_STEPS if len(deals) <= MANY_DEALS else FEW_STEPS
    wanted = [(day, at, horizon) for at, period in enumerate(periods) for horizon, day in origins(period, steps)]
    wanted.sort()
    found: list[tuple[int, Trial]] = []
    for (day, at, horizon), everybody in zip(wanted, unrolled(deals, [day for day, _, _ in wanted]), strict=True):
        period, seen = periods[at], _part(everybody, owners)
        if seen.closed:
            task = Task(seen, period, past_of[period], everybody, said.standing(period, day))
            found.append((at, _trial(task, horizon, outcome, paths)))
    return [trial for _, trial in sorted(found, key=itemgetter(0))]


def _trial(task: Task, horizon: int, outcome: Snapshot, paths: int) -> Trial:
    told = estimates(task)
    return Trial(
        task.period,
        task.seen.day,
        horizon,
        outcome.won_between(task.period.start, task.period.end),
        _won_of_open(task, outcome),
        tuple(replace(found, chances=()) for found in told),
        frozenset(found.method for found in told if found.chances),
        intervals(task, told, paths=paths) if paths else {},
    )


def _won_of_open(task: Task, outcome: Snapshot) -> int:
    """Return what deals that are open brought in the period in the end."""
    ids = {deal.deal.id for deal in task.seen.open}
    return sum(deal.value_minor or 0 for deal in outcome.won_in(task.period) if deal.deal.id in ids)


def _part(seen: Snapshot, owners: Collection[str]) -> Snapshot:
    return owned(seen, owners) if owners else seen


def scores(trials: Sequence[Trial]) -> list[Score]:
    """Return how each method did, the best first; only trials that all of them were in are comparable by their count."""
    found = [_score(name, trials) for name in METHODS if any(_of(trial, name) for trial in trials)]
    return sorted(found, key=lambda score: (-score.trials, _rank(score.wape)))


def _rank(value: float | None) -> float:
    return float("inf") if value is None else value


def _of(trial: Trial, name: str) -> Estimate | None:
    return next((found for found in trial.estimates if found.method == name), None)


def _score(name: str, trials: Sequence[Trial]) -> Score:
    pairs = [(trial, found) for trial in trials if (found := _of(trial, name)) is not None]
    rest = [trial.actual_minor - found.won_minor for trial, found in pairs]
    told = [found.point_minor - found.won_minor for _, found in pairs]
    whole = [trial.actual_minor for trial, _ in pairs]
    first = [index for index, (trial, _) in enumerate(pairs) if trial.horizon == 0]
    is_by_deal = any(name in trial.by_deal for trial, _ in pairs)
    return Score(
        name,
        len(pairs),
        wape(rest, told),
        mape(whole, [found.point_minor for _, found in pairs])[0],
        bias(rest, told),
        _coverage(name, [trial for trial, _ in pairs]),
        wape([rest[at] for at in first], [told[at] for at in first]),
        wape([trial.actual_open_minor for trial, _ in pairs], [found.open_minor for _, found in pairs])
        if is_by_deal
        else None,
    )


def _coverage(name: str, trials: Sequence[Trial]) -> float | None:
    """Return how often the outcome lay between P10 and P90, of the times that there was a range."""
    ranged = [
        (trial.actual_minor, drawn.p10, drawn.p90)
        for trial in trials
        if (drawn := trial.intervals.get(name)) is not None and (drawn.how != "said" or drawn.p10 < drawn.p90)
    ]
    return covered(*(list(column) for column in zip(*ranged, strict=True))) if ranged else None


def trusted(found: Sequence[Score]) -> Trust:
    """Return the method with the smallest error in the past, and say by how much; a baseline where that was better.

    Of methods about as good the mean of several is trusted first: it fails less often than each of them. What people
    submitted is compared, and never trusted for them.
    """
    whole = [
        score
        for score in found
        if score.wape is not None and score.trials >= LEAST_TRIALS and score.method != SUBMITTED
    ]
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
