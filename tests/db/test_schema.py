"""The shipped schema is that of the tables, and holds rules that no door gets round."""

from contextlib import closing

import pytest

from db import schema
from db.connection import connect
from db.driver import sqlite
from sfa.errors import ConflictError
from sfa.services.desk import Desk
from tests.support.factories import an_account, an_opportunity


def test_the_shipped_text_is_made_from_the_tables() -> None:
    for path, text in schema.shipped().items():
        assert path.read_text(encoding="utf-8") == text, f"{path.name}: make schema"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE opportunity SET close_date = '2026-02-30'",
        "UPDATE opportunity SET amount_minor = 'lots'",
        "UPDATE opportunity SET amount_minor = 12.5",
        "UPDATE opportunity SET currency = 'dollars'",
        "UPDATE opportunity SET probability_ppm = 1000001",
        "UPDATE opportunity SET is_won = 1",
        "UPDATE opportunity SET account_id = 'nobody'",
        "UPDATE account SET parent_id = id",
        "UPDATE account SET name = '  '",
        "UPDATE account SET type = 'friend'",
        "DELETE FROM account",
    ],
)
def test_a_person_with_a_sql_shell_cannot_break_a_rule(desk: Desk, statement: str) -> None:
    an_opportunity(desk, account=an_account(desk))
    with closing(connect(desk.store.workspace.database)) as shell, pytest.raises(sqlite.IntegrityError):
        shell.execute(statement)


def test_parents_never_make_a_circle(desk: Desk) -> None:
    first = an_account(desk)
    second = an_account(desk, name="Second", parent=first)
    with closing(connect(desk.store.workspace.database)) as shell, pytest.raises(sqlite.IntegrityError, match="tree"):
        shell.execute("UPDATE account SET parent_id = ? WHERE id = ?", (second, first))


def test_a_tree_is_twelve_records_deep_at_most(desk: Desk) -> None:
    parent = an_account(desk, name="Level 1")
    for level in range(2, 14):
        parent = an_account(desk, name=f"Level {level}", parent=parent)
    with pytest.raises(ConflictError, match="deeper than 12"):
        an_account(desk, name="Level 14", parent=parent)
    lone = an_account(desk, name="Lone")
    with closing(connect(desk.store.workspace.database)) as shell, pytest.raises(sqlite.IntegrityError, match="tree"):
        shell.execute("UPDATE account SET parent_id = ? WHERE id = ?", (parent, lone))


def test_references_are_short_unique_and_stay(desk: Desk) -> None:
    ids = [an_account(desk, name=f"Account {number}") for number in range(300)]
    rows = desk.store.rows("SELECT id, ref FROM account")
    assert len({ref for _, ref in rows}) == len(ids)
    assert all(len(ref) >= 4 and row_id.endswith(ref) for row_id, ref in rows)


def test_a_change_beside_that_of_a_reference_is_journaled(desk: Desk) -> None:
    account = an_account(desk)
    with closing(connect(desk.store.workspace.database)) as shell:
        shell.execute("UPDATE account SET ref = 'mine', name = 'Globex' WHERE id = ?", (account,))
    changes = desk.store.rows("SELECT field, new FROM change WHERE row_id = ? AND field IS NOT NULL", (account,))
    assert changes == [("name", "Globex")]


def test_what_refers_to_a_record_is_found_by_an_index(desk: Desk) -> None:
    refers = "SELECT m.name, f.\"from\" FROM sqlite_master m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table'"
    missing = [
        (table, column)
        for table, column in desk.store.rows(refers)
        if "SEARCH" not in str(desk.store.rows(f"EXPLAIN QUERY PLAN SELECT 1 FROM {table} WHERE {column} = 'x'"))
    ]
    assert missing == []


def test_a_broken_rule_of_a_column_is_told_as_the_rule(desk: Desk) -> None:
    account = an_account(desk)
    with (
        pytest.raises(ConflictError, match=r"breaks the rule date\(created_on\) IS created_on"),
        desk.store.write("edit") as work,
    ):
        work.update("account", account, {"created_on": "2026-02-30"})


def test_a_reference_taken_by_another_record_is_passed_over(desk: Desk) -> None:
    first, second = (f"00000000-0000-7000-8000-{start}cafe" for start in ("00000001", "00000002"))
    at = "2026-01-01T00:00:00.000Z"
    with closing(connect(desk.store.workspace.database)) as shell:
        for row_id in (first, second):
            shell.execute(
                "INSERT INTO tag (id, name, created_at, updated_at) VALUES (?, ?, ?, ?)", (row_id, row_id, at, at)
            )
    assert desk.store.rows("SELECT ref FROM tag WHERE id IN (?, ?) ORDER BY id", (first, second)) == [
        ("cafe",),
        ("2cafe",),
    ]
