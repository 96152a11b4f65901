"""What a laptop keeps for sync: the outbox, where rows live, cursors, grants, and the inbox of what needs a person."""

from sqlalchemy import Integer, Text
from sqlmodel import Field, SQLModel

from db.tables.base import STRICT, Record
from db.tables.bookkeeping import WITHOUT_ROWID
from db.tables.columns import choice, instant, json_object, link, text


class InboxEntry(Record, table=True):
    """A change that the server could not take as it was: both values, or the whole draft, until a person decides.

    `mine`, `theirs` and `before` are fields with their values; a refused creation has all of them in `mine`. `settled`
    says which of them is taken for a field that was decided by itself.
    """

    __tablename__ = "inbox_entry"
    __table_args__ = (STRICT,)
    user_id: str | None = link("app_user")
    kind: str = choice("conflict", "refused", "deleted", "duplicate")
    table_name: str = text(null=False, longest=40)
    row_id: str = text(null=False, longest=36, index=True)
    code: str = text(null=False, longest=40)
    sentence: str | None = text(longest=500)
    mine: str | None = json_object()
    theirs: str | None = json_object()
    before: str | None = json_object()
    settled: str | None = json_object()
    status: str = choice("open", "mine", "theirs", "before", "mixed", "dismissed", default="open")
    happened_at: str = instant(null=False)


class SyncOut(SQLModel, table=True):
    """A mutation that the server has not judged yet, in the words it is sent in; `n` counts per device, without gaps."""

    __tablename__ = "sync_out"
    __table_args__ = (STRICT,)
    n: int = Field(sa_type=Integer, primary_key=True)
    operation_id: str = Field(sa_type=Text)
    table_name: str = Field(sa_type=Text)
    row_id: str = Field(sa_type=Text, index=True)
    body: str = Field(sa_type=Text)


class SyncDone(SQLModel, table=True):
    """A mutation that the server judged, kept for a month: a server that was put back from a backup asks for it again."""

    __tablename__ = "sync_done"
    __table_args__ = (STRICT,)
    n: int = Field(sa_type=Integer, primary_key=True)
    judged_at: str = Field(sa_type=Text)
    operation_id: str = Field(sa_type=Text)
    table_name: str = Field(sa_type=Text)
    row_id: str = Field(sa_type=Text)
    body: str = Field(sa_type=Text)


class SyncRow(SQLModel, table=True):
    """Where a row came from: the bucket, and the epoch in which it was last seen there (-1: not seen since a reset)."""

    __tablename__ = "sync_row"
    __table_args__ = (WITHOUT_ROWID,)
    row_id: str = Field(sa_type=Text, primary_key=True)
    table_name: str = Field(sa_type=Text, primary_key=True)
    bucket: str = Field(sa_type=Text, primary_key=True)
    epoch: int = Field(sa_type=Integer)


class SyncGap(SQLModel, table=True):
    """A link to a row that this laptop does not have; `body` is the row that cannot be without it."""

    __tablename__ = "sync_gap"
    __table_args__ = (WITHOUT_ROWID,)
    row_id: str = Field(sa_type=Text, primary_key=True)
    table_name: str = Field(sa_type=Text, primary_key=True)
    field: str = Field(sa_type=Text, primary_key=True)
    target_id: str = Field(sa_type=Text, index=True)
    body: str | None = Field(sa_type=Text, nullable=True)


class SyncCursor(SQLModel, table=True):
    """How far a bucket has been read, and whether its person still gets it.

    `floor` is that of the bucket when its reading began: removals below it are of no concern to this laptop.
    """

    __tablename__ = "sync_cursor"
    __table_args__ = (WITHOUT_ROWID,)
    bucket: str = Field(sa_type=Text, primary_key=True)
    epoch: int = Field(sa_type=Integer)
    version: int = Field(sa_type=Integer)
    floor: int = Field(sa_type=Integer)
    is_resetting: int = Field(sa_type=Integer)
    is_writable: int = Field(sa_type=Integer)
    profile: str = Field(sa_type=Text)
