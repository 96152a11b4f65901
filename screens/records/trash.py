"""The trash: what was removed, to look at, restore, or remove for good."""

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
from sfa.services import trash

COMMANDS = (Command("trash.restore", "Restore", "restore", "r,enter", "Bring the record back", True, "Restore"),)
COLUMNS = (
    ColumnSpec("noun", "Kind", 12, 0, 1),
    ColumnSpec("label", "Name", 24, 4, 1),
    ColumnSpec("at", "Removed", 16, 0, 1),
    ColumnSpec("ref", "Ref", 6, 0, 2),
)


class TrashScreen(DeskScreen):
    """Removed records, the newest first."""

    TITLE = "Trash"
    COMMANDS = COMMANDS
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMANDS)

    def compose(self) -> ComposeResult:
        """Lay out the list."""
        table = RecordTable(COLUMNS, empty_text=Text("The trash is empty. Press 1 for Today.", justify="center"))
        table.border_title = "Trash"
        yield table
        yield Footer()

    async def on_mount(self) -> None:
        """Read the trash."""
        await self.refresh_data()

    async def refresh_data(self) -> None:
        """Read the trash anew."""
        items = await self.ask(trash.trashed)
        if items is not None:
            rows = [
                Row(f"{item.noun}:{item.id}", (item.noun, item.label, f"{item.removed_at.astimezone():%Y-%m-%d %H:%M}", item.ref))
                for item in items
            ]
            self.query_one(RecordTable).set_source(ListSource(rows))

    async def action_restore(self) -> None:
        """Bring back the record under the cursor, or the marked ones."""
        table = self.query_one(RecordTable)
        keys = sorted(table.marks.keys) or ([table.cursor_key] if table.cursor_key else [])
        by_noun: dict[str, list[str]] = {}
        for key in keys:
            noun, _, record_id = key.partition(":")
            by_noun.setdefault(noun, []).append(record_id)
        for noun, ids in by_noun.items():
            await self.save(lambda desk, noun=noun, ids=ids: trash.restore(desk, noun, ids))  # type: ignore[misc]
