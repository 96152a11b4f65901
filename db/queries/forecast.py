"""What forecasts read: how each deal stood and when, the lines' list prices, quotas."""

from collections.abc import Sequence
from typing import Any

from db.store import Store

_STATE = (
    "substr(h.at, 1, 10), h.stage_id, h.amount_minor, h.close_date, h.probability_ppm, h.category, h.is_won, h.owner_id"
)
_UNTOLD = "{0}, o.stage_id, o.amount_minor, o.close_date, o.probability_ppm, o.category, {1}, o.owner_id"


def states(store: Store, currency: str, own: str, day_after: str) -> list[Any]:
    """Return id, day of entry into the book, and the states of deals of a currency before a day, deal by deal in order.

    A state is: day, stage, amount, close date, ppm, category, outcome, owner. A deal without any history (a row that
    no trigger saw) has its creation and its closing.
    """
    sql = (
        f"SELECT o.id, substr(o.created_at, 1, 10), {_STATE} FROM opportunity o"
        " JOIN opportunity_history h ON h.opportunity_id = o.id"
        " WHERE o.deleted_at IS NULL AND COALESCE(o.currency, ?1) = ?2 AND h.at < ?3 ORDER BY o.rowid, h.at, h.rowid"
    )
    return store.rows(sql, (own, currency, day_after))


def untold(store: Store, currency: str, own: str, day_after: str) -> list[Any]:
    """Return the same of deals without history."""
    nothing = (
        "o.deleted_at IS NULL AND COALESCE(o.currency, ?1) = ?2"
        " AND NOT EXISTS (SELECT 1 FROM opportunity_history h WHERE h.opportunity_id = o.id)"
    )
    began, closed = _UNTOLD.format("o.created_on", "NULL"), _UNTOLD.format("o.closed_on", "o.is_won")
    sql = (
        f"SELECT id, entered, {', '.join(f's{number}' for number in range(8))} FROM ("
        f"SELECT o.rowid AS place, 0 AS step, o.id, substr(o.created_at, 1, 10) AS entered, {_named(began)}"
        f" FROM opportunity o WHERE {nothing} AND o.created_on < ?3"
        f" UNION ALL SELECT o.rowid, 1, o.id, substr(o.created_at, 1, 10), {closed}"
        f" FROM opportunity o WHERE {nothing} AND o.closed_on < ?3) ORDER BY place, step"
    )
    return store.rows(sql, (own, currency, day_after))


def _named(columns: str) -> str:
    return ", ".join(f"{column} AS s{number}" for number, column in enumerate(columns.split(", ")))


def list_lines(store: Store, currency: str, own: str) -> list[Any]:
    """Return deal, quantity and list price (both DEC6) of the lines of deals whose product has a price in a currency."""
    sql = (
        "SELECT l.opportunity_id, l.quantity_dec6, p.price_dec6 FROM opportunity_line l"
        " JOIN product p ON p.id = l.product_id"
        " WHERE p.price_dec6 IS NOT NULL AND COALESCE(p.currency, ?1) = ?2"
    )
    return store.rows(sql, (own, currency))


_SEGMENTS = {
    "owner": "SELECT o.id, o.owner_id FROM opportunity o WHERE o.owner_id IS NOT NULL",
    "team": (
        "SELECT o.id, u.team_id FROM opportunity o JOIN app_user u ON u.id = o.owner_id WHERE u.team_id IS NOT NULL"
    ),
    "product": (
        "SELECT l.opportunity_id, min(COALESCE(p.category, p.name)) FROM opportunity_line l"
        " JOIN product p ON p.id = l.product_id GROUP BY 1"
    ),
    "industry": (
        "SELECT o.id, lower(a.industry) FROM opportunity o JOIN account a ON a.id = o.account_id"
        " WHERE a.industry IS NOT NULL"
    ),
}
SEGMENTS = tuple(_SEGMENTS)


def segments(store: Store, kind: str) -> list[Any]:
    """Return deal and segment: the owner, the team, the product line or the industry of each."""
    return store.rows(_SEGMENTS[kind])


def other_currencies(store: Store, currency: str, own: str) -> list[Any]:
    """Return currency and number of open deals in other currencies."""
    sql = (
        "SELECT o.currency, count(*) FROM opportunity o WHERE o.closed_on IS NULL AND o.deleted_at IS NULL"
        " AND COALESCE(o.currency, ?1) <> ?2 GROUP BY 1 ORDER BY 2 DESC"
    )
    return store.rows(sql, (own, currency))


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
