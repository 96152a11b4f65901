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
from sfa.domain.commission.events import Event, EventKind, Share
from sfa.domain.commission.periods import Calendar
from sfa.domain.commission.plan import Kind, Plan, Window
from sfa.domain.commission.plan_text import read_plan
from sfa.domain.commission.settlement import Draw
from sfa.domain.commission.sums import rounded
from sfa.domain.figures import PPM
from sfa.errors import NotFoundError
from sfa.services import commission_periods
from sfa.services.desk import Desk

TRAITS: Final[tuple[str, ...]] = (
    "product",
    "category",
    "account",
    "industry",
    "segment",
    "territory",
    "type",
    "source",
)
TRAITS_OF_EVENTS: Final[tuple[str, ...]] = ("product", "category", "account", "industry", "segment", "territory")
"""What components may be limited to; the facts of an event come on top."""
E9: Final = 1_000_000_000
NOBODY: Final = "-"
"""Owner of a sale that nobody owns: it pays nobody."""
NO_PLAN: Final = "Nobody is paid by a plan yet."
HINT: Final = (
    "Publish one, and say whom it pays: sfa commission plan publish FILE, sfa commission plan assign CODE NAME"
)


@dataclass(frozen=True, slots=True)
class Book:
    """A case of a book.

    Attributes:
        labels: what people call the sales that events are about, by the event's id.
        sources: noun and id of the record behind an event.
    """

    case: Case
    people: Mapping[str, Row]
    labels: Mapping[str, str]
    sources: Mapping[str, tuple[str, str]]

    def name(self, person: str) -> str:
        """Return what somebody is called."""
        return str(self.people[person]["name"]) if person in self.people else person


def load(
    desk: Desk, people: Sequence[str] | None = None, day: date | None = None, *, until: date | None = None
) -> Book:
    """Return the case of a book.

    Args:
        desk: the desk.
        people: whose events are wanted; everybody's where None, or where what they are paid depends on others.
        day: only events of windows that hold this day, enough to tell what a sale then would earn.
        until: the day that the last period is to hold; today where None.

    Raises:
        NotFoundError: nobody is assigned to a published plan.
    """
    store = desk.store
    plans = _plans(queries.plan_versions(store))
    assigned = [row for row in queries.assignments(store) if any(plan.code == row["code"] for plan in plans)]
    if not assigned:
        raise NotFoundError(NO_PLAN, hint=HINT)
    calendar = commission_periods.calendar(desk, min(_day(row["valid_from"]) for row in assigned), until)
    wanted = None if people is None or _depends_on_others(plans, assigned, people) else list(people)
    first, is_bare = calendar.periods[0].start, False
    if day is not None:
        codes = {row["code"] for row in assigned if wanted is None or row["participant_id"] in wanted}
        first, is_bare = _enough(store, calendar, [plan for plan in plans if plan.code in codes], day)
    span = first.isoformat(), calendar.periods[-1].end.isoformat()
    known, quotas = queries.people(store), queries.quotas(store)
    events, labels, sources, parents = _events(desk, span, wanted, is_bare=is_bare)
    case = Case(
        plans=plans,
        calendar=calendar,
        assignments=[
            Assignment(row["participant_id"], row["code"], _day(row["valid_from"]), _end(row["valid_to"]))
            for row in assigned
        ],
        events=events,
        splits=_splits(queries.shares(store), parents),
        quotas=[_quota(row) for row in quotas if row["amount"] or row["target_minor"] is not None],
        leaves=list(_leaves(assigned)),
        hierarchy=[ReportsTo(row["id"], row["manager_id"]) for row in known.values() if row["manager_id"]],
        fx=list(_rates(queries.fx_rates(store, sorted({plan.currency for plan in plans})))),
        scores=[
            Score(row["participant_id"], row["component_code"] or "", row["period_code"], row["score"])
            for row in quotas
            if row["score"] is not None
        ],
        adjustments=[_adjustment(row) for row in queries.adjustments(store)],
        draws=[_draw(row) for row in assigned if row["draw"]],
    )
    return Book(case, known, labels, sources)


def _enough(store: Store, calendar: Calendar, plans: Sequence[Plan], day: date) -> tuple[date, bool]:
    """Return since when events are needed to tell what a sale of a day earns, and whether their amounts are all."""
    first = calendar.periods[0].start
    is_bare = not _looks_closer(plans) and not queries.has_shares(store)
    return max(first, min(_starts(calendar, plans, day), default=first)), is_bare


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


def _depends_on_others(plans: Sequence[Plan], assigned: Sequence[Row], people: Sequence[str]) -> bool:
    """Tell whether what some people are paid follows from what others sell: teams, and budgets that are shared."""
    codes = {row["code"] for row in assigned if row["participant_id"] in people}
    return any(
        component.kind in {Kind.OVERRIDE_REVENUE, Kind.OVERRIDE_COMMISSION}
        or component.campaign.budget_minor is not None
        for plan in plans
        if plan.code in codes
        for component in plan.components
    )


def _events(
    desk: Desk, days: tuple[str, str], people: Sequence[str] | None, *, is_bare: bool
) -> tuple[list[Event], dict[str, str], dict[str, tuple[str, str]], dict[str, tuple[str, ...]]]:
    """Return events in their order, their labels and sources, and what their shares may be recorded for."""
    labels: dict[str, str] = {}
    sources: dict[str, tuple[str, str]] = {}
    parents: dict[str, tuple[str, ...]] = {}
    found = []
    for row in queries.events(desk.store, *days, people, is_bare=is_bare):
        found.append(_event(row))
        if is_bare:
            continue
        number = row["number"] or json.loads(row["facts"] or "{}").get("number") or row["type"]
        labels[row["id"]] = f"{number} {row['account'] or ''}".strip()
        if row["order_id"]:
            sources[row["id"]] = ("order", row["order_id"])
        if not row["reverses_event_id"]:
            parents[row["id"]] = tuple(one for one in (row["id"], row["order_id"], row["opportunity_id"]) if one)
    if desk.config.get("commission.won_deals"):
        for row in queries.won_deals(desk.store, *days, people):
            found.append(deal_event(row))
            labels[row["id"]] = str(row["name"])
            sources[row["id"]] = ("opportunity", row["id"])
            parents[row["id"]] = (row["id"],)
    found.sort(key=lambda event: event.order)
    return found, labels, sources, parents


def _event(row: Row) -> Event:
    # What takes a sale back is its owner's, whoever looks after the customer by now.
    owner = "" if row["reverses_event_id"] else row["owner_id"] or NOBODY
    facts = json.loads(row["facts"]) if row["facts"] else {}
    traits = {name: row[name] for name in TRAITS_OF_EVENTS if row.get(name)}
    traits |= {name: value for name, value in facts.items() if isinstance(value, str) and name != "number"}
    return Event(
        id=row["id"],
        kind=EventKind(row["type"]),
        on=_day(row["event_date"]),
        net_minor=row["net_minor"],
        recorded_at=row["recorded_at"],
        cost_minor=row["cost_minor"] or 0,
        currency=row["currency"],
        fx_e9=row["fx_rate_e9"] or 0,
        reverses=row["reverses_event_id"] or "",
        traits=traits,
        quantity=row["quantity_dec6"] or 0,
        owner=owner,
    )


def deal_event(row: Row) -> Event:
    """Return a won deal as a booking: the one place where a deal without an order becomes an event."""
    return Event(
        id=row["id"],
        kind=EventKind.BOOKED,
        on=_day(row["closed_on"]),
        net_minor=row["amount_minor"],
        currency=row["currency"],
        traits={name: str(row[name]) for name in TRAITS if row.get(name)},
        quantity=1_000_000,
        owner=row["owner_id"],
    )


def _splits(rows: Sequence[Row], parents: Mapping[str, tuple[str, ...]]) -> dict[str, list[SplitRow]]:
    """Return the shares of events: their own, else those of the order, else those of the deal."""
    by_source: dict[str, dict[str, list[Share]]] = {}
    for row in rows:
        share = Share(row["participant_id"], row["commission_ppm"], row["quota_ppm"], row["type"] == "overlay")
        by_source.setdefault(row["source_id"], {}).setdefault(row["recorded_at"], []).append(share)
    found = {}
    for event_id, sources in parents.items() if by_source else ():
        own = next((by_source[one] for one in sources if one in by_source), None)
        if own is not None:
            found[event_id] = [SplitRow(at, tuple(sorted(shares, key=_ordinal))) for at, shares in own.items()]
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
