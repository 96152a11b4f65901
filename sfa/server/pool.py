"""So many servers, each with a connection of its own; a transaction that only came second is tried again."""

import queue
import random
import time
from collections.abc import Callable
from typing import TypeVar

from sfa.ids import system_ids
from sfa.server.database import AGAIN, BAD_VALUE, LOST, Database, SqliteDatabase
from sfa.server.handle import Server
from sfa.sync.protocol import ProtocolError

WAIT_FOR_CONNECTION = 5.0
TRIES = 8
LONGEST_PAUSE = 0.05

T = TypeVar("T")


class Pool:
    """Lends servers to those who work.

    Args:
        open_database: opens one more connection.
        size: how many.
    """

    def __init__(self, open_database: Callable[[], Database], size: int) -> None:
        self._free: queue.LifoQueue[Server] = queue.LifoQueue()
        self._all = [Server(open_database(), system_ids().new) for _ in range(size)]
        for server in self._all:
            self._free.put(server)
        first = self._all[0].database
        self._near = open_database() if isinstance(first, SqliteDatabase) else None

    def at_once(self, ask: Callable[[Database], T]) -> T | None:
        """Return what a short question comes to without a thread: of a file that is near; None where it is not.

        To hand over to a thread and back takes longer than the question itself.
        """
        if self._near is None:
            return None
        try:
            return ask(self._near)
        except Exception as error:
            if self._near.trouble(error):
                return None
            raise

    def run(self, work: Callable[[Server], T]) -> T:
        """Return what work comes to; it is done again where another transaction was quicker or the connection broke.

        Raises:
            ProtocolError: 503: all are busy for too long, or the database is away; 400: no database holds the value.
        """
        try:
            server = self._free.get(timeout=WAIT_FOR_CONNECTION)
        except queue.Empty as error:
            raise ProtocolError(503, "The server is busy; try again.", retry_after=2) from error
        try:
            return tried(server.database, lambda: work(server))
        finally:
            self._free.put(server)

    def close(self) -> None:
        """Close all connections."""
        for server in self._all:
            server.database.close()
        if self._near is not None:
            self._near.close()


def tried(database: Database, work: Callable[[], T], tries: int = TRIES) -> T:
    """Return what work comes to; see `Pool.run`. Work is one transaction, or may be repeated as a whole."""
    for number in range(tries):
        try:
            return work()
        except Exception as error:
            kind = database.trouble(error)
            if kind == BAD_VALUE:
                raise ProtocolError(400, "The message holds a value that no database takes.") from error
            if kind not in (AGAIN, LOST):
                raise
            time.sleep(random.uniform(0, LONGEST_PAUSE * number))  # noqa: S311 - so that two do not meet again
            if kind == LOST:
                _reopen(database)
    raise ProtocolError(503, "The database is busy or away; try again.", retry_after=5)


def _reopen(database: Database) -> None:
    """Connect anew; where the database is still away, the next try shows it."""
    try:
        database.reopen()
    except Exception as error:
        if database.trouble(error) != LOST:
            raise
