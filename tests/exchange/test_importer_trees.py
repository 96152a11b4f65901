"""Rows above others of their own noun: they may come later, be missing, or bite their own tail."""

from pathlib import Path

import pytest

from sfa.exchange.import_plan import Request, Result, make_plan
from sfa.exchange.importer import run
from sfa.services import listing
from sfa.services.desk import Desk
from tests.support.contents import contents


def take(desk: Desk, folder: Path, noun: str, text: str, columns: str = "") -> Result:
    path = folder / f"{noun}.csv"
    path.write_text(text, encoding="utf-8")
    return run(desk, make_plan(desk, Request(path, noun, columns)))


def tree(desk: Desk, noun: str, field: str) -> dict[str, str | None]:
    return {row["name"]: row[field] for row in listing.select(desk, noun, columns=("name", field)).rows}


def test_managers_are_found_later_in_the_file_by_id_and_made_where_they_are_missing(desk: Desk, tmp_path: Path) -> None:
    text = "id,name,manager\n1,Ann,3\n2,Bob,Ann\n3,Cem,Dora\n"
    result = take(desk, tmp_path, "user", text, "id=external_id")
    assert (result.new, result.created, result.rejected) == (3, {"user": 1}, [])
    assert tree(desk, "user", "manager") == {"Ann": "Cem", "Bob": "Ann", "Cem": "Dora", "Dora": None}
    roles = dict(desk.store.rows("SELECT name, role FROM app_user"))
    assert roles == {"Ann": "manager", "Bob": "rep", "Cem": "manager", "Dora": "manager"}


def test_the_same_tree_again_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    text = "name,parent\nBranch,Head\nHead,Holding\n"
    take(desk, tmp_path, "account", text)
    before = contents(desk)
    again = take(desk, tmp_path, "account", text)
    assert (again.unchanged, again.operation_id, contents(desk) == before) == (2, None, True)


@pytest.mark.parametrize(
    ("text", "reason", "kept"),
    [
        ("name,parent\nA,B\nB,C\nC,A\nD,A\n", "below it already", {"A": "B", "B": "C"}),
        ("name,parent\nA,4711\nB,\n", "neither in the file", {"B": None}),
        ("name,parent,employees\nA,B,many\nB,,1\n", "many", {"B": None}),
    ],
)
def test_a_row_that_cannot_hang_where_it_says_is_rejected_with_those_below_it(
    desk: Desk, tmp_path: Path, text: str, reason: str, kept: dict[str, str | None]
) -> None:
    result = take(desk, tmp_path, "account", text)
    assert reason in " ".join(row.reason for row in result.rejected)
    assert tree(desk, "account", "parent").items() <= (tree(desk, "account", "parent") | kept).items()
    assert result.new + len(result.rejected) == len(text.splitlines()) - 1


def test_those_below_a_rejected_row_are_rejected_with_it(desk: Desk, tmp_path: Path) -> None:
    result = take(desk, tmp_path, "account", "name,parent\nA,77\nB,A\nC,B\nD,\n")
    assert (result.new, [row.line for row in result.rejected]) == (1, [2, 3, 4])
    assert "a row that was rejected" in result.rejected[1].reason


def test_who_is_said_to_be_above_themselves_is_above_nobody_and_that_is_told(desk: Desk, tmp_path: Path) -> None:
    result = take(desk, tmp_path, "user", "name,manager\nAnn,Ann\nBob,Ann\n")
    assert tree(desk, "user", "manager") == {"Ann": None, "Bob": "Ann"}
    assert any("name themselves" in note for note in result.notes)


def test_two_records_may_change_places(desk: Desk, tmp_path: Path) -> None:
    take(desk, tmp_path, "account", "name,parent\nA,\nB,A\nC,B\n")
    result = take(desk, tmp_path, "account", "name,parent\nA,C\nC,D\nD,\n")
    assert (result.new, result.changed, result.rejected) == (1, 2, [])
    assert tree(desk, "account", "parent") == {"A": "C", "B": "A", "C": "D", "D": None}


def test_a_line_of_thirteen_is_too_deep_and_stops_nothing(desk: Desk, tmp_path: Path) -> None:
    rows = "".join(f"N{number},{f'N{number - 1}' if number else ''}\n" for number in range(20))
    result = take(desk, tmp_path, "account", f"name,parent\n{rows}")
    assert result.new + len(result.rejected) == 20
    assert result.new == 13
