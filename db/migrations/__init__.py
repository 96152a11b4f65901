"""Migrations: from the schema a file has to the one this program knows, after a backup, whole or not at all.

A step is a module here, `v0002_<name>.py`, with `VERSION`, `SUMMARY`, `upgrade(op)` and `CHANGES`: what became other,
for laptops and servers that are not of one version (`sfa.domain.sharing.versions`).
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from db.backup import make_backup
from db.connection import SCHEMA_VERSION, begin_immediate, connect, storage_errors
from db.driver import Connection
from db.founding import trigger_script
from db.locking import workspace_lock
from sfa.clock import SystemClock
from sfa.domain.sharing.versions import Change, Versions
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
        upgrade: changes the schema with alembic's operations. SQLite tells alembic nothing of CHECK rules: a step that
            makes a table anew names them again.
        changes: what becomes other in shared tables, for sync between laptops and servers of two versions.
    """

    version: int
    summary: str
    upgrade: Callable[["Operations"], None]
    changes: Sequence[Change] = ()


def shipped_steps() -> list[Step]:
    """Return all steps of this program, in order; version 1 is the first release and needs none."""
    names = sorted(module.name for module in iter_modules(__path__) if module.name.startswith("v"))
    modules = [import_module(f"{__name__}.{name}") for name in names]
    return [Step(module.VERSION, module.SUMMARY, module.upgrade, module.CHANGES) for module in modules]


@cache
def shipped_versions() -> Versions:
    """Return the versions of the schema that this program knows."""
    return Versions(SCHEMA_VERSION, {step.version: step.changes for step in shipped_steps()})


def migrate(workspace: Workspace, steps: Sequence[Step] | None = None, target: int = SCHEMA_VERSION) -> None:
    """Bring a database to a version; a second program that finds it done does nothing.

    Args:
        workspace: whose database.
        steps: those to choose from; those of this program where none are given.
        target: the version wanted.

    Raises:
        StorageError: there is no way to that version, or the disk forbids it; the old schema stays.
    """
    with (
        workspace_lock(workspace, LOCK_TIMEOUT_S),
        closing(connect(workspace.database)) as connection,
        storage_errors(workspace.database),
    ):
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        if version >= target:
            return
        wanted = _way(shipped_steps() if steps is None else steps, version, target)
        make_backup(workspace, "migration", SystemClock().now())
        run_steps(connection, wanted, target)


def _way(steps: Sequence[Step], version: int, target: int) -> list[Step]:
    """Return the steps from one version to another.

    Raises:
        StorageError: one is missing.
    """
    wanted = [step for step in steps if version < step.version <= target]
    if [step.version for step in wanted] != list(range(version + 1, target + 1)):
        raise StorageError(
            f"There is no way from schema {version} to {target}.", hint="Update sfa, or restore a backup."
        )
    return wanted


def run_steps(connection: Connection, steps: Sequence[Step], target: int) -> None:
    """Run the steps in one transaction of our own: our triggers aside, then made anew for the new tables.

    Raises:
        StorageError: a row would lose its parent.
    """
    connection.execute("PRAGMA foreign_keys=OFF")
    try:
        with _operations(connection) as operations, _transaction(connection):
            _drop_triggers(connection)
            for step in steps:
                _mark(connection, step.version)
                step.upgrade(operations)
            for statement in trigger_script():
                connection.execute(statement)
            _refuse_orphans(connection)
            connection.execute(f"PRAGMA user_version={int(target)}")
    finally:
        connection.execute("PRAGMA foreign_keys=ON")


def _mark(connection: Connection, version: int) -> None:
    """Remember up to which operation the journal is in the words of older versions: sync sends it as it was written."""
    connection.execute(
        "INSERT OR REPLACE INTO setting (key, value)"
        f" SELECT 'schema_began_{int(version)}', COALESCE(max(rowid), 0) FROM operation"
    )


@contextmanager
def _transaction(connection: Connection) -> Iterator[None]:
    begin_immediate(connection)
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _refuse_orphans(connection: Connection) -> None:
    broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    if broken:
        raise StorageError(
            f"The migration would leave a row of {broken[0]} without its parent.",
            hint="Nothing was changed. See which: sfa doctor",
        )


def remake_triggers(connection: Connection) -> None:
    """Make our triggers as they are shipped, in their order; a user's own stay."""
    statements = trigger_script()
    with _transaction(connection):
        for kind, name in (statement.split(maxsplit=3)[1:3] for statement in reversed(statements)):
            connection.execute(f"DROP {kind} IF EXISTS {name}")
        for statement in statements:
            connection.execute(statement)


def _drop_triggers(connection: Connection) -> None:
    """Drop all triggers and our views, so that a step may make the tables under them anew."""
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY name").fetchall()
    for (name,) in names:
        connection.execute(f'DROP TRIGGER "{name}"')
    for kind, name in (statement.split(maxsplit=3)[1:3] for statement in trigger_script()):
        if kind == "VIEW":
            connection.execute(f"DROP VIEW IF EXISTS {name}")


@contextmanager
def _operations(connection: Connection) -> Iterator["Operations"]:
    """Lend alembic our own connection; errors of the driver come out as the driver raised them.

    To be entered before the transaction begins: SQLAlchemy's first look at a connection ends with a rollback.
    """
    from alembic.migration import MigrationContext  # noqa: PLC0415 - half a second, once per release
    from alembic.operations import Operations  # noqa: PLC0415 - as above
    from sqlalchemy import create_engine  # noqa: PLC0415 - as above
    from sqlalchemy.exc import DBAPIError  # noqa: PLC0415 - as above
    from sqlalchemy.pool import StaticPool  # noqa: PLC0415 - as above
    from sqlcipher3 import dbapi2  # noqa: PLC0415 - as above

    engine = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=lambda: connection,
        poolclass=StaticPool,
        pool_reset_on_return=None,
        isolation_level="AUTOCOMMIT",
    )
    with engine.connect() as opened:
        try:
            yield Operations(MigrationContext.configure(opened, opts={"transactional_ddl": False}))
        except DBAPIError as error:
            raise error.orig or error from error
