"""A cursor over pages of rows, moved by keys and kept in view."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from screens.widgets.paged_view import PagedView
from screens.widgets.paging import Row


def table_binding(keys: str, action: str, words: str, tooltip: str, *, show: bool = False) -> Binding:
    """Return a binding whose id is its action's name, so that a user can give it other keys."""
    return Binding(keys, action, words, show=show, tooltip=tooltip, id=f"table.{action}")


class CursorView(PagedView):
    """The moving half of a list.

    Attributes:
        cursor_position: the row under the cursor, from 0.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        table_binding("down,j", "cursor_down", "Down", "Go to the next row"),
        table_binding("up,k", "cursor_up", "Up", "Go to the row before"),
        table_binding("pagedown", "page_down", "Page down", "Go a screen down"),
        table_binding("pageup", "page_up", "Page up", "Go a screen up"),
        table_binding("home,g", "first_row", "First", "Go to the first row"),
        table_binding("end,G", "last_row", "Last", "Go to the last row"),
    ]

    cursor_position = 0
    _pointed_at: str | None = None

    @property
    def cursor_row(self) -> Row | None:
        """The row under the cursor, or None while it is being read or where there is none."""
        return self.book.row(self.cursor_position)

    @property
    def cursor_key(self) -> str | None:
        """The key of the row under the cursor, or None while it is being read or where there is none."""
        row = self.cursor_row
        return row.key if row else None

    def move_to(self, position: int) -> None:
        """Put the cursor on a row, the nearest one there is, and bring it into view."""
        old, self.cursor_position = self.cursor_position, max(min(position, self.row_count - 1), 0)
        self._show_cursor()
        self.cursor_moved(old)

    def point_at(self, key: str) -> None:
        """Put the cursor on a row, now or when the count that is under way arrives; it must be on the page in view."""
        self._pointed_at = key
        self._follow(key)

    def reload(self, *, keep_cursor: bool = True) -> None:
        """Read the rows again; what is shown stays until its answer has come.

        Args:
            keep_cursor: leave the cursor on its record if that is still on the same page, else on the same position;
                otherwise it goes to the top.
        """
        key = self.cursor_key if keep_cursor else None
        if not keep_cursor:
            self.move_to(0)
        super().reload()
        self._follow(key)

    def count_arrived(self, count: int, pages: Mapping[int, Sequence[Row]] | None) -> None:
        """Take in a count and keep the cursor on its record."""
        key, self._pointed_at = self._pointed_at or self.cursor_key, None
        super().count_arrived(count, pages)
        self._follow(key)

    def on_resize(self) -> None:
        """Keep the cursor in view."""
        self._show_cursor()

    def cursor_moved(self, old: int) -> None:
        """React to another position of the cursor, or the same once more."""

    def action_cursor_down(self) -> None:
        """Go to the next row."""
        self.move_to(self.cursor_position + 1)

    def action_cursor_up(self) -> None:
        """Go to the row before."""
        self.move_to(self.cursor_position - 1)

    def action_page_down(self) -> None:
        """Go a screen down."""
        self.move_to(self.cursor_position + self.rows_in_view)

    def action_page_up(self) -> None:
        """Go a screen up."""
        self.move_to(self.cursor_position - self.rows_in_view)

    def action_first_row(self) -> None:
        """Go to the first row."""
        self.move_to(0)

    def action_last_row(self) -> None:
        """Go to the last row."""
        self.move_to(self.row_count - 1)

    @property
    def rows_in_view(self) -> int:
        """Rows that fit between the header and the lower edge, at least one."""
        return max(self.size.height - self.HEADER_LINES, 1)

    def _show_cursor(self) -> None:
        if not self.size.height:
            return
        top = self.scroll_offset.y
        highest = self.cursor_position - self.rows_in_view + 1
        if self.cursor_position < top:
            self.scroll_to(y=self.cursor_position, animate=False, force=True)
        elif top < highest:
            self.scroll_to(y=highest, animate=False, force=True)

    def _follow(self, key: str | None) -> None:
        position = None if key is None else self.book.position_of(key, self.cursor_position)
        if position is not None and position != self.cursor_position:
            self.move_to(position)
