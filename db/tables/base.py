"""What every business record has."""

from sqlalchemy import Index, Text
from sqlalchemy import text as sql
from sqlmodel import SQLModel

from db.tables.columns import _field, instant

STRICT = {"sqlite_strict": True}


def name_index(table: str) -> Index:
    """Return the index that finds a record by its name, or the beginning of it, in any case of ASCII letters."""
    return Index(f"{table}_called", sql("name COLLATE NOCASE"), sqlite_where=sql("deleted_at IS NULL"))


class Record(SQLModel):
    """Identity, short reference, age and trash of a record.

    `ref` is the shortest tail of the id that was free when the record came; a trigger gives it, it never changes,
    and it is this laptop's own (not journaled, not synced).
    """

    id: str = _field(Text, "length({0}) = 36", null=False, primary_key=True)
    ref: str | None = _field(Text, None, null=True, local=True)
    created_at: str = instant(null=False, local=True)
    updated_at: str = instant(null=False, local=True)
    deleted_at: str | None = instant()


class Link(SQLModel):
    """A row that joins two records; it lives and dies with them."""

    id: str = _field(Text, "length({0}) = 36", null=False, primary_key=True)
