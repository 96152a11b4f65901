"""Invoices of what was delivered or ordered; their amounts add up to the order's (domain.md 0.4, 2.5, 2.9)."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from db.queries import orders as queries
from db.queries.records import record
from db.store import UnitOfWork
from sfa.domain.money import Money
from sfa.domain.order_sums import Group, groups_of, kept_groups, next_rounding, owed, payable, prepaid_part, tax_key
from sfa.domain.orders import Quantities, step, tax_due
from sfa.domain.text import clean
from sfa.errors import ConflictError, NotAllowedError, NotFoundError, UsageError
from sfa.services import comp_events
from sfa.services.comp_events import INVOICE, Cause
from sfa.services.desk import Desk, Saved
from sfa.services.drafts import Draft
from sfa.services.order_sheet import (
    OrderSheet,
    Row,
    changed,
    day_of,
    load,
    load_open,
    quantities,
    read_quantities,
    settle,
)
from sfa.services.order_shipping import put_with_parts
from sfa.services.records import RecordVerbs, saved
from sfa.services.references import resolve

LENGTH: Final = 6
COPIED: Final = ("product_id", "description", "unit", "tax_category", "tax_rate_ppm", "tax_reason")


@dataclass(frozen=True, slots=True)
class Billing:
    """What is invoiced.

    Attributes:
        lines: `LINE=QUANTITY` or `PRODUCT=QUANTITY`; empty: all that was delivered, or with `is_ordered` all of the order.
        is_ordered: whether what is not delivered yet is invoiced too.
        on: the day, as typed; today where it is empty.
        number: the number that the ERP gave; empty to take the next one of this desk, where it is the authority.
    """

    lines: Sequence[str] = ()
    is_ordered: bool = False
    on: str = ""
    number: str = ""


def _complete(draft: Draft) -> None:
    if draft.is_new:
        raise UsageError("An invoice is made of an order.", hint="sfa order invoice O-...")


def _guard(_desk: Desk, rows: Sequence[dict[str, Any]], _is_forced: bool) -> None:  # noqa: FBT001 - the shape of a Guard
    number = rows[0]["number"]
    raise ConflictError(f"{number} stays in the book.", hint=f"Correct it: sfa invoice credit {number} --all")


VERBS: Final = RecordVerbs("invoice", complete=_complete, guard=_guard)
edit = VERBS.edit


def find(desk: Desk, words: str | Sequence[str]) -> str:
    """Return the id of the invoice or credit note that words mean.

    Raises:
        NotFoundError: there is none.
        ConflictError: several are called so.
    """
    return resolve(desk, "invoice", words if isinstance(words, str) else " ".join(words)).id


def invoice_of(desk: Desk, invoice_id: str) -> Row:
    """Return an invoice or credit note.

    Raises:
        NotFoundError: there is none.
    """
    found = record(desk.store, "invoice", invoice_id)
    if found is None or found["deleted_at"]:
        raise NotFoundError(f"No invoice {invoice_id}.", hint="List them with: sfa invoice list")
    return found


def issue(desk: Desk, order_id: str, billing: Billing | None = None, *, is_dry_run: bool = False) -> Saved:
    """Invoice an order, or a part of it: what was delivered, or named lines and quantities.

    Raises:
        ConflictError: more than ordered, nothing to invoice, or the number is taken.
        NotAllowedError: this desk gives no numbers of invoices, and none was named.
        UsageError: a quantity or the day is none.
        NotFoundError: there is no such line.
    """
    billing = billing or Billing()
    with desk.store.write("order.invoice", is_dry_run=is_dry_run) as work:
        sheet = load_open(desk, order_id)
        wanted = _wanted(sheet, billing)
        on = day_of(desk, billing.on, least=sheet.order["ordered_on"], why="the day of the order")
        bill = _Bill(desk, work, sheet, on, billing.number)
        for line, quantity in wanted:
            bill.add(line, quantity)
        row = bill.write()
        settle(desk, work, sheet)
        rest = "" if payable(row) == row["gross_minor"] else f", {Money(payable(row), sheet.currency)} to pay"
        work.summary = f"Invoice {row['number']} of {sheet.number}: {Money(row['gross_minor'], sheet.currency)}{rest}"
    return told(desk, work, str(row["id"]), is_dry_run=is_dry_run)


def _wanted(sheet: OrderSheet, billing: Billing) -> list[tuple[Row, int]]:
    if billing.lines:
        asked = read_quantities(sheet, billing.lines)
        return [(line, asked[line["id"]]) for line in sheet.counted if line["id"] in asked]
    rest = [(line, _rest(quantities(line), is_ordered=billing.is_ordered)) for line in sheet.counted]
    found = [(line, quantity) for line, quantity in rest if quantity > 0]
    if not found:
        is_left = any(quantities(line).to_invoice for line in sheet.counted)
        hint = f"Before it is delivered: sfa order invoice {sheet.number} --ordered" if is_left else None
        word = "delivered" if is_left else "ordered"
        raise ConflictError(f"Everything {word} of {sheet.number} is invoiced.", hint=hint)
    return found


def _rest(line: Quantities, *, is_ordered: bool) -> int:
    return line.to_invoice if is_ordered else line.delivered_to_invoice


class _Bill:
    """An invoice of an order while it is written."""

    def __init__(self, desk: Desk, work: UnitOfWork, sheet: OrderSheet, on: str, number: str) -> None:
        self._desk, self._work, self._sheet, self._on = desk, work, sheet, on
        self._lines: list[tuple[Row, Row, list[Row]]] = []
        self._bases = _invoiced_bases(desk, sheet.id)
        given: tuple[str, str | None] = (clean(number).strip(), None)
        self.number, self.series = given if number else next_number(desk, on)
        if desk.store.value("SELECT 1 FROM invoice WHERE number = ?", (self.number,)):
            raise ConflictError(f"There is an invoice {self.number} already.", hint="Give another number.")

    def add(self, line: Row, quantity: int) -> None:
        """Take a line in, by the amounts that are due after it less those before (domain.md 0.4)."""
        before = quantities(line)
        after = changed(line, before.invoice, quantity)
        earned = comp_events.earned_by(self._sheet, line, before.invoiced, after.invoiced)
        whole, mode = line["quantity_dec6"], self._sheet.mode
        moved = (whole, before.invoiced, after.invoiced, mode)
        shares = [{**one, "minor": step(one["minor"], *moved)} for one in json.loads(line["shares"] or "[]")]
        own = {
            **{name: line[name] for name in COPIED},
            "order_line_id": line["id"],
            "quantity_dec6": -quantity if line["net_minor"] < 0 else quantity,
            "net_minor": step(line["net_minor"], *moved),
            "shares": json.dumps(shares) if shares else None,
            "share_minor": sum(one["minor"] for one in shares),
            "cost_minor": None if line["cost_minor"] is None else step(line["cost_minor"], *moved),
        }
        put_with_parts(self._work, self._sheet, line, after)
        self._lines.append((line, own, earned))

    def write(self) -> Row:
        """Write it, with its taxes and the events of commission; return it."""
        order = self._sheet.order
        taxes = self._taxes()
        net = sum(own["net_minor"] + own["share_minor"] for _, own, _ in self._lines)
        tax = sum(group["tax_minor"] for group in taxes)
        prepaid, rounding = self._paid_before(net + tax)
        days = order["payment_terms_days"]
        due_on = None if days is None else (date.fromisoformat(self._on) + timedelta(days=days)).isoformat()
        row: Row = {
            "number": self.number, "series": self.series, "kind": "invoice", "order_id": order["id"],
            **{name: order[name] for name in ("account_id", "owner_id", "currency", "channel")},
            "issued_on": self._on, "due_on": due_on, "net_minor": net, "tax_minor": tax, "gross_minor": net + tax,
            "taxes": json.dumps(taxes), "prepaid_minor": prepaid, "payable_rounding_minor": rounding,
        }  # fmt: skip
        row["state"] = "paid" if payable(row) <= 0 <= row["gross_minor"] else "open"
        row["id"] = self._work.insert("invoice", row)
        for ordinal, (_, own, earned) in enumerate(self._lines, 1):
            own["id"] = self._work.insert("invoice_line", {"invoice_id": row["id"], "ordinal": ordinal, **own})
            comp_events.invoiced(self._work, Cause(row, self._on, INVOICE), own, earned)
        comp_events.prepaid(self._desk, self._work, Cause(row, self._on, INVOICE), [own for _, own, _ in self._lines])
        return row

    def _paid_before(self, gross: int) -> tuple[int, int]:
        """Return what of the order's prepaid sum settles this invoice, and what its coin adds; both add up to the order's."""
        order, sheet = self._sheet.order, self._sheet
        bills = [bill for bill in queries.invoices(self._desk.store, sheet.id) if bill["kind"] == "invoice"]
        left = (order["prepaid_minor"] or 0) - sum(bill["prepaid_minor"] for bill in bills)
        is_last = not any(quantities(line).to_invoice for line in sheet.counted)
        prepaid = prepaid_part(left, gross, is_last=is_last)
        return prepaid, next_rounding(bills, gross - prepaid, order["cash_minor"], sheet.mode)

    def _taxes(self) -> list[Row]:
        """Return the tax groups: what is due of the order's by now, less what its invoices have."""
        mode, found = self._sheet.mode, []
        bases = groups_of(own for _, own, _ in self._lines)
        wholes, whole_taxes = kept_groups(self._sheet.lines, mode)
        reasons = {tax_key(line): line["tax_reason"] for line in self._sheet.counted}
        for (category, rate), base in sorted(bases.items()):
            key = (category, rate)
            done, charged = self._bases.get(key, (0, 0))
            is_last = all(not quantities(line).to_invoice for line in self._sheet.counted if tax_key(line) == key)
            is_exact = is_last and done + base == wholes[key]
            until = whole_taxes[key] if is_exact else tax_due(whole_taxes[key], wholes[key], rate, done + base, mode)
            found.append(
                {"category": category, "rate_ppm": rate, "reason": reasons[key] or "", "taxable_minor": base,
                 "tax_minor": until - charged}
            )  # fmt: skip
        return found


def _invoiced_bases(desk: Desk, order_id: str) -> dict[Group, tuple[int, int]]:
    """Return base and tax that an order's invoices have, by group."""
    found: dict[Group, tuple[int, int]] = {}
    for text in queries.tax_groups_of_order(desk.store, order_id):
        for group in json.loads(text):
            key = (group["category"], group["rate_ppm"])
            base, tax = found.get(key, (0, 0))
            found[key] = (base + group["taxable_minor"], tax + group["tax_minor"])
    return found


def next_number(desk: Desk, on: str) -> tuple[str, str]:
    """Return the next number of an invoice or credit note and its series: no gaps, one authority (domain.md 2.9).

    Raises:
        NotAllowedError: this desk is not the authority.
    """
    if not desk.config.get("invoices.authority"):
        raise NotAllowedError(
            "This desk gives no numbers of invoices: they must have no gaps, so one authority alone gives them.",
            hint="Give the one of the ERP: --number; or, where this desk is that authority: sfa config invoices.authority true",
        )
    series = f"{desk.config.text('invoices.prefix').strip() or 'I'}-{on[:4]}-"
    last = queries.last_in_series(desk.store, series)
    return f"{series}{int(last[len(series) :]) + 1 if last else 1:0{LENGTH}d}", series


def settle_invoice(
    desk: Desk, work: UnitOfWork, invoice_id: str, *, paid: int | None = None, credited: int | None = None
) -> Row:
    """Write what was paid and credited of an invoice, its state, and what follows for its order; return it."""
    bill = invoice_of(desk, invoice_id)
    now = {
        "paid_minor": bill["paid_minor"] if paid is None else paid,
        "credited_minor": bill["credited_minor"] if credited is None else credited,
    }
    state = invoice_state({**bill, **now})
    work.update("invoice", invoice_id, {**now, "state": state})
    if bill["order_id"]:
        settle(desk, work, load(desk, bill["order_id"]))
    return {**bill, **now, "state": state}


def invoice_state(bill: Mapping[str, Any]) -> str:
    """Return the state of an invoice by what was paid and credited."""
    rest = owed(bill)
    if bill["state"] == "written_off" and rest > 0:
        return "written_off"
    if rest <= 0:
        return "credited" if bill["credited_minor"] and not bill["paid_minor"] else "paid"
    return "part_paid" if bill["paid_minor"] else "open"


def told(desk: Desk, work: UnitOfWork, invoice_id: str, *, is_dry_run: bool) -> Saved:
    """Return what an operation on an invoice did."""
    ref = (record(desk.store, "invoice", invoice_id) or {}).get("ref")
    return saved(work, is_dry_run=is_dry_run, record_id=invoice_id, ref=ref)
