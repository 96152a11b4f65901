"""All series of a book with their plans, kept until anything in the database changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple
from weakref import WeakKeyDictionary

from db.queries import agenda as queries
from sfa.domain.recurrence.values import RecurrenceError

if TYPE_CHECKING:
    from typing import Any

    from db.store import Store
    from sfa.domain.recurrence.plans import Plan

FIRST: Final = "0000-01-01T00:00:00.000Z"
LAST: Final = "9999-12-31T23:59:59.999Z"


class Shelf(NamedTuple):
    """Series of one user, or of everybody: rows as the agenda reads them, their plans, and what cannot be read."""

    version: tuple[int, int, str | None]
    rows: list[dict[str, Any]]
    plans: list[Plan]
    notes: list[str]


_SHELVES: WeakKeyDictionary[Store, Shelf] = WeakKeyDictionary()


def shelf_of(store: Store, owner_id: str | None) -> Shelf:
    """Return the series of a user, or of everybody (None); read anew only where this or another program wrote."""
    version = (int(store.value("PRAGMA data_version")), int(store.connection.total_changes), owner_id)
    kept = _SHELVES.get(store)
    if kept is None or kept.version != version:
        kept = _SHELVES[store] = _filled(store, owner_id, version)
    return kept


def _filled(store: Store, owner_id: str | None, version: tuple[int, int, str | None]) -> Shelf:
    found = Shelf(version, [], [], [])
    rows = queries.series(store, owner_id, FIRST, LAST)
    if not rows:
        return found
    from sfa.services.series import plan_of  # noqa: PLC0415 - only where something repeats

    without = queries.exceptions(store)
    for row in rows:
        try:
            found.plans.append(plan_of(row, without.get(row["id"], ())))
            found.rows.append(row)
        except RecurrenceError as error:
            found.notes.append(f"{row['subject']} ({row['ref']}) does not repeat: {error}")
    return found
