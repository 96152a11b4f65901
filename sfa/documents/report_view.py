"""The page of a report as texts ready to print."""

from collections.abc import Sequence
from typing import Final

from sfa.documents.paper import Language
from sfa.documents.report_page import Heading, ReportPage, Value
from sfa.documents.report_words import DICTIONARY
from sfa.documents.texts import View
from sfa.documents.words import amount, day, words
from sfa.domain.money import Money

LONGEST: Final = 70
"""Characters of a cell; what is longer is cut."""
MOST_UPRIGHT: Final = 6
"""Columns that an upright sheet has room for; with more it lies on its side."""


def report_view(page: ReportPage) -> View:
    """Return the texts of a page; amounts of one currency have it in the head of their columns."""
    own = words(page.language)
    codes = {value.currency for row in (*page.rows, *page.totals) for value in row if isinstance(value, Money)}
    code = codes.pop() if len(codes) == 1 else ""
    facts = [
        (own["period"], _period(page)),
        *((own[key], _said(key, said, page.language)) for key, said in page.filters),
        (own["made_on"], day(page.issued_on, page.language, page.page_size)),
    ]
    return {
        "kind": str(page.kind),
        "language": str(page.language),
        "page_size": str(page.page_size),
        "is_draft": page.is_draft,
        "is_wide": len(page.columns) > MOST_UPRIGHT,
        "title": told(page.title, page.language),
        "number": "",
        "seller": {"name": page.seller.name, "logo": page.seller.logo},
        "facts": [{"label": label, "value": value} for label, value in facts if value],
        "notes": [sentence.told(_dictionary(page.language)) for sentence in page.notes],
        "columns": [
            {"title": _title(column, code, page.language), "side": "left" if column.kind == "text" else "right"}
            for column in page.columns
        ],
        "rows": [_cells(page, row, code) for row in page.rows],
        "totals": [_total(page, row, code) for row in page.totals],
        "count": page.count,
        "measure": _title(Heading(page.measure, _kind_of(page)), page.bars_code, page.language),
        "bars": [
            {"label": cell(Heading("", "text"), bar.label, "", page.language), "size": bar.thousandths,
             "text": cell(Heading("", _kind_of(page)), bar.value, page.bars_code, page.language)}
            for bar in page.bars
        ],
        "words": own,
    }  # fmt: skip


def told(text: str, language: Language) -> str:
    """Return words of ours in a language."""
    return _dictionary(language).get(text, text)


def _said(key: str, said: str, language: Language) -> str:
    if key == "by":
        return ", ".join(told(name.strip().capitalize(), language) for name in said.split(","))
    return words(language)[said] if key == "rolled_up" else said


def _dictionary(language: Language) -> dict[str, str]:
    return DICTIONARY if language is Language.CHINESE else {}


def _period(page: ReportPage) -> str:
    first, last = ("" if when is None else day(when, page.language, page.page_size) for when in page.period)
    return f"{first} – {last}".strip() if first or last else ""


def _title(column: Heading, code: str, language: Language) -> str:
    title = told(column.title, language)
    return f"{title} {code}" if code and column.kind == "money" else title


def _kind_of(page: ReportPage) -> str:
    return next((column.kind for column in page.columns if column.title == page.measure), "number")


def _cells(page: ReportPage, row: Sequence[Value], code: str) -> list[str]:
    return [cell(column, value, code, page.language) for column, value in zip(page.columns, row, strict=True)]


def _total(page: ReportPage, row: Sequence[Value], code: str) -> list[str]:
    return [words(page.language)["total"], *_cells(page, row, code)[1:]]


def cell(column: Heading, value: Value, code: str, language: Language) -> str:
    """Return a value as it is printed; `code` is the currency that stands in the head already."""
    if value is None:
        return ""
    if isinstance(value, Money):
        shown = amount(value.amount_minor, value.currency)
        return shown if value.currency == code else f"{shown} {value.currency}"
    if isinstance(value, str):
        shown = told(value, language).replace("_", " ") if column.has_own_words else value
        return shown if len(shown) <= LONGEST else f"{shown[: LONGEST - 1]}…"
    shown = f"{value:.1%}" if column.kind == "rate" else f"{value:,}"
    return shown.replace("-", "−")
