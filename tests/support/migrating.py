"""A next version of the schema that exists for the tests alone, and a program that migrates to it and is killed.

`python -m tests.support.migrating LIBRARY BASE FOLDER STEP` copies the workspace BASE to FOLDER/killed1, FOLDER/killed8, ...
and kills a migration of each before the first, the eighth ... call that changes the disk, until one is through.
`python -m tests.support.migrating HOME` migrates one workspace.
"""

import ctypes
import os
import shutil
import signal
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from db.connection import SCHEMA_VERSION, connect
from db.migrations import Step, migrate
from sfa.paths import Workspace

if TYPE_CHECKING:
    from alembic.operations import Operations

NEXT = SCHEMA_VERSION + 1


def upgrade(operations: "Operations") -> None:
    """Make a table, add a column and fill it, make an index, and make a table anew."""
    from sqlalchemy import Column, Text  # noqa: PLC0415 - half a second, where a migration is made only

    operations.create_table("campaign", Column("id", Text, primary_key=True), Column("name", Text, nullable=False))
    operations.add_column("activity", Column("campaign_id", Text))
    operations.execute("INSERT INTO campaign SELECT id, subject FROM activity")
    operations.execute("UPDATE activity SET campaign_id = id")
    operations.create_index("activity_campaign", "activity", ["campaign_id"])
    with operations.batch_alter_table("import_profile", table_kwargs={"sqlite_strict": True}) as batch:
        batch.add_column(Column("made_at", Text))


STEPS = [Step(NEXT, "Campaigns", upgrade)]


def migrate_to_next(home: Path) -> None:
    """Bring a workspace to the next version."""
    migrate(Workspace(home), STEPS, NEXT)


def schema_of(path: Path) -> tuple[int, list[tuple[str, str]]]:
    """Return the version of a database and everything that it is made of."""
    with closing(connect(path)) as connection:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name").fetchall()
        return int(version), [(str(name), str(sql)) for name, sql in rows]


def entries_of(path: Path) -> list[tuple[object, ...]]:
    """Return the activities of a database of either version, and how many changes its journal has."""
    with closing(connect(path)) as connection:
        rows = connection.execute("SELECT id, subject, note, updated_at FROM activity ORDER BY id").fetchall()
        return [*rows, *connection.execute("SELECT count(*) FROM change").fetchall()]


def migrate_and_kill(library: str, base: str, folder: str, step: str) -> None:
    """Migrate many copies, each killed at another call; the first is not, and does all imports for those to come."""
    kill_at = ctypes.CDLL(library).iolog_kill_at
    kill_at.argtypes = [ctypes.c_long]
    migrate_to_next(Path(shutil.copytree(base, Path(folder) / "whole")))
    call = 1
    while _is_killed(Path(shutil.copytree(base, Path(folder) / f"killed{call}")), kill_at, call):
        call += int(step)


def _is_killed(home: Path, kill_at: Callable[[int], None], call: int) -> bool:
    child = os.fork()
    if child == 0:
        kill_at(call)
        migrate_to_next(home)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    if code not in (0, -signal.SIGKILL):
        raise SystemExit(f"the migration failed at call {call}")
    return code != 0


if __name__ == "__main__":
    if len(sys.argv) == 2:
        migrate_to_next(Path(sys.argv[1]))
    else:
        migrate_and_kill(*sys.argv[1:])
