"""What a day sheet, a brief and a timeline read."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from db.store import Store

_MINE = "(? IS NULL OR {alias}.owner_id = ?)"


def _mine(alias: str) -> str:
    return _MINE.format(alias=alias)


def events_between(store: Store, owner_id: str | None, start: str, end: str, limit: int) -> list[Any]:
    """Return id, ref, start, end, subject, place, status, account name of appointments by their wall times."""
    sql = f"""
        SELECT v.id, v.ref, v.starts_wall, v.ends_wall, v.subject, v.place, v.status, a.name FROM event v
        LEFT JOIN account a ON a.id = v.account_id
        WHERE v.deleted_at IS NULL AND v.status <> 'cancelled' AND {_mine("v")} AND v.starts_wall >= ? AND v.starts_wall < ?
        ORDER BY v.starts_wall LIMIT ?
    """
    return store.rows(sql, (owner_id, owner_id, start, end, limit))


def tasks_due(store: Store, owner_id: str | None, until: str, limit: int) -> list[Any]:
    """Return id, ref, due day, subject, priority, account name of open tasks due up to a day, the oldest first."""
    sql = f"""
        SELECT k.id, k.ref, k.due_on, k.subject, k.priority, a.name FROM task k LEFT JOIN account a ON a.id = k.account_id
        WHERE k.done_at IS NULL AND k.deleted_at IS NULL AND k.status = 'open' AND {_mine("k")} AND k.due_on <= ?
        ORDER BY k.due_on, k.priority = 'urgent' DESC, k.priority = 'high' DESC, k.rowid LIMIT ?
    """
    return store.rows(sql, (owner_id, owner_id, until, limit))


def count_tasks_due(store: Store, owner_id: str | None, until: str) -> int:
    """Return how many open tasks are due up to a day."""
    sql = (
        f"SELECT count(*) FROM task k WHERE k.done_at IS NULL AND k.deleted_at IS NULL AND k.status = 'open' AND {_mine('k')}"
        " AND k.due_on <= ?"
    )
    return int(store.value(sql, (owner_id, owner_id, until)))


def next_steps_due(store: Store, owner_id: str | None, until: str, limit: int) -> list[Any]:
    """Return id, ref, day, next step, deal name of open deals whose next step is due."""
    sql = f"""
        SELECT o.id, o.ref, o.next_step_on, o.next_step, o.name FROM opportunity o
        WHERE o.closed_on IS NULL AND o.deleted_at IS NULL AND {_mine("o")} AND o.next_step_on <= ?
        ORDER BY o.next_step_on, o.rowid LIMIT ?
    """
    return store.rows(sql, (owner_id, owner_id, until, limit))


def overdue_deals(store: Store, owner_id: str | None, before: str, limit: int) -> list[Any]:
    """Return id, ref, name, close date, amount, currency of open deals whose close date has passed."""
    owner = "o.owner_id = ? AND" if owner_id else ""
    sql = f"""
        SELECT o.id, o.ref, o.name, o.close_date, o.amount_minor, o.currency FROM opportunity o
        WHERE {owner} o.closed_on IS NULL AND o.deleted_at IS NULL AND o.close_date < ?
        ORDER BY o.close_date, o.rowid LIMIT ?
    """
    return store.rows(sql, ([owner_id] if owner_id else []) + [before, limit])


def count_open(store: Store, owner_id: str | None, before: str) -> tuple[int, int, int]:
    """Return how many deals are open, how many of them have no next step, and how many a close date before a day."""
    owner = "owner_id = ? AND" if owner_id else ""
    sql = f"""
        SELECT count(*), COALESCE(sum(next_step IS NULL AND next_step_on IS NULL), 0), COALESCE(sum(close_date < ?), 0)
        FROM opportunity WHERE {owner} closed_on IS NULL AND deleted_at IS NULL
    """
    row = store.row(sql, [before] + ([owner_id] if owner_id else []))
    return int(row[0]), int(row[1]), int(row[2])


def stuck_deals(store: Store, owner_id: str | None, today: str, limit: int) -> list[Any]:
    """Return id, ref, name, stage, since when, amount, currency of deals beyond the limit of their stage, untouched."""
    owner = "o.owner_id = ? AND" if owner_id else ""
    sql = f"""
        SELECT o.id, o.ref, o.name, s.name, o.entered, o.amount_minor, o.currency FROM (
            SELECT o.*, (SELECT max(h.at) FROM opportunity_history h WHERE h.opportunity_id = o.id
                AND h.is_stage_change = 1) AS entered,
                (SELECT max(y.started_at) FROM activity y WHERE y.opportunity_id = o.id AND y.deleted_at IS NULL) AS touched
            FROM opportunity o WHERE {owner} o.closed_on IS NULL AND o.deleted_at IS NULL
            ORDER BY o.close_date LIMIT 2000
        ) o JOIN stage s ON s.id = o.stage_id
        WHERE s.rot_days IS NOT NULL AND COALESCE(o.next_step_on, '') < ?
            AND max(COALESCE(substr(o.entered, 1, 10), ''), COALESCE(substr(o.touched, 1, 10), ''))
                < date(?, '-' || s.rot_days || ' days')
        ORDER BY o.amount_minor DESC LIMIT ?
    """
    return store.rows(sql, ([owner_id] if owner_id else []) + [today, today, limit])


def won_between(store: Store, owner_id: str | None, start: str, end: str) -> list[Any]:
    """Return count, amount and currency of deals won in [start, end)."""
    owner = "AND owner_id = ?" if owner_id else ""
    sql = f"""
        SELECT count(*), COALESCE(sum(amount_minor), 0), currency FROM opportunity
        WHERE is_won = 1 AND closed_on >= ? AND closed_on < ? AND deleted_at IS NULL {owner}
        GROUP BY currency ORDER BY 2 DESC
    """
    return store.rows(sql, [start, end] + ([owner_id] if owner_id else []))


_LINKS = {
    "account": ("account_id = ?", "account_id = ?", "account_id = ?", "account_id = ?", "o.account_id = ?"),
    "opportunity": ("opportunity_id = ?", "opportunity_id = ?", "opportunity_id = ?", "opportunity_id = ?", "o.id = ?"),
    "contact": (
        "id IN (SELECT activity_id FROM activity_contact WHERE contact_id = ?)",
        "contact_id = ?",
        "contact_id = ?",
        "contact_id = ?",
        None,
    ),
    "lead": ("lead_id = ?", "lead_id = ?", "lead_id = ?", None, None),
}


def timeline(store: Store, noun: str, record_id: str, limit: int) -> list[Any]:
    """Return at, kind, title, detail, noun, id of what belongs to a record, the newest first."""
    if noun not in _LINKS:
        return []
    activities, notes, tasks, events, deals = _LINKS[noun]
    alive = "deleted_at IS NULL"
    parts = [
        (
            "SELECT started_at AS at, kind, subject, COALESCE(replace(outcome, '_', ' '), ''), 'activity', id FROM activity"
            f" WHERE {activities} AND {alive}"
        ),
        f"SELECT created_at, 'note', substr(body, 1, 200), '', 'note', id FROM note WHERE {notes} AND {alive}",
        (
            "SELECT COALESCE(done_at, due_on, created_at), CASE WHEN done_at IS NULL THEN 'task' ELSE 'done' END, subject,"
            f" COALESCE('due ' || due_on, ''), 'task', id FROM task WHERE {tasks} AND {alive}"
        ),
    ]
    if events:
        parts.append(
            "SELECT starts_at, 'event', subject, COALESCE(place, ''), 'event', id FROM event"
            f" WHERE {events} AND {alive}"
        )
    if deals:
        parts.append(
            "SELECT h.at, CASE h.is_won WHEN 1 THEN 'won' WHEN 0 THEN 'lost' ELSE 'stage' END, o.name, s.name,"
            " 'opportunity', o.id FROM opportunity_history h JOIN opportunity o ON o.id = h.opportunity_id"
            f" JOIN stage s ON s.id = h.stage_id WHERE {deals} AND h.is_stage_change = 1 AND o.deleted_at IS NULL"
        )
    sql = f"{' UNION ALL '.join(parts)} ORDER BY 1 DESC LIMIT ?"
    return store.rows(sql, [record_id] * len(parts) + [limit])


def people_of(store: Store, account_id: str) -> list[Any]:
    """Return id, ref, name, title, role, phone, e-mail, birthday of the people at an account."""
    sql = """
        SELECT c.id, c.ref, c.name, c.title, k.role,
            (SELECT p.number FROM phone p WHERE p.contact_id = c.id ORDER BY p.is_primary DESC, p.rowid LIMIT 1),
            (SELECT e.address FROM email e WHERE e.contact_id = c.id ORDER BY e.is_primary DESC, e.rowid LIMIT 1),
            c.birthday
        FROM contact_role k JOIN contact c ON c.id = k.contact_id
        WHERE k.account_id = ? AND k.valid_to IS NULL AND c.deleted_at IS NULL ORDER BY k.is_primary DESC, c.name LIMIT 50
    """
    return store.rows(sql, (account_id,))


def deals_of(store: Store, account_id: str, limit: int) -> list[Any]:
    """Return id, ref, name, stage, amount, currency, close date, next step, its day of an account's open deals."""
    sql = """
        SELECT o.id, o.ref, o.name, s.name, o.amount_minor, o.currency, o.close_date, o.next_step, o.next_step_on
        FROM opportunity o JOIN stage s ON s.id = o.stage_id
        WHERE o.account_id = ? AND o.closed_on IS NULL AND o.deleted_at IS NULL ORDER BY o.close_date LIMIT ?
    """
    return store.rows(sql, (account_id, limit))


def closed_of(store: Store, account_id: str) -> list[Any]:
    """Return is_won, count, amount and currency of an account's closed deals."""
    sql = """
        SELECT is_won, count(*), COALESCE(sum(amount_minor), 0), currency FROM opportunity
        WHERE account_id = ? AND closed_on IS NOT NULL AND deleted_at IS NULL GROUP BY is_won, currency
    """
    return store.rows(sql, (account_id,))


def tasks_of(store: Store, account_id: str, limit: int) -> list[Any]:
    """Return id, ref, due day, subject of an account's open tasks."""
    sql = """
        SELECT id, ref, due_on, subject FROM task WHERE account_id = ? AND done_at IS NULL AND deleted_at IS NULL
        AND status = 'open' ORDER BY due_on IS NULL, due_on LIMIT ?
    """
    return store.rows(sql, (account_id, limit))


def children_of(store: Store, account_id: str) -> list[Any]:
    """Return id, ref, name, open deals of the accounts right below an account."""
    sql = """
        SELECT a.id, a.ref, a.name, (SELECT count(*) FROM opportunity o WHERE o.account_id = a.id AND o.closed_on IS NULL
        AND o.deleted_at IS NULL) FROM account a WHERE a.parent_id = ? AND a.deleted_at IS NULL ORDER BY a.name LIMIT 50
    """
    return store.rows(sql, (account_id,))


def deal_people(store: Store, opportunity_id: str) -> list[Any]:
    """Return id, ref, name, role, stance of the people in a deal."""
    sql = """
        SELECT c.id, c.ref, c.name, n.role, n.stance FROM opportunity_contact n JOIN contact c ON c.id = n.contact_id
        WHERE n.opportunity_id = ? AND c.deleted_at IS NULL ORDER BY n.rowid
    """
    return store.rows(sql, (opportunity_id,))


def deal_lines(store: Store, opportunity_id: str) -> list[Any]:
    """Return product, quantity (DEC6), unit price (DEC6), amount of the lines of a deal."""
    sql = """
        SELECT COALESCE(d.name, n.description), n.quantity_dec6, n.unit_price_dec6, n.amount_minor FROM opportunity_line n
        LEFT JOIN product d ON d.id = n.product_id WHERE n.opportunity_id = ? ORDER BY n.seq
    """
    return store.rows(sql, (opportunity_id,))


def is_empty(store: Store) -> bool:
    """Tell whether the book holds nothing yet."""
    tables: Sequence[str] = ("account", "opportunity", "contact", "lead", "task")
    return not any(store.value(f"SELECT 1 FROM {table} LIMIT 1") for table in tables)
