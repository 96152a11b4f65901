"""Writes tables for other programs: CSV and workbooks that no spreadsheet takes for formulas."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Final, NamedTuple, Protocol, TextIO

from sfa.errors import SfaError
from sfa.exchange.headers import REJECT_COLUMNS
from sfa.exchange.protection import protected

Cell = str | int | bool | Decimal | date | datetime | None

_EXCEL_CHARACTERS: Final = 32_767
_EXCEL_ROWS: Final = 1_048_575
_EXCEL_DIGITS: Final = 15


class _Sheet(Protocol):
    """What of a worksheet is used here; the library brings no types."""

    def freeze_panes(self, row: int, column: int) -> object: ...
    def write_string(self, row: int, column: int, text: str, style: object = None) -> object: ...
    def write_number(self, row: int, column: int, number: int | Decimal) -> object: ...
    def write_boolean(self, row: int, column: int, value: bool) -> object: ...  # noqa: FBT001 - the library's order
    def write_datetime(self, row: int, column: int, value: date, style: object = None) -> object: ...


class _Workbook(Protocol):
    def add_worksheet(self) -> _Sheet: ...
    def add_format(self, properties: dict[str, object]) -> object: ...


class Rejected(NamedTuple):
    """A row that wasn't imported: where it stood, its cells as they stood, and why."""

    line: int
    cells: tuple[str, ...]
    reason: str


def cell_as_text(cell: Cell) -> str:
    """Return a cell for a CSV: dates in ISO 8601, true and false in small letters, nothing for None."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, (date, datetime)):
        return cell.isoformat()
    return format(cell, "f") if isinstance(cell, Decimal) else str(cell)


def write_csv(rows: Iterable[Sequence[Cell]], columns: Sequence[str], stream: TextIO, *, is_raw: bool = False) -> int:
    """Write a header and rows; returns how many rows.

    Text that a spreadsheet would run as a formula gets a ' before it, which reading takes off again; `is_raw` leaves it
    out, for programs that read the file and nothing else.
    """
    writer = csv.writer(stream, lineterminator="\r\n")
    guard = str if is_raw else protected
    writer.writerow([guard(column) for column in columns])
    count = 0
    for row in rows:
        writer.writerow([guard(cell) if isinstance(cell, str) else cell_as_text(cell) for cell in row])
        count += 1
    return count


def write_rejected(rows: Iterable[Rejected], columns: Sequence[str], stream: TextIO) -> int:
    """Write rows to correct and import again; returns how many.

    The reason and the line come first, so that a row with a cell too many still shows which one it is; both are ignored
    when the file is imported, and not repeated where the row came from such a file.
    """
    skip = len(REJECT_COLUMNS) if tuple(columns[: len(REJECT_COLUMNS)]) == REJECT_COLUMNS else 0
    table: Iterable[Sequence[Cell]] = ((row.reason, row.line, *row.cells[skip:]) for row in rows)
    return write_csv(table, [*REJECT_COLUMNS, *columns[skip:]], stream)


def write_xlsx(path: Path, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> int:
    """Write a workbook of one sheet; returns how many rows.

    Text is stored as text whatever it begins with; whole and decimal numbers as numbers where Excel keeps all their
    digits. Raises SfaError where a workbook can't hold the table, and leaves no file then.
    """
    import xlsxwriter  # noqa: PLC0415 - loaded when a workbook is written

    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": "yyyy-mm-dd",
        "remove_timezone": True,
    }
    part = path.with_name(f"{path.name}.part")
    workbook = xlsxwriter.Workbook(str(part), options)
    try:
        count = _fill(workbook, columns, rows)
    except BaseException:
        workbook.close()
        part.unlink(missing_ok=True)
        raise
    workbook.close()
    part.replace(path)
    return count


def _fill(workbook: _Workbook, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> int:
    sheet = workbook.add_worksheet()
    bold = workbook.add_format({"bold": True})
    moment = workbook.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    for column, name in enumerate(columns):
        sheet.write_string(0, column, name, bold)
    sheet.freeze_panes(1, 0)
    count = 0
    for count, row in enumerate(rows, start=1):
        _write_row(sheet, count, row, moment)
    return count


def _write_row(sheet: _Sheet, number: int, row: Sequence[Cell], moment: object) -> None:
    if number > _EXCEL_ROWS:
        raise SfaError(f"A workbook holds at most {_EXCEL_ROWS:,} rows.", "Export as CSV.")
    for column, cell in enumerate(row):
        _write_cell(sheet, number, column, cell, moment)


def _write_cell(sheet: _Sheet, row: int, column: int, cell: Cell, moment: object) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, bool):
        sheet.write_boolean(row, column, cell)
    elif isinstance(cell, datetime):
        sheet.write_datetime(row, column, cell, moment)
    elif isinstance(cell, date):
        sheet.write_datetime(row, column, cell)
    elif isinstance(cell, (int, Decimal)) and _fits_excel(cell):
        sheet.write_number(row, column, cell)
    else:
        text = cell_as_text(cell)
        if len(text) > _EXCEL_CHARACTERS:
            raise SfaError(
                f"Row {row:,} has a text of {len(text):,} characters; a workbook's cell holds {_EXCEL_CHARACTERS:,}.",
                "Export as CSV.",
            )
        sheet.write_string(row, column, text)


def _fits_excel(number: int | Decimal) -> bool:
    return sum(character.isdigit() for character in format(Decimal(number), "f")) <= _EXCEL_DIGITS
