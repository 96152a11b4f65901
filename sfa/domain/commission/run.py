"""A run: from a case to statements, the same for the same case, whatever the order of its parts (domain.md 1.2)."""

import gc
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import cached_property
from hashlib import sha256
from typing import NamedTuple, TypeVar

from sfa.domain.commission.case import Adjustment, Case, CaseError, Opening
from sfa.domain.commission.crediting import Crediting
from sfa.domain.commission.events import Event, Given, Line, LineKind
from sfa.domain.commission.gates import Gates
from sfa.domain.commission.holdback import Holdback
from sfa.domain.commission.later import Later, campaign_lines, is_paid_later
from sfa.domain.commission.plan import Kind
from sfa.domain.commission.posting import Posting
from sfa.domain.commission.restating import Kept, Place, Restating
from sfa.domain.commission.statement import Account, Statement
from sfa.domain.commission.targets import Targets
from sfa.domain.commission.team import Hierarchy
from sfa.domain.commission.whole_windows import WholeWindows

ENGINE = "1"
T = TypeVar("T")


class Result(NamedTuple):
    """Statements by participant and period, and the hashes of what went in and came out."""

    statements: Sequence[Statement]
    input_hash: str
    output_hash: str


def run(case: Case) -> Result:
    """Calculate all statements of a case.

    Raises:
        CaseError, CreditError, PeriodError: the case does not fit together; the sentence says where.
    """
    case = replace(case, events=list(case.events))
    statements = list(Run(case).statements())
    return Result(statements, input_hash(case), output_hash(statements))


def input_hash(case: Case) -> str:
    """Return the hash of all that a case says; its events are walked over."""
    digest = sha256(f"{ENGINE}|{_rows_text(case)}".encode())
    for event in case.events:
        digest.update(_event_text(event).encode())
    return digest.hexdigest()


def output_hash(statements: Iterable[Statement]) -> str:
    """Return the hash of the last statement of each participant."""
    last = {statement.participant: statement.hash for statement in statements}
    return sha256("|".join(f"{name}:{last[name]}" for name in sorted(last)).encode()).hexdigest()


class Run:
    """A case whose events are credited; statements are made person by person, so that few lines stand in memory."""

    def __init__(self, case: Case) -> None:
        self.case = case
        events, referred = case.events, case.referred
        if referred is None:
            events = list(events)
            referred = frozenset(event.reverses for event in events if event.reverses)
        self.crediting = Crediting(case, referred | {row.event_id for row in case.releases})
        with _undisturbed():
            for event in events:
                self.crediting.take(event)
        self.crediting.finish()
        self.credited = self.crediting.found
        self.targets = Targets(case)
        wanted = dict.fromkeys([*self.credited.originals, *self._followers()])
        numbers = {period.id: number for number, period in enumerate(case.calendar.periods)}
        self._given: dict[str, dict[Place, Kept]] = defaultdict(dict)
        for row in case.posted:
            if row.period not in numbers:
                raise CaseError(f"What was posted for {row.participant} is of {row.period}, which is no period.")
            if not row.event_id:
                place = Place(row.component, numbers[row.period], row.is_held)
                self._given[row.participant][place] = Kept(row.amount_minor, row.rule)
        gates = Gates(self.credited.boxes, self.targets, case.calendar, case.scores)
        self.posting = Posting(case.calendar, self.targets, gates, wanted)
        for row in case.posted:
            if row.event_id:
                self.posting.amounts[row.participant, row.component, row.event_id] = row.amount_minor
        self.later = Later(case.calendar, self.credited, self.posting.amounts)
        hierarchy = Hierarchy(case.hierarchy)
        self.whole = WholeWindows(case.calendar, self.targets, self.crediting, self.posting, case.scores, hierarchy)
        boxes = sorted(self.credited.boxes.items(), key=lambda pair: (pair[1].span.start, pair[0]))
        self._boxes = _by_person((box.participant, box) for _, box in boxes)
        self._backs = _by_person((back.route.box.participant, back) for back in self.credited.backs)
        self._refused = _by_person((row.route.box.participant, row) for row in self.credited.refused)
        self._components = {
            (f"{plan.code}/{plan.version}", component.code): component
            for plan in case.plans
            for component in plan.components
        }
        self._numbers = numbers
        self._adjusted = self._adjustments(case.adjustments)

    @cached_property
    def _campaigns(self) -> dict[str, list[Line]]:
        return campaign_lines(self.credited)

    @cached_property
    def _text(self) -> str:
        return _rows_text(self.case)

    def _followers(self) -> Iterator[str]:
        for rows in self.credited.followers.values():
            for _, event in rows:
                yield event.id

    def participants(self) -> list[str]:
        """Return everybody who gets a statement."""
        case = self.case
        named = {row.participant for row in case.assignments} | {row.participant for row in case.draws}
        named |= {row.participant for row in case.adjustments} | set(case.openings)
        return sorted(named | set(self.credited.participants))

    def statements(self, participants: Iterable[str] | None = None) -> Iterator[Statement]:
        """Return the statements of some or all people, each person's in the order of periods."""
        if any(component.kind == Kind.OVERRIDE_COMMISSION for component in self._components.values()):
            self.whole.team.clear()
            for person in self.participants():
                for line in self._earned(person):
                    self.whole.add_to_teams(line)
        with _undisturbed():
            for person in self.participants() if participants is None else participants:
                yield from self._person(person)

    def own_lines(self, person: str) -> Iterator[Line]:
        """Return the lines that a participant's own events bring, before holdback and settlement."""
        amounts = self.posting.amounts
        for box in self._boxes.get(person, []):
            stretch = box.stretches[-1]
            if is_paid_later(stretch.component):
                yield from (line for line in self.posting.lines(box) if line.is_memo)
                yield from self.later.payments(box, f"{stretch.plan.code}/{stretch.plan.version}")
            elif stretch.component.kind != Kind.SPIFF:
                yield from self.posting.lines(box)
        for line in self._campaigns.get(person, ()):
            if not line.is_memo:
                amounts[person, line.component, line.event_id] = line.amount_minor
            yield line
        yield from self.later.clawbacks(self._backs.get(person, ()))

    def _earned(self, person: str) -> list[Line]:
        lines = [*self.own_lines(person), *self.whole.lines(person)]
        return [*lines, *self.whole.refunds(person, self._boxes.get(person, []))]

    def _person(self, person: str) -> Iterator[Statement]:
        case = self.case
        lines = self._earned(person)
        until = case.as_of or case.calendar.periods[-1].end
        holdback = Holdback(self.credited, self.later, case.releases, until)
        if any(component.holdback_ppm for component in self._components.values()):
            lines += holdback.lines(lines, self._components)
        if person in self._given:
            lines = list(self._restating(person).lines(person, lines))
        lines += self._refusals(person)
        lines += self._adjusted.get(person, ())
        by_period: dict[int, list[Line]] = defaultdict(list)
        for line in lines:
            by_period[line.posting].append(line)
        draws = [row for row in case.draws if row.participant == person]
        opening = case.openings.get(person, Opening())
        account = Account(person, self.currency(person), opening, draws, opening.hash)
        first = case.calendar.oldest_open if person in self._given else 0
        for number, period in enumerate(case.calendar.periods):
            if number < first:
                continue
            rows = sorted(by_period[number], key=_place)
            yield account.close(number, period, rows, holdback.forfeits.get(number, 0), case.calendar.periods)

    def _restating(self, person: str) -> Restating:
        periods = list(enumerate(self.case.calendar.periods))
        covered = {
            (box.code, number)
            for box in self._boxes.get(person, ())
            if any(stretch.credits for stretch in box.stretches)
            for number, period in periods
            if box.span.start <= period.start < box.span.end
        }
        posted = {place: one for place, one in self._given[person].items() if place.component}
        return Restating(self.case.calendar, posted, covered, self.case.is_whole)

    def person_hash(self, person: str) -> str:
        """Return the hash of what somebody's lines come of: the case beside its events, and their credit by window."""
        digest = sha256(f"{ENGINE}|{self._text}|{person}".encode())
        for box in self._boxes.get(person, ()):
            credits_in = [credit for stretch in box.stretches for credit in stretch.credits]
            pay = sum(credit.commission_minor for credit in credits_in)
            quota = sum(credit.quota_minor for credit in credits_in)
            digest.update(f"|{box.code}|{box.span.id}|{len(credits_in)}|{pay}|{quota}".encode())
        return digest.hexdigest()

    def currency(self, person: str) -> str:
        """Return the currency that a participant is paid in.

        Raises:
            CaseError: their plans have several.
        """
        codes = {row.plan for row in self.case.assignments if row.participant == person}
        found = sorted({plan.currency for plan in self.case.plans if plan.code in codes})
        if len(found) > 1:
            raise CaseError(f"{person} is assigned to plans in {' and '.join(found)}; one currency is paid.")
        return found[0] if found else self.case.plans[0].currency

    def _refusals(self, person: str) -> Iterator[Line]:
        for row in self._refused.get(person, ()):
            plan, component = row.route.plan, row.route.component
            where = (row.on, row.earning, row.posting, Given(0, {"event": row.event_id, **row.why}))
            rule = f"{plan.code}/{plan.version}"
            yield Line(person, rule, component.code, row.event_id, LineKind.NOT_ELIGIBLE, 0, *where)

    def _adjustments(self, rows: Sequence[Adjustment]) -> dict[str, list[Line]]:
        """Return the approved adjustments as lines.

        Raises:
            CaseError: somebody approved what they asked for, or the period is not there.
        """
        found: dict[str, list[Line]] = defaultdict(list)
        calendar = self.case.calendar
        for row in sorted(rows, key=lambda row: row.id):
            if row.approved_by and row.approved_by == row.requested_by:
                raise CaseError(f"Adjustment {row.id}: {row.requested_by} cannot approve what they asked for.")
            if row.period not in self._numbers:
                raise CaseError(f"Adjustment {row.id}: no statement period is called {row.period}.")
            if not row.approved_by:
                continue
            earning = self._numbers[row.period]
            period = calendar.periods[earning]
            posting = calendar.posting(earning, row.recorded_at or period.start.isoformat())
            facts = {"reason": row.reason, "requested_by": row.requested_by, "approved_by": row.approved_by}
            basis = Given(row.amount_minor, {"adjustment": row.id, **facts})
            where = (calendar.periods[posting].start, earning, posting, basis)
            found[row.participant].append(
                Line(row.participant, "", "", row.id, LineKind.MANUAL_ADJ, row.amount_minor, *where)
            )
        return found


def _by_person(rows: Iterable[tuple[str, T]]) -> dict[str, list[T]]:
    found: dict[str, list[T]] = defaultdict(list)
    for person, row in rows:
        found[person].append(row)
    return found


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Keep the collector of cycles away from a million small values that have none; it would look through all of them."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _place(line: Line) -> tuple[date, str]:
    return (line.on, line.component)


def _event_text(event: Event) -> str:
    traits = sorted(event.traits.items()) if event.traits else ""
    return (
        f"{event.id}|{event.kind}|{event.on}|{event.net_minor}|{event.recorded_at}|{event.cost_minor}|{event.currency}"
        f"|{event.fx_e9}|{event.band}|{event.reverses}|{event.quantity}|{event.gross_minor}|{event.owner}|{traits}\n"
    )


def _rows_text(case: Case) -> str:
    """Return all that a case says beside its events, in an order of its own."""
    lists = (
        case.plans, case.assignments, case.quotas, case.leaves, case.hierarchy, case.fx, case.scores, case.releases,
        case.adjustments, case.draws, case.posted, case.openings.items(), case.splits.items(), case.holidays,
        case.calendar.periods,
    )  # fmt: skip
    return "|".join(",".join(sorted(map(repr, rows))) for rows in lists)
