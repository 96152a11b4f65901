"""What happened around a record, in one list."""

from dataclasses import dataclass

from db.queries import day as queries
from sfa.services.desk import Desk

SHOWN = 200


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One thing: when (UTC instant, or a day), what, its title, and the record behind it."""

    at: str
    kind: str
    title: str
    detail: str
    noun: str
    id: str


def timeline(desk: Desk, noun: str, record_id: str, limit: int = SHOWN) -> list[TimelineEntry]:
    """Return activities, notes, tasks, appointments and stage moves of a record, the newest first."""
    rows = queries.timeline(desk.store, noun, record_id, limit)
    return [TimelineEntry(*(str(value or "") for value in row)) for row in rows]
