"""Invoices and payments of an ERP from a table, one a row; repeatable by system, id and version."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from db.queries import imports
from db.queries import orders as queries
from db.queries.records import record
from db.store import UnitOfWork
from sfa.domain.currencies import is_currency
from sfa.domain.figures import DEC6, AmountError
from sfa.domain.money import Money, parse_amount
from sfa.errors import SfaError
from sfa.exchange.import_entries import RowProblem
from sfa.exchange.import_names import Names
from sfa.exchange.order_import import OrdersResult, map_columns, order_of
from sfa.exchange.sheets import SheetRow, open_sheet
from sfa.exchange.writers import Rejected
from sfa.services import comp_events
from sfa.services.comp_events import INVOICE, Cause
from sfa.services.desk import Desk
from sfa.services.invoices import invoice_of, invoice_state, settle_invoice
from sfa.services.moments import read_day

INVOICES: Final = {
    "invoice": "invoice number|invoice no|invoice id|invoice|number|发票号|id",
    "customer": "customer id|customer|customer number|account|company|客户",
    "order": "order id|order number|order|sales order",
    "kind": "type|kind|document type",
    "issued": "invoice date|issued|issued on|date",
    "due": "due date|due|due on",
    "net": "net|net amount|amount excluding tax",
    "tax": "tax|vat|tax amount",
    "gross": "gross|gross amount|total|amount|amount including tax",
    "prepaid": "prepaid|prepaid amount|deposit|down payment|advance",
    "rounding": "rounding|payable rounding|cash rounding",
    "payable": "payable|payable amount|amount due|amount payable",
    "currency": "currency|currency code",
    "version": "version|revision|change number",
}
PAYMENTS: Final = {
    "payment": "payment id|payment number|payment|id",
    "invoice": "invoice number|invoice no|invoice id|invoice",
    "paid": "payment date|paid on|paid|date",
    "amount": "amount|amount paid|paid amount",
    "currency": "currency|currency code",
    "reference": "reference|bank reference|text",
}
_NOTES: Final = ("credit", "credit note", "credit_note", "381")
_AMOUNTS: Final = ("net", "tax", "gross", "prepaid", "rounding", "payable")
_ISSUED: Final = ("currency", "net_minor", "tax_minor", "gross_minor", "prepaid_minor", "payable_rounding_minor")
"""What an invoice is known by."""


@dataclass(slots=True)
class _Bills:
    """One import of invoices or payments."""

    desk: Desk
    work: UnitOfWork
    source: str
    names: Names

    def known(self, table: str) -> dict[str, str]:
        """Return the ids of records by what the source calls them."""
        found = imports.known_ids(self.desk.store, table)
        return {one.value: one.row_id for one in found if one.source == self.source and one.ref}

    def keep(self, table: str, row_id: str, key: str) -> None:
        """Remember what the source calls a record."""
        values = {"table_name": table, "row_id": row_id, "source": self.source, "value": key}
        self.work.insert("external_id", values)

    def day(self, text: str) -> str:
        """Return a day of the file."""
        return read_day(self.desk, text.split(" ", maxsplit=1)[0]).isoformat()

    def invoice(self, said: dict[str, str]) -> str:
        """Take an invoice in; return what became of it."""
        key = _needed(said, "invoice")
        values = self._amounts(said)
        found = self.known("invoice").get(key)
        if found:
            return self._changed(found, values, said)
        if "customer" not in said:
            raise RowProblem("the customer is missing")
        account = self.names.by_key("account", said["customer"]) or self.names.look("account", said["customer"])
        if not account:
            raise RowProblem(f"no customer is called or has the id “{said['customer']}”")
        if self.desk.store.value("SELECT 1 FROM invoice WHERE number = ?", (key,)):
            raise RowProblem(f"there is an invoice {key} of another system")
        is_note = said.get("kind", "").casefold() in _NOTES or values["gross_minor"] < 0
        order_id = self._order(said)
        order = record(self.desk.store, "sales_order", order_id or "") or {}
        row: dict[str, Any] = {
            "number": key,
            "kind": "credit_note" if is_note else "invoice",
            "state": "settled" if is_note else "open",
            "account_id": account,
            "order_id": order_id,
            "owner_id": order.get("owner_id") or self.desk.user_id,
            "channel": order.get("channel"),
            "issued_on": self.day(said["issued"]) if "issued" in said else self.desk.today.isoformat(),
            "due_on": self.day(said["due"]) if "due" in said else None,
            "source_version": said.get("version"),
            **values,
        }
        if not is_note:
            row["state"] = invoice_state({**row, "credited_minor": 0, "paid_minor": 0})
        row["id"] = self.work.insert("invoice", row)
        line = {"product_id": None, "net_minor": values["net_minor"], "cost_minor": None, "quantity_dec6": DEC6}
        own = {"invoice_id": row["id"], "ordinal": 1, "description": f"Invoice {key}", **line}
        own["id"] = self.work.insert("invoice_line", own)
        cause = Cause(row, row["issued_on"], INVOICE)
        comp_events.invoiced(self.work, cause, own, [line])
        comp_events.prepaid(self.desk, self.work, cause, [own])
        self.keep("invoice", row["id"], key)
        return "new"

    def _order(self, said: dict[str, str]) -> str | None:
        if "order" not in said:
            return None
        known = self.known("sales_order").get(said["order"])
        found = known or self.desk.store.value("SELECT id FROM sales_order WHERE number = ?", (said["order"],))
        if not found:
            raise RowProblem(f"no order has the number “{said['order']}”")
        return str(found)

    def _amounts(self, said: dict[str, str]) -> dict[str, Any]:
        """Return the amounts, of which two make the third; a row with none, or one alone, has no tax."""
        currency = said.get("currency", self.desk.currency).upper()
        if not is_currency(currency):
            raise RowProblem(f"“{currency}” is no currency")
        given = {name: parse_amount(said[name], currency) for name in _AMOUNTS if name in said}
        other = next((money for money in given.values() if money.currency != currency), None)
        if other is not None:
            raise RowProblem(f"{other} is not in {currency}")
        minor: dict[str, int] = {name: money.amount_minor for name, money in given.items()}
        net, tax, gross = (minor.get(name) for name in ("net", "tax", "gross"))
        if net is None and gross is None:
            raise RowProblem("the amount is missing")
        net = (gross or 0) - (tax or 0) if net is None else net
        gross = net + (tax or 0) if gross is None else gross
        if tax is not None and net + tax != gross:
            raise RowProblem(f"net and tax come to {Money(net + tax, currency)}, not to {Money(gross, currency)}")
        taxes = [{"category": "S" if gross != net else "Z", "rate_ppm": 0, "reason": "", "taxable_minor": net,
                  "tax_minor": gross - net}]  # fmt: skip
        sums = {
            "net_minor": net,
            "tax_minor": gross - net,
            "gross_minor": gross,
            **_paid_before(minor, gross, currency),
        }
        return {"currency": currency, **sums, "taxes": json.dumps(taxes)}

    def _changed(self, invoice_id: str, values: dict[str, Any], said: dict[str, str]) -> str:
        """Keep an invoice as it is: one whose amounts differ was changed after it was issued, and is refused."""
        before = invoice_of(self.desk, invoice_id)
        version = said.get("version")
        if version and before["source_version"] and order_of(version) <= order_of(before["source_version"]):
            return "unchanged"
        if any(before[name] != values[name] for name in _ISSUED):
            shown = Money(before["gross_minor"], before["currency"])
            raise RowProblem(f"{before['number']} is here with {shown}; an invoice is corrected by a credit note")
        changes = {"due_on": self.day(said["due"])} if "due" in said else {}
        changes |= {"source_version": version} if version else {}
        differing = {name: value for name, value in changes.items() if before[name] != value}
        self.work.update("invoice", invoice_id, differing)
        return "changed" if differing else "unchanged"

    def payment(self, said: dict[str, str]) -> str:
        """Take a payment in; return what became of it."""
        key, number = _needed(said, "payment"), _needed(said, "invoice")
        if key in self.known("payment"):
            return "unchanged"
        found = self.known("invoice").get(number) or self.desk.store.value(
            "SELECT id FROM invoice WHERE number = ? AND deleted_at IS NULL", (number,)
        )
        if not found:
            raise RowProblem(f"no invoice has the number “{number}”")
        bill = invoice_of(self.desk, str(found))
        money = parse_amount(_needed(said, "amount"), (said.get("currency") or str(bill["currency"])).upper())
        if money.currency != bill["currency"]:
            raise RowProblem(f"{money} is in {money.currency}, the invoice in {bill['currency']}")
        on = self.day(_needed(said, "paid"))
        row = {"invoice_id": bill["id"], "paid_on": on, "amount_minor": money.amount_minor, "currency": money.currency,
               "reference": said.get("reference")}  # fmt: skip
        after = bill["paid_minor"] + money.amount_minor
        if after < 0:
            raise RowProblem("more goes back than came")
        self.keep("payment", self.work.insert("payment", row), key)
        lines = queries.invoice_lines(self.desk.store, bill["id"])
        event = comp_events.reinstated if bill["state"] == "written_off" else comp_events.paid
        event(self.desk, self.work, Cause(bill, on, INVOICE), lines, bill["paid_minor"], after)
        settle_invoice(self.desk, self.work, bill["id"], paid=after)
        return "new"


def _paid_before(given: dict[str, int], gross: int, currency: str) -> dict[str, int]:
    """Return what of an invoice was paid before, and what its coin adds; of a payable amount alone, it is the latter."""
    prepaid, rounding, payable = given.get("prepaid", 0), given.get("rounding"), given.get("payable")
    if rounding is None:
        rounding = 0 if payable is None else payable - gross + prepaid
    if payable is not None and gross - prepaid + rounding != payable:
        due = Money(gross - prepaid + rounding, currency)
        raise RowProblem(f"{due} are to be paid after what was prepaid and rounded, not {Money(payable, currency)}")
    if abs(rounding) >= max(abs(gross), 1):
        raise RowProblem(f"{Money(rounding, currency)} are no rounding of {Money(gross, currency)}")
    return {"prepaid_minor": prepaid, "payable_rounding_minor": rounding}


def _needed(said: dict[str, str], name: str) -> str:
    if name not in said:
        raise RowProblem(f"the {name} is missing")
    return said[name]


def run(
    desk: Desk, path: Path, source: str, columns: str = "", *, is_payment: bool = False, is_dry_run: bool = False
) -> OrdersResult:
    """Import invoices, or payments; nothing or all of it is saved, and one undo takes it back.

    Raises:
        UsageError: it is no table, or no column names the invoice.
    """
    with open_sheet(path) as sheet:
        rows, header = list(sheet.rows), sheet.header
    words = PAYMENTS if is_payment else INVOICES
    result = OrdersResult(header, map_columns(header, columns, words, "payment" if is_payment else "invoice"))
    with desk.store.write("import", is_dry_run=is_dry_run) as work:
        bills = _Bills(desk, work, source, Names(desk, work, source, frozenset()))
        for row in rows:
            _take(bills, row, result, is_payment=is_payment)
        work.summary = f"Imported {result.taken:,} {'payments' if is_payment else 'invoices'} from {path.name}"
    result.operation_id = None if is_dry_run else work.operation_id
    return result


def _take(bills: _Bills, row: SheetRow, result: OrdersResult, *, is_payment: bool) -> None:
    said = result.said(row)
    try:
        outcome = "rejected" if row.problem else (bills.payment(said) if is_payment else bills.invoice(said))
        reason = row.problem or ""
    except (RowProblem, AmountError, SfaError) as problem:
        outcome, reason = "rejected", str(problem)
    if outcome == "rejected":
        result.rejected.append(Rejected(row.line, row.cells, reason))
        result.reasons[reason] += 1
    else:
        setattr(result, outcome, getattr(result, outcome) + 1)
