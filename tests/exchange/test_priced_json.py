"""Documents and cases of pricing as JSON: whatever stands in them is read or refused with its place."""

import json
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sfa.domain.pricing.totals import total
from sfa.errors import UsageError
from sfa.exchange.json_nodes import Node, as_node, parse
from sfa.exchange.price_cases import read_case
from sfa.exchange.price_results import case_json, case_words, run_case
from sfa.exchange.priced_documents import placed, read_document, totals_json

PAGE = (Path(__file__).parents[2] / "docs" / "pricing.md").read_text(encoding="utf-8")
DOCUMENT, _, CASE, _ = [json.loads(block.split("```")[0]) for block in PAGE.split("```json\n")[1:]]
CASE["returns"] = [{"line": "1", "quantities": ["20", 40]}]
CASE["bundles"] = [{"id": "B", "price": "999", "lines": ["1"]}]
CASE["books"] = [{"id": "s", "standard": True, "valid_from": "2026-01-01"}]
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-10, 10**20),
    st.decimals(allow_nan=False, allow_infinity=False, places=3),
    st.sampled_from(["", "x", "-1", "1e9", "0", "0.001", "101", "P", "V", "EUR", "JPY", "2026-02-30", "slab", "term"]),
    st.text(max_size=3),
    st.just([]),
    st.just({}),
    st.just([{}]),
    st.just({"percent": 5}),
)


def places(value: object, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the paths to everything within a JSON value."""
    found = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in found:
        yield (*path, key)
        yield from places(inner, (*path, key))


def changed(whole: dict[str, Any], path: tuple[Any, ...], value: object) -> dict[str, Any]:
    """Return the value with one place replaced."""
    made: Any = deepcopy(whole)
    at = made
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = value
    return dict(made)


def compute(kind: str, value: object) -> object:
    """Do what the command does."""
    if kind == "case":
        found = run_case(read_case(as_node(value)))
        return {**case_json(found), "words": case_words(found)}
    document = read_document(as_node(value))
    with placed(""):
        return totals_json(total(document))


def outcome(kind: str, value: object) -> str:
    """Return what is printed, or the sentence of a refusal."""
    try:
        return json.dumps(compute(kind, value))
    except UsageError as error:
        return error.message


@pytest.mark.parametrize(("kind", "whole"), [("document", DOCUMENT), ("case", CASE)])
def test_the_examples_are_computed(kind: str, whole: dict[str, Any]) -> None:
    assert compute(kind, whole)


@pytest.mark.parametrize(("kind", "whole"), [("document", DOCUMENT), ("case", CASE)])
@settings(max_examples=150, deadline=None)
@given(st.data())
def test_whatever_stands_in_one_place_is_computed_or_refused_in_a_sentence(
    kind: str, whole: dict[str, Any], data: st.DataObject
) -> None:
    path = data.draw(st.sampled_from(list(places(whole))))
    told = outcome(kind, changed(whole, path, data.draw(VALUES)))
    assert told.endswith((".", "?", "}"))
    assert told.startswith("{") or len(told) < 300


def test_numbers_keep_all_their_digits() -> None:
    node = as_node(parse(b'{"a": 0.1, "b": "1234567890.123456", "c": 5, "d": 1E2}', "x"))
    assert (node.dec6("a"), node.dec6("b"), node.dec6("c"), node.ppm("d")) == (
        *(100_000, 1_234_567_890_123_456, 5_000_000, 1_000_000),
    )


def test_a_place_is_told_as_one_would_write_it() -> None:
    inner = list(Node({"lines": [{}, {"quantity": "many"}]}).nodes("lines"))[1]
    with pytest.raises(UsageError, match=r"lines\[1\]\.quantity: “many” is no number"):
        inner.dec6("quantity")


def test_control_characters_of_a_text_never_reach_a_terminal() -> None:
    node = Node({"name": "a\x1b[2Jb", "\x1b]0;x": 1})
    assert "\x1b" not in node.text("name")
    with pytest.raises(UsageError) as refused:
        node.only("name")
    assert "\x1b" not in refused.value.message
