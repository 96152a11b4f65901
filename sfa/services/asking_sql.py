"""Read-only SQL: one statement, on a connection that cannot write, for a bounded time."""

from typing import Any

from db.connection import connect
from db.driver import sqlite
from sfa.clock import stopwatch
from sfa.errors import UsageError
from sfa.services.desk import Desk

LONGEST_S = 30.0
STEPS = 100_000
_ALLOWED = frozenset({sqlite.SQLITE_SELECT, sqlite.SQLITE_READ, sqlite.SQLITE_FUNCTION, sqlite.SQLITE_RECURSIVE})
_DENIED_FUNCTIONS = frozenset({"load_extension", "sqlcipher_export", "fts3_tokenizer", "edit", "readfile", "writefile"})


def ask(desk: Desk, statement: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Return column names and rows of one SELECT.

    Raises:
        UsageError: it is no single SELECT, cannot be read, or takes longer than LONGEST_S.
    """
    connection = desk.store.connection if desk.store.note else connect(desk.store.workspace.database, read_only=True)
    connection.set_authorizer(_authorize)
    started = stopwatch()
    connection.set_progress_handler(lambda: int(stopwatch() - started > LONGEST_S), STEPS)
    try:
        cursor = connection.execute(statement)
        rows = cursor.fetchall()
    except (sqlite.Error, sqlite.Warning, ValueError) as error:
        raise UsageError(
            f"The statement cannot be answered: {error}.", hint="One SELECT, read-only; see docs/data-model.md"
        ) from error
    finally:
        connection.set_progress_handler(None, 0)
        connection.set_authorizer(None)
    if cursor.description is None:
        raise UsageError("That statement gives no rows.", hint="Only SELECT is answered here.")
    return [str(column[0]) for column in cursor.description], rows


def _authorize(action: int, _first: str | None, second: str | None, _database: str | None, _trigger: str | None) -> int:
    if action == sqlite.SQLITE_FUNCTION and (second or "").lower() in _DENIED_FUNCTIONS:
        return sqlite.SQLITE_DENY
    return sqlite.SQLITE_OK if action in _ALLOWED else sqlite.SQLITE_DENY
