"""Invoices and payments of an ERP from a table: a row is an invoice, a line of one, or a payment; repeatable by system, id and version."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from db.queries import imports
from db.queries import orders as queries
from db.queries.records import record
from db.store import UnitOfWork
from sfa.domain.figures import DEC6, AmountError
from sfa.domain.money import Money, parse_amount
from sfa.errors import SfaError
from sfa.exchange.bill_amounts import LINE_WORDS, Amounts, Said, amounts_of, is_line
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
    **LINE_WORDS,
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
_ISSUED: Final = ("currency", "net_minor", "tax_minor", "gross_minor", "prepaid_minor", "payable_rounding_minor")
"""What an invoice is known by."""


@dataclass(slots=True)
class _Bills:
    """One import of invoices or payments."""

    desk: Desk
    work: UnitOfWork
    source: str
    names: Names
    ids: dict[str, dict[str, str]] = field(default_factory=dict)

    def known(self, table: str) -> dict[str, str]:
        """Return the ids of records by what the source calls them."""
        if table not in self.ids:
            found = imports.known_ids(self.desk.store, table)
            self.ids[table] = {one.value: one.row_id for one in found if one.source == self.source and one.ref}
        return self.ids[table]

    def keep(self, table: str, row_id: str, key: str) -> None:
        """Remember what the source calls a record."""
        values = {"table_name": table, "row_id": row_id, "source": self.source, "value": key}
        self.work.insert("external_id", values)
        self.known(table)[key] = row_id

    def day(self, text: str) -> str:
        """Return a day of the file."""
        return read_day(self.desk, text.split(" ", maxsplit=1)[0]).isoformat()

    def invoice(self, rows: Sequence[Said]) -> str:
        """Take an invoice in, of its rows; return what became of it."""
        said = {name: text for row in reversed(rows) for name, text in row.items()}
        key = _needed(said, "invoice")
        amounts = amounts_of(rows, self.desk.currency)
        values = amounts.values
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
        self._lines(row, amounts)
        self.keep("invoice", row["id"], key)
        return "new"

    def _lines(self, bill: dict[str, Any], amounts: Amounts) -> None:
        """Write the lines of an invoice, one for all of it where the file has none, and what is earned by each."""
        cause = Cause(bill, bill["issued_on"], INVOICE)
        whole = {"net_minor": bill["net_minor"], "quantity_dec6": DEC6}
        made = []
        for ordinal, (said, worth) in enumerate(amounts.lines or (({}, whole),), 1):
            product = self._product(said.get("product", ""))
            words = said.get("description") or (None if product else said.get("product", f"Invoice {bill['number']}"))
            line = {"product_id": product, "cost_minor": None, **worth}
            own = {"invoice_id": bill["id"], "ordinal": ordinal, "description": words, **line}
            own["id"] = self.work.insert("invoice_line", own)
            comp_events.invoiced(self.work, cause, own, [line])
            made.append(own)
        comp_events.prepaid(self.desk, self.work, cause, made)

    def _product(self, text: str) -> str | None:
        """Return the product that a line names; what an ERP invoiced and nobody sells here stays as words."""
        try:
            return (self.names.by_key("product", text) or self.names.look("product", text)) if text else None
        except RowProblem:
            return None  # several are called so

    def _order(self, said: dict[str, str]) -> str | None:
        if "order" not in said:
            return None
        known = self.known("sales_order").get(said["order"])
        found = known or self.desk.store.value("SELECT id FROM sales_order WHERE number = ?", (said["order"],))
        if not found:
            raise RowProblem(f"no order has the number “{said['order']}”")
        return str(found)

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
        for group in _groups(rows, result, is_payment=is_payment):
            _take(bills, group, result, is_payment=is_payment)
        work.summary = f"Imported {result.taken:,} {'payments' if is_payment else 'invoices'} from {path.name}"
    result.operation_id = None if is_dry_run else work.operation_id
    return result


def _groups(rows: Sequence[SheetRow], result: OrdersResult, *, is_payment: bool) -> Iterable[list[SheetRow]]:
    """Return the rows that belong together: those of an invoice that has lines, wherever they stand; else each alone."""
    found: dict[object, list[SheetRow]] = {}
    said = [result.said(row) for row in rows]
    numbers = {one["invoice"] for one in said if "invoice" in one and is_line(one) and not is_payment}
    for place, (row, one) in enumerate(zip(rows, said, strict=True)):
        number = one.get("invoice")
        found.setdefault(number if number in numbers else place, []).append(row)
    return found.values()


def _take(bills: _Bills, rows: Sequence[SheetRow], result: OrdersResult, *, is_payment: bool) -> None:
    said = [result.said(row) for row in rows]
    reason = next((row.problem for row in rows if row.problem), "")
    try:
        outcome = "rejected" if reason else (bills.payment(said[0]) if is_payment else bills.invoice(said))
    except (RowProblem, AmountError, SfaError) as problem:
        outcome, reason = "rejected", str(problem)
    if outcome == "rejected":
        result.rejected += [Rejected(row.line, row.cells, reason) for row in rows]
        result.reasons[reason] += len(rows)
    else:
        setattr(result, outcome, getattr(result, outcome) + len(rows))
