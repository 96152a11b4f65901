"""Processes that die at a statement, clocks that are off, and a network that swallows."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any

from db.driver import Connection
from sfa.server.database import Rows, SqliteDatabase


class SkewedClock:
    """A laptop's clock, off by days."""

    def __init__(self, true_now: Callable[[], datetime], skew: timedelta) -> None:
        self._true_now, self._skew = true_now, skew

    def now(self) -> datetime:
        return self._true_now() + self._skew

    def today(self) -> date:
        return self.now().date()

    def zone(self) -> tzinfo:
        return UTC


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
