"""The bottom line: the keys of this screen first, as many as can be read at a glance."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.widgets import Footer
from textual.widgets._footer import FooterKey

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import ActiveBinding, Binding

NARROW_KEYS = 6
WIDE_KEYS = 10
WIDE_FROM = 100
PALETTE = "Everything that can be done, by name"
PALETTE_CELLS = 18
PADDING = 3
ALWAYS = ("desk.add", "desk.help")
FILLERS = ("table.open_row", "desk.undo", "table.toggle_mark")


class KeyLine(Footer):
    """Shows the screen's verbs in their order, then `+` and `?`; what is left of the room goes to open, undo and mark.

    Args:
        verbs: ids of the screen's own bindings, the most needed first.
    """

    def __init__(self, verbs: Sequence[str]) -> None:
        super().__init__()
        self._verbs = [name for name in verbs if name not in (*ALWAYS, *FILLERS)]

    def compose(self) -> "ComposeResult":
        """Lay out a cell for each key chosen, and the palette where there is room."""
        if not self._bindings_ready:
            return
        for item in self._chosen():
            binding = item.binding
            yield FooterKey(
                binding.key,
                self.app.get_key_display(binding),
                binding.description,
                binding.action,
                disabled=not item.enabled,
                tooltip=item.tooltip or binding.description,
            ).data_bind(compact=Footer.compact)
        if self.size.width >= WIDE_FROM:
            yield FooterKey(
                "ctrl+p", "^p", "All by name", "app.command_palette", tooltip=PALETTE, classes="-command-palette"
            )

    def on_resize(self) -> None:
        """Choose anew for the width there is."""
        self.refresh(recompose=True)

    def _chosen(self) -> "list[ActiveBinding]":
        found = {item.binding.id: item for item in self.screen.active_bindings.values() if item.binding.show}
        is_wide = self.size.width >= WIDE_FROM
        limit = WIDE_KEYS if is_wide else NARROW_KEYS
        room = self.size.width - (PALETTE_CELLS if is_wide else 0)
        kept: list[str] = []
        for name in (*ALWAYS, *self._verbs, *FILLERS):
            needed = self._cells(found[name].binding) if name in found else room + 1
            if len(kept) < limit and needed <= room:
                kept.append(name)
                room -= needed
        order = (*self._verbs, *FILLERS, *ALWAYS)
        return [found[name] for name in sorted(kept, key=order.index)]

    def _cells(self, binding: "Binding") -> int:
        return cell_len(self.app.get_key_display(binding)) + cell_len(binding.description) + PADDING
