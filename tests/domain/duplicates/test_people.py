"""Files of people who stand twice: found by weights that the file itself teaches."""

import pytest

from sfa.domain.duplicates.normal import Normaliser, code_form, date_form
from sfa.domain.duplicates.pairs import Pair
from sfa.domain.duplicates.people import Field, People, find_pairs
from tests.support.people_maker import Made, Person, make_people

FIELDS = (
    Field("given name", "given", 1),
    Field("family name", "family", 0),
    Field("address", "house"),
    Field("town", "place"),
    Field("birthday", "date"),
    Field("social security", "code"),
)
FORMS = Normaliser()


def as_people(made: Made, *, left_out: tuple[int, ...] = ()) -> People:
    kept = [place for place in range(len(FIELDS)) if place not in left_out]
    rows = [as_row(person) for person in made.rows]
    return People(
        tuple(FIELDS[place] for place in kept), made.ids, [tuple(row[place] for place in kept) for row in rows]
    )


def as_row(person: Person) -> list[str | tuple[str, ...]]:
    given, family, number, street, line, town, postcode, state, born, own = person
    house = (code_form(number), FORMS.street(street), FORMS.street(line))
    place = (FORMS.folded(town), code_form(postcode), FORMS.folded(state))
    return [
        FORMS.folded(given),
        FORMS.folded(family),
        house if any(house) else "",
        place if any(place) else "",
        date_form(born),
        code_form(own),
    ]


def judged(made: Made, pairs: list[Pair]) -> tuple[float, float]:
    """Return precision and recall."""
    found = {(min(pair.a, pair.b), max(pair.a, pair.b)) for pair in pairs}
    right = len(found & made.same)
    return right / max(len(found), 1), right / len(made.same)


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize(
    ("originals", "doubled", "copies", "errors"),
    [
        (500, 1.0, 1, 2),  # everybody twice
        (1500, 0.1, 5, 4),  # a few people, up to six times
        (800, 0.5, 5, 4),  # half of them, up to six times
    ],
)
def test_spoilt_copies_are_found_and_relatives_are_not(
    seed: int, originals: int, doubled: float, copies: int, errors: int
) -> None:
    made = make_people(seed, originals, doubled=doubled, copies=copies, errors=errors)
    precision, recall = judged(made, find_pairs(as_people(made), 0.8))
    assert precision >= 0.97
    assert recall >= 0.95


@pytest.mark.parametrize("seed", [4, 5])
def test_without_a_number_of_their_own_the_birthday_tells_people(seed: int) -> None:
    made = make_people(seed, 800, doubled=0.4, copies=2, errors=2)
    precision, recall = judged(made, find_pairs(as_people(made, left_out=(5,)), 0.8))
    assert precision >= 0.97
    assert recall >= 0.95


def test_few_doubles_among_many_are_found_without_inventing_others() -> None:
    made = make_people(6, 1500, doubled=0.01, copies=1, errors=2)
    precision, recall = judged(made, find_pairs(as_people(made), 0.8))
    assert precision >= 0.85
    assert recall >= 0.85


def test_where_nobody_stands_twice_nothing_is_found() -> None:
    made = make_people(7, 1000, doubled=0, copies=1, errors=1)
    assert len(find_pairs(as_people(made), 0.8)) <= 1


def test_the_same_file_gives_the_same_pairs_in_any_order_of_its_rows() -> None:
    made = make_people(8, 200, doubled=0.5, copies=1, errors=2)
    pairs = find_pairs(as_people(made), 0.8)
    assert pairs == find_pairs(as_people(made), 0.8)
    turned = Made(made.ids[::-1], made.rows[::-1], made.same)
    again = {frozenset((pair.a, pair.b)) for pair in find_pairs(as_people(turned), 0.8)}
    assert len(again ^ {frozenset((pair.a, pair.b)) for pair in pairs}) <= 2


def some(*rows: Person) -> People:
    return as_people(Made([str(number) for number in range(len(rows))], list(rows), set()))


JANE = ["jane", "doe", "5", "main street", "", "springfield", "2000", "nsw", "19800412", "1234567"]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({0: "doe", 1: "jane"}, "given name and family name turned"),
        ({8: "19801204"}, "similar birthday"),
        ({9: "1234576"}, "similar social security"),
        ({3: "", 4: "main street"}, "similar address"),
        ({1: "dow"}, "similar family name"),
        ({6: "2001"}, "similar town"),
    ],
)
def test_a_file_of_two_rows_is_judged_too_with_the_reasons(changes: dict[int, str], reason: str) -> None:
    copy = [changes.get(place, value) for place, value in enumerate(JANE)]
    (pair,) = find_pairs(some(JANE, copy), 0.8)
    assert reason in pair.reasons


@pytest.mark.parametrize(
    "changes",
    [
        {0: "peter", 8: "19550101", 9: "7654321"},  # lives with her
        {0: "martha", 9: "7654321"},  # her twin
        {8: "19550101", 9: "7654321"},  # her mother of the same name
        {2: "77", 3: "hill road", 5: "shelbyville", 6: "4000", 8: "19550101", 9: ""},  # her namesake
    ],
)
def test_relatives_and_namesakes_are_two_people(changes: dict[int, str]) -> None:
    other = [changes.get(place, value) for place, value in enumerate(JANE)]
    assert find_pairs(some(JANE, other), 0.8) == []


def test_empty_files_have_no_pairs() -> None:
    assert find_pairs(some(), 0.8) == []
    assert find_pairs(some(JANE), 0.8) == []
    assert find_pairs(some([""] * 10, [""] * 10), 0.8) == []
