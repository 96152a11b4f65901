"""A line of quick entry meets the book: names become records, clauses become what is written.

Both doors plan here; the fast one writes the rows itself (`db.quick`), the full one through the services.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta

from sfa.clock import instant_of, instant_text, wall_now
from sfa.errors import NotFoundError, UsageError
from sfa.services.entry_values import NEW, Entry, Plan, deal_values, deal_words, tells, told
from sfa.services.matching import AmbiguousNameError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from sfa.clock import Clock
    from sfa.domain.phrase.values import Act, Line
    from sfa.domain.when import When
    from sfa.services.entry_about import About
    from sfa.services.matching import Match, Matcher

MINUTES = {"call": 30, "meeting": 60, "visit": 60, "demo": 60}
EVENT_KINDS = ("meeting", "call", "visit", "demo")
SUBJECT_LENGTH = 500
NAME_LENGTH = 200
NOON = time(12)
LEADS = ("in ", "at ", "on ", "about ", "re ", "for ", "to ")
"""Words that tell no subject by themselves."""


class UnknownCompanyError(NotFoundError):
    """A company that is not in the book; `name` as typed, `is_new` whether it was asked for with @."""

    def __init__(self, message: str, hint: str, name: str, *, is_new: bool) -> None:
        super().__init__(message, hint)
        self.name = name
        self.is_new = is_new


class Planner:
    """Plans one line.

    Args:
        line: as read.
        matcher: of the book.
        clock: of the desk.
        is_creating: whether a company that is not in the book may be made.
        about: what clauses are about before one names somebody.
    """

    def __init__(
        self, line: Line, matcher: Matcher, clock: Clock, *, is_creating: bool = False, about: About | None = None
    ) -> None:
        self._line = line
        self._matcher = matcher
        self._clock = clock
        self._now = wall_now(clock)
        self._is_creating = is_creating
        self._account = about.account if about else None
        self._people = [about.person] if about and about.person else []
        self._deal_here = about.deal if about else None
        self._here = self._account
        self._is_about = about is not None
        self._has_used_about = False
        self._unknown: list[str] = []
        self._notes: list[str] = []
        self._new_account: str | None = None

    def plan(self) -> Plan:
        """Return what the line writes.

        Raises:
            NotFoundError: a company or a deal that it names is not in the book.
            ConflictError: a name means several records.
            UsageError: it says nothing that can be saved.
        """
        if not self._is_about and self._line.acts and not tells(self._line.acts[0]):
            raise UsageError(
                f"“{' '.join(self._line.text.split())[:40]}” does not tell whom or what it is about.",
                hint="Write it behind, as in: called Jane at Acme 15min, wants a quote",
            )
        entries = [self._entry(act) for act in self._line.acts]
        if not entries:
            raise UsageError("The line says nothing to save.", hint="Begin with what you did, or what is to do.")
        if self._line.tags:
            self._tag(entries)
        return Plan(self._line, entries, self._notes, self._new_account, is_about=self._has_used_about)

    def _tag(self, entries: list[Entry]) -> None:
        """Let every record that can carry the tags of the line carry them."""
        carrying = [entry for entry in entries if entry.noun in ("opportunity", "contact")]
        for entry in carrying:
            entry.values["tags"] = [f"+{tag}" for tag in self._line.tags]
        if not carrying:
            tags = " ".join(f"#{tag}" for tag in self._line.tags)
            self._notes.append(f"Deals and contacts carry tags: {tags} stays in the text.")

    def _entry(self, act: Act) -> Entry:
        if act.company or act.people or self._is_reached(act):
            self._find(act)
        self._has_used_about |= self._is_about
        if act.what == "activity":
            return self._activity(act)
        if act.what == "event" and act.when is not None and not act.when.all_day:
            return self._event(act, act.when)
        if act.what in ("task", "event"):
            return self._task(act)
        if act.what == "note":
            return self._note(act)
        if act.what == "contact":
            return self._contact(act)
        return self._deal(act)

    def _is_reached(self, act: Act) -> bool:
        """Tell whether an e-mail address, or a number, is all that tells whom a clause is about; it names them then."""
        if act.what == "contact" or not (act.emails or act.phones):
            return False
        address = (*act.emails, *act.phones)[0]
        if self._matcher.whoever(address) is None:
            self._notes.append(f"Nobody in the book has {address}: it stays in the text.")
            return False
        act.people = (address,)
        return True

    def _find(self, act: Act) -> None:
        """Find whom a clause names; a later clause without names is about the same."""
        self._people, self._unknown = [], []
        if act.company:
            self._account = self._company(act.company, act.people, is_new=act.is_new)
        elif self._is_about:
            self._account = None
        for name in act.people:
            self._person(name, has_company=bool(act.company), is_new=act.what == "contact")
        if self._people and not act.company:
            self._account = self._matcher.account_of(self._people[0].id) or self._account
        if self._is_about:
            self._leave_about()

    def _leave_about(self) -> None:
        """A clause names somebody: those whom nobody knows are taken to be here, the deal stays with its account."""
        self._is_about = False
        if self._unknown and self._account is None and self._new_account is None:
            self._account = self._here
        if self._here is None or self._account is None or self._account.id != self._here.id:
            self._deal_here = None
        else:
            self._has_used_about = True

    def _company(self, name: str, people: Sequence[str], *, is_new: bool) -> Match | None:
        if name == self._new_account:
            return None
        try:
            return self._take(self._matcher.find("account", name) or self._matcher.slow("account", name))
        except AmbiguousNameError as error:
            from sfa.services.telling_apart import account_where  # noqa: PLC0415 - where a name means several

            found = account_where(self._matcher, error, people)
            if found is None:
                raise
            return self._take(found)
        except NotFoundError as error:
            if not self._is_creating:
                near = error.hint if error.hint and error.hint.startswith("Did you") else ""
                asked = f"@{name} is not in the book." if is_new else f"No account is called {name}."
                hint = f"{near} Add --create to make it.".lstrip()
                raise UnknownCompanyError(asked, hint, name, is_new=is_new) from error
            self._new_account = name
            return None

    def _person(self, name: str, *, has_company: bool, is_new: bool) -> None:
        """Find a person; a name that is no person's may be a company's, where none is named otherwise."""
        found = None
        if not has_company:
            found = self._matcher.whoever(name, self._here.id if self._here else None)
            if found is None and self._here:
                found = self._matcher.find("contact", name, self._here.id)
            if found is None and not is_new:
                found = self._slowly(name)
        elif self._account:
            found = self._matcher.find("contact", name, self._account.id)
        if found is None:
            self._unknown.append(name)
            if not is_new:
                self._notes.append(f'{name} is not in the book and stays in the text. Add: sfa contact add "{name}"')
        elif self._take(found).noun == "contact":
            self._people.append(found)
        else:
            self._account = found

    def _slowly(self, name: str) -> Match | None:
        near = ""
        for noun in ("contact", "account"):
            try:
                return self._matcher.slow(noun, name)
            except NotFoundError as error:
                near = near or (error.hint if error.hint and error.hint.startswith("Did you") else "")
        if self._is_about and self._here and not near:
            return None  # somebody new, where the line is typed
        hint = f'{near} Write "at" before a company, or add the person: sfa contact add "{name}"'
        raise NotFoundError(f"Nobody in the book is called {name}.", hint=hint.strip())

    def _take(self, found: Match) -> Match:
        if found.why:
            self._notes.append(found.why)
        return found

    def _company_name(self) -> str:
        return self._account.name if self._account else self._new_account or ""

    def _whom(self) -> str:
        people = " and ".join([item.name for item in self._people] + self._unknown)
        company = self._company_name()
        return f"{people} at {company}" if people and company else people or company

    def _account_id(self) -> object:
        return self._account.id if self._account else NEW if self._new_account else None

    def _links(self) -> dict[str, object]:
        return {"account": self._account_id(), "contact": self._people[0].id if self._people else None}

    def _activity(self, act: Act) -> Entry:
        whom = self._whom()
        kind = act.kind or "other"
        said = f"{kind.capitalize()} with {whom}" if whom else ""
        subject = ", ".join(part for part in (said, act.text) if part) or kind.capitalize()
        minutes = f" {act.duration_min} min" if act.duration_min else ""
        deal = self._find_deal(act, act.deal) if act.deal else self._deal_here
        values: dict[str, object] = {
            "account": self._account_id(),
            "contact": tuple(dict.fromkeys(item.id for item in self._people)),
            "opportunity": deal.id if deal else None,
            "kind": kind,
            "direction": act.direction,
            "subject": subject[:SUBJECT_LENGTH],
            "outcome": act.outcome,
            "duration_min": act.duration_min,
            "started": self._started(act.when),
            "note": self._line.text,
        }
        words = f"{kind} {whom}".strip() + minutes + (f", {act.text}" if act.text else "")
        return Entry("activity", values, words + (told(act.when) if act.when else ""))

    def _started(self, when: When | None) -> str:
        """Return the instant; without a time of day, now on the same day, noon on another."""
        if when is None or (when.all_day and when.start.date() == self._now.date()):
            return instant_text(instant_of(self._clock, self._now))
        moment = datetime.combine(when.start.date(), NOON) if when.all_day else when.start
        return instant_text(instant_of(self._clock, moment))

    def _task(self, act: Act) -> Entry:
        subject = self._subject(act, "Follow up")
        deal = self._find_deal(act, act.deal) if act.deal else self._deal_here
        values: dict[str, object] = {
            **self._links(),
            "opportunity": deal.id if deal else None,
            "subject": subject[:SUBJECT_LENGTH],
            "priority": act.priority,
        }
        if act.when:
            values["due"] = act.when.start.date().isoformat()
            values["due_time"] = None if act.when.all_day else act.when.start.isoformat()[11:16]
            self._say_rule(act.when)
        urgency = f", {act.priority}" if act.priority != "normal" else ""
        return Entry("task", values, f"{subject}{told(act.when, ' by') if act.when else ''}{urgency}")

    def _subject(self, act: Act, default: str) -> str:
        """Return the words of the clause; whom it names is added where the words do not say it."""
        subject = act.text or act.kind.capitalize()
        whom = self._whom() if act.people or act.company else ""
        if not subject:
            return f"{default}: {whom}" if whom else default
        is_told = not whom or any(name.lower() in subject.lower() for name in (*act.people, act.company or whom))
        return subject if is_told else f"{subject} ({whom})"

    def _event(self, act: Act, when: When) -> Entry:
        minutes = act.duration_min or MINUTES.get(act.kind, 60)
        end = when.end or when.start + timedelta(minutes=minutes)
        whom = self._whom()
        kind = act.kind.capitalize() or "Meeting"
        subject = f"{kind} {act.text}" if act.text.startswith(LEADS) else act.text or kind
        if whom and whom.lower() not in subject.lower():
            subject = f"{subject} ({whom})"
        values: dict[str, object] = {
            **self._links(),
            "opportunity": self._deal_here.id if self._deal_here else None,
            "subject": subject[:SUBJECT_LENGTH],
            "kind": act.kind if act.kind in EVENT_KINDS else "other" if act.kind else "meeting",
            "starts": when.start.isoformat(timespec="minutes"),
            "ends": end.isoformat(timespec="minutes"),
            "repeats": when.rule,
        }
        again = f", {when.text}" if when.rule else ""
        return Entry("event", values, f"{subject}{told(when)}–{end.isoformat()[11:16]}{again}")

    def _say_rule(self, when: When) -> None:
        if when.rule:
            self._notes.append(f"Only the first of “{when.text}” is entered.")

    def _note(self, act: Act) -> Entry:
        whom = self._whom()
        body = act.text or self._line.text
        deal_id = self._deal_here.id if self._deal_here else None
        values = {**self._links(), "opportunity": deal_id, "body": body}
        return Entry("note", values, f"{whom}: {body}" if whom else body)

    def _contact(self, act: Act) -> Entry:
        """Make a person, or add phone and e-mail to one of the book."""
        reach: dict[str, object] = {
            "phone": act.phones[0] if act.phones else None,
            "email": act.emails[0] if act.emails else None,
        }
        reached = ", ".join([*act.phones, *act.emails])
        if self._people:
            found = self._people[0]
            return Entry("contact", reach, f"{found.name} ({found.ref}): {reached}", found.id)
        name = self._unknown[0] if self._unknown else act.text or reached
        company = self._company_name()
        values: dict[str, object] = {"name": name[:NAME_LENGTH], "account": self._account_id(), **reach}
        title = act.text if self._unknown else ""
        if title:
            values["title"] = title[:NAME_LENGTH]
        words = f"{name}{f' at {company}' if company else ''} (new){f' {reached}' if reached else ''}"
        words += f", {title}" if title else ""
        return Entry("contact", values, words)

    def _new_deal(self, act: Act) -> Entry:
        company = self._company_name()
        name = act.deal or ", ".join(part for part in (company or self._whom(), act.text) if part) or "New deal"
        name = (f"{name} deal" if name == company else name)[:NAME_LENGTH]
        values: dict[str, object] = {"name": name, **self._links(), **deal_values(act)}
        return Entry("opportunity", values, f"{name} (new){deal_words(act)}")

    def _deal(self, act: Act) -> Entry:
        found = self._said_deal(act) if act.kind == "add" else self._find_deal(act, act.deal)
        if found is None:
            return self._new_deal(act)
        values = deal_values(act)
        if act.kind in ("win", "lose"):
            values["outcome"] = "won" if act.kind == "win" else "lost"
            values["win_reason" if act.kind == "win" else "loss_reason"] = act.reason
        verb = {"win": "won ", "lose": "lost "}.get(act.kind, "")
        return Entry("opportunity", values, f"{verb}{found.name} ({found.ref}){deal_words(act)}", found.id)

    def _said_deal(self, act: Act) -> Match | None:
        """Return the open deal that an amount is said of by the words of its name; None for a new deal."""
        is_new = any(span.kind == "verb" and span.value == "add" for span in self._line.spans)
        if self._deal_here and not is_new:
            return self._deal_here
        known = self._matcher.open_deals(self._account) if self._account else []
        words = (act.deal or act.text).lower().split()
        said = [deal for deal in known if words and not is_new and all(word in deal.name.lower() for word in words)]
        if len(said) == 1:
            return said[0]
        if known:
            names = ", ".join(f"{deal.name} ({deal.ref})" for deal in known[:3])
            self._notes.append(f"{self._company_name()} has open deals already: {names}.")
        return None

    def _called_deal(self, name: str) -> Match:
        """Find a deal by its name; where the company is known, one of its deals, never another company's."""
        from sfa.services.telling_apart import deal_of, is_of  # noqa: PLC0415 - only for deals

        account = self._account
        said = deal_of(self._matcher, account, name) if account else None
        if said:
            return said
        found = self._matcher.find("opportunity", name, account.id if account else None)
        found = found or self._matcher.slow("opportunity", name)
        if account and not is_of(self._matcher, found, account):
            hint = f"Near is {found.name} ({found.ref}), of another company."
            raise NotFoundError(f"{account.name} has no deal called {name}.", hint=hint)
        return found

    def _find_deal(self, act: Act, name: str | None) -> Match | None:
        """Find a deal by its name, or as the only open one of the account; None where a new one may be meant.

        Raises:
            NotFoundError: there is no such deal.
        """
        if name:
            return self._take(self._called_deal(name))
        found = self._deal_here
        if found is None and self._account:
            from sfa.services.telling_apart import only_deal  # noqa: PLC0415 - only for deals

            found = only_deal(self._matcher, self._account, self._line.text, act.text)
        if found is None and (act.kind != "change" or not self._company_name()):
            whose = self._company_name()
            raise NotFoundError(
                f"{whose} has no open deal." if whose else "The line does not say which deal is meant.",
                hint='Name the company or the deal: sfa + "Acme renewal to Negotiation"',
            )
        if found is None:
            self._notes.append(f"{self._company_name()} has no open deal: this is a new one.")
        return self._take(found) if found else None
