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
    Command(
        "inbox.mine", "Mine", "settle('mine')", "m", "Write my value of this field again", is_shown=True, label="Mine"
    ),
    Command(
        "inbox.theirs", "Theirs", "settle('theirs')", "t", "Keep what the server has", is_shown=True, label="Theirs"
    ),
    Command(
        "inbox.before", "Before", "settle('before')", "b", "Write what was there before", is_shown=True, label="Before"
    ),
    Command(
        "inbox.dismiss",
        "Put aside",
        "settle_all('dismissed')",
        "d",
        "Settle the whole entry later, or never",
        is_shown=True,
        label="Aside",
    ),
    Command("inbox.all_mine", "All mine", "settle_all('mine')", "M", "Write my values of the whole entry again"),
    Command(
        "inbox.all_theirs", "All theirs", "settle_all('theirs')", "T", "Keep what the server has of the whole entry"
    ),
    Command("inbox.back", "Back", "app.go_back", "escape", "To where you came from", is_shown=True, label="Back"),
)
COLUMNS = (
    ColumnSpec("record", "Record", 10, 3, 1),
    ColumnSpec("what", "What", 10, 1, 3),
    ColumnSpec("field", "Field", 11, 1, 1),
    ColumnSpec("mine", "Mine", 10, 3, 1),
    ColumnSpec("theirs", "Theirs", 10, 3, 1),
    ColumnSpec("before", "Before", 10, 2, 2),
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
        """Settle the field under the cursor, or an entry that names none."""
        entry_id, _, field = (self.query_one(RecordTable).cursor_key or "").partition(":")

        def work(desk: Desk) -> Saved:
            return inbox.settle(desk, entry_id, {field: choice})

        if field:
            await self.save(work)
        else:
            await self.action_settle_all(choice)

    async def action_settle_all(self, choice: str) -> None:
        """Settle the entry under the cursor."""
        entry_id = (self.query_one(RecordTable).cursor_key or "").partition(":")[0]

        def work(desk: Desk) -> Saved:
            return inbox.resolve(desk, entry_id, choice)

        if entry_id:
            await self.save(work)


def _rows(entry: inbox.Entry) -> list[Row]:
    """Return a line for each field; one with the server's sentence where no field is named."""
    names = [field.name for field in entry.fields] or [""]
    return [
        Row(f"{entry.id}:{name}", (entry.title, entry.kind, *line))
        for name, line in zip(names, entry.lines, strict=True)
    ]
