"""Restoring: a backup takes the place of the database, whole or not at all, and what was there is kept."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from itertools import count
from pathlib import Path

from db.backup import SIDE_SUFFIX, STAMP, BackupInfo, digest_of, make_backup, sync_file, sync_folder, verify
from db.connection import BUSY_TRIES, SCHEMA_VERSION, checkpoint, connect, open_file, storage_errors
from db.driver import Connection, sqlite
from db.encryption import in_form_of
from db.lease import require_of_file
from db.locking import workspace_lock
from sfa.errors import StorageError
from sfa.paths import Workspace

LOCK_TIMEOUT_S = 30
QUIET_TRIES = 5
BUSY = 5
OUR_TABLES = frozenset({"operation", "change", "journal_state", "account", "search_queue"})


def restore(workspace: Workspace, info: BackupInfo, now: datetime) -> BackupInfo | None:
    """Put a backup in the place of the database; what is there now becomes a backup first, and is returned.

    A sound database is written through SQLite, so that programs that have it open see the change and lose nothing;
    a damaged one is put aside and its file replaced.

    Raises:
        StorageError: the backup is damaged or of a newer sfa, or the disk forbids it; the database is as it was then.
        LeaseError: the laptop has to meet its server first.
    """
    require_of_file(workspace.database, now)
    check(info)
    with workspace_lock(workspace, LOCK_TIMEOUT_S), _disk_errors():
        if not workspace.database.exists():
            _replace(workspace, info)
            return None
        if _is_sound(workspace.database):
            with in_form_of(workspace.database, info.path) as path:
                return _write_over(workspace, path, now)
        aside = _put_aside(workspace, now)
        _replace(workspace, info)
        return aside


@contextmanager
def _disk_errors() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StorageError(
            f"The backup could not be restored: {error.strerror or error}.", hint="Close the desk and try again."
        ) from error


def check(info: BackupInfo) -> None:
    """See that a backup is what was made, one of ours, sound, and of a schema that this program knows.

    Raises:
        StorageError: it is not.
    """
    side = info.path.with_suffix(SIDE_SUFFIX)
    with _disk_errors():
        if side.exists() and side.read_text(encoding="ascii", errors="replace").partition(" ")[0] != digest_of(
            info.path
        ):
            raise StorageError(
                f"The backup {info.name} was changed since it was made.", hint="Choose another: sfa backup --list"
            )
    with storage_errors(info.path), closing(connect(info.path, read_only=True)) as connection:
        version = _pragma(connection, "user_version")
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if version < 1 or OUR_TABLES - tables:
        raise StorageError(f"{info.name} is no backup of sfa.", hint="Choose another: sfa backup --list")
    verify(info.path)
    if version > SCHEMA_VERSION:
        raise StorageError(
            f"The backup {info.name} has schema {version}, made by a newer sfa; this one knows {SCHEMA_VERSION}.",
            hint="Update sfa (pipx upgrade sfa-tui), or choose another: sfa backup --list",
        )


def _pragma(connection: Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])


def _is_sound(database: Path) -> bool:
    """See whether a database can be copied; only read, for a damaged one is to be put aside as it was found."""
    with suppress(StorageError), storage_errors(database), closing(connect(database, read_only=True)) as connection:
        return bool(connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")
    return False


def _write_over(workspace: Workspace, backup: Path, now: datetime) -> BackupInfo:
    """Write the backup over a sound database in one transaction of SQLite."""
    with storage_errors(workspace.database), closing(connect(workspace.database)) as live:
        kept = _keep_newest(workspace, live, now)
        with closing(connect(backup, read_only=True)) as source:
            source.backup(live, progress=_give_up_when_busy())
        # It is restored by now: a disk that cannot take the log in keeps it as it is.
        with suppress(sqlite.OperationalError):
            checkpoint(live)
    return kept


def _keep_newest(workspace: Workspace, live: Connection, now: datetime) -> BackupInfo:
    """Back the present database up; once more where another program wrote meanwhile."""
    for _ in range(QUIET_TRIES):
        seen = _pragma(live, "data_version")
        kept = make_backup(workspace, "restore", now)
        if _pragma(live, "data_version") == seen:
            return kept
    raise StorageError("Another program goes on writing.", hint="Stop it, then restore again; nothing was changed.")


def _give_up_when_busy() -> Callable[[int, int, int], None]:
    tries = count(1)

    def progress(status: int, _remaining: int, _total: int) -> None:
        if status == BUSY and next(tries) >= BUSY_TRIES:
            raise StorageError(
                "Another program kept the database busy for half a minute; nothing was changed.",
                hint="Wait until it is done and repeat the command.",
            )

    return progress


def _put_aside(workspace: Workspace, now: datetime) -> BackupInfo:
    """Keep a database that is too damaged for a backup as it is, with its log."""
    aside = workspace.database.with_name(f"sales-damaged-{now.strftime(STAMP)}.db")
    for suffix in ("", "-wal"):
        source = workspace.database.with_name(workspace.database.name + suffix)
        if source.exists():
            target = aside.with_name(aside.name + suffix)
            shutil.copyfile(source, target)
            sync_file(target)
    return BackupInfo(aside, now, "damaged", aside.stat().st_size)


def _replace(workspace: Workspace, info: BackupInfo) -> None:
    """Put a copy of the backup in the place of the file; a log of the old one would be read as the new one's."""
    draft = workspace.database.with_suffix(".restoring")
    shutil.copyfile(info.path, draft)
    draft.chmod(0o600)
    with storage_errors(draft), closing(open_file(draft, "mode=rw")) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
    sync_file(draft)
    for suffix in ("-wal", "-shm"):
        workspace.database.with_name(workspace.database.name + suffix).unlink(missing_ok=True)
    # A power cut may undo a removal and keep a rename that came after it, unless the folder was synced in between.
    sync_folder(workspace.folder)
    draft.replace(workspace.database)
    sync_folder(workspace.folder)
