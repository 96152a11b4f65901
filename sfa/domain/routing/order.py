"""The best order of a day's stops: exact for few, improved step by step for many; the same answer every time."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from sfa.domain.routing.day import LATE, by_times, cost, keeps_times

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sfa.domain.routing.day import Trip

EXACT_UP_TO: Final = 10
NEIGHBOURS: Final = 8
LONGEST_PIECE: Final = 3
MOST_ROUNDS: Final = 1000

Order = tuple[int, ...]


def best_order(trip: Trip) -> Order:
    """Return the order of the stops that costs least (see `sfa.domain.routing.day.cost`).

    Agreed times come one after the other. Up to ten stops it is the best there is; beyond, no move of a stop or
    of a short row of stops, and no turn of a row, makes it better. It is never worse than the stops as they stand.
    """
    numbers = range(len(trip.stops))
    if len(numbers) <= EXACT_UP_TO:
        return _exact(trip)
    near = _nearest(trip)
    begun = [by_times(trip, numbers), _inserted(trip)]
    improved = [_improved(trip, order, near) for order in dict.fromkeys(begun)]
    return min(improved, key=lambda order: cost(trip, order))


def _exact(trip: Trip) -> Order:
    """Build all orders set by set; of those that visited the same stops and ended at the same one, keep the best.

    Later is not always dearer, as one may wait for an agreed time: of two orders both stay where one is earlier and
    the other cheaper.
    """
    count = len(trip.stops)
    if not count:
        return ()
    before = [_must_precede(trip, number) for number in range(count)]
    reached: dict[tuple[int, int], list[tuple[int, int, Order]]] = {(0, trip.start): [(trip.begin, 0, ())]}
    for _ in range(count):
        longer: dict[tuple[int, int], list[tuple[int, int, Order]]] = {}
        for (mask, at), labels in reached.items():
            for number in range(count):
                if mask >> number & 1 or before[number] & ~mask:
                    continue
                place = longer.setdefault((mask | 1 << number, number), [])
                for now, paid, order in labels:
                    _keep(place, _stepped(trip, now, paid, at, number), (*order, number))
        reached = longer
    finished = [label[2] for labels in reached.values() for label in labels]
    return min(finished, key=lambda order: (cost(trip, order), order))


def _must_precede(trip: Trip, number: int) -> int:
    """Return the stops with an earlier agreed time, as bits."""
    fixed_at = trip.stops[number].fixed_at
    earlier = (
        other
        for other, stop in enumerate(trip.stops)
        if fixed_at is not None and stop.fixed_at is not None and stop.fixed_at < fixed_at
    )
    return sum(1 << other for other in earlier)


def _stepped(trip: Trip, now: int, paid: int, at: int, number: int) -> tuple[int, int]:
    """Return when the next stop is left, and what was paid for driving and being late by then."""
    stop, drives = trip.stops[number], trip.drive[at][number]
    arrives = now + drives
    if stop.fixed_at is None:
        return arrives + stop.minutes, paid + drives
    late = max(0, arrives - stop.fixed_at)
    return max(arrives, stop.fixed_at) + stop.minutes, paid + drives + late * LATE


def _keep(labels: list[tuple[int, int, Order]], reached: tuple[int, int], order: Order) -> None:
    now, paid = reached
    if any(known[0] <= now and known[1] <= paid for known in labels):
        return
    labels[:] = [known for known in labels if not (now <= known[0] and paid <= known[1])]
    labels.append((now, paid, order))


def _inserted(trip: Trip) -> Order:
    """Begin with the agreed times; put in the others one by one, each where it costs least, the dearest first."""
    fixed = sorted((n for n, stop in enumerate(trip.stops) if stop.fixed_at is not None), key=lambda n: _when(trip, n))
    free = [n for n, stop in enumerate(trip.stops) if stop.fixed_at is None]
    free.sort(key=lambda n: (-trip.drive[trip.start][n] - trip.drive[n][trip.end], n))
    order: Order = tuple(fixed)
    for number in free:
        order = with_stop(trip, order, number)
    return order


def with_stop(trip: Trip, order: Order, number: int) -> Order:
    """Return an order with one more stop, where it costs least."""
    options = [(*order[:at], number, *order[at:]) for at in range(len(order) + 1)]
    return min(options, key=lambda option: cost(trip, option))


def _when(trip: Trip, number: int) -> tuple[int, int]:
    return trip.stops[number].fixed_at or 0, number


def _nearest(trip: Trip) -> list[frozenset[int]]:
    """Return for each stop the few places that are next to it, the ends of the day among them."""
    count = len(trip.stops)
    rows = []
    for number in range(count):
        others = sorted((n for n in range(count) if n != number), key=lambda n: (trip.drive[number][n], n))
        rows.append(frozenset([*others[:NEIGHBOURS], trip.start, trip.end]))
    return rows


def _improved(trip: Trip, order: Order, near: Sequence[frozenset[int]]) -> Order:
    """Take any change that makes the order cheaper, until there is none."""
    paid = cost(trip, order)
    for _ in range(MOST_ROUNDS):
        is_better = False
        for option in _changes(trip, order, near):
            asked = cost(trip, option, paid)
            if asked < paid and keeps_times(trip, option):
                order, paid, is_better = option, asked, True
                break
        if not is_better:
            break
    return order


def _changes(trip: Trip, order: Order, near: Sequence[frozenset[int]]) -> Iterator[Order]:
    """Yield orders with a row of stops turned, or a short one moved, where that makes neighbours of near places."""
    count = len(order)
    whole = (trip.start, *order, trip.end)
    for first, last in ((a, b) for a in range(count) for b in range(a + 1, count)):
        if whole[first] in near[order[last]] or whole[last + 2] in near[order[first]]:
            yield (*order[:first], *order[first : last + 1][::-1], *order[last + 1 :])
    for length in range(1, LONGEST_PIECE + 1):
        for first in range(count - length + 1):
            piece, rest = order[first : first + length], order[:first] + order[first + length :]
            ends = (trip.start, *rest, trip.end)
            for at, (left, right) in enumerate(pairwise(ends)):
                if at != first and (left in near[piece[0]] or right in near[piece[-1]]):
                    yield (*rest[:at], *piece, *rest[at:])
                if length > 1 and (left in near[piece[-1]] or right in near[piece[0]]):
                    yield (*rest[:at], *piece[::-1], *rest[at:])
