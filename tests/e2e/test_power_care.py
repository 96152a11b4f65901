"""The power is cut while a backup is made or put back, or a schema migrated: the old state is there or the new one."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from db.backup import list_backups
from db.restoring import check
from sfa.paths import Workspace
from tests.support.crash_support import Gang, examine, look
from tests.support.migrating import NEXT, entries_of, migrate_to_next, schema_of
from tests.support.power import MODES, NAME_KINDS, Recording, record
from tests.support.shell import run_cli

pytestmark = pytest.mark.crash

CUTS = 30
ENTRIES = 12


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace with a backup of one account, and another account and some entries made later."""
    home = tmp_path_factory.mktemp("base") / "home"
    for line in (["account", "add", "First"], ["backup"], ["debug", "burst", str(ENTRIES)]):
        assert run_cli(line, home).code == 0
    return home


def cut_power(recording: Recording, place: Path) -> Iterator[tuple[bool, Workspace]]:
    """Yield workspaces after a power cut, and whether all was done and told by then.

    Half of the cuts fall right after a file was made, renamed or removed: such moments are few, and the risky ones.
    """
    assert recording.result.code == 0, recording.result
    random = Random(20260310)
    end = len(recording.events)
    after_names = [number + 1 for number, event in enumerate(recording.events) if event.kind in NAME_KINDS]
    cuts = [random.randrange(1, end) for _ in range(CUTS)] + random.choices(after_names, k=CUTS) + [end] * len(MODES)
    for number, cut in enumerate(cuts):
        home = place / f"cut{number}"
        recording.lay_out(recording.image(cut, MODES[number % len(MODES)], random), home)
        yield cut == end, Workspace(home)


def assert_backups_are_good(workspace: Workspace, least: int) -> None:
    """Hold all backups to being whole, and there to be so many."""
    infos = list_backups(workspace)
    for info in infos:
        check(info)
    assert len(infos) >= least


def test_a_backup_is_good_or_has_no_name(base: Path, iolog: Path, tmp_path: Path) -> None:
    recording = record(["backup"], Path(shutil.copytree(base, tmp_path / "home")), iolog)
    for is_done, workspace in cut_power(recording, tmp_path):
        assert_backups_are_good(workspace, 1 + is_done)
        assert examine(workspace.folder, []) == []


def test_a_restore_happens_whole_or_not_at_all(base: Path, iolog: Path, tmp_path: Path) -> None:
    recording = record(["restore", "--yes"], Path(shutil.copytree(base, tmp_path / "home")), iolog)
    counts = set()
    for is_done, workspace in cut_power(recording, tmp_path):
        assert examine(workspace.folder, []) == []
        count = len(look(workspace.folder, "SELECT id FROM activity"))
        assert count in ((0,) if is_done else (0, ENTRIES))
        assert_backups_are_good(workspace, 1 if count else 2)
        counts.add(count)
    assert counts == {0, ENTRIES}


def test_a_damaged_database_is_replaced_whole_or_not_at_all(base: Path, iolog: Path, tmp_path: Path) -> None:
    home = Path(shutil.copytree(base, tmp_path / "home"))
    with Gang(1, ["debug", "burst", "100000"], home) as gang:
        gang.read_until(ENTRIES)
        gang.kill()
    database = Workspace(home).database
    damaged = bytes(database.stat().st_size)
    database.write_bytes(damaged)
    recording = record(["restore", "--yes"], home, iolog)
    for is_done, workspace in cut_power(recording, tmp_path):
        if workspace.database.read_bytes() == damaged and not is_done:
            continue
        assert examine(workspace.folder, []) == []
        assert look(workspace.folder, "SELECT name FROM account") == [("First",)]
        aside = next(workspace.folder.glob("sales-damaged-*.db"))
        assert aside.read_bytes() == damaged
        assert aside.with_name(f"{aside.name}-wal").stat().st_size > 0


def test_a_migration_happens_whole_or_not_at_all(base: Path, iolog: Path, tmp_path: Path) -> None:
    home = Path(shutil.copytree(base, tmp_path / "home"))
    old, entries = schema_of(Workspace(home).database), entries_of(Workspace(home).database)
    recording = record([str(home)], home, iolog, module="tests.support.migrating")
    new = schema_of(Workspace(home).database)
    assert new[0] == NEXT
    seen = set()
    for is_done, workspace in cut_power(recording, tmp_path):
        schema = schema_of(workspace.database)
        assert schema in ([new] if is_done else [old, new])
        assert entries_of(workspace.database) == entries
        assert_backups_are_good(workspace, 1 if schema == old else 2)
        seen.add(schema[0])
        migrate_to_next(workspace.folder)
        assert schema_of(workspace.database) == new
    assert seen == {old[0], NEXT}
