"""What an import of a calendar or address file did, and what it left out, each with its line and reason."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple


def stamp(instant: str) -> str:
    """Return a stored instant as files have it: `20260310T120000Z`."""
    return f"{instant[:19].replace('-', '').replace(':', '')}Z"


Progress = Callable[[int], None]


class Refusal(NamedTuple):
    """A part of a file that was not taken: its line, what it is called, and why."""

    line: int
    what: str
    reason: str


@dataclass(slots=True)
class Counts:
    """How many records of a noun were made, changed, and found as they are."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0

    @property
    def taken(self) -> int:
        """Return how many are in the book now."""
        return self.new + self.changed + self.unchanged


@dataclass(slots=True)
class FileResult:
    """What was done.

    Attributes:
        counts: by noun.
        created: records of other nouns that were made on the way.
        rejected: what was not taken.
        notes: sentences on how the file was read and what of a record was left out.
        operation_id: None for a dry run, or where nothing changed.
    """

    counts: dict[str, Counts] = field(default_factory=dict)
    created: dict[str, int] = field(default_factory=dict)
    rejected: list[Refusal] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    operation_id: str | None = None

    def of(self, noun: str) -> Counts:
        """Return the counts of a noun."""
        return self.counts.setdefault(noun, Counts())

    def refuse(self, line: int, what: str, reason: str) -> None:
        """Keep why something was not taken."""
        self.rejected.append(Refusal(line, what, reason))

    @property
    def taken(self) -> int:
        """Return how many records are in the book now."""
        return sum(counts.taken for counts in self.counts.values())
