"""Tables from outside are read as a person would read them, or refused in one sentence."""

import io
import time
from pathlib import Path

import pytest

from sfa.errors import SfaError, UsageError
from sfa.exchange import limits, sheets_records
from sfa.exchange.sheets import Sheet, open_sheet


def opened(folder: Path, content: bytes | str, name: str = "table.csv", **options: str) -> Sheet:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return open_sheet(path, **options)


def table(sheet: Sheet) -> list[tuple[str, ...]]:
    with sheet:
        return [row.cells for row in sheet.rows]


def problems(sheet: Sheet) -> dict[int, str]:
    with sheet:
        return {row.line: row.problem for row in sheet.rows if row.problem is not None}


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_shows_itself(tmp_path: Path, delimiter: str) -> None:
    lines = ["Name*City*Note", 'Böker*Solingen*"a, b; c | d"', "Acme*Rom*x"]
    sheet = opened(tmp_path, "\n".join(lines).replace("*", delimiter))
    assert sheet.delimiter == delimiter
    assert table(sheet) == [("Böker", "Solingen", "a, b; c | d"), ("Acme", "Rom", "x")]


def test_decimal_commas_do_not_make_a_comma_the_delimiter(tmp_path: Path) -> None:
    rows = "".join(f"Firma {number};{number},50;{number},25\n" for number in range(30))
    with opened(tmp_path, "Name;Umsatz;Rabatt\n" + rows) as sheet:
        assert sheet.delimiter == ";"


def test_a_list_of_one_column_is_a_table(tmp_path: Path) -> None:
    sheet = opened(tmp_path, "Company\nAcme\nGlobex\n")
    assert (sheet.header, table(sheet)) == (("Company",), [("Acme",), ("Globex",)])


def test_a_stated_delimiter_is_believed_and_is_no_header(tmp_path: Path) -> None:
    sheet = opened(tmp_path, "sep=|\nName|City\nAcme|Rom\n")
    with sheet:
        assert sheet.header == ("Name", "City")
        assert [(row.line, row.cells) for row in sheet.rows] == [(3, ("Acme", "Rom"))]


def test_a_given_delimiter_wins(tmp_path: Path) -> None:
    assert table(opened(tmp_path, "a;b,c\n1;2,3\n", delimiter=";")) == [("1", "2,3")]
    assert table(opened(tmp_path, "a\tb,c\n1\t2,3\n", delimiter="tab")) == [("1", "2,3")]
    with pytest.raises(UsageError, match="one character"):
        opened(tmp_path, "a,b\n", delimiter="::")


@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("utf-8", "山田 Müller"),
        ("utf-8-sig", "Müller"),
        ("utf-16", "Müller 远东仪器"),
        ("utf-16-le", "Müller GmbH"),
        ("utf-16-be", "Müller GmbH"),
        ("gb18030", "远东仪器有限公司"),
        ("gb18030", "王小明"),
        ("big5", "遠東儀器股份有限公司"),
        ("shift_jis", "株式会社ヤマダ電機"),
        ("euc_kr", "삼성전자 주식회사 서울특별시"),
        ("cp1252", "Café Müller – Ångström"),
        ("cp1252", "Peña"),
        ("cp1250", "Łódź Spółka Żółw"),
        ("cp1251", "Общество Ромашка"),
        ("mac_roman", "Café Müller"),
    ],
)
def test_names_come_out_whole_in_every_encoding(tmp_path: Path, codec: str, name: str) -> None:
    sheet = opened(tmp_path, f"Name,City\r\n{name},x\r\nAcme,y\r\n".encode(codec))
    assert table(sheet) == [(name, "x"), ("Acme", "y")]


def test_a_guessed_encoding_is_said(tmp_path: Path) -> None:
    with opened(tmp_path, "Name,City\nMüller,x\n".encode("cp1252")) as sheet:
        assert "cp1252" in sheet.notes[0]
    with opened(tmp_path, "Name,City\nMüller,x\n") as sheet:
        assert sheet.notes == []


def test_an_unknown_encoding_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="No encoding is called klingon"):
        opened(tmp_path, "a,b\n", encoding="klingon")


def test_bytes_that_the_given_encoding_lacks_reject_their_row_alone(tmp_path: Path) -> None:
    sheet = opened(tmp_path, b"Name,City\nM\xff\xfeller,x\nAcme,y\n", encoding="gb18030")
    assert list(problems(sheet)) == [2]


def test_one_broken_character_does_not_spoil_the_others(tmp_path: Path) -> None:
    text = "Name,City\n" + "远东仪器,上海\n" * 5
    sheet = opened(tmp_path, text.encode() + b"Caf\xe9,Rom\n")
    with sheet:
        rows = list(sheet.rows)
    assert rows[0].cells == ("远东仪器", "上海")
    assert [row.line for row in rows if row.problem] == [7]


@pytest.mark.parametrize("encoding", ["hex", "rot13", "undefined", "idna"])
def test_codecs_that_are_no_encoding_of_text_get_one_sentence(tmp_path: Path, encoding: str) -> None:
    with pytest.raises(UsageError, match=encoding):
        opened(tmp_path, "Name,City\nAcme,Rom\n", encoding=encoding)


def test_lines_above_the_header_are_skipped(tmp_path: Path) -> None:
    text = (
        'Notes:\n"When exporting, addresses may be missing, so check them."\n\n'
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
        "Jane,Doe,x,,Acme,CTO,12 Mar 2025\n"
    )
    with opened(tmp_path, text) as sheet:
        assert sheet.header[:2] == ("First Name", "Last Name")
        assert [row.line for row in sheet.rows] == [5]


def test_the_footer_of_a_report_is_left_out_and_said(tmp_path: Path) -> None:
    text = (
        '"Name","Stage","Amount"\n"Deal A","Won","10"\n"Deal B","Lost","20"\n\n"My pipeline"\n'
        '"Copyright (c) 2000-2026 salesforce.com, inc. All rights reserved."\n'
        '"Confidential Information - Do Not Distribute"\n"Generated By: Jane Doe 3/15/2026 9:00 AM"\n"Acme"\n'
    )
    sheet = opened(tmp_path, text)
    assert [cells[0] for cells in table(sheet)] == ["Deal A", "Deal B"]
    assert "5 lines of a report's footer from line 5" in sheet.notes[0]


def test_a_record_with_a_name_alone_is_no_footer(tmp_path: Path) -> None:
    sheet = opened(tmp_path, "Name,City,Phone\nAcme,Rom,1\n\nGlobex,,\n")
    assert [cells[0] for cells in table(sheet)] == ["Acme", "Globex"]
    assert sheet.notes == []


def test_column_names_are_readable_and_unique(tmp_path: Path) -> None:
    sheet = opened(tmp_path, " Name ,Phone,,Phone,Phone,\nAcme,1,2,3,4,\n")
    assert sheet.header == ("Name", "Phone", "column 3", "Phone (2)", "Phone (3)")
    assert table(sheet) == [("Acme", "1", "2", "3", "4")]


def test_a_comma_too_many_is_a_problem_of_its_row_alone(tmp_path: Path) -> None:
    sheet = opened(tmp_path, "Name,City\nAcme, Inc.,Rom\nGlobex,Bonn,\nInitech,Kiel\n")
    with sheet:
        rows = list(sheet.rows)
    assert [row.problem for row in rows] == ["3 cells where the header has 2", None, None]
    assert rows[0].cells == ("Acme", " Inc.", "Rom")
    assert rows[1].cells == ("Globex", "Bonn")


def test_short_rows_are_filled_up_where_the_file_is_like_that(tmp_path: Path) -> None:
    assert table(opened(tmp_path, "Name,City,Phone\nAcme,Rom\nGlobex\n")) == [("Acme", "Rom", ""), ("Globex", "", "")]


def test_a_short_row_among_whole_ones_is_a_problem(tmp_path: Path) -> None:
    rows = ["Acme,Rom,1"] * 40
    rows[30] = "Acme,Rom"
    assert problems(opened(tmp_path, "\n".join(["Name,City,Phone", *rows]))) == {
        32: "only 2 cells where the header has 3"
    }


def test_a_quotation_mark_that_is_never_closed_costs_its_row_alone(tmp_path: Path) -> None:
    sheet = opened(tmp_path, 'Name,City\nAcme,Rom\n"Globex,Bonn\nInitech,Kiel\nHooli,"a\nb"\n')
    with sheet:
        rows = list(sheet.rows)
    assert [(row.line, row.cells[0]) for row in rows if row.problem is None] == [
        (2, "Acme"),
        (4, "Initech"),
        (5, "Hooli"),
    ]
    assert [row.line for row in rows if row.problem] == [3]
    assert rows[-1].cells == ("Hooli", "a\nb")


def test_an_inch_mark_in_a_quoted_cell_is_named(tmp_path: Path) -> None:
    assert "twice" in problems(opened(tmp_path, 'Name,City\n"Pipe 6" thick",Rom\nAcme,Bonn\n'))[2]


def test_many_open_quotation_marks_end_with_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets_records, "_REPEAT_BUDGET", 1_000)
    text = "Name,City\n" + '"x,""y"" z\n' * 200 + '"a" b\n' * 200
    with opened(tmp_path, text) as sheet, pytest.raises(UsageError, match=r"Line \d+: a quotation mark"):
        list(sheet.rows)


def test_a_giant_cell_is_named_by_its_line(tmp_path: Path) -> None:
    long = "x" * (limits.MAX_FIELD_CHARACTERS + 1)
    just = "y" * limits.MAX_FIELD_CHARACTERS
    found = problems(opened(tmp_path, f"Name,City\nAcme,Rom\nGlobex,{long}\nHooli,{just}\n"))
    assert found == {3: f"a cell is longer than {limits.MAX_FIELD_CHARACTERS:,} characters"}


def test_a_line_without_end_is_refused_by_its_number(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"Line 2 of table\.csv is longer than 2 MB"):
        opened(tmp_path, "Name,City\n" + "x" * 5_000_000)


def test_more_rows_than_allowed_end_with_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sfa.exchange.sheets.MAX_ROWS", 3)
    with opened(tmp_path, "Name\n1\n2\n3\n") as sheet:
        assert len(list(sheet.rows)) == 3
    with opened(tmp_path, "Name\n1\n2\n3\n4\n") as sheet, pytest.raises(UsageError, match="more than 3 rows"):
        list(sheet.rows)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b"%PDF-1.7 ...", "is a PDF document"),
        (b"\x89PNG\r\n\x1a\n\0\0", "is a picture"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old or protected Excel workbook"),
        (b"BEGIN:VCARD\r\nVERSION:3.0\r\n", "address file"),
        (b"<html><table><tr><td>Name</td></tr></table>", "web page"),
        (bytes(range(256)) * 20, "isn't text"),
        (b"\n\n \n", "has no rows"),
        (b"PK\x03\x04 nothing of the sort", "damaged"),
    ],
)
def test_what_is_no_table_gets_one_sentence(tmp_path: Path, content: bytes, reason: str) -> None:
    with pytest.raises(UsageError, match=reason) as caught:
        opened(tmp_path, content)
    assert "\n" not in caught.value.message


def test_a_missing_file_and_a_folder_get_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(SfaError, match=r"no\.csv can't be read: No such file"):
        open_sheet(tmp_path / "no.csv")
    with pytest.raises(SfaError, match="can't be read"):
        open_sheet(tmp_path)


def test_empty_lines_do_not_count_as_rows(tmp_path: Path) -> None:
    assert table(opened(tmp_path, "Name,City\r\n\r\nAcme,Rom\r\n,\r\n\r\n")) == [("Acme", "Rom")]


def test_spaces_after_every_delimiter_belong_to_no_cell(tmp_path: Path) -> None:
    assert table(opened(tmp_path, 'id, name, city\n1, "Doe, Jane", Rom\n')) == [("1", "Doe, Jane", "Rom")]


def test_rows_are_read_faster_than_they_are_imported(tmp_path: Path) -> None:
    """At least a seventh of the bare csv module: the rest is numbering, checking and fitting rows."""
    import csv  # noqa: PLC0415 - the floor of this measure

    line = ",".join(f"cell {number}" for number in range(12)) + "\n"
    text = ",".join(f"column {number}" for number in range(12)) + "\n" + line * 20_000
    started = time.process_time()
    assert len(list(csv.reader(io.StringIO(text)))) == 20_001
    floor = time.process_time() - started
    sheet = opened(tmp_path, text)
    started = time.process_time()
    with sheet:
        assert sum(1 for _ in sheet.rows) == 20_000
    assert time.process_time() - started < floor * 7


def test_every_sample_file_opens_and_hardly_a_row_is_refused(shared_data: Path) -> None:
    refused = {}
    for path in sorted(shared_data.glob("*/*.csv")):
        with open_sheet(path) as sheet:
            rows = list(sheet.rows)
            refused.update({(path.name, row.line): row.problem for row in rows if row.problem})
            assert rows, path
            assert abs(sheet.estimated_rows - len(rows)) <= max(2, len(rows) // 20), path
            assert all(len(row.cells) == len(sheet.header) for row in rows), path
    assert refused == {("Vendors.csv", 38): "only 3 cells where the header has 6"}
