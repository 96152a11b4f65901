"""What this laptop knows of collections on servers: read, and written inside an operation."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

from db.queries.records import rows
from db.store import Store, UnitOfWork


@dataclass(slots=True)
class Collection:
    """A row of `dav_collection`."""

    name: str
    url: str
    kind: str
    user: str | None = None
    title: str | None = None
    ca_file: str | None = None
    is_insecure: int = 0
    takes_new: int = 0
    sync_token: str | None = None
    ctag: str | None = None
    seen_seq: int | None = None
    synced_at: str | None = None


@dataclass(slots=True)
class Item:
    """A row of `dav_item`."""

    collection: str
    href: str
    uid: str | None = None
    etag: str | None = None
    base: str | None = None
    told: str | None = None
    sent: str | None = None
    sent_told: str | None = None
    pulled_by: str | None = None
    problem: str | None = None


@dataclass(slots=True)
class Conflict:
    """A row of `dav_conflict`; `id` is None before it is kept."""

    collection: str
    href: str
    uid: str
    kind: str
    title: str
    at: str
    fields: str | None = None
    mine: str | None = None
    theirs: str | None = None
    etag: str | None = None
    id: int | None = None


def collections(store: Store) -> list[Collection]:
    """Return all collections by name."""
    return [Collection(**row) for row in rows(store, "SELECT * FROM dav_collection ORDER BY name")]


def items(store: Store, collection: str) -> list[Item]:
    """Return the items of a collection."""
    found = rows(store, "SELECT * FROM dav_item WHERE collection = ? ORDER BY href", (collection,))
    return [Item(**row) for row in found]


def uids_elsewhere(store: Store, collection: str, kind: str) -> dict[str, str]:
    """Return the UIDs that other collections of the same kind have, each with the collection's name."""
    sql = (
        "SELECT i.uid, i.collection FROM dav_item i JOIN dav_collection c ON c.name = i.collection"
        " WHERE c.kind = ? AND i.collection <> ? AND i.uid IS NOT NULL AND i.problem IS NULL"
    )
    return dict(store.rows(sql, (kind, collection)))


def conflicts(store: Store, collection: str | None = None) -> list[Conflict]:
    """Return what waits for a choice, the oldest first."""
    sql = "SELECT * FROM dav_conflict WHERE ? IS NULL OR collection = ? ORDER BY id"
    return [Conflict(**row) for row in rows(store, sql, (collection, collection))]


def last_change(store: Store) -> int:
    """Return the number of the journal's newest change."""
    return int(store.value("SELECT max(seq) FROM change") or 0)


def undone(store: Store, operation_ids: Iterable[str]) -> set[str]:
    """Return those operations that were taken back."""
    sql = "SELECT id FROM operation WHERE undone_by IS NOT NULL AND id IN (SELECT value FROM json_each(?))"
    return {row[0] for row in store.rows(sql, (json.dumps(list(operation_ids)),))}


def save(work: UnitOfWork, row: Collection | Item | Conflict) -> None:
    """Keep a row as it stands, whether it was there or not."""
    table = {Collection: "dav_collection", Item: "dav_item", Conflict: "dav_conflict"}[type(row)]
    values = {item.name: getattr(row, item.name) for item in fields(row)}
    if isinstance(row, Conflict):
        drop_conflict(work, row.collection, row.href)
    marks = ", ".join("?" * len(values))
    work.execute(f"INSERT OR REPLACE INTO {table} ({', '.join(values)}) VALUES ({marks})", tuple(values.values()))


def mark(work: UnitOfWork, collection: str, **columns: str | int | None) -> None:
    """Set some columns of a collection."""
    pairs = ", ".join(f"{name} = ?" for name in columns)
    work.execute(f"UPDATE dav_collection SET {pairs} WHERE name = ?", (*columns.values(), collection))


def drop_item(work: UnitOfWork, collection: str, href: str) -> None:
    """Forget an item, and what waited for a choice about it."""
    work.execute("DELETE FROM dav_item WHERE collection = ? AND href = ?", (collection, href))
    drop_conflict(work, collection, href)


def drop_conflict(work: UnitOfWork, collection: str, href: str) -> None:
    """Forget what waited for a choice about an item."""
    work.execute("DELETE FROM dav_conflict WHERE collection = ? AND href = ?", (collection, href))


def drop_collection(work: UnitOfWork, name: str) -> None:
    """Forget a collection with its items; the book's records stay."""
    for table in ("dav_conflict", "dav_item"):
        work.execute(f"DELETE FROM {table} WHERE collection = ?", (name,))
    work.execute("DELETE FROM dav_collection WHERE name = ?", (name,))


def own_events(store: Store, owner_id: str | None) -> list[dict[str, Any]]:
    """Return the live appointments of an owner, and those of nobody, with their exceptions, all columns, by time."""
    sql = (
        "SELECT e.* FROM event e LEFT JOIN event s ON s.id = e.series_id WHERE e.deleted_at IS NULL"
        " AND s.deleted_at IS NULL AND coalesce(s.owner_id, e.owner_id, ?) IS ? ORDER BY e.starts_at, e.id"
    )
    return rows(store, sql, (owner_id, owner_id))


def own_contacts(store: Store, owner_id: str | None) -> list[str]:
    """Return the ids of the live contacts of an owner, and of those of nobody."""
    sql = "SELECT id FROM contact WHERE deleted_at IS NULL AND coalesce(owner_id, ?) IS ?"
    return [row[0] for row in store.rows(sql, (owner_id, owner_id))]
