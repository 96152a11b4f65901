"""What is known of deals: how each stood, and the part of it that was known on a day (domain.md 3.3)."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from itertools import accumulate

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `start` to the one before `end`."""

    start: date
    end: date

    def __contains__(self, day: date | None) -> bool:
        """Tell whether a day lies in it; no day lies nowhere."""
        return day is not None and self.start <= day < self.end

    @property
    def days(self) -> int:
        """Return how many days it has."""
        return (self.end - self.start).days


@dataclass(frozen=True, slots=True)
class State:
    """How a deal stood from a day on.

    Attributes:
        on: the first day.
        value_minor: what it was thought to bring, None where nobody had said.
        is_won: None while it was open.
    """

    on: date
    stage: str
    value_minor: int | None
    close_date: date | None
    probability_ppm: int
    category: str
    is_won: bool | None = None
    owner: str | None = None


@dataclass(frozen=True, slots=True)
class Deal:
    """A deal and its states, the oldest first; at least one.

    Attributes:
        list_minor: its lines at list prices.
        is_retold: it was entered when it had closed already: what was thought of it before is not known.
        segment: the group that it is compared with first: an owner, a team, a product line, a size band.
    """

    id: str
    states: tuple[State, ...]
    list_minor: int | None = None
    is_retold: bool = False
    segment: str = ""

    @property
    def created_on(self) -> date:
        """Return the day it began."""
        return self.states[0].on

    def state_on(self, day: date) -> State | None:
        """Return how it stood at the end of a day; None before it began."""
        found = None
        for state in self.states:
            if state.on > day:
                break
            found = state
        return found


@dataclass(frozen=True, slots=True)
class Seen:
    """A deal as it stood at the end of a day.

    Attributes:
        closed_on: the day of winning or losing; None while it is open.
        value_minor: while open: what it is worth, None where nothing is known of that; closed: what it brought.
        list_minor: at list prices, else the same.
        created_on: the day it began.
    """

    deal: Deal
    state: State
    closed_on: date | None
    value_minor: int | None
    list_minor: int | None
    created_on: date

    @property
    def id(self) -> str:
        """Return the id of the deal."""
        return self.deal.id

    @property
    def is_open(self) -> bool:
        """Tell whether it is neither won nor lost."""
        return self.closed_on is None

    @property
    def is_won(self) -> bool:
        """Tell whether it is won."""
        return self.state.is_won is True

    def is_due(self, period: Period) -> bool:
        """Tell whether it is open and dated into a period: `in(t)` of domain.md 3.3."""
        return self.closed_on is None and self.state.close_date in period


@dataclass(frozen=True)
class Snapshot:
    """All deals as they stood at the end of a day; nothing later is in it."""

    day: date
    deals: tuple[Seen, ...] = field(repr=False)

    @cached_property
    def open(self) -> tuple[Seen, ...]:
        """Return the open deals."""
        return tuple([deal for deal in self.deals if deal.closed_on is None])

    @cached_property
    def closed(self) -> tuple[Seen, ...]:
        """Return those won and lost."""
        return tuple([deal for deal in self.deals if deal.closed_on is not None])

    @cached_property
    def won(self) -> tuple[Seen, ...]:
        """Return those won, in the order of their winning."""
        won = [deal for deal in self.closed if deal.state.is_won]
        return tuple(sorted(won, key=lambda deal: (deal.closed_on or date.max, deal.deal.id)))

    @cached_property
    def first_closed_on(self) -> date | None:
        """Return the day of the first closing; None where nothing was closed yet."""
        return min((deal.closed_on for deal in self.closed if deal.closed_on), default=None)

    @cached_property
    def _won_days(self) -> list[date]:
        return [deal.closed_on or date.max for deal in self.won]

    @cached_property
    def _won_sums(self) -> list[int]:
        """What the first so many of those won brought, beginning with none of them."""
        return list(accumulate((deal.value_minor or 0 for deal in self.won), initial=0))

    def due(self, period: Period) -> list[Seen]:
        """Return the open deals that are dated into a period."""
        return [deal for deal in self.open if deal.state.close_date in period]

    @cached_property
    def typical_minor(self) -> int:
        """Return the average of what won deals brought: the worth of one that nothing is known of."""
        return round_half_up(sum(deal.value_minor or 0 for deal in self.won), len(self.won)) if self.won else 0

    def worth(self, deal: Seen) -> int:
        """Return what an open deal is worth: as stated, else at list prices, else what won ones bring on average."""
        if deal.value_minor is not None:
            return deal.value_minor
        return self.typical_minor if deal.list_minor is None else deal.list_minor

    def won_between(self, start: date, end: date) -> int:
        """Return what was won from a day to the one before another, in minor units."""
        low, high = bisect_left(self._won_days, start), bisect_left(self._won_days, end)
        return self._won_sums[max(low, high)] - self._won_sums[low]

    def won_in(self, period: Period) -> Sequence[Seen]:
        """Return the deals won in a period, in their order."""
        low, high = bisect_left(self._won_days, period.start), bisect_left(self._won_days, period.end)
        return self.won[low:high]

    def won_since(self, start: date) -> int:
        """Return how many deals were won from a day on."""
        return len(self.won) - bisect_left(self._won_days, start)


def round_half_up(numerator: int, denominator: int) -> int:
    """Return a quotient as a whole number, halves away from zero; the denominator is positive."""
    size = (2 * abs(numerator) + denominator) // (2 * denominator)
    return size if numerator >= 0 else -size


def size_band(amount_minor: int | None) -> str:
    """Return where the size band of an amount begins, in minor units: 1, 3, 10, 30, 100 and so on; "" where it has none."""
    if amount_minor is None or amount_minor <= 0:
        return ""
    power = 10 ** (len(str(amount_minor)) - 1)
    return str(3 * power if amount_minor >= 3 * power else power)


def take(deals: Iterable[Deal], day: date) -> Snapshot:
    """Return what was known of deals at the end of a day: later states, and deals of a later day, are not in it."""
    return Snapshot(day, tuple([seen for deal in deals if (seen := see(deal, day)) is not None]))


def unrolled(deals: Sequence[Deal], days: Iterable[date]) -> Iterator[Snapshot]:
    """Yield what was known at the end of each day, as `take` returns it, in one pass over all states.

    The days ascend; a deal is looked at anew only where it changed since the one before.
    """
    changes = sorted((state.on, place) for place, deal in enumerate(deals) for state in deal.states)
    standing: list[Seen | None] = [None] * len(deals)
    reached = 0
    for day in days:
        past = bisect_left(changes, (day + DAY,), reached)
        for place in {place for _, place in changes[reached:past]}:
            standing[place] = see(deals[place], day)
        reached = past
        yield Snapshot(day, tuple([seen for seen in standing if seen is not None]))


def owned(seen: Snapshot, owners: Collection[str]) -> Snapshot:
    """Return the part of a snapshot that people owned on its day."""
    return Snapshot(seen.day, tuple([deal for deal in seen.deals if deal.state.owner in owners]))


def see(deal: Deal, day: date) -> Seen | None:
    """Return a deal as it stood at the end of a day; None before it began."""
    state = deal.state_on(day)
    if state is None:
        return None
    if state.is_won is not None:
        return Seen(deal, state, _closed_on(deal, day), state.value_minor, deal.list_minor, deal.created_on)
    if deal.is_retold:  # what it brought in the end, and when, was not known while it was open
        state = replace(state, value_minor=None, close_date=None)
    stated = state.value_minor
    listed = stated if deal.list_minor is None else deal.list_minor
    return Seen(deal, state, None, listed if stated is None else stated, listed, deal.created_on)


def _closed_on(deal: Deal, day: date) -> date:
    """Return the day since which a closed deal is closed."""
    since = day
    for state in reversed([state for state in deal.states if state.on <= day]):
        if state.is_won is None:
            break
        since = state.on
    return since
