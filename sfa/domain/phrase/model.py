"""What a line of quick entry means: values only, nothing is looked up here."""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from sfa.domain.money import Money


class PhraseError(ValueError):
    """A line that cannot be read, with a sentence that says why."""


class PieceKind(StrEnum):
    """What a part of the line was taken for."""

    VERB = "verb"
    WHO = "who"
    ACCOUNT = "account"
    WHEN = "when"
    TIME = "time"
    DURATION = "duration"
    AMOUNT = "amount"
    TAG = "tag"
    PRIORITY = "priority"
    OUTCOME = "outcome"


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the line: `[start, end)` in characters of the whole line, and what it means as text."""

    kind: PieceKind
    start: int
    end: int
    value: str


@dataclass(frozen=True, slots=True)
class Done:
    """Something that took place."""

    kind: str
    who: str | None
    account: str | None
    note: str
    on: date | None
    at: time | None
    duration_min: int | None
    direction: str
    outcome: str | None
    amount: Money | None


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Something to do: a task, or with a time of day an appointment of that kind."""

    kind: str
    subject: str
    due: date | None
    at: time | None
    duration_min: int | None
    priority: str
    who: str | None
    account: str | None

    @property
    def is_appointment(self) -> bool:
        """Tell whether it takes place at a time, with somebody."""
        return self.at is not None and self.kind in ("call", "meeting", "visit", "demo")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A whole line."""

    text: str
    done: Done | None
    follow_ups: tuple[FollowUp, ...]
    tags: tuple[str, ...]
    pieces: tuple[Piece, ...]
