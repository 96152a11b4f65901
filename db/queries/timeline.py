"""Everything that happened, or will happen, around a record: one query, the newest first."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from db.store import Store

DEEPEST = 24
ONLY_IT = "SELECT :id AS id"
WITH_CHILDREN = (
    "SELECT id FROM (WITH RECURSIVE below (id, level) AS (SELECT :id, 0 UNION ALL SELECT a.id, below.level + 1"
    " FROM below JOIN account a ON a.parent_id = below.id WHERE a.deleted_at IS NULL"
    f" AND below.level < {DEEPEST}) SELECT id FROM below)"
)
_NOBODY = "SELECT NULL AS id WHERE 0"
_OF_ACCOUNTS = "SELECT id FROM opportunity WHERE account_id IN (SELECT id FROM place) AND deleted_at IS NULL"
_AT_ACCOUNTS = "SELECT DISTINCT contact_id AS id FROM contact_role WHERE account_id IN (SELECT id FROM place)"


def _scope(noun: str, *, has_children: bool) -> str:
    """Return the CTEs that say which accounts (`place`), contacts (`person`), deals and leads are meant."""
    place = (WITH_CHILDREN if has_children else ONLY_IT) if noun == "account" else _NOBODY
    person = {"account": _AT_ACCOUNTS, "contact": ONLY_IT}.get(noun, _NOBODY)
    deal = {"account": _OF_ACCOUNTS, "opportunity": ONLY_IT}.get(noun, _NOBODY)
    lead = ONLY_IT if noun == "lead" else _NOBODY
    return (
        f"WITH place (id) AS MATERIALIZED ({place}), person (id) AS MATERIALIZED ({person}),"
        f" deal (id) AS MATERIALIZED ({deal}), lead_in (id) AS MATERIALIZED ({lead})"
    )


def _hanging(table: str, *, has_lead: bool = True, has_contact: bool = True) -> str:
    """Return the ids of rows of a table that hang on what is meant; what a person did elsewhere is not meant."""
    parts = [
        f"SELECT id FROM {table} WHERE account_id IN (SELECT id FROM place)",
        f"SELECT id FROM {table} WHERE opportunity_id IN (SELECT id FROM deal)",
    ]
    if has_contact:
        parts.append(f"SELECT id FROM {table} WHERE contact_id IN (SELECT id FROM person){_HERE}")
    if has_lead:
        parts.append(f"SELECT id FROM {table} WHERE lead_id IN (SELECT id FROM lead_in)")
    return " UNION ".join(parts)


_HERE = " AND (account_id IS NULL OR NOT EXISTS (SELECT 1 FROM place) OR account_id IN (SELECT id FROM place))"
_ACTIVITIES = (
    f"{_hanging('activity', has_contact=False)} UNION SELECT activity.id FROM person CROSS JOIN activity_contact w"
    f" ON w.contact_id = person.id CROSS JOIN activity ON activity.id = w.activity_id WHERE 1{_HERE}"
)
_EVENTS = (
    f"{_hanging('event', has_lead=False)} UNION SELECT event.id FROM person CROSS JOIN event_attendee w"
    f" ON w.contact_id = person.id CROSS JOIN event ON event.id = w.event_id WHERE 1{_HERE}"
)
# CROSS JOIN keeps the order that is written: from the few that are meant to what hangs on them, by index.
_LINES = f"""
    SELECT y.started_at AS at, y.kind AS kind, y.subject AS title, COALESCE(replace(y.outcome, '_', ' '), '') AS detail,
        'activity' AS noun, y.id AS id
    FROM activity y WHERE y.id IN ({_ACTIVITIES}) AND y.deleted_at IS NULL
    UNION ALL
    SELECT created_at, 'note', substr(body, 1, 200), '', 'note', id FROM note
    WHERE id IN ({_hanging("note")}) AND deleted_at IS NULL
    UNION ALL
    SELECT COALESCE(done_at, due_on, created_at), CASE WHEN done_at IS NULL THEN 'task' ELSE 'done' END, subject,
        COALESCE('due ' || due_on, ''), 'task', id
    FROM task WHERE id IN ({_hanging("task")}) AND deleted_at IS NULL AND status <> 'cancelled'
    UNION ALL
    SELECT starts_at, 'event', subject, COALESCE(place, ''), 'event', id FROM event
    WHERE id IN ({_EVENTS}) AND deleted_at IS NULL AND rule IS NULL AND status <> 'cancelled' AND activity_id IS NULL
    UNION ALL
    SELECT h.at, CASE h.is_won WHEN 1 THEN 'won' WHEN 0 THEN 'lost' ELSE 'stage' END, o.name, s.name, 'opportunity', o.id
    FROM deal CROSS JOIN opportunity_history h ON h.opportunity_id = deal.id JOIN opportunity o ON o.id = deal.id
    JOIN stage s ON s.id = h.stage_id WHERE h.is_stage_change = 1 AND o.deleted_at IS NULL
    UNION ALL
    SELECT e.said_at, 'consent', c.name || ': ' || e.channel || ' ' || e.stance,
        CASE e.purpose WHEN 'sales' THEN e.source ELSE 'for ' || e.purpose || ', ' || e.source END, 'contact', c.id
    FROM person CROSS JOIN consent_event e ON e.contact_id = person.id JOIN contact c ON c.id = person.id
    WHERE e.deleted_at IS NULL AND c.deleted_at IS NULL
    UNION ALL
    SELECT k.valid_from, 'role', c.name || ' began at ' || a.name, COALESCE(k.role, ''), 'contact', c.id
    FROM contact_role k JOIN contact c ON c.id = k.contact_id JOIN account a ON a.id = k.account_id
    WHERE k.id IN (:roles) AND k.valid_from IS NOT NULL AND c.deleted_at IS NULL
    UNION ALL
    SELECT k.valid_to, 'role', c.name || ' left ' || a.name, COALESCE(k.role, ''), 'contact', c.id
    FROM contact_role k JOIN contact c ON c.id = k.contact_id JOIN account a ON a.id = k.account_id
    WHERE k.id IN (:roles) AND k.valid_to IS NOT NULL AND c.deleted_at IS NULL
    UNION ALL
    SELECT p.at, 'merged', a.name, p.summary, 'account', g.new
    FROM place CROSS JOIN account a ON a.merged_into = place.id
    CROSS JOIN change g ON g.table_name = 'account' AND g.row_id = a.id AND g.field = 'merged_into'
    JOIN operation p ON p.id = g.operation_id WHERE p.undone_by IS NULL AND g.new = place.id
    UNION ALL
    SELECT p.at, 'merged', c.name, p.summary, 'contact', g.new
    FROM person CROSS JOIN contact c ON c.merged_into = person.id
    CROSS JOIN change g ON g.table_name = 'contact' AND g.row_id = c.id AND g.field = 'merged_into'
    JOIN operation p ON p.id = g.operation_id WHERE p.undone_by IS NULL AND g.new = person.id
    UNION ALL
    SELECT COALESCE(v.sent_at, v.created_at), 'quote', q.name, q.number || CASE v.revision WHEN 1 THEN '' ELSE '-R' || v.revision
        END || ', ' || replace(v.state, '_', ' '), 'quote', q.id
    FROM quote q JOIN quote_version v ON v.quote_id = q.id
    WHERE q.id IN (SELECT id FROM quote WHERE account_id IN (SELECT id FROM place)
        UNION SELECT id FROM quote WHERE opportunity_id IN (SELECT id FROM deal)
        UNION SELECT id FROM quote WHERE contact_id IN (SELECT id FROM person) AND NOT EXISTS (SELECT 1 FROM place))
        AND q.deleted_at IS NULL AND v.deleted_at IS NULL
    UNION ALL
    SELECT p.at, 'import', a.name, p.summary, 'account', a.id
    FROM place CROSS JOIN account a ON a.id = place.id
    CROSS JOIN change g ON g.table_name = 'account' AND g.row_id = a.id AND g.field IS NULL AND g.old IS NULL
    JOIN operation p ON p.id = g.operation_id WHERE p.verb = 'import' AND p.undone_by IS NULL
    UNION ALL
    SELECT p.at, 'import', c.name, p.summary, 'contact', c.id
    FROM person CROSS JOIN contact c ON c.id = person.id
    CROSS JOIN change g ON g.table_name = 'contact' AND g.row_id = c.id AND g.field IS NULL AND g.old IS NULL
    JOIN operation p ON p.id = g.operation_id WHERE p.verb = 'import' AND p.undone_by IS NULL
"""
_ROLES = (
    "SELECT id FROM contact_role WHERE account_id IN (SELECT id FROM place)"
    " UNION SELECT id FROM contact_role WHERE contact_id IN (SELECT id FROM person) AND NOT EXISTS (SELECT 1 FROM place)"
)


def lines(
    store: Store,
    noun: str,
    record_id: str,
    limit: int,
    *,
    kinds: Sequence[str] = (),
    start: str | None = None,
    end: str | None = None,
    has_children: bool = False,
) -> list[Any]:
    """Return at (an instant or a day), kind, title, detail, noun, id of what belongs to a record.

    Args:
        store: the book.
        noun: account, contact, opportunity or lead; others have nothing.
        record_id: which one.
        limit: how many at most.
        kinds: only these; all where none are given.
        start: from this instant or day on.
        end: before this one.
        has_children: of an account: all accounts below it too.
    """
    if noun not in ("account", "contact", "opportunity", "lead"):
        return []
    marks = ", ".join(f":kind{number}" for number in range(len(kinds)))
    wanted = [f"kind IN ({marks})"] if kinds else []
    wanted += ["at >= :start"] if start else []
    wanted += ["at < :end"] if end else []
    where = f" WHERE {' AND '.join(wanted)}" if wanted else ""
    sql = (
        f"{_scope(noun, has_children=has_children)} SELECT at, kind, title, detail, noun, id FROM"
        f" ({_LINES.replace(':roles', _ROLES)}){where}"
        " ORDER BY at DESC, id DESC LIMIT :limit"
    )
    named = {f"kind{number}": kind for number, kind in enumerate(kinds)}
    return store.rows(sql, {"id": record_id, "start": start, "end": end, "limit": limit, **named})


def series_of(store: Store, noun: str, record_id: str, *, has_children: bool = False) -> frozenset[str]:
    """Return the ids of the series of appointments that belong to a record."""
    if noun not in ("account", "contact", "opportunity"):
        return frozenset()
    sql = (
        f"{_scope(noun, has_children=has_children)} SELECT id FROM event WHERE id IN ({_EVENTS})"
        " AND rule IS NOT NULL AND deleted_at IS NULL"
    )
    return frozenset(row[0] for row in store.rows(sql, {"id": record_id}))
