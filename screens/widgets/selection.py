"""Which rows are marked: some by their keys, or everything shown but a few."""

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(slots=True)
class Selection:
    """Marks of a list. Everything is a predicate: a million keys are never gathered.

    Attributes:
        keys: rows marked one by one; empty while `is_everything`.
        is_everything: every row of the list's filter is marked, but those in `excluded`.
        excluded: rows taken out of everything again.
    """

    keys: set[str] = field(default_factory=set)
    is_everything: bool = False
    excluded: set[str] = field(default_factory=set)

    def __contains__(self, key: str) -> bool:
        return key not in self.excluded if self.is_everything else key in self.keys

    def __bool__(self) -> bool:
        return self.is_everything or bool(self.keys)

    def count(self, total: int) -> int:
        """Return how many of `total` rows are marked."""
        return max(total - len(self.excluded), 0) if self.is_everything else len(self.keys)

    def toggle(self, key: str) -> None:
        """Mark the row, or take its mark away."""
        (self.excluded if self.is_everything else self.keys).symmetric_difference_update((key,))

    def add(self, keys: Iterable[str]) -> None:
        """Mark these rows."""
        if self.is_everything:
            self.excluded.difference_update(keys)
        else:
            self.keys.update(keys)

    def add_everything(self) -> None:
        """Mark every row of the filter."""
        self.clear()
        self.is_everything = True

    def clear(self) -> None:
        """Take all marks away."""
        self.keys.clear()
        self.excluded.clear()
        self.is_everything = False
