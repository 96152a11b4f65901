"""Stops as a trip to put in order: the drive from each to each."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC
from typing import TYPE_CHECKING, Final

from sfa.domain.routing.day import Stop, Trip
from sfa.domain.routing.earth import drive_minutes, road_km

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sfa.services.desk import Desk
    from sfa.services.places import Spot
    from sfa.services.route_stops import RouteStop

LEAST_IN_TOWN: Final = 10
"""Minutes between two customers of whom only the town is known: they are not next door to each other."""

Ends = tuple["Spot | None", "Spot | None"]


def kilometres_between(one: Spot | None, other: Spot | None) -> float:
    """Return how far it is by road; 0 where one end of the day is nowhere."""
    return road_km(one.point, other.point) if one and other else 0.0


def trip_of(desk: Desk, stops: Sequence[RouteStop], ends: Ends, midnight: datetime, begin: int) -> Trip:
    """Return the trip of stops, with the drives between all of them and the ends of the day."""
    speed = max(1, desk.config.number("visits.speed_kmh"))
    spots: list[Spot | None] = [*(stop.spot for stop in stops), *ends]
    owners = [*((stop.account_id or stop.ref) for stop in stops), None, None]

    def drive(one: int, other: int) -> int:
        here, there = spots[one], spots[other]
        if here is None or there is None or one == other:
            return 0
        minutes = drive_minutes(road_km(here.point, there.point), speed)
        is_rough = not (here.is_exact and there.is_exact) and (owners[one] is None or owners[one] != owners[other])
        return max(minutes, LEAST_IN_TOWN) if is_rough else minutes

    numbers = range(len(spots))
    drives = tuple(tuple(drive(one, other) for other in numbers) for one in numbers)
    return Trip(tuple(_stop(stop, midnight) for stop in stops), drives, begin)


def _stop(stop: RouteStop, midnight: datetime) -> Stop:
    if stop.starts is None:
        return Stop(stop.minutes)
    return Stop(stop.minutes, max(0, minutes_since(midnight, stop.starts)))


def minutes_since(midnight: datetime, moment: datetime) -> int:
    """Return the minutes between two moments, also on a day when the clocks change."""
    return int((moment.astimezone(UTC) - midnight.astimezone(UTC)).total_seconds() // 60)


def early_enough(trip: Trip) -> Trip:
    """Return a trip that begins early enough for its first agreed time."""
    fixed = [(stop.fixed_at, number) for number, stop in enumerate(trip.stops) if stop.fixed_at is not None]
    if not fixed:
        return trip
    first, number = min(fixed)
    return replace(trip, begin=min(trip.begin, first - trip.drive[trip.start][number]))


def part(trip: Trip, numbers: Sequence[int]) -> Trip:
    """Return a trip of some of the stops, numbered anew in the order given."""
    rows = (*numbers, trip.start, trip.end)
    drive = tuple(tuple(trip.drive[one][other] for other in rows) for one in rows)
    return Trip(tuple(trip.stops[number] for number in numbers), drive, trip.begin)
