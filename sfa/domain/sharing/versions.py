"""Versions of the schema: rows and changed fields in the words of one, said in those of another; pure.

A version says what became other since the one before it: a table that is new, columns that became other columns. The
newest program knows all versions; whoever speaks an older one is understood, and answered in words that it has.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Row = Mapping[str, Any]
Turn = Callable[..., tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class NewTable:
    """A table that the version before has not."""

    table: str


@dataclass(frozen=True, slots=True)
class Reshaped:
    """Columns of a table that became others; the changes of a version concern columns of their own each.

    Attributes:
        before: the columns in the older version; none where they are new.
        after: those in the newer one; none where they went.
        up: from the values of `before` to those of `after`; None is a value too.
        down: the other way.
    """

    table: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    up: Turn
    down: Turn


Change = NewTable | Reshaped


def added(table: str, column: str, default: str | int | None = None) -> Reshaped:
    """Say that a column is new; rows of before hold a default."""
    return Reshaped(table, (), (column,), lambda: (default,), lambda _: ())


def removed(table: str, column: str, default: str | int | None = None) -> Reshaped:
    """Say that a column went; whoever still has it is told a default."""
    return Reshaped(table, (column,), (), lambda _: (), lambda: (default,))


def renamed(table: str, old: str, new: str) -> Reshaped:
    """Say that a column has another name."""
    return Reshaped(table, (old,), (new,), lambda value: (value,), lambda value: (value,))


def split(table: str, whole: str, parts: Sequence[str], apart: Turn, together: Callable[..., Any]) -> Reshaped:
    """Say that a value stands in several columns now."""
    return Reshaped(table, (whole,), tuple(parts), apart, lambda *values: (together(*values),))


def joined(table: str, parts: Sequence[str], whole: str, together: Callable[..., Any], apart: Turn) -> Reshaped:
    """Say that the values of several columns stand in one now."""
    return Reshaped(table, tuple(parts), (whole,), lambda *values: (together(*values),), apart)


@dataclass(frozen=True, slots=True)
class Versions:
    """The versions that a program knows.

    Attributes:
        newest: its own.
        changes: by version, what became other in it; no version from the oldest to the newest is missing.
    """

    newest: int
    changes: Mapping[int, Sequence[Change]] = field(default_factory=dict)

    @property
    def oldest(self) -> int:
        """Return the oldest version whose words are understood."""
        return self.newest - len(self.changes)

    @property
    def oldest_served(self) -> int:
        """Return the oldest version that gets rows: the one before the newest."""
        return max(self.oldest, self.newest - 1)

    def up(self, table: str, values: Row, version: int, *, is_whole: bool = False, rest: Row | None = None) -> Row:
        """Return fields in the newest words.

        Args:
            table: whose.
            values: fields in the words of `version`.
            version: no older than the oldest.
            is_whole: they are all that the row has: what is new holds its default.
            rest: the row as it stands, in the newest words, for what takes several fields of which not all are here.
        """
        for number in range(version + 1, self.newest + 1):
            for change in self._of(number, table):
                known = self.down(table, rest, number - 1) if rest and len(change.before) > 1 else {}
                values = _turned(values, change.before, change.after, change.up, is_whole=is_whole, rest=known)
        return values

    def down(self, table: str, values: Row, version: int, *, is_whole: bool = True) -> Row:
        """Return fields in the words of an older version; what it has no words for is left out."""
        for number in range(self.newest, version, -1):
            for change in reversed(tuple(self._of(number, table))):
                values = _turned(values, change.after, change.before, change.down, is_whole=is_whole)
        return values

    def name_up(self, table: str, column: str, version: int) -> str:
        """Return the newest name of a column that was renamed, or the one that it has."""
        for number in range(version + 1, self.newest + 1):
            for change in self._of(number, table):
                if change.before == (column,) and len(change.after) == 1:
                    (column,) = change.after
        return column

    def has_table(self, table: str, version: int) -> bool:
        """Tell whether a version has a table of the newest one."""
        return NewTable(table) not in self._since(version)

    def is_other(self, table: str, version: int) -> bool:
        """Tell whether a version has other columns in a table than the newest one."""
        return any(change.table == table for change in self._since(version))

    def beyond(self, version: int) -> set[str]:
        """Return the tables of which the newest version holds what an older one does not."""
        return {change.table for change in self._since(version) if isinstance(change, NewTable) or change.after}

    def _since(self, version: int) -> Iterator[Change]:
        return (change for number in range(version + 1, self.newest + 1) for change in self.changes.get(number, ()))

    def _of(self, version: int, table: str) -> Iterator[Reshaped]:
        return (one for one in self.changes.get(version, ()) if isinstance(one, Reshaped) and one.table == table)


def _turned(
    values: Row, here: Sequence[str], there: Sequence[str], turn: Turn, *, is_whole: bool, rest: Row | None = None
) -> Row:
    """Return fields with some columns turned into others; without a rest, what is there in part only is left out."""
    named = [column for column in here if column in values]
    if not named and (here or not is_whole):
        return values
    kept = {column: value for column, value in values.items() if column not in here}
    if len(named) < len(here) and rest is None:
        return kept
    known = {**(rest or {}), **values}
    return {**dict(zip(there, turn(*(known.get(column) for column in here)), strict=True)), **kept}
