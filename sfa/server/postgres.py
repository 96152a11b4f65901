"""PostgreSQL behind the server's one dialect: marks become `%s`, rows are locked where they are read."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from sfa.errors import UsageError
from sfa.server.database import Rows

SERIALIZATION_FAILURE, DEADLOCK = "40001", "40P01"


class PostgresDatabase:
    """A connection to PostgreSQL, straight or through a pool that gives a connection per transaction."""

    for_update = " FOR UPDATE"

    def __init__(self, url: str) -> None:
        try:
            import psycopg  # noqa: PLC0415 - an extra
        except ImportError as error:
            raise UsageError(
                "PostgreSQL needs one more package.", hint='pipx install "sfa-tui[server,postgres]"'
            ) from error
        # A pool in transaction mode gives each transaction another connection: nothing prepared outlives one.
        self._connection: psycopg.Connection[Any] = psycopg.connect(url, autocommit=True, prepare_threshold=None)

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> Rows:
        """Return all rows."""
        return self._connection.execute(_marked(sql), tuple(parameters)).fetchall()

    def execute(self, sql: str, parameters: Sequence[object] = ()) -> int:
        """Run a statement and return how many rows it touched."""
        return self._connection.execute(_marked(sql), tuple(parameters) or None).rowcount

    def many(self, sql: str, parameters: Sequence[Sequence[object]]) -> None:
        """Run a statement for each set of parameters, in one round trip where the driver can."""
        if parameters:
            with self._connection.cursor() as cursor:
                cursor.executemany(_marked(sql), [tuple(row) for row in parameters])

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Let what is inside be one transaction."""
        with self._connection.transaction():
            yield

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Let what is inside see one state."""
        with self._connection.transaction():
            self._connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield

    def close(self) -> None:
        """Close it."""
        self._connection.close()


@lru_cache(maxsize=2048)
def _marked(sql: str) -> Any:  # noqa: ANN401 - psycopg wants a literal
    return sql.replace("%", "%%").replace("?", "%s")


def is_worth_another_try(error: BaseException) -> bool:
    """Tell whether a transaction failed only because another one was quicker."""
    return getattr(error, "sqlstate", None) in (SERIALIZATION_FAILURE, DEADLOCK)
