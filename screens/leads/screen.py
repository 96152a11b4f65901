"""Leads: people who are nobody's customer yet."""

from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType

from screens.base import bindings
from screens.lists import LIST_COMMANDS, ListScreen
from screens.widgets.columns import ColumnSpec


class LeadsScreen(ListScreen):
    """Leads, the newest first."""

    TITLE = "Leads"
    AREA = "leads"
    BINDINGS: ClassVar[list[BindingType]] = bindings(LIST_COMMANDS)

    def __init__(self) -> None:
        super().__init__()
        self.noun = "lead"
        self.list_title = "Leads"
        self.columns = (
            ColumnSpec("name", "Lead", 18, 3, 1),
            ColumnSpec("company", "Company", 16, 3, 1),
            ColumnSpec("status", "Status", 12, 0, 1),
            ColumnSpec("source", "Source", 14, 1, 3),
            ColumnSpec("phone", "Phone", 16, 0, 3),
            ColumnSpec("email", "E-mail", 18, 2, 4),
            ColumnSpec("owner", "Owner", 12, 1, 4),
            ColumnSpec("ref", "Ref", 5, 0, 2),
        )
        self._sort = "name"
        self.empty = Text("No leads yet. Press a to add one, or bring a file in: sfa import FILE --as lead", justify="center")
