"""Postcodes, where the user has a file of them."""

from pathlib import Path

import pytest

from sfa.domain.routing.earth import Point
from sfa.services.desk import Desk
from sfa.services.places import places_of
from sfa.services.postcodes import Postcodes

NORTH_TOWN = "DE\t10001\tMusterstadt\tLand\tLA\t\t\tKreis\t00001\t52.6\t13.3\t6"
SOUTH_TOWN = "DE\t10002\tMusterstadt\tLand\tLA\t\t\tKreis\t00001\t52.4\t13.5\t6"
DISTRICT = "GB\tZZ1A\tSample\tEngland\tENG\t\t\t\t\t51.5\t-0.1\t4"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of postcodes of the desk's workspace, with two countries in it."""
    found = tmp_path / "postcodes"
    found.mkdir()
    (found / "DE.txt").write_bytes(f"{NORTH_TOWN}\r\n{SOUTH_TOWN}".encode())
    (found / "GB.txt").write_bytes(f"{DISTRICT}\nGB\tBROKEN\tno coordinates\n".encode())
    return found


def address(**values: object) -> dict[str, object]:
    return {
        "latitude_dec6": None,
        "longitude_dec6": None,
        "region": None,
        "country": None,
        "postal_code": None,
    } | values


def test_a_postcode_is_where_the_file_says(folder: Path) -> None:
    postcodes = Postcodes(folder)
    assert postcodes.point("DE", "10002") == Point(52.4, 13.5)
    assert postcodes.point("GB", "zz1a  9zz") == Point(51.5, -0.1)


@pytest.mark.parametrize(
    ("country", "code"), [("DE", "1000"), ("DE", ""), ("FR", "75001"), ("GB", "BROKEN"), ("", "10001")]
)
def test_what_no_file_says_is_not_known(folder: Path, country: str, code: str) -> None:
    assert Postcodes(folder).point(country, code) is None


def test_a_postcode_counts_before_the_town_and_after_coordinates(folder: Path, desk: Desk) -> None:
    places = places_of(desk)
    coded = places.of_address(address(city="Berlin", postal_code="10001", country="Germany"))
    given = places.of_address(
        address(city="Berlin", postal_code="10001", country="DE", latitude_dec6=1, longitude_dec6=2)
    )
    unknown = places.of_address(address(city="Berlin", postal_code="99999", country="Germany"))
    assert coded is not None
    assert (coded.point, coded.name, coded.is_exact) == (Point(52.6, 13.3), "10001 Berlin", False)
    assert given is not None
    assert given.is_exact
    assert unknown is not None
    assert unknown.name == "Berlin"
