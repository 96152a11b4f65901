"""Workbooks are read by what they are, and those made to fill the memory are not opened."""

import datetime as dt
import io
import time
import zipfile
from collections import Counter
from pathlib import Path

import pytest
import xlsxwriter

from sfa.errors import NotFoundError, UsageError
from sfa.exchange import sheets_zip
from sfa.exchange.sheets import open_sheet
from sfa.exchange.sheets_xlsx import cell_text


def workbook(path: Path, *sheets: tuple[str, list[list[object]]]) -> Path:
    book = xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"})
    for name, rows in sheets:
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, dt.date):
                    sheet.write_datetime(number, column, cell)
                else:
                    sheet.write(number, column, cell)
    book.close()
    return path


DEALS: list[list[object]] = [
    ["Name", "Amount", "Close date", "Won"],
    ["Acme", 1200, dt.date(2026, 3, 1), True],
    ["Globex", 0.1, dt.date(2026, 12, 31), False],
]


def test_cells_are_text_as_a_person_sees_them(tmp_path: Path) -> None:
    sheet = open_sheet(workbook(tmp_path / "deals.xlsx", ("Deals", DEALS)))
    assert (sheet.kind, sheet.header, sheet.estimated_rows) == ("xlsx", ("Name", "Amount", "Close date", "Won"), 2)
    assert [(row.line, row.cells) for row in sheet.rows] == [
        (2, ("Acme", "1200", "2026-03-01", "TRUE")),
        (3, ("Globex", "0.1", "2026-12-31", "FALSE")),
    ]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (2024.0, "2024"),
        (0.1 + 0.2, "0.3"),
        (1e21, "1000000000000000000000"),
        (1234567.891, "1234567.8910"),
        (0.075, "0.0750"),
        (12.25, "12.25"),
        (dt.datetime(2026, 3, 1, 9, 30, tzinfo=dt.UTC).replace(tzinfo=None), "2026-03-01 09:30:00"),
        (dt.time(9, 30), "09:30:00"),
        (dt.timedelta(hours=1, minutes=5), "1:05:00"),
        (True, "TRUE"),
        (7, "7"),
    ],
)
def test_numbers_and_times_have_no_noise(cell: float | dt.datetime, text: str) -> None:
    assert cell_text(cell) == text


def test_a_workbook_named_csv_is_read_with_a_note(tmp_path: Path) -> None:
    sheet = open_sheet(workbook(tmp_path / "deals.xlsx", ("Deals", DEALS)).rename(tmp_path / "deals.csv"))
    assert len(list(sheet.rows)) == 2
    assert sheet.notes == ["deals.csv is an Excel workbook and was read as one."]


def test_a_csv_named_xlsx_is_read(tmp_path: Path) -> None:
    path = tmp_path / "deals.xlsx"
    path.write_text("Name,City\nAcme,Rom\n")
    with open_sheet(path) as sheet:
        assert sheet.kind == "csv"


def test_the_first_sheet_with_rows_is_read_and_the_others_named(tmp_path: Path) -> None:
    path = workbook(tmp_path / "book.xlsx", ("Empty", []), ("Deals", DEALS), ("Old", DEALS[:2]))
    sheet = open_sheet(path)
    assert len(list(sheet.rows)) == 2
    assert "Deals" in sheet.notes[0]
    assert len(list(open_sheet(path, sheet="old").rows)) == 1
    with pytest.raises(NotFoundError, match="has no sheet New"):
        open_sheet(path, sheet="New")


def test_a_title_above_the_header_is_skipped_and_lines_keep_their_numbers(tmp_path: Path) -> None:
    path = workbook(tmp_path / "report.xlsx", ("Report", [["Pipeline of March"], [], *DEALS]))
    sheet = open_sheet(path)
    assert sheet.header == ("Name", "Amount", "Close date", "Won")
    assert [row.line for row in sheet.rows] == [4, 5]


def test_an_empty_workbook_has_no_rows(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="has no rows"):
        open_sheet(workbook(tmp_path / "empty.xlsx", ("Empty", [])))


def packed(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


FAR_CELL = b'<c r="A1"><v>1</v></c><c r="XFD1048576"><v>1</v></c>'
BOOK = {"xl/workbook.xml": b"<workbook/>"}


@pytest.mark.parametrize(
    ("members", "reason"),
    [
        ({"a.txt": b"x"}, "zip archive"),
        ({"word/document.xml": b"x"}, "Word document"),
        ({"content.xml": b"x"}, "OpenDocument"),
        (BOOK | {f"xl/{number}.xml": b"" for number in range(300)}, "packs 301 files"),
        (BOOK | {"xl/worksheets/sheet1.xml": b"<row></row>" * 5_000_000}, "more than 100 times"),
        (
            BOOK | {"xl/worksheets/sheet1.xml": b'<c r="A1"><v>1</v></c><c r="XFD1048576"><v>1</v></c>'},
            "spans 1,048,576 rows",
        ),
        (BOOK, "damaged"),
    ],
)
def test_archives_that_are_no_honest_workbook_get_one_sentence(
    tmp_path: Path, members: dict[str, bytes], reason: str
) -> None:
    path = packed(tmp_path / "book.xlsx", members)
    started = time.process_time()
    with pytest.raises(UsageError, match=reason):
        open_sheet(path)
    assert time.process_time() - started < 5


def test_a_small_text_named_by_many_cells_is_counted_in_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets_zip, "MAX_SHEET_TEXT", 100_000)
    cells = b'<c r="A1" t="s"><v>0</v></c>' * 300
    strings = b"<sst><si><t>" + bytes(range(65, 91)) * 20 + b"</t></si></sst>"
    path = packed(tmp_path / "book.xlsx", BOOK | {"xl/worksheets/sheet1.xml": cells, "xl/sharedStrings.xml": strings})
    with pytest.raises(UsageError, match="repeat too much text"):
        open_sheet(path)


def test_cells_are_found_across_the_pieces_they_are_read_in(tmp_path: Path) -> None:
    rows = "".join(
        f'<row r="{row}"><c r="A{row}" s="1"/><c s="2" r="C{row}"><v>{row}</v></c></row>' for row in range(1, 40_000)
    )
    extent = sheets_zip._Extent()
    references: Counter[int] = Counter()
    stream = io.BytesIO(rows.encode())
    for piece in iter(lambda: stream.read(77), b""):
        extent.add(piece, references)
    extent.finish(references)
    assert (extent.rows, extent.columns) == (39_999, 3)


def test_a_declared_size_is_not_believed(tmp_path: Path) -> None:
    path = packed(tmp_path / "book.xlsx", BOOK | {"xl/worksheets/sheet1.xml": b"<row></row>" * 3_000_000})
    content = path.read_bytes()
    true_size, lie = (33_000_000).to_bytes(4, "little"), (1_000).to_bytes(4, "little")
    path.write_bytes(content.replace(true_size, lie))
    with pytest.raises(UsageError, match="more than 100 times"):
        open_sheet(path)
