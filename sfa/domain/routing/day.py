"""The clock of a day on the road: when each stop of an order is reached and left, and what the order costs.

All times are minutes since midnight, all durations minutes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

LATE: Final = 1_000_000
"""What a minute of being late weighs, against one of driving or of waiting: more than any day holds."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A visit: how long it lasts, and when it begins where that is agreed."""

    minutes: int
    fixed_at: int | None = None


@dataclass(frozen=True, slots=True)
class Trip:
    """A day to put in order.

    Attributes:
        stops: by their number, 0 to n - 1.
        drive: minutes from each place to each; row and column n is where the day starts, n + 1 where it ends.
        begin: when the day starts.
    """

    stops: tuple[Stop, ...]
    drive: tuple[tuple[int, ...], ...]
    begin: int

    @property
    def start(self) -> int:
        """Return the number of the place where the day starts."""
        return len(self.stops)

    @property
    def end(self) -> int:
        """Return the number of the place where the day ends."""
        return len(self.stops) + 1


@dataclass(frozen=True, slots=True)
class Call:
    """One stop of an order: reached, begun, left; what was driven to it, waited before it, and come too late."""

    stop: int
    drives: int
    arrives: int
    begins: int
    leaves: int

    @property
    def waits(self) -> int:
        """Return how long it is between arrival and beginning."""
        return self.begins - self.arrives


def calls(trip: Trip, order: Sequence[int]) -> list[Call]:
    """Return the clock of an order; who comes late stays as long as was planned."""
    found, now, at = [], trip.begin, trip.start
    for number in order:
        stop, drives = trip.stops[number], trip.drive[at][number]
        arrives = now + drives
        begins = max(arrives, stop.fixed_at or 0)
        now, at = begins + stop.minutes, number
        found.append(Call(number, drives, arrives, begins, now))
    return found


def lateness(trip: Trip, call: Call) -> int:
    """Return how many minutes after the agreed time a stop is reached; 0 where none is agreed."""
    fixed_at = trip.stops[call.stop].fixed_at
    return 0 if fixed_at is None else max(0, call.arrives - fixed_at)


def back_at(trip: Trip, order: Sequence[int]) -> int:
    """Return when the day ends."""
    made = calls(trip, order)
    now, at = (made[-1].leaves, made[-1].stop) if made else (trip.begin, trip.start)
    return now + trip.drive[at][trip.end]


def cost(trip: Trip, order: Sequence[int], limit: int | None = None) -> int:
    """Return what an order costs: being late above all, then the driving and the length of the day together.

    With a limit the count may stop there: what is returned then is no less than the limit.
    """
    now, at, paid, drive = trip.begin, trip.start, -trip.begin, trip.drive
    for number in order:
        stop, drives = trip.stops[number], drive[at][number]
        now += drives
        paid += drives
        if stop.fixed_at is not None:
            if now > stop.fixed_at:
                paid += (now - stop.fixed_at) * LATE
            else:
                now = stop.fixed_at
        now += stop.minutes
        at = number
        if limit is not None and paid + now >= limit:
            return paid + now
    return paid + now + 2 * drive[at][trip.end]


def keeps_times(trip: Trip, order: Sequence[int]) -> bool:
    """Tell whether the agreed times come one after the other."""
    latest = -1
    for number in order:
        fixed_at = trip.stops[number].fixed_at
        if fixed_at is not None:
            if fixed_at < latest:
                return False
            latest = fixed_at
    return True


def by_times(trip: Trip, order: Sequence[int]) -> tuple[int, ...]:
    """Return an order with the stops of agreed times changing places until they come one after the other."""
    fixed = iter(
        sorted((number for number in order if trip.stops[number].fixed_at is not None), key=lambda n: _time(trip, n))
    )
    return tuple(number if trip.stops[number].fixed_at is None else next(fixed) for number in order)


def _time(trip: Trip, number: int) -> int:
    return trip.stops[number].fixed_at or 0
