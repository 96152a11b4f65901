"""The book's appointments as a CalDAV server has them: one text per UID, series and exceptions together."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from db.queries import dav, files
from db.store import UnitOfWork
from sfa.dav.books import ItemProblem
from sfa.dav.parts import Parts, parts_of_calendar
from sfa.domain.recurrence.values import RecurrenceError
from sfa.exchange.calendar_export import PRODUCT, calendar_text
from sfa.exchange.calendar_import import read_calendars
from sfa.exchange.calendar_reading import KIND, LONGEST_UID, STATUS, own_zones, read_happening
from sfa.exchange.calendar_series import Planned, plan_all
from sfa.exchange.calendar_times import LONGEST_RULE, TimeProblem, original_of, recurrence_of, time_columns
from sfa.exchange.calendar_writing import Entry, Writer
from sfa.exchange.content_lines import Component, Line, folded, read_components, unparsed_component
from sfa.exchange.file_results import FileResult
from sfa.services.desk import Desk
from sfa.services.walls import wall_text

_INSTANCE: Final = "RECURRENCE-ID"
_OWN: Final = {STATUS: "PLANNED", KIND: "MEETING"}
"""What only this program knows, and what it says where a file would say nothing: other programs may leave it out."""


class CalendarBook:
    """The appointments of a desk."""

    noun = "event"

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._writer: tuple[UnitOfWork, Writer] | None = None

    def texts(self, uids: Sequence[str], *, has_own: bool = False) -> dict[str, str]:
        """Return the texts of live appointments by UID."""
        named = [row for row in files.events_named(self._desk.store, uids) if row["deleted_at"] is None]
        own = dav.own_events(self._desk.store, self._desk.user_id) if has_own else []
        rows = list({row["id"]: row for row in (*named, *own)}.values())
        live = {row["id"] for row in rows}
        rows = [row for row in rows if row["series_id"] is None or row["series_id"] in live]
        calendar = next(read_components(calendar_text(self._desk, rows).encode()))
        zones = {item.text("TZID"): item for item in calendar.children if item.name == "VTIMEZONE"}
        by_uid: dict[str, list[Component]] = {}
        for item in calendar.children:
            if item.name == "VEVENT":
                _tell_own(item)
                by_uid.setdefault(item.text("UID"), []).append(item)
        return {uid: _text(events, zones) for uid, events in by_uid.items()}

    def parts(self, text: str) -> Parts:
        """Return a calendar of one appointment in parts; an instance is named by the wall time that its series gives it."""
        calendar = self._calendar(text)
        zones = own_zones(self._desk, calendar)
        master = next((item for item in calendar.children if item.name == "VEVENT" and not item.one(_INSTANCE)), None)
        try:
            base = recurrence_of(master, zones) if master else None
        except TimeProblem:
            base = None

        def key(event: Component) -> str:
            line = event.one(_INSTANCE)
            if line is None:
                return ""
            try:
                return wall_text(original_of(line, base, zones), is_all_day=base.is_all_day) if base else line.value
            except (TimeProblem, RecurrenceError):
                return line.value

        return parts_of_calendar(calendar, key)

    def uid_of(self, text: str) -> str:
        """Return the UID of the one appointment in a text."""
        uids = {item.text("UID") for item in self._events(self._calendar(text))}
        uid = uids.pop()
        if uids or not uid or len(uid) > LONGEST_UID:
            raise ItemProblem(
                "it has no UID of its own" if not uid else "it holds several appointments, or too long a UID"
            )
        return uid

    def title_of(self, text: str) -> str:
        """Return the subject."""
        try:
            return self._events(self._calendar(text))[0].text("SUMMARY")[:200]
        except ItemProblem:
            return ""

    def filled(self, work: UnitOfWork, texts: Mapping[str, str], synced: Collection[str]) -> set[str]:  # noqa: ARG002 - as every book
        """Fill nothing: an appointment is named by its UID alone."""
        return set()

    def take(self, work: UnitOfWork, text: str) -> None:
        """Let the book have an appointment as a text says it, its exceptions included."""
        calendar = self._calendar(text)
        uid = self.uid_of(text)
        zones = own_zones(self._desk, calendar)
        result = FileResult()
        try:
            happenings = [read_happening(item, zones) for item in self._events(calendar)]
        except TimeProblem as problem:
            raise ItemProblem(str(problem)) from problem
        if any(item.is_onward for item in happenings):
            raise ItemProblem("it changes a series from a day on in a way that no single appointment can hold")
        planned = plan_all(happenings, {}, zones, result)
        if result.rejected:
            raise ItemProblem(result.rejected[0].reason)
        silent = {item.number: [name for name in _OWN if not item.one(name)] for item in self._events(calendar)}
        self._write(work, uid, planned, silent)

    def _write(
        self, work: UnitOfWork, uid: str, planned: Sequence[Planned], silent: Mapping[int, Sequence[str]]
    ) -> None:
        """Write what was planned; `silent` names by line what a text leaves out of what only this program knows."""
        rows = files.events_named(self._desk.store, [uid])
        present = {_name_of(row): row for row in rows}
        writer = self._writer_for(work)
        ids: dict[int, str] = {}
        for plan in sorted(planned, key=lambda item: item.series is not None):
            entry = self._entry(writer, plan, present, ids)
            _keep_own(entry, silent[plan.told.line])
            ids[id(plan)] = entry.id
            if entry.before is None:
                writer.insert([entry], lambda _count: None)
            else:
                writer.update([entry])
        for row in rows:
            if row["deleted_at"] is None and row["id"] not in ids.values():
                work.remove("event", row["id"])

    def _entry(self, writer: Writer, plan: Planned, present: dict[str, dict[str, Any]], ids: dict[int, str]) -> Entry:
        columns = {**plan.told.columns, **_timed(self._desk, plan), "uid": plan.uid, "deleted_at": None}
        columns |= {"series_id": ids[id(plan.series)] if plan.series else None, "original_wall": None}
        if plan.series:
            columns["original_wall"] = plan.original
        if plan.recurrence:
            columns["extra"] = "\n".join(filter(None, (plan.recurrence, columns["extra"])))
        before = present.get(plan.original or plan.recurrence)
        if before is not None and before["uid"] is None:
            del columns["uid"]
        entry = Entry(plan, before["id"] if before else self._desk.store.ids.new(), columns, before)
        writer.link(entry)
        return entry

    def _writer_for(self, work: UnitOfWork) -> Writer:
        if self._writer is None or self._writer[0] is not work:
            self._writer = work, Writer(self._desk, work)
        return self._writer[1]

    def forget(self) -> None:
        """Forget what was written so far: it was taken back."""
        self._writer = None

    def remove(self, work: UnitOfWork, uid: str) -> None:
        """Put an appointment and its exceptions into the trash."""
        for row in files.events_named(self._desk.store, [uid]):
            if row["deleted_at"] is None:
                work.remove("event", row["id"])

    @staticmethod
    def _calendar(text: str) -> Component:
        found = read_calendars(text.encode())
        if len(found) != 1 or not found[0].is_whole:
            raise ItemProblem("it is no whole calendar")
        return found[0]

    @staticmethod
    def _events(calendar: Component) -> list[Component]:
        found = [item for item in calendar.children if item.name == "VEVENT"]
        if not found:
            kinds = {item.name for item in calendar.children} - {"VTIMEZONE"}
            raise ItemProblem(f"it is no appointment but {', '.join(sorted(kinds)) or 'empty'}")
        if any(not item.is_whole for item in found):
            raise ItemProblem("an appointment in it has no end")
        return found


def _timed(desk: Desk, plan: Planned) -> dict[str, Any]:
    try:
        columns = time_columns(desk, plan.base)
    except (RecurrenceError, ValueError, OverflowError) as error:
        raise ItemProblem(str(error).rstrip(".")) from error
    if len(columns["rule"] or "") > LONGEST_RULE:
        raise ItemProblem("its dates are too many to be kept")
    return columns


def _tell_own(event: Component) -> None:
    """Say all that only this program knows, so that silence means that another program left it out."""
    event.lines += [Line(0, name, value, {}) for name, value in _OWN.items() if not event.one(name)]


def _keep_own(entry: Entry, silent: Sequence[str]) -> None:
    """Keep of an appointment what only the book knows, where a server has left that out."""
    before = entry.before or {}
    if STATUS in silent and before.get("status") in ("held", "not_held") and entry.columns["status"] == "planned":
        entry.columns["status"] = before["status"]
    if KIND in silent and before:
        entry.columns["kind"] = before["kind"]


def _name_of(row: dict[str, Any]) -> str:
    """Return what names an appointment among those of its UID: nothing for the series itself."""
    orphan = next((line for line in (row["extra"] or "").split("\n", 1) if line.startswith(_INSTANCE)), "")
    return row["original_wall"] or orphan


def _text(events: Sequence[Component], zones: dict[str, Component]) -> str:
    used = {line.first("TZID") for event in events for line in event.lines if line.parameters.get("TZID")}
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}"]
    for name in sorted(used & zones.keys()):
        lines += unparsed_component(zones[name])
    for event in sorted(events, key=lambda item: item.one(_INSTANCE) is not None):
        lines += unparsed_component(event)
    return folded([*lines, "END:VCALENDAR"])
