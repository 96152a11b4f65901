"""The order of a day's visits: whole, never worse, best where it can be known, in the order of agreed times."""

from collections.abc import Sequence
from itertools import permutations
from math import dist
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sfa.domain.routing import order as ordering
from sfa.domain.routing.day import Stop, Trip, back_at, by_times, calls, cost, keeps_times, lateness
from sfa.domain.routing.order import EXACT_UP_TO, best_order

MORNING = 8 * 60


@st.composite
def trips(draw: st.DrawFn, most: int, least: int = 0) -> Trip:
    """Days of any stops at any distances, not even the same there and back."""
    count = draw(st.integers(least, most))
    times = st.none() | st.integers(MORNING, 20 * 60)
    stops = tuple(Stop(draw(st.integers(0, 120)), draw(times)) for _ in range(count))
    row = st.lists(st.integers(0, 180), min_size=count + 2, max_size=count + 2).map(tuple)
    return Trip(stops, tuple(draw(row) for _ in range(count + 2)), MORNING)


def line_of(*kilometres: int, fixed: dict[int, int] | None = None, minutes: int = 30) -> Trip:
    """A day along one road, a kilometre a minute, from and back to kilometre 0."""
    places = [*kilometres, 0, 0]
    drive = tuple(tuple(abs(one - other) for other in places) for one in places)
    stops = tuple(Stop(minutes, (fixed or {}).get(number)) for number in range(len(kilometres)))
    return Trip(stops, drive, MORNING)


@given(trips(most=16))
def test_every_stop_is_visited_once(trip: Trip) -> None:
    assert sorted(best_order(trip)) == list(range(len(trip.stops)))


@given(trips(most=16))
def test_it_is_never_worse_than_the_stops_as_they_stand(trip: Trip) -> None:
    assert cost(trip, best_order(trip)) <= cost(trip, by_times(trip, range(len(trip.stops))))


@given(trips(most=6))
def test_few_stops_are_in_the_best_order_there_is(trip: Trip) -> None:
    orders = [order for order in permutations(range(len(trip.stops))) if keeps_times(trip, order)]
    assert cost(trip, best_order(trip)) == min(cost(trip, order) for order in orders)


@given(trips(most=16))
def test_agreed_times_come_one_after_the_other(trip: Trip) -> None:
    assert keeps_times(trip, best_order(trip))


@given(trips(most=12))
def test_the_answer_is_the_same_every_time(trip: Trip) -> None:
    assert best_order(trip) == best_order(trip)


@given(trips(most=EXACT_UP_TO + 3, least=EXACT_UP_TO + 1), st.integers(1, 10**9))
def test_a_limit_never_hides_a_better_order(trip: Trip, limit: int) -> None:
    order = range(len(trip.stops))
    whole = cost(trip, order)
    assert (cost(trip, order, limit) < limit) == (whole < limit)


@given(trips(most=10))
def test_the_cost_is_lateness_then_driving_and_the_length_of_the_day(trip: Trip) -> None:
    order = best_order(trip)
    made = calls(trip, order)
    back = back_at(trip, order)
    drives = sum(call.drives for call in made) + trip.drive[order[-1] if order else trip.start][trip.end]
    late = sum(lateness(trip, call) for call in made)
    assert cost(trip, order) == late * 1_000_000 + drives + back - trip.begin


def test_stops_along_a_road_are_taken_in_one_sweep() -> None:
    trip = line_of(50, 10, 40, 20, 30)
    made = calls(trip, best_order(trip))
    assert sum(call.drives for call in made) + trip.drive[made[-1].stop][trip.end] == 100


def test_forty_stops_around_a_lake_are_driven_around_it() -> None:
    count = 40
    ring = [*((number * 17) % count for number in range(count)), 0, 0]
    drive = tuple(tuple(5 * min((a - b) % count, (b - a) % count) for b in ring) for a in ring)
    trip = Trip(tuple(Stop(5) for _ in range(count)), drive, MORNING)
    made = calls(trip, best_order(trip))
    assert sum(call.drives for call in made) + trip.drive[made[-1].stop][trip.end] == 5 * count


def test_a_free_stop_fills_the_time_before_an_agreed_one() -> None:
    trip = line_of(60, 30, fixed={0: MORNING + 120})
    order = best_order(trip)
    assert order == (1, 0)
    first, second = calls(trip, order)
    assert (first.arrives, first.leaves) == (MORNING + 30, MORNING + 60)
    assert (second.arrives, second.waits, second.begins) == (MORNING + 90, 30, MORNING + 120)
    assert back_at(trip, order) == MORNING + 210


def test_a_free_stop_waits_where_it_would_make_an_agreed_one_late() -> None:
    trip = line_of(60, 30, fixed={0: MORNING + 60})
    assert best_order(trip) == (0, 1)


@pytest.mark.parametrize("agreed", [0, 6, 12])
def test_forty_stops_are_ordered_with_little_trying(agreed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = Random(7)
    places = [(chance.uniform(0, 200), chance.uniform(0, 200)) for _ in range(42)]
    drive = tuple(tuple(round(dist(one, other)) for other in places) for one in places)
    stops = tuple(Stop(30, MORNING + 60 + 40 * n if n < agreed else None) for n in range(40))
    tried = []

    def counted(trip: Trip, order: Sequence[int], limit: int | None = None) -> int:
        tried.append(order)
        return cost(trip, order, limit)

    monkeypatch.setattr(ordering, "cost", counted)
    best_order(Trip(stops, drive, MORNING))
    assert len(tried) < 100_000  # some 5 microseconds each: half a second


def test_an_agreed_time_that_cannot_be_reached_is_late_by_what_is_missing() -> None:
    trip = line_of(60, fixed={0: MORNING + 45})
    (call,) = calls(trip, best_order(trip))
    assert lateness(trip, call) == 15


def test_a_day_without_stops_is_empty() -> None:
    assert best_order(line_of()) == ()


@pytest.mark.parametrize("count", [EXACT_UP_TO, EXACT_UP_TO + 1])
def test_both_ways_of_search_find_the_sweep(count: int) -> None:
    trip = line_of(*((number * 7) % count * 10 + 10 for number in range(count)))
    made = calls(trip, best_order(trip))
    assert sum(call.drives for call in made) + trip.drive[made[-1].stop][trip.end] == 20 * count
