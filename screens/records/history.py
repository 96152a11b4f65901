"""The journal: what was changed, when, by whom; any of it can be undone from here."""

from typing import ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType

from screens.base import DeskScreen, bindings
from screens.modals.confirm import ConfirmModal
from screens.widgets.columns import ColumnSpec
from screens.widgets.paging import Row
from screens.widgets.record_table import RecordTable
from screens.widgets.short_list import show_rows
from screens.words import local_minute
from sfa.commands import Command
from sfa.services import history

VERBS = (
    Command("history.undo", "Undo this", "undo_this", "x", "Take this change back", is_shown=True, label="Undo this"),
    Command("history.back", "Back", "app.go_back", "escape", "To where you came from", is_shown=True, label="Back"),
)
COLUMNS = (
    ColumnSpec("at", "When", 16, 0, 1),
    ColumnSpec("summary", "What", 30, 5, 1),
    ColumnSpec("actor", "Who", 12, 1, 3),
    ColumnSpec("state", "", 7, 0, 2),
    ColumnSpec("ref", "Ref", 8, 0, 4),
)
EMPTY = Text("Nothing was changed yet. Press + to enter something.", justify="center")
SHOWN = 1000


class HistoryScreen(DeskScreen):
    """Operations, the newest first."""

    TITLE = "History"
    AREA = "history"
    VERBS = VERBS
    BINDINGS: ClassVar[list[BindingType]] = bindings(VERBS)

    def compose_body(self) -> ComposeResult:
        """Lay out the list."""
        table = RecordTable(COLUMNS, empty_text=EMPTY)
        table.border_title = "History"
        yield table

    async def refresh_data(self) -> None:
        """Read the journal anew."""
        lines = await self.ask(lambda desk: history.operations(desk, limit=SHOWN))
        if lines is None:
            return
        zone = self.desk_app.clerk.desk.store.clock.zone()
        rows = [
            Row(
                line.id,
                (local_minute(line.at, zone), line.summary, line.actor, "undone" if line.is_undone else "", line.ref),
            )
            for line in lines
        ]
        show_rows(self.query_one(RecordTable), rows)

    @on(RecordTable.RowOpened)
    @work(group="dialog")
    async def ask_first(self, event: RecordTable.RowOpened) -> None:
        """Ask whether the operation is to be taken back."""
        words = next(iter(row.cells[1] for row in (self.query_one(RecordTable).cursor_row,) if row), "")
        if await self.app.push_screen_wait(ConfirmModal("Take this change back?", [words])):
            await self.save(lambda desk: history.undo(desk, event.key))

    async def action_undo_this(self) -> None:
        """Take the operation under the cursor back."""
        key = self.query_one(RecordTable).cursor_key
        if key:
            await self.save(lambda desk: history.undo(desk, key))
