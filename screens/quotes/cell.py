"""The line beneath the sheet in which one cell is typed."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Input, Static

from screens.safe import safe


class CellInput(Input):
    """The field; escape leaves the cell as it was."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "Save", tooltip="Save it and go back to the lines", id="cell.save"),
        Binding("escape", "screen.close_cell", "Leave", tooltip="Leave it as it was", id="cell.leave"),
    ]


class CellLine(Horizontal):
    """A label and a field, shown while a cell is typed.

    Attributes:
        what: which cell it is, as the screen calls it.
    """

    DEFAULT_CSS = """
    CellLine {
        height: 1; padding: 0 1; display: none; background: $surface;
        &.-open { display: block; }
        & Static { width: auto; max-width: 50%; color: $text-muted; padding: 0 1 0 0; text-wrap: nowrap; text-overflow: ellipsis; }
        & CellInput { width: 1fr; height: 1; border: none; padding: 0 1; background: $surface; }
        & CellInput:focus { border: none; height: 1; background: $boost; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self.what = ""

    def compose(self) -> ComposeResult:
        """Lay out label and field."""
        yield Static("", id="cell-label")
        yield CellInput(id="cell", select_on_focus=True)

    @property
    def field(self) -> Input:
        """The field."""
        return self.query_one(CellInput)

    def open(self, what: str, label: str, value: str = "", hint: str = "") -> None:
        """Ask for one cell."""
        self.what = what
        self.query_one("#cell-label", Static).update(safe(label))
        field = self.field
        field.value, field.placeholder = value, hint
        field.cursor_position = len(value)
        self.add_class("-open")
        field.focus()

    def close(self) -> None:
        """Hide it."""
        self.remove_class("-open")
        self.field.value = ""
