"""One row of a file on its way into the book."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from db.store import UnitOfWork
from sfa.clock import instant_text
from sfa.domain.money import Money
from sfa.exchange.records import Record
from sfa.services.desk import Desk


class RowProblem(ValueError):  # noqa: N818 - a reason against a row, not a failure
    """Why a row cannot be imported, in words."""


@dataclass(frozen=True, slots=True)
class Link:
    """A row that hangs on a record: a phone, a role, a line. `owner` is the column that names the record."""

    table: str
    owner: str
    columns: dict[str, Any]


@dataclass(slots=True)
class Entry:
    """A row and the record that it becomes.

    Attributes:
        record: the row as it was read.
        id: of the record, there already or new.
        is_new: whether the record is not there yet.
        key: what the source calls the record, where the book does not know that yet.
        columns: what a new record holds.
        told: columns that the row itself fills; only these change a record that is there.
        links: rows that hang on the record.
        promised: records that are to be made on the way, should this row be taken.
        parent: the record above it, as the row names it.
    """

    record: Record
    id: str = ""
    is_new: bool = True
    key: str = ""
    columns: dict[str, Any] = field(default_factory=dict)
    told: set[str] = field(default_factory=set)
    links: list[Link] = field(default_factory=list)
    promised: list[str] = field(default_factory=list)
    parent: str = ""

    @property
    def values(self) -> dict[str, Any]:
        """Return what the row says, by field."""
        return self.record.values

    def text(self, name: str) -> str:
        """Return a value as text, empty where the row has none."""
        value = self.record.values.get(name)
        return "" if value is None else str(value)

    def tell(self, **columns: object) -> None:
        """Set columns that the row itself fills."""
        self.columns |= columns
        self.told |= set(columns)

    def fill(self, **columns: object) -> None:
        """Set columns of a new record that the row leaves empty."""
        for name, value in columns.items():
            if self.columns.get(name) is None:
                self.columns[name] = value


@dataclass(frozen=True, slots=True)
class Context:
    """What every builder of rows is handed: the desk, the operation, the user's day, and who owns what has no owner."""

    desk: Desk
    work: UnitOfWork
    noun: str
    today: str
    currency: str
    owner_id: str | None


def stored(value: object) -> Any:  # noqa: ANN401 - what a column holds
    """Return a value as its column holds it."""
    if isinstance(value, str):
        return value
    if isinstance(value, Money):
        return value.amount_minor
    if isinstance(value, datetime):
        return instant_text(value)
    if isinstance(value, date):
        return value.isoformat()
    return int(value) if isinstance(value, bool) else value
