"""What the health of deals depends on, for the deals of one page."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from db.connection import connect, storage_errors
from db.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from db.driver import Connection


class HealthRow(NamedTuple):
    """One deal; days and instants are ISO text."""

    id: str
    is_open: int
    close_date: str | None
    next_step: str | None
    next_step_on: str | None
    stage_entered_at: str | None
    last_activity_at: str | None
    planned_on: str | None
    rot_days: int | None


class HealthRows:
    """Reads over a connection of its own, so that any thread may ask."""

    def __init__(self, store: Store) -> None:
        self._path: Path = store.workspace.database
        self._connection: Connection | None = store.connection if store.note else None

    def of(self, ids: Sequence[str], today: str) -> list[HealthRow]:
        """Return what is known of these deals; what is planned counts from today on."""
        if self._connection is None:
            self._connection = connect(self._path, read_only=True)
        sql = f"""
            SELECT o.id, o.closed_on IS NULL, o.close_date, o.next_step, o.next_step_on,
                (SELECT max(at) FROM opportunity_history h WHERE h.opportunity_id = o.id AND h.is_stage_change = 1),
                (SELECT max(started_at) FROM activity y WHERE y.opportunity_id = o.id AND y.deleted_at IS NULL),
                (SELECT min(due_on) FROM task t WHERE t.opportunity_id = o.id AND t.done_at IS NULL
                    AND t.deleted_at IS NULL AND t.due_on >= ?),
                s.rot_days
            FROM opportunity o LEFT JOIN stage s ON s.id = o.stage_id WHERE o.id IN ({", ".join("?" * len(ids))})
        """
        with storage_errors(self._path):
            return [HealthRow(*row) for row in self._connection.execute(sql, (today, *ids)).fetchall()]
