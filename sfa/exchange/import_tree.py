"""Records above others of their own noun: parents, managers; they may stand later in the file."""

from collections.abc import Sequence
from typing import Any, Final

from db.queries import imports as queries
from db.triggers import PARENT_DEPTH
from db.triggers import PARENTS as PARENT_COLUMNS
from sfa.domain.fields import NOUNS
from sfa.domain.text import fold
from sfa.exchange.import_entries import Entry, RowProblem
from sfa.exchange.import_names import Names
from sfa.exchange.import_rows import PARENTS
from sfa.services.desk import Desk

_ON_THE_WAY: Final[dict[str, dict[str, Any]]] = {"user": {"role": "manager"}, "account": {}, "contact": {}}


class Tree:
    """The records of one noun, each with the one above it."""

    def __init__(self, desk: Desk, noun: str, names: Names) -> None:
        self._noun = noun
        self._names = names
        self._label = PARENTS[noun].replace("_", " ")
        self._column = PARENT_COLUMNS[NOUNS[noun].table]
        self._above = queries.parents(desk.store, NOUNS[noun].table, self._column)
        self._before = dict(self._above)
        self.own = 0

    def grow(self, entries: Sequence[Entry]) -> tuple[list[Entry], list[tuple[Entry, str]]]:
        """Give every entry the record above it.

        Returns:
            The entries that may be written, those above first; and the others, each with a reason.
        """
        refused: dict[str, tuple[Entry, str]] = {}
        self._before = dict(self._above)
        for entry in entries:
            try:
                self._hang(entry)
            except RowProblem as problem:
                refused[entry.id] = (entry, str(problem))
        while found := self._misfits([entry for entry in entries if entry.id not in refused], refused):
            refused |= found
        taken = [entry for entry in entries if entry.id not in refused]
        self._raise_managers(taken)
        return sorted(taken, key=lambda entry: len(self._line(entry.id))), list(refused.values())

    def _hang(self, entry: Entry) -> None:
        if not entry.parent:
            return
        above = self._above_now(entry) or self._parent(entry)
        if above == entry.id:
            self.own += 1
            return
        self._above[entry.id] = above
        entry.tell(**{self._column: above})

    def _above_now(self, entry: Entry) -> str | None:
        """Return the record above it in the book, where the row calls it so: of several namesakes it is the one meant."""
        now = None if entry.is_new else self._before.get(entry.id)
        is_called_so = now and fold(self._names.label(self._noun, now)) == fold(" ".join(entry.parent.split()))
        return now if is_called_so else None

    def _misfits(self, entries: Sequence[Entry], refused: dict[str, tuple[Entry, str]]) -> dict[str, tuple[Entry, str]]:
        """Return entries that stand below a row that is not written, below themselves, or too deep."""
        lost = {row_id for row_id, (entry, _) in refused.items() if entry.is_new}
        orphans = [entry for entry in entries if self._above.get(entry.id) in lost]
        found = {
            entry.id: (entry, f"its {self._label} “{entry.parent}” is a row that was rejected") for entry in orphans
        }
        for entry in entries:
            if entry.id in found:
                self._let_go(entry)
                continue
            above = self._above.get(entry.id) if self._column in entry.told else None
            line = self._line(above) if above else []
            if entry.id in line:
                found[entry.id] = (entry, f"the {self._label} “{entry.parent}” stands below it already")
                self._let_go(entry)
            elif len(line) > PARENT_DEPTH:
                found[entry.id] = (entry, f"more than {PARENT_DEPTH} stand above it")
                self._let_go(entry)
        return found

    def _let_go(self, entry: Entry) -> None:
        """Leave a record that is there where it was."""
        self._above.pop(entry.id, None)
        if entry.id in self._before:
            self._above[entry.id] = self._before[entry.id]

    def _parent(self, entry: Entry) -> str:
        found = self._names.look(self._noun, " ".join(entry.parent.split()))
        if found:
            return found
        if entry.parent.isdigit():
            raise RowProblem(f"the {self._label} {entry.parent} is neither in the file nor in the book")
        return self._names.make(entry, self._noun, entry.parent, **_ON_THE_WAY[self._noun])

    def _line(self, record_id: str) -> list[str]:
        """Return a record and those above it, at most as many as may be."""
        line: list[str] = []
        current: str | None = record_id
        while current and current not in line and len(line) <= PARENT_DEPTH:
            line.append(current)
            current = self._above.get(current)
        return line

    def _raise_managers(self, entries: Sequence[Entry]) -> None:
        """Let new users whom others report to be managers, where the file does not say what they are."""
        above = {self._above.get(entry.id) for entry in entries}
        for entry in entries:
            if self._noun == "user" and entry.is_new and entry.id in above and "role" not in entry.told:
                entry.columns["role"] = "manager"
