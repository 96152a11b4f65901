"""The one thread that reads and writes the store for the screens, in the order in which it is asked."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
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

    async def ask(self, work: Callable[[Desk], Answer]) -> Answer:
        """Return what the work returns; its errors are raised here."""
        self.pending += 1
        try:
            return await asyncio.wrap_future(self._thread.submit(work, self.desk))
        finally:
            self.pending -= 1

    def close(self) -> None:
        """Finish what was asked, then close the store."""
        self._thread.shutdown(wait=True)
        self.desk.close()
