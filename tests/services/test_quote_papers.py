"""A version of a quote as a document, and the acceptance that is bound to it."""

from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from sfa.errors import ConflictError, UsageError
from sfa.services import history, quote_acceptance, quote_headers, quote_page, quote_papers, quote_states, quotes
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
    paper = quote_page.paper_of(desk, load(desk, meant))
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
    (line,) = quote_page.paper_of(desk, load(desk, meant)).lines
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


def test_a_draft_printed_before_it_was_sent_cannot_be_accepted(desk: Desk, tmp_path: Path) -> None:
    meant = a_quote(desk, *LINES)
    quote_papers.make(desk, meant, "md", tmp_path / "draft.md")
    drafted = desk.store.value("SELECT sha256 FROM paper_file")
    quote_states.send(desk, meant)
    with pytest.raises(ConflictError, match="another document"):
        quote_acceptance.accept(desk, meant, Signature("Jane", sha256=drafted))


@pytest.mark.parametrize(("language", "words"), [("en", "12 months"), ("zh", "12 个月")])
def test_periods_are_spelled_in_the_language_of_the_page(desk: Desk, language: str, words: str) -> None:
    meant = a_quote(desk, LineText(product="PS-1", periods="12 months"), LineText(product="PS-1", periods="1 year"))
    first, second = quote_page.paper_of(desk, load(desk, meant), language).lines
    assert first.period == words
    assert second.period in ("1 year", "1 年")


def test_a_standard_tax_needs_no_reason_on_the_page(desk: Desk) -> None:
    with desk.store.write("tax") as work:
        code = work.insert("tax_code", {"code": "VAT", "name": "Value added tax", "category": "S"})
        work.insert("tax_rate", {"tax_code_id": code, "rate_ppm": 200_000})
    meant = a_quote(desk, LineText(product="PS-1", tax="VAT"))
    assert "Value added tax" not in quote_papers.preview(desk, meant).text


def test_send_mail_makes_the_mail_and_the_pdf_in_one_step_that_undo_takes_back(desk: Desk, tmp_path: Path) -> None:
    meant = a_quote(desk, *LINES)
    mail = tmp_path / "offer.eml"
    quote_papers.send_mail(desk, meant, None, mail)
    assert mail.exists()
    digest = sha256(mail.with_suffix(".pdf").read_bytes()).hexdigest()
    assert quote_acceptance.hashes_of(desk, load(desk, meant))[0] == digest
    history.undo(desk)
    assert (state(desk, meant), desk.store.value("SELECT count(*) FROM paper_file")) == ("draft", 0)


def test_a_file_whose_name_ends_in_no_form_is_refused(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="does not say what is to be made"):
        quote_papers.make_as(desk, a_quote(desk), tmp_path / "offer.docx")
