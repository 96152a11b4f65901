"""The bottom line: the keys of this screen first, as many as can be read at a glance."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual.keys import KEY_NAME_REPLACEMENTS, key_to_character
from textual.widget import Widget

if TYPE_CHECKING:
    from rich.style import Style
    from textual import events
    from textual.binding import ActiveBinding, Binding
    from textual.screen import Screen

NARROW_KEYS = 6
WIDE_KEYS = 10
WIDE_FROM = 100
PALETTE_KEY = "ctrl+p"
PALETTE = ("^p", "All by name")
PALETTE_CELLS = 18
PADDING = 3
ALWAYS = ("desk.add", "desk.help")
FILLERS = ("filter.keep", "filter.clear", "table.open_row", "desk.undo", "table.toggle_mark")
_FULL_NAMES = {short: full for full, short in KEY_NAME_REPLACEMENTS.items()}


class KeyLine(Widget):
    """Shows the screen's verbs in their order, then `+` and `?`; what is left of the room goes to open, undo and mark.

    One widget draws the whole line: a widget for each key would cost a tenth of the first paint.

    Args:
        verbs: ids of the screen's own bindings, the most needed first.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"key-line--key", "key-line--words", "key-line--disabled"}
    DEFAULT_CSS = """
    KeyLine {
        dock: bottom;
        height: 1;
        background: $background;
        & > .key-line--key { color: $text-accent; text-style: bold; }
        & > .key-line--words { color: $foreground; }
        & > .key-line--disabled { color: $text-disabled; }
    }
    """

    def __init__(self, verbs: Sequence[str]) -> None:
        super().__init__()
        self._verbs = [name for name in verbs if name not in (*ALWAYS, *FILLERS)]
        self._places: list[tuple[int, int, str]] = []

    def on_mount(self) -> None:
        """Draw anew when other keys work."""
        self.screen.bindings_updated_signal.subscribe(self, self._keys_changed)

    def _keys_changed(self, _screen: "Screen[object]") -> None:
        self.refresh()

    def render(self) -> Text:
        """Draw the keys chosen, and the palette where there is room."""
        line = Text(no_wrap=True)
        self._places = []
        for item in self._chosen():
            binding = item.binding
            self._draw(line, binding.key, self.app.get_key_display(binding), binding.description, is_on=item.enabled)
        if self.size.width >= WIDE_FROM:
            line.append(" " * max(self.size.width - line.cell_len - PALETTE_CELLS, 0))
            self._draw(line, PALETTE_KEY, *PALETTE, is_on=True)
        elif self._badge and line.cell_len + cell_len(self._badge) < self.size.width:
            line.append(" " * (self.size.width - line.cell_len - cell_len(self._badge) - 1))
            line.append(self._badge, self._style_of("key"))
        return line

    @property
    def _badge(self) -> str:
        """What the top line says of sync where it has room: in a narrow window it stands here."""
        return getattr(self.app, "badge", "") if self.size.width < WIDE_FROM else ""

    def _draw(self, line: Text, key: str, shown: str, words: str, *, is_on: bool) -> None:
        start = line.cell_len
        part = "words" if is_on else "disabled"
        line.append(f" {shown}", self._style_of("key" if is_on else "disabled"))
        line.append(f" {words} ", self._style_of(part))
        self._places.append((start, line.cell_len, key))

    def _style_of(self, part: str) -> "Style":
        return self.get_component_rich_style(f"key-line--{part}", partial=True)

    def on_click(self, event: "events.Click") -> None:
        """Press the key that was clicked."""
        offset = event.get_content_offset(self)
        for start, end, key in self._places:
            if offset is not None and start <= offset.x < end:
                self.app.simulate_key(key)

    def _chosen(self) -> "list[ActiveBinding]":
        found: dict[str | None, ActiveBinding] = {}
        for item in self.screen.active_bindings.values():
            if item.binding.show and not self._is_typed(item.binding.key):
                found.setdefault(item.binding.id, item)  # of several keys the first one is shown
        is_wide = self.size.width >= WIDE_FROM
        limit = WIDE_KEYS if is_wide else NARROW_KEYS
        room = self.size.width - (PALETTE_CELLS if is_wide else cell_len(self._badge))
        kept: list[str] = []
        for name in (*ALWAYS, *self._verbs, *FILLERS):
            needed = self._cells(found[name].binding) if name in found else room + 1
            if len(kept) < limit and needed <= room:
                kept.append(name)
                room -= needed
        order = (*self._verbs, *FILLERS, *ALWAYS)
        return [found[name] for name in sorted(kept, key=order.index)]

    def _is_typed(self, key: str) -> bool:
        """Tell whether the key is a letter for the field that has the focus."""
        focused = self.screen.focused
        return focused is not None and focused.check_consume_key(key, key_to_character(_FULL_NAMES.get(key, key)))

    def _cells(self, binding: "Binding") -> int:
        return cell_len(self.app.get_key_display(binding)) + cell_len(binding.description) + PADDING
