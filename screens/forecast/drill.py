"""The records behind a number: a list that a filter makes, or one that is known already."""

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from screens.base import DeskScreen, bindings
from screens.lists import LIST_VERBS, ListScreen
from screens.safe import safe
from screens.widgets.columns import ColumnSpec
from screens.widgets.paging import Row
from screens.widgets.record_table import RecordTable
from screens.widgets.short_list import show_rows
from sfa.commands import Command
from sfa.domain.fields import NOUNS

BACK = Command("drill.back", "Back", "back", "escape,backspace,left", "To the number", is_shown=True, label="Back")
COLUMNS = {
    "opportunity": (
        ColumnSpec("name", "Deal", 18, 4, 1),
        ColumnSpec("account", "Account", 14, 3, 3),
        ColumnSpec("stage", "Stage", 14, 2, 4),
        ColumnSpec("amount", "Amount", 14, 0, 1, "right"),
        ColumnSpec("close_date", "Closes", 10, 0, 2),
        ColumnSpec("closed", "Closed", 10, 0, 2),
        ColumnSpec("owner", "Owner", 12, 1, 5),
    ),
    "activity": (
        ColumnSpec("started", "When", 16, 0, 1),
        ColumnSpec("kind", "Kind", 8, 0, 1),
        ColumnSpec("subject", "What", 20, 4, 1),
        ColumnSpec("account", "Account", 14, 2, 2),
        ColumnSpec("owner", "Owner", 12, 1, 3),
    ),
    "order": (
        ColumnSpec("number", "Order", 17, 0, 1),
        ColumnSpec("account", "Account", 16, 3, 2),
        ColumnSpec("state", "State", 14, 0, 3),
        ColumnSpec("net", "Net", 16, 0, 1, "right"),
        ColumnSpec("ordered", "Ordered", 10, 0, 1),
        ColumnSpec("owner", "Owner", 12, 1, 4),
    ),
    "invoice": (
        ColumnSpec("number", "Invoice", 17, 0, 1),
        ColumnSpec("account", "Account", 16, 3, 2),
        ColumnSpec("state", "State", 10, 0, 3),
        ColumnSpec("net", "Net", 16, 0, 1, "right"),
        ColumnSpec("issued", "Issued", 10, 0, 1),
        ColumnSpec("owner", "Owner", 12, 1, 4),
    ),
    "lead": (
        ColumnSpec("name", "Lead", 18, 3, 1),
        ColumnSpec("company", "Company", 18, 3, 2),
        ColumnSpec("status", "Status", 12, 0, 1),
        ColumnSpec("source", "Source", 14, 0, 3),
        ColumnSpec("created", "Created", 10, 0, 2),
    ),
    "account": (
        ColumnSpec("name", "Account", 18, 3, 1),
        ColumnSpec("segment", "Segment", 12, 0, 3),
        ColumnSpec("industry", "Industry", 14, 1, 2),
        ColumnSpec("city", "City", 14, 1, 4),
        ColumnSpec("owner", "Owner", 12, 1, 3),
    ),
}
NAMED = (
    ColumnSpec("name", "Name", 20, 4, 1),
    ColumnSpec("detail", "", 18, 2, 2),
    ColumnSpec("value", "", 16, 0, 1, "right"),
    ColumnSpec("more", "", 22, 2, 3),
)


class FilteredScreen(ListScreen):
    """The records that a filter lists."""

    VERBS: ClassVar[tuple[Command, ...]] = (BACK, *LIST_VERBS)
    BINDINGS: ClassVar[list[BindingType]] = bindings((BACK,))
    AREA = "forecast"

    def __init__(self, noun: str, where: str, title: str) -> None:
        super().__init__()
        self.noun, self.base_where, self.list_title = noun, where, safe(title).plain
        self.columns = COLUMNS.get(noun) or (ColumnSpec("name", NOUNS[noun].name.capitalize(), 20, 4, 1),)
        self.empty = Text("No records stand behind this number.", justify="center")
        self._sort = self.columns[0].id

    def action_back(self) -> None:
        """Go back to the number."""
        self.app.pop_screen()


class NamedScreen(DeskScreen):
    """Records that are known by name; each row's key is `noun:id`."""

    VERBS: ClassVar[tuple[Command, ...]] = (BACK,)
    BINDINGS: ClassVar[list[BindingType]] = bindings((BACK,))
    AREA = "forecast"

    def __init__(self, title: str, rows: Sequence[Row], columns: Sequence[ColumnSpec] = NAMED) -> None:
        super().__init__()
        self._title, self._rows, self._columns = title, list(rows), tuple(columns)

    def compose_body(self) -> ComposeResult:
        """Lay out the list."""
        table = RecordTable(self._columns, empty_text=Text("No records stand behind this number.", justify="center"))
        table.border_title = safe(self._title)
        yield table

    async def refresh_data(self) -> None:
        """Show the rows."""
        show_rows(self.query_one(RecordTable), self._rows)

    @on(RecordTable.RowOpened)
    def open_row(self, event: RecordTable.RowOpened) -> None:
        """Show the record whole."""
        noun, _, record_id = event.key.partition(":")
        if record_id:
            self.desk_app.open_hit((noun, record_id))

    def action_back(self) -> None:
        """Go back to the number."""
        self.app.pop_screen()
