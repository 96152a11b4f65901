"""What a calendar reads: appointments that touch a span of time, series that may, and exceptions."""

from __future__ import annotations

from datetime import UTC, timedelta

from sfa.clock import instant_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date, datetime
    from typing import Any

    from db.store import Store

    Row = dict[str, Any]

ONE_DAY = timedelta(days=1)

_COLUMNS = (
    "v.id, v.ref, v.uid, v.subject, v.kind, v.status, v.is_all_day, v.starts_wall, v.ends_wall, v.zone, v.rule,"
    " v.series_id, v.original_wall, v.place, v.url, v.busy, v.privacy, v.starts_at, v.ends_at, v.account_id,"
    " a.name AS account, v.contact_id, c.name AS contact, v.opportunity_id, v.updated_at"
)
_FROM = (
    " FROM event v LEFT JOIN account a ON a.id = v.account_id LEFT JOIN contact c ON c.id = v.contact_id"
    " WHERE v.deleted_at IS NULL AND (? IS NULL OR v.owner_id = ? OR v.owner_id IS NULL)"
)
_BY_END = _FROM.replace("event v", "event v INDEXED BY event_by_end", 1)
"""By what is not over yet: the years before are not walked through."""


def bounds(low: datetime, high: datetime) -> tuple[str, str]:
    """Return the instants, as stored, between which everything lies that touches [low, high).

    Whole days and floating times are the same dates everywhere: they may lie a day off by their instants.
    """
    return instant_text((low - ONE_DAY).astimezone(UTC)), instant_text((high + ONE_DAY).astimezone(UTC))


def bounds_of(day: date) -> tuple[str, str]:
    """Return such instants for one day, wherever on earth it is."""
    return f"{day - 2 * ONE_DAY}T00:00:00.000Z", f"{day + 3 * ONE_DAY}T00:00:00.000Z"


def may_hold(store: Store, owner_id: str | None, low: str, high: str) -> bool:
    """Tell whether anything may be on between two instants, as `bounds` gives them."""
    sql = (
        "SELECT 1 FROM event v WHERE v.deleted_at IS NULL AND (? IS NULL OR v.owner_id = ? OR v.owner_id IS NULL) AND"
        " v.starts_at < ? AND (v.rule IS NULL AND v.ends_at >= ? OR v.rule IS NOT NULL AND"
        " (v.until_at IS NULL OR v.until_at >= ?)) LIMIT 1"
    )
    return bool(store.value(sql, (owner_id, owner_id, high, low, low)))


def singles(store: Store, owner_id: str | None, low: str, high: str) -> list[Row]:
    """Return appointments without a rule that touch [low, high), instants as stored; exceptions of series among them."""
    sql = (
        f"SELECT {_COLUMNS}{_BY_END} AND v.rule IS NULL AND v.ends_at >= ? AND v.starts_at < ?"
        " AND (v.ends_at > ? OR v.starts_at = v.ends_at) ORDER BY v.starts_at"
    )
    return _rows(store, sql, (owner_id, owner_id, low, high, low))


def series(store: Store, owner_id: str | None, low: str, high: str) -> list[Row]:
    """Return appointments with a rule that may occur in [low, high)."""
    sql = (
        f"SELECT {_COLUMNS}{_FROM} AND v.rule IS NOT NULL AND (v.until_at IS NULL OR v.until_at >= ?)"
        " AND v.starts_at < ? ORDER BY v.starts_at"
    )
    return _rows(store, sql, (owner_id, owner_id, low, high))


def exceptions(store: Store) -> dict[str, tuple[str, ...]]:
    """Return the original wall times of the exceptions of every series, by its id."""
    sql = (
        "SELECT series_id, original_wall FROM event WHERE series_id IS NOT NULL AND deleted_at IS NULL"
        " ORDER BY series_id, original_wall"
    )
    found: dict[str, list[str]] = {}
    for series_id, original in store.rows(sql):
        found.setdefault(series_id, []).append(original)
    return {series_id: tuple(originals) for series_id, originals in found.items()}


def one(store: Store, event_id: str) -> Row | None:
    """Return an appointment as the agenda has it, or None."""
    sql = f"SELECT {_COLUMNS}{_FROM} AND v.id = ?"
    found = _rows(store, sql, (None, None, event_id))
    return found[0] if found else None


def exceptions_of(store: Store, series_id: str) -> list[Row]:
    """Return the exceptions of a series, all columns, in the order of their original times."""
    sql = "SELECT * FROM event WHERE series_id = ? AND deleted_at IS NULL ORDER BY original_wall"
    return _rows(store, sql, (series_id,))


def reminders(store: Store) -> dict[str, tuple[int, ...]]:
    """Return minutes before the beginning, by appointment."""
    sql = (
        "SELECT r.event_id, r.minutes_before FROM event_reminder r JOIN event v ON v.id = r.event_id"
        " WHERE v.deleted_at IS NULL ORDER BY r.event_id, r.minutes_before DESC"
    )
    found: dict[str, list[int]] = {}
    for event_id, minutes in store.rows(sql):
        found.setdefault(event_id, []).append(minutes)
    return {event_id: tuple(minutes) for event_id, minutes in found.items()}


def _rows(store: Store, sql: str, parameters: tuple[object, ...]) -> list[Row]:
    cursor = store.connection.execute(sql, parameters)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
