"""A credit note with positive amounts: documents are stored with signed quantities (domain.md 2.5)."""

from dataclasses import replace

from sfa.documents.paper import Kind, Paper, PaperLine
from sfa.domain.pricing.totals import Totals


def as_issued(paper: Paper) -> Paper:
    """Return the paper as the customer gets it: a credit note stored in negative amounts has positive ones."""
    if paper.kind is not Kind.CREDIT_NOTE or paper.totals.gross_minor >= 0:
        return paper
    return replace(
        paper,
        totals=_mirrored_totals(paper.totals),
        sections=tuple(
            replace(
                section,
                lines=tuple(map(_mirrored_line, section.lines)),
                subtotal_minor=None if section.subtotal_minor is None else -section.subtotal_minor,
            )
            for section in paper.sections
        ),
    )


def _mirrored_line(line: PaperLine) -> PaperLine:
    return replace(
        line,
        quantity_dec6=-line.quantity_dec6,
        amount_minor=-line.amount_minor,
        net_minor=None if line.net_minor is None else -line.net_minor,
        adjustments=tuple(replace(part, amount_minor=-part.amount_minor) for part in line.adjustments),
    )


def _mirrored_totals(totals: Totals) -> Totals:
    names = ("lines", "allowances", "charges", "net", "tax", "gross", "prepaid", "rounding", "payable")
    return replace(
        totals,
        **{f"{name}_minor": -getattr(totals, f"{name}_minor") for name in names},
        records=tuple(replace(record, net_minor=-record.net_minor) for record in totals.records),
        tax_subtotals=tuple(
            replace(part, taxable_minor=-part.taxable_minor, tax_minor=-part.tax_minor) for part in totals.tax_subtotals
        ),
    )
