"""Forecasts from totals alone: the pace of late, and the baselines that need no method (domain.md 3.6)."""

from datetime import timedelta

from sfa.domain.forecast.book import Period, Seen, Snapshot, round_half_up
from sfa.domain.forecast.estimate import Chance, Estimate, Task, as_ppm, total_of, weekly
from sfa.domain.forecast.flow import since
from sfa.domain.pipeline import PPM, roll_up

YEAR_DAYS = 365
AVERAGED = 4
NEAR_DAYS = 5
"""Days by which a period may begin off the same day a year ago: leap years and 52-week years."""


def pace(task: Task) -> Estimate:
    """Return won so far plus what was won per day of late, for each day left."""
    start = since(task.seen, task.period.days)
    if start is None:
        return Estimate("pace", task.won_minor, notes=("nothing was closed yet",))
    span = (task.seen.day - start).days + 1
    won = task.seen.won_between(start, task.seen.day + timedelta(days=1))
    rest = round_half_up(won * task.days_left, span)
    return Estimate(
        "pace", task.won_minor, 0, rest, weeks=weekly(task.seen, start), notes=(f"what the last {span} days brought",)
    )


def weighted(task: Task) -> Estimate:
    """Return won so far plus the open deals dated into the period, each times its probability (domain.md 3.2)."""
    chances = tuple(Chance(deal.value_minor or 0, deal.state.probability_ppm, deal.id) for deal in _due(task))
    undated = sum(deal.state.close_date is None for deal in task.seen.open)
    notes = (f"{undated:,} open deals without a close date are left out",) if undated else ()
    return Estimate("weighted", task.won_minor, total_of(chances), chances=chances, notes=notes, is_naive=True)


def _due(task: Task) -> list[Seen]:
    """Return the open deals dated into the period; none where it is over."""
    return task.seen.due(task.period) if task.days_left else []


def categories(task: Task) -> dict[str, int]:
    """Return closed, commit, best and total of the deals dated into the period, each holding the one before."""
    sums = {"closed": task.won_minor}
    for deal in task.seen.due(task.period):
        sums[deal.state.category] = sums.get(deal.state.category, 0) + (deal.value_minor or 0)
    return roll_up(sums)


def commit(task: Task) -> Estimate:
    """Return won so far plus the deals that are committed."""
    told = categories(task)
    chances = tuple(
        Chance(deal.value_minor or 0, PPM if deal.state.category in ("commit", "closed") else 0, deal.id)
        for deal in _due(task)
    )
    return Estimate("commit", task.won_minor, told["commit"] - told["closed"], chances=chances, is_naive=True)


def list_times_win_rate(task: Task) -> Estimate:
    """Return won so far plus all open deals at list prices times the win rate so far."""
    seen = task.seen
    rate = as_ppm(len(seen.won) / len(seen.closed)) if seen.closed else 0
    chances = tuple(
        [
            Chance(seen.worth(deal) if deal.list_minor is None else deal.list_minor, rate, deal.deal.id)
            for deal in (seen.open if task.days_left else ())
        ]
    )
    return Estimate("list_times_win_rate", task.won_minor, total_of(chances), chances=chances, is_naive=True)


def last_year(task: Task) -> Estimate | None:
    """Return what the same period of the year before brought; None where nothing is known of it."""
    target = task.period.start - timedelta(days=YEAR_DAYS)
    same = [period for period in task.past if abs((period.start - target).days) <= NEAR_DAYS]
    return _of_periods("last_year", task, same[:1])


def average_of_last(task: Task) -> Estimate | None:
    """Return the average of the last four periods."""
    return _of_periods("average_of_last_4", task, list(task.past[:AVERAGED]))


def _of_periods(name: str, task: Task, periods: list[Period]) -> Estimate | None:
    """Return the average of periods as a forecast, at least what is won already."""
    first = next((deal.closed_on for deal in task.seen.won), None)
    told = [period for period in periods if first is not None and period.end > first]
    if not told:
        return None
    total = sum(task.seen.won_between(period.start, period.end) for period in told)
    rest = max(round_half_up(total, len(told)) - task.won_minor, 0) if task.days_left else 0
    weeks = weekly(task.seen, told[-1].start)
    return Estimate(name, task.won_minor, 0, rest, weeks=weeks, notes=_few(task.seen, told), is_naive=True)


def _few(seen: Snapshot, told: list[Period]) -> tuple[str, ...]:
    first = seen.won[0].closed_on
    is_partial = first is not None and any(first in period and (first - period.start).days > 0 for period in told)
    return (f"the record begins on {first}: the oldest period is told in part only",) if is_partial else ()


def submitted(task: Task) -> Estimate | None:
    """Return the number that people stand for; None where nobody said one."""
    said = task.submitted
    if said is None:
        return None
    low, high = (said.point_minor if bound is None else bound for bound in (said.low_minor, said.high_minor))
    notes = (f"submitted on {said.on}" if said.by else f"what several people submitted until {said.on}",)
    rest = said.point_minor - task.won_minor
    return Estimate("submitted", task.won_minor, 0, rest, bounds=(low, high), notes=notes, is_naive=True)
