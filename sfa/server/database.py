"""The server's database: SQLite in a file, or PostgreSQL by its address; one dialect of SQL for both."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Any, Final, Protocol

from db.driver import STATEMENTS, sqlite, uri_of

Rows = list[tuple[Any, ...]]
AGAIN: Final = "again"
"""Only somebody else was quicker: the same transaction goes through at the next try."""
LOST: Final = "lost"
"""There is no way to the database just now."""
BAD_VALUE: Final = "bad value"
"""A value that no column can hold: too large a number, half a character."""


class Database(Protocol):
    """What the server needs of a database; marks are `?` everywhere."""

    for_update: str
    """What locks the rows that a SELECT reads, where the database has such a thing."""

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> Rows:
        """Return all rows."""

    def execute(self, sql: str, parameters: Sequence[object] = ()) -> int:
        """Run a statement and return how many rows it touched."""

    def many(self, sql: str, parameters: Sequence[Sequence[object]]) -> None:
        """Run a statement for each set of parameters."""

    def writing(self) -> AbstractContextManager[None]:
        """Let what is inside be one transaction: all of it, or nothing."""

    def reading(self) -> AbstractContextManager[None]:
        """Let what is inside see one state."""

    def trouble(self, error: BaseException) -> str:
        """Return what an error comes to: AGAIN, LOST, BAD_VALUE, or nothing that is known."""

    def reopen(self) -> None:
        """Connect anew after the connection was lost."""

    def close(self) -> None:
        """Close it."""


class SqliteDatabase:
    """SQLite: one writer at a time, `synchronous=FULL`."""

    for_update = ""

    def __init__(self, path: str) -> None:
        target = path if path == ":memory:" else f"{uri_of(path)}?mode=rwc"
        self.connection = sqlite.connect(
            target,
            uri=path != ":memory:",
            isolation_level=None,
            check_same_thread=False,
            cached_statements=STATEMENTS,
        )
        for pragma in (
            "busy_timeout=5000",
            "journal_mode=WAL",
            "synchronous=FULL",
            "trusted_schema=OFF",
            "temp_store=MEMORY",
        ):
            self.connection.execute(f"PRAGMA {pragma}")

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> Rows:
        """Return all rows."""
        return self.connection.execute(sql, tuple(parameters)).fetchall()

    def execute(self, sql: str, parameters: Sequence[object] = ()) -> int:
        """Run a statement and return how many rows it touched."""
        return self.connection.execute(sql, tuple(parameters)).rowcount

    def many(self, sql: str, parameters: Sequence[Sequence[object]]) -> None:
        """Run a statement for each set of parameters."""
        self.connection.executemany(sql, [tuple(row) for row in parameters])

    def writing(self) -> AbstractContextManager[None]:
        """Let what is inside be one transaction."""
        return self._transaction("BEGIN IMMEDIATE")

    def reading(self) -> AbstractContextManager[None]:
        """Let what is inside see one state."""
        return self._transaction("BEGIN")

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[None]:
        self.connection.execute(begin)
        try:
            yield
            self.connection.execute("COMMIT")
        finally:
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")

    def trouble(self, error: BaseException) -> str:
        """Return what an error comes to."""
        if isinstance(error, sqlite.OperationalError) and "locked" in str(error):
            return AGAIN
        return BAD_VALUE if isinstance(error, UnicodeEncodeError | OverflowError) else ""

    def reopen(self) -> None:
        """A file is never far: nothing to do."""

    def backup(self, target: Path) -> None:
        """Copy the whole book into a file while others write."""
        with closing(sqlite.connect(f"{uri_of(str(target))}?mode=rwc", uri=True)) as copy:
            self.connection.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it

    def close(self) -> None:
        """Close it."""
        self.connection.close()
