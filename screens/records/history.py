"""The journal: what was changed, when, by whom; any of it can be undone from here."""

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Footer

from screens.base import DeskScreen, bindings
from screens.widgets.columns import ColumnSpec
from screens.widgets.paging import ListSource, Row
from screens.widgets.record_table import RecordTable
from sfa.commands import Command
from sfa.services import history

COMMANDS = (Command("history.undo", "Undo this", "undo_this", "enter", "Take this change back", True, "Undo this"),)
COLUMNS = (
    ColumnSpec("at", "When", 16, 0, 1),
    ColumnSpec("summary", "What", 30, 5, 1),
    ColumnSpec("actor", "Who", 12, 1, 2),
    ColumnSpec("state", "", 7, 0, 2),
    ColumnSpec("ref", "Ref", 8, 0, 3),
)
SHOWN = 1000


class HistoryScreen(DeskScreen):
    """Operations, the newest first."""

    TITLE = "History"
    COMMANDS = COMMANDS
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMANDS)

    def compose(self) -> ComposeResult:
        """Lay out the list."""
        table = RecordTable(COLUMNS, empty_text=Text("Nothing was changed yet. Press + to enter something.", justify="center"))
        table.border_title = "History"
        yield table
        yield Footer()

    async def on_mount(self) -> None:
        """Read the journal."""
        await self.refresh_data()

    async def refresh_data(self) -> None:
        """Read the journal anew."""
        rows = await self.ask(lambda desk: history.operations(desk, limit=SHOWN))
        if rows is not None:
            self.query_one(RecordTable).set_source(ListSource([_row(line) for line in rows]))

    async def action_undo_this(self) -> None:
        """Take the operation under the cursor back."""
        key = self.query_one(RecordTable).cursor_key
        if key:
            await self.save(lambda desk: history.undo(desk, key))


def _row(line: history.OperationLine) -> Row:
    state = "undone" if line.is_undone else ""
    return Row(line.id, (f"{line.at.astimezone():%Y-%m-%d %H:%M}", line.summary, line.actor, state, line.ref))
