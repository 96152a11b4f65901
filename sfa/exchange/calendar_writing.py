"""Appointments of a file written into the book: new ones in batches, those that are there field by field."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from db.queries import files
from db.queries import imports as queries
from db.queries.records import Row, defaults
from db.store import UnitOfWork
from sfa.exchange.calendar_series import Planned
from sfa.exchange.file_tags import Tags
from sfa.services.desk import Desk
from sfa.services.identity import folded_email

BATCH = 1000


class Entry:
    """An appointment and the row that it becomes: its id, and the row that is there."""

    __slots__ = ("before", "columns", "id", "plan")

    def __init__(self, plan: Planned, row_id: str, columns: dict[str, Any], before: Row | None) -> None:
        self.plan = plan
        self.id = row_id
        self.columns = columns
        self.before = before

    @property
    def changes(self) -> dict[str, Any]:
        """Return the columns that differ from the row that is there."""
        before = self.before or {}
        return {name: value for name, value in self.columns.items() if before.get(name) != value}

    @property
    def content(self) -> dict[str, Any]:
        """Return what of it says more than when and how often it was written."""
        found = {name: value for name, value in self.changes.items() if name not in ("extra", "sequence")}
        if _lasting(self.columns["extra"]) != _lasting((self.before or {}).get("extra")):
            found["extra"] = self.columns["extra"]
        return found


class Writer:
    """Writes entries with what hangs on them."""

    def __init__(self, desk: Desk, work: UnitOfWork) -> None:
        self._desk = desk
        self._work = work
        self._columns = queries.columns(desk.store, "event")
        self._defaults = defaults(desk.store, "event")
        self._mail = files.contacts_by_mail(desk.store)
        self._accounts = files.accounts_of(desk.store)
        self._tags = Tags(desk, work, "event")
        self._owner = desk.user_for(work)

    def link(self, entry: Entry) -> None:
        """Let people of the book be who they are: by their mail address."""
        for person in entry.plan.told.people:
            address = person["address"]
            person["contact_id"] = self._mail.get(folded_email(address)) if address else None
        known = [person["contact_id"] for person in entry.plan.told.people if person["contact_id"]]
        if known and (entry.before is None or entry.before["contact_id"] is None):
            entry.columns["contact_id"] = known[0]
            if entry.before is None or entry.before["account_id"] is None:
                entry.columns["account_id"] = self._accounts.get(known[0])

    def insert(self, entries: Sequence[Entry], told: Callable[[int], None]) -> None:
        """Write new appointments."""
        at = self._work.at
        base = {name: self._defaults.get(name) for name in self._columns}
        base |= {"created_at": at, "updated_at": at, "owner_id": self._owner}
        for start in range(0, len(entries), BATCH):
            batch = entries[start : start + BATCH]
            rows = []
            for entry in batch:
                given = {name: value for name, value in entry.columns.items() if value is not None}
                rows.append(tuple((base | given | {"id": entry.id}).values()))
            self._work.insert_many("event", self._columns, rows)
            self._insert_links(batch)
            told(len(batch))

    def _insert_links(self, batch: Sequence[Entry]) -> None:
        new_id = self._desk.store.ids.new
        people = [
            (new_id(), entry.id, *(person[name] for name in _PERSON))
            for entry in batch
            for person in entry.plan.told.people
        ]
        reminders = [(new_id(), entry.id, minutes) for entry in batch for minutes in entry.plan.told.reminders]
        self._work.insert_many("event_attendee", ("id", "event_id", *_PERSON), people)
        self._work.insert_many("event_reminder", ("id", "event_id", "minutes_before"), reminders)
        self._tags.add((entry.id, tag) for entry in batch for tag in entry.plan.told.tags)

    def update(self, entries: Sequence[Entry]) -> list[bool]:
        """Write what differs from appointments that are there; return for each whether anything did."""
        ids = [entry.id for entry in entries]
        people = queries.links(self._desk.store, "event_attendee", "event_id", ids)
        reminders = queries.links(self._desk.store, "event_reminder", "event_id", ids)
        done = []
        for entry in entries:
            told = entry.plan.told
            is_changed = [
                self._replace("event_attendee", entry.id, people.get(entry.id, []), told.people, _who),
                self._replace(
                    "event_reminder",
                    entry.id,
                    reminders.get(entry.id, []),
                    [{"minutes_before": minutes} for minutes in told.reminders],
                    lambda row: row["minutes_before"],
                ),
                self._tags.replace(entry.id, told.tags),
                bool(entry.content),
            ]
            if any(is_changed):
                self._work.update("event", entry.id, entry.changes)
            done.append(any(is_changed))
        return done

    def _replace(
        self, table: str, event_id: str, present: Iterable[Row], wanted: Iterable[Row], key: Callable[[Row], object]
    ) -> bool:
        """Let exactly the wanted rows hang on an appointment; tell whether that changed anything."""
        left = {key(row): row for row in wanted}
        is_changed = False
        for row in present:
            values = left.pop(key(row), None)
            if values is None:
                self._work.remove(table, row["id"])
                is_changed = True
                continue
            changes = {name: value for name, value in values.items() if row[name] != value}
            self._work.update(table, row["id"], changes)
            is_changed = is_changed or bool(changes)
        for values in left.values():
            self._work.insert(table, {"event_id": event_id, **values})
        return is_changed or bool(left)


_PERSON = ("contact_id", "name", "address", "answer", "is_organizer", "is_optional")


def _lasting(extra: str | None) -> list[str]:
    lines = (extra or "").split("\n")
    return sorted(line for line in lines if line and not line.startswith(("LAST-MODIFIED", "CREATED")))


def _who(row: Row) -> object:
    return (row["address"] or row["name"] or row["contact_id"] or "").lower()
