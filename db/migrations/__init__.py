"""Migrations: from the schema a file has to the one this program knows, after a backup, whole or not at all."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from filelock import FileLock

from db.backup import make_backup
from db.connection import SCHEMA_VERSION, begin_immediate, connect, storage_errors
from db.driver import Connection
from db.founding import trigger_script
from sfa.clock import SystemClock
from sfa.errors import StorageError
from sfa.paths import Workspace

if TYPE_CHECKING:
    from alembic.operations import Operations

LOCK_TIMEOUT_S = 60


@dataclass(frozen=True, slots=True)
class Step:
    """From one version to the next.

    Attributes:
        version: the version that it leads to.
        summary: one sentence, for the log and the docs.
        upgrade: changes the schema with alembic's operations.
    """

    version: int
    summary: str
    upgrade: Callable[["Operations"], None]


STEPS: tuple[Step, ...] = ()
"""All steps, in order; version 1 is the first release and needs none."""


def migrate(workspace: Workspace, steps: Sequence[Step] = STEPS, target: int = SCHEMA_VERSION) -> None:
    """Bring a database to a version; a second program that finds it done does nothing.

    Raises:
        StorageError: there is no way to that version, or the disk forbids it; the old schema stays.
    """
    clock = SystemClock()
    with FileLock(workspace.lock, timeout=LOCK_TIMEOUT_S):
        connection = connect(workspace.database)
        version = _version(connection)
        if version >= target:
            connection.close()
            return
        wanted = [step for step in steps if version < step.version <= target]
        if [step.version for step in wanted] != list(range(version + 1, target + 1)):
            connection.close()
            raise StorageError(
                f"There is no way from schema {version} to {target}.", hint="Update sfa, or restore a backup."
            )
        make_backup(workspace, "migration", clock.now())
        with storage_errors(workspace.database):
            run_steps(connection, wanted, target)
        connection.close()


def _version(connection: Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def run_steps(connection: Connection, steps: Sequence[Step], target: int) -> None:
    """Run the steps in one transaction of our own: our triggers aside, then made anew for the new tables."""
    connection.execute("PRAGMA foreign_keys=OFF")
    begin_immediate(connection)
    try:
        _drop_triggers(connection)
        operations = _operations(connection)
        for step in steps:
            step.upgrade(operations)
        for statement in trigger_script():
            connection.execute(statement)
        _refuse_orphans(connection)
        connection.execute(f"PRAGMA user_version={int(target)}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    finally:
        connection.execute("PRAGMA foreign_keys=ON")


def _refuse_orphans(connection: Connection) -> None:
    broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    if broken:
        raise StorageError(
            f"The migration would leave a row of {broken[0]} without its parent.", hint="Nothing was changed."
        )


def _drop_triggers(connection: Connection) -> None:
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY name").fetchall()
    for (name,) in names:
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute("DROP VIEW IF EXISTS journal_door")


def _operations(connection: Connection) -> "Operations":
    """Return alembic's operations on our own connection: no transaction handling but ours."""
    from alembic.migration import MigrationContext  # noqa: PLC0415 - half a second, once per release
    from alembic.operations import Operations  # noqa: PLC0415 - as above
    from sqlalchemy import create_engine  # noqa: PLC0415 - as above
    from sqlalchemy.pool import StaticPool  # noqa: PLC0415 - as above

    from db.driver import sqlite  # noqa: PLC0415 - as above

    engine = create_engine(
        "sqlite://", module=sqlite, creator=lambda: connection, poolclass=StaticPool, isolation_level="AUTOCOMMIT"
    )
    opened = engine.connect()
    return Operations(MigrationContext.configure(opened, opts={"transactional_ddl": False}))
