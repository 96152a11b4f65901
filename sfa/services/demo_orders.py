"""Orders of a demo: half of the won deals were ordered, and by their age delivered, invoiced and paid."""

import json
from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from sfa.domain.money import DEC6
from sfa.services.demo_rows import Row, Rows, working_day
from sfa.services.demo_value import cost_of

ORDERED_PER_CENT = 50
LATE_PER_CENT = 15
DELIVERED_AFTER, INVOICED_AFTER, PAID_AFTER = 12, 20, 55
"""Days after which most orders are so far."""
TERMS = 30
Lines = Sequence[tuple[Row, int, int]]


def make_order(rows: Rows, deal: Row, on: date, lines: Lines) -> None:
    """Make the order of a won deal, where it has one; a randomness of its own leaves the rest of the demo as it is.

    Args:
        rows: what is to be written.
        deal: the deal.
        on: the day on which it was won.
        lines: products, quantities, and what they are worth in minor units.
    """
    random = Random(f"{deal['name']} {on}")  # noqa: S311 - invented data, no secret
    if random.randrange(100) >= ORDERED_PER_CENT:
        return
    age = (rows.today - on).days - (TERMS if random.randrange(100) < LATE_PER_CENT else 0)
    net = sum(worth for _, _, worth in lines)
    number = rows.next("order")
    order = rows.add(
        "sales_order", number=f"O-{on.year}-D1-{number:06d}", name=deal["name"], account_id=deal["account_id"],
        opportunity_id=deal["id"], owner_id=deal["owner_id"], currency=deal["currency"], ordered_on=on.isoformat(),
        promised_on=(on + timedelta(days=DELIVERED_AFTER)).isoformat(), payment_terms_days=TERMS, net_minor=net,
        tax_minor=0, gross_minor=net, state=_state(age),
        delivered_on=_day(rows, on, DELIVERED_AFTER) if age > DELIVERED_AFTER else None,
    )  # fmt: skip
    made = [_line(rows, order, place, line, age) for place, line in enumerate(lines, 1)]
    cost_of(order, made, random)
    _events(rows, "booked", order, made, on.isoformat())
    if age > DELIVERED_AFTER:
        _deliver(rows, order, made)
    if age > INVOICED_AFTER:
        _invoice(rows, order, made, _day(rows, on, INVOICED_AFTER), is_paid=age > PAID_AFTER)


def _state(age: int) -> str:
    states = ((PAID_AFTER, "paid"), (INVOICED_AFTER, "invoiced"), (DELIVERED_AFTER, "delivered"))
    return next((state for days, state in states if age > days), "open")


def _day(rows: Rows, on: date, days: int) -> str:
    return min(working_day(on + timedelta(days=days)), rows.yesterday).isoformat()


def _line(rows: Rows, order: Row, place: int, line: tuple[Row, int, int], age: int) -> Row:
    product, quantity, worth = line
    return rows.add(
        "sales_order_line", order_id=order["id"], ordinal=place, product_id=product["id"], unit=product["unit"],
        quantity_dec6=quantity * DEC6, delivered_dec6=quantity * DEC6 if age > DELIVERED_AFTER else 0,
        invoiced_dec6=quantity * DEC6 if age > INVOICED_AFTER else 0, net_minor=worth, tax_category="Z", tax_rate_ppm=0,
    )  # fmt: skip


def _deliver(rows: Rows, order: Row, lines: Sequence[Row]) -> None:
    moved = [{"line_id": line["id"], "quantity_dec6": line["quantity_dec6"]} for line in lines]
    rows.add("shipment", order_id=order["id"], kind="delivery", shipped_on=order["delivered_on"], lines=json.dumps(moved),
             tracking_number=f"DEMO-{order['number'][-6:]}")  # fmt: skip
    _events(rows, "delivered", order, lines, order["delivered_on"])


def _invoice(rows: Rows, order: Row, lines: Sequence[Row], on: str, *, is_paid: bool) -> None:
    net = order["net_minor"]
    due = (date.fromisoformat(on) + timedelta(days=TERMS)).isoformat()
    taxes = [{"category": "Z", "rate_ppm": 0, "reason": "", "taxable_minor": net, "tax_minor": 0}]
    bill = rows.add(
        "invoice", number=f"ERP-{rows.next('invoice'):06d}", kind="invoice", order_id=order["id"],
        account_id=order["account_id"], owner_id=order["owner_id"], state="paid" if is_paid else "open", issued_on=on,
        due_on=due, currency=order["currency"], channel=order["channel"], net_minor=net, tax_minor=0, gross_minor=net,
        taxes=json.dumps(taxes), paid_minor=net if is_paid else 0,
    )  # fmt: skip
    same = ("product_id", "unit", "quantity_dec6", "net_minor", "cost_minor", "tax_category", "tax_rate_ppm")
    billed = [
        rows.add("invoice_line", invoice_id=bill["id"], ordinal=line["ordinal"], order_line_id=line["id"],
                 **{name: line[name] for name in same})
        for line in lines
    ]  # fmt: skip
    sold = _events(rows, "invoiced", bill, billed, on)
    if is_paid:
        day = _day(rows, date.fromisoformat(order["ordered_on"]), PAID_AFTER)
        rows.add("payment", invoice_id=bill["id"], paid_on=day, amount_minor=net, currency=order["currency"])
        _events(rows, "paid", bill, billed, day, sold)


def _events(rows: Rows, kind: str, source: Row, lines: Sequence[Row], on: str, pays: Sequence[Row] = ()) -> list[Row]:
    """Note for the commission what became of lines; a payment names the invoiced events that it pays."""
    is_order = kind in ("booked", "delivered")
    return [
        rows.add(
            "comp_event", type=kind, event_date=on, recorded_at=source["created_at"],
            source_type="sales_order" if is_order else "invoice", source_id=source["id"], source_line_id=line["id"],
            account_id=source["account_id"], product_id=line["product_id"], owner_id=source["owner_id"],
            quantity_dec6=line["quantity_dec6"], net_minor=line["net_minor"], currency=source["currency"],
            reverses_event_id=pays[place]["id"] if pays else None, facts=json.dumps({"number": source["number"]}),
        )
        for place, line in enumerate(lines)
    ]  # fmt: skip
