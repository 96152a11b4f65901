"""The worked example of a chassis with two slots (domain.md 2.8, P15)."""

from collections.abc import Mapping
from itertools import permutations

from sfa.domain.configurator.advice import completed
from sfa.domain.configurator.checks import load
from sfa.domain.configurator.configuration import configure

CHASSIS = """
name = "Chassis"

[[group]]
id = "base"
min = 1
max = 1
[[group.option]]
id = "chassis"
name = "chassis"
product = "CH"

[[group]]
id = "cards"
[[group.option]]
id = "a"
name = "A"
product = "CARD-A"
[[group.option]]
id = "b"
name = "B"
product = "CARD-B"
[[group.option]]
id = "c"
name = "C"
product = "CARD-C"

[[group]]
id = "other"
[[group.option]]
id = "psu2"
name = "PSU2"
product = "PSU"
[[group.option]]
id = "kit"
name = "rack kit"
product = "KIT"

[[rule]]
kind = "resource"
name = "slots"
supply = { chassis = 2 }
demand = { a = 1, b = 1, c = 1 }
[[rule]]
kind = "requires"
option = "a"
needs = "psu2"
[[rule]]
kind = "excludes"
options = ["b", "c"]
[[rule]]
kind = "auto_add"
trigger = "chassis"
option = "kit"
"""
MODEL = load(CHASSIS, "chassis")


def chosen(*options: str) -> dict[str, int]:
    return dict.fromkeys(options, 1)


def broken(choices: Mapping[str, int]) -> dict[str, list[str]]:
    """Return the repairs of each violation, in words."""
    found = configure(MODEL, choices).violations
    return {item.message: [repair.words for repair in item.repairs] for item in found}


def test_the_chassis_brings_its_rack_kit_and_card_a_asks_for_the_second_supply() -> None:
    found = configure(MODEL, chosen("chassis", "a", "b"))
    assert [(part.product, part.quantity) for part in found.parts if part.is_auto] == [("KIT", 1)]
    assert broken(found.choices) == {"A requires PSU2": ["add PSU2", "remove A"]}


def test_three_cards_are_too_many_and_two_of_them_exclude_each_other() -> None:
    found = broken(chosen("chassis", "a", "b", "c", "psu2"))
    assert list(found) == ["slots 3 > 2: 3 needed, 2 supplied", "B excludes C"]
    assert found["B excludes C"] == ["remove B", "remove C"]


def test_the_rack_kit_goes_with_the_chassis_unless_the_user_touched_it() -> None:
    assert "KIT" not in [part.product for part in configure(MODEL, {"chassis": 0}).parts]
    assert [part.product for part in configure(MODEL, {"chassis": 0, "kit": 1}).parts] == ["KIT"]
    assert [part.product for part in configure(MODEL, {"chassis": 1, "kit": 0}).parts] == ["CH"]


def test_what_is_left_after_b_does_not_hold_c() -> None:
    found = configure(MODEL, chosen("chassis", "b"))
    assert [choice.option for choice in found.remaining if not choice.can_be_chosen] == ["c"]


def test_a_partial_choice_is_completed() -> None:
    parts = configure(MODEL, completed(MODEL, chosen("a"))).parts
    assert [part.product for part in parts] == ["CH", "CARD-A", "PSU", "KIT"]


def test_the_order_of_choices_does_not_matter() -> None:
    found = [configure(MODEL, chosen(*order)) for order in permutations(["chassis", "a", "b", "psu2"])]
    assert all(item == found[0] for item in found)
