"""Payments of invoices: parts, too much, money that goes back, and what will never come."""

from db.queries import orders as queries
from sfa.domain.figures import AmountError
from sfa.domain.money import Money, parse_amount
from sfa.domain.order_sums import owed
from sfa.domain.text import clean
from sfa.errors import ConflictError, UsageError
from sfa.services import comp_events
from sfa.services.comp_events import INVOICE, Cause
from sfa.services.desk import Desk, Saved
from sfa.services.invoices import invoice_of, settle_invoice, told
from sfa.services.order_sheet import Row, day_of


def pay(
    desk: Desk, invoice_id: str, amount: str = "", on: str = "", reference: str = "", *, is_dry_run: bool = False
) -> Saved:
    """Write down that money came for an invoice, or with a negative amount went back.

    Args:
        desk: the desk.
        invoice_id: of which invoice.
        amount: as typed; what is owed where it is empty.
        on: the day, as typed; today where it is empty.
        reference: what stands on the bank's statement.
        is_dry_run: whether only to say what would be done.

    Raises:
        UsageError: no amount, or one of another currency.
        ConflictError: nothing is owed, more goes back than came, or it is a credit note.
    """
    with desk.store.write("invoice.pay", is_dry_run=is_dry_run) as work:
        bill = invoice_of(desk, invoice_id)
        money = _read(bill, amount)
        day = day_of(desk, on)
        work.insert(
            "payment",
            {
                "invoice_id": invoice_id,
                "paid_on": day,
                "amount_minor": money.amount_minor,
                "currency": money.currency,
                "reference": clean(reference).strip() or None,
            },
        )
        before, after = bill["paid_minor"], bill["paid_minor"] + money.amount_minor
        lines = queries.invoice_lines(desk.store, invoice_id)
        event = comp_events.reinstated if bill["state"] == "written_off" else comp_events.paid
        event(desk, work, Cause(bill, day, INVOICE), lines, before, after)
        now = settle_invoice(desk, work, invoice_id, paid=after)
        work.summary = f"{money} for {bill['number']}: {_rest(now)}"
    return told(desk, work, invoice_id, is_dry_run=is_dry_run)


def _read(bill: Row, text: str) -> Money:
    if bill["kind"] != "invoice":
        raise ConflictError(f"{bill['number']} is a credit note.", hint="Pay back on its invoice: a negative amount.")
    if not text.strip():
        if owed(bill) <= 0:
            raise ConflictError(f"Nothing is owed on {bill['number']}.", hint="Name the amount that came.")
        return Money(owed(bill), bill["currency"])
    try:
        money = parse_amount(text, bill["currency"])
    except AmountError as error:
        raise UsageError(str(error)) from error
    if money.currency != bill["currency"]:
        raise UsageError(f"{money} is in {money.currency}, {bill['number']} in {bill['currency']}.")
    if not money.amount_minor:
        raise UsageError("A payment of nothing is none.")
    if bill["paid_minor"] + money.amount_minor < 0:
        came = Money(bill["paid_minor"], bill["currency"])
        raise ConflictError(f"{came} came for {bill['number']}, more cannot go back.")
    return money


def _rest(bill: Row) -> str:
    rest = owed(bill)
    if rest > 0:
        return f"{Money(rest, bill['currency'])} still owed"
    return f"paid, {Money(-rest, bill['currency'])} too much" if rest < 0 else "paid"


def write_off(desk: Desk, invoice_id: str, *, is_dry_run: bool = False) -> Saved:
    """Write down that what is owed on an invoice will not come; a later payment brings it back.

    Raises:
        ConflictError: nothing is owed, or it is written off.
    """
    with desk.store.write("invoice.write_off", is_dry_run=is_dry_run) as work:
        bill = invoice_of(desk, invoice_id)
        rest = owed(bill)
        if bill["kind"] != "invoice" or rest <= 0 or bill["state"] == "written_off":
            raise ConflictError(f"Nothing is to be written off of {bill['number']}.")
        lines = queries.invoice_lines(desk.store, invoice_id)
        cause = Cause(bill, desk.today.isoformat(), INVOICE)
        comp_events.written_off(desk, work, cause, lines, bill["paid_minor"], bill["paid_minor"] + rest)
        work.update("invoice", invoice_id, {"state": "written_off"})
        work.summary = f"Wrote {Money(rest, bill['currency'])} of {bill['number']} off"
    return told(desk, work, invoice_id, is_dry_run=is_dry_run)
