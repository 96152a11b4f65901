"""Rows and changed fields in the words of two versions of the schema."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sfa.domain.sharing.versions import NewTable, Versions, added, joined, removed, renamed, split


def parted(name: str | None) -> tuple[str | None, str | None]:
    first, _, last = (name or "").partition(" ")
    return first or None, last or None


def whole(first: str | None, last: str | None) -> str | None:
    return " ".join(part for part in (first, last) if part) or None


SECOND = (
    renamed("person", "tel", "phone"),
    split("person", "name", ("first", "last"), parted, whole),
    NewTable("note"),
)
THIRD = (
    added("person", "kind", "lead"),
    removed("person", "fax", "none"),
    joined("person", ("town", "code"), "place", whole, parted),
    renamed("person", "phone", "number"),
)
KNOWN = Versions(3, {2: SECOND, 3: THIRD})
OLD = {"id": "p1", "name": "Jane Doe", "tel": "1", "fax": "2", "town": "Bern", "code": "3000"}
NEW = {"id": "p1", "first": "Jane", "last": "Doe", "number": "1", "place": "Bern 3000", "kind": "lead"}


def test_a_whole_row_goes_up_with_what_is_new_at_its_default() -> None:
    assert KNOWN.up("person", OLD, 1, is_whole=True) == NEW
    assert KNOWN.up("person", {**OLD, "id": "p2"}, 1, is_whole=True)["id"] == "p2"


def test_a_whole_row_goes_down_without_what_the_older_version_has_not() -> None:
    assert KNOWN.down("person", NEW, 1) == {**OLD, "fax": "none"}
    assert set(KNOWN.down("person", NEW, 2)) == {"id", "first", "last", "phone", "fax", "town", "code"}


def test_changed_fields_go_up_alone_and_nothing_is_made_up() -> None:
    assert KNOWN.up("person", {"tel": "5"}, 1) == {"number": "5"}
    assert KNOWN.up("person", {"fax": "5"}, 1) == {}
    assert KNOWN.up("person", {"name": None}, 1) == {"first": None, "last": None}
    assert KNOWN.up("note", {"body": "x"}, 1) == {"body": "x"}


def test_one_of_several_fields_that_are_joined_takes_the_others_from_the_row() -> None:
    row = {**NEW, "place": "Bern 3000"}
    assert KNOWN.up("person", {"code": "3012"}, 1, rest=row) == {"place": "Bern 3012"}
    assert KNOWN.up("person", {"code": "3012"}, 1) == {"place": "3012"}


def test_a_part_of_a_value_that_was_split_is_not_told_as_the_whole() -> None:
    assert KNOWN.down("person", {"first": "Jane"}, 1, is_whole=False) == {}
    assert KNOWN.down("person", {"first": "Jane", "last": "Roe"}, 1, is_whole=False) == {"name": "Jane Roe"}


def test_what_is_in_the_newest_words_already_stays_as_it_is() -> None:
    assert KNOWN.up("person", NEW, 1) == NEW
    assert KNOWN.up("person", NEW, 3, is_whole=True) == NEW
    assert KNOWN.down("person", NEW, 3) == NEW


def test_versions_know_what_an_older_one_lacks() -> None:
    assert (KNOWN.oldest, KNOWN.oldest_served, Versions(1).oldest_served) == (1, 2, 1)
    assert [KNOWN.has_table("note", version) for version in (1, 2, 3)] == [False, True, True]
    assert KNOWN.beyond(1) == {"person", "note"}
    assert KNOWN.beyond(3) == set()
    assert Versions(2, {2: (removed("person", "fax"),)}).beyond(1) == set()
    assert [KNOWN.name_up("person", name, 1) for name in ("tel", "name", "id")] == ["number", "name", "id"]


words = st.none() | st.text("abc", min_size=1, max_size=5)
newest_rows = st.fixed_dictionaries(
    {"id": words, "first": words, "last": words, "number": words, "place": words, "kind": words}
)
older_rows = st.fixed_dictionaries(
    {"id": words, "name": words, "tel": words, "fax": words, "town": words, "code": words}
)


@given(newest_rows, st.sampled_from((1, 2)))
def test_down_and_up_again_keeps_what_both_versions_know(row: dict[str, Any], version: int) -> None:
    again = KNOWN.up("person", KNOWN.down("person", row, version), version, is_whole=True)
    assert set(again) == set(row)
    assert {name: again[name] for name in ("id", "number")} == {name: row[name] for name in ("id", "number")}
    # What the older version writes in one word says it in its own way, and that is kept from then on.
    assert KNOWN.down("person", again, version) == KNOWN.down("person", row, version)


@given(older_rows)
def test_up_and_down_again_keeps_what_both_versions_know(row: dict[str, Any]) -> None:
    up = KNOWN.up("person", row, 1, is_whole=True)
    again = KNOWN.down("person", up, 1)
    assert {name: again[name] for name in ("id", "tel", "name")} == {name: row[name] for name in ("id", "tel", "name")}
    assert KNOWN.up("person", again, 1, is_whole=True) == up


@given(older_rows, st.sets(st.sampled_from(("name", "tel", "fax", "town", "code"))), st.data())
def test_a_change_comes_to_the_same_on_either_side_of_the_upgrade(
    row: dict[str, Any], changed: set[str], data: st.DataObject
) -> None:
    patch = {name: data.draw(words) for name in sorted(changed)}
    before = KNOWN.up("person", row, 1, is_whole=True)
    assert {**before, **KNOWN.up("person", patch, 1, rest=before)} == {
        **KNOWN.up("person", {**KNOWN.down("person", before, 1), **patch}, 1, is_whole=True),
        "kind": before["kind"],
    }
