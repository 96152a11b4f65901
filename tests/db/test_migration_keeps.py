"""A migration that is interrupted anywhere leaves the old schema; one that is through leaves all that was there."""

from contextlib import closing

import pytest

from db import migrations, store
from db.backup import list_backups, verify
from db.connection import SCHEMA_VERSION, connect
from db.driver import sqlite
from db.founding import trigger_script
from db.migrations import run_steps
from db.quick import known_user
from db.store import open_store
from sfa.services.desk import Desk
from sfa.services.search import search
from sfa.sync import outbox
from sfa.sync.state import State
from tests.support.factories import an_account
from tests.support.migrating import NEXT, STEPS, migrate_to_next, schema_of

PLACES = 24


def test_an_interruption_anywhere_leaves_the_old_schema(desk: Desk) -> None:
    an_account(desk)
    path = desk.store.workspace.database
    old, calls = schema_of(path), [0]
    left = [1 << 40]

    def tick() -> int:
        calls[0] += 1
        left[0] -= 1
        return int(left[0] == 0)

    with closing(connect(path)) as connection:
        connection.set_progress_handler(tick, 50)
        run_steps(connection, [], SCHEMA_VERSION)
        whole = calls[0]
        assert whole > PLACES
        for place in range(PLACES):
            left[0] = 1 + place * whole // PLACES
            with pytest.raises(sqlite.Error, match="interrupted"):
                run_steps(connection, STEPS, NEXT)
            assert schema_of(path) == old
        left[0] = 1 << 40
        run_steps(connection, STEPS, NEXT)
    assert schema_of(path)[0] == NEXT


def test_what_waits_for_the_server_what_is_found_and_the_triggers_outlive_it(desk: Desk) -> None:
    account = an_account(desk, name="Nordbau")
    assert [hit.id for hit in search(desk, "nordbau")] == [account]
    outbox.gather(desk.store, State(desk.store))
    later = an_account(desk, name="Südbau")
    waiting = desk.store.rows("SELECT n, body FROM sync_out")
    newest = desk.store.value("SELECT max(rowid) FROM operation")
    migrate_to_next(desk.store.workspace.folder)
    assert desk.store.rows("SELECT n, body FROM sync_out") == waiting
    assert desk.store.setting(f"schema_began_{NEXT}") == str(newest)
    assert {hit.id for hit in search(desk, "nordbau")} | {hit.id for hit in search(desk, "südbau")} == {account, later}
    triggers = {row[0] for row in desk.store.rows("SELECT sql FROM sqlite_master WHERE type IN ('trigger', 'view')")}
    assert triggers == set(trigger_script())
    (kept,) = list_backups(desk.store.workspace)
    verify(kept.path)


def test_each_door_migrates_an_older_book_as_it_opens(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    account, folder = an_account(desk), desk.store.workspace.folder
    monkeypatch.setattr(store, "SCHEMA_VERSION", NEXT)
    monkeypatch.setattr(migrations, "migrate", lambda workspace: migrate_to_next(workspace.folder))
    with closing(open_store(folder)) as opened:
        assert opened.value("PRAGMA user_version") == NEXT
        assert opened.value("SELECT id FROM account") == account
        assert known_user(opened) == known_user(desk.store)
