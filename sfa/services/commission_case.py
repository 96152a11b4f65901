"""A commission case as one JSON document: read into the engine's case, and its statements written as plain data."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
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
from sfa.domain.commission.events import Event, Share
from sfa.domain.commission.periods import YEAR_MONTHS, Calendar, Period, Span, Status
from sfa.domain.commission.plan import Plan, Window
from sfa.domain.commission.plan_text import plan_of, read_plan
from sfa.domain.commission.settlement import Balances, Draw
from sfa.domain.commission.whatif import Deal
from sfa.domain.figures import PPM
from sfa.domain.text import shown
from sfa.services.case_checks import check_case, check_returns, once
from sfa.services.case_events import completed, event_of, near
from sfa.services.case_fields import E9, Fields, refused

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
        raise refused(key, f"it is {shown(value)}, no list")
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
    once("disputes", (row.id for row in disputes))
    if not rows.get("whatif"):
        return Request(case, disputes, "", ())
    asked = Fields(rows["whatif"], "whatif")
    participant = asked.text("participant")
    if all(row.participant != participant for row in case.assignments):
        raise refused("whatif", f"no plan is assigned to {shown(participant)}")
    deals = _each({"whatif, deals": asked.rows("deals")}, "whatif, deals", partial(_deal, participant))
    asked.done()
    return Request(case, disputes, participant, deals)


def _deal(participant: str, row: Fields) -> Deal:
    probability = row.share("probability_ppm")
    event = completed(event_of(row), {})
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
            raise refused("document", f"{shown(key)} is no part of it")
    events = _each(data, "events", event_of)
    once("events", (event.id for event in events))
    known = {event.id: event for event in events}
    events = sorted((completed(event, known) for event in events), key=lambda event: event.order)
    check_returns(events, known)
    openings = _each(data, "openings", _opening)
    once("openings", (participant for participant, _ in openings))
    case = Case(
        plans=_plans(data),
        calendar=_calendar(data, events),
        assignments=_each(data, "assignments", _assignment),
        events=events,
        splits=_splits(data, known),
        quotas=_each(data, "quotas", _quota),
        leaves=_each(data, "leaves", lambda row: Leave(row.text("participant"), row.day("from"), row.day("to"))),
        holidays=frozenset(_holidays(data)),
        hierarchy=_each(data, "hierarchy", _reports),
        fx=_each(data, "fx", _fx),
        scores=_each(data, "scores", _score),
        releases=_each(data, "releases", _release),
        adjustments=_each(data, "adjustments", _adjustment),
        draws=_each(data, "draws", _draw),
        posted=_each(data, "posted", _posted),
        openings=dict(openings),
        as_of=Fields(data, "document").day("as_of") if data.get("as_of") else None,
    )
    check_case(case)
    return case


def _holidays(data: Row) -> list[date]:
    rows = data.get("holidays") or []
    if not isinstance(rows, list):
        raise refused("holidays", f"it is {shown(rows)}, no list")
    return [Fields({"day": row}, f"holidays {number}").day("day") for number, row in enumerate(rows, 1)]


def _plans(data: Row) -> list[Plan]:
    """Return the plans, each as TOML text or as an object with the same keys."""
    several = data.get("plans") or []
    if not isinstance(several, list):
        raise refused("plans", f"it is {shown(several)}, no list")
    rows = [*([data["plan"]] if data.get("plan") else []), *several]
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
    if not 1 <= first <= YEAR_MONTHS:
        raise refused("document", f"fiscal_year_start is {first}, no month from 1 to {YEAR_MONTHS}")
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
    return Period(row.text("id"), near(row, "from"), near(row, "to"), status, row.moment("closed_at"))


def _assignment(row: Fields) -> Assignment:
    return Assignment(row.text("participant"), row.text("plan"), row.day("from", date.min), row.day("to", date.max))


def _splits(data: Row, known: Mapping[str, Event]) -> dict[str, list[SplitRow]]:
    """Return the shares of each event, by the time at which they were recorded."""
    found: dict[str, dict[str, list[Share]]] = {}
    for row in _rows(data, "credits"):
        event_id = row.text("event")
        if event_id not in known:
            raise refused("credits", f"there is no event {shown(event_id)}")
        pay = row.whole("commission_ppm", PPM)
        is_overlay = row.one_of("type", str, ("direct", "overlay"), "direct") == "overlay"
        share = Share(row.text("participant"), pay, row.whole("quota_ppm", pay), is_overlay)
        found.setdefault(event_id, {}).setdefault(row.moment("recorded_at"), []).append(share)
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
        row.size("ramp_ppm", PPM),
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
    return DatedRelease(row.text("event"), row.day("on"), row.share("share_ppm"), row.flag("forfeit"))


def _adjustment(row: Fields) -> Adjustment:
    return Adjustment(
        row.text("id"),
        row.text("participant"),
        row.text("period"),
        row.whole("amount_minor"),
        row.text("reason", ""),
        row.text("requested_by"),
        row.text("approved_by", ""),
        row.moment("recorded_at"),
    )


def _draw(row: Fields) -> DrawTerms:
    return DrawTerms(
        row.text("participant"),
        row.size("guarantee_minor"),
        row.one_of("type", Draw, [one.value for one in Draw], "recoverable"),
        row.share("recovery_ppm"),
        row.share("draw_recovery_ppm"),
        row.day("from", date.min),
        row.day("to", date.max),
        row.day("recovery_from", date.min),
    )


def _posted(row: Fields) -> Posted:
    amount = row.whole("amount_minor")
    return Posted(row.text("participant"), row.text("component"), row.text("period"), amount, row.text("event", ""))


def _opening(row: Fields) -> tuple[str, Opening]:
    owed = Balances(row.size("overpaid_minor"), row.size("draw_minor"))
    return row.text("participant"), Opening(owed, row.size("holdback_minor"))
