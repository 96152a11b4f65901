"""Leads: people who are nobody's customer yet."""

from rich.text import Text

from screens.lists import ListScreen
from screens.widgets.columns import ColumnSpec

COLUMNS = (
    ColumnSpec("name", "Lead", 18, 3, 1),
    ColumnSpec("company", "Company", 16, 3, 1),
    ColumnSpec("status", "Status", 12, 0, 1),
    ColumnSpec("source", "Source", 14, 1, 3),
    ColumnSpec("phone", "Phone", 18, 0, 3),
    ColumnSpec("email", "E-mail", 18, 2, 4),
    ColumnSpec("owner", "Owner", 12, 1, 4),
    ColumnSpec("ref", "Ref", 5, 0, 2),
)


class LeadsScreen(ListScreen):
    """Leads by name."""

    TITLE = "Leads"
    AREA = "leads"

    def __init__(self) -> None:
        super().__init__()
        self.noun = "lead"
        self.list_title = "Leads"
        self.columns = COLUMNS
        self.empty = Text("No leads yet. Press a to add one, or : and import FILE --as lead.", justify="center")
