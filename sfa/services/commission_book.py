"""The facts of a book as a case of the engine: plans, people, quotas, events and shares, read in few queries."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Any, Final

from db.queries import commission as queries
from db.queries.records import Row
from db.store import Store
from sfa.domain.commission.case import (
    Adjustment,
    Assignment,
    Case,
    DrawTerms,
    FxRate,
    Leave,
    QuotaRow,
    ReportsTo,
    Score,
    SplitRow,
)
from sfa.domain.commission.events import Share
from sfa.domain.commission.periods import Calendar
from sfa.domain.commission.plan import Kind, Plan, Window
from sfa.domain.commission.plan_text import read_plan
from sfa.domain.commission.settlement import Draw
from sfa.domain.commission.sums import rounded
from sfa.domain.figures import PPM
from sfa.errors import NotFoundError
from sfa.services import commission_periods
from sfa.services.commission_sales import Sales
from sfa.services.commission_sums import adds_up, sums
from sfa.services.desk import Desk

E9: Final = 1_000_000_000
NO_PLAN: Final = "Nobody is paid by a plan yet."
HINT: Final = (
    "Publish one, and say whom it pays: sfa commission plan publish FILE, sfa commission plan assign CODE NAME"
)


@dataclass(frozen=True, slots=True)
class Book:
    """A case of a book."""

    case: Case
    people: Mapping[str, Row]
    sales: Sales

    def name(self, person: str) -> str:
        """Return what somebody is called."""
        return str(self.people[person]["name"]) if person in self.people else person

    def label(self, event_id: str) -> str:
        """Return what people call a sale; "" where it is none."""
        return self.sales.names.get(event_id, "") if event_id else ""


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a book says beside its sales, read once for the cases of many people."""

    desk: Desk
    case: Case
    people: Mapping[str, Row]
    codes: Mapping[str, frozenset[str]]

    def payees(self) -> list[str]:
        """Return everybody who gets a statement."""
        return sorted(set(self.codes) | {row.participant for row in self.case.adjustments})

    def plans_of(self, people: Sequence[str]) -> list[Plan]:
        """Return the plans that pay some people."""
        codes = frozenset[str]().union(*(self.codes.get(one, frozenset()) for one in people))
        return [plan for plan in self.case.plans if plan.code in codes]

    def depends_on_others(self, person: str) -> bool:
        """Tell whether what somebody is paid follows from what others sell: teams, and budgets that are shared."""
        return any(
            component.kind in {Kind.OVERRIDE_REVENUE, Kind.OVERRIDE_COMMISSION}
            or component.campaign.budget_minor is not None
            for plan in self.plans_of([person])
            for component in plan.components
        )

    def book(self, people: Sequence[str] | None) -> Book:
        """Return the case of all sales that some people are paid for, or of all."""
        is_all = people is None or any(map(self.depends_on_others, people))
        plans = self.case.plans if is_all or people is None else self.plans_of(people)
        sales = self.sales(None if is_all else people, plans)
        referred = queries.taken_back(self.desk.store) if is_all else None
        return Book(replace(self.case, events=sales, referred=referred), self.people, sales)

    def sales(self, people: Sequence[str] | None, plans: Sequence[Plan], start: date | None = None) -> Sales:
        """Return the sales of some people since a day, with as much of each as plans ask for."""
        periods = self.case.calendar.periods
        days = (start or periods[0].start).isoformat(), periods[-1].end.isoformat()
        has_deals = bool(self.desk.config.get("commission.won_deals"))
        return Sales(self.desk.store, days, people, _looks_closer(plans), has_deals)


def facts(desk: Desk, until: date | None = None) -> Facts:
    """Return what a book says beside its sales.

    Args:
        desk: the desk.
        until: the day that the last period is to hold; today where None.

    Raises:
        NotFoundError: nobody is assigned to a published plan.
    """
    store = desk.store
    plans = _plans(queries.plan_versions(store))
    known = {plan.code for plan in plans}
    assigned = [row for row in queries.assignments(store) if row["code"] in known]
    if not assigned:
        raise NotFoundError(NO_PLAN, hint=HINT)
    people, quotas = queries.people(store), queries.quotas(store)
    codes: dict[str, set[str]] = {}
    for row in assigned:
        codes.setdefault(row["participant_id"], set()).add(row["code"])
    case = Case(
        plans=plans,
        calendar=commission_periods.calendar(desk, min(_day(row["valid_from"]) for row in assigned), until),
        assignments=[
            Assignment(row["participant_id"], row["code"], _day(row["valid_from"]), _end(row["valid_to"]))
            for row in assigned
        ],
        events=(),
        splits=_splits(store),
        quotas=[_quota(row) for row in quotas if row["amount"] or row["target_minor"] is not None],
        leaves=list(_leaves(assigned)),
        hierarchy=[ReportsTo(row["id"], row["manager_id"]) for row in people.values() if row["manager_id"]],
        fx=list(_rates(queries.fx_rates(store, sorted({plan.currency for plan in plans})))),
        scores=[
            Score(row["participant_id"], row["component_code"] or "", row["period_code"], row["score"])
            for row in quotas
            if row["score"] is not None
        ],
        adjustments=[_adjustment(row) for row in queries.adjustments(store)],
        draws=[_draw(row) for row in assigned if row["draw"]],
    )
    return Facts(desk, case, people, {person: frozenset(found) for person, found in codes.items()})


def load_since(desk: Desk, person: str, first: date, last: date) -> Book:
    """Return a case with the sales that it takes to tell what some of somebody's of these days would earn.

    Where they only add up, they are added up.

    Raises:
        NotFoundError: nobody is assigned to a published plan.
    """
    found = facts(desk, last)
    if found.depends_on_others(person):
        return found.book(None)
    plans = found.plans_of([person])
    begin = found.case.calendar.periods[0].start
    sales = found.sales([person], plans, max(begin, min(_starts(found.case.calendar, plans, first), default=begin)))
    events = sums(sales, person, plans, first) if adds_up(plans) and not found.case.splits else None
    return Book(replace(found.case, events=sales if events is None else events), found.people, sales)


def _looks_closer(plans: Sequence[Plan]) -> bool:
    """Tell whether a plan asks for more of a sale than its amount: product, category, customer."""
    return any(component.only or component.rates for plan in plans for component in plan.components)


def _starts(calendar: Calendar, plans: Sequence[Plan], day: date) -> Iterator[date]:
    """Return when the windows that a sale of a day falls into begin."""
    for plan in plans:
        for component in plan.components:
            for kind in filter(None, (component.window, component.gate_window)):
                yield calendar.window(kind, day).start
            if component.refundable_cap:
                yield calendar.window(Window.YEAR, day).start


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _end(text: str | None) -> date:
    return date.fromisoformat(text) if text else date.max


@lru_cache(maxsize=64)
def _read(terms: str) -> Plan:
    return read_plan(terms)


def _plans(rows: Sequence[Row]) -> list[Plan]:
    return [
        replace(_read(row["terms"]), valid_from=_day(row["valid_from"]), valid_to=_end(row["valid_to"])) for row in rows
    ]


def _splits(store: Store) -> dict[str, list[SplitRow]]:
    """Return the shares of events: their own, else those of the order, else those of the deal."""
    by_source: dict[str, dict[str, list[Share]]] = {}
    for row in queries.shares(store):
        share = Share(row["participant_id"], row["commission_ppm"], row["quota_ppm"], row["type"] == "overlay")
        by_source.setdefault(row["source_id"], {}).setdefault(row["recorded_at"], []).append(share)
    found: dict[str, list[SplitRow]] = {}
    for event_id, source_id, _ in queries.shared_events(store) if by_source else ():
        if event_id not in found:
            own = by_source[source_id].items()
            found[event_id] = [SplitRow(at, tuple(sorted(shares, key=_ordinal))) for at, shares in own]
    return found


def _ordinal(share: Share) -> tuple[bool, str, int]:
    return (share.is_overlay, share.participant, -share.commission_ppm)


def _quota(row: Row) -> QuotaRow:
    return QuotaRow(
        row["participant_id"],
        row["period_code"],
        row["amount"],
        row["component_code"] or "",
        row["target_minor"],
        row["ramp_ppm"],
    )


def _leaves(rows: Sequence[Row]) -> Iterator[Leave]:
    for row in rows:
        for spell in json.loads(row["leave"] or "[]"):
            yield Leave(row["participant_id"], _day(spell["from"]), _day(spell["to"]))


def _rates(rows: Sequence[Row]) -> Iterator[FxRate]:
    """Return the rates of both directions; one that is not in the book follows from the other."""
    given = {(row["source"], row["target"], row["on_day"]) for row in rows}
    for row in rows:
        source, target, rate = row["source"], row["target"], row["rate_e9"]
        yield FxRate(source, target, rate, "day", _day(row["on_day"]))
        if (target, source, row["on_day"]) not in given:
            yield FxRate(target, source, rounded(Fraction(E9 * E9, rate)), "day", _day(row["on_day"]))


def _adjustment(row: Row) -> Adjustment:
    approver = row["approved_by_id"] or ""
    return Adjustment(
        row["id"],
        row["participant_id"],
        row["period_code"],
        row["amount_minor"],
        row["note"] or row["reason_code"],
        row["requested_by_id"],
        approver,
        row["approved_at"] or row["created_at"],
    )


def _draw(row: Row) -> DrawTerms:
    said: dict[str, Any] = json.loads(row["draw"])
    start = _day(row["valid_from"])
    begins = said.get("recovery_from")
    return DrawTerms(
        row["participant_id"],
        said.get("guarantee_minor", 0),
        Draw(said.get("type", Draw.RECOVERABLE.value)),
        said.get("recovery_ppm", PPM),
        said.get("draw_recovery_ppm", PPM),
        start,
        _end(row["valid_to"]),
        _day(begins) if begins else start,
    )
