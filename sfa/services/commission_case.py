"""A commission case as one JSON document: read into the engine's case, and its statements written as plain data."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

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
from sfa.domain.commission.events import TAKING_BACK, Event, EventKind, Share
from sfa.domain.commission.periods import Calendar, Period, Span, Status
from sfa.domain.commission.plan import Plan, Window
from sfa.domain.commission.plan_text import plan_of, read_plan
from sfa.domain.commission.settlement import Balances, Draw
from sfa.domain.commission.sums import rounded
from sfa.domain.currencies import is_currency
from sfa.domain.figures import DEC6, PPM
from sfa.errors import UsageError

E9 = 1_000_000_000
HINT = "The form of a case is described in docs/commission-simulate.md."
PARTS = (
    "plan plans periods windows fiscal_year_start assignments events credits quotas leaves holidays hierarchy fx"
    " scores releases adjustments draws posted openings disputes whatif as_of"
).split()
Row = Mapping[str, Any]


class Fields:
    """The keys of one row; each may be taken once, and none may be left."""

    def __init__(self, row: object, place: str) -> None:
        if not isinstance(row, Mapping):
            raise _refused(place, "it is no object")
        self._row, self._place = dict(row), place

    def _take(self, key: str, default: Any, *, is_needed: bool) -> Any:  # noqa: ANN401 - whatever JSON holds
        value = self._row.pop(key, None)
        if value is None:
            if is_needed:
                raise _refused(self._place, f"it lacks {key}")
            return default
        return value

    def text(self, key: str, default: str | None = None) -> str:
        """Take a text."""
        value = self._take(key, default, is_needed=default is None)
        if not isinstance(value, str):
            raise _refused(self._place, f"{key} is no text")
        return value

    def whole(self, key: str, default: int | None = None) -> int:
        """Take a whole number."""
        value = self._take(key, default, is_needed=default is None)
        if type(value) is not int:
            raise _refused(self._place, f"{key} is {value}, no whole number")
        return value

    def maybe(self, key: str) -> int | None:
        """Take a whole number that may be absent."""
        return None if self._row.get(key) is None else self.whole(key)

    def flag(self, key: str) -> bool:
        """Take true or false; false where it is absent."""
        value = self._take(key, default=False, is_needed=False)
        if not isinstance(value, bool):
            raise _refused(self._place, f"{key} is neither true nor false")
        return value

    def day(self, key: str, default: date | None = None) -> date:
        """Take a day, `2026-01-31`."""
        value = self._take(key, default, is_needed=default is None)
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            raise _refused(self._place, f"{key} is {value}, no day as 2026-01-31") from None

    def scaled(self, key: str, scale: int, default: int) -> int:
        """Take a decimal number, as a number or a text, and return it scaled."""
        value = self._take(key, None, is_needed=False)
        if value is None:
            return default
        try:
            sized = Decimal(str(value)) * scale
        except InvalidOperation:
            raise _refused(self._place, f"{key} is {value}, no number") from None
        if not sized.is_finite() or sized != sized.to_integral_value():
            raise _refused(self._place, f"{key} is {value}, which has too many decimals")
        return int(sized)

    def one_of(self, key: str, kind: Callable[[str], Any], choices: Iterable[str], default: str | None = None) -> Any:  # noqa: ANN401 - of that kind
        """Take one of several words."""
        value = self.text(key, default)
        if value not in set(choices):
            raise _refused(self._place, f"{key} is “{value}”, none of {', '.join(choices)}")
        return kind(value)

    def table(self, key: str) -> dict[str, str]:
        """Take a table of texts."""
        value = self._take(key, {}, is_needed=False)
        if not isinstance(value, Mapping):
            raise _refused(self._place, f"{key} is no object")
        return {name: str(cell) for name, cell in value.items()}

    def done(self) -> None:
        """Refuse what was not asked for."""
        if self._row:
            raise _refused(self._place, f"“{next(iter(self._row))}” is no part of it")


def _refused(place: str, why: str) -> UsageError:
    return UsageError(f"The case cannot be read: {place}: {why}.", hint=HINT)


def _rows(data: Row, key: str) -> list[Fields]:
    value = data.get(key) or []
    if not isinstance(value, list):
        raise _refused(key, "it is no list")
    return [Fields(row, f"{key} {number}") for number, row in enumerate(value, 1)]


def _each(data: Row, key: str, make: Callable[[Fields], Any]) -> list[Any]:
    found = []
    for row in _rows(data, key):
        found.append(make(row))
        row.done()
    return found


def read_case(data: object) -> Case:
    """Return the case that a document says.

    Raises:
        UsageError: a sentence with the part, the number of its row, and what is at fault.
        PlanError: a plan is at fault.
    """
    if not isinstance(data, Mapping):
        raise _refused("document", "it is no object")
    for key in data:
        if key not in PARTS:
            raise _refused("document", f"“{key}” is no part of it")
    events = _each(data, "events", _event)
    known = {event.id: event for event in events}
    events = sorted((_completed(event, known) for event in events), key=lambda event: event.order)
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


def _plans(data: Row) -> list[Plan]:
    """Return the plans, each as TOML text or as an object with the same keys."""
    rows = [*([data["plan"]] if data.get("plan") else []), *(data.get("plans") or [])]
    if not rows:
        raise _refused("document", "it has no plan")
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
        raise _refused("document", "it has neither periods nor events")
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
        raise _refused("events", f"“{currency}” is no currency")
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
        raise _refused(f"event {made.id}", "it lacks net_minor")
    return made


_NONE = -(10**18)
"""Stands for an amount that was not given until the sale is known that the event refers to."""


def _completed(event: Event, known: Mapping[str, Event]) -> Event:
    """Return an event with what it does not say taken from the sale that it refers to: all of it, or the part."""
    root = known.get(event.reverses)
    if root is None:
        if event.reverses:
            raise _refused(f"event {event.id}", f"it refers to {event.reverses}, which is no event")
        cost = 0 if event.cost_minor == _NONE else event.cost_minor
        return event._replace(cost_minor=cost, quantity=0 if event.quantity == _NONE else event.quantity)
    root = _completed(root, known)
    if event.kind == EventKind.PAID:
        net = event.net_minor if event.net_minor != _NONE else event.gross_minor
        if net is None:
            raise _refused(f"event {event.id}", "it lacks net_minor or gross_minor, the amount that was paid")
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
            raise _refused("credits", f"there is no event {event_id}")
        pay = row.whole("commission_ppm", PPM)
        is_overlay = row.one_of("type", str, ("direct", "overlay"), "direct") == "overlay"
        share = Share(row.text("participant"), pay, row.whole("quota_ppm", pay), is_overlay)
        found.setdefault(event_id, {}).setdefault(row.text("recorded_at", ""), []).append(share)
        row.done()
    return {
        event_id: [SplitRow(at, tuple(shares)) for at, shares in sorted(by_time.items())]
        for event_id, by_time in found.items()
    }


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
        raise _refused("fx", "rate must be above zero")
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
