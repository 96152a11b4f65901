"""What customers cost and how they pay: visits, calls, commission, days of invoices; and the classes they were given."""

from typing import Any

from db.store import Store, UnitOfWork

_BILL = "invoice i INDEXED BY invoice_of_account"
_ISSUED = "i.deleted_at IS NULL AND i.issued_on >= ?1 AND i.issued_on < ?2 AND i.currency = ?3"


def touches(store: Store, since: str, until: str) -> list[Any]:
    """Return account, visits and meetings, minutes of calls, between two instants; what was cancelled costs nothing."""
    return store.rows(
        "SELECT account_id, sum(kind IN ('visit', 'meeting', 'demo')),"
        " sum(CASE WHEN kind = 'call' THEN COALESCE(duration_min, 0) ELSE 0 END) FROM activity WHERE deleted_at IS NULL"
        " AND account_id IS NOT NULL AND started_at >= ? AND started_at < ? AND outcome IS NOT 'cancelled' GROUP BY 1",
        (since, until),
    )


def commissions(store: Store, start: str, end: str, currency: str) -> list[Any]:
    """Return account and commission of what was sold to it, from the latest statements; memos are not paid."""
    return store.rows(
        "WITH latest AS (SELECT s.id FROM comp_statement s WHERE s.deleted_at IS NULL AND s.currency = ?3"
        " AND NOT EXISTS (SELECT 1 FROM comp_statement n WHERE n.participant_id = s.participant_id"
        " AND n.period_code = s.period_code AND n.version > s.version AND n.deleted_at IS NULL))"
        " SELECT COALESCE(e.account_id, o.account_id), sum(l.amount_minor) FROM comp_line l JOIN latest ON latest.id = l.statement_id"
        " LEFT JOIN comp_event e ON e.id = l.event_id LEFT JOIN opportunity o ON o.id = l.event_id"
        " WHERE l.is_memo = 0 AND COALESCE(e.event_date, o.closed_on) >= ?1 AND COALESCE(e.event_date, o.closed_on) < ?2"
        " GROUP BY 1",
        (start, end, currency),
    )


def has_terms(store: Store) -> bool:
    """Tell whether any invoice says when it is due."""
    return store.value("SELECT 1 FROM invoice WHERE due_on IS NOT NULL LIMIT 1") is not None


def terms(store: Store, start: str, end: str, currency: str) -> list[Any]:
    """Return account, amount times days of its terms, what it owes, and that times days late and days since the issue.

    Of invoices issued in `[start, end)`, seen from `end`; amounts are in minor units.
    """
    owed = "max(i.gross_minor - i.credited_minor - i.paid_minor, 0)"
    is_owing = "i.gross_minor > i.credited_minor + i.paid_minor"
    days = "julianday({0}) - julianday({1})"
    return store.rows(
        f"SELECT a.id, sum(i.gross_minor * ({days.format('i.due_on', 'i.issued_on')})),"
        f" sum({owed}), sum(CASE WHEN {is_owing} AND i.due_on < ?2 THEN {owed} * ({days.format('?2', 'i.due_on')}) ELSE 0 END),"
        f" sum(CASE WHEN {is_owing} THEN {owed} * ({days.format('?2', 'i.issued_on')}) ELSE 0 END)"
        f" FROM account a CROSS JOIN {_BILL} ON i.account_id = a.id WHERE {_ISSUED} AND i.gross_minor > 0 GROUP BY a.id",
        (start, end, currency),
    )


def payments(store: Store, start: str, end: str, currency: str) -> list[Any]:
    """Return account, and payments times days late and days since the issue, of the invoices that `terms` counts."""
    return store.rows(
        "SELECT a.id, sum(p.late), sum(p.outstanding) FROM account a CROSS JOIN paid_item p ON p.account_id = a.id"
        " WHERE p.issued_on >= ?1 AND p.issued_on < ?2 AND p.currency = ?3 GROUP BY a.id",
        (start, end, currency),
    )


def classes(store: Store) -> list[Any]:
    """Return account, day, sides of value and loyalty, runs across their limits, and scores of the latest run of each."""
    return store.rows(
        "SELECT v.account_id, v.recorded_on, v.is_valuable, v.is_loyal, v.value_runs, v.loyalty_runs, v.value_score,"
        " v.loyalty_score FROM value_class v WHERE v.recorded_on = (SELECT max(n.recorded_on) FROM value_class n"
        " WHERE n.account_id = v.account_id)"
    )


def last_run(store: Store) -> str | None:
    """Return the day of the latest run."""
    found = store.value("SELECT max(recorded_on) FROM value_class")
    return None if found is None else str(found)


def forget_classes(work: UnitOfWork, since: str) -> None:
    """Take back what runs recorded since a day, inside an operation."""
    work.execute("DELETE FROM value_class WHERE recorded_on >= ?", (since,))
