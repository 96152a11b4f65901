"""The configurator's answers by trying everything, written from the rules' own words and nothing of ours.

And models that are small enough for it.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product
from math import ceil

from hypothesis import strategies as st

from sfa.domain.configurator.model import (
    AutoAdd,
    Body,
    Cardinality,
    Condition,
    Default,
    Excludes,
    Group,
    Hide,
    Model,
    Option,
    Requires,
    Resource,
    Rule,
    Table,
)

Quantities = tuple[int, ...]

CONDITIONS = {
    "a": lambda q: q["a"] > 0,
    "b >= 2": lambda q: q["b"] >= 2,
    "not c": lambda q: q["c"] == 0,
    "a and b": lambda q: q["a"] > 0 and q["b"] > 0,
    "a or not (b = 1)": lambda q: q["a"] > 0 or q["b"] != 1,
    "a + 2 * b > c": lambda q: q["a"] + 2 * q["b"] > q["c"],
    "count(one) != 1": lambda q: sum(q[option] > 0 for option in "ab") != 1,
    "units(two) <= 1": lambda q: q["c"] + q["d"] <= 1,
    'two.colour = "red"': lambda q: q["c"] > 0,
    'one.colour != "red"': lambda q: q["a"] == 0,
}
"""Conditions with their meanings in Python."""


@st.composite
def models(draw: st.DrawFn) -> Model:
    """Two groups of two options."""
    groups = []
    for group_id, ids in (("one", "ab"), ("two", "cd")):
        options = []
        for option_id in ids:
            least = draw(st.integers(1, 2))
            most = draw(st.integers(least, 3))
            attributes = {"colour": "red" if option_id in "ac" else "blue"}
            options.append(Option(option_id, option_id, group_id, option_id, least, most, least, attributes=attributes))
        low = draw(st.integers(0, 1))
        groups.append(Group(group_id, group_id, tuple(options), low, draw(st.sampled_from([None, max(low, 1), 2]))))
    return Model(
        "m",
        "m",
        tuple(groups),
        tuple(Rule(body) for body in draw(st.lists(_bodies(groups), max_size=5, unique_by=_key))),
    )


def _key(body: Body) -> object:
    """A default is stated once, and not of what may be hidden."""
    return ("default", body.option) if isinstance(body, Default) else repr(body)


def _bodies(groups: Sequence[Group]) -> st.SearchStrategy[Body]:
    by_id = {option.id: option for group in groups for option in group.options}
    name, ratios = st.sampled_from("abcd"), st.sampled_from([Fraction(1), Fraction(2), Fraction(1, 2), Fraction(3, 2)])
    pairs = st.lists(name, min_size=2, max_size=3, unique=True).map(sorted).map(tuple)
    amounts = st.dictionaries(name, st.integers(1, 2), min_size=1, max_size=3)
    cell = st.sampled_from("ab*"), st.sampled_from(["red", "blue", "*"])
    condition = st.sampled_from(list(CONDITIONS))
    return st.one_of(
        st.builds(lambda options, low, size, is_units: Cardinality(options, low, low + size, "x", is_units),
                  pairs, st.integers(0, 1), st.integers(0, 2), st.booleans()),
        pairs.flatmap(lambda two: st.builds(Requires, st.just(two[0]), st.just(two[1:]), st.none() | ratios)),
        st.builds(Excludes, pairs),
        st.builds(Condition, condition, condition),
        st.lists(st.tuples(*cell), min_size=1, max_size=3).map(lambda rows: Table(("one", "two.colour"), tuple(rows))),
        st.builds(lambda supply, demand: Resource("r", supply, demand), amounts, amounts),
        st.sampled_from("cd").map(lambda option: Default(option, by_id[option].usual)),
        pairs.flatmap(lambda two: st.booleans().flatmap(lambda is_ratio: (ratios if is_ratio else st.integers(1, 2).map(Fraction)).map(
            lambda amount: AutoAdd(two[0], two[1], amount, is_ratio)))),
        st.builds(lambda option, text: Hide((option,), text), st.sampled_from("ab"), condition | st.just("")),
    )  # fmt: skip


def settled(model: Model, choices: Mapping[str, int]) -> dict[str, int]:
    """Return quantities, by repeating the rules until nothing changes."""
    found = {option.id: choices.get(option.id, 0) for option in model.options}
    for rule in model.rules:
        if isinstance(rule.body, Default) and rule.body.option not in choices:
            group = next(group for group in model.groups if rule.body.option in [item.id for item in group.options])
            ids = [option.id for option in group.options]
            others = sum(choices.get(option, 0) > 0 for option in ids)
            defaults = sum(found[option] > 0 for option in ids if option not in choices)
            if group.most is None or others + defaults < group.most:
                found[rule.body.option] = rule.body.quantity
    base = dict(found)
    while True:
        after = dict(found)
        for option in found:
            if option not in choices:
                after[option] = max(base[option], brought(model, option, found))
        if after == found:
            return found
        found = after


def brought(model: Model, option: str, quantities: Mapping[str, int]) -> int:
    """Return how many units of an option others bring along."""
    need = Fraction(0)
    for rule in model.rules:
        body = rule.body
        if isinstance(body, AutoAdd) and body.option == option:
            units = quantities[body.trigger]
            need += body.amount * units if body.is_ratio else body.amount * (units > 0)
    return ceil(need)


def broken(model: Model, choices: Mapping[str, int]) -> int:
    """Return how many bounds, groups and rules the settled choices break."""
    found = settled(model, choices)
    bounds = sum(not (found[item.id] == 0 or item.least <= found[item.id] <= item.most) for item in model.options)
    return (
        bounds
        + _broken_groups(model, found)
        + sum(_is_broken(model, rule.body, found, choices) for rule in model.rules)
    )


def _broken_groups(model: Model, found: Mapping[str, int]) -> int:
    count = 0
    for group in model.groups:
        chosen = sum(found[option.id] > 0 for option in group.options)
        count += chosen < group.least or (group.most is not None and chosen > group.most)
    return count


def _is_broken(model: Model, body: Body, q: Mapping[str, int], choices: Mapping[str, int]) -> int:
    if isinstance(body, Cardinality):
        size = sum(q[option] if body.is_units else q[option] > 0 for option in body.options)
        return int(size < body.least or (body.most is not None and size > body.most))
    if isinstance(body, Requires):
        there = sum(q[option] for option in body.needs)
        wanted = body.ratio * q[body.option] if body.ratio else min(q[body.option], 1)
        return int(q[body.option] > 0 and there < wanted)
    if isinstance(body, Excludes):
        return int(sum(q[option] > 0 for option in body.options) > 1)
    if isinstance(body, Condition):
        return int(CONDITIONS[body.premise](q) and not CONDITIONS[body.conclusion](q))
    if isinstance(body, Resource):
        return int(sum(q[o] * n for o, n in body.supply.items()) < sum(q[o] * n for o, n in body.demand.items()))
    if isinstance(body, Hide):
        is_hidden = not body.condition or CONDITIONS[body.condition](q)
        return sum(is_hidden and choices.get(option, 0) > 0 for option in body.options)
    return int(isinstance(body, Table) and not any(_fits(model, row, q) for row in body.rows))


def _fits(model: Model, row: Sequence[str], q: Mapping[str, int]) -> bool:
    first, second = model.groups
    return all(row[0] in ("*", item.id) for item in first.options if q[item.id]) and all(
        row[1] in ("*", item.attributes["colour"]) for item in second.options if q[item.id]
    )


def valid_lists(model: Model, choices: Mapping[str, int]) -> Iterator[dict[str, int]]:
    """Yield every valid list that keeps the choices and all that options bring along."""
    domains = [
        [choices[option.id]] if option.id in choices else [0, *range(option.least, option.most + 1)]
        for option in model.options
    ]
    for quantities in product(*domains):
        found = dict(zip([option.id for option in model.options], quantities, strict=True))
        if any(found[option] < brought(model, option, found) for option in found if option not in choices):
            continue
        # what is there exactly because others bring it needs no choice; all else is chosen
        made = {o: n for o, n in found.items() if o in choices or not n or n != brought(model, o, found)}
        if not broken(model, made):
            yield found
