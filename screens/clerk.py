"""The thread that reads and writes the store for the screens, in the order in which it is asked; one more for long reads."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from sfa.clock import Clock
from sfa.services.desk import Desk, open_desk

Answer = TypeVar("Answer")
CACHE_KB = 2000


class Clerk:
    """Does work on the desk, one piece after the other: nothing is cancelled halfway, nothing overtakes a write.

    Attributes:
        pending: how many answers are still awaited.
    """

    def __init__(self, folder: Path | None, clock: Clock | None = None) -> None:
        self.folder = folder
        self.desk: Desk = open_desk(folder, clock)
        self.desk.store.limit_cache(CACHE_KB)
        self.pending = 0
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="clerk")
        self._reading = ThreadPoolExecutor(max_workers=1, thread_name_prefix="reader")
        self._reader: Desk | None = None

    async def ask(self, work: Callable[[Desk], Answer]) -> Answer:
        """Return what the work returns; its errors are raised here."""
        return await self._answer_of(self._thread.submit(work, self.desk))

    async def read_beside(self, work: Callable[[Desk], Answer]) -> Answer:
        """Return what a read returns that may take long: it has a connection of its own, and nothing waits for it."""
        return await self._answer_of(self._reading.submit(self._read, work))

    async def _answer_of(self, future: Future[Answer]) -> Answer:
        self.pending += 1
        try:
            return await asyncio.wrap_future(future)
        finally:
            self.pending -= 1

    def _read(self, work: Callable[[Desk], Answer]) -> Answer:
        if self._reader is None:
            self._reader = self.desk.reader()
            self._reader.store.limit_cache(CACHE_KB)
        return work(self._reader)

    def close(self) -> None:
        """Finish what was asked, but for reads, then close the store."""
        self._thread.shutdown(wait=True)
        if self._reader is not None:
            self._reader.store.connection.interrupt()
        self._reading.shutdown(wait=True, cancel_futures=True)
        if self._reader is not None:
            self._reader.close()
        self.desk.close()
