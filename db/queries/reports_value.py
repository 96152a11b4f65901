"""What customers cost and how they pay: visits, calls, commission, days of invoices; and the classes they were given."""

from typing import Any

from db.queries.read_fields import VALUE_CLASS
from db.store import Store, UnitOfWork
from sfa.domain.fields import RATINGS

_COUNTED = "o.deleted_at IS NULL AND o.state <> 'cancelled'"
_BUYS = (
    f"(EXISTS (SELECT 1 FROM sales_order o WHERE o.account_id = a.id AND {_COUNTED}) OR EXISTS (SELECT 1 FROM opportunity w"
    " WHERE w.account_id = a.id AND w.is_won = 1 AND w.deleted_at IS NULL))"
)
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


def terms(store: Store, start: str, end: str, currency: str) -> list[Any]:
    """Return account, amount times days of its terms, what it owes, that times days late and days since the issue, its net.

    Of invoices issued in `[start, end)`, seen from `end`; amounts are in minor units. Credit notes count in the net alone.
    """
    owed = "max(i.gross_minor - i.prepaid_minor + i.payable_rounding_minor - i.credited_minor - i.paid_minor, 0)"
    days = "julianday({0}) - julianday({1})"
    term, late, out = (
        days.format(*pair) for pair in (("i.due_on", "i.issued_on"), ("?2", "i.due_on"), ("?2", "i.issued_on"))
    )
    return store.rows(
        f"SELECT a.id, sum(i.gross_minor * ({term})) FILTER (WHERE i.due_on IS NOT NULL AND i.gross_minor > 0),"
        f" sum({owed}), COALESCE(sum({owed} * ({late})) FILTER (WHERE i.due_on < ?2), 0), sum({owed} * ({out})), sum(i.net_minor)"
        f" FROM account a CROSS JOIN {_BILL} ON i.account_id = a.id WHERE {_ISSUED} GROUP BY a.id",
        (start, end, currency),
    )


def payments(store: Store, start: str, end: str, currency: str) -> list[Any]:
    """Return account, and payments times days late and days since the issue, of the invoices that `terms` counts."""
    return store.rows(
        "SELECT a.id, sum(p.late), sum(p.outstanding) FROM account a CROSS JOIN paid_item p ON p.account_id = a.id"
        " WHERE p.issued_on >= ?1 AND p.issued_on < ?2 AND p.currency = ?3 GROUP BY a.id",
        (start, end, currency),
    )


def beside(store: Store, start: str, end: str, currency: str) -> list[Any]:
    """Return account, freight, rebates and extra costs of orders; and freight and rebates of those with a list price.

    Of orders of `[start, end)` that have any of them.
    """
    return store.rows(
        "SELECT o.account_id, COALESCE(sum(o.freight_minor), 0), COALESCE(sum(o.rebate_minor), 0),"
        " COALESCE(sum(o.extra_cost_minor), 0),"
        " sum(CASE WHEN o.list_minor IS NULL THEN 0 ELSE COALESCE(o.freight_minor, 0) + COALESCE(o.rebate_minor, 0) END)"
        f" FROM sales_order o INDEXED BY sales_order_beside WHERE {_COUNTED}"
        " AND (o.freight_minor IS NOT NULL OR o.rebate_minor IS NOT NULL OR o.extra_cost_minor IS NOT NULL)"
        " AND o.ordered_on >= ?1 AND o.ordered_on < ?2 AND o.currency = ?3 GROUP BY 1",
        (start, end, currency),
    )


def referrals(store: Store, end: str, currency: str) -> list[Any]:
    """Return account and margin of the first year of those whom it referred: of orders before `end` whose cost is known."""
    return store.rows(
        "WITH begun AS MATERIALIZED (SELECT a.id, a.referrer_id, (SELECT min(o.ordered_on) FROM sales_order o"
        f" WHERE o.account_id = a.id AND {_COUNTED} AND o.currency = ?2) AS first FROM account a"
        " WHERE a.referrer_id IS NOT NULL AND a.deleted_at IS NULL)"
        " SELECT begun.referrer_id, sum(o.net_minor - o.cost_minor) FROM begun JOIN sales_order o"
        " INDEXED BY sales_order_of_account ON o.account_id = begun.id AND o.ordered_on >= begun.first"
        f" AND o.ordered_on < date(begun.first, '+1 year') WHERE {_COUNTED} AND o.currency = ?2 AND o.ordered_on < ?1"
        " AND o.cost_minor IS NOT NULL GROUP BY 1",
        (end, currency),
    )


def told(store: Store) -> list[Any]:
    """Return id, ratings as `RATINGS` has them, yearly spend, where it operates, revenue, limit of credit, currency, of accounts."""
    wanted = (*RATINGS, "category_spend_minor", "operates_in", "annual_revenue_minor", "credit_limit_minor")
    return store.rows(
        f"SELECT id, {', '.join(wanted)}, currency FROM account WHERE deleted_at IS NULL"
        f" AND ({' OR '.join(f'{name} IS NOT NULL' for name in wanted)})"
    )


def steps(store: Store, since: str, until: str) -> tuple[int, int, int, int]:
    """Return accounts, those of whom enough is known to reach them, those that bought, and of these the classed ones.

    A class counts that was recorded in `[since, until]`.
    """
    reach = " OR ".join(
        f"EXISTS (SELECT 1 FROM {table} r WHERE r.contact_id = k.contact_id AND r.is_invalid = 0)"
        for table in ("phone", "email")
    )
    row = store.row(
        "SELECT count(*), COALESCE(sum(a.owner_id IS NOT NULL AND COALESCE(a.segment, a.industry) IS NOT NULL AND EXISTS"
        " (SELECT 1 FROM contact_role k JOIN contact c ON c.id = k.contact_id AND c.deleted_at IS NULL"
        f" WHERE k.account_id = a.id AND k.valid_to IS NULL AND ({reach}))), 0),"
        f" COALESCE(sum({_BUYS}), 0), COALESCE(sum({_BUYS} AND EXISTS (SELECT 1 FROM value_class v WHERE v.account_id = a.id"
        " AND v.recorded_on BETWEEN ?1 AND ?2)), 0) FROM account a WHERE a.deleted_at IS NULL",
        (since, until),
    )
    return tuple(row or (0, 0, 0, 0))


def planned(store: Store, day: str) -> tuple[int, int]:
    """Return the key partners, by the class recorded last, and those of them with a plan that holds on a day."""
    row = store.row(
        "SELECT count(*), COALESCE(sum(a.plan IS NOT NULL AND COALESCE(a.plan_until, ?1) >= ?1), 0) FROM account a"
        f" WHERE a.deleted_at IS NULL AND {VALUE_CLASS} = 'Key partner'",
        (day,),
    )
    return (row[0], row[1]) if row else (0, 0)


def areas(store: Store) -> list[Any]:
    """Return account that says where it operates, territory of it or of an account below it, and which of them that is."""
    return store.rows(
        "WITH RECURSIVE below(top, id) AS (SELECT id, id FROM account WHERE operates_in IS NOT NULL AND deleted_at IS NULL"
        " UNION SELECT below.top, a.id FROM below JOIN account a ON a.parent_id = below.id AND a.deleted_at IS NULL)"
        " SELECT below.top, t.name, below.id FROM below JOIN account a ON a.id = below.id"
        " JOIN territory t ON t.id = a.territory_id"
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
