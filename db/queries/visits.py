"""What visit planning reads: accounts by class with their last visits, and where accounts are."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from db.store import Store

    Row = dict[str, Any]

VISITS: Final = ("visit", "meeting", "demo")
_VISITS: Final = "('visit', 'meeting', 'demo')"
_PLACE: Final = "p.postal_code, p.city, p.region, p.country, p.latitude_dec6, p.longitude_dec6"
_FIRST_PLACE: Final = "LEFT JOIN address p ON p.rowid = (SELECT min(rowid) FROM address WHERE account_id = {0}.id)"

_VISITED: Final = f"""(
    SELECT max(y.started_at) FROM activity y WHERE y.account_id = a.id AND y.kind IN {_VISITS} AND y.deleted_at IS NULL
        AND y.outcome IS NOT 'cancelled')"""
_CLASSED: Final = f"""
    WITH tagged AS MATERIALIZED (
        SELECT r.row_id, min(upper(substr(g.name, 7))) AS class FROM tag g JOIN record_tag r ON r.tag_id = g.id
        WHERE g.name LIKE 'class:_' AND g.deleted_at IS NULL AND r.table_name = 'account' GROUP BY r.row_id
    ),
    allowed AS MATERIALIZED (SELECT key AS class, value AS days FROM json_each(:days)),
    visits AS MATERIALIZED (
        SELECT a.id, a.name, w.class, w.days, {_VISITED} AS visited
        FROM account a LEFT JOIN tagged t ON t.row_id = a.id
        JOIN allowed w ON w.class = COALESCE(t.class, upper(trim(a.segment)))
        WHERE a.deleted_at IS NULL AND (:owner IS NULL OR a.owner_id = :owner OR a.owner_id IS NULL) AND {{only}}
    )
"""
_IS_DUE: Final = "(visited IS NULL OR julianday(substr(visited, 1, 10)) + days <= julianday(:today))"
_DETAILS: Final = f"""
    , due AS (
        SELECT *, COALESCE(julianday(substr(visited, 1, 10)) + days, 1e9) AS due, count(*) OVER () AS count FROM visits
        WHERE {_IS_DUE} ORDER BY due, class, name COLLATE NOCASE, id LIMIT :limit
    )
    SELECT d.id, b.ref, d.name, d.class, d.days, d.visited, d.count, {_PLACE},
        (SELECT max(y.started_at) FROM activity y WHERE y.account_id = d.id AND y.deleted_at IS NULL) AS contacted,
        (SELECT min(v.starts_at) FROM event v WHERE v.account_id = d.id AND v.kind IN {_VISITS} AND v.status = 'planned'
            AND v.rule IS NULL AND v.deleted_at IS NULL AND v.ends_at >= :now) AS planned
    FROM due d JOIN account b ON b.id = d.id {_FIRST_PLACE.format("b")}
    ORDER BY d.due, d.class, d.name COLLATE NOCASE, d.id
"""
_PLACES_ALONE: Final = f"""
    SELECT d.id, {_PLACE} FROM visits d {_FIRST_PLACE.format("d")} WHERE {_IS_DUE}
"""
_THESE: Final = "a.id IN (SELECT value FROM json_each(:ids))"


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose visits are asked for, and when.

    Attributes:
        owner_id: whose accounts, nobody's among them; None for everybody's.
        days: how many days each class allows between two visits.
        today: the day.
        now: the instant from which on a planned visit counts.
    """

    owner_id: str | None
    days: Mapping[str, int]
    today: str
    now: str

    def values(self, limit: int = -1, ids: Sequence[str] = ()) -> dict[str, object]:
        """Return the parameters of a query."""
        days, chosen = json.dumps(dict(self.days)), json.dumps(list(ids))
        return {
            "owner": self.owner_id,
            "days": days,
            "today": self.today,
            "now": self.now,
            "limit": limit,
            "ids": chosen,
        }


def due(store: Store, asked: Asked, limit: int) -> list[Row]:
    """Return accounts whose last visit is as long ago as their class allows, the longest first, the never visited last.

    At most `limit`, or all where it is -1; `count` of each says how many there are.
    """
    return _rows(store, _CLASSED.format(only="1") + _DETAILS, asked.values(limit))


def counts(store: Store, asked: Asked) -> tuple[int, int]:
    """Return how many accounts have a class, and how many of those are due."""
    (row,) = _rows(
        store,
        _CLASSED.format(only="1") + f" SELECT count(*) AS planned, COALESCE(sum({_IS_DUE}), 0) AS due FROM visits",
        asked.values(),
    )
    return row["planned"], row["due"]


def due_of(store: Store, asked: Asked, account_ids: Sequence[str], limit: int) -> list[Row]:
    """Return those of some accounts that are due, as `due` does."""
    return _rows(store, _CLASSED.format(only=_THESE) + _DETAILS, asked.values(limit, account_ids))


def due_places(store: Store, asked: Asked) -> list[Row]:
    """Return id and address of all accounts that are due, in no order."""
    return _rows(store, _CLASSED.format(only="1") + _PLACES_ALONE, asked.values())


def places(store: Store, account_ids: Sequence[str]) -> dict[str, Row]:
    """Return id, ref, name and first address of accounts, by their ids."""
    sql = (
        f"SELECT a.id, a.ref, a.name, {_PLACE} FROM account a {_FIRST_PLACE.format('a')}"
        " WHERE a.id IN (SELECT value FROM json_each(:ids))"
    )
    return {row["id"]: row for row in _rows(store, sql, {"ids": json.dumps(list(account_ids))})}


def _rows(store: Store, sql: str, values: dict[str, object]) -> list[Row]:
    cursor = store.connection.execute(sql, values)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
