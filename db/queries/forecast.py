"""What forecasts read: how each deal stood and when, the lines' list prices, quotas."""

from collections.abc import Sequence
from typing import Any

from db.store import Store

_STATE = (
    "substr(h.at, 1, 10), h.stage_id, h.amount_minor, h.close_date, h.probability_ppm, h.category, h.is_won, h.owner_id,"
    " h.currency"
)
_UNTOLD = "{0}, o.stage_id, o.amount_minor, o.close_date, o.probability_ppm, o.category, {1}, o.owner_id, o.currency"
_KNOWN = "(o.deleted_at IS NULL OR o.deleted_at >= ?1)"


def states(store: Store, day_after: str) -> list[Any]:
    """Return id, day of entry into the book, and the states of deals before a day, deal by deal in order.

    A state is: day, stage, amount, close date, ppm, category, outcome, owner, currency. A deal without any history (a
    row that no trigger saw) has its creation and its closing. Deals that were removed later were there on the day.
    """
    sql = (
        f"SELECT o.id, substr(o.created_at, 1, 10), {_STATE} FROM opportunity o"
        " JOIN opportunity_history h ON h.opportunity_id = o.id"
        f" WHERE {_KNOWN} AND h.at < ?1 ORDER BY o.rowid, h.at, h.rowid"
    )
    return store.rows(sql, (day_after,))


def untold(store: Store, day_after: str) -> list[Any]:
    """Return the same of deals without history."""
    nothing = f"{_KNOWN} AND NOT EXISTS (SELECT 1 FROM opportunity_history h WHERE h.opportunity_id = o.id)"
    began, closed = _UNTOLD.format("o.created_on", "NULL"), _UNTOLD.format("o.closed_on", "o.is_won")
    sql = (
        f"SELECT id, entered, {', '.join(f's{number}' for number in range(9))} FROM ("
        f"SELECT o.rowid AS place, 0 AS step, o.id, substr(o.created_at, 1, 10) AS entered, {_named(began)}"
        f" FROM opportunity o WHERE {nothing} AND o.created_on < ?1"
        f" UNION ALL SELECT o.rowid, 1, o.id, substr(o.created_at, 1, 10), {closed}"
        f" FROM opportunity o WHERE {nothing} AND o.closed_on < ?1) ORDER BY place, step"
    )
    return store.rows(sql, (day_after,))


def _named(columns: str) -> str:
    return ", ".join(f"{column} AS s{number}" for number, column in enumerate(columns.split(", ")))


def lines(store: Store) -> list[Any]:
    """Return id, deal, product and quantity (DEC6) of the lines of deals as they are now."""
    return store.rows(
        "SELECT id, opportunity_id, product_id, quantity_dec6 FROM opportunity_line WHERE product_id IS NOT NULL"
    )


def lines_undone(store: Store, day_after: str) -> list[Any]:
    """Return what was changed and removed of lines from an instant on, the newest first.

    Each is: line, field, value before; of a removed one the field is None and the value its row as JSON.
    """
    sql = (
        "SELECT c.row_id, c.field, c.old FROM change c JOIN operation p ON p.id = c.operation_id"
        " WHERE c.table_name = 'opportunity_line' AND c.old IS NOT NULL AND p.at >= ?"
        " AND (c.field IS NULL OR c.field IN ('product_id', 'quantity_dec6')) ORDER BY c.seq DESC"
    )
    return store.rows(sql, (day_after,))


def list_prices(store: Store, currency: str, own: str, day_after: str) -> list[Any]:
    """Return product and list price (DEC6) in a currency, as it was before an instant."""
    sql = (
        "SELECT id, price FROM (SELECT p.id, COALESCE((SELECT c.old FROM change c JOIN operation n ON n.id = c.operation_id"
        " WHERE c.table_name = 'product' AND c.row_id = p.id AND c.field = 'price_dec6' AND n.at >= ?3 ORDER BY c.seq LIMIT 1),"
        " p.price_dec6) AS price FROM product p WHERE COALESCE(p.currency, ?1) = ?2) WHERE price IS NOT NULL"
    )
    return store.rows(sql, (own, currency, day_after))


_SEGMENTS = {
    "team": "SELECT id, team_id FROM app_user WHERE team_id IS NOT NULL",
    "product": (
        "SELECT l.opportunity_id, min(COALESCE(p.category, p.name)) FROM opportunity_line l"
        " JOIN product p ON p.id = l.product_id GROUP BY 1"
    ),
    "industry": (
        "SELECT o.id, lower(a.industry) FROM opportunity o JOIN account a ON a.id = o.account_id"
        " WHERE a.industry IS NOT NULL"
    ),
}
SEGMENTS = ("owner", "team", "product", "industry", "size")


def segments(store: Store, kind: str) -> list[Any]:
    """Return deal and product line, or its industry; person and team. Of the other kinds nothing needs to be read."""
    return store.rows(_SEGMENTS[kind]) if kind in _SEGMENTS else []


def quotas(store: Store, period: str, currency: str, until: str) -> list[Any]:
    """Return participant, component, amount and ramp of a period's quotas in a currency, as known before an instant.

    The latest recorded of each participant and component holds.
    """
    sql = (
        "SELECT participant_id, component_code, amount, ramp_ppm FROM (SELECT q.*, row_number() OVER"
        " (PARTITION BY participant_id, component_code ORDER BY recorded_at DESC, rowid DESC) AS age FROM comp_quota q"
        " WHERE q.deleted_at IS NULL AND q.period_code = ? AND q.currency = ? AND q.recorded_at < ?) WHERE age = 1"
    )
    return store.rows(sql, (period, currency, until))


def names(store: Store, ids: Sequence[str]) -> dict[str, tuple[str, str, str | None, str | None]]:
    """Return name, reference, account and owner of deals by id."""
    found: dict[str, tuple[str, str, str | None, str | None]] = {}
    for start in range(0, len(ids), 500):
        part = ids[start : start + 500]
        marks = ", ".join("?" * len(part))
        sql = (
            "SELECT o.id, o.name, o.ref, (SELECT name FROM account WHERE id = o.account_id),"
            f" (SELECT name FROM app_user WHERE id = o.owner_id) FROM opportunity o WHERE o.id IN ({marks})"
        )
        found |= {row[0]: tuple(row[1:]) for row in store.rows(sql, part)}
    return found


def currencies(store: Store, own: str, person: str | None) -> list[Any]:
    """Return currency and number of the deals of a person, or of everybody, the most frequent first."""
    sql = (
        "SELECT COALESCE(currency, ?1), count(*) FROM opportunity WHERE deleted_at IS NULL"
        " AND (?2 IS NULL OR owner_id = ?2) GROUP BY 1 ORDER BY 2 DESC, 1"
    )
    return store.rows(sql, (own, person))


def submissions(store: Store, currency: str, until: str) -> list[Any]:
    """Return what was submitted in a currency before an instant, the oldest first.

    Each is: id, who said it, their name, owner, owner's name, whether rolled up, first day, day after the last, horizon,
    category, point, P10, P90, note.
    """
    sql = (
        "SELECT s.id, s.user_id, u.name, s.owner_id, o.name, s.is_rolled_up, s.starts_on, s.ends_on, s.horizon,"
        " s.category, s.point_minor, s.p10_minor, s.p90_minor, s.note FROM forecast_submission s"
        " JOIN app_user u ON u.id = s.user_id LEFT JOIN app_user o ON o.id = s.owner_id"
        " WHERE s.currency = ? AND s.at < ? ORDER BY s.at, s.rowid"
    )
    return store.rows(sql, (currency, until))
