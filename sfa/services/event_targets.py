"""Which appointment an edit means: a single one, one instance of a series, it and all that follow, or the whole."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

from db.queries import agenda as queries
from db.queries import records
from sfa.domain.recurrence.splitting import split
from sfa.errors import UsageError
from sfa.services import events
from sfa.services.event_times import instant_of
from sfa.services.occurrences import NOT_COPIED, copy_links, detach, instance_on
from sfa.services.records import live
from sfa.services.series import rule_lines, set_of, until_of
from sfa.services.walls import wall_of, wall_text

if TYPE_CHECKING:
    from db.store import UnitOfWork
    from sfa.services.desk import Desk


class Scope(StrEnum):
    """How much of a series is meant."""

    THIS = "this"
    FOLLOWING = "following"
    ALL = "all"


def target(desk: Desk, work: UnitOfWork, event_id: str, on: str | None, scope: Scope) -> dict[str, Any]:
    """Return the record that is to be changed; an instance of a series becomes one, with all that follow where meant.

    Raises:
        NotFoundError: there is no such appointment, or no instance that day.
        UsageError: a series, and neither a day nor all of it is named.
    """
    row = live(desk, events.VERBS.spec, [event_id])[0]
    if not row["rule"] or scope is Scope.ALL:
        return row
    if on is None:
        raise UsageError(f"{row['subject']} repeats: which one?", hint="Name its day: --on 2026-03-17, or all: --all")
    original = instance_on(desk, row, on)
    if scope is Scope.THIS:
        return _row(desk, detach(desk, work, row, original))
    return _row(desk, _split(desk, work, row, original))


def _row(desk: Desk, event_id: str) -> dict[str, Any]:
    found = records.record(desk.store, "event", event_id)
    assert found is not None  # noqa: S101 - it was written a moment ago
    return found


def _split(desk: Desk, work: UnitOfWork, row: dict[str, Any], original: str) -> str:
    """End a series before an instance and begin a new one with it; later exceptions go along. Return the new one."""
    moment = wall_of(original)
    before, after = split(set_of(row), moment)
    if before is None:
        return str(row["id"])
    is_all_day = bool(row["is_all_day"])
    ends = moment + (wall_of(row["ends_wall"]) - wall_of(row["starts_wall"]))
    values = {name: value for name, value in row.items() if name not in (*NOT_COPIED, "uid") and value is not None}
    values |= {
        "rule": rule_lines(after) or None,
        "starts_wall": original,
        "ends_wall": wall_text(ends, is_all_day=is_all_day),
    }
    values |= {"starts_at": instant_of(desk, moment, row["zone"]), "ends_at": instant_of(desk, ends, row["zone"])}
    values["until_at"] = until_of(values) if values["rule"] else None
    made = work.insert("event", {name: value for name, value in values.items() if value is not None})
    for table in ("event_attendee", "event_reminder"):
        copy_links(desk, work, table, row["id"], made)
    for exception in queries.exceptions_of(desk.store, row["id"]):
        if wall_of(exception["original_wall"]) >= moment:
            work.update("event", exception["id"], {"series_id": made})
    shortened = {**row, "rule": rule_lines(before) or None}
    work.update(
        "event", row["id"], {"rule": shortened["rule"], "until_at": until_of(shortened) if shortened["rule"] else None}
    )
    return made
