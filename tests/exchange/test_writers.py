"""What is written can be read again exactly, and no spreadsheet runs it."""

import csv
import datetime as dt
import io
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sfa.errors import SfaError
from sfa.exchange.headers import guess_mapping
from sfa.exchange.protection import protected, unprotected
from sfa.exchange.sheets import open_sheet
from sfa.exchange.writers import Rejected, write_csv, write_rejected, write_xlsx


@given(st.text(alphabet=st.one_of(st.sampled_from("'=+-@＝＋－＠\t\r\n1,. "), st.characters(codec="utf-8"))))
def test_protection_is_taken_off_exactly(text: str) -> None:
    assert unprotected(protected(text)) == text


@pytest.mark.parametrize(
    "text", ["=1+1", "+SUM(A1)", "-2+3", "@cmd", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1", "－x", "＠x", "+49 30 12"]
)
def test_text_that_a_spreadsheet_would_run_is_protected(text: str) -> None:
    assert protected(text) == "'" + text


@pytest.mark.parametrize("text", ["-12.50", "+3", "-1,234.5", "-5%", "Acme", "", "O'Neill", "1=1"])
def test_numbers_and_other_text_stay_as_they_are(text: str) -> None:
    assert protected(text) == text


CHARACTERS = st.characters(
    codec="utf-8", exclude_categories=["Cc"], exclude_characters="\ufeff", include_characters="\t\r\n"
)
CELLS = st.lists(st.tuples(st.text(CHARACTERS, max_size=12), st.text(CHARACTERS, max_size=12)), max_size=8)


@given(rows=CELLS)
def test_a_table_read_again_is_the_table(tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]) -> None:
    path = tmp_path_factory.mktemp("round") / "table.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        write_csv([("name", "note"), *rows], ["Name", "Note"], stream)
    with open_sheet(path, delimiter=",", encoding="utf-8") as sheet:
        assert [row.cells for row in sheet.rows] == [("name", "note"), *(row for row in rows if any(row))]


def test_values_are_written_as_other_programs_read_them() -> None:
    stream = io.StringIO()
    count = write_csv([(None, True, 3, Decimal("1E+3"), dt.date(2026, 3, 1), "=x")], list("abcdef"), stream)
    assert count == 1
    assert stream.getvalue() == "a,b,c,d,e,f\r\n,true,3,1000,2026-03-01,'=x\r\n"


def test_raw_output_is_left_alone() -> None:
    stream = io.StringIO()
    write_csv([("=x",)], ["a"], stream, is_raw=True)
    assert stream.getvalue() == "a\r\n=x\r\n"


def test_rejected_rows_can_be_corrected_and_imported_again(tmp_path: Path) -> None:
    source = tmp_path / "deals.csv"
    source.write_text("Name,Stage\nAcme, Inc.,Won\nGlobex,Lost\n=Hooli,Open\n")
    with open_sheet(source) as sheet:
        rows = list(sheet.rows)
        refused = [Rejected(row.line, row.cells, row.problem or "no such stage") for row in rows]
        target = tmp_path / "rejected.csv"
        with target.open("w", encoding="utf-8", newline="") as stream:
            assert write_rejected(refused, sheet.header, stream) == 3
    lines = list(csv.reader(target.read_text().splitlines()))
    assert lines[0] == ["reason", "line", "Name", "Stage"]
    assert lines[1] == ["3 cells where the header has 2", "2", "Acme", " Inc.", "Won"]
    target.write_text(target.read_text().replace("Acme, Inc.,Won", '"Acme, Inc.",Won'))
    with open_sheet(target) as again:
        assert guess_mapping("opportunity", again.header) == {"Name": "name", "Stage": "stage"}
        found = list(again.rows)
    assert [row.cells[2:] for row in found] == [("Acme, Inc.", "Won"), ("Globex", "Lost"), ("=Hooli", "Open")]
    assert all(row.problem is None for row in found)


def test_rows_rejected_twice_keep_one_reason() -> None:
    stream = io.StringIO()
    write_rejected([Rejected(2, ("old", "9", "Acme"), "new")], ["reason", "line", "Name"], stream)
    assert stream.getvalue() == "reason,line,Name\r\nnew,2,Acme\r\n"


def test_a_workbook_holds_text_as_text_and_numbers_as_numbers(tmp_path: Path) -> None:
    path = tmp_path / "table.xlsx"
    rows = [
        ("=1+1", 3, Decimal("12.50"), dt.date(2026, 3, 1), True, None),
        (
            "http://x.y",
            12345678901234567890,
            Decimal("-0.1"),
            dt.datetime(2026, 3, 1, 9, 30, tzinfo=dt.UTC),
            False,
            "'x",
        ),
    ]
    assert write_xlsx(path, list("abcdef"), rows) == 2
    with open_sheet(path) as sheet:
        assert [row.cells for row in sheet.rows] == [
            ("=1+1", "3", "12.5", "2026-03-01", "TRUE", ""),
            ("http://x.y", "12345678901234567890", "-0.1", "2026-03-01 09:30:00", "FALSE", "'x"),
        ]


def test_a_workbook_that_cannot_hold_a_text_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "table.xlsx"
    with pytest.raises(SfaError, match="Row 1 has a text of 40,000 characters"):
        write_xlsx(path, ["a"], [("x" * 40_000,)])
    assert not path.exists()
