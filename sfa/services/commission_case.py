"""A commission case as one JSON document: read into the engine's case, and its statements written as plain data."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import partial
from typing import Any, NamedTuple

from sfa.domain.commission.case import (
    Adjustment,
    Assignment,
    Case,
    DatedRelease,
    DrawTerms,
    FxRate,
    Leave,
    Opening,
    Posted,
    QuotaRow,
    ReportsTo,
    Score,
    SplitRow,
)
from sfa.domain.commission.disputes import Dispute, DisputeStatus
from sfa.domain.commission.events import TAKING_BACK, Event, EventKind, Share
from sfa.domain.commission.periods import Calendar, Period, Span, Status
from sfa.domain.commission.plan import Plan, Window
from sfa.domain.commission.plan_text import plan_of, read_plan
from sfa.domain.commission.settlement import Balances, Draw
from sfa.domain.commission.sums import rounded
from sfa.domain.commission.whatif import Deal
from sfa.domain.currencies import is_currency
from sfa.domain.figures import DEC6, PPM
from sfa.services.case_fields import Fields, refused

E9 = 1_000_000_000
PARTS = [
    "plan",
    "plans",
    "periods",
    "windows",
    "fiscal_year_start",
    "assignments",
    "events",
    "credits",
    "quotas",
    "leaves",
    "holidays",
    "hierarchy",
    "fx",
    "scores",
    "releases",
    "adjustments",
    "draws",
    "posted",
    "openings",
    "disputes",
    "whatif",
    "as_of",
]
Row = Mapping[str, Any]


def _rows(data: Row, key: str) -> list[Fields]:
    value = data.get(key) or []
    if not isinstance(value, list):
        raise refused(key, "it is no list")
    return [Fields(row, f"{key} {number}") for number, row in enumerate(value, 1)]


def _each(data: Row, key: str, make: Callable[[Fields], Any]) -> list[Any]:
    found = []
    for row in _rows(data, key):
        found.append(make(row))
        row.done()
    return found


class Request(NamedTuple):
    """A case, disputes about its lines, and deals to estimate for a participant."""

    case: Case
    disputes: Sequence[Dispute]
    participant: str
    deals: Sequence[Deal]


def read_request(data: object) -> Request:
    """Return the case that a document says, and what is asked about it.

    Raises:
        UsageError, PlanError: as `read_case`.
    """
    case = read_case(data)
    rows: Row = data if isinstance(data, Mapping) else {}
    disputes = _each(rows, "disputes", _dispute)
    if not rows.get("whatif"):
        return Request(case, disputes, "", ())
    asked = Fields(rows["whatif"], "whatif")
    participant = asked.text("participant")
    deals = _each(rows["whatif"], "deals", partial(_deal, participant))
    return Request(case, disputes, participant, deals)


def _deal(participant: str, row: Fields) -> Deal:
    probability = row.whole("probability_ppm", PPM)
    event = _completed(_event(row), {})
    return Deal(event._replace(owner=event.owner or participant), probability)


def _dispute(row: Fields) -> Dispute:
    status = row.one_of("status", DisputeStatus, [one.value for one in DisputeStatus], "open")
    return Dispute(
        row.text("id"),
        row.text("line"),
        row.whole("claimed_minor", 0),
        row.text("reason", ""),
        status,
        row.text("resolution", ""),
        row.text("answer", ""),
        row.flag("deferred"),
        row.day("due", date.max),
    )


def read_case(data: object) -> Case:
    """Return the case that a document says.

    Raises:
        UsageError: a sentence with the part, the number of its row, and what is at fault.
        PlanError: a plan is at fault.
    """
    if not isinstance(data, Mapping):
        raise refused("document", "it is no object")
    for key in data:
        if key not in PARTS:
            raise refused("document", f"“{key}” is no part of it")
    events = _each(data, "events", _event)
    known = {event.id: event for event in events}
    events = sorted((_completed(event, known) for event in events), key=lambda event: event.order)
    _check_returns(events, known)
    return Case(
        plans=_plans(data),
        calendar=_calendar(data, events),
        assignments=_each(data, "assignments", _assignment),
        events=events,
        splits=_splits(data, known),
        quotas=_each(data, "quotas", _quota),
        leaves=_each(data, "leaves", lambda row: Leave(row.text("participant"), row.day("from"), row.day("to"))),
        holidays=frozenset(map(date.fromisoformat, data.get("holidays") or [])),
        hierarchy=_each(data, "hierarchy", _reports),
        fx=_each(data, "fx", _fx),
        scores=_each(data, "scores", _score),
        releases=_each(data, "releases", _release),
        adjustments=_each(data, "adjustments", _adjustment),
        draws=_each(data, "draws", _draw),
        posted=_each(data, "posted", _posted),
        openings=dict(_each(data, "openings", _opening)),
        as_of=Fields(data, "document").day("as_of") if data.get("as_of") else None,
    )


def _check_returns(events: Sequence[Event], known: Mapping[str, Event]) -> None:
    """Refuse what takes back more of a sale than is left of it; `known` are the events as they were written."""
    left: dict[str, int] = {}
    for event in events:
        is_back = event.kind in TAKING_BACK
        if not event.reverses or not (is_back or event.kind == EventKind.REINSTATED):
            continue
        root = known[event.reverses]
        while root.reverses and root.kind != EventKind.PAID:
            root = known[root.reverses]
        size = abs(root.net_minor)
        left[root.id] = left.get(root.id, size) + (-abs(event.net_minor) if is_back else abs(event.net_minor))
        if size and left[root.id] < 0:
            raise refused(f"event {event.id}", f"it takes back more of {root.id} than there is")
        if size and left[root.id] > size:
            raise refused(f"event {event.id}", f"it restores more of {root.id} than was taken back")


def _plans(data: Row) -> list[Plan]:
    """Return the plans, each as TOML text or as an object with the same keys."""
    rows = [*([data["plan"]] if data.get("plan") else []), *(data.get("plans") or [])]
    if not rows:
        raise refused("document", "it has no plan")
    return [read_plan(row) if isinstance(row, str) else plan_of(row) for row in rows]


def _calendar(data: Row, events: Sequence[Event]) -> Calendar:
    declared: dict[Window, list[Span]] = {}
    for row in _rows(data, "windows"):
        kind = row.one_of("kind", Window, [one.value for one in Window])
        declared.setdefault(kind, []).append(Span(row.text("id"), row.day("from"), row.day("to")))
        row.done()
    first = Fields(data, "document").whole("fiscal_year_start", 1)
    periods = _each(data, "periods", _period)
    if not periods:
        periods = _months(events)
    return Calendar(periods, dict(declared), first)


def _months(events: Sequence[Event]) -> list[Period]:
    """Return an open month for each that has events between the first and the last."""
    if not events:
        raise refused("document", "it has neither periods nor events")
    calendar = Calendar([Period("all", date.min, date.max)])
    span = calendar.window(Window.MONTH, events[0].on)
    found = []
    while span.start <= events[-1].on:
        found.append(Period(span.id, span.start, span.end))
        span = calendar.window(Window.MONTH, span.end)
    return found


def _period(row: Fields) -> Period:
    status = row.one_of("status", Status, [one.value for one in Status], "open")
    return Period(row.text("id"), row.day("from"), row.day("to"), status, row.text("closed_at", ""))


def _assignment(row: Fields) -> Assignment:
    return Assignment(row.text("participant"), row.text("plan"), row.day("from", date.min), row.day("to", date.max))


def _event(row: Fields) -> Event:
    kind = row.one_of("kind", EventKind, [one.value for one in EventKind], "booked")
    currency = row.text("currency", "")
    if currency and not is_currency(currency):
        raise refused("events", f"“{currency}” is no currency")
    net = row.maybe("net_minor")
    gross = row.maybe("gross_minor")
    cost = row.maybe("cost_minor")
    made = Event(
        id=row.text("id"),
        kind=kind,
        on=row.day("on"),
        net_minor=_NONE if net is None else net,
        recorded_at=row.text("recorded_at", ""),
        cost_minor=_NONE if cost is None else cost,
        currency=currency,
        fx_e9=row.scaled("fx_rate", E9, 0),
        band=row.whole("band", 0),
        reverses=row.text("reverses", ""),
        traits=row.table("traits"),
        quantity=row.scaled("quantity", DEC6, _NONE),
        gross_minor=gross,
        owner=row.text("owner", ""),
    )
    if not made.reverses and net is None:
        raise refused(f"event {made.id}", "it lacks net_minor")
    return made


_NONE = -(10**18)
"""Stands for an amount that was not given until the sale is known that the event refers to."""


def _completed(event: Event, known: Mapping[str, Event]) -> Event:
    """Return an event with what it does not say taken from the sale that it refers to: all of it, or the part."""
    root = known.get(event.reverses)
    if root is None:
        if event.reverses:
            raise refused(f"event {event.id}", f"it refers to {event.reverses}, which is no event")
        cost = 0 if event.cost_minor == _NONE else event.cost_minor
        return event._replace(cost_minor=cost, quantity=0 if event.quantity == _NONE else event.quantity)
    root = _completed(root, known)
    if event.kind == EventKind.PAID:
        net = event.net_minor if event.net_minor != _NONE else event.gross_minor
        if net is None:
            raise refused(f"event {event.id}", "it lacks net_minor or gross_minor, the amount that was paid")
        return event._replace(net_minor=net, cost_minor=0, quantity=0, currency=event.currency or root.currency)
    sign = -1 if event.kind in TAKING_BACK else 1
    net = event.net_minor if event.net_minor != _NONE else sign * abs(root.net_minor)
    part = Fraction(abs(net), abs(root.net_minor)) if root.net_minor else Fraction(1)
    gross = event.gross_minor
    if gross is None and root.gross_minor is not None:
        gross = sign * rounded(abs(root.gross_minor) * part)
    return event._replace(
        net_minor=net,
        gross_minor=gross,
        cost_minor=event.cost_minor if event.cost_minor != _NONE else sign * rounded(abs(root.cost_minor) * part),
        quantity=event.quantity if event.quantity != _NONE else sign * rounded(abs(root.quantity) * part),
        currency=event.currency or root.currency,
    )


def _splits(data: Row, known: Mapping[str, Event]) -> dict[str, list[SplitRow]]:
    """Return the shares of each event, by the time at which they were recorded."""
    found: dict[str, dict[str, list[Share]]] = {}
    for row in _rows(data, "credits"):
        event_id = row.text("event")
        if event_id not in known:
            raise refused("credits", f"there is no event {event_id}")
        pay = row.whole("commission_ppm", PPM)
        is_overlay = row.one_of("type", str, ("direct", "overlay"), "direct") == "overlay"
        share = Share(row.text("participant"), pay, row.whole("quota_ppm", pay), is_overlay)
        found.setdefault(event_id, {}).setdefault(row.text("recorded_at", ""), []).append(share)
        row.done()
    return {
        event_id: [SplitRow(at, tuple(sorted(shares, key=_ordinal))) for at, shares in sorted(by_time.items())]
        for event_id, by_time in found.items()
    }


def _ordinal(share: Share) -> tuple[bool, str, int]:
    """Return what settles who gets a cent that two have the same right to, whatever the order of the rows."""
    return (share.is_overlay, share.participant, -share.commission_ppm)


def _quota(row: Fields) -> QuotaRow:
    return QuotaRow(
        row.text("participant"),
        row.text("window"),
        row.whole("amount_minor"),
        row.text("component", ""),
        row.maybe("target_minor"),
        row.whole("ramp_ppm", PPM),
    )


def _reports(row: Fields) -> ReportsTo:
    return ReportsTo(row.text("participant"), row.text("manager"), row.day("from", date.min), row.day("to", date.max))


def _fx(row: Fields) -> FxRate:
    kind = row.one_of("kind", str, ("day", "average", "end", "budget"), "day")
    rate = row.scaled("rate", E9, 0)
    if rate <= 0:
        raise refused("fx", "rate must be above zero")
    source, target = row.text("from"), row.text("to")
    on = row.day("on") if kind == "day" else date.min
    window = row.text("plan", "") if kind == "budget" else row.text("period") if kind != "day" else ""
    return FxRate(source, target, rate, kind, on, window)


def _score(row: Fields) -> Score:
    return Score(row.text("participant"), row.text("component"), row.text("window"), row.whole("value"))


def _release(row: Fields) -> DatedRelease:
    return DatedRelease(row.text("event"), row.day("on"), row.whole("share_ppm", PPM), row.flag("forfeit"))


def _adjustment(row: Fields) -> Adjustment:
    return Adjustment(
        row.text("id"),
        row.text("participant"),
        row.text("period"),
        row.whole("amount_minor"),
        row.text("reason", ""),
        row.text("requested_by"),
        row.text("approved_by", ""),
        row.text("recorded_at", ""),
    )


def _draw(row: Fields) -> DrawTerms:
    return DrawTerms(
        row.text("participant"),
        row.whole("guarantee_minor", 0),
        row.one_of("type", Draw, [one.value for one in Draw], "recoverable"),
        row.whole("recovery_ppm", PPM),
        row.whole("draw_recovery_ppm", PPM),
        row.day("from", date.min),
        row.day("to", date.max),
        row.day("recovery_from", date.min),
    )


def _posted(row: Fields) -> Posted:
    amount = row.whole("amount_minor")
    return Posted(row.text("participant"), row.text("component"), row.text("period"), amount, row.text("event", ""))


def _opening(row: Fields) -> tuple[str, Opening]:
    owed = Balances(row.whole("overpaid_minor", 0), row.whole("draw_minor", 0))
    return row.text("participant"), Opening(owed, row.whole("holdback_minor", 0))
