"""A book changes between plain and encrypted: copied, compared and swapped under the lock, whole or not at all.

Each file says by its first bytes how it is to be opened, so a conversion that was killed leaves a book that opens, and
is gone on with by converting again.
"""

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from itertools import zip_longest
from pathlib import Path

from db.backup import SIDE_SUFFIX, digest_of, list_backups, sync_file, sync_folder
from db.connection import begin_immediate, open_file, storage_errors, use_key
from db.driver import Connection, sqlite
from db.keys import KEY_FILE, Locks, is_encrypted, key_of
from db.locking import workspace_lock
from sfa.errors import ConflictError, StorageError
from sfa.paths import Workspace

LOCK_TIMEOUT_S = 30
WAIT_MS = 2000
DRAFT, ASIDE = ".converting", ".overwriting"
PRIVATE = 0o600
CHUNK = 1 << 20


def lock_file(workspace: Workspace) -> Path:
    """Return the file with the locks of a book's key."""
    return workspace.folder / KEY_FILE


def save_locks(workspace: Workspace, locks: Locks) -> None:
    """Write the locks, whole or not at all.

    Raises:
        OSError: the disk does not take them.
    """
    draft = workspace.folder / f"{KEY_FILE}.new"
    with draft.open("w", encoding="ascii") as stream:
        stream.writelines(f"{name} {value}\n" for name, value in locks.items())
    draft.chmod(PRIVATE)
    sync_file(draft)
    draft.replace(lock_file(workspace))
    sync_folder(workspace.folder)


def files_in_other_form(workspace: Workspace, *, wanted: bool) -> list[Path]:
    """Return the book, its backups and what was put aside damaged, as far as they are not encrypted as wanted."""
    damaged = sorted(workspace.folder.glob("sales-damaged-*.db"))
    left = sorted(workspace.folder.glob(f"*{ASIDE}"))
    paths = [workspace.database, *(info.path for info in list_backups(workspace)), *damaged, *left]
    return [path for path in paths if path.exists() and is_encrypted(path) is not wanted]


def convert(workspace: Workspace, key: str | None) -> int:
    """Bring the book and its backups into one form, and return how many files were changed.

    Args:
        workspace: whose book; its locks are saved already.
        key: to encrypt with; None makes all of it plain.

    Raises:
        ConflictError: another program has the book open.
        StorageError: the disk does not take it, or a copy is not what was copied; the old files stay.
    """
    with workspace_lock(workspace, LOCK_TIMEOUT_S), _disk_errors(workspace):
        settle(workspace)
        wanted = key is not None
        changed = 0
        if workspace.database.exists() and is_encrypted(workspace.database) is not wanted:
            _convert_book(workspace, key)
            changed += 1
        for info in list_backups(workspace):
            if is_encrypted(info.path) is not wanted:
                _convert_backup(info.path, key)
                changed += 1
        return changed


def settle(workspace: Workspace) -> None:
    """Finish what a killed conversion left: drafts go, an old file is overwritten, the log is one that stays ahead."""
    for left in (*workspace.folder.glob(f"*{DRAFT}*"), *workspace.backups.glob(f"*{DRAFT}*")):
        left.unlink(missing_ok=True)
    for old in (*workspace.folder.glob(f"*{ASIDE}"), *workspace.backups.glob(f"*{ASIDE}")):
        _overwrite(old)
    if workspace.database.exists():
        with storage_errors(workspace.database), closing(open_file(workspace.database, "mode=rw")) as connection:
            connection.execute("PRAGMA journal_mode=WAL")


@contextmanager
def in_form_of(example: Path, path: Path) -> Iterator[Path]:
    """Lend a database file in the form (plain or encrypted) of another one, converted where they differ.

    Raises:
        StorageError: it cannot be converted.
    """
    if is_encrypted(example) is is_encrypted(path):
        yield path
        return
    draft = example.with_name(f"{path.name}{DRAFT}")
    key = key_of(example) if is_encrypted(example) else None
    try:
        with storage_errors(path), closing(open_file(path, "mode=ro&immutable=1")) as source:
            _copy(source, draft, key)
        yield draft
    finally:
        draft.unlink(missing_ok=True)


def _convert_book(workspace: Workspace, key: str | None) -> None:
    database, draft = workspace.database, workspace.folder / f"{workspace.database.name}{DRAFT}"
    with storage_errors(database), closing(_alone(database)) as source:
        try:
            _copy(source, draft, key, journal="WAL")
        except BaseException:
            source.execute("PRAGMA locking_mode=NORMAL")
            source.execute("PRAGMA journal_mode=WAL")
            raise
        if os.name == "nt":
            source.close()  # a file that is open cannot be replaced there
        for suffix in ("-wal", "-shm"):
            database.with_name(database.name + suffix).unlink(missing_ok=True)
        sync_folder(workspace.folder)
        _swap(draft, database)


def _alone(database: Path) -> Connection:
    """Open the book so that nobody else can, its log moved in.

    Not in the mode with a log ahead: closing such a connection removes the log by name, which is the new file's by then.

    Raises:
        ConflictError: another program has it open.
    """
    connection = open_file(database, "mode=rw")
    try:
        connection.execute(f"PRAGMA busy_timeout={WAIT_MS}")
        connection.execute("PRAGMA locking_mode=EXCLUSIVE")
        connection.execute("PRAGMA journal_mode=DELETE")
        connection.execute("PRAGMA temp_store=MEMORY")
        begin_immediate(connection)
        connection.execute("COMMIT")
    except sqlite.OperationalError as error:
        connection.close()
        if "locked" not in str(error):
            raise
        raise ConflictError(
            "Another sfa has the book open; nothing was changed.", hint="Close the desk (q) and repeat the command."
        ) from error
    return connection


def _convert_backup(path: Path, key: str | None) -> None:
    draft = path.with_name(f"{path.name}{DRAFT}")
    with storage_errors(path), closing(open_file(path, "mode=ro&immutable=1")) as source:
        _copy(source, draft, key)
    side = path.with_suffix(SIDE_SUFFIX)
    side.unlink(missing_ok=True)  # a backup without one is taken as it is; one with a wrong one is not
    sync_folder(path.parent)
    digest = digest_of(draft)
    _swap(draft, path)
    side.write_text(f"{digest}  {path.name}\n", encoding="ascii")
    sync_file(side)


def _copy(source: Connection, target: Path, key: str | None, journal: str = "DELETE") -> None:
    """Write a copy under another key, and compare it row by row with what was copied.

    Raises:
        StorageError: it is not the same.
    """
    for suffix in ("", "-wal", "-shm", "-journal"):
        target.with_name(target.name + suffix).unlink(missing_ok=True)
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE))
    source.execute("PRAGMA foreign_keys=OFF")
    source.execute("ATTACH ? AS copy KEY ?", (str(target), f"x'{key}'" if key else ""))
    source.execute("SELECT sqlcipher_export('copy')").fetchall()
    version = source.execute("PRAGMA main.user_version").fetchone()[0]
    source.execute(f"PRAGMA copy.user_version={int(version)}")
    source.execute("DETACH copy")
    with closing(sqlite.connect(str(target), isolation_level=None)) as copy:
        use_key(copy, key)
        _compare(source, copy)
        copy.execute(f"PRAGMA journal_mode={journal}")
    sync_file(target)


def _compare(source: Connection, copy: Connection) -> None:
    """See that two databases have the same rows under the same numbers.

    Raises:
        StorageError: they have not.
    """
    schema = "SELECT name, type, sql FROM sqlite_master ORDER BY type, name"
    found = source.execute(schema).fetchall()
    is_same = found == copy.execute(schema).fetchall()
    for name, kind, sql in found:
        if kind == "table" and not sql.upper().startswith("CREATE VIRTUAL"):
            order = "" if "WITHOUT ROWID" in sql.upper() else "rowid, "
            rows = f'SELECT {order}* FROM "{name}"'
            pairs = zip_longest(source.execute(rows), copy.execute(rows))
            is_same = is_same and all(before == after for before, after in pairs)
    if not is_same or copy.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        raise StorageError(
            "The copy is not what was copied; nothing was changed.", hint="Look closer: sfa doctor --deep"
        )


def _swap(new: Path, old: Path) -> None:
    """Let a file take the place of another in one step; what was there is overwritten, as far as the disk does that."""
    aside = old.with_name(f"{old.name}{ASIDE}")
    with suppress(OSError):  # a disk without a second name for a file
        os.link(old, aside)
    new.replace(old)
    sync_folder(old.parent)
    if aside.exists():
        _overwrite(aside)


def _overwrite(path: Path) -> None:
    """Erase an old file that was put aside; a program that still waits for it finds no database."""
    owner = path.with_name(path.name.removesuffix(ASIDE))
    if owner.exists() and owner.samefile(path):  # killed before the swap: it is the book itself under a second name
        path.unlink()
        return
    erase(path)


def erase(path: Path) -> None:
    """Write nothings over a file and remove it, as far as the disk does that.

    Raises:
        OSError: the disk does not let it.
    """
    size = path.stat().st_size
    with path.open("rb+") as stream:
        for at in range(0, size, CHUNK):
            stream.write(bytes(min(CHUNK, size - at)))
        stream.flush()
        os.fsync(stream.fileno())
    path.unlink()


@contextmanager
def _disk_errors(workspace: Workspace) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StorageError(
            f"The book in {workspace.folder} could not be converted: {error.strerror or error}.",
            hint="Free as much space as the book takes, and repeat the command; the book is whole.",
        ) from error
