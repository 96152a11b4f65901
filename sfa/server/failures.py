"""Wrong codes and passwords, counted in the database so that all workers know of them."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from sfa.clock import instant_text
from sfa.server.database import Database
from sfa.sync.protocol import ProtocolError


class Failures:
    """How often somebody was wrong of late.

    Args:
        database: where.
        org: the company.
        most: so many within `span`, then nothing is looked at any more.
        now: the instant.
        new_id: makes ids.
    """

    def __init__(
        self, database: Database, org: str, most: int, span: timedelta, now: datetime, new_id: Callable[[], str]
    ) -> None:
        self._database, self._org, self._most, self._span = database, org, most, span
        self._now, self._new_id = now, new_id

    def require_few(self, *names: str) -> None:
        """Let nobody go on who was wrong too often.

        Raises:
            ProtocolError: 429.
        """
        since = instant_text(self._now - self._span)
        marks = ", ".join("?" * len(names))
        rows = self._database.rows(
            f"SELECT who, count(*) FROM s_failure WHERE org = ? AND who IN ({marks}) AND at > ? GROUP BY who",
            (self._org, *names, since),
        )
        if any(count >= self._most for _, count in rows):
            seconds = int(self._span.total_seconds())
            raise ProtocolError(429, "Too many wrong attempts; try again later.", retry_after=seconds)

    def note(self, names: Sequence[str]) -> None:
        """Remember that somebody was wrong; forget what is long ago."""
        with self._database.writing():
            self._database.many(
                "INSERT INTO s_failure (org, who, id, at) VALUES (?, ?, ?, ?)",
                [(self._org, name[:200], self._new_id(), instant_text(self._now)) for name in names],
            )
            self._database.execute(
                "DELETE FROM s_failure WHERE org = ? AND at <= ?", (self._org, instant_text(self._now - self._span))
            )
