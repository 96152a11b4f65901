"""Commission events of orders: one function per kind, each appending rows in the operation of its cause.

Nets are after all discounts and before tax and charges of the whole order (domain.md 1.2). What is taken back names the
event that it takes back; an undo takes the rows away again with their cause.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from db.queries import orders as queries
from db.store import UnitOfWork
from sfa.domain.order_sums import payable
from sfa.domain.orders import commissionable, due, step
from sfa.services.desk import Desk
from sfa.services.order_sheet import OrderSheet, Row

ORDER: Final = "sales_order"
INVOICE: Final = "invoice"


class Step(NamedTuple):
    """How much of a line an event is about: millionths of its unit, and minor units."""

    quantity: int
    net: int
    cost: int | None

    def negated(self) -> "Step":
        """Return what takes it back."""
        return Step(-self.quantity, -self.net, None if self.cost is None else -self.cost)


@dataclass(frozen=True, slots=True)
class Cause:
    """What makes events: an order, or an invoice, on a day.

    Attributes:
        row: of the order or the invoice: its id, number, account, owner, currency, channel.
        source_type: ORDER or INVOICE.
    """

    row: Mapping[str, Any]
    on: str
    source_type: str = ORDER


def booked(work: UnitOfWork, sheet: OrderSheet, line: Row) -> None:
    """Append that a line was ordered."""
    for item in _earning(sheet, line):
        _append(work, "booked", _of(sheet), item, Step(item["quantity_dec6"], commissionable(item), item["cost_minor"]))


def cancelled(desk: Desk, work: UnitOfWork, sheet: OrderSheet, line: Row, on: str, before: tuple[int, int]) -> None:
    """Append that of a line less is kept: `before` is the quantity kept before and now."""
    for item in _earning(sheet, line):
        for event in queries.events_of(desk.store, "booked", ORDER, [item["id"]])[:1]:
            at = Cause(sheet.order, max(on, event["event_date"]))
            _append(work, "cancelled", at, item, _moved(sheet, item, line, *before), reverses=event["id"])


def delivered(work: UnitOfWork, sheet: OrderSheet, line: Row, on: str, moved: tuple[int, int]) -> None:
    """Append that some of a line was delivered: `moved` is what was delivered before and is now."""
    for item in _earning(sheet, line):
        _append(work, "delivered", Cause(sheet.order, on), item, _moved(sheet, item, line, *moved))


def returned(desk: Desk, work: UnitOfWork, sheet: OrderSheet, line: Row, on: str, moved: tuple[int, int]) -> None:
    """Append that some of a line came back: it takes back the oldest deliveries that are not taken back yet."""
    for item in _earning(sheet, line):
        done, most = moved
        for event in queries.events_of(desk.store, "delivered", ORDER, [item["id"]]):
            left = _unscaled(item, line, event["quantity_dec6"] - event["taken_back_dec6"])
            part = min(left, most - done)
            if part <= 0:
                continue
            at = Cause(sheet.order, max(on, event["event_date"]))
            back = _moved(sheet, item, line, done, done + part).negated()
            _append(work, "returned", at, item, back, reverses=event["id"])
            done += part


def invoiced(work: UnitOfWork, cause: Cause, line: Row, items: list[Row]) -> None:
    """Append that a line was invoiced; `items` are what it is made of, as `earned_by` has them."""
    for item in items:
        step_of = Step(item["quantity_dec6"], item["net_minor"], item["cost_minor"])
        _append(work, "invoiced", cause, {**item, "id": line["id"]}, step_of)


def credited(desk: Desk, work: UnitOfWork, cause: Cause, line: Row, corrected: Row, before: int) -> None:
    """Append that a credit note takes back some of an invoice's line: `before` is what was credited of it before."""
    whole = abs(corrected["quantity_dec6"])
    after = before + abs(line["quantity_dec6"])
    for event in queries.events_of(desk.store, "invoiced", INVOICE, [corrected["id"]]):
        at = Cause(cause.row, max(cause.on, event["event_date"]), INVOICE)
        back = _part(event, whole, before, after).negated()
        _append(work, "credited", at, {**event, "id": line["id"]}, back, reverses=event["id"])


def paid(desk: Desk, work: UnitOfWork, cause: Cause, lines: list[Row], before: int, after: int) -> None:
    """Append what a payment settles of each line: `before` and `after` are what was paid of the issued invoice, gross.

    Nothing beyond the invoice counts; money that goes back makes the amounts negative.
    """
    _settle(desk, work, "paid", cause, lines, (before, after))


def prepaid(desk: Desk, work: UnitOfWork, cause: Cause, lines: list[Row]) -> None:
    """Append what was paid before an invoice was issued, and settles it when it is."""
    _, came = _measure(cause.row)
    if came:
        _settle(desk, work, "paid", cause, lines, (-came, 0))


def _measure(bill: Mapping[str, Any]) -> tuple[int, int]:
    """Return what is to come for an invoice in all, rounded to its coin, and what of it came before it was issued.

    Payments are measured by it, and what they settle is the net alone. What rounds to nothing is settled at once.
    """
    prepaid: int = bill["prepaid_minor"]
    whole = payable(bill) + prepaid
    return (whole, prepaid) if whole else (bill["gross_minor"], bill["gross_minor"])


def written_off(desk: Desk, work: UnitOfWork, cause: Cause, lines: list[Row], before: int, after: int) -> None:
    """Append that what is unpaid of an invoice will not come; `before` has come, `after` should have."""
    _settle(desk, work, "written_off", cause, lines, (before, after), sign=-1)


def reinstated(desk: Desk, work: UnitOfWork, cause: Cause, lines: list[Row], before: int, after: int) -> None:
    """Append that money came for what was written off; `before` had come, `after` has now."""
    _settle(desk, work, "reinstated", cause, lines, (before, after))


def _settle(
    desk: Desk, work: UnitOfWork, kind: str, cause: Cause, lines: list[Row], moved: tuple[int, int], *, sign: int = 1
) -> None:
    whole, came = _measure(cause.row)
    before, after = (min(max(part + came, 0), whole) if whole > 0 else part + came for part in moved)
    for line in lines:
        for event in queries.events_of(desk.store, "invoiced", INVOICE, [line["id"]]):
            at = Cause(cause.row, max(cause.on, event["event_date"]), INVOICE)
            part = _part(event, whole, before, after)
            item = {**event, "id": line["id"]}
            _append(work, kind, at, item, part if sign > 0 else part.negated(), reverses=event["id"])


def _part(event: Row, whole: int, before: int, after: int) -> Step:
    """Return what going from one part of a whole to another is of an event."""
    cost = event["cost_minor"]
    return Step(
        step(event["quantity_dec6"] or 0, whole, before, after),
        step(event["net_minor"], whole, before, after),
        None if cost is None else step(cost, whole, before, after),
    )


def earned_by(sheet: OrderSheet, line: Row, before: int, after: int) -> list[Row]:
    """Return what a step of an order's line is made of: itself, or the parts of a bundle of one price."""
    found = []
    for item in _earning(sheet, line):
        quantity, net, cost = _moved(sheet, item, line, before, after)
        found.append({**item, "quantity_dec6": quantity, "net_minor": net, "cost_minor": cost})
    return found


def _earning(sheet: OrderSheet, line: Row) -> Iterator[Row]:
    parts = [part for part in sheet.parts_of(line) if part["net_minor"] or part["share_minor"]]
    yield from parts or [line]


def _moved(sheet: OrderSheet, item: Row, line: Row, before: int, after: int) -> Step:
    """Return quantity, net and cost of a step; the quantity of a part goes with that of its line."""
    whole = line["quantity_dec6"]
    cost = None if item["cost_minor"] is None else step(item["cost_minor"], whole, before, after, sheet.mode)
    quantity = step(item["quantity_dec6"], whole, before, after) if item is not line else after - before
    return Step(quantity, step(commissionable(item), whole, before, after, sheet.mode), cost)


def _unscaled(item: Row, line: Row, quantity: int) -> int:
    """Return a quantity of a part as one of its line."""
    return quantity if item is line else due(line["quantity_dec6"], item["quantity_dec6"], quantity)


def _of(sheet: OrderSheet) -> Cause:
    return Cause(sheet.order, sheet.order["ordered_on"])


def _append(
    work: UnitOfWork, kind: str, cause: Cause, item: Mapping[str, Any], moved: Step, *, reverses: str | None = None
) -> None:
    """Append an event of a line; the id of the item is that of the line of its source."""
    row = cause.row
    facts = {"number": row["number"], **({"channel": row["channel"]} if row["channel"] else {})}
    work.insert(
        "comp_event",
        {
            "type": kind,
            "event_date": cause.on,
            "recorded_at": work.at,
            "source_type": cause.source_type,
            "source_id": row["id"],
            "source_line_id": item["id"],
            "account_id": row["account_id"],
            "product_id": item["product_id"],
            "owner_id": row["owner_id"],
            "quantity_dec6": moved.quantity,
            "net_minor": moved.net,
            "cost_minor": moved.cost,
            "currency": row["currency"],
            "reverses_event_id": reverses,
            "facts": json.dumps(facts),
        },
    )
