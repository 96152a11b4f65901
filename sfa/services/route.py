"""A day on the road: its appointments and visits in the best order, with the drive between them as an estimate."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from sfa.domain.routing.day import back_at, calls, cost, lateness
from sfa.domain.routing.order import best_order, with_stop
from sfa.errors import UsageError
from sfa.services.moments import read_minutes, read_time
from sfa.services.places import places_of
from sfa.services.route_stops import RouteStop, added, appointed
from sfa.services.route_trips import early_enough, kilometres_between, minutes_since, part, trip_of
from sfa.services.visits import UNKNOWN_PLACE, due_around

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sfa.domain.routing.day import Call, Trip
    from sfa.services.desk import Desk
    from sfa.services.places import Places, Spot
    from sfa.services.route_stops import Appointed, Unplaced
    from sfa.services.visits import DueVisit

DUE_KM: Final = 30
MOST_DUE: Final = 60
"""How many of the due visits are tried: the longest overdue ones."""

MINUTE: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of a day.

    Attributes:
        start, end: places; empty for the setting `visits.start`, and for the start again.
        begin, until: times of day; empty for the settings, and the day begins earlier where an appointment asks for it.
        accounts: ids of accounts to visit besides.
        minutes: how long such a visit takes; empty for the setting.
        has_due: add visits that are due within `within_km` of the day's places, as many as fit.
    """

    day: date
    start: str = ""
    end: str = ""
    begin: str = ""
    until: str = ""
    accounts: tuple[str, ...] = ()
    minutes: str = ""
    has_due: bool = False
    within_km: int = DUE_KM


@dataclass(frozen=True, slots=True)
class RouteVisit:
    """One stop of the day: the drive to it in kilometres and minutes, and its times, aware, in the user's zone."""

    stop: RouteStop
    kilometres: float
    drive_min: int
    arrives: datetime
    begins: datetime
    leaves: datetime
    wait_min: int
    late_min: int


@dataclass(frozen=True, slots=True)
class Route:
    """A day in order.

    Attributes:
        start, end: where it begins and ends; None where no place was given: the first or last drive is not counted.
        last_km, last_min: the drive to the end.
        unplaced: what belongs to the day and has no place in the order, with the reason.
        due_left: how many visits that are due nearby did not fit.
    """

    day: date
    start: Spot | None
    end: Spot | None
    begins: datetime
    ends: datetime
    visits: tuple[RouteVisit, ...]
    last_km: float
    last_min: int
    unplaced: tuple[Unplaced, ...]
    due_left: int = 0

    @property
    def kilometres(self) -> float:
        """Return the length of all drives."""
        return sum(visit.kilometres for visit in self.visits) + self.last_km

    @property
    def drive_min(self) -> int:
        """Return the minutes of all drives."""
        return sum(visit.drive_min for visit in self.visits) + self.last_min

    @property
    def wait_min(self) -> int:
        """Return the minutes of all waiting."""
        return sum(visit.wait_min for visit in self.visits)

    @property
    def late_min(self) -> int:
        """Return by how many minutes agreed times are missed."""
        return sum(visit.late_min for visit in self.visits)


def plan(desk: Desk, wish: Wish) -> Route:
    """Return the day's appointments that have a place, and the wished visits, in the best order.

    Raises:
        NotFoundError: the start or the end is not known.
        UsageError: a time or a duration cannot be read, or due visits are wished and nothing says where.
    """
    places = places_of(desk)
    start, end = _ends(desk, places, wish)
    midnight = datetime.combine(wish.day, time(), desk.store.clock.zone())
    minutes = _minutes(desk, wish)
    here = appointed(desk, places, wish.day)
    there = added(desk, places, wish.accounts, minutes, here.stops)
    stops, unplaced = [*here.stops, *there.stops], (*here.unplaced, *there.unplaced)
    around = [stop.spot for stop in stops] + ([start] if start else [])
    due = _due(desk, places, wish, around, here, stops)
    tried = stops + [_due_stop(visit, minutes) for visit in due]
    trip = trip_of(desk, tried, (start, end), midnight, _clock(midnight, wish.begin or desk.config.text("visits.from")))
    trip = trip if wish.begin else early_enough(trip)
    order = best_order(part(trip, range(len(stops))))
    order = _with_due(trip, order, len(stops), _clock(midnight, wish.until or desk.config.text("visits.until")))
    found = _route(wish.day, midnight, trip, order, (tried, start, end))
    return replace(found, unplaced=unplaced, due_left=len(due) - (len(order) - len(stops)))


def _minutes(desk: Desk, wish: Wish) -> int:
    return read_minutes(wish.minutes) if wish.minutes else desk.config.number("visits.minutes")


def _ends(desk: Desk, places: Places, wish: Wish) -> tuple[Spot | None, Spot | None]:
    home = wish.start or desk.config.text("visits.start")
    hint = UNKNOWN_PLACE if wish.start else f"{UNKNOWN_PLACE}. It stands in: sfa config visits.start"
    start = places.need(home, hint) if home else None
    return start, places.need(wish.end, UNKNOWN_PLACE) if wish.end else start


def _clock(midnight: datetime, text: str) -> int:
    """Return a time of day in minutes since midnight."""
    return minutes_since(midnight, datetime.combine(midnight, read_time(text), midnight.tzinfo))


def _due(
    desk: Desk, places: Places, wish: Wish, around: list[Spot], here: Appointed, stops: Sequence[RouteStop]
) -> list[DueVisit]:
    if not wish.has_due:
        return []
    if not around:
        raise UsageError(
            "Nothing says where you are that day.",
            hint="Name a place: --start TOWN, or for ever: sfa config visits.start",
        )
    known = {stop.account_id for stop in stops} | {item.account_id for item in here.unplaced}
    return [visit for visit in due_around(desk, places, around, wish.within_km, MOST_DUE) if visit.id not in known]


def _due_stop(visit: DueVisit, minutes: int) -> RouteStop:
    if visit.spot is None:
        raise AssertionError(visit)
    return RouteStop("due", visit.name, visit.ref, visit.id, visit.name, visit.spot, minutes)


def _with_due(trip: Trip, order: tuple[int, ...], count: int, until: int) -> tuple[int, ...]:
    """Add the stops from `count` on, one by one, where none comes later for it than agreed and the day ends in time."""
    late = _late(trip, order)
    for number in range(count, len(trip.stops)):
        option = with_stop(trip, order, number)
        if back_at(trip, option) <= until and _late(trip, option) <= late:
            order = option
    numbers = sorted(order)
    anew = tuple(numbers[at] for at in best_order(part(trip, numbers)))
    is_better = cost(trip, anew) < cost(trip, order) and back_at(trip, anew) <= max(until, back_at(trip, order))
    return anew if is_better else order


def _late(trip: Trip, order: Sequence[int]) -> int:
    return sum(lateness(trip, call) for call in calls(trip, order))


def _route(
    day: date,
    midnight: datetime,
    trip: Trip,
    order: Sequence[int],
    where: tuple[Sequence[RouteStop], Spot | None, Spot | None],
) -> Route:
    stops, start, end = where

    def at(minutes: int) -> datetime:
        return (midnight.astimezone(UTC) + minutes * MINUTE).astimezone(midnight.tzinfo)

    visits, spot = [], start
    for call in calls(trip, order):
        visits.append(
            _visit(
                stops[call.stop], call, spot, lateness(trip, call), (at(call.arrives), at(call.begins), at(call.leaves))
            )
        )
        spot = stops[call.stop].spot
    last = trip.drive[order[-1]][trip.end] if order else 0
    last_km = kilometres_between(spot, end) if order else 0.0
    ends = at(back_at(trip, order) if order else trip.begin)
    return Route(day, start, end, at(trip.begin), ends, tuple(visits), last_km, last, ())


def _visit(
    stop: RouteStop, call: Call, came_from: Spot | None, late: int, times: tuple[datetime, datetime, datetime]
) -> RouteVisit:
    return RouteVisit(stop, kilometres_between(came_from, stop.spot), call.drives, *times, call.waits, late)
