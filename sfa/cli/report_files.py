"""A report into a file: a workbook with its sums, or one page to print."""

from pathlib import Path

from typer.core import TyperOption

from sfa.cli.building import option
from sfa.cli.output import tell
from sfa.services.desk import Desk
from sfa.services.report_request import Request
from sfa.services.report_table import Report


def file_options() -> list[TyperOption]:
    """Return the options that name a file."""
    return [
        option("--xlsx", "xlsx", default="", shown="FILE", help="Into a workbook, with sums as formulas."),
        *page_options(),
    ]


def page_options() -> list[TyperOption]:
    """Return the options of a page to print."""
    return [
        option("--pdf", "pdf", default="", shown="FILE", help="One page to print: table, bars, sums."),
        option("--language", "language", default="", shown="CODE", help="Of the page: en or zh."),
    ]


def write_files(
    desk: Desk, title: str, found: Report, asked: Request, *, xlsx: str = "", pdf: str = "", language: str = ""
) -> bool:
    """Write a report to the files that are named, and tell so; return whether any was."""
    if xlsx:
        from sfa.exchange.report_xlsx import write_report  # noqa: PLC0415 - loaded when a workbook is written

        totals = found.totals if found.by else []
        count = write_report(Path(xlsx).expanduser(), found.columns, found.rows, totals)
        tell(f"Wrote {count:,} rows to {xlsx}.")
    if pdf:
        from sfa.services.report_paper import page_of, write_pdf  # noqa: PLC0415 - typst, only for a PDF

        warnings = write_pdf(desk, page_of(desk, title, found, asked, language), Path(pdf).expanduser())
        tell(f"Wrote {pdf}.{''.join(f' {one}' for one in warnings)}")
    return bool(xlsx or pdf)
