"""What follows a line: payments that make it due, sales that come back, what is held back and let go (1.6 to 1.8)."""

from collections import ChainMap, defaultdict
from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from sfa.domain.commission.boxes import Back, Box, CampaignCredit, Credited
from sfa.domain.commission.credit import CreditError
from sfa.domain.commission.events import Event, EventKind, Given, Line, LineKind
from sfa.domain.commission.periods import Calendar
from sfa.domain.commission.plan import Component, Measure, Trigger
from sfa.domain.commission.reversal import share_ppm
from sfa.domain.commission.sums import do, exactly, rounded
from sfa.domain.figures import PPM


@dataclass(frozen=True, slots=True)
class Later:
    """Follows events that refer to earlier ones."""

    calendar: Calendar
    credited: Credited
    amounts: Mapping[tuple[str, str, str], int]

    def posting(self, event: Event) -> tuple[int, int]:
        """Return in which statement periods an event is earned and posted."""
        earning = self.calendar.number(event.on)
        return earning, self.calendar.posting(earning, event.recorded_at or event.on.isoformat())

    def payments(self, box: Box, rule: str) -> Iterator[Line]:
        """Return what each payment of an invoice makes due: `Cₖ − Cₖ₋₁` (domain.md 1.6)."""
        roots = [
            credit.event_id
            for stretch in box.stretches
            for credit in stretch.credits
            if not credit.side.root and credit.event_id in self.credited.followers
        ]
        for root_id in dict.fromkeys(roots):
            invoice = self.credited.originals[root_id]
            whole, gross, paid, before = self._amount(box, root_id), invoice.gross, 0, 0
            for _, event in self.credited.followers[root_id]:
                if event.kind == EventKind.PAID:
                    paid += event.gross
                else:
                    whole, gross = whole + self._amount(box, event.id), gross + event.gross
                part = do("least", 1, do("over", paid, gross)) if gross > 0 else 0
                after = rounded(whole * min(Fraction(1), Fraction(paid, gross))) if gross > 0 else 0
                if after != before:
                    term = do("minus", do("round", do("product", whole, part)), before)
                    facts = {"event": event.id, "invoice": root_id, "commission_minor": whole, "paid_minor": paid}
                    facts |= {"gross_minor": gross, "before_minor": before, "after_minor": after}
                    kind = LineKind.EARN if event.kind == EventKind.PAID else LineKind.CLAWBACK
                    yield self._line(box, rule, event, kind, after - before, Given(term, facts))
                before = after

    def _amount(self, box: Box, event_id: str) -> int:
        return self.amounts.get((box.participant, box.code, event_id), 0)

    def _line(self, box: Box, rule: str, event: Event, kind: LineKind, amount: int, basis: Given) -> Line:
        earning, posting = self.posting(event)
        return Line(box.participant, rule, box.code, event.id, kind, amount, event.on, earning, posting, basis)

    def clawbacks(self, backs: Sequence[Back]) -> Iterator[Line]:
        """Return what is taken back at the original rate, and given back where the sale is restored (domain.md 1.8).

        Raises:
            CreditError: more comes back than was sold, or more is restored than came back.
        """
        taken: dict[tuple[int, str], tuple[Fraction, Fraction, Fraction]] = {}
        for back in backs:
            box, component, event, root = back.route.box, back.route.component, back.event, back.root
            key = (id(box), root.id)
            share, decayed, restored = taken.get(key, (Fraction(0), Fraction(0), Fraction(0)))
            original = self._amount(box, root.id)
            left = share_ppm(component.decay, (event.on - root.on).days)
            part = _part_of(event, root)
            before = original * decayed * (1 - restored)
            if event.kind == EventKind.REINSTATED:
                restored += part / share if share else Fraction(2)
            else:
                share, decayed = share + part, decayed + part * Fraction(left, PPM)
            if share > 1 or restored > 1:
                raise CreditError(f"Event {event.id} takes back or restores more of {root.id} than there is.")
            taken[key] = (share, decayed, restored)
            after = original * decayed * (1 - restored)
            amount = rounded(before) - rounded(after)
            term = do("minus", do("round", exactly(before)), do("round", exactly(after)))
            facts = {"event": event.id, "sale": root.id, "line_minor": original, "decay_ppm": left}
            facts |= {"returned": str(part), "days": (event.on - root.on).days}
            kind = LineKind.CLAWBACK if amount <= 0 else LineKind.EARN
            rule = f"{back.route.plan.code}/{back.route.plan.version}"
            yield Line(
                box.participant,
                rule,
                box.code,
                event.id,
                kind,
                amount,
                event.on,
                self.calendar.number(event.on),
                back.posting,
                Given(term, facts),
            )


def _part_of(event: Event, root: Event) -> Fraction:
    if root.net_minor:
        return abs(Fraction(event.net_minor, root.net_minor))
    return abs(Fraction(event.quantity, root.quantity)) if root.quantity else Fraction(1)


def is_paid_later(component: Component) -> bool:
    """Return whether a component's commission becomes due by payments of its invoices."""
    return component.trigger == Trigger.PAYMENT and component.measure != Measure.PAID


@dataclass(slots=True)
class Spent:
    """What campaigns have paid so far: in all, to each person, and to each person for each event."""

    used: MutableMapping[tuple[str, str], int] = field(default_factory=dict)
    own: MutableMapping[tuple[str, str, str], int] = field(default_factory=dict)
    given: MutableMapping[tuple[str, str, str, str], int] = field(default_factory=dict)

    def copy(self) -> "Spent":
        """Return what may be spent on without a trace here."""
        return Spent(ChainMap({}, self.used), ChainMap({}, self.own), ChainMap({}, self.given))

    def take(self, row: CampaignCredit) -> tuple[int, int, list[int], int]:
        """Spend on a credit; returns what is due, what is paid of it, what limits left, and what was paid for it before."""
        component, participant = row.route.component, row.route.box.participant
        campaign, key = component.campaign, (row.route.plan.code, component.code)
        whose, which = (*key, participant), (*key, participant, row.credit.event_id)
        used, own, before = self.used.get(key, 0), self.own.get(whose, 0), self.given.get(which, 0)
        due = rounded(Fraction(row.credit.commission_minor * component.weight_ppm, PPM))
        spent = ((campaign.budget_minor, used), (campaign.person_minor, own))
        limits = [limit - so_far for limit, so_far in spent if limit is not None]
        amount = max(0, min([due, *limits])) if due > 0 else max(due, -before)
        self.used[key], self.own[whose], self.given[which] = used + amount, own + amount, before + amount
        return due, amount, limits, before


def in_turn(rows: Iterable[CampaignCredit]) -> list[CampaignCredit]:
    """Return the credits of campaigns in the order in which budgets are used up (domain.md 1.4)."""
    return sorted(
        (row for row in rows if row.credit.commission_minor),
        key=lambda row: (row.credit.side.posting, row.credit.sequence),
    )


def campaign_lines(credited: Credited) -> dict[str, list[Line]]:
    """Return what campaigns pay, by participant."""
    spent = Spent()
    found: dict[str, list[Line]] = defaultdict(list)
    for row in in_turn(credited.campaigns):
        found[row.route.box.participant] += _campaign_lines(row, *spent.take(row))
    return found


def _campaign_lines(row: CampaignCredit, due: int, amount: int, limits: list[int], before: int) -> Iterator[Line]:
    credit, route = row.credit, row.route
    facts: dict[str, object] = {"event": credit.event_id, "date": credit.on.isoformat(), "due_minor": due}
    facts |= {"share_ppm": credit.side.share_ppm, "left_minor": min(limits) if limits else None}
    term = do("most", 0, do("least", due, *limits)) if due > 0 else do("most", due, -before)
    line = Line(
        route.box.participant,
        f"{route.plan.code}/{route.plan.version}",
        route.component.code,
        credit.event_id,
        LineKind.SPIFF,
        amount,
        credit.on,
        credit.side.earning,
        credit.side.posting,
        Given(term, facts),
    )
    yield line
    if amount < due:
        memo = Given(do("minus", due, amount), {**facts, "why": "the campaign's limit is reached"})
        yield line._replace(kind=LineKind.CAP_WITHHELD, amount_minor=due - amount, basis=memo)
