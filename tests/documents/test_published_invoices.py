"""Ten published invoices, totalled by the core of pricing and exported: the totals are those that were published."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from sfa.documents.invoice_checks import violations
from sfa.documents.paper import Kind, LineAdjustment, Paper, PaperLine, Section
from sfa.domain.figures import DEC6
from sfa.domain.pricing.documents import Adjustment, Document, Line, Tax
from sfa.domain.pricing.schedules import Slice
from sfa.domain.pricing.totals import total
from tests.documents.test_ubl import exported, said
from tests.support.papers import make_paper


def scaled(text: str, by: int) -> int:
    """Return a decimal text as a whole number of that part."""
    return int(Decimal(text) * by)


def tax_of(category: str, percent: str | None) -> Tax:
    """Return a tax; one without a rate has a reason."""
    rate = scaled(percent or "0", 10_000)
    return Tax(category, rate, "VAT", "" if category in ("S", "Z") else "No tax")


def paper_of(case: dict[str, Any]) -> Paper:
    """Return an invoice of the set as a paper with computed totals."""
    lines, printed = [], []
    for row in case["lines"]:
        tax = tax_of(row["tax_category"], row["tax_percent"])
        parts = tuple(
            LineAdjustment(part["charge"], part["reason"] or "Other", scaled(part["amount"], 100))
            for part in row["allowances_charges"]
        )
        quantity, price = scaled(row["quantity"], DEC6), scaled(row["price"], DEC6)
        base = scaled(row["price_base_quantity"] or "1", DEC6)
        own = tuple(Adjustment(part.is_charge, part.reason, part.amount_minor) for part in parts)
        lines.append(Line(row["id"], (Slice(quantity, price),), (tax,), base, own))
        printed.append(
            PaperLine(row["id"], row["name"], quantity, scaled(row["line_net"], 100), None, (tax,), unit_code=row["unit"],
                      net_price_dec6=price, base_dec6=base, adjustments=parts)
        )  # fmt: skip
    header = tuple(
        Adjustment(
            part["charge"], part["reason"] or "Other", scaled(part["amount"], 100),
            taxes=(tax_of(part["tax_category"], part["tax_percent"]),),
        )
        for part in case["document_allowances_charges"]
    )  # fmt: skip
    prepaid = scaled(case["totals"]["PrepaidAmount"] or "0", 100)
    sums = total(Document(case["currency"], tuple(lines), header, prepaid_minor=prepaid))
    paper = make_paper(kind=Kind.CREDIT_NOTE if "Credit" in case["type"] else Kind.INVOICE, due_on=date(2026, 4, 1))
    return replace(paper, sections=(Section(tuple(printed)),), totals=sums)


def test_the_exports_have_the_published_totals(shared_data: Path) -> None:
    text = (shared_data / "invoice_totals" / "xrechnung_10_invoices.json").read_text(encoding="utf-8")
    cases = json.loads(text)
    assert cases
    for case in cases:
        paper = paper_of(case)
        assert violations(paper) == (), case["file"]
        root = exported(paper)
        for name in ("LineExtensionAmount", "TaxExclusiveAmount", "TaxInclusiveAmount", "PayableAmount"):
            (shown,) = said(root, f"cac:LegalMonetaryTotal/cbc:{name}")
            assert Decimal(shown) == Decimal(case["totals"][name]), (case["file"], name)
        (tax,) = said(root, "cac:TaxTotal/cbc:TaxAmount")
        assert Decimal(tax) == Decimal(case["tax_total"]), case["file"]
