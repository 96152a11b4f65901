"""A record on its way into the store: what it holds now, and what is about to be written."""

from dataclasses import dataclass, field
from typing import Any

from db.store import UnitOfWork
from sfa.domain.fields import FieldSpec, NounSpec
from sfa.domain.figures import from_dec6
from sfa.services.desk import Desk

LABEL_LENGTH = 60


@dataclass(slots=True)
class Draft:
    """One record of one operation.

    Attributes:
        id: its id; a new record has it before it is written.
        row: columns to be written, by column.
        parts: fields to be written that live in rows of their own, by field.
        before: what the record holds, by column; empty for a new one.
        given: the fields that the user named.
    """

    desk: Desk
    work: UnitOfWork
    noun: NounSpec
    id: str
    before: dict[str, Any] = field(default_factory=dict)
    row: dict[str, Any] = field(default_factory=dict)
    parts: dict[str, Any] = field(default_factory=dict)
    given: frozenset[str] = frozenset()

    @property
    def is_new(self) -> bool:
        """Tell whether the record is being added."""
        return not self.before

    def value(self, column: str) -> Any:  # noqa: ANN401 - whatever the column holds
        """Return what a column will hold."""
        return self.row[column] if column in self.row else self.before.get(column)

    def fill(self, column: str, value: object) -> None:
        """Give a column of a new record a value where the user gave none."""
        if self.is_new and self.row.get(column) is None:
            self.row[column] = value

    def put(self, spec: FieldSpec, value: object) -> None:
        """Set a field, in its column or among the parts."""
        if spec.column is None:
            self.parts[spec.name] = value
        else:
            self.row[spec.column] = value

    @property
    def label(self) -> str:
        """Return what people call the record."""
        return label_of({**self.before, **self.row})


def counted(number: int, word: str) -> str:
    """Return a number of things: `1 deal`, `3 deals`."""
    return f"{number} {word}{'' if number == 1 else 's'}"


def label_of(row: dict[str, Any]) -> str:
    """Return what people call a record: its name, its subject, the beginning of its text, or what it comes to."""
    told = row.get("name") or row.get("subject") or row.get("body") or row.get("document_ref")
    if not told and "price_dec6" in row:
        told = f"price {from_dec6(row['price_dec6'])}"
    elif not told and "value" in row:
        told = "agreement"
    text = " ".join(str(told or "").split())
    return text if len(text) <= LABEL_LENGTH else f"{text[: LABEL_LENGTH - 1]}…"
