"""Questions of sync are settled whole or field by field; the answer stands on the server, and undo takes it back."""

import json
from pathlib import Path
from typing import Any

import pytest

from db import journal
from db.seeds import PIPELINE_ID, stage_id
from sfa.errors import ConflictError, NotFoundError, UsageError
from sfa.services.desk import Desk
from sfa.sync import inbox
from tests.support.factories import an_account, column_of
from tests.support.shell import run_cli
from tests.sync import oracles
from tests.sync.test_by_file import desk_of, world
from tests.sync.test_lessons import add_account, named
from tests.sync.world import Laptop, World

__all__ = ["world"]


def a_question(desk: Desk, mine: dict[str, Any], theirs: dict[str, Any], before: dict[str, Any], **more: str) -> str:
    account = an_account(desk, name="Acme", industry="Steel", employees=10)
    with desk.store.write("sync", "Asked") as work:
        values = {
            "kind": "conflict", "code": "manual", "table_name": "account", "row_id": account, "happened_at": work.at,
            "mine": json.dumps(mine), "theirs": json.dumps(theirs), "before": json.dumps(before), **more,
        }  # fmt: skip
        return work.insert("inbox_entry", values)


THREE = (
    {"industry": "Iron", "employees": 12, "website": "acme.example"},
    {"industry": "Steel", "employees": 10, "website": None},
    {"industry": "Wood", "employees": 8, "website": "old.example"},
)


def of_acme(desk: Desk, column: str) -> Any:  # noqa: ANN401 - as stored
    return column_of(desk, "account", str(desk.store.value("SELECT id FROM account WHERE name = 'Acme'")), column)


def status(desk: Desk) -> str:
    return str(desk.store.value("SELECT status FROM inbox_entry"))


def undo(desk: Desk) -> None:
    target = journal.last_to_undo(desk.store)
    assert target is not None
    journal.undo(desk.store, target)


def test_each_field_goes_its_own_way_and_the_entry_stays_until_the_last(desk: Desk) -> None:
    entry = a_question(desk, *THREE)
    inbox.settle(desk, entry, {"industry": inbox.MINE, "employees": inbox.THEIRS})
    (left,) = inbox.entries(desk)
    assert [field.name for field in left.fields] == ["website"]
    assert (of_acme(desk, "industry"), of_acme(desk, "employees"), status(desk)) == ("Iron", 10, "open")
    inbox.settle(desk, entry, {"website": inbox.BEFORE})
    assert (of_acme(desk, "website"), status(desk), inbox.entries(desk)) == ("old.example", "mixed", [])


def test_undo_takes_back_the_value_and_the_answer(desk: Desk) -> None:
    entry = a_question(desk, *THREE)
    inbox.settle(desk, entry, {"industry": inbox.MINE, "employees": inbox.BEFORE})
    assert (of_acme(desk, "industry"), of_acme(desk, "employees")) == ("Iron", 8)
    undo(desk)
    assert (of_acme(desk, "industry"), of_acme(desk, "employees")) == ("Steel", 10)
    assert len(inbox.entries(desk)[0].fields) == 3


@pytest.mark.parametrize(
    ("choice", "industry", "employees"), [("mine", "Iron", 12), ("theirs", "Steel", 10), ("before", "Wood", 8)]
)
def test_a_whole_entry_goes_one_way(desk: Desk, choice: str, industry: str, employees: int) -> None:
    entry = a_question(desk, *THREE)
    inbox.resolve(desk, entry, choice)
    assert (of_acme(desk, "industry"), of_acme(desk, "employees"), status(desk)) == (industry, employees, choice)
    undo(desk)
    assert (of_acme(desk, "industry"), status(desk)) == ("Steel", "open")


def test_who_brings_back_what_others_deleted_owns_it_from_then_on(desk: Desk) -> None:
    gone = desk.store.ids.new()
    more = {"kind": "deleted", "code": "deleted", "table_name": "contact", "row_id": gone}
    entry = a_question(desk, {"name": "Jane Doe"}, {}, {"name": "Jane"}, **more)
    inbox.resolve(desk, entry, inbox.MINE)
    assert desk.store.rows("SELECT name, owner_id FROM contact") == [("Jane Doe", desk.user_id)]


def test_all_fields_in_one_way_one_by_one_are_that_way(desk: Desk) -> None:
    entry = a_question(desk, *THREE)
    for name in THREE[0]:
        inbox.settle(desk, entry, {name: inbox.THEIRS})
    assert status(desk) == "theirs"


def test_what_cannot_be_chosen_is_said_and_changes_nothing(desk: Desk) -> None:
    entry = a_question(desk, {"name": "New", "industry": "Iron"}, {}, {}, kind="refused")
    with pytest.raises(UsageError, match="no open field “colour”"):
        inbox.settle(desk, entry, {"colour": inbox.MINE})
    with pytest.raises(ConflictError, match="Nothing is known"):
        inbox.settle(desk, entry, {"industry": inbox.BEFORE})
    with pytest.raises(NotFoundError, match="No open entry"):
        inbox.settle(desk, "no such", {"industry": inbox.MINE})
    desk.store.connection.execute("DELETE FROM account")
    with pytest.raises(ConflictError, match="is gone"):
        inbox.settle(desk, entry, {"industry": inbox.MINE})
    assert status(desk) == "open"
    inbox.resolve(desk, entry, inbox.MINE)
    assert desk.store.value("SELECT industry FROM account WHERE name = 'New'") == "Iron"


@pytest.mark.parametrize("table", ["account; DROP TABLE account; --", "sqlite_master", "setting", "sync_out"])
def test_names_that_a_server_makes_up_never_get_into_sql(desk: Desk, table: str) -> None:
    entry = a_question(desk, {"name = 'x'; --": "y", "value": 1}, {}, {}, table_name=table)
    (shown,) = inbox.entries(desk)
    assert shown.fields == ()
    inbox.resolve(desk, entry, inbox.MINE)
    assert of_acme(desk, "industry") == "Steel"


def test_amounts_and_names_are_shown_as_people_read_them(desk: Desk) -> None:
    account = an_account(desk, name="Acme")
    with desk.store.write("deal") as work:
        values = {
            "name": "Roof", "account_id": account, "pipeline_id": PIPELINE_ID, "stage_id": stage_id(1), "currency": "EUR",
            "created_on": "2026-03-01", "probability_ppm": 100_000, "category": "pipeline", "amount_minor": 100,
        }  # fmt: skip
        deal = work.insert("opportunity", values)
        sides = {"mine": 1_250_000, "theirs": "not a number", "before": None}
        told = {name: json.dumps({"amount_minor": value}) for name, value in sides.items()}
        work.insert(
            "inbox_entry",
            {
                "kind": "conflict",
                "code": "x",
                "table_name": "opportunity",
                "row_id": deal,
                "happened_at": work.at,
                **told,
            },
        )
    (entry,) = inbox.entries(desk)
    assert entry.lines == (("amount", "12,500.00 EUR", "not a number", ""),)


# --- with a server


def both_change(world: World) -> tuple[Laptop, Laptop, str]:
    mia, ann = named(world, "mia"), named(world, "ann")
    add_account(world, mia)
    with mia.store.write("deal") as work:
        world._new_deal(mia, work)
    world.heal()
    pk = str(mia.store.value("SELECT id FROM opportunity"))
    for laptop, amount in ((mia, 500), (ann, 700)):
        with laptop.store.write("amount") as work:
            work.update("opportunity", pk, {"amount_minor": amount, "stage_id": stage_id(amount // 200)})
    world.sync(mia)
    world.sync(ann)
    return mia, ann, pk


def test_an_answer_stands_after_the_next_sync_and_asks_nothing_new(world: World) -> None:
    mia, ann, pk = both_change(world)
    (entry,) = inbox.entries(desk_of(ann))
    inbox.settle(desk_of(ann), entry.id, {"amount": inbox.MINE, "stage": inbox.THEIRS})
    world.heal()
    for laptop in (mia, ann):
        assert laptop.store.row("SELECT amount_minor, stage_id FROM opportunity WHERE id = ?", (pk,)) == (
            700,
            stage_id(2),
        )
        assert laptop.store.rows("SELECT status FROM inbox_entry") == [("mixed",)]
    undo(desk_of(ann))
    world.heal()
    assert mia.store.value("SELECT amount_minor FROM opportunity WHERE id = ?", (pk,)) == 500
    assert len(inbox.entries(desk_of(ann))[0].fields) == 2
    oracles.check_converged(world)


def test_who_sees_the_inbox_of_others_is_not_asked_and_answers_nothing(world: World) -> None:
    mia, ann, _ = both_change(world)
    world.heal()
    entry = inbox.entries(desk_of(ann))[0]
    assert mia.store.value("SELECT count(*) FROM inbox_entry") == 1
    assert inbox.entries(desk_of(mia)) == []
    with mia.store.write("forged") as work:
        work.update("inbox_entry", entry.id, {"status": "dismissed"})
    world.heal()
    for laptop in (mia, ann):
        assert laptop.store.rows("SELECT status FROM inbox_entry") == [("open",)]


def test_an_answer_that_is_refused_again_is_one_new_question(world: World) -> None:
    mia, ann = named(world, "mia"), named(world, "ann")
    pk = add_account(world, mia)
    world.heal()
    with ann.store.write("account edit") as work:
        work.update("account", pk, {"territory_id": world.areas[1]})
    world.heal()
    for _ in range(2):
        (entry,) = inbox.entries(desk_of(ann))
        inbox.resolve(desk_of(ann), entry.id, inbox.MINE)
        world.heal()
    assert [entry.table for entry in inbox.entries(desk_of(ann))] == ["account"]


# --- in the shell


@pytest.mark.parametrize(
    ("words", "industry", "left"),
    [
        (["--mine"], "Iron", []),
        (["--before"], "Wood", []),
        (["--mine", "industry", "--theirs", "Employees"], "Iron", ["website"]),
        (["--mine=industry", "--mine=website"], "Iron", ["employees"]),
        (["--dismiss"], "Steel", []),
    ],
)
def test_the_shell_settles_fields_and_undo_takes_them_back(
    desk: Desk, words: list[str], industry: str, left: list[str]
) -> None:
    entry, home = a_question(desk, *THREE), desk.store.workspace.folder
    done = run_cli(["sync", "inbox", entry, *words], home)
    assert (done.code, "Undo: sfa undo" in done.stdout) == (0, True), done.stderr
    assert of_acme(desk, "industry") == industry
    shown = run_cli(["sync", "inbox", "--json"], home).value
    assert [field["field"] for one in shown for field in one["fields"]] == left
    assert run_cli(["undo"], home).code == 0
    assert (of_acme(desk, "industry"), len(inbox.entries(desk)[0].fields)) == ("Steel", 3)


@pytest.mark.parametrize(
    "words",
    [
        ["--mine"],
        ["X", "--mine", "--theirs"],
        ["X", "--mine", "industry", "--theirs", "industry"],
        ["X"],
        ["X", "--mine", "a", "--dismiss"],
    ],
)
def test_a_line_that_says_two_things_is_refused(tmp_path: Path, words: list[str]) -> None:
    done = run_cli(["sync", "inbox", *words], tmp_path / "home")
    assert (done.code, "each field in one way" in done.stderr) == (2, True)
