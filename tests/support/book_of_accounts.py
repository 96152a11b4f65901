"""A SQLite file with as many accounts as a bench wants, and the reader that pages through it."""

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING

from db.driver import Connection, sqlite
from screens.widgets.paging import Anchor, Row

if TYPE_CHECKING:
    from pathlib import Path

_FILL = """
WITH RECURSIVE number(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM number WHERE n + 1 < :count)
INSERT INTO account
SELECT printf('%08x', n * 2654435761 % 4294967296),
       substr('北京上海广州MüllerAcmeNorthWest', 1 + n % 20, 4) || printf(' %06d', n * 7919 % 1000003),
       substr('Berlin深圳Lyon東京Austin', 1 + n % 15, 5), n * 37 % 5000000
FROM number
"""


def write_accounts(path: "Path", count: int) -> None:
    """Make a file of `count` accounts, sorted by an index on name and id."""
    connection = sqlite.connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("CREATE TABLE account (id TEXT PRIMARY KEY, name TEXT, city TEXT, cents INTEGER) WITHOUT ROWID")
    connection.execute("BEGIN")
    connection.execute(_FILL, {"count": count})
    connection.execute("CREATE INDEX account_by_name ON account (name, id)")
    connection.execute("COMMIT")
    connection.close()


def a_row(key: str, name: str, city: str, cents: int) -> Row:
    """Return an account as the list shows it."""
    return Row(key, (name, city, f"{cents // 100:,}.{cents % 100:02d}", "Jane Doe"), ("", "muted", "", ""))


class AccountReader:
    """Keyset pages over the file, sorted by name; a connection for each thread.

    Args:
        path: the file.
        prefix: only names that begin so.
    """

    def __init__(self, path: "Path", prefix: str = "") -> None:
        self._path = path
        self._range = (prefix, prefix + "\U0010ffff")
        self._local = threading.local()
        self._open: list[Connection] = []

    def read_from(self, anchor: Anchor | None, count: int) -> Sequence[Row]:
        rows = self._connection().execute(
            "SELECT id, name, city, cents FROM account WHERE (name, id) >= (?, ?) AND name < ?"
            " ORDER BY name, id LIMIT ?",
            (*(anchor or (self._range[0], "")), self._range[1], count),
        )
        return [a_row(*row) for row in rows]

    def read_anchors(self, step: int) -> tuple[int, Sequence[Anchor]]:
        connection = self._connection()
        between = "FROM account WHERE name >= ? AND name < ?"
        (count,) = connection.execute(f"SELECT count(*) {between}", self._range).fetchone()
        anchors = connection.execute(
            f"SELECT name, id FROM (SELECT name, id, row_number() OVER (ORDER BY name, id) AS position {between})"
            " WHERE position % ? = 1",
            (*self._range, step),
        ).fetchall()
        return count, anchors

    def interrupt(self) -> None:
        for connection in self._open:
            connection.interrupt()

    def _connection(self) -> Connection:
        if not hasattr(self._local, "connection"):
            self._local.connection = sqlite.connect(f"file:{self._path}?mode=ro", uri=True, check_same_thread=False)
            self._local.connection.execute("PRAGMA cache_size = -1000")
            self._open.append(self._local.connection)
        connection: Connection = self._local.connection
        return connection
