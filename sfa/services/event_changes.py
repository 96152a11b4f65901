"""Edits of appointments: fields of a single one, of one instance of a series, of it and all that follow, of the whole."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from db.queries import agenda as queries
from sfa.errors import UsageError
from sfa.services import events
from sfa.services.event_targets import Scope, target
from sfa.services.event_times import read_start
from sfa.services.occurrences import NOT_COPIED, copy_links
from sfa.services.records import described, live, ref_of, saved
from sfa.services.walls import wall_of, wall_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from db.store import UnitOfWork
    from sfa.services.desk import Desk, Saved

_WORDS = {Scope.THIS: "", Scope.FOLLOWING: " and those that follow", Scope.ALL: ""}


def change(
    desk: Desk,
    event_id: str,
    values: Mapping[str, object],
    *,
    on: str | None = None,
    scope: Scope = Scope.ALL,
    is_dry_run: bool = False,
) -> Saved:
    """Set fields of an appointment; of a series of the instance of a day, of it and those that follow, or of all.

    Raises:
        NotFoundError: there is no such appointment, or no instance that day.
        UsageError: a value does not fit, or a series is meant in part and no day is named.
    """
    with desk.store.write("event.edit", is_dry_run=is_dry_run) as work:
        row = target(desk, work, event_id, on, scope)
        events.VERBS.edit_within(desk, work, [row["id"]], values)
        names = ", ".join(name.replace("_", " ") for name in values)
        work.summary = f"Edited {_described(desk, row)}{_WORDS[scope]}: {names}"
    return saved(work, is_dry_run=is_dry_run, record_id=row["id"], ref=ref_of(desk, events.VERBS.spec, row["id"]))


def move(
    desk: Desk,
    event_id: str,
    to: str,
    *,
    on: str | None = None,
    scope: Scope = Scope.THIS,
    reason: str | None = None,
    is_dry_run: bool = False,
) -> Saved:
    """Let an appointment begin at another time and last as long; count that it was moved, and keep why.

    A day alone keeps the time of day, a time alone keeps the day. Errors as for `change`.
    """
    with desk.store.write("event.move", is_dry_run=is_dry_run) as work:
        row = target(desk, work, event_id, on, scope)
        starts = _new_start(desk, row, to)
        if starts == wall_of(row["starts_wall"]):
            raise UsageError(f"{row['subject']} begins then already.")
        _move_to(desk, work, row, starts)
        work.update(
            "event", row["id"], {"moved_count": row["moved_count"] + 1, "moved_why": reason or row["moved_why"]}
        )
        told = starts.strftime("%a %d %b" if row["is_all_day"] else "%a %d %b %H:%M")
        work.summary = f"Moved {_described(desk, row)}{_WORDS[scope]} to {told}"
    return saved(work, is_dry_run=is_dry_run, record_id=row["id"], ref=ref_of(desk, events.VERBS.spec, row["id"]))


def shift(
    desk: Desk,
    event_id: str,
    *,
    by: timedelta = timedelta(0),
    longer: timedelta = timedelta(0),
    on: str | None = None,
    scope: Scope = Scope.THIS,
) -> Saved:
    """Move an appointment by so much, or make it so much longer; what the keys of the calendar do."""
    with desk.store.write("event.move") as work:
        row = target(desk, work, event_id, on, scope)
        starts, ends = wall_of(row["starts_wall"]) + by, wall_of(row["ends_wall"]) + by + longer
        if ends <= starts:
            raise UsageError(f"{row['subject']} cannot be shorter.")
        _write_times(desk, work, row, starts, ends)
        if by:
            work.update("event", row["id"], {"moved_count": row["moved_count"] + 1})
        verb = "Moved" if by else "Lengthened" if longer > timedelta(0) else "Shortened"
        work.summary = f"{verb} {_described(desk, row)}{_WORDS[scope]}"
    return saved(work, is_dry_run=False, record_id=row["id"], ref=ref_of(desk, events.VERBS.spec, row["id"]))


def copy(desk: Desk, event_id: str, to: str, *, is_dry_run: bool = False) -> Saved:
    """Add an appointment like another one at another time, planned; a series is copied as a single one."""
    with desk.store.write("event.copy", is_dry_run=is_dry_run) as work:
        row = live(desk, events.VERBS.spec, [event_id])[0]
        left_out = {*NOT_COPIED, "uid", "status", "series_id", "original_wall"}
        values = {name: value for name, value in row.items() if name not in left_out and value is not None}
        made = work.insert("event", values)
        for table in ("event_attendee", "event_reminder"):
            copy_links(desk, work, table, row["id"], made)
        twin = live(desk, events.VERBS.spec, [made])[0]
        _move_to(desk, work, twin, _new_start(desk, twin, to))
        work.summary = f"Copied {_described(desk, row)} as {ref_of(desk, events.VERBS.spec, made)}"
    return saved(work, is_dry_run=is_dry_run, record_id=made, ref=twin["ref"])


def _new_start(desk: Desk, row: dict[str, Any], to: str) -> datetime:
    """Return the new beginning: a day keeps the time of day; a time alone keeps the day."""
    former = wall_of(row["starts_wall"])
    if to.replace(":", "").isdigit() and ":" in to:
        hour, minute = to.split(":")[:2]
        try:
            return former.replace(hour=int(hour), minute=int(minute))
        except ValueError as error:
            raise UsageError(f"“{to}” is no time of day.", hint="Write it as 14:30.") from error
    typed = read_start(desk, to, row["zone"])
    if typed.rule:
        raise UsageError(f"“{to}” names many times.", hint="Change how it repeats: sfa event edit ... --repeats")
    if typed.is_all_day and not row["is_all_day"]:
        return datetime.combine(typed.start.date(), former.time())
    return typed.start


def _move_to(desk: Desk, work: UnitOfWork, row: dict[str, Any], starts: datetime) -> None:
    ends = starts + (wall_of(row["ends_wall"]) - wall_of(row["starts_wall"]))
    _write_times(desk, work, row, starts, ends)


def _write_times(desk: Desk, work: UnitOfWork, row: dict[str, Any], starts: datetime, ends: datetime) -> None:
    is_all_day = bool(row["is_all_day"])
    if is_all_day:
        ends -= timedelta(days=1)  # the last day is typed, the one after it is kept
    texts = {"starts": wall_text(starts, is_all_day=is_all_day), "ends": wall_text(ends, is_all_day=is_all_day)}
    events.VERBS.edit_within(desk, work, [row["id"]], texts)


def _described(desk: Desk, row: dict[str, Any]) -> str:
    return described(desk, events.VERBS.spec, row["id"])


def remove(
    desk: Desk, event_id: str, *, on: str | None = None, scope: Scope = Scope.ALL, is_dry_run: bool = False
) -> Saved:
    """Put an appointment into the trash; of a series cancel one instance, end it before one, or remove it whole."""
    with desk.store.write("event.remove", is_dry_run=is_dry_run) as work:
        row = target(desk, work, event_id, on, scope)
        if scope is Scope.THIS and row["series_id"]:
            work.update("event", row["id"], {"status": "cancelled"})
            work.summary = f"Cancelled {_described(desk, row)} on {row['original_wall'][:10]}"
        else:
            for exception in queries.exceptions_of(desk.store, row["id"]):
                work.remove("event", exception["id"])
            work.remove("event", row["id"])
            work.summary = f"Removed {_described(desk, row)}{_WORDS[scope]} to the trash"
    return saved(work, is_dry_run=is_dry_run, record_id=row["id"], ref=row["ref"])
