"""Reading when the disk is full or the folder is read-only: SQLite cannot open a WAL database there, a copy can."""

import shutil
import tempfile
from pathlib import Path

from db.connection import connect
from db.driver import Connection
from sfa.errors import StorageError
from sfa.paths import Workspace


def open_copy(workspace: Workspace) -> tuple[Connection, str]:
    """Return a read-only connection to a copy of database and log, and a sentence that says so.

    The copy is taken with its log: opening the original as immutable would show data without the newest entries.

    Raises:
        StorageError: there is no room for a copy either, or the database is damaged.
    """
    names = [workspace.database.name + suffix for suffix in ("", "-wal")]
    try:
        folder = Path(tempfile.mkdtemp(prefix="sfa-reading-"))
        for name in names:
            source = workspace.folder / name
            if source.exists():
                shutil.copyfile(source, folder / name)
    except OSError as error:
        raise StorageError(
            f"The database {workspace.database} cannot be opened: {error.strerror or error}.",
            hint="Check the permissions of the folder and the space on the disk.",
        ) from error
    connection = connect(folder / workspace.database.name)
    connection.execute("PRAGMA query_only=ON")
    return connection, f"{workspace.folder} cannot be written: you see a copy, and nothing can be saved."
