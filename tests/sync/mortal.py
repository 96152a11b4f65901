"""Processes that die at a statement, and a network that swallows."""

from collections.abc import Sequence
from typing import Any

from db.driver import Connection
from sfa.server.database import Rows, SqliteDatabase


class LostError(OSError):
    """The network swallowed it."""


class MortalDatabase(SqliteDatabase):
    """A server's database whose process dies at a statement; what was not committed is gone."""

    left: int | None = None

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> Rows:
        self._live()
        return super().rows(sql, parameters)

    def execute(self, sql: str, parameters: Sequence[object] = ()) -> int:
        self._live()
        return super().execute(sql, parameters)

    def _live(self) -> None:
        if self.left is not None:
            self.left -= 1
            if self.left < 0:
                raise LostError


class MortalConnection:
    """A laptop's connection whose process dies at a statement."""

    def __init__(self, connection: Connection, left: int) -> None:
        self._connection, self._left = connection, left

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever a connection has
        if name in ("execute", "executemany"):
            self._left -= 1
            if self._left < 0:
                self._connection.rollback()
                raise CrashError
        return getattr(self._connection, name)


class CrashError(BaseException):
    """The process is gone."""
