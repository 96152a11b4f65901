"""The keys that work here, and what the signs mean."""

from collections.abc import Mapping, Sequence
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

KEYS_WIDTH = 9
TITLE_WIDTH, WIDEST_TITLE = 25, 42
WIDE_FROM = 100


class HelpModal(DeskModal[None]):
    """Keys in groups: those of the screen, of the list that has the focus, of every screen; then the signs.

    Args:
        title: what the screen is called.
        verbs: the screen's own.
        general: those of every screen.
        list_keys: bindings of the list.
        signs: glyphs and what they mean.
        keys: the keys that work now, by the id of their binding.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark,q", "leave", "Close", tooltip="Close the help", id="help.close")
    ]

    def __init__(
        self,
        title: str,
        verbs: Sequence[Command],
        general: Sequence[Command],
        list_keys: Sequence[Binding],
        signs: Sequence[tuple[str, str]] = (),
        *,
        keys: Mapping[str, str],
    ) -> None:
        super().__init__()
        self._title = title
        self._verbs = verbs
        self._general = general
        self._list_keys = list_keys
        self._signs = signs
        self._keys = keys

    def compose(self) -> ComposeResult:
        """Lay out the dialog."""
        with Vertical(classes="dialog -wide") as dialog:
            dialog.border_title = safe(f"Keys in {self._title}")
            dialog.border_subtitle = "esc closes · ctrl+p does anything by name"
            with VerticalScroll(can_focus=True):
                yield Static(self._table())

    def _table(self) -> Table:
        table = Table.grid(padding=(0, 2))
        table.add_column(justify="right", style="bold", min_width=KEYS_WIDTH, no_wrap=True)
        if self._is_wide:
            table.add_column(min_width=TITLE_WIDTH, max_width=WIDEST_TITLE)
        table.add_column()
        self._add_commands(table, "Here", self._verbs)
        if self._signs:
            self._add_heading(table, "Signs")
        for sign, words in self._signs:
            table.add_row(Text(sign), *self._told(words, ""))
        self._add_commands(table, "Everywhere", self._general)
        if self._list_keys:
            self._add_heading(table, "In the list")
        for binding in self._list_keys:
            table.add_row(Text(_keys(binding.key)), *self._told(binding.description, binding.tooltip))
        return table

    @property
    def _is_wide(self) -> bool:
        """Tell whether there is room for what a key does beside its name; else it follows the name."""
        return self.app.size.width >= WIDE_FROM

    def _told(self, title: str, words: str) -> list[Text]:
        told, more = Text(title), Text(words, "dim")
        return [told, more] if self._is_wide else [Text.assemble(told, "  ", more)]

    def _add_commands(self, table: Table, heading: str, commands: Sequence[Command]) -> None:
        if commands:
            self._add_heading(table, heading)
        for command in commands:
            keys = _keys(self._keys.get(command.id, command.keys))
            table.add_row(Text(keys), *self._told(command.title, command.help))

    def _add_heading(self, table: Table, words: str) -> None:
        if table.row_count:
            table.add_row()
        table.add_row(Text(), Text(words, style="bold underline"))


def _keys(keys: str) -> str:
    return " ".join(format_key(key) for key in keys.split(",") if key) or "ctrl+p"
