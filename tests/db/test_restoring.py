"""Restoring: the state comes back while others look on, what was there is kept, and nothing foreign takes its place."""

from contextlib import closing
from pathlib import Path

import pytest

from db.backup import BackupInfo, find_backup, list_backups
from db.connection import SCHEMA_VERSION, connect
from db.driver import sqlite
from sfa.errors import StorageError
from sfa.paths import Workspace
from sfa.services import care
from sfa.services.desk import Desk
from sfa.services.records import verbs_of
from tests.support.factories import an_account, clock_of, make_desk

NAMES = "SELECT name FROM account WHERE deleted_at IS NULL ORDER BY name"


def names(desk: Desk) -> list[str]:
    """Return what accounts a desk has."""
    return [name for (name,) in desk.store.rows(NAMES)]


@pytest.fixture
def made(desk: Desk) -> BackupInfo:
    """Return a backup with Acme alone; the desk has Zeta too by now."""
    an_account(desk, name="Acme")
    info = care.back_up(desk)
    clock_of(desk).advance(minutes=5)
    an_account(desk, name="Zeta")
    return info


def test_an_open_desk_sees_what_was_restored_and_goes_on(desk: Desk, made: BackupInfo) -> None:
    care.restore(made, desk.store.workspace.folder, desk.store.clock)
    assert names(desk) == ["Acme"]
    an_account(desk, name="Later")
    with closing(connect(desk.store.workspace.database)) as other:
        assert [name for (name,) in other.execute(NAMES)] == ["Acme", "Later"]


def test_what_was_there_is_kept_and_can_be_had_again(desk: Desk, made: BackupInfo) -> None:
    folder = desk.store.workspace.folder
    kept = care.restore(made, folder, desk.store.clock)
    assert kept is not None
    assert kept.reason == "restore"
    care.restore(kept, folder, desk.store.clock)
    assert names(desk) == ["Acme", "Zeta"]


def test_a_program_in_the_middle_of_reading_keeps_its_view_until_it_is_done(desk: Desk, made: BackupInfo) -> None:
    workspace = desk.store.workspace
    with closing(connect(workspace.database)) as other:
        other.execute("BEGIN")
        assert len(other.execute(NAMES).fetchall()) == 2
        care.restore(made, workspace.folder, desk.store.clock)
        assert len(other.execute(NAMES).fetchall()) == 2
        other.execute("ROLLBACK")
        assert len(other.execute(NAMES).fetchall()) == 1


def test_a_missing_database_is_made_of_the_backup(desk: Desk, made: BackupInfo, tmp_path: Path) -> None:
    workspace = desk.store.workspace
    desk.close()
    workspace.database.unlink()
    assert care.restore(made, workspace.folder, desk.store.clock) is None
    again = make_desk(tmp_path)
    assert names(again) == ["Acme"]
    again.close()


@pytest.mark.parametrize("position", [20, 4096 * 3 + 500, -1])
def test_a_backup_with_one_wrong_bit_is_refused(position: int, desk: Desk, made: BackupInfo) -> None:
    content = bytearray(made.path.read_bytes())
    content[position] ^= 1
    made.path.write_bytes(content)
    with pytest.raises(StorageError, match="was changed since it was made"):
        care.restore(made, desk.store.workspace.folder, desk.store.clock)
    assert names(desk) == ["Acme", "Zeta"]
    assert len(list_backups(desk.store.workspace)) == 1


def test_a_backup_that_is_cut_short_is_refused_without_its_digest_too(desk: Desk, made: BackupInfo) -> None:
    made.path.with_suffix(".sha256").unlink()
    made.path.write_bytes(made.path.read_bytes()[:50_000])
    with pytest.raises(StorageError, match="damaged"):
        care.restore(made, desk.store.workspace.folder, desk.store.clock)
    assert names(desk) == ["Acme", "Zeta"]


def foreign_file(workspace: Workspace, script: str) -> BackupInfo:
    """Return a database that somebody else made, under the name of a backup."""
    workspace.backups.mkdir(exist_ok=True)
    path = workspace.backups / "20260310T130000-manual.db"
    with closing(sqlite.connect(str(path), isolation_level=None)) as connection:
        connection.executescript(script)
    return find_backup(workspace, path.stem)


@pytest.mark.parametrize(
    "script",
    [
        "CREATE TABLE song (title TEXT)",
        f"CREATE TABLE song (title TEXT); PRAGMA user_version={SCHEMA_VERSION}",
        "CREATE TABLE operation (id TEXT)",
        f"CREATE TABLE operation (id TEXT); PRAGMA user_version={SCHEMA_VERSION}",
    ],
)
def test_a_database_of_another_program_is_refused(script: str, desk: Desk) -> None:
    an_account(desk, name="Acme")
    info = foreign_file(desk.store.workspace, script)
    with pytest.raises(StorageError, match="is no backup of sfa"):
        care.restore(info, desk.store.workspace.folder, desk.store.clock)
    assert names(desk) == ["Acme"]


def test_a_file_that_is_no_database_is_refused(desk: Desk, made: BackupInfo) -> None:
    made.path.write_text("Dear diary\n" * 1000, encoding="ascii")
    made.path.with_suffix(".sha256").unlink()
    with pytest.raises(StorageError, match="no sfa database"):
        care.restore(made, desk.store.workspace.folder, desk.store.clock)
    assert names(desk) == ["Acme", "Zeta"]


def test_a_backup_of_a_newer_program_is_refused(desk: Desk, made: BackupInfo) -> None:
    with closing(sqlite.connect(str(made.path), isolation_level=None)) as connection:
        connection.execute(f"PRAGMA user_version={SCHEMA_VERSION + 1}")
    made.path.with_suffix(".sha256").unlink()
    with pytest.raises(StorageError, match="made by a newer sfa"):
        care.restore(made, desk.store.workspace.folder, desk.store.clock)
    assert names(desk) == ["Acme", "Zeta"]


def test_what_was_restored_can_be_found_and_undone(desk: Desk, made: BackupInfo) -> None:
    care.restore(made, desk.store.workspace.folder, desk.store.clock)
    verbs_of("account").remove(desk, [desk.store.value("SELECT id FROM account")])
    assert names(desk) == []
    assert [finding.subject for finding in care.examine(desk) if not finding.is_good] == []
