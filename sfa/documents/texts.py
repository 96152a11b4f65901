"""What the views of all documents share: the letterhead, both parties, the facts beside the address."""

from collections.abc import Sequence
from typing import Any

from sfa.documents.paper import Paper, Party, Seller
from sfa.documents.statement import Statement
from sfa.documents.words import day, words

View = dict[str, Any]
"""Texts, lists of texts and further views, as templates see them."""


def head(paper: Paper | Statement, facts: Sequence[tuple[str, str]]) -> View:
    """Return what stands on every document; facts without a value are left out."""
    own = words(paper.language)
    return {
        "kind": str(paper.kind),
        "language": str(paper.language),
        "page_size": str(paper.page_size),
        "is_draft": paper.is_draft,
        "title": own[paper.kind],
        "number": paper.number,
        "subject": paper.subject,
        "currency": paper.currency,
        "issued": day(paper.issued_on, paper.language, paper.page_size),
        "facts": [{"label": label, "value": value} for label, value in facts if value],
        "seller": _seller(paper.seller),
        "buyer": _party(paper.buyer),
        "cover": paragraphs(paper.cover),
        "notes": paragraphs(paper.notes),
        "words": own,
    }


def _party(party: Party) -> View:
    return {
        "name": party.name,
        "address": list(party.address),
        "contact": party.contact,
        "email": party.email,
        "phone": party.phone,
        "tax_id": party.tax_id,
    }


def _seller(seller: Seller) -> View:
    own = {"website": seller.website, "bank": list(seller.bank), "legal": list(seller.legal), "logo": seller.logo}
    return _party(seller) | own


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs, which empty lines part."""
    return [part.strip() for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]
