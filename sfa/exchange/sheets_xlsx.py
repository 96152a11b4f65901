"""Reads a workbook's sheet as text, cell by cell as a person sees it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sfa.errors import NotFoundError, UsageError
from sfa.exchange.limits import MAX_COLUMNS, MAX_ROWS
from sfa.exchange.sheets_layout import SAMPLE_RECORDS
from sfa.exchange.sheets_zip import check_workbook

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

CellValue = int | float | str | bool | time | date | datetime | timedelta
_EXACT_INTEGER: Final = 10**15
_GROUP: Final = 3


@dataclass(frozen=True, slots=True)
class WorkbookTable:
    """One sheet: its first rows for the layout, then all of them with their row numbers."""

    sheet: str
    sample: list[list[str]]
    rows: Iterator[tuple[int, list[str]]]
    height: int
    notes: tuple[str, ...]


def read_workbook(path: Path, sheet: str | None) -> WorkbookTable:
    """Open a sheet by its name, or the first visible one that has rows.

    Raises:
        UsageError: the workbook is damaged, protected, or larger than an honest one.
        NotFoundError: no sheet has that name.
    """
    check_workbook(path)
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415 - loaded for workbooks only

    try:
        with path.open("rb") as file:
            workbook = CalamineWorkbook.from_filelike(file)
            table, notes = _choose(path, workbook, sheet)
    except CalamineError as error:
        raise UsageError(
            f"{path.name} is a damaged or protected workbook.", "Save it anew, without a password."
        ) from error
    if table.height > MAX_ROWS + 1 or table.width > MAX_COLUMNS:
        raise UsageError(
            f"Sheet {table.name} of {path.name} has {table.height:,} rows and {table.width:,} columns; "
            f"at most {MAX_ROWS:,} and {MAX_COLUMNS:,} are read."
        )
    first = [_texts(row) for row in islice(table.iter_rows(), SAMPLE_RECORDS)]
    return WorkbookTable(table.name, first, _rows(table), table.height, notes)


def _choose(path: Path, workbook: "CalamineWorkbook", wanted: str | None) -> "tuple[CalamineSheet, tuple[str, ...]]":
    from python_calamine import SheetTypeEnum, SheetVisibleEnum  # noqa: PLC0415 - loaded for workbooks only

    names = [meta.name for meta in workbook.sheets_metadata if meta.typ == SheetTypeEnum.WorkSheet]
    if wanted is not None:
        named = next((name for name in names if name.casefold() == wanted.strip().casefold()), None)
        if named is None:
            raise NotFoundError(f"{path.name} has no sheet {wanted}.", f"Its sheets: {', '.join(names)}.")
        return workbook.get_sheet_by_name(named), ()
    hidden = {meta.name for meta in workbook.sheets_metadata if meta.visible != SheetVisibleEnum.Visible}
    for name in sorted(names, key=hidden.__contains__):
        table = workbook.get_sheet_by_name(name)
        if table.height:
            others = [other for other in names if other != name]
            note = f"Read the sheet {name}; with --sheet also: {', '.join(others)}."
            return table, (note,) if others else ()
    raise UsageError(f"{path.name} has no rows.", "The first row of a table names its columns.")


def _rows(table: "CalamineSheet") -> Iterator[tuple[int, list[str]]]:
    for number, row in enumerate(table.iter_rows(), start=1):
        yield number, _texts(row)


def _texts(row: list[CellValue]) -> list[str]:
    return [cell if type(cell) is str else cell_text(cell) for cell in row]


def cell_text(cell: CellValue) -> str:
    """Return a cell as text: dates in ISO 8601, whole numbers without ".0", others to Excel's 15 digits.

    Three decimals get a zero behind them, as "1.234" could be taken for a thousand.
    """
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return _number_text(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "seconds")
    if isinstance(cell, (date, time)):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        minutes, seconds = divmod(int(cell.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    return str(cell)


def _number_text(number: float) -> str:
    if number.is_integer() and abs(number) < _EXACT_INTEGER:
        return str(int(number))
    text = format(Decimal(f"{number:.15g}"), "f")
    return text + "0" if text[-_GROUP - 1 : -_GROUP] == "." else text
