"""Connections: the driver, the settings that make an acknowledged write durable, and errors that a person can read.

Standard library and the bare driver only: the fast door imports this.
"""

from __future__ import annotations

import os
import sys

from db.driver import SCHEMA_VERSION, STATEMENTS, sqlite, uri_of
from sfa.errors import ConflictError, StorageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from db.driver import Connection

__all__ = [
    "OLDEST_SQLITE", "SCHEMA_VERSION", "begin_immediate", "checkpoint", "connect", "library_version", "open_file",
    "require_safe_library", "storage_errors", "synchronous", "use_key",
]  # fmt: skip
# Earlier libraries corrupt a file that several processes write and checkpoint (sqlite.org/wal.html#walresetbug).
OLDEST_SQLITE = (3, 51, 3)
BUSY_TIMEOUT_MS = 5000
BUSY_TRIES = 6

_PRAGMAS = (
    f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}",
    "PRAGMA foreign_keys=ON",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA cell_size_check=ON",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA wal_autocheckpoint=0",
)


def synchronous() -> str:
    """Return the durability level: FULL always; the crash tests lower it to prove that they can fail."""
    level = os.environ.get("SFA_TEST_SYNCHRONOUS", "FULL")
    return level if level in ("FULL", "NORMAL", "OFF") else "FULL"


def connect(path: Path | str, *, read_only: bool = False) -> Connection:
    """Open an existing database file with our settings; transactions are ours to begin.

    Raises:
        StorageError: the file cannot be opened, is no database, or the driver is too old to be safe.
    """
    require_safe_library()
    with storage_errors(path):
        connection = open_file(path, f"mode={'ro' if read_only else 'rw'}")
        for pragma in _PRAGMAS:
            connection.execute(pragma)
        connection.execute(f"PRAGMA synchronous={synchronous()}")
        if sys.platform == "darwin":
            connection.execute("PRAGMA fullfsync=1")
        if read_only:
            connection.execute("PRAGMA query_only=ON")
    return connection


def open_file(path: Path | str, options: str) -> Connection:
    """Open a database file as it is, with its key where it is encrypted, and look into it.

    Args:
        path: the file.
        options: of SQLite's URI, such as `mode=ro`.

    Raises:
        LockedError: it is encrypted, and the key is not at hand.
        DatabaseError: the driver's own.
    """
    name = f"{uri_of(path)}?{options}"
    connection = sqlite.connect(
        name, uri=True, isolation_level=None, check_same_thread=False, cached_statements=STATEMENTS
    )
    try:
        connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
        connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
    except sqlite.DatabaseError as error:
        connection.close()
        if "not a database" not in str(error):
            raise
        from db.keys import key_of  # noqa: PLC0415 - for encrypted books alone

        key = key_of(path)
        if key is None:
            raise
        connection = sqlite.connect(
            name, uri=True, isolation_level=None, check_same_thread=False, cached_statements=STATEMENTS
        )
        use_key(connection, key)
        connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
        try:
            connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
        except sqlite.DatabaseError as second:
            connection.close()
            if "not a database" in str(second):  # the key is the right one: its hash was compared
                raise sqlite.DatabaseError("malformed") from second
            raise
    return connection


def use_key(connection: Connection, key: str | None) -> None:
    """Let a connection that was not used yet read and write with a key (64 hexadecimal digits); None leaves it plain."""
    if key is not None:
        connection.execute("PRAGMA cipher_log_level=NONE")  # a wrong key is told by us, once
        connection.execute(f"PRAGMA key = \"x'{key}'\"")


def library_version() -> tuple[int, ...]:
    """Return the version of the SQLite that the driver brings."""
    return tuple(map(int, sqlite.sqlite_version.split(".")))


def require_safe_library() -> None:
    """Refuse a SQLite that corrupts files.

    Raises:
        StorageError: the library is older than OLDEST_SQLITE.
    """
    if library_version() < OLDEST_SQLITE:
        raise StorageError(
            f"This SQLite ({sqlite.sqlite_version}) can corrupt the database when two programs write.",
            hint="Install the driver again: pip install --force-reinstall 'sqlcipher3>=0.6.2'",
        )


def begin_immediate(connection: Connection) -> None:
    """Begin a write, waiting for whoever writes now: up to BUSY_TRIES x BUSY_TIMEOUT_MS.

    Raises:
        StorageError: another program kept the database for all that time.
    """
    for attempt in range(BUSY_TRIES):
        try:
            connection.execute("BEGIN IMMEDIATE")
        except sqlite.OperationalError as error:
            if "locked" not in str(error) or attempt == BUSY_TRIES - 1:
                raise
        else:
            return


def checkpoint(connection: Connection) -> None:
    """Move the write-ahead log into the database as far as that goes at once: whoever reads or writes is not waited for."""
    connection.execute("PRAGMA busy_timeout=0")
    try:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")


class StorageErrors:
    """Turns the driver's errors into sentences (exit codes 74 and 4); anything unknown goes on as it is."""

    __slots__ = ("_path",)

    def __init__(self, path: Path | str | None = None) -> None:
        self._path = path

    def __enter__(self) -> None:
        """Watch from here on."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Raise the sentence in place of the driver's error."""
        if isinstance(error, sqlite.IntegrityError):
            raise ConflictError(*_rule_words(str(error))) from error
        if isinstance(error, sqlite.DatabaseError):
            raise _translated(str(error), self._path) from error


def storage_errors(path: Path | str | None = None) -> StorageErrors:
    """Watch a block for the driver's errors."""
    return StorageErrors(path)


def _translated(text: str, path: Path | str | None) -> Exception:
    place = f" ({path})" if path else ""
    lowered = text.lower()
    for words, message, hint in _MEANINGS:
        if words in lowered:
            return StorageError(message.format(place=place), hint=hint)
    return StorageError(f"The database said: {text}{place}.", hint="Look into it with: sfa doctor")


_MEANINGS = (
    (
        "disk is full",
        "The disk is full: this was not saved, everything before it is safe{place}.",
        "Free some space and repeat the command.",
    ),
    (
        "readonly",
        "The database cannot be written: the disk is full, or the file or its folder is read-only{place}.",
        "Free some space or give yourself write permission, or set SFA_HOME to a folder of your own.",
    ),
    (
        "unable to open",
        "The database cannot be opened{place}.",
        "Check that the folder exists and that you may write there, or set SFA_HOME.",
    ),
    (
        "locked",
        "Another program kept the database busy for half a minute; nothing was changed{place}.",
        "Wait until it is done and repeat the command.",
    ),
    (
        "not a database",
        "This file is no sfa database, or it is encrypted and the file of its locks, sales.key, is missing{place}.",
        "Put sales.key back beside it, or restore a backup with: sfa restore",
    ),
    (
        "malformed",
        "The database file is damaged{place}.",
        "Restore the newest good backup with: sfa restore",
    ),
    (
        "i/o error",
        "The disk reported an error{place}: this may not have been saved, everything before it is safe.",
        "Check the disk with: sfa doctor, and look whether it was saved before you repeat the command.",
    ),
    ("interrupted", "The query was stopped{place}.", None),
)


def _rule_words(text: str) -> tuple[str, str | None]:
    """Return a sentence and a remedy for a broken rule of the schema."""
    if "tree:" in text:
        table = text.rsplit("tree:", 1)[1].split(".", maxsplit=1)[0].replace("app_", "")
        return f"That would make a circle among parents, or a tree deeper than 12 ({table}).", "Choose another parent."
    if "FOREIGN KEY" in text:
        return "A record that this one needs is missing, or others still need this one.", None
    name = (text.partition(" failed: ")[2] or text).strip()
    words = _RULES.get(name)
    if words:
        return words, None
    return f"The value breaks the rule {name}.", "Look the rule up in docs/data-model.md."


_RULES = {
    "closed_deal_is_won_or_lost": "A closed deal must be won or lost, an open one neither.",
    "amount_has_currency": "An amount needs a currency.",
    "consent_is_final": "What a contact said stays as it was said; write down what they say now.",
    "quote_is_sent": "A quote stays as it was sent; make the change in a new revision: sfa quote revise NUMBER",
    "quote_number_stays": "The number of a quote never changes.",
    "statement_is_closed": "A closed statement stays as it is; put it right in an open period: sfa commission adjust",
    "submission_is_final": "A submitted forecast stays as it was said; submit what you say now.",
    "period_is_closed": "A closed period stays closed, within its days.",
    "plan_is_published": "A published plan stays as it is; publish a new version of it: sfa commission plan publish FILE",
    "comp_adjustment_four_eyes": "Nobody approves what they asked for.",
    "acceptance_is_final": "An acceptance stays as it was written down.",
    "quote_version_accepted_once": "Another revision of this quote is accepted already.",
    "quote_line_has_quantity": "A line that costs something needs a quantity.",
    "quote_line_says_what": "A line needs a product or words.",
    "invoice_is_issued": "An invoice stays as it was issued; correct it with a credit note: sfa invoice credit NUMBER",
    "invoice_leaves_gap": "Numbers of invoices have no gaps: only the newest can be taken back; correct it with: sfa invoice credit",
    "order_number_stays": "The number of an order never changes.",
    "comp_event_is_final": "A commission event stays as it was written; another one takes it back.",
    "order_line_delivered": "More was delivered than ordered.",
    "order_line_invoiced": "More was invoiced than ordered.",
    "order_line_returned": "More came back than was delivered.",
    "contact_relation_once": "That relation is there already.",
    "account_relation_once": "That relation is there already.",
    "account_not_own_parent": "An account cannot be its own parent.",
    "account_not_own_referrer": "An account does not refer itself.",
    "user_not_own_manager": "Nobody is their own manager.",
    "done_task_has_time": "A task that is done needs the time when it was.",
    "tag_name_once": "There is a tag of that name already.",
    "external_id_once": "Another record has that external id already.",
    "role_dates_in_order": "A role cannot end before it begins.",
}
