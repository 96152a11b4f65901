"""Documents as PDF: what stands on the pages, that bytes repeat, and what stops them."""

import hashlib
import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from sfa.documents import glyphs, typesetting
from sfa.documents.folder import TemplateState, copy_templates, states
from sfa.documents.paper import Clause, Kind, Language, PageSize, Paper
from sfa.documents.render import Format, MissingGlyphsError, pictures, render
from sfa.documents.statement import Statement
from sfa.documents.typesetting import TemplateError
from sfa.domain.pricing.documents import Adjustment
from sfa.errors import NotFoundError, UsageError
from tests.support.papers import NORDLICHT, long_paper, make_paper, make_statement

HOSTILE = '#panic("x") *bold* $x^2$ <label> @ref // no \\ #image("/etc/passwd") [a](b) `c` = h'
ROOT = Path(__file__).parents[2]


def pages(paper: Paper | Statement, templates: Path | None = None) -> list[str]:
    """Return the text of each page, its spaces evened out."""
    reader = PdfReader(BytesIO(render(paper, Format.PDF, templates).data))
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def flat(text: str) -> str:
    """Return a text without spaces: where lines break and figures stand is the setter's business."""
    return "".join(text.split())


def test_a_quote_names_both_sides_its_lines_and_its_totals() -> None:
    whole = flat(" ".join(pages(make_paper())))
    for text in (
        "Quote", "Q-2026-A7-000123", "2 March 2026", "1 April 2026", "Meridian Laboratories Ltd", "Aoife O’Sullivan",
        "Aurora S8 stereo microscope", "3,890.00", "−10%", "3,501.00", "14,004.00", "712.025", "per month, 12 months",
        "Net total", "23,533.10", "VAT 7% on 138.00", "9.66", "4,445.07", "Total EUR", "27,987.83",
        "IBAN DE89 3704 0044 0532 0130 00", "Incoterms 2020", "Jana Petersen", "Page 1 of 2",
    ):  # fmt: skip
        assert flat(text) in whole, text


def test_a_chinese_quote_has_chinese_words_and_dates() -> None:
    whole = flat(" ".join(pages(make_paper(Language.CHINESE))))
    for text in (
        "报价单",
        "有效期至",
        "2026年4月1日",
        "杭州云图检测技术股份有限公司",
        "不含税合计",
        "总计CNY",
        "可选项目",
        "第1页，共2页",
    ):
        assert text in whole, text


def test_what_is_not_ordered_stands_apart_after_the_total() -> None:
    whole = flat(" ".join(pages(make_paper())))
    assert whole.index("TotalEUR") < whole.index("Notincludedinthetotal") < whole.index("Camera20MP")
    assert "Alternative·insteadofitem2" in whole
    assert whole.index("Camera20MP") < whole.index("Extendedwarranty")


def test_each_page_of_a_long_quote_repeats_the_head_and_counts_itself() -> None:
    texts = pages(long_paper(120))
    assert len(texts) > 3
    with_lines = [text for text in texts if "SP-1" in text]
    assert all("No. Description" in text and "Net price" in text for text in with_lines)
    for at, text in enumerate(texts, 1):
        assert flat(f"Page {at} of {len(texts)}") in flat(text)
    assert all("Quote Q-2026-A7-000123" in text for text in texts[1:])
    whole = " ".join(texts)
    assert all(whole.count(f"SP-{1000 + at}") == 1 for at in range(120))


def test_the_signatures_never_stand_on_a_page_alone() -> None:
    for count in (5, 9, 13, 17, 21):
        last = next(text for text in reversed(pages(long_paper(count))) if "Accepted for the customer" in text)
        assert "Warranty" in last


def test_a_text_longer_than_a_page_is_whole() -> None:
    sections = long_paper(2).sections
    long = " ".join(f"word{at}" for at in range(3000))
    line = replace(sections[0].lines[0], details=long)
    whole = " ".join(pages(make_paper(sections=(replace(sections[0], lines=(line,)),))))
    assert all(f"word{at}" in whole for at in (0, 1500, 2999))


def test_figures_of_any_length_leave_room_for_the_description() -> None:
    sections = long_paper(1).sections
    line = sections[0].lines[0]
    assert "List price" in pages(make_paper(sections=sections))[0]
    long = replace(
        line, description="https://example.test/" + "wordwithoutspace" * 12, quantity_dec6=10**12, unit="per pallet of 40",
        list_price_dec6=123_456_789_123_456, net_price_dec6=123_456_789_123_457,
    )  # fmt: skip
    (page, *_) = pages(make_paper(sections=(replace(sections[0], lines=(long,)),)))
    assert "List price" not in page
    assert flat("wordwithoutspace" * 12) in flat(page).replace("\u200b", "")
    assert "123,456,789.123457" in page


def test_texts_are_never_markup() -> None:
    sections = long_paper(1).sections
    line = replace(sections[0].lines[0], description=HOSTILE, details=HOSTILE, unit=HOSTILE[:5])
    paper = make_paper(
        sections=(replace(sections[0], lines=(line,), heading=HOSTILE),),
        cover=HOSTILE,
        subject=HOSTILE,
        terms=(Clause(HOSTILE, HOSTILE),),
        notes=HOSTILE,
    )
    assert flat(" ".join(pages(paper))).count(flat(HOSTILE)) >= 6


def test_the_same_paper_makes_the_same_bytes_in_another_process_and_folder(tmp_path: Path) -> None:
    here = render(make_paper(), "pdf")
    code = (
        "from tests.support.papers import make_paper; from sfa.documents.render import render;"
        " print(render(make_paper(), 'pdf').sha256)"
    )
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r}); {code}"],
        capture_output=True, text=True, check=True, cwd=tmp_path,
    )  # fmt: skip
    assert done.stdout.strip() == here.sha256 == hashlib.sha256(here.data).hexdigest()
    assert here.media_type == "application/pdf"
    assert here.data.startswith(b"%PDF-")


def test_its_creation_date_is_the_day_of_issue() -> None:
    information = PdfReader(BytesIO(render(make_paper(), "pdf").data)).metadata
    assert information is not None
    assert information.creation_date is not None
    assert information.creation_date.date() == make_paper().issued_on
    assert information.title == "Quote Q-2026-A7-000123"


def test_another_text_or_template_makes_another_hash(tmp_path: Path) -> None:
    copy_templates(tmp_path)
    theme = tmp_path / "theme.typ"
    before = render(make_paper(), "pdf", tmp_path)
    assert before.sha256 == render(make_paper(), "pdf").sha256
    assert before.sha256 != render(make_paper(number="Q-2026-A7-000124"), "pdf", tmp_path).sha256
    theme.write_text(theme.read_text(encoding="utf-8").replace("1d4f73", "7a1f3d"), encoding="utf-8")
    after = render(make_paper(), "pdf", tmp_path)
    assert after.sha256 != before.sha256
    assert after.template != before.template
    assert [name for name, state in states(tmp_path).items() if state is TemplateState.CHANGED] == ["theme.typ"]


def test_copying_the_templates_keeps_what_the_company_changed(tmp_path: Path) -> None:
    assert "quote.typ" in copy_templates(tmp_path)
    (tmp_path / "quote.typ").write_text("Ours", encoding="utf-8")
    assert copy_templates(tmp_path) == ()
    assert pages(make_paper(), tmp_path) == ["Ours"]
    assert states(tmp_path)["quote.typ"] is TemplateState.CHANGED
    assert states(tmp_path)["theme.typ"] is TemplateState.SAME


def test_an_invoice_uses_a_template_of_its_own_where_there_is_one(tmp_path: Path) -> None:
    copy_templates(tmp_path)
    (tmp_path / "invoice.typ").write_text("Our invoice", encoding="utf-8")
    assert pages(make_paper(kind=Kind.INVOICE), tmp_path) == ["Our invoice"]
    assert "Order confirmation" in pages(make_paper(kind=Kind.ORDER), tmp_path)[0]


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("quote.typ", "#let a = 1\n\n#let b = a + nothing\n", "quote.typ, line 3: unknown variable: nothing."),
        ("theme.typ", '#let accent = rgb("#zz")\n', "theme.typ, line 1: "),
        ("quote.typ", '#import "@preview/x:0.1.0": y\n', "quote.typ, line 1: packages from the network are not used."),
        ("quote.typ", '#read("/../../secret")\n', "quote.typ, line 1: "),
    ],
)
def test_an_error_in_a_template_is_told_with_file_line_and_cause(
    tmp_path: Path, name: str, text: str, sentence: str
) -> None:
    copy_templates(tmp_path)
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(TemplateError) as told:
        render(make_paper(), "pdf", tmp_path)
    assert told.value.message.startswith(sentence)
    assert told.value.message.endswith(".")
    assert "\n" not in told.value.message


def test_a_character_without_a_glyph_is_told_with_its_place() -> None:
    sections = long_paper(1).sections
    line = replace(sections[0].lines[0], position="7", description="Café 𓀀 ก")
    paper = make_paper(sections=(replace(sections[0], lines=(line,)),))
    with pytest.raises(MissingGlyphsError) as told:
        render(paper, "pdf")
    assert told.value.message == ("The fonts lack 𓀀 (U+13000, line 7, description), ก (U+0E01, line 7, description).")
    assert "fonts" in str(told.value.hint)
    draft = render(replace(paper, is_draft=True), "pdf")
    assert draft.warnings == (told.value.message,)


def test_a_name_with_a_hidden_character_is_not_printed_in_silence() -> None:
    with pytest.raises(MissingGlyphsError, match=r"U\+FFFD, buyer, name"):
        render(make_paper(buyer=replace(make_paper().buyer, name="Meridian\u202eLtd")), "pdf")


def test_a_font_beside_the_templates_brings_its_characters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder of fonts is enough: templates need not be copied for it."""
    latin, own = tmp_path / "latin", tmp_path / "templates" / "fonts"
    latin.mkdir()
    own.mkdir(parents=True)
    for path in glyphs.font_files(None):
        ((own if "CJK" in path.name else latin) / path.name).write_bytes(path.read_bytes())
    with monkeypatch.context() as patched:
        for module in (glyphs, typesetting):
            patched.setattr(module, "SHIPPED", latin)
        typesetting._fonts.cache_clear()
        with pytest.raises(MissingGlyphsError):
            render(make_paper(Language.CHINESE), "pdf")
        made = render(make_paper(Language.CHINESE), "pdf", own.parent)
    typesetting._fonts.cache_clear()
    assert made.sha256 == render(make_paper(Language.CHINESE), "pdf").sha256


def test_a_relative_folder_of_templates_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy_templates(tmp_path / "own")
    monkeypatch.chdir(tmp_path)
    assert render(make_paper(), "pdf", Path("own")).sha256 == render(make_paper(), "pdf").sha256


def test_the_shipped_fonts_have_what_business_is_written_in() -> None:
    texts = "ÄÖÜßçñøæœşğıłžťčřőű ΑΩαω Жщъыэя €£¥₽₹ №§©®™…–—“”„‚‘’«»•→✓ 简体中文 繁體東風 镕喆堃珺玥 ①㎡℃？（）、。"
    assert glyphs.missing({"a": texts}, glyphs.font_files(None)) == {}


def test_a_font_file_that_is_none_is_passed_over(tmp_path: Path) -> None:
    for data in (b"", b"ttcf", b"\x00\x01\x00\x00\xff\xff" + bytes(40)):
        path = tmp_path / "broken.ttf"
        path.write_bytes(data)
        assert glyphs.coverage(path, len(data)) == ()


def test_the_logo_comes_from_the_folder_of_templates(tmp_path: Path) -> None:
    paper = make_paper(seller=replace(NORDLICHT, logo="logo.svg"))
    with pytest.raises(NotFoundError, match=r"logo\.svg is not in the folder of templates"):
        render(paper, "pdf", tmp_path)
    with pytest.raises(UsageError, match="no plain name"):
        render(make_paper(seller=replace(NORDLICHT, logo="../logo.svg")), "pdf", tmp_path)
    (tmp_path / "logo.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30"><rect width="90" height="30" fill="#a33"/></svg>',
        encoding="utf-8",
    )
    assert render(paper, "pdf", tmp_path).sha256 != render(make_paper(), "pdf").sha256
    assert "data:image/svg+xml;base64," in render(paper, "html", tmp_path).data.decode()


def test_american_paper_has_american_dates() -> None:
    paper = make_paper(page_size=PageSize.LETTER)
    assert "March 2, 2026" in pages(paper)[0]
    box = PdfReader(BytesIO(render(paper, "pdf").data)).pages[0].mediabox
    assert (round(box.width), round(box.height)) == (612, 792)


def test_discounts_and_prepayments_are_rows_of_the_totals() -> None:
    paper = make_paper(
        kind=Kind.INVOICE, adjustments=(Adjustment(is_charge=False, reason="Anniversary", percent_ppm=50_000),),
        prepaid_minor=100_000,
    )  # fmt: skip
    whole = flat(" ".join(pages(paper)))
    assert whole.count("Anniversary−1,176.66") == 1
    for text in ("Sum of items 23,533.10", "Already paid −1,000.00", "Amount due EUR"):
        assert flat(text) in whole


def test_a_proposal_has_a_cover_and_its_number() -> None:
    texts = pages(make_paper(kind=Kind.PROPOSAL))
    assert "Prepared for Meridian Laboratories Ltd" in texts[0]
    assert "27,987.83" not in texts[0]
    assert "27,987.83" in " ".join(texts[1:])


@pytest.mark.parametrize("language", list(Language))
def test_a_statement_shows_its_entries_sums_and_balances(language: Language) -> None:
    whole = flat(" ".join(pages(make_statement(language))))
    for text in ("O-2026-A7-000046", "8,750.00", "7%", "612.50", "1,452.50", "−157.65", "1,461.85"):
        assert text in whole, text
    assert ("Statement" if language is Language.ENGLISH else "对账单") in whole


def test_a_draft_says_so() -> None:
    assert "Draft" in pages(make_paper(is_draft=True))[0]
    assert "Draft" not in pages(make_paper())[0]


def test_an_unknown_form_is_refused() -> None:
    with pytest.raises(UsageError, match="no form docx"):
        render(make_paper(), "docx")


def test_each_page_can_be_looked_at_as_a_picture() -> None:
    made = pictures(long_paper(60), ppi=40)
    assert len(made) == len(pages(long_paper(60)))
    assert all(page.startswith(b"\x89PNG") for page in made)
    assert len(pictures(make_statement())) == 1
