"""A report as one page to print."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sfa.errors import UsageError
from sfa.services.desk import Desk, Saved
from sfa.services.quote_page import seller_of
from sfa.services.quote_papers import TEMPLATES, write_file
from sfa.services.report_chart import THOUSAND, charted, label_of, size_of
from sfa.services.report_request import Request
from sfa.services.report_table import Report, Row

if TYPE_CHECKING:
    from sfa.documents.report_page import PageBar, ReportPage, Value

LANGUAGES: Final = ("en", "zh")
MOST_ROWS: Final = 80
"""More than any page has room for."""
MOST_BARS: Final = 8
OURS: Final = frozenset(
    {"quadrant", "lifecycle", "action", "class", "state", "kind", "measure", "note", "status", "step"}
)
"""Columns whose texts are words of ours."""


def page_of(desk: Desk, title: str, found: Report, asked: Request, language: str = "") -> "ReportPage":
    """Return a report as a page; without a language it is in the company's.

    Raises:
        UsageError: documents are not written in that language.
    """
    from sfa.documents.paper import Language, PageSize  # noqa: PLC0415 - documents alone
    from sfa.documents.report_page import Heading, ReportPage  # noqa: PLC0415 - as above

    tongue = language or desk.config.text("company.language")
    if tongue not in LANGUAGES:
        raise UsageError(f"Pages are not written in {tongue}.", hint=f"Use one of: {', '.join(LANGUAGES)}.")
    names = [name for name, _, _ in found.columns]
    return ReportPage(
        language=Language(tongue),
        title=title,
        issued_on=desk.today,
        seller=seller_of(desk),
        columns=tuple(Heading(caption, kind, name in OURS) for name, caption, kind in found.columns),
        rows=tuple(_values(row, names) for row in found.rows[:MOST_ROWS]),
        count=len(found.rows),
        period=found.period if any(found.period) else (asked.start, asked.end and asked.end - timedelta(days=1)),
        filters=tuple(_filters(desk, asked)),
        notes=found.notes,
        bars=_bars(found),
        measure=next(caption for name, caption, _ in found.columns if name == found.measure),
        totals=tuple(_values(row, names) for row in found.totals) if found.by and len(found.rows) > 1 else (),
        page_size=PageSize(desk.config.text("company.page_size")),
    )


def _values(row: Row, names: Sequence[str]) -> tuple["Value", ...]:
    return tuple(row.get(name) for name in names)


def _filters(desk: Desk, asked: Request) -> list[tuple[str, str]]:
    told = [("by", ", ".join(asked.by)), ("owner", _names(desk, asked)), ("filter", asked.where.strip())]
    if asked.is_rolled_up:
        told.append(("rolled_up", "yes"))
    return [(key, said) for key, said in told if said]


def _names(desk: Desk, asked: Request) -> str:
    if not asked.owners:
        return ""
    first = desk.store.value("SELECT name FROM app_user WHERE id = ?", (asked.owners[0][0],))
    return f"{first} +{len(asked.owners) - 1}" if len(asked.owners) > 1 else str(first)


def _bars(found: Report) -> tuple["PageBar", ...]:
    from sfa.documents.report_page import PageBar  # noqa: PLC0415 - documents alone

    drawn = charted(found, MOST_BARS)
    sizes = [size_of(row[found.measure]) or 0 for row in drawn]
    longest = max(map(abs, sizes), default=0)
    return tuple(
        PageBar(label_of(found, row), int(size * THOUSAND / longest), row[found.measure])
        for row, size in zip(drawn, sizes, strict=True)
        if longest
    )


def write_pdf(desk: Desk, page: "ReportPage", file: Path) -> tuple[str, ...]:
    """Write a page as PDF, and return warnings: what the template or a missing character is about.

    Raises:
        StorageError: it cannot be written there.
        TemplateError: the template has an error.
    """
    from sfa.documents.render import render  # noqa: PLC0415 - typst, only for a PDF

    templates = desk.store.workspace.folder / TEMPLATES
    made = render(page, "pdf", templates if templates.is_dir() else None)
    write_file(file, made.data)
    return made.warnings


def usual_file(desk: Desk, name: str) -> Path:
    """Return where a report is written that has no file of its own: the folder of documents, by name and day."""
    return desk.store.workspace.documents / f"report-{name}-{desk.today}.pdf"


def save_as(desk: Desk, title: str, found: Report, asked: Request, text: str) -> Saved:
    """Write a report to a file whose ending says what is made.

    Raises:
        UsageError: the ending is of nothing that is made.
        StorageError: the file cannot be written.
    """
    file = Path(text).expanduser()
    if file.suffix.lower() != ".pdf":
        raise UsageError(f"The ending of {file.name} says not what to make.", hint="Use .pdf, or .xlsx.")
    warnings = write_pdf(desk, page_of(desk, title, found, asked), file)
    return Saved(f"Wrote {file}{''.join(f'; {one}' for one in warnings)}", count=len(found.rows))
