"""Draws the lines of a list: header, rows, placeholder; each line once, then from a cache."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntFlag
from io import StringIO

from rich.cells import cell_len
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.cache import LRUCache
from textual.strip import Strip

from screens.widgets.columns import GAP, ColumnSpec, PlacedColumn, fit, place
from screens.widgets.paging import Row
from sfa.domain.text import clean

TONES = ("muted", "strong", "accent", "good", "warning", "bad")
"""What a cell can say by colour, beside its words: component classes `record-table--<tone>`."""

GUTTER = 3
"""Cells before the first column: cursor, mark, space."""

LINES_KEPT = 512

_RULER = Console(file=StringIO(), width=1, color_system=None)
"""Wraps texts; nothing is ever printed to it."""


class RowState(IntFlag):
    """What a row shows beside its cells."""

    PLAIN = 0
    CURSOR = 1
    MARKED = 2
    RANGED = 4


@dataclass(frozen=True, slots=True)
class Sorting:
    """By which column the rows are sorted."""

    column_id: str
    is_descending: bool = False


class RowPainter:
    """Lines of one width in one set of styles.

    Args:
        columns: all columns that may be shown.
        style_of: returns the style of a component class, by the part of its name after `record-table--`.
        base: returns the widget's own style.
    """

    def __init__(
        self, columns: Sequence[ColumnSpec], style_of: Callable[[str], Style], base: Callable[[], Style]
    ) -> None:
        self.columns = tuple(columns)
        self.placed: tuple[PlacedColumn, ...] = ()
        self.width = 0
        self._style_of = style_of
        self._read_base = base
        self._base: Style | None = None
        self._lines: LRUCache[tuple[Row, RowState], Strip] = LRUCache(LINES_KEPT)

    def resize(self, width: int) -> None:
        """Lay the columns out for `width` cells, the gutter included."""
        if width != self.width:
            self.width = width
            self.placed = place(self.columns, max(width - GUTTER, 1))
            self._lines.clear()

    def forget(self) -> None:
        """Draw everything anew: colours have changed."""
        self._lines.clear()
        self._base = None

    def column_at(self, x: int) -> ColumnSpec | None:
        """Return the column shown at cell `x` of a line, the gap behind it included, or None for the gutter."""
        found = [item.spec for item in self.placed if item.start <= x - GUTTER]
        return found[-1] if found else None

    def header(self, sorting: Sorting | None) -> Strip:
        """Draw the titles, with an arrow at the column that rows are sorted by."""
        style = self._style_of("header")
        sorted_style = self._style_of("sorted")
        segments = [Segment(" " * GUTTER, style)]
        for item in self.placed:
            is_sorted = sorting is not None and sorting.column_id == item.spec.id
            title = _title(item, sorting if is_sorted else None)
            segments.append(Segment(title, sorted_style if is_sorted else style))
            segments.append(Segment(" " * GAP, style))
        return self._line(segments, style)

    def row(self, row: Row, state: RowState) -> Strip:
        """Draw a row."""
        line = self._lines.get((row, state))
        if line is None:
            line = self._lines[row, state] = self._draw(row, state)
        return line

    def note(self, words: str) -> Strip:
        """Draw a dim line in place of a row that is not there yet."""
        style = self._style_of("placeholder")
        return self._line([Segment(" " * GUTTER, style), Segment(clean(words), style)], style)

    def blank(self) -> Strip:
        """Draw an empty line."""
        return self._line([], self._plain_style())

    def centred(self, text: Text, y: int, height: int) -> Strip:
        """Draw line `y` of a text that stands in the middle of `height` lines."""
        base = self._plain_style()
        lines = text.wrap(_RULER, max(self.width - 2 * GUTTER, 1), justify="center")
        index = y - max((height - len(lines)) // 2, 0)
        if not 0 <= index < len(lines):
            return self.blank()
        lines[index].pad_left(GUTTER)
        segments = lines[index].render(_RULER, end="")
        return self._line(list(Segment.apply_style(segments, base)), base)

    def _draw(self, row: Row, state: RowState) -> Strip:
        style = self._base_style(state)
        cursor = "›" if state & RowState.CURSOR else " "
        mark = "✓" if state & RowState.MARKED else "┊" if state & RowState.RANGED else " "
        segments = [Segment(f"{cursor}{mark} ", style)]
        for item in self.placed:
            cell = clean(row.cells[item.index]) if item.index < len(row.cells) else ""
            segments.append(Segment(fit(cell, item.width, item.spec.align), self._cell_style(row, item, state, style)))
            segments.append(Segment(" " * GAP, style))
        return self._line(segments, style)

    def _plain_style(self) -> Style:
        if self._base is None:
            self._base = self._read_base()
        return self._base

    def _base_style(self, state: RowState) -> Style:
        style = self._plain_style()
        if state & (RowState.MARKED | RowState.RANGED):
            style += self._style_of("marked")
        if state & RowState.CURSOR:
            style += self._style_of("cursor")
        return style

    def _cell_style(self, row: Row, item: PlacedColumn, state: RowState, base: Style) -> Style:
        tone = row.tones[item.index] if row.tones and item.index < len(row.tones) else ""
        if not tone or state & RowState.CURSOR:
            return base  # the cursor's own colours are the ones that can be read on it
        return base + self._style_of(tone)

    def _line(self, segments: list[Segment], style: Style) -> Strip:
        return Strip(segments).adjust_cell_length(self.width, style)


def _title(item: PlacedColumn, sorting: Sorting | None) -> str:
    if sorting is None:
        return fit(clean(item.spec.title), item.width, item.spec.align)
    arrow = "↓" if sorting.is_descending else "↑"
    title = clean(item.spec.title)
    if item.spec.align == "right":
        return fit(f"{arrow}{title}", item.width, "right")
    return fit(fit(title, min(item.width - 1, cell_len(title))) + arrow, item.width)
