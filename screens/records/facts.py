"""The facts of a record and what belongs to it, line by line; enter opens what a line leads to."""

from typing import ClassVar

from rich.cells import cell_len
from rich.table import Table
from rich.text import Text
from textual import on
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from screens.safe import safe, safe_lines
from sfa.services.sheet_lines import Line, Section
from sfa.services.sheets import Sheet

LABEL_CELLS, WIDEST_LABEL = 13, 22


class Facts(OptionList):
    """A sheet's sections one under the other."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "cursor_down", "Down", show=False, tooltip="Next line", id="facts.down"),
        Binding("up,k", "cursor_up", "Up", show=False, tooltip="Line before", id="facts.up"),
        Binding("enter", "select", "Open", show=False, tooltip="Open what the line leads to", id="facts.open"),
    ]
    DEFAULT_CSS = """
    Facts {
        border: round $border-blurred;
        border-title-color: $foreground;
        border-subtitle-color: $text-muted;
        background: $background;
        padding: 0;
        height: 1fr;
        scrollbar-size-vertical: 1;
        &:focus { border: round $border; background-tint: transparent; }
        & > .option-list--option-disabled { color: $foreground; }
        & > .option-list--option-highlighted { background: $block-cursor-blurred-background; color: $foreground; }
        &:focus > .option-list--option-highlighted {
            background: $block-cursor-background; color: $block-cursor-foreground;
        }
    }
    """

    class Chosen(Message):
        """A line was opened; it leads to a record where it has a noun."""

        def __init__(self, line: Line) -> None:
            super().__init__()
            self.line = line

    def __init__(self) -> None:
        super().__init__(id="facts")
        self._lines_by_key: dict[str, Line] = {}

    def show(self, sheet: Sheet) -> None:
        """Show a sheet; the cursor stays on the line where it was."""
        kept = self.highlighted
        self._lines_by_key = {}
        self.clear_options()
        for number, section in enumerate(sheet.sections):
            self._add_section(number, section)
        if self.option_count:
            self.highlighted = min(kept or 0, self.option_count - 1)

    def _add_section(self, number: int, section: Section) -> None:
        if section.title:
            title = Text.assemble("\n", safe(section.title, "bold"), safe(f" {len(section.lines)}", "dim"))
            self.add_option(Option(title, disabled=True))
        longest = max((cell_len(line.label) for line in section.lines if not line.noun), default=0)
        room = min(max(longest, LABEL_CELLS), WIDEST_LABEL)
        for place, line in enumerate(section.lines):
            key = f"{number}:{place}"
            self._lines_by_key[key] = line
            self.add_option(Option(_record(line) if line.noun else _fact(line, room), id=key))

    @on(OptionList.OptionSelected)
    def open_line(self, event: OptionList.OptionSelected) -> None:
        """Tell the screen."""
        event.stop()
        line = self._lines_by_key.get(event.option_id or "")
        if line is not None:
            self.post_message(self.Chosen(line))


def _fact(line: Line, room: int) -> Table:
    table = Table.grid(padding=(0, 1), expand=True)
    table.add_column(style="dim", width=room, no_wrap=True)
    table.add_column(ratio=1)
    table.add_row(safe(line.label), safe_lines(line.text))
    return table


def _record(line: Line) -> Text:
    return Text.assemble(safe(line.label), "  ", safe(line.text, "dim"))
