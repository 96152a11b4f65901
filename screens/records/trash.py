"""The trash: what was removed, to look at and restore."""

from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from screens.base import DeskScreen, bindings
from screens.widgets.columns import ColumnSpec
from screens.widgets.paging import Row
from screens.widgets.record_table import RecordTable
from screens.widgets.short_list import show_rows
from screens.words import local_minute
from sfa.commands import Command
from sfa.services import trash
from sfa.services.desk import Desk, Saved

VERBS = (
    Command("trash.restore", "Restore", "restore", "r", "Bring it back", is_shown=True, label="Restore"),
    Command("trash.back", "Back", "app.go_back", "escape", "To where you came from", is_shown=True, label="Back"),
)
COLUMNS = (
    ColumnSpec("noun", "Kind", 12, 0, 1),
    ColumnSpec("label", "Name", 24, 4, 1),
    ColumnSpec("at", "Removed", 16, 0, 1),
    ColumnSpec("ref", "Ref", 6, 0, 2),
)
EMPTY = Text("The trash is empty. Press esc to go back.", justify="center")


class TrashScreen(DeskScreen):
    """Removed records, the newest first."""

    TITLE = "Trash"
    AREA = "trash"
    VERBS = VERBS
    BINDINGS: ClassVar[list[BindingType]] = bindings(VERBS)

    def __init__(self) -> None:
        super().__init__()
        self._keys: list[str] = []

    def compose_body(self) -> ComposeResult:
        """Lay out the list."""
        table = RecordTable(COLUMNS, empty_text=EMPTY)
        table.border_title = "Trash"
        yield table

    async def refresh_data(self) -> None:
        """Read the trash anew."""
        items = await self.ask(trash.trashed)
        if items is None:
            return
        zone = self.desk_app.clerk.desk.store.clock.zone()
        rows = [
            Row(f"{item.noun}:{item.id}", (item.noun, item.label, local_minute(item.removed_at, zone), item.ref))
            for item in items
        ]
        self._keys = [row.key for row in rows]
        show_rows(self.query_one(RecordTable), rows)

    @on(RecordTable.RowOpened)
    def look_at(self, event: RecordTable.RowOpened) -> None:
        """Show the removed record whole."""
        noun, _, record_id = event.key.partition(":")
        self.desk_app.open_hit((noun, record_id))

    async def action_restore(self) -> None:
        """Bring back the record under the cursor, or the marked ones."""
        table = self.query_one(RecordTable)
        marked = [key for key in self._keys if key in table.marks]
        by_noun: dict[str, list[str]] = {}
        for key in marked or [table.cursor_key or ""]:
            noun, _, record_id = key.partition(":")
            if noun:
                by_noun.setdefault(noun, []).append(record_id)
        for noun, ids in by_noun.items():
            await self._restore(noun, ids)

    async def _restore(self, noun: str, ids: list[str]) -> None:
        def work(desk: Desk) -> Saved:
            return trash.restore(desk, noun, ids)

        await self.save(work)
