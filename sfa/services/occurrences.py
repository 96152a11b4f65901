"""One instance of a series: found by its day, and made a record of its own when it is to differ."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any, Final

from db.queries import agenda as queries
from db.queries import records
from sfa.domain.recurrence.expanding import expand
from sfa.errors import NotFoundError, UsageError
from sfa.services.event_times import instant_of
from sfa.services.moments import read_day
from sfa.services.series import plan_of
from sfa.services.walls import ONE_DAY, wall_of, wall_text

if TYPE_CHECKING:
    from db.store import UnitOfWork
    from sfa.services.desk import Desk

NOT_COPIED: Final = frozenset(
    {
        "id",
        "ref",
        "created_at",
        "updated_at",
        "deleted_at",
        "rule",
        "until_at",
        "activity_id",
        "moved_count",
        "moved_why",
    }
)
_LINKS: Final = ("event_attendee", "event_reminder")


def instance_on(desk: Desk, row: dict[str, Any], text: str) -> str:
    """Return the original wall time of the instance of a series on a day, or at a moment (`2026-03-17T10:00`).

    Raises:
        NotFoundError: the series has none then; the days around are in the hint.
        UsageError: the text is no day, or the day has several.
    """
    plan = plan_of(row, [item["original_wall"] for item in queries.exceptions_of(desk.store, row["id"])])
    moment = wall_of(text) if "T" in text else None
    day = datetime.combine(moment.date() if moment else read_day(desk, text), time())
    found = [item.original for item in expand(plan, day, day + ONE_DAY).occurrences]
    if moment is not None:
        found = [original for original in found if original == moment]
    is_all_day = bool(row["is_all_day"])
    if len(found) > 1:
        times = ", ".join(wall_text(original, is_all_day=is_all_day) for original in found[:5])
        raise UsageError(f"{row['subject']} takes place several times that day.", hint=f"Name one: {times}.")
    if not found:
        near = expand(plan, day - 31 * ONE_DAY, day + 32 * ONE_DAY).occurrences
        days = ", ".join(str(item.original.date()) for item in sorted(near, key=lambda it: abs(it.original - day))[:3])
        hint = f"It does on {days}." if days else f"See: sfa event show {row['ref']}"
        raise NotFoundError(f"{row['subject']} does not take place on {day:%a %d %b %Y}.", hint=hint)
    return wall_text(found[0], is_all_day=is_all_day)


def detach(desk: Desk, work: UnitOfWork, row: dict[str, Any], original: str) -> str:
    """Make an instance of a series a record of its own, at its time; return the record's id."""
    starts = wall_of(original)
    ends = starts + (wall_of(row["ends_wall"]) - wall_of(row["starts_wall"]))
    is_all_day = bool(row["is_all_day"])
    values = {name: value for name, value in row.items() if name not in NOT_COPIED and value is not None}
    values |= {"series_id": row["id"], "original_wall": original}
    values |= {"starts_wall": original, "ends_wall": wall_text(ends, is_all_day=is_all_day)}
    values |= {"starts_at": instant_of(desk, starts, row["zone"]), "ends_at": instant_of(desk, ends, row["zone"])}
    made = work.insert("event", values)
    for table in _LINKS:
        copy_links(desk, work, table, row["id"], made)
    return made


def copy_links(desk: Desk, work: UnitOfWork, table: str, event_id: str, target_id: str) -> None:
    """Give another appointment the same attendees or reminders."""
    for link in records.linked(desk.store, table, "event_id", event_id):
        values = {name: value for name, value in link.items() if name != "id" and value is not None}
        work.insert(table, {**values, "event_id": target_id})
