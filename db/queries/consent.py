"""What contacts said about being reached; used by the fast door too."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from db.store import Store

_COLUMNS = "contact_id, channel, purpose, stance, said_at, source, id"


def said(store: Store, contact_ids: Sequence[str], before: str | None = None) -> list[Any]:
    """Return contact, channel, purpose, stance, since when, source, id of all that was said, up to an instant."""
    marks = ", ".join("?" * len(contact_ids))
    sql = f"SELECT {_COLUMNS} FROM consent_event WHERE contact_id IN ({marks}) AND deleted_at IS NULL"
    if before is not None:
        return store.rows(f"{sql} AND said_at < ?", (*contact_ids, before))
    return store.rows(sql, tuple(contact_ids))


def history(store: Store, contact_id: str) -> list[Any]:
    """Return said_at, channel, purpose, stance, source, evidence, id, newest first."""
    sql = (
        "SELECT said_at, channel, purpose, stance, source, evidence, id FROM consent_event"
        " WHERE contact_id = ? AND deleted_at IS NULL ORDER BY said_at DESC, id DESC"
    )
    return store.rows(sql, (contact_id,))


def people(store: Store, contact_ids: Sequence[str]) -> dict[str, Any]:
    """Return id, ref, name, preferred channel, preferred time of contacts, by id."""
    marks = ", ".join("?" * len(contact_ids))
    sql = f"SELECT id, ref, name, preferred_channel, preferred_time FROM contact WHERE id IN ({marks})"
    return {row[0]: row for row in store.rows(sql, tuple(contact_ids))}


def reached(store: Store, contact_ids: Sequence[str], kinds: Sequence[str], since: str, until: str) -> list[Any]:
    """Return id, ref, name, zone, country of contacts, and how often they were reached by these kinds in `[since, until]`."""
    marks, listed = ", ".join("?" * len(contact_ids)), ", ".join("?" * len(kinds))
    return store.rows(
        "SELECT c.id, c.ref, c.name, c.time_zone, COALESCE((SELECT p.country FROM address p WHERE p.contact_id = c.id"
        " AND p.country IS NOT NULL LIMIT 1), (SELECT p.country FROM address p WHERE p.account_id = (SELECT r.account_id"
        " FROM contact_role r WHERE r.contact_id = c.id AND r.valid_to IS NULL ORDER BY r.is_primary DESC, r.id LIMIT 1)"
        " AND p.country IS NOT NULL LIMIT 1)), (SELECT count(*) FROM activity_contact l JOIN activity y ON y.id = l.activity_id"
        f" WHERE l.contact_id = c.id AND y.kind IN ({listed}) AND y.direction = 'out' AND y.is_internal = 0"
        " AND y.deleted_at IS NULL AND y.outcome IS NOT 'cancelled' AND y.started_at BETWEEN ? AND ?)"
        f" FROM contact c WHERE c.id IN ({marks}) ORDER BY c.name, c.id",
        (*kinds, since, until, *contact_ids),
    )


def to_be_reached(store: Store, noun: str, record_id: str) -> dict[str, Any]:
    """Return what of a task or an appointment says who is reached and how, by field, beside its note."""
    names = ("subject", "status", "contact", "note", *(("kind",) if noun == "event" else ()))
    columns = ", ".join("contact_id" if name == "contact" else name for name in names)
    row = store.row(f"SELECT {columns} FROM {noun} WHERE id = ?", (record_id,))
    found: dict[str, Any] = dict(zip(names, row or (None,) * len(names), strict=True))
    if noun == "event":
        sql = "SELECT contact_id FROM event_attendee WHERE event_id = ? AND contact_id IS NOT NULL"
        found["attendees"] = [{"contact_id": row[0]} for row in store.rows(sql, (record_id,))]
    return found
