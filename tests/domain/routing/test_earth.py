"""Distances between places, against what is known of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sfa.domain.routing.earth import Point, drive_minutes, great_circle_km, road_km

BERLIN = Point(52.52, 13.405)
POINTS = st.builds(Point, st.floats(-90, 90), st.floats(-180, 180))


@pytest.mark.parametrize(
    ("other", "kilometres"),
    [
        (Point(48.8566, 2.3522), 878),  # Paris
        (Point(53.5511, 9.9937), 255),  # Hamburg
        (Point(-33.8688, 151.2093), 16_093),  # Sydney
    ],
)
def test_the_great_circle_from_berlin_is_as_atlases_have_it(other: Point, kilometres: int) -> None:
    assert great_circle_km(BERLIN, other) == pytest.approx(kilometres, rel=0.005)


@given(POINTS, POINTS)
def test_the_way_back_is_as_long(one: Point, other: Point) -> None:
    assert great_circle_km(one, other) == pytest.approx(great_circle_km(other, one), abs=1e-6)


@given(POINTS, POINTS, POINTS)
def test_no_detour_is_shorter(one: Point, other: Point, between: Point) -> None:
    detour = great_circle_km(one, between) + great_circle_km(between, other)
    assert great_circle_km(one, other) <= detour + 1e-3


@given(st.floats(0, 2000), st.floats(0, 2000), st.integers(20, 200))
def test_a_longer_leg_never_takes_less_time(one: float, other: float, speed: int) -> None:
    near, far = sorted((one, other))
    assert drive_minutes(near, speed) <= drive_minutes(far, speed)


def test_a_leg_is_slow_in_town_and_fast_on_the_motorway() -> None:
    assert drive_minutes(0, 100) == 0
    assert drive_minutes(5, 100) == 9  # 35 km/h
    assert drive_minutes(20, 100) == 24  # and 15 km at 60 km/h
    assert drive_minutes(80, 100) == 66  # and 60 km at 85 km/h
    assert drive_minutes(180, 100) == 126  # and 100 km at 100 km/h


def test_roads_are_longer_than_the_great_circle() -> None:
    hamburg = Point(53.5511, 9.9937)
    assert road_km(BERLIN, hamburg) == pytest.approx(1.25 * great_circle_km(BERLIN, hamburg))


@pytest.mark.parametrize(("latitude", "longitude"), [(90.1, 0), (0, 180.5), (float("nan"), 0)])
def test_a_point_off_the_earth_is_refused(latitude: float, longitude: float) -> None:
    with pytest.raises(ValueError, match="nowhere on earth"):
        Point(latitude, longitude)
