"""The verbs of invoices: issued, paid, credited, written off, disputed, as documents."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

from typer.core import TyperCommand, TyperOption

from sfa.cli.building import argument, command, flag, option
from sfa.cli.opening import open_desk
from sfa.cli.order_verbs import LINES, ORDER, common, tell_dispute
from sfa.cli.output import emit_json
from sfa.cli.results import tell_saved
from sfa.errors import ConflictError
from sfa.services import credit_notes, disputes, invoice_papers, invoices, payments
from sfa.services.credit_notes import Credit
from sfa.services.desk import Desk, Saved
from sfa.services.invoices import Billing, find
from sfa.services.order_reading import unpaid_of
from sfa.services.order_sheet import find as find_order

INVOICE: Final = argument("invoice", shown="INVOICE", help="Number, its last digits or reference.")


def tell_invoice(desk: Desk, saved: Saved, *, is_json: bool) -> None:
    """Print what was done; as JSON the whole invoice with it."""
    if not is_json or saved.id is None or saved.is_dry_run:
        tell_saved(desk, "invoice", saved, is_json=is_json)
        return
    from sfa.cli.order_page import invoice_json  # noqa: PLC0415 - only for JSON
    from sfa.services.order_reading import invoice_view  # noqa: PLC0415 - as above

    emit_json({**invoice_json(invoice_view(desk, saved.id)), "summary": saved.summary, "operation": saved.operation_id})


def _given() -> list[TyperOption]:
    return [
        option("--number", "number", default="", help="The number that the ERP gave."),
        option("--on", "on", default="", help="The day; today where not given.", shown="DAY"),
    ]


def issue() -> TyperCommand:
    """Return `sfa order invoice`."""
    params = [
        ORDER,
        LINES,
        flag("--ordered", "is_ordered", help="What is not delivered yet too."),
        *_given(),
        *common(),
    ]
    return command("invoice", _issue, params, "Invoice what was delivered of an order.")


def _issue(
    *, order: str, lines: Sequence[str], is_ordered: bool, number: str, on: str, is_dry_run: bool, is_json: bool
) -> None:
    desk = open_desk()
    billing = Billing(lines, is_ordered, on, number)
    tell_invoice(desk, invoices.issue(desk, find_order(desk, order), billing, is_dry_run=is_dry_run), is_json=is_json)


def _paying() -> list[TyperOption]:
    return [
        option("--amount", "amount", default="", help="What came, negative for what went back; all otherwise."),
        option("--on", "on", default="", help="The day; today where not given.", shown="DAY"),
        option("--reference", "reference", default="", help="What stands on the bank's statement."),
        *common(),
    ]


def pay() -> TyperCommand:
    """Return `sfa invoice pay`."""
    return command("pay", _pay, [INVOICE, *_paying()], "Write down that money came for an invoice.")


def _pay(*, invoice: str, amount: str, on: str, reference: str, is_dry_run: bool, is_json: bool) -> None:
    desk = open_desk()
    saved = payments.pay(desk, find(desk, invoice), amount, on, reference, is_dry_run=is_dry_run)
    tell_invoice(desk, saved, is_json=is_json)


def pay_order() -> TyperCommand:
    """Return `sfa order pay`."""
    return command(
        "pay", _pay_order, [ORDER, *_paying()], "Write down that money came for the one open invoice of an order."
    )


def _pay_order(*, order: str, amount: str, on: str, reference: str, is_dry_run: bool, is_json: bool) -> None:
    desk = open_desk()
    bills = unpaid_of(desk, find_order(desk, order))
    if len(bills) != 1:
        numbers = " or ".join(number for _, number, _ in bills)
        raise ConflictError(
            f"{'Several invoices are' if bills else 'No invoice is'} open of {order}.",
            hint=f"Say which: sfa invoice pay {numbers}" if bills else f"Invoice it: sfa order invoice {order}",
        )
    saved = payments.pay(desk, bills[0][0], amount, on, reference, is_dry_run=is_dry_run)
    tell_invoice(desk, saved, is_json=is_json)


def credit() -> TyperCommand:
    """Return `sfa invoice credit`."""
    params = [
        INVOICE,
        argument("lines", is_required=False, is_many=True, shown="LINE=QTY", help="What came back, where not given."),
        flag("--all", "is_whole", help="All that is not credited yet."),
        option("--reason", "reason", default="", help="Printed on it."),
        *_given(),
        *common(),
    ]
    return command("credit", _credit, params, "Issue a credit note.")


def _credit(
    *, invoice: str, lines: Sequence[str], is_whole: bool, reason: str, number: str, on: str, is_dry_run: bool, is_json: bool
) -> None:  # fmt: skip
    desk = open_desk()
    wish = Credit(lines, is_whole, on, number, reason)
    tell_invoice(desk, credit_notes.credit(desk, find(desk, invoice), wish, is_dry_run=is_dry_run), is_json=is_json)


def write_off() -> TyperCommand:
    """Return `sfa invoice write-off`."""
    return command("write-off", _write_off, [INVOICE, *common()], "Give up what is owed on an invoice.")


def _write_off(*, invoice: str, is_dry_run: bool, is_json: bool) -> None:
    desk = open_desk()
    tell_invoice(desk, payments.write_off(desk, find(desk, invoice), is_dry_run=is_dry_run), is_json=is_json)


def dispute() -> TyperCommand:
    """Return `sfa invoice dispute`."""
    params = [
        INVOICE,
        option("--reason", "reason", default="", help="What the customer objects to."),
        option("--claimed", "claimed", default="", help="What they want back.", shown="AMOUNT"),
        *common(),
    ]
    return command("dispute", _dispute, params, "Write down what a customer objects to.")


def _dispute(*, invoice: str, reason: str, claimed: str, is_dry_run: bool, is_json: bool) -> None:
    desk = open_desk()
    saved = disputes.open_one(desk, ("invoice", find(desk, invoice)), reason, claimed, is_dry_run=is_dry_run)
    tell_dispute(desk, saved, is_json=is_json)


def _paper(form: str, help: str) -> TyperCommand:  # noqa: A002 - Typer's own word
    params = [
        INVOICE,
        option("--out", "-o", "target", help="The file; in the folder of documents where none is given.", shown="FILE"),
        option("--language", "language", default="", help="en or zh.", shown="CODE"),
        *common(),
    ]
    return command(form, partial(_make, form), params, help)


def _make(form: str, *, invoice: str, target: str | None, language: str, is_dry_run: bool, is_json: bool) -> None:
    desk = open_desk()
    file = Path(target) if target else None
    saved = invoice_papers.make(desk, find(desk, invoice), form, file, language, is_dry_run=is_dry_run)
    tell_invoice(desk, saved, is_json=is_json)


def ubl() -> TyperCommand:
    """Return `sfa invoice ubl`."""
    return _paper("ubl", "Write an invoice or credit note as XML after EN 16931, for an ERP.")


def pdf() -> TyperCommand:
    """Return `sfa invoice pdf`."""
    return _paper("pdf", "Make the document of an invoice or credit note.")
