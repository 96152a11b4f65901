"""Quantities that are left, what completes a choice, and where the search is cut short."""

from collections.abc import Sequence

import pytest

from sfa.domain.configurator.advice import completed, exchangeable, rules_out, taken, why_not
from sfa.domain.configurator.answers import Left, complete, remaining, why_none
from sfa.domain.configurator.checks import load
from sfa.domain.configurator.compiling import Compiled, compile_model
from sfa.domain.configurator.configuration import ChoiceError, Price, Wanted, configure
from sfa.domain.configurator.model import Excludes, Group, Model, Option, Rule
from sfa.domain.configurator.solver import Budget, OpenError
from sfa.domain.money import DEC6, Money

SEATS = """
name = "Seats"
currency = "EUR"
[[group]]
id = "plans"
name = "Plan"
min = 1
max = 1
[[group.option]]
id = "team"
product = "TEAM"
[[group.option]]
id = "firm"
product = "FIRM"
price = "fixed"
unit_price = "99.90"
[[group]]
id = "seats"
[[group.option]]
id = "seat"
product = "SEAT"
max = 5000
[[group.option]]
id = "spare"
name = "spare seat"
product = "SEAT"
max = 10
[[group.option]]
id = "support"
product = "SUP"
max = 500
price = "included"
[[rule]]
kind = "resource"
name = "seats"
supply = { team = 50, firm = 2000 }
demand = { seat = 1, spare = 1 }
[[rule]]
kind = "auto_add"
trigger = "seat"
option = "support"
ratio = "1/10"
"""


@pytest.fixture(scope="module")
def seats() -> Compiled:
    return load(SEATS, "seats")


def prices(wanted: Sequence[Wanted]) -> list[Price | None]:
    """Seats cost 10.00 each, from 100 on 9.00; plans have no price."""
    found: list[Price | None] = []
    for item in wanted:
        unit = 9 if item.quantity >= 100 else 10
        known = Price(unit * DEC6, Money(unit * 100 * item.quantity, "EUR"))
        found.append(known if item.product == "SEAT" else None)
    return found


def ranges(compiled: Compiled, choices: dict[str, int]) -> dict[str, tuple[tuple[int, int], ...]]:
    return {choice.option: choice.ranges for choice in configure(compiled, choices).remaining}


def test_large_quantities_are_left_as_exact_ranges(seats: Compiled) -> None:
    assert ranges(seats, {})["seat"] == ((0, 2000),)
    assert ranges(seats, {"team": 1})["seat"] == ((0, 50),)
    assert ranges(seats, {"team": 1, "seat": 45})["spare"] == ((0, 5),)
    assert ranges(seats, {"seat": 45})["team"] == ((0, 1),)
    assert ranges(seats, {"seat": 51})["team"] == ((0, 0),)


def test_a_ratio_brings_along_what_is_begun(seats: Compiled) -> None:
    assert {part.option: part.quantity for part in configure(seats, {"team": 1, "seat": 41}).parts}["support"] == 5


def test_parts_are_priced_in_one_question_and_a_product_by_all_there_is_of_it(seats: Compiled) -> None:
    made = configure(seats, {"firm": 1, "seat": 95, "spare": 5}, prices)
    amounts = {part.option: str(part.price.net.decimal_string()) for part in made.parts if part.price}
    assert amounts == {"firm": "99.90", "seat": "855.00", "spare": "45.00", "support": "0.00"}
    assert [total.decimal_string() for total in made.totals] == ["999.90"]
    assert configure(seats, {"team": 1}, prices).unpriced == 1


def test_why_something_cannot_be_had_names_what_stands_against_it(seats: Compiled) -> None:
    said = why_not(seats, {"seat": 60, "spare": 1}, "team")
    assert said == "with 60 seat: Plan: choose exactly 1; seats: no more needed than supplied"
    assert why_not(seats, {"seat": 40}, "team") == ""
    with pytest.raises(ChoiceError, match="Nothing completes these choices: team with 60 seat: Plan: choose exactly 1"):
        completed(seats, {"team": 1, "seat": 60, "support": 0})


def test_a_valid_choice_is_complete_as_it_is(seats: Compiled) -> None:
    assert completed(seats, {"team": 1, "seat": 3}) == {"team": 1, "seat": 3}
    assert configure(seats, completed(seats, {"seat": 60})).is_valid


def test_in_a_group_of_one_a_choice_takes_the_place_of_the_other(seats: Compiled) -> None:
    assert taken(seats.model, {"team": 1, "seat": 2}, "firm", 1) == {"seat": 2, "firm": 1}
    assert exchangeable(seats, {"team": 1}, "plans") == {"firm"}
    assert exchangeable(seats, {"firm": 1, "seat": 60}, "plans") == set()
    assert exchangeable(seats, {"seat": 1}, "seats") == set()


def test_what_a_choice_rules_out_is_told_before_it_is_made(seats: Compiled) -> None:
    before = configure(seats, {"seat": 50}).remaining
    assert rules_out(seats, {"seat": 50}, "team", before) == ["spare seat"]
    assert rules_out(seats, {"seat": 50}, "firm", before) == []


@pytest.mark.parametrize("choices", [{"nobody": 1}, {"seat": -1}, {"seat": 10_000}])
def test_choices_that_cannot_be_read_are_refused(seats: Compiled, choices: dict[str, int]) -> None:
    with pytest.raises(ChoiceError):
        configure(seats, choices)


def test_too_many_of_an_option_are_a_violation_with_the_nearest_repair(seats: Compiled) -> None:
    broken = configure(seats, {"firm": 1, "spare": 12}).violations
    assert {item.message: item.repairs[0].words for item in broken} == {
        "spare seat: at most 10": "change spare seat to 10"
    }


def test_bits_are_told_as_ranges() -> None:
    assert Left(0b1101110).ranges() == [(1, 3), (5, 6)]
    assert Left(0).ranges() == []


def pigeons(count: int) -> Compiled:
    """Return a model that asks for one more pigeon than there are holes, which takes any search long to refute."""
    groups = [
        Group(f"p{p}", f"p{p}", tuple(Option(f"x{p}_{h}", "", f"p{p}") for h in range(count - 1)), 1, 1)
        for p in range(count)
    ]
    pairs = [
        Rule(Excludes((f"x{p}_{h}", f"x{q}_{h}"))) for h in range(count - 1) for p in range(count) for q in range(p)
    ]
    return compile_model(Model("pigeons", "pigeons", tuple(groups), tuple(pairs)))


def test_a_search_that_takes_too_long_is_cut_and_says_so() -> None:
    compiled = pigeons(9)
    left = remaining(compiled, {}, Budget(100_000))
    assert not any(item.is_proven for item in left)
    assert all(item.can_be_chosen for item in left)
    for question in (complete, why_none):
        with pytest.raises(OpenError):
            question(compiled, {}, Budget(100_000))


def test_a_small_one_is_refuted() -> None:
    assert not any(item.can_be_chosen for item in remaining(pigeons(4), {}))
