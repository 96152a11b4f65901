"""PostgreSQL behind the server's one dialect: marks become `%s`, rows are locked where they are read."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sfa.errors import UsageError
from sfa.server.database import AGAIN, BAD_VALUE, LOST, Rows

if TYPE_CHECKING:
    import psycopg

CONNECT_SECONDS = 10
_AGAIN = ("40001", "40P01", "55P03")
"""Serialisation failure, deadlock, lock not to be had."""
_LOST_CLASSES = ("08", "53", "57")
"""SQLSTATE classes: connection, no room, shut down by somebody."""
_BAD_VALUE_CLASS = "22"


class PostgresDatabase:
    """A connection to PostgreSQL, straight or through a pool that gives a connection per transaction."""

    for_update = " FOR UPDATE"

    def __init__(self, url: str) -> None:
        self._url = url
        self._connection: psycopg.Connection[Any] = self._connect()

    def _connect(self) -> "psycopg.Connection[Any]":
        try:
            import psycopg  # noqa: PLC0415 - an extra
        except ImportError as error:
            raise UsageError(
                "PostgreSQL needs one more package.", hint='pipx install "sfa-tui[server,postgres]"'
            ) from error
        # A pool in transaction mode gives each transaction another connection: nothing prepared outlives one.
        return psycopg.connect(
            self._url, autocommit=True, prepare_threshold=None, connect_timeout=CONNECT_SECONDS, application_name="sfa"
        )

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
        with self._transaction("BEGIN"):
            yield

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Let what is inside see one state."""
        with self._transaction("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY"):
            yield

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[None]:
        self._connection.execute(begin)
        try:
            yield
            self._connection.execute("COMMIT")
        finally:
            if self._is_in_transaction():
                self._connection.execute("ROLLBACK")

    def _is_in_transaction(self) -> bool:
        from psycopg.pq import TransactionStatus  # noqa: PLC0415 - as above

        return self._connection.info.transaction_status in (TransactionStatus.INTRANS, TransactionStatus.INERROR)

    def trouble(self, error: BaseException) -> str:
        """Return what an error comes to."""
        import psycopg  # noqa: PLC0415 - as above

        state = getattr(error, "sqlstate", None) or ""
        if state in _AGAIN:
            return AGAIN
        if isinstance(error, UnicodeEncodeError | OverflowError | psycopg.DataError) or state[:2] == _BAD_VALUE_CLASS:
            return BAD_VALUE
        is_lost = isinstance(error, psycopg.OperationalError | psycopg.InterfaceError)
        return LOST if is_lost or state[:2] in _LOST_CLASSES else ""

    def reopen(self) -> None:
        """Connect anew after the connection was lost."""
        self._connection.close()
        self._connection = self._connect()

    def close(self) -> None:
        """Close it."""
        self._connection.close()


@lru_cache(maxsize=2048)
def _marked(sql: str) -> Any:  # noqa: ANN401 - psycopg wants a literal
    return sql.replace("%", "%%").replace("?", "%s")
