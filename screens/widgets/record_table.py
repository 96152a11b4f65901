"""The one list of the screens: pages of rows behind a scroll bar, with a cursor, marks and ranges."""

from collections.abc import Sequence
from typing import ClassVar, TypeAlias

from rich.style import Style
from rich.text import Text
from textual import events
from textual.binding import BindingType
from textual.geometry import Region
from textual.strip import Strip

from screens.widgets import table_messages
from screens.widgets.columns import ColumnSpec
from screens.widgets.cursor_view import CursorView, table_binding
from screens.widgets.paging import PageSource
from screens.widgets.row_painter import GUTTER, TONES, RowPainter, RowState, Sorting
from screens.widgets.selection import Selection

RANGE_LIMIT = 10_000
"""Rows that one range may mark: their keys are gathered; everything shown is a predicate and costs nothing."""

WAITING, FAILED = "reading…", "It could not be read."

DOUBLE = 2
"""Clicks that open a row."""

_PARTS = ("header", "sorted", "cursor", "marked", "placeholder", *TONES)


class RecordTable(CursorView, can_focus=True):
    """A list of records of any length.

    Args:
        columns: all columns; those that do not fit the width are left out by their priority.
        source: where the rows come from; may be given later with `set_source`.
        empty_text: what stands where there are no rows; names the key that makes one.

    Attributes:
        marks: which rows are marked. Another source clears them, since a mark that nobody sees must not be acted on;
            a reload keeps them.
    """

    HEADER_LINES = 1
    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"record-table--{part}" for part in _PARTS}
    BINDINGS: ClassVar[list[BindingType]] = [
        table_binding("enter", "open_row", "Open", "Open the record under the cursor", show=True),
        table_binding("space", "toggle_mark", "Mark", "Mark the row and go to the next, or end a range", show=True),
        table_binding("v", "mark_range", "Range", "Start a range of marks here, or end it here"),
        table_binding("ctrl+a", "mark_everything", "Mark all", "Mark all rows shown, whether loaded or not"),
        table_binding("escape", "clear_marks", "Clear marks", "Leave the range, or take all marks away"),
    ]
    DEFAULT_CSS = """
    RecordTable {
        height: 1fr;
        background: $background;
        color: $foreground;
        border: round $border-blurred;
        border-title-color: $foreground;
        border-subtitle-color: $text-muted;
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-gutter: stable;
        scrollbar-size-vertical: 1;
        & > .record-table--header { color: $text-muted; text-style: none; }
        & > .record-table--sorted { color: $foreground; text-style: bold; }
        & > .record-table--cursor { background: $block-cursor-blurred-background; color: $foreground; }
        & > .record-table--marked { color: $text-accent; text-style: bold; }
        & > .record-table--placeholder { color: $text-disabled; }
        & > .record-table--muted { color: $text-muted; }
        & > .record-table--strong { text-style: bold; }
        & > .record-table--accent { color: $text-accent; }
        & > .record-table--good { color: $text-success; }
        & > .record-table--warning { color: $text-warning; }
        & > .record-table--bad { color: $text-error; }
        &:focus { border: round $border; }
        &:focus > .record-table--cursor {
            background: $block-cursor-background; color: $block-cursor-foreground; text-style: bold;
        }
    }
    """

    RowOpened: TypeAlias = table_messages.RowOpened
    RowHighlighted: TypeAlias = table_messages.RowHighlighted
    MarksChanged: TypeAlias = table_messages.MarksChanged
    SortRequested: TypeAlias = table_messages.SortRequested
    SourceFailed: TypeAlias = table_messages.SourceFailed

    def __init__(
        self,
        columns: Sequence[ColumnSpec],
        source: PageSource | None = None,
        *,
        empty_text: Text | None = None,
        id: str | None = None,  # noqa: A002  # Textual's own name
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.marks = Selection()
        self._empty_text = empty_text or Text("Nothing here")
        self._sorting: Sorting | None = None
        self._range_start: int | None = None
        self._words_for_now = ""
        self._announced: str | None = ""  # no key: even an empty list is announced once
        self._painter = RowPainter(columns, self._style_of, lambda: self.rich_style)
        if source is not None:
            self.set_source(source)

    @property
    def columns_shown(self) -> tuple[str, ...]:
        """The ids of the columns that fit the width."""
        return tuple(item.spec.id for item in self._painter.placed)

    def set_sorting(self, column_id: str, *, is_descending: bool = False) -> None:
        """Show an arrow at the column that the source sorts by."""
        self._sorting = Sorting(column_id, is_descending)
        self.refresh()

    def set_columns(self, columns: Sequence[ColumnSpec]) -> None:
        """Show other columns; the rows that are set next have cells for them."""
        if tuple(columns) != tuple(self._painter.columns):
            self._painter = RowPainter(columns, self._style_of, lambda: self.rich_style)
            self.refresh()

    def set_empty_text(self, text: Text) -> None:
        """Say something else where there are no rows, such as that a filter hides them all."""
        self._empty_text = text
        self.refresh()

    def show_waiting(self) -> None:
        """Say that other rows are on their way; those shown stay until then."""
        self._words_for_now = self.border_subtitle = WAITING
        self.refresh()

    def end_waiting(self) -> None:
        """Say that nothing has come, where that is so."""
        if self._words_for_now:
            self._words_for_now = FAILED
            self._tell_counts()
            self.refresh()

    def cursor_moved(self, old: int) -> None:
        """Draw the two rows concerned, or the whole range, and tell the screen."""
        if self._range_start is not None:
            self.refresh()
        else:
            self.refresh_line(old + self.HEADER_LINES)
            self.refresh_line(self.cursor_position + self.HEADER_LINES)
        self._announce()

    def rows_replaced(self) -> None:
        """Start at the top of another source, with nothing marked."""
        self._words_for_now = ""
        self.cursor_position = 0
        self._range_start = None
        self._clear_marks()
        if self.is_running:
            self.scroll_to(y=0, animate=False, force=True)
        self.rows_changed()

    def rows_changed(self) -> None:
        """Show what has arrived."""
        if not self.is_waiting:
            self.cursor_position = max(min(self.cursor_position, self.row_count - 1), 0)
        self.resize_content()
        self._tell_counts()
        self.refresh()
        self._announce()

    def keys_arrived(self, keys: Sequence[str]) -> None:
        """Mark the rows of a range."""
        self.marks.add(keys)
        self._marks_changed()

    def read_failed(self, error: Exception) -> None:
        """Tell the screen."""
        self.post_message(self.SourceFailed(self, error))

    def on_mount(self) -> None:
        """Tell the screen of a source that was there from the start."""
        self.rows_changed()

    def notify_style_update(self) -> None:
        """Draw every line anew in its new colours."""
        super().notify_style_update()
        self._painter.forget()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Lay out for the width there is, then draw the lines asked for."""
        self._painter.resize(self.size.width - self.scrollbar_size_vertical)
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Draw line `y` of the widget: the header, a row, or what stands in its place."""
        if y < self.HEADER_LINES:
            return self._painter.header(self._sorting)
        if self.row_count == 0:
            return self._render_nothing(y)
        position = self.scroll_offset.y + y - self.HEADER_LINES
        if position >= self.row_count:
            return self._painter.blank()
        row = self.book.row(position)
        return self._painter.row(row, self._state_of(position, row.key)) if row else self._render_missing(position)

    def on_click(self, event: events.Click) -> None:
        """Go to the row clicked, open it on a double click, mark it in the gutter, sort by the heading clicked."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        position = self.scroll_offset.y + offset.y - self.HEADER_LINES
        if offset.y < self.HEADER_LINES:
            column = self._painter.column_at(offset.x)
            if column is not None:
                self.post_message(self.SortRequested(self, column.id))
        elif position < self.row_count:
            self.move_to(position)
            if offset.x < GUTTER:
                self._toggle_cursor_mark()
            elif event.chain == DOUBLE:
                self.action_open_row()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave escape to the screen while there is nothing to clear."""
        if action == "clear_marks":
            return self._range_start is not None or bool(self.marks)
        return super().check_action(action, parameters)

    def action_open_row(self) -> None:
        """Open the record under the cursor."""
        key = self.cursor_key
        if key is not None:
            self.post_message(self.RowOpened(self, key))

    def action_toggle_mark(self) -> None:
        """End the range; without one, mark the row and go to the next."""
        if self._range_start is not None:
            self.action_mark_range()
        else:
            self._toggle_cursor_mark()
            self.move_to(self.cursor_position + 1)

    def action_mark_range(self) -> None:
        """Start a range here, or mark all rows from its start to here."""
        if self.row_count == 0:
            return
        if self._range_start is None:
            self._range_start = self.cursor_position
            self._marks_changed()
            return
        start, last = sorted((self._range_start, self.cursor_position))
        if last - start >= RANGE_LIMIT:
            self.notify(f"A range holds at most {RANGE_LIMIT:,} rows. Mark all rows shown instead.", severity="warning")
            return
        self._range_start = None
        self.gather_keys(start, last + 1)

    def action_mark_everything(self) -> None:
        """Mark all rows of the source."""
        self._range_start = None
        self.marks.add_everything()
        self._marks_changed()

    def action_clear_marks(self) -> None:
        """Leave the range; without one, take all marks away."""
        if self._range_start is None:
            self.marks.clear()
        self._range_start = None
        self._marks_changed()

    def _style_of(self, part: str) -> Style:
        return self.get_component_rich_style(f"record-table--{part}")

    def _state_of(self, position: int, key: str) -> RowState:
        state = RowState.CURSOR if position == self.cursor_position else RowState.PLAIN
        if key in self.marks:
            state |= RowState.MARKED
        start = self._range_start
        if start is not None and min(start, self.cursor_position) <= position <= max(start, self.cursor_position):
            state |= RowState.RANGED
        return state

    def _render_missing(self, position: int) -> Strip:
        if self.book.has_page_of(position):
            return self._painter.note("This row is gone")
        if self.book.failure is None:
            self.ask_for(position)
            return self._painter.note("…")
        self.report_failure()
        return self._painter.note("This row could not be read")

    def _render_nothing(self, y: int) -> Strip:
        if self.is_waiting:
            return self._painter.note("…") if y == self.HEADER_LINES else self._painter.blank()
        self.report_failure()
        words = Text(self._words_for_now) if self._words_for_now else self._empty_text
        return self._painter.centred(words, y - self.HEADER_LINES, self.rows_in_view)

    def _announce(self) -> None:
        key = self.cursor_key
        is_known = key is not None or (self.row_count == 0 and not self.is_waiting)
        if is_known and key != self._announced and self.is_running:
            self._announced = key
            self.post_message(self.RowHighlighted(self, key))

    def _toggle_cursor_mark(self) -> None:
        key = self.cursor_key
        if key is not None:
            self.marks.toggle(key)
            self._marks_changed()

    def _clear_marks(self) -> None:
        if self.marks:
            self.marks.clear()
            self._marks_changed()

    def _marks_changed(self) -> None:
        self._tell_counts()
        self.refresh()
        self.refresh_bindings()
        self.post_message(self.MarksChanged(self))

    def _tell_counts(self) -> None:
        total = f"{self.row_count:,}" + ("" if self.is_counted else "+")
        marked = self.marks.count(self.row_count)
        words = f"{marked:,} marked of {total}" if self.marks else total
        if words != self.border_subtitle:
            self.border_subtitle = words
