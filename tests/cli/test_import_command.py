"""`sfa import` from the shell: what is said, what is kept, and how wrong input ends."""

import csv
import os
from pathlib import Path

import pytest

from tests.support.shell import Result, call_cli

DEALS = "id,deal,stage,amount,closed\n1,Pumps,Won,100,2026-02-01\n2,Valves,Negotiation,200,\n"
MAP = ("--as", "opportunity", "--map", "id=external_id,deal=name")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "files"
    place.mkdir()
    return place


def write(folder: Path, name: str, content: str | bytes) -> str:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(path)


def sfa(home: Path, *words: str) -> Result:
    return call_cli(words, home)


def test_the_summary_counts_everything_and_says_how_to_undo(home: Path, folder: Path) -> None:
    file = write(folder, "deals.csv", DEALS)
    first = sfa(home, "import", file, *MAP)
    assert (first.code, first.lines) == (
        0,
        ["Imported 2 opportunities: 2 new, 0 changed, 0 unchanged, 0 rejected. Undo: sfa undo"],
    )
    assert "id → external_id, deal → name, stage → stage" in first.stderr
    assert '2 without account: sfa opportunity list --where "account="' in first.stderr
    again = sfa(home, "import", file, *MAP)
    assert again.lines == ["Imported 2 opportunities: 0 new, 0 changed, 2 unchanged, 0 rejected."]
    assert len(sfa(home, "history", "--json").value) == 1


def test_a_dry_run_counts_the_same_and_writes_nothing(home: Path, folder: Path) -> None:
    file = write(folder, "deals.csv", DEALS + "3,Broken,Won,much,2026-02-01\n")
    told = sfa(home, "import", file, *MAP, "--dry-run", "--save-profile", "mine")
    assert told.lines == ["Would import 2 opportunities: 2 new, 0 changed, 0 unchanged, 1 rejected."]
    assert sfa(home, "opportunity", "list", "--json").value == []
    assert sfa(home, "history", "--json").value == []
    assert [path.name for path in folder.iterdir()] == ["deals.csv"]
    assert sfa(home, "import", file, "--profile", "mine").code == 3


def test_rejected_rows_are_kept_with_reasons_mended_and_imported(home: Path, folder: Path) -> None:
    file = write(folder, "deals.csv", DEALS + '3,"Broken, one",Won,much,2026-02-01\n')
    first = sfa(home, "import", file, *MAP)
    assert (first.code, "1 rejected" in first.stdout) == (0, True)
    rejected = folder / "deals.rejected.csv"
    assert str(rejected) in first.stderr
    with rejected.open(encoding="utf-8", newline="") as stream:
        header, row = csv.reader(stream)
    assert header == ["reason", "line", "id", "deal", "stage", "amount", "closed"]
    assert (row[1], row[2:], "much" in row[0]) == ("4", ["3", "Broken, one", "Won", "much", "2026-02-01"], True)
    rejected.write_text(rejected.read_text(encoding="utf-8").replace(",much,", ",300,"), encoding="utf-8")
    assert "1 new, 0 changed, 0 unchanged, 0 rejected" in sfa(home, "import", str(rejected), *MAP).stdout


def test_what_was_mended_is_not_written_over(home: Path, folder: Path) -> None:
    file = write(folder, "deals.csv", "id,deal,amount\n3,Broken,much\n")
    assert sfa(home, "import", file, *MAP).code == 1
    mended = folder / "deals.rejected.csv"
    content = mended.read_bytes()
    sfa(home, "import", file, *MAP)
    assert sorted(path.name for path in folder.iterdir()) == ["deals.csv", "deals.rejected.csv"]
    mended.write_bytes(content.replace(b"much", b"more"))
    sfa(home, "import", file, *MAP)
    assert b"more" in mended.read_bytes()
    assert (folder / "deals.rejected-2.csv").read_bytes() == content


def test_rejected_rows_go_where_they_are_asked_and_never_onto_the_file_itself(home: Path, folder: Path) -> None:
    file = write(folder, "deals.csv", "id,deal,amount\n3,Broken,much\n")
    place = folder / "out.csv"
    assert sfa(home, "import", file, *MAP, "--rejects", str(place)).code == 1
    assert place.exists()
    refused = sfa(home, "import", file, *MAP, "--rejects", file)
    assert (refused.code, "the file that is imported" in refused.stderr) == (2, True)


@pytest.mark.skipif(os.name == "nt", reason="folders have no such mode there")
def test_rejected_rows_of_a_read_only_folder_go_to_the_workspace(home: Path, folder: Path) -> None:
    file = write(folder, "deals.csv", "id,deal,amount\n3,Broken,much\n")
    folder.chmod(0o500)
    try:
        assert sfa(home, "import", file, *MAP).code == 1
    finally:
        folder.chmod(0o700)
    assert (home / "deals.rejected.csv").exists()


def test_a_profile_keeps_columns_words_and_order_of_dates(home: Path, folder: Path) -> None:
    asked = ("--values", "stage:Engaging=Negotiation", "--dates", "dmy", "--save-profile", "crm")
    text = "id,deal,stage,created\n1,Pumps,Engaging,03/02/2026\n"
    assert sfa(home, "import", write(folder, "a.csv", text), *MAP, *asked).code == 0
    result = sfa(home, "import", write(folder, "b.csv", text.replace("1,P", "2,P")), "--profile", "crm")
    assert "1 new" in result.stdout
    found = sfa(home, "opportunity", "list", "--columns", "stage,created", "--json").value
    assert [(row["stage"], row["created"]) for row in found] == [("Negotiation", "2026-02-03")] * 2
    unknown = sfa(home, "import", write(folder, "b.csv", text), "--profile", "crn")
    assert (unknown.code, "Saved: crm" in unknown.stderr) == (3, True)


def test_words_and_columns_may_be_told_one_by_one(home: Path, folder: Path) -> None:
    text = "no,what,step\n1,Pumps,Engaging\n2,Valves,Closing\n"
    columns = ("--map", "no=external_id", "--map", "what=name,step=stage")
    words = ("--values", "stage:Engaging=Qualification", "--values", "stage:Closing=Negotiation")
    result = sfa(home, "import", write(folder, "deals.csv", text), "--as", "opportunity", *columns, *words)
    assert (result.code, "2 new" in result.stdout) == (0, True)
    found = sfa(home, "opportunity", "list", "--columns", "name,stage", "--json").value
    assert {row["name"]: row["stage"] for row in found} == {"Pumps": "Qualification", "Valves": "Negotiation"}


def test_the_result_is_json_where_that_is_asked(home: Path, folder: Path) -> None:
    told = sfa(home, "import", write(folder, "deals.csv", DEALS), *MAP, "--json").value
    assert (told["noun"], told["new"], told["rejected"], told["columns"]["deal"]) == ("opportunity", 2, [], "name")
    assert told["operation"]
    several = sfa(home, "import", *[write(folder, name, DEALS) for name in ("a.csv", "b.csv")], *MAP, "--json").value
    assert [item["unchanged"] for item in several] == [2, 2]


def test_what_the_rows_are_is_found_by_header_and_name(home: Path, folder: Path) -> None:
    file = write(folder, "customers.csv", "Company Name,Industry,Website\nAcme,Tools,acme.com\n")
    result = sfa(home, "import", file)
    assert (result.code, "1 rows as account" in result.stderr) == (0, True)
    unclear = sfa(home, "import", write(folder, "x.csv", "a,b\n1,2\n"))
    assert (unclear.code, "--as" in unclear.stderr) == (2, True)


def test_amounts_are_of_the_currency_that_is_given(home: Path, folder: Path) -> None:
    sfa(home, "import", write(folder, "deals.csv", DEALS), *MAP, "--currency", "eur")
    assert {row["currency"] for row in sfa(home, "opportunity", "list", "--json").value} == {"EUR"}


def test_dates_that_read_in_two_ways_are_never_guessed(home: Path, folder: Path) -> None:
    file = write(folder, "deals.csv", "deal,created\nPumps,03/02/2026\n")
    result = sfa(home, "import", file, *("--as", "opportunity", "--map", "deal=name"))
    assert (result.code, "--dates" in result.stderr, "03/02/2026" in result.stderr) == (2, True, True)


@pytest.mark.parametrize(
    ("name", "content", "words", "code", "sentence"),
    [
        ("a.csv", DEALS, ("--map", "dael=name"), 2, "Did you mean deal"),
        ("a.csv", DEALS, ("--map", "deal=nmae"), 2, "Did you mean name"),
        ("a.csv", DEALS, ("--map", "deal"), 2, "Column=field"),
        ("a.csv", DEALS, ("--values", "stage"), 2, "field:Old=new"),
        ("a.csv", DEALS, ("--dates", "american"), 2, "dmy, mdy or ymd"),
        ("a.csv", DEALS, ("--create", "stage"), 2, "cannot be created"),
        ("a.csv", DEALS, ("--currency", "EURO"), 2, "no currency"),
        ("a.csv", DEALS, ("--encoding", "nonsense"), 2, "nonsense"),
        ("a.csv", DEALS, ("--delimiter", "ab"), 2, "one character"),
        ("a.csv", DEALS, ("--sheet", "One"), 2, "no sheets"),
        ("a.csv", b"%PDF-1.4\nnot a table", (), 2, "PDF"),
        ("a.csv", bytes(range(256)) * 40, (), 2, "a.csv"),
        ("a.csv", b"PK\x03\x04 not really a workbook", (), None, "a.csv"),
        ("a.csv", "", (), 2, "empty"),
        ("a.csv", "\n\n\n", (), 2, "a.csv"),
    ],
)
def test_wrong_input_gets_one_sentence_and_leaves_the_book_alone(
    home: Path, folder: Path, name: str, content: str | bytes, words: tuple[str, ...], code: int | None, sentence: str
) -> None:
    result = sfa(home, "import", write(folder, name, content), "--as", "opportunity", *words)
    assert result.code == code if code is not None else result.code != 0
    assert sentence in result.stderr
    assert (result.stdout, "Traceback" in result.stderr) == ("", False)
    assert sfa(home, "history", "--json").value == []


def test_files_that_are_missing_or_folders_are_told(home: Path, folder: Path) -> None:
    write(folder, "deals.csv", DEALS)
    missing = sfa(home, "import", str(folder / "dealz.csv"))
    assert (missing.code, "Did you mean deals.csv" in missing.stderr) == (3, True)
    given = sfa(home, "import", str(folder))
    assert (given.code, "is a folder" in given.stderr) == (2, True)


def test_a_header_without_rows_imports_nothing_and_is_no_failure(home: Path, folder: Path) -> None:
    result = sfa(home, "import", write(folder, "deals.csv", "id,deal,stage\n"), *MAP)
    assert (result.code, result.lines) == (
        0,
        ["Imported 0 opportunities: 0 new, 0 changed, 0 unchanged, 0 rejected."],
    )


def test_reasons_are_told_once_with_their_lines(home: Path, folder: Path) -> None:
    rows = "".join(f"{number},Deal {number},Nobody Ltd\n" for number in range(9))
    result = sfa(home, "import", write(folder, "deals.csv", f"id,deal,account\n{rows}"), *MAP)
    assert result.code == 1
    assert "line 2, 3, 4 and 6 more: no account is called “Nobody Ltd”; --create account makes it" in result.stderr


def test_hostile_text_steers_no_terminal(home: Path, folder: Path) -> None:
    file = write(folder, "deals.csv", "deal,account\x1b]0;x\x07\nPumps\x1b[2J,[/bold]\x1b[31m\n")
    result = sfa(home, "import", file, "--as", "opportunity", "--map", "deal=name")
    assert "\x1b" not in result.stdout + result.stderr
