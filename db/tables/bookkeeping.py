"""The store's own tables: settings, journal, search, profiles. Not journaled themselves."""

from sqlalchemy import CheckConstraint, Index, Integer, Text
from sqlalchemy import text as sql
from sqlalchemy.types import UserDefinedType
from sqlmodel import Field, SQLModel

from db.tables.base import STRICT
from db.tables.columns import INSTANT_RULE, _field

WITHOUT_ROWID = {"sqlite_with_rowid": False}


class AnyValue(UserDefinedType[object]):
    """A value of any type, kept exactly as it came (a STRICT table's ANY)."""

    cache_ok = True

    def get_col_spec(self, **_: object) -> str:
        """Return the type as SQLite spells it."""
        return "ANY"


class Setting(SQLModel, table=True):
    """What the store remembers about itself: device, current user, last backup."""

    __tablename__ = "setting"
    __table_args__ = (STRICT,)
    key: str = Field(sa_type=Text, primary_key=True)
    value: str = Field(sa_type=Text)


class Operation(SQLModel, table=True):
    """One use case that wrote: the unit of undo, audit and sync."""

    __tablename__ = "operation"
    __table_args__ = (STRICT,)
    id: str = _field(Text, "length({0}) = 36", null=False, primary_key=True)
    at: str = _field(Text, INSTANT_RULE, null=False)
    hlc: str = _field(Text, None, null=False, index=True)
    actor: str = _field(Text, None, null=False)
    device: str = _field(Text, None, null=False)
    verb: str = _field(Text, None, null=False)
    summary: str = _field(Text, None, null=False)
    undoes: str | None = Field(default=None, sa_type=Text, foreign_key="operation.id", index=True)
    undone_by: str | None = Field(default=None, sa_type=Text)


class Change(SQLModel, table=True):
    """One changed field; for an insert or delete (`field` is NULL) the whole row as JSON in `new` or `old`."""

    __tablename__ = "change"
    __table_args__ = (
        Index("change_of_row", "table_name", "row_id"),
        Index("change_removed", "table_name", sqlite_where=sql("field IS NULL AND new IS NULL")),
        CheckConstraint("field IS NOT NULL OR (old IS NULL) <> (new IS NULL)", name="change_is_insert_or_delete"),
        STRICT,
    )
    seq: int = Field(sa_type=Integer, primary_key=True)
    operation_id: str = Field(sa_type=Text, foreign_key="operation.id", index=True)
    table_name: str = Field(sa_type=Text)
    row_id: str = Field(sa_type=Text)
    field: str | None = Field(default=None, sa_type=Text)
    old: str | None = Field(default=None, sa_type=AnyValue)
    new: str | None = Field(default=None, sa_type=AnyValue)


class JournalState(SQLModel, table=True):
    """The operation that is being written; `is_replay` silences rules.

    1 while an undo puts rows back as they were, 2 while what the server says is put in place.
    """

    __tablename__ = "journal_state"
    __table_args__ = (CheckConstraint("id = 1", name="journal_state_once"),)
    id: int = Field(sa_type=Integer, primary_key=True)
    operation_id: str | None = Field(default=None, sa_type=Text)
    at: str | None = Field(default=None, sa_type=Text)
    is_replay: int = Field(default=0, sa_type=Integer, sa_column_kwargs={"server_default": "0"})
    direct_id: str | None = Field(default=None, sa_type=Text)
    direct_at: str | None = Field(default=None, sa_type=Text)
    before: str | None = Field(default=None, sa_type=Text)


class SearchEntry(SQLModel, table=True):
    """Which record a row of the search index stands for; the number tells its table (`db.search_shapes.table_of`)."""

    __tablename__ = "search_entry"
    __table_args__ = (Index("search_entry_of_row", "row_id"),)
    id: int = Field(sa_type=Integer, primary_key=True)
    row_id: str = Field(sa_type=Text)


class SearchQueue(SQLModel, table=True):
    """Records that changed since they were indexed."""

    __tablename__ = "search_queue"
    __table_args__ = (WITHOUT_ROWID,)
    table_name: str = Field(sa_type=Text, primary_key=True)
    row_id: str = Field(sa_type=Text, primary_key=True)


class SearchWord(SQLModel, table=True):
    """A word of letters, and in how many of the records that were counted, one in eight, it is: what a beginning goes on to."""

    __tablename__ = "search_word"
    __table_args__ = (WITHOUT_ROWID,)
    word: str = Field(sa_type=Text, primary_key=True)
    count: int = Field(sa_type=Integer)


class ImportProfile(SQLModel, table=True):
    """A saved way to read a kind of file."""

    __tablename__ = "import_profile"
    __table_args__ = (STRICT,)
    name: str = Field(sa_type=Text, primary_key=True)
    mapping: str = Field(sa_type=Text)
