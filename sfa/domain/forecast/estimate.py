"""What a method says of a period: won so far, what open deals bring, what deals not yet made bring."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sfa.domain.forecast.book import DAY, Period, Snapshot
from sfa.domain.forecast.submissions import Submission

PPM = 1_000_000


@dataclass(frozen=True, slots=True)
class Task:
    """A period to forecast, seen at the end of a day.

    Attributes:
        seen: the deals whose forecast it is.
        past: earlier periods of the same kind, the newest first, all over by that day.
        everybody: all deals on that day, where `seen` is a part of them; rates are learned from these.
        submitted: the number that people stood for on that day.
    """

    seen: Snapshot
    period: Period
    past: tuple[Period, ...] = ()
    everybody: Snapshot | None = None
    submitted: Submission | None = None

    @property
    def record(self) -> Snapshot:
        """Return the deals that rates are learned from."""
        return self.everybody or self.seen

    @property
    def won_minor(self) -> int:
        """Return what is won in the period so far."""
        return self.seen.won_between(self.period.start, self.period.end)

    @property
    def first_ahead(self) -> int:
        """Return the number of days until the first day that is still to come; tomorrow is 1."""
        return max((self.period.start - self.seen.day).days, 1)

    @property
    def last_ahead(self) -> int:
        """Return the number of days until the last day of the period; below `first_ahead` where it is over."""
        return (self.period.end - DAY - self.seen.day).days

    @property
    def days_left(self) -> int:
        """Return how many days of the period are still to come."""
        return max(self.last_ahead - self.first_ahead + 1, 0)


class Chance(NamedTuple):
    """A deal that may be won in the period.

    Attributes:
        value_minor: what it brings if it is.
        probability_ppm: of being won within the period.
    """

    value_minor: int
    probability_ppm: int
    id: str = ""

    @property
    def expected(self) -> int:
        """Return the value times the chance, in minor units times ppm."""
        return self.value_minor * self.probability_ppm


@dataclass(frozen=True, slots=True)
class Estimate:
    """What one method says.

    Attributes:
        method: its name.
        won_minor: won in the period so far.
        open_minor: what deals open today bring.
        new_minor: what deals bring that do not exist yet.
        chances: deal by deal, for methods that look at deals.
        new_counts: how many deals not yet made are won, on average.
        weeks: for methods that look at totals: what past weeks brought.
        bounds: P10 and P90 where people said them, instead of drawing them.
        notes: what must be known to trust it, in words.
        is_naive: a baseline that anybody has without a method.
    """

    method: str
    won_minor: int
    open_minor: int = 0
    new_minor: int = 0
    chances: tuple[Chance, ...] = ()
    new_count: float = 0.0
    weeks: tuple[int, ...] = ()
    bounds: tuple[int, int] | None = None
    notes: tuple[str, ...] = ()
    is_naive: bool = False

    @property
    def point_minor(self) -> int:
        """Return the forecast of the whole period."""
        return self.won_minor + self.open_minor + self.new_minor


def weekly(seen: Snapshot, since: date) -> tuple[int, ...]:
    """Return what was won in each whole week from a day on, the newest last; the last week ends with the snapshot."""
    count = ((seen.day - since).days + 1) // 7
    sums = [0] * count
    for deal in seen.won:
        if deal.closed_on is not None:
            ago = (seen.day - deal.closed_on).days // 7
            if ago < count:
                sums[count - 1 - ago] += deal.value_minor or 0
    return tuple(sums)


def total_of(chances: Sequence[Chance]) -> int:
    """Return the sum of value times chance in minor units, rounded once, halves away from zero."""
    total = sum(chance.expected for chance in chances)
    size = (2 * abs(total) + PPM) // (2 * PPM)
    return size if total >= 0 else -size


def as_ppm(probability: float) -> int:
    """Return a probability in whole ppm, within its bounds."""
    return min(max(round(probability * PPM), 0), PPM)
