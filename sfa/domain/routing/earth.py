"""Points on the earth, and how far and how long it is from one to another by road, as an estimate."""

from __future__ import annotations

from dataclasses import dataclass
from math import asin, ceil, cos, radians, sin, sqrt
from typing import Final

RADIUS_KM: Final = 6371.0088
ROAD_FACTOR: Final = 1.25
"""Roads are longer than the great circle: 1.2 to 1.4 times in most of Europe and North America."""

_BANDS: Final = ((5.0, 0.35), (15.0, 0.60), (60.0, 0.85))
"""Kilometres of a leg, in turn, and the share of the full speed that they are driven at: town, suburb, country road."""


@dataclass(frozen=True, slots=True)
class Point:
    """A place: degrees, north and east positive.

    Raises:
        ValueError: there is no such place.
    """

    latitude: float
    longitude: float

    def __post_init__(self) -> None:
        if not (-90 <= self.latitude <= 90 and -180 <= self.longitude <= 180):  # noqa: PLR2004 - the earth
            raise ValueError(f"{self.latitude}, {self.longitude} is nowhere on earth")


def great_circle_km(one: Point, other: Point) -> float:
    """Return the shortest way over the globe, in kilometres (haversine)."""
    low, high = radians(one.latitude), radians(other.latitude)
    turn = radians(other.longitude - one.longitude)
    half = sin((high - low) / 2) ** 2 + cos(low) * cos(high) * sin(turn / 2) ** 2
    return 2 * RADIUS_KM * asin(min(1.0, sqrt(half)))


def road_km(one: Point, other: Point) -> float:
    """Return about how far it is by road, in kilometres."""
    return great_circle_km(one, other) * ROAD_FACTOR


def drive_minutes(kilometres: float, speed_kmh: int) -> int:
    """Return about how long a leg takes, in whole minutes rounded up.

    The first kilometres are town, the next suburb, then country road; what is left goes at `speed_kmh`. A longer
    leg never takes less time than a shorter one.
    """
    hours, left = 0.0, kilometres
    for width, share in _BANDS:
        part = min(left, width)
        hours += part / (speed_kmh * share)
        left -= part
    return ceil(round((hours + left / speed_kmh) * 60, 6))


def read_point(text: str) -> Point:
    """Return the point of `52.52,13.405`: degrees north and east as decimals.

    Raises:
        ValueError: it is none.
    """
    parts = text.replace(";", ",").split(",")
    try:
        north, east = (float(part) for part in parts)
    except ValueError as error:
        raise ValueError(f"“{text}” is no pair of decimal degrees") from error
    return Point(north, east)
