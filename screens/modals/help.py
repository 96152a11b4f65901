"""The keys that work here."""

from collections.abc import Sequence
from typing import ClassVar

from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.keys import format_key
from textual.widgets import Static

from screens.modals.base import DeskModal
from screens.safe import safe
from sfa.commands import Command


class HelpModal(DeskModal[None]):
    """A table of keys: those of the screen, those of every screen, those of the list that has the focus."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark,q", "leave", "Close", tooltip="Close the help", id="help.close")
    ]

    def __init__(self, title: str, commands: Sequence[Command], table_keys: Sequence[Binding]) -> None:
        super().__init__()
        self._title = title
        self._commands = commands
        self._table_keys = table_keys

    def compose(self) -> ComposeResult:
        """Lay out the dialog."""
        with Vertical(classes="dialog -wide") as dialog:
            dialog.border_title = safe(f"Keys in {self._title}")
            dialog.border_subtitle = "esc closes · ctrl+p lists everything by name"
            with VerticalScroll(can_focus=True):
                yield Static(self._table())

    def _table(self) -> Table:
        table = Table.grid(padding=(0, 2))
        table.add_column(justify="right", style="bold", no_wrap=True)
        table.add_column(no_wrap=True)
        table.add_column(style="dim")
        for command in self._commands:
            table.add_row(Text(_keys(command.keys)), Text(command.title), Text(command.help))
        for binding in self._table_keys:
            table.add_row(Text(_keys(binding.key)), Text(binding.description), Text(binding.tooltip))
        return table


def _keys(keys: str) -> str:
    return " ".join(format_key(key) for key in keys.split(",") if key) or "palette"
