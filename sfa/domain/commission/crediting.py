"""From events to credits: who is paid by which component in which window (domain.md 1.2, steps 1 to 6)."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import NamedTuple

from sfa.domain.commission.boxes import Back, Box, CampaignCredit, Credited, Refused, Route, Stretch
from sfa.domain.commission.case import Case, CaseError, SplitRow
from sfa.domain.commission.credit import FX, Part, base, check_shares, divide
from sfa.domain.commission.eligible import own_rate_ppm, refusal
from sfa.domain.commission.events import PLAIN, Credit, Event, EventKind, Share, Side
from sfa.domain.commission.fx import Rates, factor
from sfa.domain.commission.plan import Component, Kind, Measure, OnChange, Plan, Reversal, Trigger
from sfa.domain.commission.sums import rounded
from sfa.domain.commission.taking import ALONE, TRIGGERS, campaign_base, check_direction, takes, versions_of
from sfa.domain.commission.team import Hierarchy
from sfa.domain.figures import PPM


class Crediting:
    """Takes events one by one, in their total order."""

    def __init__(self, case: Case, referred: frozenset[str]) -> None:
        self._case, self._calendar, self._referred = case, case.calendar, referred
        self._rates = Rates(case.fx, case.calendar)
        self._team = Hierarchy(case.hierarchy)
        kinds = {component.kind for plan in case.plans for component in plan.components}
        self._has_overrides = Kind.OVERRIDE_REVENUE in kinds
        self._plans = versions_of(case.plans)
        rows = [(row.starts, row.ends) for row in case.assignments]
        rows += [(plan.valid_from, plan.valid_to) for plan in case.plans]
        self.changes = {day for pair in rows for day in pair}
        self._routes: dict[tuple[str, date, EventKind], tuple[Route, ...]] = {}
        self._plain: dict[tuple[str, date, EventKind], _Plain] = {}
        self._alone: dict[str, tuple[Share, ...]] = {}
        self._sides: dict[Side, Side] = {}
        self._sequence = 0
        self._touched: dict[int, tuple[Box, bool, bool]] | None = None
        self._last: tuple[date, str, str] = (date.min, "", "")
        self._waiting: dict[str, list[Event]] = {}
        self._backed: set[tuple[int, str]] = set()
        self.found = Credited()

    def take(self, event: Event) -> None:
        """Credit one event; on one day, what refers to a sale comes behind it.

        Raises:
            CaseError: it is out of order, or takes back what is not there.
            CreditError: its shares or amounts cannot be.
        """
        order = event.order
        if order <= self._last:
            raise CaseError(f"Event {event.id} is there twice or out of order.")
        self._last = order
        if event.reverses and event.reverses not in self.found.originals:
            self._waiting.setdefault(event.reverses, []).append(event)
            return
        self._credit(event)
        for later in self._waiting.pop(event.id, ()) if self._waiting else ():
            if later.on < event.on:
                raise CaseError(f"Event {later.id} refers to {event.id}, which is no earlier event.")
            self._last = (later.on, "", "")
            self.take(later)
        self._last = order

    def finish(self) -> None:
        """Refuse what refers to a sale that never came.

        Raises:
            CaseError: the first of them.
        """
        for name, (event, *_) in self._waiting.items():
            raise CaseError(f"Event {event.id} refers to {name}, which is no earlier event.")

    def _credit(self, event: Event) -> None:
        self._sequence += 1
        found = self.found
        if event.id in self._referred:
            found.originals[event.id] = event
        if not event.reverses:
            if self._take_alone(event):
                return
            on, kind = event.on, ALONE.get(event.kind, event.kind)
            if event.kind == EventKind.REINSTATED:
                raise CaseError(f"Event {event.id} restores nothing: it needs the id of what it restores.")
            check_direction(event, 1)
            self._spread(event, event, kind, on)
            return
        root = self._root(event)
        check_direction(event, root.net_minor)
        found.followers.setdefault(root.id, []).append((self._sequence, event))
        if event.kind == EventKind.PAID:
            self._spread(event, root, EventKind.PAID, event.on)
            return
        kind = ALONE.get(root.kind, root.kind)
        self._spread(event, root, kind, root.on, (Reversal.RESTATE, Reversal.ORIGINAL_RATE))
        self._spread(event, root, kind, event.on, (Reversal.CURRENT_PERIOD,))

    def _take_alone(self, event: Event) -> bool:
        """Credit a sale that is all its owner's to plain components, the case of nearly all; False for another."""
        on = event.on
        key = (event.owner, on, event.kind)
        plain = self._plain.get(key)
        if plain is None:
            plain = self._plain[key] = self._find_plain(*key)
        if not plain.is_plain or self._touched is not None or event.id in self._case.splits:
            return False
        earning = posting = plain.earning
        if plain.is_closed:
            posting = self._calendar.posting(earning, event.recorded_at or on.isoformat())
        for route in plain.routes:
            component, plan = route.component, route.plan
            amount, fx = base(event, component.measure), FX
            if event.currency not in {"", plan.currency}:
                fx = self._rates.rate_e9(event, plan)
                amount = rounded(amount * factor(fx, event.currency, plan.currency))
            is_paid_later = component.trigger == Trigger.PAYMENT and component.measure != Measure.PAID
            where = earning if is_paid_later else posting
            side = plain.side
            if where != earning or fx != FX or event.band:
                side = Side(event.band, "", -1, earning, where, PPM, fx)
                side = self._sides.setdefault(side, side)
                route.box.has_late = route.box.has_late or where != earning
            route.stretch.credits.append(Credit(self._sequence, event.id, on, amount, amount, side))
        return True

    def _find_plain(self, owner: str, on: date, kind: EventKind) -> "_Plain":
        """Return how sales of somebody, a day and a kind are credited where nothing is to be looked at but their amount."""
        if kind not in TRIGGERS or self._has_overrides:
            return _Plain(is_plain=False)
        routes = self.routes(owner, on, kind)
        earning = self._calendar.number(on)
        side = Side(earning=earning, posting=earning)
        is_closed = self._calendar.periods[earning].is_closed
        is_plain = all(route.is_simple for route in routes)
        return _Plain(is_plain, routes, earning, is_closed, self._sides.setdefault(side, side))

    @contextmanager
    def for_a_while(self, events: Sequence[Event]) -> Iterator[list[Box]]:
        """Credit sales that may come, yield the boxes that they fall into, and forget them again."""
        found = self.found
        marks = [(rows, len(rows)) for rows in (found.campaigns, found.backs, found.refused)]
        sequence, last = self._sequence, self._last
        self._touched = {}
        try:
            for event in sorted(events, key=lambda event: event.order):
                self._last = (date.min, "", "")
                self.take(event)
            yield [box for box, _, _ in self._touched.values()]
        finally:
            for rows, length in marks:
                del rows[length:]
            for box, is_mixed, has_late in self._touched.values():
                box.is_mixed, box.has_late = is_mixed, has_late
                for stretch in box.stretches:
                    while stretch.credits and stretch.credits[-1].sequence > sequence:
                        stretch.credits.pop()
            self._touched, self._sequence, self._last = None, sequence, last

    def _root(self, event: Event) -> Event:
        root = self.found.originals.get(event.reverses)
        while root is not None and root.reverses and root.kind != EventKind.PAID:
            root = self.found.originals.get(root.reverses)
        if root is None:
            raise CaseError(f"Event {event.id} refers to {event.reverses}, which is no earlier event.")
        return root

    def _spread(self, event: Event, root: Event, kind: EventKind, on: date, methods: tuple[Reversal, ...] = ()) -> None:
        """Credit all shares of an event, as they were known when its period was closed; later ones come late."""
        earning = self._calendar.number(on)
        recorded = event.recorded_at or event.on.isoformat()
        rows = self._case.splits.get(event.id) or self._case.splits.get(root.id)
        context = _Context(event, root, kind, on, methods, earning)
        if rows is None:
            self._shares(context, self._owned(event, root), self._calendar.posting(earning, recorded))
            return
        if event.id not in self._case.splits:
            rows = [SplitRow(recorded, rows[-1].shares)]
        before: SplitRow | None = None
        known: dict[int, SplitRow] = {}
        for row in rows:
            known[self._calendar.posting(earning, max(recorded, row.recorded_at))] = row
        for posting, row in sorted(known.items(), key=lambda pair: pair[0]):
            if before is not None:
                self._shares(context, before.shares, posting, sign=-1)
            self._shares(context, row.shares, posting)
            before = row

    def _owned(self, event: Event, root: Event) -> tuple[Share, ...]:
        owner = event.owner or root.owner
        if owner not in self._alone:
            self._alone[owner] = (Share(owner, PPM, PPM),)
        return self._alone[owner] if owner else ()

    def _shares(self, context: "_Context", shares: Sequence[Share], posting: int, sign: int = 1) -> None:
        if len(shares) != 1 or shares[0].commission_ppm != PPM:
            check_shares(context.event.id, shares)
        made: dict[tuple[object, ...], tuple[list[Part], int]] = {}
        above: dict[int, tuple[Route, int]] = {}
        for index, share in enumerate(shares):
            for route in self.routes(share.participant, context.on, context.kind):
                if route.component.kind != Kind.OVERRIDE_REVENUE:
                    parts, fx = self._parts(context, shares, route, made)
                    _, pay, quota = parts[index]
                    self._put(context, route, sign * pay, sign * quota, sign * share.commission_ppm, fx, posting)
            if self._has_overrides and not share.is_overlay:
                for route in self._above(share.participant, context):
                    self._lift(context, shares, index, route, above, made)
        for route, amount in above.values():
            self._put(context, route, sign * amount, sign * amount, PPM, FX, posting)

    def _above(self, person: str, context: "_Context") -> Iterator[Route]:
        """Return where a share goes for the managers above its owner, who may be one of them."""
        chain = self._team.above(person, context.on)
        for depth, manager in enumerate([person, *chain]):
            for route in self.routes(manager, context.on, context.kind):
                component = route.component
                is_counted = depth <= component.depth if depth else component.include_self
                if component.kind == Kind.OVERRIDE_REVENUE and is_counted:
                    yield route

    def _lift(
        self,
        context: "_Context",
        shares: Sequence[Share],
        index: int,
        route: Route,
        above: dict[int, tuple[Route, int]],
        made: dict[tuple[object, ...], tuple[list[Part], int]],
    ) -> None:
        """Add a share to what a manager's team is credited with for the event."""
        amount = self._parts(context, shares, route, made)[0][index].commission_minor
        before = above.get(id(route.stretch), (route, 0))[1]
        above[id(route.stretch)] = (route, before + amount)

    def _parts(
        self,
        context: "_Context",
        shares: Sequence[Share],
        route: Route,
        made: dict[tuple[object, ...], tuple[list[Part], int]],
    ) -> tuple[list[Part], int]:
        component, plan = route.component, route.plan
        is_campaign = component.kind == Kind.SPIFF
        key = (component.measure, plan.currency, plan.fx, plan.code, id(component) if is_campaign else 0)
        found = made.get(key)
        if found is None:
            event, root = context.event, context.root
            amount = campaign_base(event, component) if is_campaign else base(event, component.measure)
            has_rate = component.measure.is_money if not is_campaign else bool(component.campaign.rate_ppm)
            fx = self._rates.rate_e9(root, plan) if has_rate and event.currency not in {"", plan.currency} else FX
            rate = factor(fx, event.currency, plan.currency) if has_rate else 1
            if len(shares) == 1 and shares[0].quota_ppm == PPM:
                whole = amount if rate == 1 else rounded(amount * rate)
                found = ([Part(shares[0], whole, whole)], fx)
            else:
                found = (divide(amount, shares, rate), fx)
            made[key] = found
        return found

    def _put(
        self, context: "_Context", route: Route, pay: int, quota: int, share_ppm: int, fx: int, posting: int
    ) -> None:
        component, event = route.component, context.event
        is_campaign = component.kind == Kind.SPIFF
        method = Reversal.ORIGINAL_RATE if is_campaign else component.reversal
        if context.methods and method not in context.methods:
            return
        why = refusal(component, context.root.traits) if component.only else None
        if why is not None:
            self.found.refused.append(Refused(route, event.id, context.on, context.earning, posting, why))
            return
        is_paid_later = component.trigger == Trigger.PAYMENT and component.measure != Measure.PAID
        if context.methods and method == Reversal.ORIGINAL_RATE and not is_paid_later:
            # Whoever has two shares of a sale has one line of each, and all of them are taken back at once.
            if (id(route.box), event.id) in self._backed:
                return
            self._backed.add((id(route.box), event.id))
            own = self._calendar.posting(self._calendar.number(event.on), event.recorded_at or event.on.isoformat())
            self.found.backs.append(Back(route, event, context.root, self._sequence, own))
            return
        rate_ppm = own_rate_ppm(component, context.root.traits) if component.rates else -1
        is_back = event is not context.root and event.kind != EventKind.PAID
        where = context.earning if is_paid_later else posting
        side = Side(
            context.root.band, context.root.id if is_back else "", rate_ppm, context.earning, where, share_ppm, fx
        )
        side = self._sides.setdefault(side, side)
        counted = quota if component.counts_to_quota else 0
        credit = Credit(self._sequence, event.id, context.on, pay, counted, side)
        if is_campaign:
            self.found.campaigns.append(CampaignCredit(route, credit))
        else:
            self._keep(route, credit)

    def _keep(self, route: Route, credit: Credit) -> None:
        box, side = route.box, credit.side
        if self._touched is not None:
            self._touched.setdefault(id(box), (box, box.is_mixed, box.has_late))
            box.is_mixed = True
        route.stretch.credits.append(credit)
        if side.posting != side.earning:
            box.has_late = True
        if side.root:
            box.is_mixed = True

    def routes(self, participant: str, on: date, kind: EventKind) -> tuple[Route, ...]:
        """Return where the credits of a participant's events of a day and kind go."""
        key = (participant, on, kind)
        found = self._routes.get(key)
        if found is None:
            found = self._routes[key] = tuple(self._find_routes(participant, on, kind))
        return found

    def _find_routes(self, participant: str, on: date, kind: EventKind) -> list[Route]:
        found: list[Route] = []
        for plan in self.plans_of(participant, on):
            found += [
                self._route(participant, plan, component, on)
                for component in plan.components
                if takes(component, kind, on)
            ]
        return found

    def _route(self, participant: str, plan: Plan, component: Component, on: date) -> Route:
        self.found.participants.setdefault(participant)
        span = self._calendar.window(component.window, on)
        is_bare = not component.only and not component.rates and component.counts_to_quota
        is_simple = is_bare and component.kind == Kind.EARNINGS and component.measure.is_money
        version = "" if plan.on_change == OnChange.CARRY else str(plan.version)
        key = (participant, plan.code, version, component.code, span.id)
        box = self.found.boxes.setdefault(key, Box(participant, component.code, span, []))
        for stretch in box.stretches:
            if stretch.plan is plan:
                return Route(plan, component, box, stretch, is_simple)
        box.stretches.append(Stretch(plan, component))
        return Route(plan, component, box, box.stretches[-1], is_simple)

    def plans_of(self, participant: str, on: date) -> list[Plan]:
        """Return the versions of plans that pay a participant for what happens on a day."""
        codes = {
            row.plan: None
            for row in self._case.assignments
            if row.participant == participant and row.starts <= on < row.ends
        }
        return [plan for code in codes for plan in self._plans.get(code, ()) if plan.valid_from <= on < plan.valid_to]


class _Plain(NamedTuple):
    """How plain sales of somebody, a day and a kind are credited."""

    is_plain: bool
    routes: tuple[Route, ...] = ()
    earning: int = 0
    is_closed: bool = False
    side: Side = PLAIN


class _Context(NamedTuple):
    """What all shares of an event have in common."""

    event: Event
    root: Event
    kind: EventKind
    on: date
    methods: tuple[Reversal, ...]
    earning: int
