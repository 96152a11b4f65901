"""A paper as texts ready to print, under names that templates use: every template sees the same."""

from datetime import date
from typing import cast

from sfa.documents.credit import as_issued
from sfa.documents.line_view import table, totals
from sfa.documents.paper import Paper
from sfa.documents.report_page import ReportPage
from sfa.documents.report_view import report_view
from sfa.documents.statement import Statement
from sfa.documents.statement_view import statement_view
from sfa.documents.texts import View, head, paragraphs
from sfa.documents.words import day, words
from sfa.domain.text import clean


def view(paper: Paper | Statement | ReportPage) -> View:
    """Return the texts of a document; nothing in them steers a terminal, and templates take none as markup."""
    match paper:
        case ReportPage():
            made = report_view(paper)
        case Statement():
            made = statement_view(paper)
        case Paper():
            made = _paper(as_issued(paper))
    return cast("View", _inert(made))


def _inert(value: object) -> object:
    if isinstance(value, str):
        return clean(value, multiline=True)
    if isinstance(value, dict):
        return {key: _inert(part) for key, part in value.items()}
    return [_inert(part) for part in value] if isinstance(value, list | tuple) else value


def _paper(paper: Paper) -> View:
    own = words(paper.language)

    def shown(when: date | None) -> str:
        return day(when, paper.language, paper.page_size) if when else ""

    facts = (
        (own["number"], paper.number),
        (own["revision"], str(paper.revision) if paper.revision > 1 else ""),
        (own["date"], shown(paper.issued_on)),
        (own["valid_until"], shown(paper.valid_until)),
        (own["delivery_on"], shown(paper.delivery_on)),
        (own["due_on"], shown(paper.due_on)),
        (own["preceding"], paper.preceding_number),
        (own["order_number"], paper.order_number),
        (own["your_reference"], paper.buyer_reference),
        (own["contact"], paper.seller.contact),
    )
    terms = [{"heading": clause.heading, "text": paragraphs(clause.text)} for clause in paper.terms]
    if paper.payment_terms:
        terms.insert(0, {"heading": own["payment"], "text": paragraphs(paper.payment_terms)})
    return head(paper, facts) | {
        "valid_until": shown(paper.valid_until),
        "due_on": shown(paper.due_on),
        "chapters": [
            {
                "title": chapter.title,
                "blocks": [
                    {"kind": block.kind, "text": block.text, "items": list(block.items)} for block in chapter.blocks
                ],
            }
            for chapter in paper.chapters
        ],
        **table(paper),
        "totals": totals(paper),
        "tax_reasons": [
            *([own["inclusive_note"]] if paper.is_tax_inclusive else []),
            *(part.tax.reason for part in paper.totals.tax_subtotals if part.tax.reason),
        ],
        "terms": terms,
        "signature": _signature(paper),
    }


def _signature(paper: Paper) -> View | None:
    if paper.signature is None:
        return None
    own = paper.signature
    return {"text": paragraphs(own.text), "seller_name": own.seller_name, "buyer_name": own.buyer_name}
