"""What people did and sold: for the leaderboard, the coaching view and the measures of domain.md 5.8."""

from collections.abc import Mapping
from typing import Any

from db.store import Store
from sfa.domain.figures import DEC6

Bounds = Mapping[str, object]
"""start and end as days, since and until as instants, currency and own."""

_OWN = "COALESCE(o.currency, :own) = :currency"
_TOUCH = "y.deleted_at IS NULL AND y.started_at >= :since AND y.started_at < :until AND y.outcome IS NOT 'cancelled'"


def people(store: Store) -> list[Any]:
    """Return id, name, ref, role and manager of all who sell."""
    return store.rows("SELECT id, name, ref, role, manager_id FROM app_user WHERE deleted_at IS NULL ORDER BY name, id")


def closed(store: Store, bounds: Bounds) -> list[Any]:
    """Return owner, won and lost deals closed in the period; amount and number of those won in the currency."""
    return store.rows(
        "SELECT o.owner_id, sum(o.is_won), sum(1 - o.is_won),"
        f" COALESCE(sum(o.is_won * COALESCE(o.amount_minor, 0)) FILTER (WHERE {_OWN}), 0),"
        f" COALESCE(sum(o.is_won) FILTER (WHERE {_OWN}), 0)"
        " FROM opportunity o INDEXED BY opportunity_closed WHERE o.closed_on IS NOT NULL AND o.closed_on >= :start"
        " AND o.closed_on < :end AND o.deleted_at IS NULL GROUP BY +o.owner_id",
        bounds,
    )


def cycles(store: Store, bounds: Bounds) -> list[Any]:
    """Return owner and days from creation to winning of each deal won in the period."""
    return store.rows(
        "SELECT o.owner_id, CAST(julianday(o.closed_on) - julianday(o.created_on) AS INTEGER) FROM opportunity o"
        " WHERE o.is_won = 1 AND o.closed_on >= :start AND o.closed_on < :end AND o.deleted_at IS NULL",
        bounds,
    )


def open_deals(store: Store, bounds: Bounds) -> list[Any]:
    """Return owner, open deals, amount of those in the currency; without next step, past close date, stale ones."""
    return store.rows(
        f"SELECT o.owner_id, count(*), COALESCE(sum(CASE WHEN {_OWN} THEN o.amount_minor END), 0),"
        " sum(o.next_step IS NULL AND o.next_step_on IS NULL),"
        " COALESCE(sum(o.close_date < :today), 0), sum(o.created_on < :stale_day AND NOT EXISTS (SELECT 1 FROM activity x"
        " WHERE x.opportunity_id = o.id AND x.deleted_at IS NULL AND x.started_at >= :stale))"
        " FROM opportunity o WHERE o.closed_on IS NULL AND o.deleted_at IS NULL GROUP BY 1",
        bounds,
    )


def touches(store: Store, bounds: Bounds) -> list[Any]:
    """Return owner, activities, minutes, accounts in the period."""
    return store.rows(
        "SELECT y.owner_id, count(*), COALESCE(sum(y.duration_min), 0), count(DISTINCT y.account_id) FROM activity y"
        f" WHERE {_TOUCH} AND y.is_internal = 0 GROUP BY 1",
        bounds,
    )


def invoiced(store: Store, bounds: Bounds) -> list[Any]:
    """Return owner, month, net of invoices of the period."""
    return store.rows(
        "SELECT owner_id, substr(issued_on, 1, 7), sum(net_minor) FROM invoice INDEXED BY invoice_by_day"
        " WHERE deleted_at IS NULL AND issued_on >= :start AND issued_on < :end AND currency = :currency GROUP BY 1, 2",
        bounds,
    )


def has_invoices(store: Store) -> bool:
    """Tell whether the book keeps invoices."""
    return store.value("SELECT 1 FROM invoice LIMIT 1") is not None


def margin(store: Store, bounds: Bounds) -> tuple[int, int]:
    """Return orders of the period whose cost is known, and their margin."""
    row = store.row(
        "SELECT count(*), COALESCE(sum(p.net_minor - p.cost_minor), 0) FROM sales_order p INDEXED BY sales_order_by_day"
        " WHERE p.deleted_at IS NULL AND p.state <> 'cancelled' AND p.currency = :currency AND p.cost_minor IS NOT NULL"
        " AND p.ordered_on >= :start AND p.ordered_on < :end",
        bounds,
    )
    return (row[0], row[1]) if row else (0, 0)


def baselines(store: Store) -> dict[tuple[str, str], float]:
    """Return the recorded baselines by measure and scope."""
    rows = store.rows("SELECT kpi, scope, value_dec6 FROM kpi_baseline WHERE deleted_at IS NULL")
    return {(row[0], row[1]): row[2] / DEC6 for row in rows}


_BUYER = "EXISTS (SELECT 1 FROM {0} WHERE {0}.account_id = y.account_id AND {1} <= substr(y.started_at, 1, 10))"
_HAS_BOUGHT = (
    "(" + _BUYER.format("sales_order", "sales_order.state <> 'cancelled' AND sales_order.ordered_on")
    + " OR EXISTS (SELECT 1 FROM opportunity w WHERE w.account_id = y.account_id AND w.is_won = 1"
    " AND w.closed_on <= substr(y.started_at, 1, 10)))"
)  # fmt: skip
_MEASURES = {
    "customer_minutes": (
        f"SELECT y.owner_id, COALESCE(sum(y.duration_min), 0) FROM activity y WHERE {_TOUCH}"
        f" AND y.kind IN ('call', 'meeting', 'visit') AND y.outcome = 'connected' AND {_HAS_BOUGHT} GROUP BY 1"
    ),
    "accounts_pursued": (
        f"SELECT y.owner_id, count(DISTINCT y.account_id) FROM activity y WHERE {_TOUCH} AND y.direction = 'out'"
        " AND y.is_internal = 0 GROUP BY 1"
    ),
    "manager_minutes": (
        "SELECT y.owner_id, COALESCE(sum(y.duration_min), 0) FROM activity y JOIN app_user u ON u.id = y.owner_id"
        f" WHERE u.role = 'manager' AND {_TOUCH} AND (y.kind = 'coaching' OR (y.is_internal = 0"
        " AND y.kind IN ('call', 'meeting', 'visit', 'demo'))) GROUP BY 1"
    ),
    "written_contacts": (
        f"SELECT y.owner_id, count(*) FROM activity y WHERE {_TOUCH} AND y.kind IN ('letter', 'email', 'message')"
        " AND y.direction = 'out' AND y.is_internal = 0 GROUP BY 1"
    ),
    "contact_gap_days": (
        "SELECT owner_id, avg(gap) FROM (SELECT y.owner_id, julianday(y.started_at) - julianday(lag(y.started_at) OVER"
        f" (PARTITION BY y.account_id ORDER BY y.started_at)) AS gap FROM activity y WHERE {_TOUCH}"
        " AND y.direction = 'out' AND y.is_internal = 0 AND y.account_id IS NOT NULL) WHERE gap IS NOT NULL GROUP BY 1"
    ),
}


def measure(store: Store, name: str, bounds: Bounds) -> dict[str | None, float]:
    """Return a measure by owner."""
    return dict(store.rows(_MEASURES[name], bounds))
