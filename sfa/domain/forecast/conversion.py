"""What the record of closed deals says of open ones: by stage, age and timing, shrunk to the parent (domain.md 3.4)."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from sfa.domain.forecast.book import Period, Seen, Snapshot, round_half_up
from sfa.domain.forecast.estimate import Chance, Estimate, Task, as_ppm, total_of

KAPPA = 10
LEAST_CLOSED = 30
"""Closed deals below which a level has its parent's numbers."""
LEAST_TIMED = 20
"""Won deals of that age below which the stated close date counts instead of the timing."""
LEAST_VALUED = 20
ALL = ""


def smoothed(won: int, closed: int, parent: float, kappa: int = KAPPA) -> float:
    """Return (w + kappa * p) / (n + kappa): the rate of few deals is drawn to that of the parent."""
    return (won + kappa * parent) / (closed + kappa)


@dataclass(slots=True)
class Level:
    """The closed deals that ever were in a stage (or in any, for the level of all).

    Attributes:
        closed: days from entering to closing, ascending; `won` the same of those won.
        final: what won ones brought, and `staged` what they were worth when they entered.
    """

    closed: list[int] = field(default_factory=list)
    won: list[int] = field(default_factory=list)
    final: int = 0
    staged: int = 0
    valued: int = 0

    def add(self, days: int, deal: Seen, staged: int | None) -> None:
        """Count a closed deal."""
        self.closed.append(days)
        if deal.state.is_won:
            self.won.append(days)
            if staged and deal.value_minor is not None:
                self.final += deal.value_minor
                self.staged += staged
                self.valued += 1

    def beyond(self, age: int) -> tuple[int, int]:
        """Return how many were won, and closed at all, later than at an age."""
        return (len(self.won) - bisect_right(self.won, age), len(self.closed) - bisect_right(self.closed, age))

    def timed(self, age: int, first: int, last: int) -> float | None:
        """Return G: the share of those won later than at an age that were won `first` to `last` days after it.

        None where fewer than 20 were.
        """
        later = len(self.won) - bisect_right(self.won, age)
        if later < LEAST_TIMED:
            return None
        within = bisect_right(self.won, age + last) - bisect_right(self.won, age + first - 1)
        return max(within, 0) / later


@dataclass(slots=True)
class Conversion:
    """Levels by segment and stage; `(ALL, ALL)` holds every closed deal, by its age since creation."""

    levels: dict[tuple[str, str], Level] = field(default_factory=dict)

    def level(self, segment: str, stage: str) -> Level:
        """Return a level, empty where nothing closed is in it."""
        return self.levels.get((segment, stage)) or Level()

    def chance(self, deal: Seen, since: date, day: date) -> tuple[float, Level, int]:
        """Return p, the level whose timing holds, and the age that it counts by."""
        age, whole = (day - deal.created_on).days, self.level(ALL, ALL)
        won, closed = whole.beyond(age)
        overall = len(whole.won) / len(whole.closed) if whole.closed else 0.0
        p, timing, timed_age = smoothed(won, closed, overall), whole, age
        in_stage = (day - since).days
        for key in ((ALL, deal.state.stage), (deal.deal.segment, deal.state.stage)):
            level = self.level(*key)
            if len(level.closed) < LEAST_CLOSED or key == (ALL, ALL):
                continue
            won, closed = level.beyond(in_stage)
            p = smoothed(won, closed, p)
            if len(level.won) - bisect_right(level.won, in_stage) >= LEAST_TIMED:
                timing, timed_age = level, in_stage
        return p, timing, timed_age

    def amount_factor(self, stage: str) -> Fraction:
        """Return what won deals brought over what they were worth at a stage; of all stages where few tell."""
        for key in ((ALL, stage), (ALL, ALL)):
            level = self.level(*key)
            if level.valued >= LEAST_VALUED and level.staged > 0:
                return Fraction(level.final, level.staged)
        return Fraction(1)


def entries(deal: Seen, day: date) -> Iterator[tuple[str, date, int | None]]:
    """Yield each stage that a deal was in while open, the day it first entered it, and its worth then."""
    known: set[str] = set()
    for state in deal.deal.states:
        if state.on > day or state.is_won is not None:
            continue
        if state.stage not in known:
            known.add(state.stage)
            yield state.stage, state.on, state.value_minor


def entered_on(deal: Seen, day: date) -> date:
    """Return the day on which a deal entered the stage that it is in."""
    since = deal.state.on
    for state in reversed(deal.deal.states):
        if state.on > day:
            continue
        if state.stage != deal.state.stage:
            break
        since = state.on
    return since


def learn(seen: Snapshot) -> Conversion:
    """Return what the closed deals of a snapshot tell. Of retold ones only age and outcome count."""
    whole = Level()
    found = Conversion({(ALL, ALL): whole} if seen.closed else {})
    for deal in seen.closed:
        if deal.closed_on is None:
            continue
        whole.add((deal.closed_on - deal.created_on).days, deal, _first_worth(deal))
        if deal.deal.is_retold:
            continue
        for stage, since, staged in entries(deal, seen.day):
            for segment in {ALL, deal.deal.segment}:
                _count(found, (segment, stage), (deal.closed_on - since).days, deal, staged)
    for level in found.levels.values():
        level.closed.sort()
        level.won.sort()
    return found


def _count(found: Conversion, key: tuple[str, str], days: int, deal: Seen, staged: int | None) -> None:
    found.levels.setdefault(key, Level()).add(days, deal, staged)


def _first_worth(deal: Seen) -> int | None:
    """Return what a deal was worth at first: as stated then, else at list prices."""
    return deal.list_minor if deal.deal.is_retold or deal.list_minor is not None else deal.deal.states[0].value_minor


def overall_factor(seen: Snapshot) -> Fraction:
    """Return what won deals brought over what they were worth at first, as `learn` knows it for all stages."""
    level = Level()
    for deal in seen.won:
        level.add(0, deal, _first_worth(deal))
    return Conversion({(ALL, ALL): level}).amount_factor(ALL)


def times(factor: Fraction, amounts: Iterable[int]) -> dict[int, int]:
    """Return each of some amounts with what it is times a factor, in whole minor units."""
    above, below = factor.numerator, factor.denominator
    return {amount: round_half_up(above * amount, below) for amount in set(amounts)}


def history(task: Task) -> Estimate:
    """Return `won so far + sum of p * G * amount * factor + N`: the forecast of domain.md 3.4."""
    known = learn(task.record)
    chances = _chances(task, known) if task.days_left else []
    new_minor, new_count = later_deals(task)
    return Estimate(
        "history",
        task.won_minor,
        total_of(chances),
        new_minor,
        tuple(chances),
        new_count,
        notes=_notes(task.record, known),
    )


def _chances(task: Task, known: Conversion) -> list[Chance]:
    """Return the open deals with their chances; those of one segment, stage and age have the same."""
    seen, first, last = task.seen, task.first_ahead, task.last_ahead
    worths = [seen.worth(deal) for deal in seen.open]
    stages = {deal.state.stage for deal in seen.open}
    values = {stage: times(known.amount_factor(stage), worths) for stage in stages}
    alike: dict[tuple[str, str, date, date], tuple[float, int | None]] = {}
    chances = []
    for deal, worth in zip(seen.open, worths, strict=True):
        stage, since = deal.state.stage, entered_on(deal, seen.day)
        key = (deal.deal.segment, stage, since, deal.created_on)
        if key not in alike:
            p, timing, age = known.chance(deal, since, seen.day)
            share = timing.timed(age, first, last)
            alike[key] = p, None if share is None else as_ppm(p * share)
        p, ppm = alike[key]
        chances.append(
            Chance(values[stage][worth], as_ppm(p * _stated(deal, task)) if ppm is None else ppm, deal.deal.id)
        )
    return chances


def _stated(deal: Seen, task: Task) -> float:
    """Return 1 where the stated close date, or one that has passed already, lies in what is left of the period."""
    close = deal.state.close_date
    if close is None:
        return 0.0
    return float(task.period.start <= max(close, task.seen.day) < task.period.end)


def _notes(seen: Snapshot, known: Conversion) -> tuple[str, ...]:
    closed = len(known.level(ALL, ALL).closed)
    notes = [f"learned from {closed:,} closed deals"]
    if closed < LEAST_CLOSED:
        notes.append("too few closed deals to trust their record")
    retold = sum(deal.deal.is_retold for deal in seen.closed)
    if retold:
        notes.append(f"{retold:,} of them were entered after they had closed: their stages are not known")
    return tuple(notes)


def later_deals(task: Task) -> tuple[int, float]:
    """Return N, what deals brought on average that were made after the same day of a past period and won within it.

    And how many they were. Past periods count from the first in which anything was won.
    """
    offset = (task.seen.day - task.period.start).days
    first = task.seen.won[0].closed_on if task.seen.won else None
    told = [period for period in task.past if first is not None and period.end > first]
    if not told or not task.days_left:
        return 0, 0.0
    amounts: list[int] = []
    for period in told:
        amounts += _made_and_won(task.seen, period, offset)
    return round_half_up(sum(amounts), len(told)), len(amounts) / len(told)


def _made_and_won(seen: Snapshot, period: Period, offset: int) -> list[int]:
    return [deal.value_minor or 0 for deal in seen.won_in(period) if (deal.created_on - period.start).days > offset]
