"""A version of a quote as a document, and the acceptance that is bound to it."""

from datetime import date
from pathlib import Path

import pytest

from sfa.errors import ConflictError
from sfa.services import quote_acceptance, quote_headers, quote_papers, quotes
from sfa.services.desk import Desk
from sfa.services.quote_acceptance import Signature
from sfa.services.quote_headers import Header
from sfa.services.quote_line_text import LineText
from sfa.services.quote_sheet import load
from tests.support.quotes import a_quote, seen, sent_quote, state

LINES = (
    LineText(product="PS-1", quantity="2", discount="10%", description="Stainless steel"),
    LineText(kind="section", description="Service"),
    LineText(kind="text", description="Within a day."),
    LineText(description="Installation\nOn site", price="80", quantity="1.5"),
    LineText(product="valve", role="optional"),
)


def test_the_paper_says_what_the_quote_says(desk: Desk) -> None:
    meant = a_quote(desk, *LINES, name="Line 3")
    quote_headers.put(desk, meant, Header("5%"))
    quotes.edit(desk, [meant.id], {"terms": "Ex works", "cover": "Dear Jane,", "payment_terms_days": "30"})
    paper = quote_papers.paper_of(desk, load(desk, meant))
    assert (paper.subject, paper.buyer.name, paper.is_draft) == ("Line 3", "Acme GmbH", True)
    assert (paper.issued_on, paper.valid_until) == (date(2026, 3, 10), date(2026, 4, 9))
    assert [(one.heading, one.text, one.subtotal_minor) for one in paper.sections] == [
        ("", "", None),
        ("Service", "Within a day.", 12_000),
    ]
    told = [(line.position, line.description, line.details, line.amount_minor, line.is_counted) for line in paper.lines]
    assert told == [
        ("1", "Pressure sensor", "Stainless steel", 18_000, True),
        ("2", "Installation", "On site", 12_000, True),
        ("3", "Valve", "", 2000, False),
    ]
    assert paper.totals == seen(desk, meant).totals
    assert (paper.terms[0].text, paper.cover, paper.payment_terms) == ("Ex works", "Dear Jane,", "30 days")


def test_the_parts_of_a_bundle_of_one_price_stand_beneath_it(desk: Desk) -> None:
    from sfa.services import quote_lines  # noqa: PLC0415 - for this test alone

    meant = a_quote(desk, LineText(description="Kit", price="99", options='{"price": "fixed"}'))
    quote_lines.add(desk, meant, LineText(product="PS-1", quantity="2"), part_of=1)
    (line,) = quote_papers.paper_of(desk, load(desk, meant)).lines
    assert (line.details, line.amount_minor) == ("2 x Pressure sensor", 9900)


def test_the_file_is_kept_with_its_hash_and_accepted_by_it(desk: Desk, tmp_path: Path) -> None:
    meant = sent_quote(desk, *LINES)
    file = tmp_path / "offer.md"
    quote_papers.make(desk, meant, "md", file)
    first = file.read_bytes()
    quote_papers.make(desk, meant, "md", file)
    assert file.read_bytes() == first
    digest = desk.store.value("SELECT DISTINCT sha256 FROM paper_file")
    with pytest.raises(ConflictError, match="another document"):
        quote_acceptance.accept(desk, meant, Signature("Jane", sha256="ab" * 32))
    quote_acceptance.accept(desk, meant, Signature("Jane", sha256=digest))
    assert (state(desk, meant), desk.store.value("SELECT document_sha256 FROM acceptance")) == ("accepted", digest)


def test_a_dry_run_writes_no_file(desk: Desk, tmp_path: Path) -> None:
    meant = a_quote(desk)
    quote_papers.make(desk, meant, "md", tmp_path / "offer.md", is_dry_run=True)
    assert not (tmp_path / "offer.md").exists()
    assert desk.store.value("SELECT count(*) FROM paper_file") == 0
