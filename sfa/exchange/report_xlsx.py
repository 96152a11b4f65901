"""Writes a report to a workbook: numbers as numbers, and their sums as formulas that follow when a row is changed."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from sfa.domain.money import Money
from sfa.errors import SfaError

SUMMED = ("integer", "money")
_TOO_EXACT = 15
"""Digits that a workbook keeps of a number; longer ones are written as text."""


def write_report(path: Path, columns: Sequence[tuple[str, str, str]], rows: Sequence[Mapping[str, Any]]) -> int:
    """Write a sheet with a header, the rows and a line of sums; return how many rows.

    Amounts of several currencies are told apart in a column of their own and not summed.

    Raises:
        SfaError: the file cannot be written.
    """
    import xlsxwriter  # noqa: PLC0415 - loaded when a workbook is written

    part = path.with_name(f".{path.name}.part")
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    try:
        part.touch()  # the library has errors of its own for a folder that is not there
        workbook = xlsxwriter.Workbook(str(part), options)
        _fill(workbook, columns, rows)
        workbook.close()
        part.replace(path)
    except OSError as error:
        raise SfaError(f"{path} cannot be written: {error.strerror or error}.", hint="Choose another place.") from error
    finally:
        part.unlink(missing_ok=True)
    return len(rows)


def _fill(workbook: Any, columns: Sequence[tuple[str, str, str]], rows: Sequence[Mapping[str, Any]]) -> None:  # noqa: ANN401 - the library brings no types
    sheet = workbook.add_worksheet("Report")
    bold = workbook.add_format({"bold": True})
    styles = {
        "rate": workbook.add_format({"num_format": "0.0%"}),
        "money": workbook.add_format({"num_format": "#,##0.00"}),
    }
    currencies = {value.currency for row in rows for value in row.values() if isinstance(value, Money)}
    for column, (_, title, _) in enumerate(columns):
        sheet.write_string(0, column, title, bold)
    if currencies:
        sheet.write_string(0, len(columns), "Currency", bold)
    for number, row in enumerate(rows, 1):
        for column, (name, _, kind) in enumerate(columns):
            _write(sheet, number, column, row.get(name), styles.get(kind))
        own = next((value.currency for value in row.values() if isinstance(value, Money)), None)
        if own:
            sheet.write_string(number, len(columns), own)
    sheet.freeze_panes(1, 0)
    if rows:
        _sum(sheet, columns, len(rows), bold, is_one_currency=len(currencies) <= 1)


def _write(sheet: Any, row: int, column: int, value: object, style: object) -> None:  # noqa: ANN401 - as above
    number = Decimal(value.decimal_string()) if isinstance(value, Money) else value
    if number is None:
        return
    if isinstance(number, (int, float, Decimal)) and len(str(number).replace(".", "").lstrip("-")) <= _TOO_EXACT:
        sheet.write_number(row, column, number, style)
    else:
        sheet.write_string(row, column, str(value.decimal_string() if isinstance(value, Money) else value))


def _sum(
    sheet: Any,  # noqa: ANN401 - as above
    columns: Sequence[tuple[str, str, str]],
    count: int,
    bold: object,
    *,
    is_one_currency: bool,
) -> None:
    from xlsxwriter.utility import xl_range  # noqa: PLC0415 - as above

    for column, (_, _, kind) in enumerate(columns):
        if kind in SUMMED and (kind != "money" or is_one_currency):
            sheet.write_formula(count + 1, column, f"=SUM({xl_range(1, column, count, column)})", bold)
    if columns[0][2] not in SUMMED:
        sheet.write_string(count + 1, 0, "Total", bold)
