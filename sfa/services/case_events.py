"""The events of a case: as they are written, and with what they leave out taken from the sale that they refer to."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from sfa.domain.commission.events import TAKING_BACK, Event, EventKind
from sfa.domain.commission.sums import rounded
from sfa.domain.currencies import is_currency
from sfa.domain.figures import DEC6
from sfa.domain.text import shown
from sfa.services.case_fields import E9, Fields, refused

MOST_STEPS = 20


def near(row: Fields, key: str) -> date:
    """Return a day that periods may lie around: nobody's books are older, or go on for longer."""
    return row.day(key, first=date(1900, 1, 1), last=date(2999, 12, 31))


def event_of(row: Fields) -> Event:
    """Return an event as it is written.

    Raises:
        UsageError: a key of it is at fault.
    """
    kind = row.one_of("kind", EventKind, [one.value for one in EventKind], "booked")
    currency = row.text("currency", "")
    if currency and not is_currency(currency):
        raise refused("events", f"{shown(currency)} is no currency")
    net = row.maybe("net_minor")
    gross = row.maybe("gross_minor")
    cost = row.maybe("cost_minor")
    made = Event(
        id=row.text("id"),
        kind=kind,
        on=near(row, "on"),
        net_minor=_NONE if net is None else net,
        recorded_at=row.moment("recorded_at"),
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


def completed(event: Event, known: Mapping[str, Event]) -> Event:
    """Return an event with what it does not say taken from the sale that it refers to: all of it, or the part.

    Raises:
        UsageError: it refers to nothing, or to itself.
    """
    root = known.get(event.reverses)
    if root is None:
        if event.reverses:
            raise refused(f"event {shown(event.id)}", f"it refers to {shown(event.reverses)}, which is no event")
        cost = 0 if event.cost_minor == _NONE else event.cost_minor
        return event._replace(cost_minor=cost, quantity=0 if event.quantity == _NONE else event.quantity)
    sale = _sale(event, known)
    root = completed(root, known)
    if event.kind == EventKind.PAID:
        net = event.net_minor if event.net_minor != _NONE else event.gross_minor
        if net is None:
            raise refused(f"event {event.id}", "it lacks net_minor or gross_minor, the amount that was paid")
        return event._replace(net_minor=net, cost_minor=0, quantity=0, currency=event.currency or root.currency)
    sign = -1 if (event.kind in TAKING_BACK) == (sale.net_minor >= 0) else 1
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


def _sale(event: Event, known: Mapping[str, Event]) -> Event:
    """Return the sale that an event comes back to by what it refers to."""
    trail = [event.id]
    while event.reverses in known:
        event = known[event.reverses]
        if event.id in trail:
            raise refused(f"event {shown(trail[0])}", "it refers back to itself")
        trail.append(event.id)
        if len(trail) > MOST_STEPS:
            raise refused(f"event {shown(trail[0])}", "what it refers to refers on and on")
    return event
