"""A report on one page: what stands on it, in both languages, and that it stays one page."""

from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from sfa.documents.paper import Language, PageSize
from sfa.documents.render import Format, pictures, render
from sfa.documents.report_page import Heading, PageBar, ReportPage
from sfa.documents.report_words import DICTIONARY
from sfa.domain.money import Money
from sfa.domain.sentences import Sentence
from sfa.errors import UsageError
from tests.support.papers import ISSUED, NORDLICHT

COLUMNS = (
    Heading("Account", "text"), Heading("Class", "text", has_own_words=True), Heading("Revenue", "money"),
    Heading("Share", "rate"),
)  # fmt: skip


def a_page(
    count: int = 3, language: Language = Language.ENGLISH, currency: str = "USD", names: str = "Account {}"
) -> ReportPage:
    """Return a page of so many rows."""
    rows = tuple((names.format(at), "Key partner", Money(123456 + at, currency), 0.125) for at in range(min(count, 80)))
    return ReportPage(
        language=language,
        title="ABC",
        issued_on=ISSUED,
        seller=NORDLICHT,
        columns=COLUMNS,
        rows=rows,
        count=count,
        period=(date(2026, 1, 1), date(2026, 3, 31)),
        filters=(("by", "account"), ("owner", "Ann Rep"), ("filter", "amount>10k"), ("rolled_up", "yes")),
        notes=(Sentence("Retention {rate}.", {"rate": "80%"}),),
        bars=tuple(PageBar(str(row[0]), 1000 - 900 * at, row[2]) for at, row in enumerate(rows[:3])),
        measure="Revenue",
        totals=((None, None, Money(123456 * count, currency), None),),
    )


def pages(page: ReportPage) -> list[str]:
    reader = PdfReader(BytesIO(render(page, Format.PDF).data))
    return ["".join(sheet.extract_text().split()) for sheet in reader.pages]


def test_a_page_has_title_filters_period_table_bars_sums_and_its_date() -> None:
    (text,) = pages(a_page())
    for told in (
        "ABC", "Period", "1 January 2026 – 31 March 2026", "Made on", "2 March 2026", "Ann Rep", "amount>10k", "Rolled up",
        "Retention 80%.", "Account 2", "Revenue USD", "1,234.56", "12.5%", "Key partner", "Total", "3,703.68", "Nordlicht",
    ):  # fmt: skip
        assert "".join(told.split()) in text, told
    assert "more" not in text


def test_a_chinese_page_has_chinese_words_and_leaves_names_alone() -> None:
    (text,) = pages(a_page(language=Language.CHINESE))
    for told in (
        "ABC分类",
        "期间",
        "2026年1月1日",
        "制表日期",
        "客户",
        "收入USD",
        "关键伙伴",
        "保留率80%",
        "总计",
        "Account2",
    ):
        assert told in text, told


@pytest.mark.parametrize("size", PageSize)
def test_a_long_table_is_cut_on_the_one_page_and_says_how_many_more_there_are(size: PageSize) -> None:
    from dataclasses import replace  # noqa: PLC0415 - beside its only use

    texts = pages(replace(a_page(5000), page_size=size))
    assert len(texts) == 1
    shown = sum(f"Account{at}Key" in texts[0] for at in range(80))
    assert 30 < shown < 80
    assert f"and{5000 - shown}more" in texts[0]
    assert "617,280,000" not in texts[0]
    assert "6,172,800.00" in texts[0], "sums are of all rows"


def test_names_that_need_several_lines_leave_room_for_fewer_rows() -> None:
    texts = pages(a_page(80, names="A company whose name is so long that it needs two lines or more {}"))
    assert len(texts) == 1


def test_amounts_of_several_currencies_name_each_their_own() -> None:
    from dataclasses import replace  # noqa: PLC0415 - as above

    one = a_page(1)
    two = replace(one, rows=(*one.rows, ("Beta", None, Money(9, "JPY"), None)), totals=())
    (text,) = pages(two)
    assert "1,234.56USD" in text
    assert "9JPY" in text


def test_what_is_written_in_records_is_no_markup_and_a_sign_without_glyph_a_warning() -> None:
    hostile = '#panic("x") *bold* $x^2$ <label> @ref // no \\ [a](b)'
    made = render(a_page(1, names=hostile), Format.PDF)
    assert made.warnings == ()
    assert "#panic" in PdfReader(BytesIO(made.data)).pages[0].extract_text()
    assert "U+1F600" in render(a_page(1, names="\N{GRINNING FACE}"), Format.PDF).warnings[0]


def test_nothing_to_report_is_said_and_many_columns_lie_on_their_side() -> None:
    from dataclasses import replace  # noqa: PLC0415 - as above

    empty = replace(a_page(), rows=(), bars=(), totals=(), count=0)
    assert "Nothingtoreportyet." in pages(empty)[0]
    wide = replace(empty, columns=COLUMNS * 3)
    sizes = [PdfReader(BytesIO(render(page, Format.PDF).data)).pages[0].mediabox for page in (empty, wide)]
    assert [float(box.width) > float(box.height) for box in sizes] == [False, True]
    assert pictures(wide)[0].startswith(b"\x89PNG")


def test_a_report_has_no_other_form_and_the_same_bytes_each_time() -> None:
    with pytest.raises(UsageError, match="A report has no form html"):
        render(a_page(), "html")
    assert render(a_page(), "pdf").sha256 == render(a_page(), "pdf").sha256


def test_the_dictionary_keeps_the_places_of_its_sentences() -> None:
    import re  # noqa: PLC0415 - as above

    for english, chinese in DICTIONARY.items():
        assert sorted(re.findall(r"{\w+}", english)) == sorted(re.findall(r"{\w+}", chinese)), english
