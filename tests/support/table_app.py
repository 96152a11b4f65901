"""A small application around one list, and sources that answer when a test wants them to."""

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import App, ComposeResult

from screens.theme import register_themes
from screens.widgets.columns import ColumnSpec
from screens.widgets.paging import PAGE_SIZE, PageSource, Row
from screens.widgets.record_table import RecordTable

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.message import Message
    from textual.pilot import Pilot

COLUMNS = (
    ColumnSpec("name", "Name", 24, 3),
    ColumnSpec("city", "City", 12, 1, 2),
    ColumnSpec("amount", "Amount", 14, align="right"),
    ColumnSpec("owner", "Owner", 30, 1, 5),
)


def a_row(number: int, name: str = "Account") -> Row:
    """Return a row whose key and cells tell its number."""
    return Row(f"id-{number}", (f"{name} {number}", f"City {number % 7}", f"{number}.00", "Jane Doe"), payload=number)


class NumberedSource:
    """Rows made from their position: any number of them, counted in a thread, read quickly or in a thread."""

    def __init__(self, total: int, *, is_quick: bool = True, name: str = "Account") -> None:
        self.total = total
        self.is_quick = is_quick
        self.name = name
        self.skipped: set[int] = set()
        self.pages_read: list[int] = []
        self.cancelled = 0
        self.gate: Callable[[], object] = lambda: None
        self._count: int | None = None

    @property
    def count(self) -> int | None:
        return self._count

    def first_page(self) -> Sequence[Row]:
        return self._rows(0)

    def build_positions(self) -> int:
        self.gate()
        self._count = self.total - len(self.skipped)
        return self._count

    def page(self, number: int) -> Sequence[Row]:
        self.gate()
        self.pages_read.append(number)
        return self._rows(number)

    def cancel(self) -> None:
        self.cancelled += 1

    def _rows(self, number: int) -> Sequence[Row]:
        start, stop = number * PAGE_SIZE, (number + 1) * PAGE_SIZE + len(self.skipped)
        numbers = (each for each in range(stop) if each not in self.skipped) if self.skipped else range(start, stop)
        kept = list(numbers)[start : start + PAGE_SIZE] if self.skipped else list(numbers)
        return [a_row(each, self.name) for each in kept if each < self.total]


class Gate:
    """Holds a source's threads back until it is opened."""

    def __init__(self) -> None:
        self._opened = threading.Event()

    def __call__(self) -> None:
        assert self._opened.wait(timeout=60)

    def open(self) -> None:
        self._opened.set()


class BrokenSource(NumberedSource):
    """Answers with an error."""

    def first_page(self) -> Sequence[Row]:
        raise OSError("the disk is gone")


class TableApp(App[None]):
    """One list, and everything that it told."""

    AUTO_FOCUS = "RecordTable"

    def __init__(self, source: PageSource | None = None, columns: Sequence[ColumnSpec] = COLUMNS) -> None:
        super().__init__()
        self.table = RecordTable(columns, source)
        self.said: list[Message] = []

    def compose(self) -> ComposeResult:
        yield self.table

    def on_mount(self) -> None:
        register_themes(self)

    def on_record_table_row_opened(self, message: RecordTable.RowOpened) -> None:
        self.said.append(message)

    def on_record_table_row_highlighted(self, message: RecordTable.RowHighlighted) -> None:
        self.said.append(message)

    def on_record_table_sort_requested(self, message: RecordTable.SortRequested) -> None:
        self.said.append(message)

    def on_record_table_marks_changed(self, message: RecordTable.MarksChanged) -> None:
        self.said.append(message)

    def on_record_table_source_failed(self, message: RecordTable.SourceFailed) -> None:
        self.said.append(message)

    @property
    def opened(self) -> list[str]:
        return [message.key for message in self.said if isinstance(message, RecordTable.RowOpened)]

    @property
    def highlighted(self) -> list[str | None]:
        return [message.key for message in self.said if isinstance(message, RecordTable.RowHighlighted)]

    @property
    def sorted_by(self) -> list[str]:
        return [message.column_id for message in self.said if isinstance(message, RecordTable.SortRequested)]

    @property
    def failures(self) -> list[Exception]:
        return [message.error for message in self.said if isinstance(message, RecordTable.SourceFailed)]

    def lines(self) -> list[str]:
        """Return the screen as lines of text."""
        return [strip.text for strip in self.screen._compositor.render_strips()]

    def text(self) -> str:
        return "\n".join(self.lines())


async def settle(pilot: "Pilot[None]") -> None:
    """Wait until keys, workers and their answers are through."""
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
