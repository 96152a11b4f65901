"""The top line: the areas with their keys, the one shown standing out; each can be clicked."""

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual import events
from textual.message import Message
from textual.widget import Widget

from screens.widgets.key_line import WIDE_FROM

WIDEST_GAP = 3
SHORT = {"Calendar": "Agenda", "Accounts": "People", "Pipeline": "Deals", "Commission": "Pay", "Catalogue": "Prices"}
"""What areas are called where their names do not all fit into the line."""

ALWAYS = 8
"""Areas that are shown however narrow the line is."""


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

    @property
    def shown(self) -> list[tuple[str, str, str]]:
        """Return name, key and title of the areas: all of them, the titles shorter or the last ones left out for room."""
        room = self.content_size.width - self._badge_cells
        whole, short = list(self._areas), [(name, key, SHORT.get(title, title)) for name, key, title in self._areas]
        choices = (whole, short, whole[:ALWAYS], short[:ALWAYS])
        return next((areas for areas in choices if self._cells(areas) <= room), choices[-1])

    @property
    def gap(self) -> int:
        """Cells between two areas beside the blanks that each has: as many as the width allows."""
        shown = self.shown
        free = self.content_size.width - self._cells(shown) - self._badge_cells
        return max(min(WIDEST_GAP, free // max(len(shown) - 1, 1)), 0)

    @property
    def _badge_cells(self) -> int:
        """What the badge takes; in a narrow window it stands in the bottom line."""
        return cell_len(self.badge) + 2 if self.badge and self.size.width >= WIDE_FROM else 0

    @staticmethod
    def _cells(areas: Sequence[tuple[str, str, str]]) -> int:
        return sum(len(key) + len(title) + 3 for _, key, title in areas)

    def render(self) -> Text:
        """Draw the areas."""
        current, key, other = (
            self.get_component_rich_style(f"area-bar--{part}", partial=True) for part in ("current", "key", "other")
        )
        line = Text(no_wrap=True)
        gap = self.gap
        for name, number, title in self.shown:
            if name == self._current:
                line.append(f" {number} {title} ", current)
            else:
                line.append(f" {number}", key)
                line.append(f" {title} ", other)
            line.append(" " * gap)
        room = self.content_size.width - line.cell_len
        if 0 < self._badge_cells <= room + 2:
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
        for name, number, title in self.shown:
            end = start + len(number) + len(title) + 3
            if offset is not None and start <= offset.x < end:
                self.post_message(self.Chosen(name))
            start = end + self.gap
