"""An invoice or a credit note as a document: PDF for people, UBL for an ERP; every amount is as it is stored."""

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from db.queries import orders as queries
from db.queries.records import record
from sfa.domain.order_sums import owed, payable, tax_key
from sfa.domain.pricing.documents import Tax, TaxMethod
from sfa.domain.pricing.totals import HeaderRecord, TaxSubtotal, Totals
from sfa.services.desk import Desk, Saved
from sfa.services.invoices import invoice_of, told
from sfa.services.order_sheet import Row, called
from sfa.services.quote_page import buyer_of, seller_of
from sfa.services.quote_papers import TEMPLATES, write_file

if TYPE_CHECKING:
    from sfa.documents.paper import Paper, PaperLine


def paper_of(desk: Desk, invoice_id: str, language: str = "") -> "Paper":
    """Return an invoice or a credit note as a document.

    Raises:
        NotFoundError: there is none.
    """
    from sfa.documents import paper  # noqa: PLC0415 - documents alone

    bill = invoice_of(desk, invoice_id)
    order = record(desk.store, "sales_order", bill["order_id"] or "") or {}
    before = record(desk.store, "invoice", bill["corrects_id"] or "") or {}
    is_note = bill["kind"] == "credit_note"
    lines = queries.invoice_lines(desk.store, invoice_id)
    sent = order.get("delivered_on")
    return paper.Paper(
        kind=paper.Kind.CREDIT_NOTE if is_note else paper.Kind.INVOICE,
        language=paper.Language(language or desk.config.text("company.language")),
        number=bill["number"],
        issued_on=date.fromisoformat(bill["issued_on"]),
        seller=seller_of(desk),
        buyer=buyer_of(desk, bill["account_id"], order.get("contact_id")),
        sections=(paper.Section(tuple(_line(line) for line in lines)),),
        totals=_totals(bill, lines),
        due_on=date.fromisoformat(bill["due_on"]) if bill["due_on"] else None,
        delivery_on=date.fromisoformat(sent) if sent and not is_note else None,
        subject=order.get("name") or "",
        buyer_reference=order.get("customer_ref") or "",
        order_number=order.get("number") or "",
        preceding_number=before.get("number") or "",
        notes=bill["note"] or "",
        page_size=paper.PageSize(desk.config.text("company.page_size")),
        tax_method=TaxMethod.LINE,  # parts of an order's tax are rounded so that they add up to it
    )


def _tax(line: Row) -> Tax:
    category, rate = tax_key(line)
    return Tax(category, rate, reason=line["tax_reason"] or "")


def _line(line: Row) -> "PaperLine":
    from sfa.documents.paper import PaperLine  # noqa: PLC0415 - as above

    return PaperLine(
        position=str(line["ordinal"]),
        description=called(line),
        quantity_dec6=line["quantity_dec6"],
        amount_minor=line["net_minor"],
        taxes=(_tax(line),),
        unit=line["unit"] or "",
        code=line["product_code"] or "",
    )


def _totals(bill: Row, lines: Iterable[Row]) -> Totals:
    sums: dict[tuple[Tax, str, bool], int] = {}
    net = 0
    for line in lines:
        net += line["net_minor"]
        for one in json.loads(line["shares"] or "[]"):
            key = (_tax(line), one["reason"], bool(one["is_charge"]))
            sums[key] = sums.get(key, 0) + one["minor"]
    records = tuple(
        HeaderRecord(is_charge, reason, minor if is_charge else -minor, (tax,))
        for (tax, reason, is_charge), minor in sums.items()
    )
    taxes = tuple(
        TaxSubtotal(Tax(one["category"], one["rate_ppm"], reason=one["reason"]), one["taxable_minor"], one["tax_minor"])
        for one in json.loads(bill["taxes"] or "[]")
    )
    allowances = sum(one.net_minor for one in records if not one.is_charge)
    charges = sum(one.net_minor for one in records if one.is_charge)
    paid = bill["paid_minor"] if owed(bill) > 0 else 0
    return Totals(
        bill["currency"], (), records, taxes, net, allowances, charges, bill["net_minor"], bill["tax_minor"],
        bill["gross_minor"], bill["prepaid_minor"] + paid, bill["payable_rounding_minor"], payable(bill) - paid,
    )  # fmt: skip


def make(
    desk: Desk, invoice_id: str, form: str = "pdf", target: Path | None = None, language: str = "", *, is_dry_run: bool = False
) -> Saved:  # fmt: skip
    """Make the document of an invoice or credit note as a file, and keep what it was.

    Raises:
        UsageError: there is no such form.
        ExportError: it breaks a rule of EN 16931.
        StorageError: the file cannot be written.
    """
    from sfa.documents.render import render  # noqa: PLC0415 - documents alone

    workspace = desk.store.workspace
    templates = workspace.folder / TEMPLATES
    bill = invoice_of(desk, invoice_id)
    made = render(paper_of(desk, invoice_id, language), form, templates if templates.is_dir() else None)
    file = target or workspace.documents / f"{bill['number']}.{'xml' if form == 'ubl' else form}"
    with desk.store.write("invoice.paper", is_dry_run=is_dry_run) as work:
        work.insert(
            "paper_file",
            {
                "table_name": "invoice", "record_id": invoice_id, "kind": bill["kind"], "template": bill["kind"],
                "template_sha256": made.template or None, "language": language or None, "media_type": made.media_type,
                "sha256": made.sha256, "name": file.name, "made_at": work.at,
            },
        )  # fmt: skip
        if not is_dry_run:
            write_file(file, made.data)
        work.summary = f"Made {file} of {bill['number']}, SHA-256 {made.sha256}"
    return told(desk, work, invoice_id, is_dry_run=is_dry_run)
