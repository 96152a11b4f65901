"""Reading when the disk is full or the folder is read-only: SQLite cannot open a WAL database there, a copy can."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from db.connection import connect, storage_errors, use_key
from db.driver import Connection, sqlite
from db.keys import KEY_FILE, is_encrypted, key_of
from sfa.errors import StorageError
from sfa.paths import Workspace

TRIES = 5


def open_copy(workspace: Workspace) -> tuple[Connection, str]:
    """Return a read-only connection to a copy in memory of database and log, and a sentence that says so.

    The copy is taken with its log: opening the original as immutable would show data without the newest entries.
    It goes through a folder of its own, which is gone again when this returns.

    Raises:
        StorageError: there is no room for a copy either, or the database is damaged.
    """
    try:
        with _spare_folder(workspace) as folder:
            _copy_files(workspace, folder)
            connection = _into_memory(folder / workspace.database.name, workspace.database)
    except OSError as error:
        raise StorageError(
            f"The database {workspace.database} cannot be opened: {error.strerror or error}.",
            hint="Check the permissions of the folder and the space on the disk.",
        ) from error
    return connection, f"{workspace.folder} cannot be written: you see a copy, and nothing can be saved."


@contextmanager
def _spare_folder(workspace: Workspace) -> Iterator[Path]:
    """Lend a folder with room for the copy; where the disk of temporary files is full, one in memory."""
    needed = sum(path.stat().st_size for path in _files(workspace))
    places = [tempfile.gettempdir(), os.environ.get("XDG_RUNTIME_DIR", ""), "/dev/shm"]  # noqa: S108 - mkdtemp makes it ours
    roomy = [place for place in places if place and _has_room(place, needed)]
    folder = Path(tempfile.mkdtemp(prefix="sfa-reading-", dir=roomy[0] if roomy else None))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _has_room(place: str, needed: int) -> bool:
    with suppress(OSError):
        return os.access(place, os.W_OK) and shutil.disk_usage(place).free > needed
    return False


def _files(workspace: Workspace) -> list[Path]:
    names = (workspace.database.name, f"{workspace.database.name}-wal", KEY_FILE)
    paths = [workspace.folder / name for name in names]
    return [path for path in paths if path.exists()]


def _copy_files(workspace: Workspace, folder: Path) -> None:
    """Copy database and log; once more where somebody wrote meanwhile, so that they belong together."""
    for _ in range(TRIES):
        before = _states(workspace)
        for path in _files(workspace):
            shutil.copyfile(path, folder / path.name)
        if _states(workspace) == before:
            return


def _states(workspace: Workspace) -> list[tuple[str, int, int]]:
    return [(path.name, path.stat().st_size, path.stat().st_mtime_ns) for path in _files(workspace)]


def _into_memory(copy: Path, original: Path) -> Connection:
    connection = sqlite.connect(":memory:", isolation_level=None, check_same_thread=False)
    use_key(connection, key_of(original) if is_encrypted(original) else None)  # one side plain is refused by SQLCipher
    try:
        with storage_errors(original), closing(connect(copy)) as reader:
            reader.backup(connection)
    except StorageError as error:
        connection.close()
        raise StorageError(error.message.replace(str(copy), str(original)), hint=error.hint) from error
    connection.execute("PRAGMA trusted_schema=OFF")
    connection.execute("PRAGMA temp_store=MEMORY")
    connection.execute("PRAGMA query_only=ON")
    return connection
