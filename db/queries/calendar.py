"""What the calendar's screens and reminders read beside the appointments themselves."""

from typing import Any

from db.store import Store


def tasks_between(store: Store, owner_id: str | None, first: str, after: str, limit: int) -> list[Any]:
    """Return id, ref, subject, day, time, priority, status, account, contact of tasks due on the days [first, after).

    Done ones come last of their day; those that were dropped are left out.
    """
    sql = """
        SELECT k.id, k.ref, k.subject, k.due_on, k.due_time, k.priority, k.status, a.name, c.name FROM task k
        LEFT JOIN account a ON a.id = k.account_id LEFT JOIN contact c ON c.id = k.contact_id
        WHERE k.deleted_at IS NULL AND k.due_on >= ? AND k.due_on < ? AND k.status IN ('open', 'done')
            AND (? IS NULL OR k.owner_id = ? OR k.owner_id IS NULL)
        ORDER BY k.due_on, k.status = 'done', k.due_time IS NULL, k.due_time, k.rowid LIMIT ?
    """
    return store.rows(sql, (first, after, owner_id, owner_id, limit))


def tasks_overdue(store: Store, owner_id: str | None, before: str, limit: int) -> list[Any]:
    """Return the same of open tasks that were due before a day, the oldest first."""
    sql = """
        SELECT k.id, k.ref, k.subject, k.due_on, k.due_time, k.priority, k.status, a.name, c.name FROM task k
        LEFT JOIN account a ON a.id = k.account_id LEFT JOIN contact c ON c.id = k.contact_id
        WHERE k.done_at IS NULL AND k.deleted_at IS NULL AND k.status = 'open' AND k.due_on < ?
            AND (? IS NULL OR k.owner_id = ? OR k.owner_id IS NULL)
        ORDER BY k.due_on, k.rowid LIMIT ?
    """
    return store.rows(sql, (before, owner_id, owner_id, limit))


def reminder_lengths(store: Store) -> list[int]:
    """Return all lengths of time, in minutes, that any appointment has a reminder of."""
    sql = "SELECT DISTINCT r.minutes_before FROM event_reminder r JOIN event v ON v.id = r.event_id WHERE v.deleted_at IS NULL"
    return [int(row[0]) for row in store.rows(sql)]
