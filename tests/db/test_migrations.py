"""Migrations: from one version to the next after a backup, whole or not at all."""

from collections.abc import Callable
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from db.backup import list_backups
from db.connection import SCHEMA_VERSION, connect
from db.founding import trigger_script
from db.migrations import Step, migrate, remake_triggers, shipped_steps
from sfa.errors import ConflictError, StorageError
from sfa.services.desk import Desk
from tests.support.factories import a_contact, an_account
from tests.support.migrating import NEXT, STEPS, migrate_to_next, schema_of

if TYPE_CHECKING:
    from alembic.operations import Operations


def our_triggers(desk: Desk) -> list[str]:
    """Return the triggers and views of a store as they are written there."""
    return [sql for (sql,) in desk.store.rows("SELECT sql FROM sqlite_master WHERE type IN ('trigger', 'view')")]


def test_every_step_of_this_program_leads_to_the_next_version() -> None:
    assert [step.version for step in shipped_steps()] == list(range(2, SCHEMA_VERSION + 1))


def test_a_step_is_taken_once_and_the_state_before_it_is_kept(desk: Desk) -> None:
    account = an_account(desk)
    old = schema_of(desk.store.workspace.database)
    migrate_to_next(desk.store.workspace.folder)
    migrate_to_next(desk.store.workspace.folder)
    assert schema_of(desk.store.workspace.database)[0] == NEXT
    (kept,) = list_backups(desk.store.workspace)
    assert kept.reason == "migration"
    assert schema_of(kept.path) == old
    assert desk.store.value("SELECT id FROM account") == account


def test_the_journal_goes_on_after_a_step(desk: Desk) -> None:
    migrate_to_next(desk.store.workspace.folder)
    assert sorted(our_triggers(desk)) == sorted(trigger_script())
    before = desk.store.value("SELECT count(*) FROM change")
    an_account(desk)
    assert desk.store.value("SELECT count(*) FROM change") > before


def break_down(operations: "Operations") -> None:
    """Change something, then fail."""
    operations.execute("DROP TABLE import_profile")
    operations.execute("DELETE FROM account")
    operations.execute("SELECT nonsense")


def orphan(operations: "Operations") -> None:
    """Remove an account from under its contact."""
    operations.execute("DELETE FROM account")


def break_a_rule(operations: "Operations") -> None:
    """Write what the schema forbids."""
    operations.execute("UPDATE account SET parent_id = id")


@pytest.mark.parametrize(
    ("upgrade", "error"), [(break_down, StorageError), (orphan, StorageError), (break_a_rule, ConflictError)]
)
def test_a_step_that_fails_changes_nothing(
    upgrade: Callable[["Operations"], None], error: type[Exception], desk: Desk
) -> None:
    account = an_account(desk)
    a_contact(desk, account=account)
    old = schema_of(desk.store.workspace.database)
    with pytest.raises(error):
        migrate(desk.store.workspace, [Step(NEXT, "Fails", upgrade)], NEXT)
    assert schema_of(desk.store.workspace.database) == old
    assert desk.store.value("SELECT id FROM account") == account
    assert sorted(our_triggers(desk)) == sorted(trigger_script())


def test_a_missing_step_is_told_before_anything_is_done(desk: Desk) -> None:
    with pytest.raises(StorageError, match=f"no way from schema {SCHEMA_VERSION} to {NEXT + 1}"):
        migrate(desk.store.workspace, STEPS, NEXT + 1)
    assert list_backups(desk.store.workspace) == []


def test_triggers_that_were_tampered_with_are_made_anew(desk: Desk) -> None:
    with closing(connect(desk.store.workspace.database)) as other:
        (name,) = other.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' LIMIT 1").fetchone()
        other.execute(f'DROP TRIGGER "{name}"')
        other.execute("CREATE TRIGGER mine AFTER INSERT ON tag BEGIN SELECT 1; END")
        remake_triggers(other)
    triggers = our_triggers(desk)
    assert set(trigger_script()) < set(triggers)
    assert len(triggers) == len(trigger_script()) + 1
