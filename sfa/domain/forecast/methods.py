"""All methods by name, each with its interval, and the words that tell what they do."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sfa.domain.forecast.book import Snapshot, round_half_up
from sfa.domain.forecast.conversion import LEAST_VALUED, history
from sfa.domain.forecast.estimate import Estimate, Task
from sfa.domain.forecast.flow import flow
from sfa.domain.forecast.interval import PATHS, Interval, Model, interval, seed_of
from sfa.domain.forecast.totals import (
    average_of_last,
    commit,
    last_year,
    list_times_win_rate,
    pace,
    submitted,
    weighted,
)

MOST_SIGMA = 1.0
COMBINED = "combined"
PARTS = ("flow", "pace")
SUBMITTED = "submitted"


@dataclass(frozen=True, slots=True)
class Method:
    """One way to a number.

    Attributes:
        words: what it does, for people.
        run: returns its estimate, None where it has nothing to go by.
    """

    name: str
    title: str
    words: str
    run: Callable[[Task], Estimate | None]
    is_naive: bool = False


def combined(task: Task) -> Estimate:
    """Return the mean of flow and pace: one looks at the deals, the other at what came of them."""
    return _mean(task, flow(task), pace(task))


def _mean(task: Task, bottom: Estimate, top: Estimate) -> Estimate:
    open_minor = round_half_up(bottom.open_minor, 2)
    rest = round_half_up(bottom.point_minor + top.point_minor, 2) - task.won_minor
    return Estimate("combined", task.won_minor, open_minor, rest - open_minor, notes=(*bottom.notes, *top.notes))


METHODS = {
    method.name: method
    for method in (
        Method("combined", "Combined", "the mean of flow and pace", combined),
        Method("flow", "Flow", "open and new deals, by how fast deals of their age are won", flow),
        Method("history", "History", "open deals by what became of closed ones of their stage and age", history),
        Method("pace", "Pace", "what was won per day of late, for each day left", pace),
        Method("weighted", "Weighted", "deals dated into the period times their probability", weighted, is_naive=True),
        Method("commit", "Commit", "deals dated into the period that are committed", commit, is_naive=True),
        Method(
            "list_times_win_rate",
            "List x win rate",
            "all open deals at list prices times the win rate",
            list_times_win_rate,
            is_naive=True,
        ),
        Method("last_year", "Last year", "what the same period brought a year ago", last_year, is_naive=True),
        Method(
            "average_of_last_4",
            "Last four",
            "the average of the last four periods",
            average_of_last,
            is_naive=True,
        ),
        Method(SUBMITTED, "Submitted", "the number that was committed to last", submitted, is_naive=True),
    )
}


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a method says, and how sure it is."""

    method: Method
    estimate: Estimate
    interval: Interval


def sigma_of(seen: Snapshot) -> float:
    """Return the spread of the logarithm of what won deals brought over what they were worth at first."""
    logs = [
        math.log(deal.value_minor / worth)
        for deal in seen.won
        if (worth := deal.list_minor if deal.deal.is_retold else deal.deal.states[0].value_minor)
        and worth > 0
        and deal.value_minor
        and deal.value_minor > 0
    ]
    if len(logs) < LEAST_VALUED:
        return 0.0
    mean = sum(logs) / len(logs)
    return min(math.sqrt(sum((value - mean) ** 2 for value in logs) / len(logs)), MOST_SIGMA)


def estimates(task: Task, names: Sequence[str] = tuple(METHODS)) -> list[Estimate]:
    """Return what each method says, in the order of names; those that have nothing to go by are absent."""
    made: dict[str, Estimate] = {}
    for name in _parts_first(names):
        if name == COMBINED and all(part in made for part in PARTS):
            made[name] = _mean(task, *(made[part] for part in PARTS))
        elif (found := METHODS[name].run(task)) is not None:
            made[name] = found
    return [made[name] for name in names if name in made]


def _parts_first(names: Sequence[str]) -> list[str]:
    return sorted(names, key=lambda name: name == COMBINED)


def forecast(
    task: Task, names: Sequence[str] = tuple(METHODS), target_minor: int | None = None, paths: int = PATHS
) -> list[Forecast]:
    """Return what each method says with its interval, in the order of names; those with nothing to go by are absent."""
    wanted = [*names, *(part for part in PARTS if COMBINED in names and part not in names)]
    found = {estimate.method: estimate for estimate in estimates(task, wanted)}
    drawn = intervals(task, list(found.values()), target_minor, paths)
    return [Forecast(METHODS[name], found[name], drawn[name]) for name in names if name in found]


def intervals(
    task: Task, found: Sequence[Estimate], target_minor: int | None = None, paths: int = PATHS
) -> dict[str, Interval]:
    """Return the interval of each estimate by method; that of the combined one needs its parts among them."""
    model = Model(sigma=sigma_of(task.record), paths=paths)
    by_name = {estimate.method: estimate for estimate in found}
    drawn: dict[str, Interval] = {}
    for name in _parts_first(list(by_name)):
        if name == COMBINED:
            drawn[name] = _mixed([drawn[part] for part in PARTS], by_name[name])
        else:
            seed = seed_of(task.seen.day, task.period.start, task.period.end, len(task.seen.deals), name)
            drawn[name] = interval(by_name[name], model, seed, target_minor)
    return drawn


def _mixed(parts: Sequence[Interval], estimate: Estimate) -> Interval:
    """Return an interval for the mean of two: as wide as the wider one says, around the mean."""
    middle = round_half_up(sum(part.p50 for part in parts), len(parts))
    reaches = [part.reach for part in parts if part.reach is not None]
    return Interval(
        min(max(middle - max(part.p50 - part.p10 for part in parts), estimate.won_minor), middle),
        middle,
        middle + max(part.p90 - part.p50 for part in parts),
        estimate.point_minor,
        "mixed",
        sum(reaches) / len(reaches) if reaches else None,
    )
