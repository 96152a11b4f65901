"""The one thread that reads and writes the store for the screens, in the order in which it is asked."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from sfa.clock import Clock
from sfa.services.desk import Desk, open_desk

Answer = TypeVar("Answer")


class Clerk:
    """Does work on the desk, one piece after the other: nothing is cancelled halfway, nothing overtakes a write."""

    def __init__(self, folder: Path | None, clock: Clock | None = None) -> None:
        self.folder = folder
        self.desk: Desk = open_desk(folder, clock)
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="clerk")

    async def ask(self, work: Callable[[Desk], Answer]) -> Answer:
        """Return what the work returns; its errors are raised here."""
        return await asyncio.wrap_future(self._thread.submit(work, self.desk))

    def close(self) -> None:
        """Finish what was asked, then close the store."""
        self._thread.shutdown(wait=True)
        self.desk.close()
