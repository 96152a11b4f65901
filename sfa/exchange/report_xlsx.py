"""Writes a report to a workbook: numbers as numbers, and their sums as formulas that follow when a row is changed."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from sfa.domain.money import Money
from sfa.errors import SfaError

SUMMED = ("integer", "money")
Columns = Sequence[tuple[str, str, str]]
Rows = Sequence[Mapping[str, Any]]
_TOO_EXACT = 15
"""Digits that a workbook keeps of a number; longer ones are written as text."""


def write_report(path: Path, columns: Columns, rows: Rows, totals: Rows = ()) -> int:
    """Write a sheet with a header, the rows and their totals; return how many rows.

    A total is a formula where it is the sum of its column, and else a number: groups may hold each other. Amounts of
    several currencies are told apart in a column of their own.

    Raises:
        SfaError: the file cannot be written.
    """
    import xlsxwriter  # noqa: PLC0415 - loaded when a workbook is written

    part = path.with_name(f".{path.name}.part")
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    try:
        part.touch()  # the library has errors of its own for a folder that is not there
        workbook = xlsxwriter.Workbook(str(part), options)
        _fill(workbook, columns, rows, totals)
        workbook.close()
        part.replace(path)
    except OSError as error:
        raise SfaError(f"{path} cannot be written: {error.strerror or error}.", hint="Choose another place.") from error
    finally:
        part.unlink(missing_ok=True)
    return len(rows)


def _fill(workbook: Any, columns: Columns, rows: Rows, totals: Rows) -> None:  # noqa: ANN401 - the library brings no types
    from xlsxwriter.utility import xl_range  # noqa: PLC0415 - as above

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
        _name_currency(sheet, number, len(columns), row)
    sheet.freeze_panes(1, 0)
    for number, total in enumerate(totals if rows else (), len(rows) + 1):
        sheet.write_string(number, 0, "Total", bold)
        for column, (name, _, kind) in enumerate(columns[1:], 1):
            if kind in SUMMED and total.get(name) is not None and total[name] == _sum(name, rows):
                sheet.write_formula(
                    number, column, f"=SUM({xl_range(1, column, len(rows), column)})", styles.get(kind, bold)
                )
            else:
                _write(sheet, number, column, total.get(name), styles.get(kind, bold))
        _name_currency(sheet, number, len(columns), total)


def _name_currency(sheet: Any, row: int, column: int, values: Mapping[str, Any]) -> None:  # noqa: ANN401 - as above
    own = next((value.currency for value in values.values() if isinstance(value, Money)), None)
    if own:
        sheet.write_string(row, column, own)


def _sum(name: str, rows: Rows) -> object:
    """Return the sum of a column; None where it is of several currencies."""
    values = [row[name] for row in rows if row.get(name) is not None]
    codes = {value.currency for value in values if isinstance(value, Money)}
    if not codes:
        return sum(values)
    return Money(sum(value.amount_minor for value in values), codes.pop()) if len(codes) == 1 else None


def _write(sheet: Any, row: int, column: int, value: object, style: object) -> None:  # noqa: ANN401 - as above
    number = Decimal(value.decimal_string()) if isinstance(value, Money) else value
    if number is None:
        return
    if isinstance(number, (int, float, Decimal)) and len(str(number).replace(".", "").lstrip("-")) <= _TOO_EXACT:
        sheet.write_number(row, column, number, style)
    else:
        sheet.write_string(row, column, str(value.decimal_string() if isinstance(value, Money) else value))
