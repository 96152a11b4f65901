"""Documents as HTML, Markdown and mail: texts stay texts, and templates reach nothing but their data."""

import email
import email.policy
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sfa.documents.credit import as_issued
from sfa.documents.paper import Kind, Language, Party
from sfa.documents.render import render
from sfa.documents.sheets import escaped
from sfa.documents.typesetting import TemplateError
from sfa.documents.view import view
from sfa.documents.words import amount, plain
from sfa.domain.money import Money
from tests.support.papers import BUYERS, NORDLICHT, make_paper, make_statement

FORMS = ("md", "html", "txt")


def text_of(form: str, **more: object) -> str:
    """Return the English sample in a form."""
    return render(make_paper(**more), form).data.decode()  # type: ignore[arg-type]


@pytest.mark.parametrize("form", ["md", "html"])
@pytest.mark.parametrize("language", list(Language))
def test_every_form_has_the_lines_and_the_total(form: str, language: Language) -> None:
    text = render(make_paper(language), form).data.decode()
    expected = (
        ("Aurora S8", "27,987.83", "VAT 19% on 23,395.10") if language is Language.ENGLISH else ("极光S8", "193,855.58")
    )
    assert all(part in text for part in expected)


@pytest.mark.parametrize("form", [*FORMS, "eml", "pdf"])
@pytest.mark.parametrize("language", list(Language))
def test_the_same_input_makes_the_same_bytes(form: str, language: Language) -> None:
    for paper in (make_paper(language), make_statement(language)):
        assert render(paper, form) == render(paper, form)


def test_html_takes_no_markup_and_loads_nothing() -> None:
    buyer = Party('<img src=http://127.0.0.1:1><script>alert("x")</script>', ("<b>",))
    text = text_of("html", buyer=buyer, cover="<iframe>")
    assert "<img" not in text
    assert "<script" not in text
    assert "<iframe" not in text
    assert "&lt;script&gt;" in text
    assert "default-src 'none'" in text
    assert "http://127" not in text.replace("&lt;img src=http://127.0.0.1:1&gt;", "")


def test_markdown_shows_signs_as_they_are() -> None:
    text = text_of("md", subject="*5* | [x](y) <b> # _z_", cover="1. no list\n\n- no list\n\n# no heading")
    assert r"\*5\* \| \[x\](y) \<b\> \# \_z\_" in text
    assert "\n1\\. no list" in text or "\n\\1. no list" in text
    assert "\n\\- no list" in text
    assert "\n\\# no heading" in text


@given(st.text(alphabet=st.sampled_from("ab|*_#-1.) \n<&"), max_size=30))
def test_a_text_in_a_markdown_table_opens_no_cell(text: str) -> None:
    shown = str(escaped(text))
    assert "\n" not in shown
    assert shown.replace(r"\|", "").count("|") == 0


def test_a_mail_names_the_document_the_total_and_the_validity() -> None:
    text = text_of("txt")
    assert text.startswith("Dear Aoife O’Sullivan,\n")
    assert "our quote Q-2026-A7-000123" in text
    assert "Total: EUR 27,987.83" in text
    assert "valid until 1 April 2026" in text
    chinese = render(make_paper(Language.CHINESE), "txt").data.decode()
    assert chinese.startswith("尊敬的李思远：")
    assert "有效期至2026年4月1日" in chinese


def test_the_draft_is_ready_to_send_with_the_pdf_attached() -> None:
    paper = make_paper()
    made = render(paper, "eml")
    message = email.message_from_bytes(made.data, policy=email.policy.default)
    assert message["X-Unsent"] == "1"
    assert message["To"] == "Aoife O’Sullivan <aoife@meridian.example>"
    assert message["From"] == "Jana Petersen <jana.petersen@nordlicht.example>"
    assert message["Subject"].startswith("Quote Q-2026-A7-000123")
    (attached,) = message.iter_attachments()
    assert attached.get_filename() == "Q-2026-A7-000123.pdf"
    assert attached.get_payload(decode=True) == render(paper, "pdf").data
    body = message.get_body(("plain",))
    assert body is not None
    assert body.get_content().replace("\r\n", "\n") == render(paper, "txt").data.decode()
    assert made.template == render(paper, "pdf").template


@pytest.mark.parametrize(
    "address",
    ["", "nobody", "a b@c.example", "a@b.example\nBcc: all@x.example", "名@例.example", "@x", "x@", "<a@b>@c"],
)
def test_an_address_that_is_none_adds_no_header(address: str) -> None:
    buyer = replace(BUYERS[Language.ENGLISH], email=address, contact="A\nBcc: all@x.example")
    message = email.message_from_bytes(
        render(make_paper(buyer=buyer, subject="x\nBcc: all@x.example"), "eml").data, policy=email.policy.default
    )
    assert message["Bcc"] is None
    assert "all@x.example" not in str(message["To"] or "").replace("Bcc: all@x.example", "")


@pytest.mark.parametrize(
    ("name", "form", "text", "sentence"),
    [
        ("mail.txt.j2", "txt", "a\n{{ nothing }}", "mail.txt.j2, line 2: 'nothing' is undefined."),
        ("mail.txt.j2", "txt", "a\n\n{% if %}", "mail.txt.j2, line 3: "),
        ("document.html.j2", "html", "{{ ''.__class__.__mro__ }}", "document.html.j2, line 1: "),
        ("document.md.j2", "md", "\n{{ cover.append('x') }}", "document.md.j2, line 2: "),
        ("document.md.j2", "md", "{{ 1 / 0 }}", "document.md.j2, line 1: division by zero."),
    ],
)
def test_an_error_in_a_template_is_told_with_file_line_and_cause(
    tmp_path: Path, name: str, form: str, text: str, sentence: str
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(TemplateError) as told:
        render(make_paper(), form, tmp_path)
    assert told.value.message.startswith(sentence)


def test_the_companys_template_wins_and_the_others_are_ours(tmp_path: Path) -> None:
    (tmp_path / "mail.txt.j2").write_text("Hello {{ buyer.name }}", encoding="utf-8")
    assert render(make_paper(), "txt", tmp_path).data == b"Hello Meridian Laboratories Ltd\n"
    assert render(make_paper(), "md", tmp_path) == render(make_paper(), "md")


def test_control_characters_and_turned_text_reach_no_document() -> None:
    paper = make_paper(buyer=Party("Evil\x1b[31m\u202eLtd"), cover="a\x00b")
    assert view(paper)["buyer"]["name"] == "Evil\ufffd[31m\ufffdLtd"
    for form in FORMS:
        data = render(paper, form).data.decode()
        assert "\x1b" not in data
        assert "\u202e" not in data


@given(st.integers(-(10**13), 10**13), st.sampled_from(["EUR", "JPY", "KWD"]))
def test_amounts_are_written_with_the_decimals_of_their_currency(minor: int, currency: str) -> None:
    assert amount(minor, currency).replace(",", "").replace("−", "-") == Money(minor, currency).decimal_string()


@given(st.lists(st.integers(0, 10**12), min_size=1, max_size=6))
def test_decimal_points_stand_beneath_each_other(numbers: list[int]) -> None:
    """What is filled up unseen makes every figure of a column as long behind its point."""
    sections = make_paper().sections
    lines = tuple(replace(sections[0].lines[0], quantity_dec6=number) for number in numbers)
    made = view(replace(make_paper(), sections=(replace(sections[0], lines=lines),)))
    cells = [line["quantity"] for line in made["sections"][0]["lines"]]
    assert len({len((cell["text"] + cell["pad"]).partition(".")[2]) for cell in cells}) == 1
    assert [cell["text"] for cell in cells] == [plain(number) for number in numbers]


def test_a_credit_note_is_shown_in_positive_amounts() -> None:
    stored = make_paper(kind=Kind.CREDIT_NOTE)
    negative = replace(
        stored,
        totals=replace(stored.totals, net_minor=-1000, tax_minor=-190, gross_minor=-1190, payable_minor=-1190),
    )
    assert view(negative)["totals"][-1]["amount"] == "11.90"
    assert as_issued(as_issued(negative)) == as_issued(negative)
    assert as_issued(replace(negative, kind=Kind.INVOICE)).totals.gross_minor == -1190


def test_nothing_heavy_is_imported_before_a_document_is_made() -> None:
    code = "import sys, sfa.documents.render; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"typst", "jinja2", "db", "sqlmodel"} & set(done.stdout.split())


def test_the_seller_without_a_phone_leaves_no_gap() -> None:
    text = text_of("txt", seller=replace(NORDLICHT, phone="", website=""))
    assert text.endswith("Jana Petersen\nNordlicht Optics GmbH\n")
