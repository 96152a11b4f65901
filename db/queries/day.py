"""What a day sheet, a brief and a timeline read."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from db.store import Store

_OPEN = "o.closed_on IS NULL AND o.deleted_at IS NULL"
_HAS_STEP = "(o.next_step IS NOT NULL OR o.next_step_on IS NOT NULL)"


def _of(owner_id: str | None, alias: str) -> tuple[str, list[object]]:
    """Return a condition and its parameters; said only where it narrows, so that an index by owner answers it."""
    return (f"{alias}.owner_id = ?", [owner_id]) if owner_id else ("1", [])


def has_events(store: Store) -> bool:
    """Tell whether there is any appointment."""
    return bool(store.value("SELECT 1 FROM event WHERE deleted_at IS NULL LIMIT 1"))


def tasks_due(store: Store, owner_id: str | None, until: str, limit: int) -> list[Any]:
    """Return id, ref, due day, subject, priority, account name of open tasks due up to a day, the oldest first."""
    mine, owner = _of(owner_id, "k")
    sql = f"""
        SELECT k.id, k.ref, k.due_on, k.subject, k.priority, a.name FROM task k LEFT JOIN account a ON a.id = k.account_id
        WHERE k.done_at IS NULL AND k.deleted_at IS NULL AND k.status = 'open' AND {mine} AND k.due_on <= ?
        ORDER BY k.due_on, k.priority = 'urgent' DESC, k.priority = 'high' DESC, k.rowid LIMIT ?
    """
    return store.rows(sql, [*owner, until, limit])


def count_tasks_due(store: Store, owner_id: str | None, until: str) -> int:
    """Return how many open tasks are due up to a day."""
    mine, owner = _of(owner_id, "k")
    sql = (
        f"SELECT count(*) FROM task k WHERE k.done_at IS NULL AND k.deleted_at IS NULL AND k.status = 'open' AND {mine}"
        " AND k.due_on <= ?"
    )
    return int(store.value(sql, [*owner, until]))


def next_steps_due(store: Store, owner_id: str | None, until: str, limit: int) -> list[Any]:
    """Return id, ref, day, next step, deal name of open deals whose next step is due."""
    mine, owner = _of(owner_id, "o")
    sql = f"""
        SELECT o.id, o.ref, o.next_step_on, o.next_step, o.name FROM opportunity o
        WHERE {_HAS_STEP} AND {_OPEN} AND {mine} AND o.next_step_on <= ?
        ORDER BY o.next_step_on, o.rowid LIMIT ?
    """
    return store.rows(sql, [*owner, until, limit])


def overdue_deals(store: Store, owner_id: str | None, before: str, limit: int) -> list[Any]:
    """Return id, ref, name, close date, amount, currency of open deals whose close date has passed."""
    mine, owner = _of(owner_id, "o")
    index = "INDEXED BY opportunity_open" if owner_id else ""
    sql = f"""
        SELECT d.id, d.ref, d.name, d.close_date, d.amount_minor, d.currency FROM opportunity d WHERE d.rowid IN (
            SELECT o.rowid FROM opportunity o {index} WHERE {mine} AND {_OPEN} AND o.close_date < ?
            ORDER BY o.close_date, o.rowid LIMIT ?
        ) ORDER BY d.close_date, d.rowid
    """
    return store.rows(sql, [*owner, before, limit])


def count_open(store: Store, owner_id: str | None, before: str) -> tuple[int, int, int]:
    """Return how many deals are open, how many of them have no next step, and how many a close date before a day."""
    mine, owner = _of(owner_id, "o")
    sql = f"""
        SELECT count(*), COALESCE(sum(o.close_date < ?), 0),
            (SELECT count(*) FROM opportunity o WHERE {mine} AND {_OPEN} AND {_HAS_STEP})
        FROM opportunity o INDEXED BY opportunity_open WHERE {mine} AND {_OPEN}
    """
    deals, overdue, planned = store.row(sql, [before, *owner, *owner])
    return int(deals), int(deals) - int(planned), int(overdue)


def stuck_deals(store: Store, owner_id: str | None, today: str, limit: int) -> list[Any]:
    """Return id, ref, name, stage, since when, amount, currency of deals beyond the limit of their stage, untouched."""
    mine, owner = _of(owner_id, "o")
    sql = f"""
        WITH stuck AS (
            SELECT o.id, o.amount_minor, s.name AS stage, o.entered FROM (
                SELECT o.id, o.stage_id, o.amount_minor, o.next_step_on,
                    (SELECT max(h.at) FROM opportunity_history h WHERE h.opportunity_id = o.id AND h.is_stage_change = 1)
                        AS entered,
                    (SELECT max(y.started_at) FROM activity y WHERE y.opportunity_id = o.id AND y.deleted_at IS NULL)
                        AS touched
                FROM opportunity o INDEXED BY opportunity_open WHERE {mine} AND {_OPEN}
                ORDER BY o.close_date LIMIT 2000
            ) o JOIN stage s ON s.id = o.stage_id
            WHERE s.rot_days IS NOT NULL AND COALESCE(o.next_step_on, '') < ?
                AND max(COALESCE(substr(o.entered, 1, 10), ''), COALESCE(substr(o.touched, 1, 10), ''))
                    < date(?, '-' || s.rot_days || ' days')
            ORDER BY o.amount_minor DESC LIMIT ?
        )
        SELECT d.id, d.ref, d.name, k.stage, k.entered, d.amount_minor, d.currency
        FROM stuck k JOIN opportunity d ON d.id = k.id ORDER BY d.amount_minor DESC
    """
    return store.rows(sql, [*owner, today, today, limit])


def has_sent_quotes(store: Store) -> bool:
    """Tell whether any quote is with a customer."""
    return bool(store.value("SELECT 1 FROM quote_version WHERE state = 'sent' LIMIT 1"))


def quotes_out(store: Store, owner_id: str | None, days: Sequence[str], limit: int) -> list[Any]:
    """Return id, ref, number, name, account, last valid day, day of sending of quotes that need somebody.

    Args:
        store: the book.
        owner_id: whose; None: everybody's.
        days: quotes count that end from the first day to the second, or were sent up to the third and have not ended
            before the first.
        limit: how many, those that end first.
    """
    mine, owner = _of(owner_id, "q")
    sql = f"""
        SELECT id, ref, number, name, account, ends, sent FROM (
            SELECT q.id, q.ref, q.number, q.name, a.name AS account, COALESCE(v.extended_until, v.valid_until) AS ends,
                substr(v.sent_at, 1, 10) AS sent
            FROM quote_version v JOIN quote q ON q.id = v.quote_id JOIN account a ON a.id = q.account_id
            WHERE v.state = 'sent' AND q.deleted_at IS NULL AND {mine}
        ) WHERE ends BETWEEN ? AND ? OR (sent <= ? AND COALESCE(ends, '9') >= ?)
        ORDER BY ends IS NULL, ends, sent, number LIMIT ?
    """
    first, last, sent = days
    return store.rows(sql, [*owner, first, last, sent, first, limit])


def won_between(store: Store, owner_id: str | None, start: str, end: str) -> list[Any]:
    """Return count, amount and currency of deals won in [start, end)."""
    owner = "AND owner_id = ?" if owner_id else ""
    sql = f"""
        SELECT count(*), COALESCE(sum(amount_minor), 0), currency FROM opportunity INDEXED BY opportunity_closed
        WHERE is_won = 1 AND closed_on >= ? AND closed_on < ? AND deleted_at IS NULL {owner}
        GROUP BY currency ORDER BY 2 DESC
    """
    return store.rows(sql, [start, end] + ([owner_id] if owner_id else []))


def people_of(store: Store, account_id: str) -> list[Any]:
    """Return id, ref, name, title, role, phone, e-mail, birthday, preferred channel and time, language of the people."""
    sql = """
        SELECT c.id, c.ref, c.name, c.title, k.role,
            (SELECT p.number FROM phone p WHERE p.contact_id = c.id ORDER BY p.is_primary DESC, p.rowid LIMIT 1),
            (SELECT e.address FROM email e WHERE e.contact_id = c.id ORDER BY e.is_primary DESC, e.rowid LIMIT 1),
            c.birthday, c.preferred_channel, c.preferred_time, c.language
        FROM contact_role k JOIN contact c ON c.id = k.contact_id
        WHERE k.account_id = ? AND k.valid_to IS NULL AND c.deleted_at IS NULL ORDER BY k.is_primary DESC, c.name LIMIT 50
    """
    return store.rows(sql, (account_id,))


def reports_of(store: Store, contact_id: str) -> list[Any]:
    """Return id, name, title of those who report to a contact."""
    sql = "SELECT id, name, title FROM contact WHERE reports_to_id = ? AND deleted_at IS NULL ORDER BY name LIMIT 50"
    return store.rows(sql, (contact_id,))


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
