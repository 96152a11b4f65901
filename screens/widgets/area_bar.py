"""The top line: the areas with their keys, the one shown standing out; each can be clicked."""

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual import events
from textual.message import Message
from textual.widget import Widget

GAP = "   "


class AreaBar(Widget):
    """Areas side by side.

    Args:
        areas: name, key and title of each.
        current: the name of the one shown.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"area-bar--current", "area-bar--key", "area-bar--other"}
    DEFAULT_CSS = """
    AreaBar {
        dock: top;
        height: 1;
        padding: 0 2;
        background: $background;
        & > .area-bar--current { color: $foreground; text-style: bold reverse; }
        & > .area-bar--key { color: $text-accent; }
        & > .area-bar--other { color: $secondary; }
    }
    """

    class Chosen(Message):
        """An area was clicked."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    def __init__(self, areas: Sequence[tuple[str, str, str]], current: str) -> None:
        super().__init__()
        self._areas = areas
        self._current = current
        self.badge = ""

    def on_mount(self) -> None:
        """Take the badge that the desk shows already."""
        self.show_badge(getattr(self.app, "badge", ""))

    def render(self) -> Text:
        """Draw the areas."""
        current, key, other = (
            self.get_component_rich_style(f"area-bar--{part}", partial=True) for part in ("current", "key", "other")
        )
        line = Text(no_wrap=True)
        for name, number, title in self._areas:
            if name == self._current:
                line.append(f" {number} {title} ", current)
            else:
                line.append(f" {number}", key)
                line.append(f" {title} ", other)
            line.append(GAP)
        room = self.content_size.width - line.cell_len
        if self.badge and cell_len(self.badge) <= room:
            line.append(" " * (room - cell_len(self.badge)))
            line.append(self.badge, key)
        return line

    def show_badge(self, words: str) -> None:
        """Show a few words at the right end, where there is room for them."""
        if words != self.badge:
            self.badge = words
            self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Tell the screen which area was clicked."""
        offset = event.get_content_offset(self)
        start = 0
        for name, number, title in self._areas:
            end = start + len(number) + len(title) + 3
            if offset is not None and start <= offset.x < end:
                self.post_message(self.Chosen(name))
            start = end + len(GAP)
