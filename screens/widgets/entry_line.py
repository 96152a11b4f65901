"""The line of quick entry: coloured by what was understood, with the keys of the bar."""

from collections.abc import Sequence
from typing import ClassVar

from rich.highlighter import Highlighter
from rich.style import Style
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input

from sfa.services.entry_legend import Piece

GROUPS = ("what", "who", "when", "much")


def _same(one: str, other: str) -> int:
    """Return how many characters two texts begin with alike."""
    pairs = zip(one, other, strict=False)
    return next((at for at, (left, right) in enumerate(pairs) if left != right), min(len(one), len(other)))


class _Painter(Highlighter):
    """Colours what was understood."""

    def __init__(self, line: "EntryLine") -> None:
        self._line = line

    def highlight(self, text: Text) -> None:
        """Colour the pieces of the line."""
        for piece in self._line.pieces:
            text.stylize(self._line.style_of(piece.group), piece.start, piece.end)


class EntryLine(Input):
    """A line whose pieces are coloured; what the keys do is the affair of the screen around it.

    Attributes:
        pieces: what was understood of the line, by place.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "tab", "screen.complete(1)", "Complete", tooltip="Complete the name, or take the next", id="entry.next"
        ),
        Binding("shift+tab", "screen.complete(-1)", "Name before", tooltip="Take the name before", id="entry.before"),
        Binding("up", "screen.recall(1)", "Line before", tooltip="A line entered before", id="entry.older"),
        Binding("down", "screen.recall(-1)", "Line after", tooltip="A line entered later", id="entry.newer"),
        Binding("ctrl+d", "screen.drop_about", "Not about it", tooltip="About nobody in particular", id="entry.drop"),
        Binding("ctrl+u", "clear_all", "Clear", tooltip="Clear the whole line", id="entry.clear"),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"entry-line--{group}" for group in GROUPS}
    DEFAULT_CSS = """
    EntryLine {
        & > .entry-line--what { text-style: bold; }
        & > .entry-line--who { color: $text-accent; }
        & > .entry-line--when { color: $text-warning; }
        & > .entry-line--much { color: $text-success; }
    }
    """

    class Pasted(Message):
        """A text was pasted, of one line or several."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self, value: str, *, placeholder: str = "") -> None:
        self.pieces: Sequence[Piece] = ()
        super().__init__(value, placeholder=placeholder, select_on_focus=False, highlighter=_Painter(self))

    def style_of(self, group: str) -> Style:
        """Return the style of a group of pieces."""
        return self.get_component_rich_style(f"entry-line--{group}", partial=True)

    def show_pieces(self, pieces: Sequence[Piece]) -> None:
        """Colour other pieces."""
        self.pieces = pieces
        self.refresh()

    def watch_value(self, old: str, new: str) -> None:
        """Keep the colours of what stands before and behind the change, until the line was read anew."""
        first = _same(old, new)
        behind = _same(old[first:][::-1], new[first:][::-1])
        moved = len(new) - len(old)
        kept = []
        for piece in self.pieces:
            if piece.end <= first:
                kept.append(piece)
            elif piece.start >= len(old) - behind:
                kept.append(Piece(piece.start + moved, piece.end + moved, piece.group, piece.label, piece.value))
        self.pieces = kept

    def put(self, value: str, at: int | None = None) -> None:
        """Show another line, with the cursor at a place of it, or at its end."""
        self.value = value
        self.cursor_position = len(value) if at is None else at

    def action_clear_all(self) -> None:
        """Clear the line, wherever the cursor stands."""
        self.put("")

    def _on_paste(self, event: events.Paste) -> None:
        """Leave a paste to the screen: of several lines, none is dropped."""
        event.prevent_default()
        event.stop()
        if event.text:
            self.post_message(self.Pasted(event.text))
