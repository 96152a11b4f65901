"""Makes a new database: whole or not at all."""

from pathlib import Path

from filelock import FileLock

from db.connection import SCHEMA_VERSION, require_safe_library, storage_errors, use_key
from db.driver import Connection, sqlite
from db.keys import key_of
from sfa.clock import Clock, instant_text
from sfa.errors import StorageError
from sfa.ids import Ids
from sfa.paths import Workspace

HERE = Path(__file__).parent
PRIVATE_FOLDER = 0o700
PRIVATE_FILE = 0o600


def found(workspace: Workspace, clock: Clock, ids: Ids) -> None:
    """Make the folder and the database; a second program that does the same at once finds it made.

    Raises:
        StorageError: the folder cannot be made or written.
    """
    require_safe_library()
    try:
        workspace.folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        with FileLock(workspace.lock, timeout=30):
            if not workspace.database.exists():
                _build(workspace, clock, ids)
    except OSError as error:
        raise StorageError(
            f"The workspace folder {workspace.folder} cannot be written: {error.strerror or error}.",
            hint="Set SFA_HOME to a folder that you may write.",
        ) from error


def _build(workspace: Workspace, clock: Clock, ids: Ids) -> None:
    """Build under another name and rename: a half-made database never carries the right name."""
    draft = workspace.database.with_suffix(".new")
    for left in (draft, draft.with_suffix(".new-journal")):  # by a program that was killed here
        left.unlink(missing_ok=True)
    with storage_errors(draft):
        connection = _with_schema(draft)
        connection.execute("INSERT INTO setting (key, value) VALUES ('device', ?)", (ids.new()[-8:],))
        connection.execute("INSERT INTO setting (key, value) VALUES ('founded_at', ?)", (instant_text(clock.now()),))
        connection.execute("PRAGMA journal_mode=WAL")
        connection.close()
    draft.chmod(PRIVATE_FILE)
    draft.replace(workspace.database)


def _with_schema(draft: Path) -> Connection:
    """Make a database file with the schema in it, and open it."""
    connection = sqlite.connect(str(draft), isolation_level=None)
    use_key(connection, key_of(draft))
    connection.execute("PRAGMA page_size=4096")
    connection.execute("PRAGMA synchronous=FULL")
    connection.executescript(f"BEGIN IMMEDIATE;\n{script()}\nPRAGMA user_version={SCHEMA_VERSION};\nCOMMIT;")
    return connection


def trigger_script() -> list[str]:
    """Return the statements that make the triggers, as shipped."""
    text = (HERE / "triggers.sql").read_text(encoding="utf-8")
    return [statement.strip().removesuffix(";") for statement in text.split(";\n\n") if statement.strip()]


def script() -> str:
    """Return the schema with its triggers, as shipped."""
    tables = (HERE / "schema.sql").read_text(encoding="utf-8")
    return tables + (HERE / "triggers.sql").read_text(encoding="utf-8")
