"""How deals flow: how many of those still open at an age are won, or lost, on the next day.

Open deals count as open, not as lost, and deals that lie dead make old ones less likely to be won. Only the days since
the first closing on record count, and of those as many as the period has: a span that holds the same seasons.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import accumulate, pairwise

from sfa.domain.forecast.book import DAY, Seen, Snapshot, round_half_up
from sfa.domain.forecast.conversion import overall_factor, times
from sfa.domain.forecast.estimate import Chance, Estimate, Task, as_ppm, total_of

AGES = 400
EDGES = (0, 1, 4, 8, 15, 22, 31, 46, 61, 76, 91, 106, 121, 136, 151, AGES)
"""Ages in days at which a new rate begins; deals older than the last are as one."""
PRIOR_DAYS = 50
"""Deal-days at the common rate that each age is smoothed with."""
LEAST_DAYS = 28
LEAST_WINS = 20


@dataclass(frozen=True, slots=True)
class Flow:
    """For each age in days: the share of open deals that is won on a day, and that is closed at all."""

    won: tuple[float, ...]
    closed: tuple[float, ...]

    def won_within(self, age: int, first: int, last: int) -> float:
        """Return the chance that a deal of an age is won `first` to `last` days from now."""
        alive, chance = 1.0, 0.0
        for ahead in range(1, last + 1):
            at = min(age + ahead, AGES - 1)
            if ahead >= first:
                chance += alive * self.won[at]
            alive *= 1 - self.closed[at]
        return chance

    def of_new(self, first: int, last: int) -> float:
        """Return how many deals are won `first` to `last` days from now if one is made on each day until then."""
        return sum(list(accumulate(self._won_by_age(last)))[first - 1 :])

    def _won_by_age(self, last: int) -> list[float]:
        alive, shares = 1.0, []
        for age in range(last):
            at = min(age, AGES - 1)
            shares.append(alive * self.won[at])
            alive *= 1 - self.closed[at]
        return shares


def since(seen: Snapshot, days: int) -> date | None:
    """Return the first day that counts: so many days back, more where few deals were won, never before the first closing."""
    first = seen.first_closed_on
    if first is None:
        return None
    span = max(days, LEAST_DAYS)
    while True:
        start = seen.day - timedelta(days=span - 1)
        if start <= first:
            return first
        if seen.won_since(start) >= LEAST_WINS:
            return start
        span *= 2


def measure(seen: Snapshot, start: date) -> Flow:
    """Return the flow of the days from `start` to the day of the snapshot."""
    at_risk, won, closed = [0] * (AGES + 1), [0] * AGES, [0] * AGES
    today = seen.day
    for deal in seen.deals:
        last = deal.closed_on or today
        if last < start:
            continue
        made_on = deal.created_on
        begin = min((start - made_on).days, AGES - 1) if made_on < start else 0
        end = min(max((last - made_on).days, begin), AGES - 1)
        at_risk[begin] += 1
        at_risk[end + 1] -= 1
        if deal.closed_on is not None:
            closed[end] += 1
            won[end] += deal.state.is_won is True
    days = list(accumulate(at_risk[:AGES]))
    return Flow(_rates(won, days), _rates(closed, days))


def _rates(events: Sequence[int], days: Sequence[int]) -> tuple[float, ...]:
    """Return the rate of each age: events by deal-days between two edges, drawn a little to the rate of all ages."""
    common = sum(events) / sum(days) if sum(days) else 0.0
    rates: list[float] = []
    for low, high in pairwise(EDGES):
        count, exposure = sum(events[low:high]), sum(days[low:high])
        rates += [min((count + PRIOR_DAYS * common) / (exposure + PRIOR_DAYS), 1.0)] * (high - low)
    return tuple(rates)


def flow(task: Task) -> Estimate:
    """Return the forecast by flow: open deals by their age, new ones as fast as they came in the same span."""
    seen = task.seen
    start = since(task.record, task.period.days)
    if not seen.deals or start is None or not task.days_left:
        notes = () if start else ("nothing was closed yet",)
        return Estimate("flow", task.won_minor, notes=notes)
    rates, factor = measure(task.record, start), overall_factor(task.record)
    chances = _chances(task, rates, factor)
    oldest = seen.day - timedelta(days=task.period.days)
    made = [deal for deal in seen.deals if deal.created_on > oldest]
    span = min(task.period.days, (seen.day - min(deal.created_on for deal in seen.deals)).days + 1)
    expected = rates.of_new(task.first_ahead, task.last_ahead)
    worth = factor * sum(_worth_at_first(seen, deal) for deal in made)
    new = round_half_up(worth.numerator * round(expected * 10**6), worth.denominator * span * 10**6)
    notes = (
        f"rates of {(seen.day - start + DAY).days} days, in which {_closed_since(task.record, start):,} deals closed",
    )
    return Estimate(
        "flow", task.won_minor, total_of(chances), new, tuple(chances), expected * len(made) / span, notes=notes
    )


def _chances(task: Task, rates: Flow, factor: Fraction) -> list[Chance]:
    """Return the open deals with their chances; those of one age have the same, and so have all of the oldest."""
    seen = task.seen
    worths = [seen.worth(deal) for deal in seen.open]
    values = times(factor, worths)
    ages = [min((seen.day - deal.created_on).days, AGES) for deal in seen.open]
    by_age = {age: as_ppm(rates.won_within(age, task.first_ahead, task.last_ahead)) for age in set(ages)}
    return [
        Chance(values[worth], by_age[age], deal.deal.id)
        for deal, worth, age in zip(seen.open, worths, ages, strict=True)
    ]


def _worth_at_first(seen: Snapshot, deal: Seen) -> int:
    if deal.is_open or deal.list_minor is not None:
        return seen.worth(deal) if deal.is_open else deal.list_minor or 0
    return deal.value_minor or 0 if deal.is_won else seen.typical_minor


def _closed_since(seen: Snapshot, start: date) -> int:
    return sum(1 for deal in seen.closed if deal.closed_on and deal.closed_on >= start)
