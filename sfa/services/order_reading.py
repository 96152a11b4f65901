"""Orders and invoices whole, as people and programs read them."""

import json
from dataclasses import dataclass
from typing import Any

from db.queries import orders as queries
from sfa.domain.figures import from_dec6
from sfa.domain.money import Money
from sfa.domain.order_sums import owed
from sfa.domain.orders import delivery, invoicing
from sfa.services import listing
from sfa.services.desk import Desk
from sfa.services.invoices import invoice_of
from sfa.services.order_sheet import OrderSheet, Row, called, load, quantities

_COUNTS = ("delivered", "returned", "invoiced", "cancelled")


@dataclass(frozen=True, slots=True)
class OrderView:
    """An order: its own fields as lists have them, and what hangs on it, as plain values and Money by name."""

    fields: listing.Record
    lines: tuple[dict[str, Any], ...]
    shipments: tuple[dict[str, Any], ...]
    invoices: tuple[dict[str, Any], ...]
    payments: tuple[dict[str, Any], ...]
    disputes: tuple[dict[str, Any], ...]
    delivery: str
    invoicing: str


@dataclass(frozen=True, slots=True)
class InvoiceView:
    """An invoice or credit note, likewise."""

    fields: listing.Record
    lines: tuple[dict[str, Any], ...]
    taxes: tuple[dict[str, Any], ...]
    payments: tuple[dict[str, Any], ...]
    credits: tuple[dict[str, Any], ...]
    disputes: tuple[dict[str, Any], ...]


def view(desk: Desk, order_id: str) -> OrderView:
    """Return an order whole.

    Raises:
        NotFoundError: there is none.
    """
    sheet = load(desk, order_id)
    bills = queries.invoices(desk.store, order_id)
    done = [quantities(line) for line in sheet.counted]
    return OrderView(
        listing.record(desk, "order", order_id),
        tuple(_line(sheet, line) for line in sheet.lines),
        tuple(_shipment(sheet, row) for row in queries.shipments(desk.store, order_id)),
        tuple(_bill(row) for row in bills),
        _payments(desk, bills),
        _disputes(desk, order_id, None),
        delivery(done).value,
        invoicing(done).value,
    )


def invoice_view(desk: Desk, invoice_id: str) -> InvoiceView:
    """Return an invoice or credit note whole.

    Raises:
        NotFoundError: there is none.
    """
    bill = invoice_of(desk, invoice_id)
    currency = bill["currency"]
    return InvoiceView(
        listing.record(desk, "invoice", invoice_id),
        tuple(_invoice_line(line, currency) for line in queries.invoice_lines(desk.store, invoice_id)),
        tuple(
            {
                "category": one["category"],
                "rate_ppm": one["rate_ppm"],
                "taxable": Money(one["taxable_minor"], currency),
                "tax": Money(one["tax_minor"], currency),
            }
            for one in json.loads(bill["taxes"] or "[]")
        ),
        _payments(desk, [bill]),
        tuple(_bill(row) for row in queries.corrections(desk.store, invoice_id)),
        _disputes(desk, None, invoice_id),
    )


def unpaid_of(desk: Desk, order_id: str) -> list[tuple[str, str, Money]]:
    """Return ids and numbers of the invoices of an order on which something is owed, and how much."""
    bills = queries.invoices(desk.store, order_id)
    rest = [
        (bill["id"], bill["number"], Money(owed(bill), bill["currency"])) for bill in bills if bill["kind"] == "invoice"
    ]
    return [one for one in rest if one[2].amount_minor > 0]


def _line(sheet: OrderSheet, line: Row) -> dict[str, Any]:
    parent = next((row["ordinal"] for row in sheet.lines if row["id"] == line["parent_line_id"]), None)
    return {
        "position": line["ordinal"],
        "part_of": parent,
        "code": line["product_code"] or "",
        "product": called(line),
        "unit": line["unit"] or "",
        "quantity": from_dec6(line["quantity_dec6"]),
        **{name: from_dec6(line[f"{name}_dec6"]) for name in _COUNTS},
        "net_price": "" if line["net_dec6"] is None else from_dec6(line["net_dec6"]),
        "net": Money(line["net_minor"], sheet.currency),
        "share": Money(line["share_minor"], sheet.currency),
        "promised": line["promised_on"],
    }


def _invoice_line(line: Row, currency: str) -> dict[str, Any]:
    return {
        "position": line["ordinal"],
        "code": line["product_code"] or "",
        "product": called(line),
        "unit": line["unit"] or "",
        "quantity": from_dec6(line["quantity_dec6"]),
        "credited": from_dec6(line["credited_dec6"]),
        "net": Money(line["net_minor"], currency),
        "share": Money(line["share_minor"], currency),
    }


def _shipment(sheet: OrderSheet, row: Row) -> dict[str, Any]:
    lines = {line["id"]: line for line in sheet.lines}
    moved = [
        {"position": lines[one["line_id"]]["ordinal"], "product": called(lines[one["line_id"]]),
         "quantity": from_dec6(one["quantity_dec6"])}
        for one in json.loads(row["lines"])
        if one["line_id"] in lines
    ]  # fmt: skip
    return {
        "kind": row["kind"],
        "on": row["shipped_on"],
        "carrier": row["carrier"],
        "tracking": row["tracking_number"],
        "note": row["note"],
        "lines": moved,
    }


def _bill(row: Row) -> dict[str, Any]:
    return {
        "number": row["number"],
        "kind": row["kind"],
        "state": row["state"],
        "issued": row["issued_on"],
        "due": row["due_on"],
        "gross": Money(row["gross_minor"], row["currency"]),
        "owed": Money(owed(row), row["currency"]) if row["kind"] == "invoice" else None,
    }


def _payments(desk: Desk, bills: list[Row]) -> tuple[dict[str, Any], ...]:
    numbers = {bill["id"]: bill["number"] for bill in bills}
    return tuple(
        {
            "invoice": numbers[row["invoice_id"]],
            "on": row["paid_on"],
            "amount": Money(row["amount_minor"], row["currency"]),
            "reference": row["reference"],
        }
        for row in queries.payments(desk.store, list(numbers))
    )


def _disputes(desk: Desk, order_id: str | None, invoice_id: str | None) -> tuple[dict[str, Any], ...]:
    return tuple(
        {
            "ref": row["ref"],
            "invoice": row["invoice"],
            "state": row["status"],
            "reason": row["reason"],
            "claimed": None if row["claimed_minor"] is None else Money(row["claimed_minor"], row["currency"]),
            "opened": row["opened_on"],
            "closed": row["closed_on"],
            "resolution": row["resolution"],
        }
        for row in queries.disputes(desk.store, order_id, invoice_id)
    )
