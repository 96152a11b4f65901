"""Deliveries and returns: what left, what came back, and how much of an order that makes."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from db.queries import orders as queries
from db.store import UnitOfWork
from sfa.domain.orders import Quantities, due
from sfa.domain.text import clean
from sfa.errors import ConflictError, UsageError
from sfa.services import comp_events
from sfa.services.desk import Desk, Saved
from sfa.services.drafts import counted
from sfa.services.order_sheet import (
    OrderSheet,
    Row,
    called,
    changed,
    day_of,
    load_open,
    put,
    quantities,
    read_quantities,
    settle,
    shown,
    told,
)

LONGEST_NOTE = 2000


@dataclass(frozen=True, slots=True)
class Parcel:
    """What leaves or comes back.

    Attributes:
        lines: `LINE=QUANTITY` or `PRODUCT=QUANTITY`; empty: everything that is left to deliver, or is with the customer.
        on: the day, as typed; today where it is empty.
        reason: why goods come back.
    """

    lines: Sequence[str] = ()
    on: str = ""
    carrier: str = ""
    tracking: str = ""
    reason: str = ""


def ship(desk: Desk, order_id: str, parcel: Parcel | None = None, *, is_dry_run: bool = False) -> Saved:
    """Write a delivery down.

    Raises:
        ConflictError: more than ordered, nothing is left to deliver, or the order is cancelled.
        UsageError: a quantity or the day is none.
        NotFoundError: there is no such line.
    """
    parcel = parcel or Parcel()
    with desk.store.write("order.ship", is_dry_run=is_dry_run) as work:
        sheet = load_open(desk, order_id)
        wanted = _wanted(sheet, parcel, lambda line: quantities(line).to_deliver, "delivered already")
        on = day_of(desk, parcel.on, least=sheet.order["ordered_on"], why="the day of the order")
        for line, quantity in wanted:
            before = quantities(line)
            after = changed(line, before.ship, quantity)
            put_with_parts(work, sheet, line, after)
            comp_events.delivered(work, sheet, line, on, (before.delivered, after.delivered))
        _insert(work, sheet, "delivery", on, wanted, parcel)
        settle(desk, work, sheet)
        track = f", tracking number {parcel.tracking}" if parcel.tracking else ""
        work.summary = f"Delivered {_listed(wanted)} of {sheet.number} on {on}{track}"
    return told(desk, work, order_id, is_dry_run=is_dry_run)


def take_back(desk: Desk, order_id: str, parcel: Parcel | None = None, *, is_dry_run: bool = False) -> Saved:
    """Write down what came back; the credit note for it is issued apart.

    Raises:
        ConflictError: more than is with the customer, or nothing is.
        UsageError: a quantity is none, or the day is before the first delivery.
        NotFoundError: there is no such line.
    """
    parcel = parcel or Parcel()
    with desk.store.write("order.return", is_dry_run=is_dry_run) as work:
        sheet = load_open(desk, order_id)
        wanted = _wanted(
            sheet, parcel, lambda line: line["delivered_dec6"] - line["returned_dec6"], "with the customer"
        )
        days = [row["shipped_on"] for row in queries.shipments(desk.store, order_id) if row["kind"] == "delivery"]
        on = day_of(desk, parcel.on, least=min(days, default=sheet.order["ordered_on"]), why="the first delivery")
        for line, quantity in wanted:
            before = quantities(line)
            after = changed(line, before.take_back, quantity)
            put_with_parts(work, sheet, line, after)
            comp_events.returned(desk, work, sheet, line, on, (before.returned, after.returned))
        _insert(work, sheet, "return", on, wanted, parcel)
        settle(desk, work, sheet)
        work.summary = f"{_listed(wanted)} of {sheet.number} came back on {on}"
    return told(desk, work, order_id, is_dry_run=is_dry_run)


def _wanted(sheet: OrderSheet, parcel: Parcel, rest: Callable[[Row], int], what: str) -> list[tuple[Row, int]]:
    """Return lines with quantities: those asked for, or all that is left."""
    if parcel.lines:
        asked = read_quantities(sheet, parcel.lines)
        return [(line, asked[line["id"]]) for line in sheet.counted if line["id"] in asked]
    found = [(line, rest(line)) for line in sheet.counted if rest(line) > 0]
    if not found:
        words = (
            f"Nothing of {sheet.number} is {what}" if what.startswith("with") else f"All of {sheet.number} is {what}"
        )
        raise ConflictError(f"{words}.", hint=f"sfa order show {sheet.number}")
    return found


def put_with_parts(work: UnitOfWork, sheet: OrderSheet, line: Row, after: Quantities) -> None:
    """Write quantities of a line, and those of the parts in its price, which go with it."""
    put(work, line, after)
    for part in sheet.parts_of(line):
        moved = {
            f"{name}_dec6": due(part["quantity_dec6"], after.ordered, getattr(after, name))
            for name in ("delivered", "returned", "invoiced")
        }
        most = part["quantity_dec6"] + part["tolerance_dec6"]
        moved = {name: min(value, most) for name, value in moved.items()}
        work.update("sales_order_line", part["id"], moved)
        part.update(moved)


def _insert(
    work: UnitOfWork, sheet: OrderSheet, kind: str, on: str, wanted: Sequence[tuple[Row, int]], parcel: Parcel
) -> None:
    reason = clean(parcel.reason).strip()[:LONGEST_NOTE]
    lines = [{"line_id": line["id"], "quantity_dec6": quantity} for line, quantity in wanted]
    work.insert(
        "shipment",
        {
            "order_id": sheet.id,
            "kind": kind,
            "shipped_on": on,
            "carrier": clean(parcel.carrier).strip() or None,
            "tracking_number": clean(parcel.tracking).strip() or None,
            "lines": json.dumps(lines),
            "note": reason or None,
        },
    )


def _listed(wanted: Sequence[tuple[Row, int]]) -> str:
    if len(wanted) > 2:  # noqa: PLR2004 - two are named, more are counted
        return counted(len(wanted), "line")
    return " and ".join(f"{shown(quantity, line)} {called(line)}" for line, quantity in wanted)


def track(desk: Desk, order_id: str, number: str, carrier: str = "", *, is_dry_run: bool = False) -> Saved:
    """Give the newest delivery of an order its tracking number.

    Raises:
        UsageError: nothing was delivered yet.
    """
    with desk.store.write("order.track", is_dry_run=is_dry_run) as work:
        sheet = load_open(desk, order_id)
        sent = [row for row in queries.shipments(desk.store, order_id) if row["kind"] == "delivery"]
        if not sent:
            raise UsageError(f"Nothing of {sheet.number} was delivered yet.", hint=f"sfa order ship {sheet.number}")
        values = {"tracking_number": clean(number).strip() or None}
        work.update("shipment", sent[-1]["id"], values | ({"carrier": clean(carrier).strip()} if carrier else {}))
        work.summary = f"The delivery of {sent[-1]['shipped_on']} of {sheet.number} has the tracking number {number}"
    return told(desk, work, order_id, is_dry_run=is_dry_run)
