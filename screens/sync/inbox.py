"""The inbox of sync: what two people changed, and what was not taken; mine, theirs and before side by side."""

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType

from screens.base import DeskScreen, bindings
from screens.widgets.columns import ColumnSpec
from screens.widgets.paging import Row
from screens.widgets.record_table import RecordTable
from screens.widgets.short_list import show_rows
from sfa.commands import Command
from sfa.services.desk import Desk, Saved
from sfa.sync import inbox

VERBS = (
    Command("inbox.mine", "Mine", "settle('mine')", "m", "Write my values again", is_shown=True, label="Mine"),
    Command(
        "inbox.theirs", "Theirs", "settle('theirs')", "t", "Keep what the server has", is_shown=True, label="Theirs"
    ),
    Command(
        "inbox.dismiss",
        "Put aside",
        "settle('dismissed')",
        "d",
        "Settle it later, or never",
        is_shown=True,
        label="Aside",
    ),
    Command("inbox.back", "Back", "app.go_back", "escape", "To where you came from", is_shown=True, label="Back"),
)
COLUMNS = (
    ColumnSpec("record", "Record", 16, 3, 1),
    ColumnSpec("what", "What", 11, 1, 2),
    ColumnSpec("field", "Field", 10, 1, 1),
    ColumnSpec("mine", "Mine", 12, 3, 1),
    ColumnSpec("theirs", "Theirs", 12, 3, 1),
    ColumnSpec("before", "Before", 10, 2, 3),
)
EMPTY = Text("Nothing needs you. Press esc to go back.", justify="center")


class InboxScreen(DeskScreen):
    """Open questions of sync, the newest first; a line for each field."""

    TITLE = "Sync inbox"
    AREA = "inbox"
    VERBS = VERBS
    BINDINGS: ClassVar[list[BindingType]] = bindings(VERBS)

    def compose_body(self) -> ComposeResult:
        """Lay out the list."""
        table = RecordTable(COLUMNS, empty_text=EMPTY)
        table.border_title = "Sync inbox"
        yield table

    async def refresh_data(self) -> None:
        """Read the inbox anew."""
        found = await self.ask(inbox.entries)
        if found is not None:
            show_rows(self.query_one(RecordTable), [row for entry in found for row in _rows(entry)])

    async def action_settle(self, choice: str) -> None:
        """Settle the entry under the cursor."""
        entry_id = (self.query_one(RecordTable).cursor_key or "").partition(":")[0]

        def work(desk: Desk) -> Saved:
            return inbox.resolve(desk, entry_id, choice)

        if entry_id:
            await self.save(work)


def _rows(entry: inbox.Entry) -> list[Row]:
    """Return a line for each field; one with the server's sentence where no field is named."""
    fields = entry.fields or (("", entry.sentence, None, None),)
    return [
        Row(f"{entry.id}:{number}", (entry.title, entry.kind, name, _words(mine), _words(theirs), _words(before)))
        for number, (name, mine, theirs, before) in enumerate(fields)
    ]


def _words(value: object) -> str:
    return "" if value is None else str(value)
