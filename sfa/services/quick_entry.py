"""Quick entry: one line read, its names found in the book, all of it written as one operation."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sfa.clock import instant_text
from sfa.domain.phrase.model import Done, FollowUp, Phrase, PhraseError
from sfa.domain.phrase.reading import read_phrase
from sfa.domain.phrase.words import DEFAULT_MINUTES
from sfa.domain.text import clean
from sfa.errors import ConflictError, NotFoundError, UsageError
from sfa.services import references
from sfa.services.desk import Desk, Saved
from sfa.services.records import add_within
from sfa.services.references import Reference

TAG_MARK = "#"


@dataclass(frozen=True, slots=True)
class Entry:
    """A record that the line makes: its noun, its fields as the services take them, and how it is told to people."""

    noun: str
    values: dict[str, object]
    words: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What a line means in this book.

    Attributes:
        entries: records in the order in which they are made.
        doubts: sentences about names that are not in the book; their words are kept in the text.
        new_account: the name of an account to make first, if that was allowed.
    """

    phrase: Phrase
    entries: tuple[Entry, ...]
    doubts: tuple[str, ...] = ()
    new_account: str | None = None

    def lines(self) -> Iterator[str]:
        """Yield one line per record, then the doubts."""
        if self.new_account:
            yield f"account   {self.new_account} (new)"
        for entry in self.entries:
            yield f"{entry.noun:<9} {entry.words}"
        for doubt in self.doubts:
            yield f"?         {doubt}"


@dataclass(slots=True)
class _People:
    """Names found so far; a follow-up without a name is about whom the line began with."""

    account: Reference | None = None
    contact: Reference | None = None


def understand(desk: Desk, line: str, *, is_creating: bool = False) -> Plan:
    """Return what a line would write; nothing is written.

    Args:
        desk: the desk.
        line: as typed.
        is_creating: whether an account that is not in the book may be made.

    Raises:
        UsageError: the line cannot be read.
        NotFoundError: a company that it names is not in the book.
        ConflictError: a name means several records.
    """
    try:
        phrase = read_phrase(clean(line).strip(), today=desk.today, currency=desk.currency)
    except PhraseError as error:
        raise UsageError(
            str(error), hint='Try: sfa + "called Jane at Acme, wants a quote; send quote friday"'
        ) from error
    planner = _Planner(desk, phrase, is_creating=is_creating)
    return planner.plan()


def enter(desk: Desk, line: str, *, is_creating: bool = False, is_dry_run: bool = False) -> Saved:
    """Write a line: all of it, or nothing.

    Raises:
        UsageError, NotFoundError, ConflictError: as `understand`.
    """
    plan = understand(desk, line, is_creating=is_creating)
    if not plan.entries:
        raise UsageError("The line says nothing to save.", hint="Begin with what you did, or what is to do.")
    summary = "; ".join(entry.words for entry in plan.entries)
    refs: list[str] = []
    first_id: str | None = None
    with desk.store.write("entry.add", summary, is_dry_run=is_dry_run) as work:
        made: dict[str, object] = {}
        if plan.new_account:
            made["account"] = add_within(desk, work, "account", {"name": plan.new_account})
        for entry in plan.entries:
            record_id = add_within(desk, work, entry.noun, {**made, **entry.values})
            first_id = first_id or record_id
            refs.append(str(desk.store.value(f"SELECT ref FROM {entry.noun} WHERE id = ?", (record_id,))))  # noqa: S608 - our nouns
    told = "; ".join(f"{entry.noun} {ref}: {entry.words}" for entry, ref in zip(plan.entries, refs, strict=True))
    return Saved(told, work.operation_id, first_id, refs[0], len(refs), is_dry_run)


class _Planner:
    """Finds the names of one line and turns its parts into records."""

    def __init__(self, desk: Desk, phrase: Phrase, *, is_creating: bool) -> None:
        self._desk = desk
        self._phrase = phrase
        self._is_creating = is_creating
        self._people = _People()
        self._doubts: list[str] = []
        self._new_account: str | None = None

    def plan(self) -> Plan:
        """Return records for what was done and what follows."""
        entries = [self._activity(self._phrase.done)] if self._phrase.done else []
        entries += [self._follow_up(item) for item in self._phrase.follow_ups]
        return Plan(self._phrase, tuple(entries), tuple(self._doubts), self._new_account)

    def _find(self, who: str | None, company: str | None) -> None:
        """Find account and contact; a name alone may be either."""
        if company:
            self._people.account = self._account(company)
        if not who:
            return
        if company:
            self._people.contact = self._contact(who)
            return
        contact = self._maybe("contact", who)
        if contact is not None:
            self._people.contact = contact
            return
        account = self._maybe("account", who)
        if account is None:
            raise NotFoundError(
                f"Nobody in the book is called {who}.",
                hint=f'Write "at" before a company, or add the person: sfa contact add "{who}"',
            )
        self._people.account = account

    def _account(self, company: str) -> Reference | None:
        try:
            return references.resolve(self._desk, "account", company)
        except NotFoundError as error:
            if not self._is_creating:
                hint = "Add --create to make it, or use a name of the book."
                raise NotFoundError(error.message, hint=f"{error.hint or ''} {hint}".strip()) from error
            self._new_account = company
            return None

    def _contact(self, who: str) -> Reference | None:
        """Return the contact; somebody unknown at a known company stays in the text, with a doubt."""
        found = self._maybe("contact", who)
        if found is None:
            self._doubts.append(f"{who} is not in the book and stays in the text. Add: sfa contact add {who!r}")
        return found

    def _maybe(self, noun: str, name: str) -> Reference | None:
        try:
            return references.resolve(self._desk, noun, name)
        except NotFoundError:
            return None
        except ConflictError:
            if noun == "contact" and self._people.account is not None:
                return references.contact_at(self._desk, name, self._people.account.id)
            raise

    def _links(self) -> dict[str, object]:
        links: dict[str, object] = {}
        if self._people.account:
            links["account"] = self._people.account.id
        if self._people.contact:
            links["contact"] = self._people.contact.id
            account_id = references.account_of_contact(self._desk, self._people.contact.id)
            if "account" not in links and account_id:
                links["account"] = account_id
        return links

    def _whom(self) -> str:
        names = [item.label for item in (self._people.contact, self._people.account) if item]
        if self._new_account:
            names.append(self._new_account)
        return " at ".join(names)

    def _activity(self, done: Done) -> Entry:
        self._find(done.who, done.account)
        whom = self._whom()
        unknown = done.who if done.who and self._people.contact is None and not whom.startswith(done.who) else ""
        subject = ", ".join(
            part for part in (f"{done.kind.capitalize()} with {unknown or whom}".strip(), done.note) if part
        )
        values: dict[str, object] = {
            **self._links(),
            "kind": done.kind,
            "direction": done.direction,
            "subject": subject[:500],
            "outcome": done.outcome,
            "duration_min": done.duration_min,
            "started": self._moment(done.on or self._desk.today, done.at),
            "note": self._phrase.text,
        }
        minutes = f" {done.duration_min} min" if done.duration_min else ""
        words = f"{done.kind} {whom}{minutes}" + (f", {done.note}" if done.note else "")
        return Entry("activity", {key: value for key, value in values.items() if value is not None}, words)

    def _follow_up(self, item: FollowUp) -> Entry:
        if item.who or item.account:
            self._find(item.who, item.account)
        if item.is_appointment and item.at:
            return self._appointment(item, item.at)
        values: dict[str, object] = {
            **self._links(),
            "subject": item.subject,
            "due": item.due,
            "due_time": item.at.isoformat("minutes") if item.at else None,
            "priority": item.priority,
        }
        when = f" by {item.due:%a %d %b}" if item.due else ""
        return Entry("task", {key: value for key, value in values.items() if value is not None}, item.subject + when)

    def _appointment(self, item: FollowUp, at: time) -> Entry:
        begin = datetime.combine(item.due or self._desk.today, at)
        end = begin + timedelta(minutes=item.duration_min or DEFAULT_MINUTES.get(item.kind, 60))
        whom = self._whom()
        subject = f"{item.subject} ({whom})" if whom else item.subject
        values: dict[str, object] = {
            **self._links(),
            "subject": subject[:500],
            "kind": item.kind,
            "starts": begin.isoformat(timespec="minutes"),
            "ends": end.isoformat(timespec="minutes"),
        }
        return Entry("event", values, f"{subject} {begin:%a %d %b %H:%M}")

    def _moment(self, on: date, at: time | None) -> str:
        """Return the instant; without a time of day, now on the same day, noon on another."""
        clock = self._desk.store.clock
        if at is None and on == self._desk.today:
            return instant_text(clock.now())
        return instant_text(datetime.combine(on, at or time(12), clock.zone()))
