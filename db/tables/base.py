"""What every business record has."""

from sqlalchemy import Text
from sqlmodel import SQLModel

from db.tables.columns import _field, instant

STRICT = {"sqlite_strict": True}


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
