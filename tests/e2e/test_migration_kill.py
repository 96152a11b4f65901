"""A migration is killed at its writes: the old schema is there or the new one, no entry is lost, a good backup was made."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from db.backup import list_backups, verify
from sfa.paths import Workspace
from tests.support.crash_support import tell
from tests.support.migrating import NEXT, entries_of, migrate_to_next, schema_of
from tests.support.power import watching
from tests.support.shell import environment, run_cli

pytestmark = pytest.mark.crash

ENTRIES = 12
STEP = 11


def test_a_killed_migration_leaves_the_old_schema_or_the_new_one(iolog: Path, tmp_path: Path) -> None:
    base = tmp_path / "base"
    assert run_cli(["debug", "burst", str(ENTRIES)], base).code == 0
    database = Workspace(base).database
    entries, old = entries_of(database), schema_of(database)
    words = [str(word) for word in (iolog, base, tmp_path, STEP)]
    subprocess.run(
        [sys.executable, "-m", "tests.support.migrating", *words],
        env=environment(base, **watching(iolog, tmp_path)),
        check=True,
    )
    new = schema_of(Workspace(tmp_path / "whole").database)
    assert new[0] == NEXT
    seen = {old[0]: 0, new[0]: 0}
    for home in tmp_path.glob("killed*"):
        workspace = Workspace(home)
        schema = schema_of(workspace.database)
        assert schema in (old, new), home
        assert entries_of(workspace.database) == entries, home
        seen[schema[0]] += 1
        made = list_backups(workspace)
        assert made or schema == old, home
        for info in made:
            verify(info.path)
            assert (info.reason, schema_of(info.path)) == ("migration", old), home
        migrate_to_next(home)
        assert schema_of(workspace.database) == new, home
        assert entries_of(workspace.database) == entries, home
        shutil.rmtree(home)
    assert all(seen.values()), seen
    tell(f"{sum(seen.values())} migrations killed: {seen[old[0]]} left the old schema, {seen[new[0]]} the new one")
