"""Tasks and notes of a calendar file (VTODO, VJOURNAL): found again by their UID."""

import hashlib
from datetime import UTC, datetime, time
from typing import Any, Final

from db.queries import imports as queries
from db.store import UnitOfWork
from sfa.clock import instant_text
from sfa.domain.recurrence.reading import read_moment
from sfa.domain.recurrence.values import RecurrenceError
from sfa.exchange.calendar_reading import LONGEST, UNTITLED, uid_of_file
from sfa.exchange.calendar_times import day_and_time
from sfa.exchange.calendar_zones import Zones
from sfa.exchange.content_lines import Component
from sfa.exchange.file_results import FileResult
from sfa.services.desk import Desk

SOURCE: Final = "icalendar"
LONGEST_ID: Final = 200
_STATUS: Final = {"COMPLETED": "done", "CANCELLED": "cancelled"}
_URGENT, _HIGH, _NORMAL = 1, 4, 5
_KEPT: Final = frozenset(
    {"UID", "DTSTAMP", "CREATED", "LAST-MODIFIED", "SEQUENCE", "SUMMARY", "DESCRIPTION", "DUE", "DTSTART", "STATUS"}
    | {"PRIORITY", "COMPLETED", "PERCENT-COMPLETE", "RECURRENCE-ID", "CLASS", "TRANSP"}
)


class Todos:
    """The tasks and notes of one import."""

    def __init__(self, desk: Desk, work: UnitOfWork, result: FileResult) -> None:
        self._desk = desk
        self._work = work
        self._result = result
        self._waiting: dict[tuple[str, str], tuple[int, dict[str, Any]]] = {}
        self._known: dict[str, dict[str, queries.KnownId]] = {}

    def take(self, component: Component, zones: Zones) -> None:
        """Read one.

        Raises:
            TimeProblem: when it is due cannot be read.
        """
        noun = "task" if component.name == "VTODO" else "note"
        row = self._task(component, zones) if noun == "task" else _note(component)
        if row is None:
            self._result.refuse(component.number, component.name, "it says nothing")
            return
        left = sorted({line.name for line in component.lines} - _KEPT)
        if left:
            self._result.notes.append(
                f"line {component.number:,}: a {noun} has no place for {', '.join(left)}; left out."
            )
        key = "\x1f".join(filter(None, (uid_of_file(component), component.text("RECURRENCE-ID"))))
        if len(key) > LONGEST_ID:
            key = hashlib.sha1(key.encode(), usedforsecurity=False).hexdigest()
        self._waiting[noun, key] = (component.number, row)

    def _task(self, component: Component, zones: Zones) -> dict[str, Any]:
        due = component.one("DUE") or component.one("DTSTART")
        day, clock = day_and_time(self._desk, due, zones) if due else (None, None)
        status = _STATUS.get(component.text("STATUS").upper(), "open")
        if component.one("COMPLETED") and not component.text("STATUS"):
            status = "done"
        number = component.text("PRIORITY")
        return {
            "subject": " ".join(component.text("SUMMARY").split())[: LONGEST["subject"]] or UNTITLED,
            "note": component.text("DESCRIPTION")[: LONGEST["note"]] or None,
            "due_on": day.isoformat() if day else None,
            "due_time": clock,
            "priority": _priority(int(number)) if number.isascii() and number.isdigit() else "normal",
            "status": status,
            "done_at": self._done_at(component) if status == "done" else None,
        }

    def _done_at(self, component: Component) -> str:
        for name in ("COMPLETED", "LAST-MODIFIED", "DTSTAMP"):
            try:
                moment = read_moment(name, component.text(name))
            except RecurrenceError:
                continue
            if not isinstance(moment, datetime):
                moment = datetime.combine(moment, time(12), UTC)
            return instant_text(moment if moment.tzinfo else moment.replace(tzinfo=self._desk.store.clock.zone()))
        return self._work.at

    def write(self) -> None:
        """Write what was read: new ones, and what differs from those that are there."""
        for (noun, key), (line, row) in self._waiting.items():
            known = self._of(noun).get(key)
            if known is None:
                self._insert(noun, key, row)
            elif known.is_removed:
                reason = f"it is in the trash; sfa trash restore {known.ref} brings it back"
                self._result.refuse(line, row.get("subject", noun), reason)
            else:
                before = queries.present(self._desk.store, noun, [known.row_id])[known.row_id]
                changes = {name: value for name, value in row.items() if before[name] != value}
                self._work.update(noun, known.row_id, changes)
                counts = self._result.of(noun)
                counts.changed += bool(changes)
                counts.unchanged += not changes
        self._waiting.clear()

    def _of(self, noun: str) -> dict[str, queries.KnownId]:
        if noun not in self._known:
            found = queries.known_ids(self._desk.store, noun)
            self._known[noun] = {item.value: item for item in found if item.source == SOURCE and item.ref}
        return self._known[noun]

    def _insert(self, noun: str, key: str, row: dict[str, Any]) -> None:
        given = {name: value for name, value in row.items() if value is not None}
        own = {"created_on": self._desk.today.isoformat()} if noun == "task" else {}
        made = self._work.insert(noun, {**given, **own, "owner_id": self._desk.user_for(self._work)})
        self._work.insert("external_id", {"table_name": noun, "row_id": made, "source": SOURCE, "value": key})
        self._result.of(noun).new += 1
        self._of(noun)[key] = queries.KnownId(key, made, SOURCE, made, is_removed=False)


def _note(component: Component) -> dict[str, Any] | None:
    words = "\n\n".join(filter(None, (component.text("SUMMARY"), component.text("DESCRIPTION"))))
    return {"body": words[: LONGEST["note"]]} if words else None


def _priority(number: int) -> str:
    """Return the word for a PRIORITY: 1 is the highest of nine, 0 says nothing."""
    if number in (0, _NORMAL):
        return "normal"
    return "urgent" if number == _URGENT else "high" if number <= _HIGH else "low"
