"""Where a server keeps its book: a folder with a short settings file, and SQLite or PostgreSQL."""

import os
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from sfa.errors import ConflictError, NotFoundError, UsageError
from sfa.server.database import Database, SqliteDatabase
from sfa.server.postgres import PostgresDatabase
from sfa.server.settings import Limits

SETTINGS = "server.toml"
PRIVATE_FOLDER = 0o700
PRIVATE_FILE = 0o600


@dataclass(frozen=True, slots=True)
class Place:
    """A server's folder and its database's address; `org` is the company of commands that name none."""

    folder: Path
    database: str
    org: str
    limits: Limits = field(default_factory=Limits)

    @property
    def is_postgres(self) -> bool:
        """Tell whether the book is in PostgreSQL."""
        return self.database.startswith(("postgresql://", "postgres://"))

    @property
    def file(self) -> Path:
        """Return the file of a SQLite book."""
        return self.folder / self.database

    def open(self) -> Database:
        """Open one more connection."""
        if self.is_postgres:
            return PostgresDatabase(self.database)
        if not self.file.exists():
            self.file.touch(mode=PRIVATE_FILE)  # SQLite gives its side files the mode of the book
        return SqliteDatabase(str(self.file))


def default_folder() -> Path:
    """Return the folder of this machine's server: SFA_SERVER_HOME, or the platform's own place."""
    named = os.environ.get("SFA_SERVER_HOME")
    if named:
        return Path(named)
    import platformdirs  # noqa: PLC0415 - for the server alone

    return Path(platformdirs.user_data_dir("sfa-server", appauthor=False))


def make(folder: Path, database: str, org: str) -> Place:
    """Make a server's folder.

    Raises:
        ConflictError: there is one already.
        UsageError: the address is of no database that is known.
    """
    if (folder / SETTINGS).exists():
        raise ConflictError(f"There is a server in {folder} already.", hint="Start it: sfa server start")
    if "://" in database and not database.startswith(("postgresql://", "postgres://")):
        raise UsageError(f"“{database}” is no database that is known.", hint="SQLite needs none; else postgresql://...")
    folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    text = f'# The central server of sfa.\norg = "{org}"\ndatabase = "{database}"\n'
    path = folder / SETTINGS
    path.touch(mode=PRIVATE_FILE)
    path.write_text(text, encoding="utf-8")
    return Place(folder, database, org)


def find(folder: Path | None = None) -> Place:
    """Return the server of a folder.

    Raises:
        NotFoundError: there is none.
    """
    home = folder or default_folder()
    try:
        settings = tomllib.loads((home / SETTINGS).read_text(encoding="utf-8"))
        limits = Limits.read(settings.get("limits", {}))
        return Place(home, str(settings["database"]), str(settings["org"]), limits)
    except FileNotFoundError as error:
        raise NotFoundError(f"There is no server in {home}.", hint="Make one: sfa server init NAME") from error
    except (tomllib.TOMLDecodeError, KeyError) as error:
        raise UsageError(f"{home / SETTINGS} cannot be read: {error}.", hint="It holds org and database.") from error
