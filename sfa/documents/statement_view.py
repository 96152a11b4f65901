"""A statement as texts ready to print."""

from sfa.documents.line_view import row
from sfa.documents.statement import Statement
from sfa.documents.texts import View, head
from sfa.documents.words import amount, day, rate, words


def statement_view(paper: Statement) -> View:
    """Return the texts of a statement; the columns that no entry needs are told as such."""
    own = words(paper.language)
    first, last = (day(when, paper.language, paper.page_size) for when in (paper.first_day, paper.last_day))
    facts = (
        (own["number"], paper.number),
        (own["date"], day(paper.issued_on, paper.language, paper.page_size)),
        (own["period"], f"{first} – {last}"),
        (own["contact"], paper.seller.contact),
    )
    entries = [entry for group in paper.groups for entry in group.entries]
    return head(paper, facts) | {
        "columns": {
            "base": any(entry.base_minor is not None for entry in entries),
            "rate": any(entry.rate_ppm is not None for entry in entries),
        },
        "groups": [
            {
                "heading": group.heading,
                "subtotal": "" if group.subtotal_minor is None else amount(group.subtotal_minor, paper.currency),
                "entries": [
                    {
                        "on": entry.on.isoformat(),
                        "reference": entry.reference,
                        "description": entry.description,
                        "why": entry.why,
                        "base": "" if entry.base_minor is None else amount(entry.base_minor, paper.currency),
                        "rate": "" if entry.rate_ppm is None else rate(entry.rate_ppm),
                        "amount": amount(entry.amount_minor, paper.currency),
                    }
                    for entry in group.entries
                ],
            }
            for group in paper.groups
        ],
        "totals": [
            row(part.label, part.amount_minor, paper.currency, is_total=part.is_total) for part in paper.balances
        ],
    }
