"""The configurator agrees with trying everything on small models (domain.md 2.8)."""

from collections.abc import Mapping
from fractions import Fraction
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from sfa.domain.configurator.answers import complete, remaining, why_none
from sfa.domain.configurator.compiling import Compiled, compile_model
from sfa.domain.configurator.configuration import configure
from sfa.domain.configurator.model import AutoAdd, Cardinality, Default, Excludes, Group, Model, Option, Requires, Rule
from sfa.domain.configurator.repairs import violations
from sfa.domain.configurator.settling import by_id, by_place, settle
from tests.domain.configurator.brute_force import broken, models, settled, valid_lists

CHOICES = st.dictionaries(st.sampled_from("abcd"), st.integers(0, 4), max_size=3)


def ours(compiled: Compiled, choices: Mapping[str, int]) -> dict[str, int]:
    found = settle(compiled, by_place(compiled, choices)).quantities
    return {option.id: found[place] for place, option in enumerate(compiled.model.options)}


@given(models(), CHOICES)
def test_what_follows_from_choices_and_what_is_broken(model: Model, choices: dict[str, int]) -> None:
    compiled = compile_model(model)
    at = by_place(compiled, choices)
    assert ours(compiled, choices) == settled(model, choices)
    assert len(violations(compiled, at, settle(compiled, at))) == broken(model, choices)


@given(models(), CHOICES)
def test_a_quantity_is_left_where_some_valid_list_has_it(model: Model, choices: dict[str, int]) -> None:
    compiled = compile_model(model)
    left = remaining(compiled, by_place(compiled, choices))
    for place, option in enumerate(model.options):
        others = {name: quantity for name, quantity in choices.items() if name != option.id}
        expected = {
            quantity
            for quantity in (0, *range(option.least, option.most + 1))
            if any(valid_lists(model, {**others, option.id: quantity}))
        }
        assert {quantity for quantity in range(8) if left[place].quantities >> quantity & 1} == expected, option.id
        assert left[place].is_proven


@given(models(), CHOICES)
def test_choices_are_completed_where_a_valid_list_holds_them_and_explained_where_none_does(
    model: Model, choices: dict[str, int]
) -> None:
    compiled = compile_model(model)
    at = by_place(compiled, choices)
    made, reason = complete(compiled, at), why_none(compiled, at)
    assert (made is None) == (reason is not None)
    if made is not None:
        assert made.items() >= at.items()
        assert broken(model, by_id(compiled, made)) == 0
        assert complete(compiled, made) == made
    else:
        assert broken(model, choices) > 0
        assert not any(valid_lists(model, choices))


@given(models(), CHOICES)
def test_an_explanation_names_no_choice_in_vain(model: Model, choices: dict[str, int]) -> None:
    compiled = compile_model(model)
    reason = why_none(compiled, by_place(compiled, choices))
    if reason is not None:
        named = {model.options[place].id for place in reason.choices}
        assert not any(valid_lists(model, {name: choices[name] for name in named}))
        for name in named:
            assert any(valid_lists(model, {other: choices[other] for other in named - {name}}))


@given(models(), CHOICES)
def test_repairs_are_the_nearest_single_changes_that_mend(model: Model, choices: dict[str, int]) -> None:
    compiled = compile_model(model)
    at = by_place(compiled, choices)
    start = settle(compiled, at)
    for violation in violations(compiled, at, start):
        found = {repair.option: repair for repair in violation.repairs}
        for place, option in enumerate(model.options):
            now = start.quantities[place]
            mending = []
            for quantity in (0, *range(option.least, option.most + 1)):
                after = settle(compiled, {**at, place: quantity})
                if quantity != now and violation.constraint not in compiled.broken(after.quantities, after.is_set):
                    mending.append((abs(quantity - now), quantity))
            assert (found[place].quantity if place in found else None) == (min(mending)[1] if mending else None)
        order = [repair.left for repair in violation.repairs]
        assert order == sorted(order)
        for repair in violation.repairs:
            changed = {**choices, model.options[repair.option].id: repair.quantity}
            assert repair.left == broken(model, changed)


@given(models(), CHOICES, st.randoms(use_true_random=False))
def test_the_order_of_choices_changes_nothing_and_neither_does_doing_it_again(
    model: Model, choices: dict[str, int], random: Random
) -> None:
    compiled = compile_model(model)
    shuffled = list(choices.items())
    random.shuffle(shuffled)
    found = configure(compiled, choices)
    assert configure(compiled, dict(shuffled)) == found
    assert configure(compiled, found.choices) == found
    all_of_it = ours(compiled, choices)
    assert ours(compiled, all_of_it) == all_of_it


def test_an_option_that_comes_along_and_cannot_stay_may_be_refused() -> None:
    options = [Option(name, name, "g", name) for name in "ab"]
    rules = (AutoAdd("a", "b", Fraction(1)), Excludes(("a", "b")), Cardinality(("a",), 1, None, "a"))
    compiled = compile_model(Model("m", "m", (Group("g", "g", tuple(options)),), tuple(Rule(body) for body in rules)))
    assert [left.ranges() for left in remaining(compiled, {})] == [[], [(0, 0)]]


def test_a_default_that_yielded_comes_back_when_the_other_is_removed() -> None:
    options = [Option(name, name, "g", name) for name in "cd"]
    groups = (Group("f", "f", (Option("a", "a", "f", "a"),)), Group("g", "g", tuple(options), 0, 1))
    model = Model("m", "m", groups, (Rule(Requires("a", ("d",))), Rule(Default("d", 1))))
    (broken_rule,) = configure(compile_model(model), {"a": 1, "c": 1}).violations
    assert [repair.words for repair in broken_rule.repairs] == ["remove a", "remove c", "add d"]
