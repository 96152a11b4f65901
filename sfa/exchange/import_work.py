"""Activities and tasks of a file as rows of the store."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any, Final

from db.queries import records as queries
from sfa.clock import instant_text
from sfa.errors import UsageError
from sfa.exchange.import_entries import Entry, Link, RowProblem
from sfa.exchange.import_rows import RowBuilder
from sfa.services.activities import INTERNAL, SUBJECTS
from sfa.services.moments import read_time

_SEVERAL: Final = re.compile(r"\s*[;|]\s*")
_NOON: Final = time(12)


class _WorkRows(RowBuilder):
    """What activities and tasks share: the account comes from the deal or from the person."""

    def _account(self, entry: Entry, contacts: list[str]) -> None:
        if entry.columns.get("account_id"):
            return
        store = self.context.desk.store
        deal = queries.record(store, "opportunity", entry.columns.get("opportunity_id") or "")
        found = deal["account_id"] if deal else None
        for contact in contacts:
            found = found or queries.current_account(store, contact)
        entry.columns["account_id"] = found


class ActivityRows(_WorkRows):
    """Calls, meetings, visits: what took place, and with whom."""

    def complete(self, entry: Entry) -> None:
        """Fill kind, direction, subject and who took part."""
        if not entry.columns.get("started_at"):
            raise RowProblem("the day is missing (started)")
        entry.fill(kind="other", direction="out")
        entry.tell(is_internal=int(entry.columns["kind"] in INTERNAL))
        if "kind" not in entry.values:
            entry.told.discard("is_internal")
        contacts = self._people(entry)
        self._account(entry, contacts)
        entry.fill(subject=self._subject(entry, contacts))
        for contact in contacts:
            entry.links.append(Link("activity_contact", "activity_id", {"contact_id": contact}))

    def _people(self, entry: Entry) -> list[str]:
        text, account_id = entry.text("contact"), entry.columns.get("account_id")
        if not text:
            return []
        try:
            return [self.names.find(entry, "contact", text, account_id=account_id)]
        except RowProblem:
            if found := self.as_it_is(entry, "contact", text):
                return [found]
            names = [name for name in _SEVERAL.split(text) if name]
            if len(names) == 1:
                raise
            return list(dict.fromkeys(self.names.find(entry, "contact", name, account_id=account_id) for name in names))

    def _subject(self, entry: Entry, contacts: list[str]) -> str:
        words = SUBJECTS[entry.columns["kind"]][int(entry.columns["direction"] == "in")]
        account_id = entry.columns.get("account_id")
        whom = ", ".join(self.names.label("contact", contact) for contact in contacts)
        whom = whom or (self.names.label("account", account_id) if account_id else "")
        return f"{words} {whom}" if whom else words.rpartition(" ")[0]


class TaskRows(_WorkRows):
    """What is to do, and what was done."""

    def complete(self, entry: Entry) -> None:
        """Fill status, priority and the time when it was done."""
        if entry.text("due_time"):
            entry.tell(due_time=_clock(entry.text("due_time")))
            entry.fill(due_on=self.context.today)
        if "done" in entry.values and "status" not in entry.values:
            entry.tell(status="done")
        entry.fill(status="open", priority="normal", created_on=self.context.today)
        if entry.columns["status"] == "done":
            entry.fill(done_at=self._done_at(entry.columns.get("due_on")))
        else:
            entry.columns["done_at"] = None
            entry.told.discard("done_at")
        contact = entry.columns.get("contact_id")
        self._account(entry, [contact] if contact else [])

    def _done_at(self, due: str | None) -> str:
        """Return when a task was done of which only that is known: the noon of its day, where that is past."""
        desk = self.context.desk
        if due is None or due >= self.context.today:
            return self.context.work.at
        return instant_text(datetime.combine(date.fromisoformat(due), _NOON, tzinfo=desk.store.clock.zone()))

    def settle(self, entry: Entry, before: Mapping[str, Any], changes: dict[str, Any]) -> None:
        """Keep status and time of completion together."""
        if "status" in changes:
            changes["done_at"] = entry.columns["done_at"]
        elif before["status"] != "done":
            changes.pop("done_at", None)


def _clock(text: str) -> str:
    try:
        return read_time(text).strftime("%H:%M")
    except UsageError as error:
        raise RowProblem(error.message.rstrip(".")) from error
