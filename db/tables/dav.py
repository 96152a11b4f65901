"""Calendars and address books on CalDAV and CardDAV servers: this laptop's own notes on them, not journaled."""

from sqlalchemy import Integer, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from db.tables.base import STRICT
from db.tables.columns import choice, flag, instant, text

CONFLICT_KINDS = ("edited", "deleted_here", "deleted_there", "undone")


class DavCollection(SQLModel, table=True):
    """A calendar or an address book on a server.

    `takes_new` marks the one of its kind that new records go to. `sync_token` and `ctag` tell how far it was read,
    `seen_seq` up to which change of the journal the book was looked through.
    """

    __tablename__ = "dav_collection"
    __table_args__ = (STRICT,)
    name: str = Field(sa_type=Text, primary_key=True)
    url: str = text(null=False, longest=2000)
    user: str = text(longest=320)
    kind: str = choice("calendar", "contacts")
    title: str | None = text()
    ca_file: str | None = text(longest=2000)
    is_insecure: int = flag()
    takes_new: int = flag()
    sync_token: str | None = text(longest=4000)
    ctag: str | None = text(longest=4000)
    seen_seq: int | None = Field(default=None, sa_type=Integer)
    synced_at: str | None = instant()


class DavItem(SQLModel, table=True):
    """One resource of a collection.

    `base` is the text that both sides agreed on last, as the server has it; `told` the same as the book writes it;
    `sent` and `sent_told` what is on its way out. `pulled_by` is the operation that brought it, `problem` why it is left
    alone.
    """

    __tablename__ = "dav_item"
    __table_args__ = (STRICT,)
    collection: str = Field(sa_type=Text, primary_key=True)
    href: str = Field(sa_type=Text, primary_key=True)
    uid: str | None = Field(default=None, sa_type=Text, index=True)
    etag: str | None = Field(default=None, sa_type=Text)
    base: str | None = Field(default=None, sa_type=Text)
    told: str | None = Field(default=None, sa_type=Text)
    sent: str | None = Field(default=None, sa_type=Text)
    sent_told: str | None = Field(default=None, sa_type=Text)
    pulled_by: str | None = Field(default=None, sa_type=Text)
    problem: str | None = Field(default=None, sa_type=Text)


class DavConflict(SQLModel, table=True):
    """Two versions that cannot both hold, until somebody chooses: `mine` and `theirs` are whole texts, NULL where deleted."""

    __tablename__ = "dav_conflict"
    __table_args__ = (UniqueConstraint("collection", "href", name="dav_conflict_once"), STRICT)
    id: int = Field(sa_type=Integer, primary_key=True)
    collection: str = Field(sa_type=Text)
    href: str = Field(sa_type=Text)
    uid: str = Field(sa_type=Text)
    kind: str = choice(*CONFLICT_KINDS)
    title: str = Field(sa_type=Text)
    fields: str | None = Field(default=None, sa_type=Text)
    mine: str | None = Field(default=None, sa_type=Text)
    theirs: str | None = Field(default=None, sa_type=Text)
    etag: str | None = Field(default=None, sa_type=Text)
    at: str = instant(null=False)
