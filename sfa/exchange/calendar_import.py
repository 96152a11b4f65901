"""Imports a calendar file: one operation, repeatable by UID; what cannot be taken is told, the rest comes in."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from db import search
from db.queries import files
from db.store import UnitOfWork
from sfa.domain.recurrence.values import RecurrenceError
from sfa.exchange.calendar_reading import Happening, own_zones, read_happening
from sfa.exchange.calendar_series import Planned, plan_all
from sfa.exchange.calendar_times import LONGEST_RULE, TimeProblem, time_columns
from sfa.exchange.calendar_todos import Todos
from sfa.exchange.calendar_writing import Entry, Writer
from sfa.exchange.calendar_zones import Zones
from sfa.exchange.content_lines import Component, read_components, unparsed
from sfa.exchange.file_results import FileResult, Progress, stamp
from sfa.services.desk import Desk

NOTES_SHOWN: Final = 20
VERB: Final = "import.calendar"
_QUIET: Final = frozenset({"VTIMEZONE", "VAVAILABILITY"})
_RECURRENCE: Final = "RECURRENCE-ID"


def read_calendars(data: bytes) -> list[Component]:
    """Return the calendars of a file; components that stand in none are one of their own."""
    found: list[Component] = []
    loose = Component("VCALENDAR", 1, is_whole=True)
    for component in read_components(data):
        if component.name == "VCALENDAR":
            found.append(component)
        else:
            loose.children.append(component)
    return [*found, *([loose] if loose.children else [])]


def run(
    desk: Desk, path: Path, calendars: Sequence[Component], *, is_dry_run: bool, on_progress: Progress | None = None
) -> FileResult:
    """Import the calendars of a file; nothing or all of it is saved, and one undo takes it back.

    Raises:
        StorageError: the disk is full or cannot be written.
    """
    with desk.store.write(VERB, is_dry_run=is_dry_run) as work:
        importer = _Import(desk, work, on_progress or (lambda _count: None))
        for calendar in calendars:
            importer.take(calendar)
        result = importer.finish()
        work.summary = f"Imported {told_counts(result)} from {path.name}"
        if not is_dry_run:
            search.refresh_within(work.connection)
    result.operation_id = None if is_dry_run else work.operation_id
    return result


def told_counts(result: FileResult) -> str:
    """Return how many records of which noun are new or changed."""
    from sfa.domain.fields import NOUNS  # noqa: PLC0415 - for the words alone

    counts = {noun: item.new + item.changed for noun, item in result.counts.items() if item.taken} or {"event": 0}
    return ", ".join(f"{count:,} {noun if count == 1 else NOUNS[noun].plural}" for noun, count in counts.items())


class _Import:
    """One import of a calendar file."""

    def __init__(self, desk: Desk, work: UnitOfWork, told: Progress) -> None:
        self._desk = desk
        self._told = told
        self._result = FileResult()
        self._writer = Writer(desk, work)
        self._todos = Todos(desk, work, self._result)
        self._left_out: list[tuple[int, str]] = []
        self._older = 0
        self._yours = 0

    def take(self, calendar: Component) -> None:
        """Import one calendar."""
        zones = own_zones(self._desk, calendar)
        happenings = list(self._read(calendar, zones))
        rows = files.events_named(self._desk.store, list({item.uid for item in happenings}))
        series = {_uid(row): row for row in rows if row["series_id"] is None and row["deleted_at"] is None}
        planned = plan_all(happenings, series, zones, self._result)
        for item in happenings:
            self._left_out += item.notes
        self._write(planned)
        self._todos.write()
        self._result.notes += list(zones.notes.values())
        if not calendar.is_whole:
            self._result.notes.append(f"The file ends before its calendar of line {calendar.number:,} does.")

    def _read(self, calendar: Component, zones: Zones) -> Iterator[Happening]:
        for component in calendar.children:
            self._told(1)
            if not component.is_whole:
                self._result.refuse(component.number, _called(component), f"{component.name} has no end")
                continue
            try:
                if component.name == "VEVENT":
                    yield read_happening(component, zones)
                elif component.name in ("VTODO", "VJOURNAL"):
                    self._todos.take(component, zones)
                elif component.name not in _QUIET:
                    self._result.refuse(component.number, component.name, "such components have no place in the book")
            except TimeProblem as problem:
                self._result.refuse(problem.line, _called(component), str(problem))

    def _write(self, planned: Sequence[Planned]) -> None:
        uids = list({item.uid for item in planned})
        present = {_key(row): row for row in files.events_named(self._desk.store, uids)}
        ids: dict[int, str] = {}
        new: list[Entry] = []
        there: list[Entry] = []
        for plan in sorted(planned, key=lambda item: item.series is not None):
            try:
                entry = self._entry(plan, present, ids)
            except (RecurrenceError, ValueError, OverflowError) as error:
                self._result.refuse(plan.told.line, plan.told.columns["subject"], str(error).rstrip("."))
                continue
            ids[id(plan)] = entry.id
            if entry.before is None:
                new.append(entry)
            else:
                there.append(entry)
        self._writer.insert(new, self._told)
        counts = self._result.of("event")
        counts.new += len(new)
        self._update(there)

    def _entry(self, plan: Planned, present: dict[tuple[str, str], dict[str, Any]], ids: dict[int, str]) -> Entry:
        columns = {**plan.told.columns, **time_columns(self._desk, plan.base), "uid": plan.uid}
        if len(columns["rule"] or "") > LONGEST_RULE:
            raise ValueError("its dates are too many to be kept")
        series_id = plan.series_id
        if plan.series is not None:
            series_id = ids.get(id(plan.series))
            if series_id is None:
                raise ValueError("the series that it belongs to could not be taken")
        if series_id is not None:
            columns |= {"series_id": series_id, "original_wall": plan.original}
        if plan.recurrence:
            columns["extra"] = "\n".join(filter(None, (plan.recurrence, columns["extra"])))
        before = present.get(plan.key)
        if before is None and plan.told.original is not None:
            before = present.get((plan.uid, unparsed(plan.told.original)))  # it came before its series did
        if before is not None and before["deleted_at"]:
            raise ValueError(f"it is in the trash; sfa trash restore {before['ref']} brings it back")
        if before is not None and before["uid"] is None:
            del columns["uid"]
        entry = Entry(plan, before["id"] if before else self._desk.store.ids.new(), columns, before)
        self._writer.link(entry)
        return entry

    def _update(self, entries: Sequence[Entry]) -> None:
        """Change what the file has newer; what is older, or was changed by hand since, stays."""
        yours = files.by_others(self._desk.store, "event", [entry.id for entry in entries], VERB)
        wanted = []
        counts = self._result.of("event")
        for entry in entries:
            before, is_yours = entry.before or {}, entry.id in yours
            told, known = entry.plan.told.version, _version(before, is_own=is_yours)
            is_known = told < known or (told == known and (told[1] or is_yours))
            if is_known and entry.columns.get("series_id") == before["series_id"]:
                counts.unchanged += 1
                self._older += told < known and not is_yours
                self._yours += is_yours and bool(entry.content)
            else:
                wanted.append(entry)
        self._told(len(entries) - len(wanted))
        for is_changed in self._writer.update(wanted):
            counts.changed += is_changed
            counts.unchanged += not is_changed
            self._told(1)

    def finish(self) -> FileResult:
        """Return what was done."""
        result = self._result
        for count, verbs, words in (
            (self._older, ("is", "are"), "older than the book's, which stays."),
            (self._yours, ("was", "were"), "changed in the book since; that stays."),
        ):
            if count:
                result.notes.append(f"{count:,} appointment{'' if count == 1 else 's'} {verbs[count > 1]} {words}")
        notes = [f"line {line:,}: {words}." for line, words in sorted(self._left_out)]
        result.notes += notes[:NOTES_SHOWN]
        if len(notes) > NOTES_SHOWN:
            result.notes.append(f"... and {len(notes) - NOTES_SHOWN:,} more such notes.")
        result.rejected.sort()
        return result


def _called(component: Component) -> str:
    return component.text("SUMMARY")[:80] or component.name


def _uid(row: dict[str, Any]) -> str:
    return str(row["uid"] or f"{row['series_id'] or row['id']}{files.OWN_UID}")


def _key(row: dict[str, Any]) -> tuple[str, str]:
    """Return what names an appointment of the book in calendars."""
    orphan = next((line for line in (row["extra"] or "").split("\n", 1) if line.startswith(_RECURRENCE)), "")
    return _uid(row), row["original_wall"] or orphan


def _version(row: dict[str, Any], *, is_own: bool) -> tuple[int, str]:
    """Return SEQUENCE and when it was changed last: as its file said, or in the book where it is the user's own doing."""
    changed = next((line for line in (row["extra"] or "").split("\n") if line.startswith("LAST-MODIFIED")), "")
    told = changed.rpartition(":")[2]
    return row["sequence"], max(told, stamp(row["updated_at"])) if is_own else told
