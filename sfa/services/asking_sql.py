"""Read-only SQL: one statement, on a connection that cannot write, for a bounded time."""

from math import isinf
from typing import Any

from db.connection import connect
from db.driver import sqlite
from sfa.clock import stopwatch
from sfa.errors import UsageError
from sfa.services.desk import Desk

LONGEST_S = 30.0
MOST_ROWS = 1_000_000
STEPS = 100_000
_ALLOWED = frozenset({sqlite.SQLITE_SELECT, sqlite.SQLITE_READ, sqlite.SQLITE_FUNCTION, sqlite.SQLITE_RECURSIVE})
_DENIED_FUNCTIONS = frozenset({"load_extension", "sqlcipher_export", "fts3_tokenizer", "edit", "readfile", "writefile"})
# These tell what there is, and change nothing whatever stands behind them; full-text search asks the first one.
_TELLING_PRAGMAS = frozenset(
    {"data_version", "table_info", "table_xinfo", "table_list", "index_list", "index_info", "foreign_key_list"}
)
HINT = "One SELECT, read-only; see docs/data-model.md"


def ask(desk: Desk, statement: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Return column names, each once, and rows of one SELECT; bytes as hexadecimal text.

    Raises:
        UsageError: it is no single SELECT, cannot be read, takes longer than LONGEST_S, or gives more than MOST_ROWS.
        KeyboardInterrupt: it was stopped.
    """
    connection = desk.store.connection if desk.store.note else connect(desk.store.workspace.database, read_only=True)
    started = stopwatch()
    connection.set_authorizer(_authorize)
    connection.set_progress_handler(lambda: int(stopwatch() - started > LONGEST_S), STEPS)
    try:
        cursor = connection.execute(statement)
        rows = cursor.fetchmany(MOST_ROWS + 1)
    except (sqlite.Error, sqlite.Warning, ValueError) as error:
        raise _stopped(str(error), stopwatch() - started) from error
    finally:
        connection.set_progress_handler(None, 0)
        connection.set_authorizer(None)
    if cursor.description is None:
        raise UsageError("That statement gives no rows.", hint=HINT)
    if len(rows) > MOST_ROWS:
        raise UsageError(f"That gives more than {MOST_ROWS:,} rows.", hint="Add a LIMIT, or use: sfa export")
    return _once([str(column[0]) for column in cursor.description]), [_readable(row) for row in rows]


def _stopped(text: str, seconds: float) -> BaseException:
    """Return what to raise for an error of the driver."""
    if text != "interrupted":
        return UsageError(f"The statement cannot be answered: {text.rstrip('.')}.", hint=HINT)
    if seconds < LONGEST_S:
        return KeyboardInterrupt()  # raised inside the progress handler, where the driver forgets it
    return UsageError(f"The statement took longer than {LONGEST_S:.0f} seconds.", hint="Narrow it with WHERE or LIMIT.")


def _once(names: list[str]) -> list[str]:
    """Return the names with a number behind the second and later ones that are the same."""
    seen: dict[str, int] = {}
    found = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        found.append(name if seen[name] == 1 else f"{name}_{seen[name]}")
    return found


def _readable(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(_as_text(value) if isinstance(value, bytes | float) else value for value in row)


def _as_text(value: bytes | float) -> object:
    """Return bytes and endless numbers, which JSON lacks, as text."""
    if isinstance(value, bytes):
        return value.hex()
    return str(value) if isinf(value) else value


def _authorize(action: int, first: str | None, second: str | None, _database: str | None, _trigger: str | None) -> int:
    if action == sqlite.SQLITE_FUNCTION and (second or "").lower() in _DENIED_FUNCTIONS:
        return sqlite.SQLITE_DENY
    if action == sqlite.SQLITE_PRAGMA and (first or "").lower() in _TELLING_PRAGMAS:
        return sqlite.SQLITE_OK
    return sqlite.SQLITE_OK if action in _ALLOWED else sqlite.SQLITE_DENY
