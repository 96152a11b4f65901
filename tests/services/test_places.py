"""Where towns are: by name, country and state, as people write them; never a guess where a country is named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sfa.domain.routing.earth import great_circle_km
from sfa.errors import NotFoundError
from sfa.services.places import KNOWN_ABROAD, Places, Spot
from sfa.services.visits import UNKNOWN_PLACE

TOWN_KM = 8


def near(spot: Spot | None, text: str) -> bool:
    """Tell whether a place was found around some coordinates."""
    there = Places("DE").need(text, "").point
    return spot is not None and great_circle_km(spot.point, there) <= TOWN_KM


@pytest.mark.parametrize(
    ("written", "where"),
    [
        ("Munich", "48.137,11.575"),
        ("München", "48.137,11.575"),
        ("muenchen", "48.137,11.575"),
        ("Köln", "50.938,6.960"),
        ("Cologne", "50.938,6.960"),
        ("Saint-Étienne", "45.434,4.390"),
        ("St. Etienne", "45.434,4.390"),
        ("上海", "31.23,121.47"),
        ("上海市", "31.23,121.47"),
        ("Bad Homburg", "50.227,8.618"),
        ("Paris", "48.857,2.352"),
        ("Paris 8", "48.857,2.352"),
        ("69002 Lyon", "45.764,4.836"),
        ("12 Main Street, Springfield, IL", "39.80,-89.65"),
        ("Springfield, Massachusetts, USA", "42.10,-72.59"),
        ("Haifa, IL", "32.794,34.990"),
        ("Wien, Österreich", "48.208,16.372"),
        ("Graz, Austria", "47.070,15.439"),
        ("Marktplatz 1, 70173 Stuttgart", "48.775,9.182"),
        ("Frankfurt am Main Ost", "50.110,8.682"),
    ],
)
def test_a_town_is_found_as_people_write_it(written: str, where: str) -> None:
    assert near(Places("DE").spot(written), where)


def test_a_namesake_at_home_is_meant_unless_the_one_abroad_is_far_bigger() -> None:
    assert near(Places("US").spot("Cambridge"), "42.373,-71.110")
    assert near(Places("GB").spot("Cambridge"), "52.205,0.119")
    assert near(Places("US").spot("Paris"), "48.857,2.352")


def test_a_country_that_is_named_is_where_the_town_is_sought() -> None:
    assert near(Places("US").spot("Paris, USA"), "33.661,-95.556")
    assert Places("DE").town("Lyon", "Germany") is None
    assert Places("DE").town("Lyon", "Atlantis") is None


@given(st.text(max_size=40), st.text(max_size=10), st.text(max_size=10))
def test_any_text_is_a_place_or_none(written: str, country: str, region: str) -> None:
    places = Places("DE")
    for found in (places.spot(written, country=country), places.town(written, country, region)):
        assert found is None or -90 <= found.point.latitude <= 90


def test_coordinates_are_taken_as_they_are() -> None:
    spot = Places("DE").spot(" 45.76, 4.84 ")
    assert spot is not None
    assert (spot.point.latitude, spot.point.longitude, spot.is_exact) == (45.76, 4.84, True)


@pytest.mark.parametrize("written", ["", "Room 5", "Zyxwvut", "91,0", "=de", "~il", "12345", ",,,"])
def test_what_is_no_place_is_not_found(written: str) -> None:
    assert Places("DE").spot(written, least_abroad=KNOWN_ABROAD) is None


def test_a_small_town_abroad_is_no_guess_for_a_word() -> None:
    assert Places("DE").spot("Reading, Berkshire") is not None
    assert Places("DE").spot("Office", least_abroad=KNOWN_ABROAD) is None
    assert Places("DE").spot("Mobile", least_abroad=10**6) is None


def test_an_unknown_place_is_refused_with_a_remedy() -> None:
    with pytest.raises(NotFoundError, match="“Zyxwvut” is not known") as caught:
        Places("DE").need("Zyxwvut", UNKNOWN_PLACE)
    assert caught.value.hint == UNKNOWN_PLACE


def test_many_names_are_found_as_one_is() -> None:
    names = ["Ulm", "Köln", "Zyxwvut", "Essen", "Paris, France", "Wien, AT", "Bern", "Graz"]
    places = Places("DE")
    alone = {name: Places("DE").spot(name) for name in names}
    assert {name: places.spot(name) for name in names * 5} == alone
