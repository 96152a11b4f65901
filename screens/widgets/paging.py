"""Where the rows of a list come from: pages of 64 rows, read when they are looked at."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

PAGE_SIZE = 64
"""Rows in a page, and rows between two remembered anchors."""

Anchor = tuple[object, ...]
"""The sort key of a row, ending in its id, so that no two rows share one."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row as a list shows it.

    Attributes:
        key: the id of the record.
        cells: texts in the order of the columns; they may hold anything and are cleaned when shown.
        tones: one of `row_painter.TONES` or "" for each cell, or None where the row is plain.
        payload: whatever the screen wants to find again; the list does not look at it, nor does `==`.
    """

    key: str
    cells: tuple[str, ...]
    tones: tuple[str, ...] | None = None
    payload: object = field(default=None, compare=False)


class PageSource(Protocol):
    """What a list reads from. Reads may come from several threads at once, this one included."""

    @property
    def is_quick(self) -> bool:
        """Whether a page takes under 5 ms, so that it may be read while the screen is painted."""

    @property
    def count(self) -> int | None:
        """How many rows there are, or None until `build_positions` has been through."""

    def first_page(self) -> Sequence[Row]:
        """Read the first rows, at most PAGE_SIZE, without counting anything; fewer are all there are."""

    def build_positions(self) -> int:
        """Count the rows and remember where the pages begin; return the count. May take long: called in a thread."""

    def page(self, number: int) -> Sequence[Row]:
        """Read page `number`, from 0, by the positions built last; a page beyond the end is empty."""

    def cancel(self) -> None:
        """Stop a read that is under way, if that can be done: nobody waits for it any more.

        It must not stop another source's read, which may begin at once: SQLite's interrupt stops a whole connection.
        """


class ListSource:
    """Rows that are in memory already."""

    is_quick = True

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = rows

    @property
    def count(self) -> int:
        """How many rows there are."""
        return len(self._rows)

    def first_page(self) -> Sequence[Row]:
        """Return the first page."""
        return self.page(0)

    def build_positions(self) -> int:
        """Return the count: positions in a list need no building."""
        return len(self._rows)

    def page(self, number: int) -> Sequence[Row]:
        """Return page `number`, from 0."""
        return self._rows[number * PAGE_SIZE : (number + 1) * PAGE_SIZE]

    def cancel(self) -> None:
        """Do nothing: a list never waits."""


class KeysetReader(Protocol):
    """What a sorted, filtered query must answer to be shown page by page, whatever its size."""

    def read_from(self, anchor: Anchor | None, count: int) -> Sequence[Row]:
        """Read `count` rows in order, from the row at `anchor` (or that followed it) on; None is the start."""

    def read_anchors(self, step: int) -> tuple[int, Sequence[Anchor]]:
        """Return the count of all rows and the anchors of rows 0, step, 2 * step..."""

    def interrupt(self) -> None:
        """Stop a read that is under way."""


class KeysetSource:
    """Pages over a keyset query: the anchors of every 64th row make any page one short read, never an OFFSET."""

    def __init__(self, reader: KeysetReader, *, is_quick: bool = True) -> None:
        self.is_quick = is_quick
        self._reader = reader
        self._positions: tuple[int, Sequence[Anchor]] | None = None

    @property
    def count(self) -> int | None:
        """How many rows there were when positions were built last."""
        return None if self._positions is None else self._positions[0]

    def first_page(self) -> Sequence[Row]:
        """Read the first rows."""
        return self._reader.read_from(None, PAGE_SIZE)

    def build_positions(self) -> int:
        """Count all rows and remember each 64th; the old positions serve until the new ones are complete."""
        self._positions = self._reader.read_anchors(PAGE_SIZE)
        return self._positions[0]

    def page(self, number: int) -> Sequence[Row]:
        """Read page `number`, from 0."""
        if number == 0:
            return self.first_page()
        anchors = self._positions[1] if self._positions else ()
        return self._reader.read_from(anchors[number], PAGE_SIZE) if number < len(anchors) else ()

    def cancel(self) -> None:
        """Interrupt the reader."""
        self._reader.interrupt()
