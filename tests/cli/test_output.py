"""What is printed: tables for people, JSON and CSV for programs, nothing that a terminal obeys."""

import csv
import io
import re
from pathlib import Path

import pytest

from db.connection import connect
from tests.support.payloads import PAYLOADS
from tests.support.shell import call_cli, run_cli, run_on_terminal

COLOURS_AND_LINES = re.compile(r"\x1b\[[0-9;]*m|\r\n|\n")
OBEYED = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]")


def obeyed_in(text: str) -> list[str]:
    """Return what a terminal would obey, beyond colours and new lines."""
    return OBEYED.findall(COLOURS_AND_LINES.sub("", text))


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Return a workspace with an account, its contact and its deal."""
    call_cli(["account", "add", "Acme GmbH", "--industry", "Tech"], tmp_path)
    call_cli(["contact", "add", "Jane Doe", "--account", "Acme", "--phone", "+49 30 1234567"], tmp_path)
    deal = ["opp", "add", "Acme renewal", "--account", "Acme", "--amount", "40k", "--close-date", "2026-12-31"]
    call_cli(deal, tmp_path)
    return tmp_path


def test_a_pipe_gets_plain_columns_that_align(book: Path) -> None:
    call_cli(["account", "add", "远东仪器", "--industry", "制造"], book)
    listed = call_cli(["account", "list", "--columns", "name,industry", "--sort", "name"], book).lines
    assert listed == ["Name       Industry", "Acme GmbH  Tech", "远东仪器   制造"]


def test_a_terminal_gets_a_table_that_fits_its_width(book: Path) -> None:
    call_cli(["account", "add", "The very long name of a company that nobody can remember anyway, incorporated"], book)
    shown = run_on_terminal(["account", "list"], book, columns=60)
    plain = re.sub(r"\x1b\[[0-9;]*m", "", shown.stdout)
    assert shown.code == 0
    assert "…" in plain
    assert max(len(line) for line in plain.splitlines()) <= 60


def test_no_colour_means_no_colour(book: Path) -> None:
    shown = run_on_terminal(["account", "list"], book, NO_COLOR="1").stdout
    assert set(re.findall(r"\x1b\[([0-9;]*)m", shown)) <= {"2", "0"}


def test_json_holds_money_as_text_with_its_currency_and_days_as_iso(book: Path) -> None:
    deal = call_cli(["opp", "show", "Acme renewal", "--json"], book).value
    assert {name: deal[name] for name in ("amount", "currency", "close_date", "probability", "tags")} == {
        "amount": "40000.00",
        "currency": "USD",
        "close_date": "2026-12-31",
        "probability": 0.1,
        "tags": [],
    }


def test_json_of_nothing_is_an_empty_array(tmp_path: Path) -> None:
    for words in ("account list", "opp list", "search nothing", "history", "trash", "task list"):
        result = call_cli([*words.split(), "--json"], tmp_path)
        assert (result.code, result.value) == (0, []), words


def test_csv_reads_back_as_it_was(book: Path) -> None:
    call_cli(["account", "add", 'Comma, "Quote" & Sons', "--description", "two\nlines"], book)
    text = call_cli(["account", "list", "--csv", "--columns", "name,description", "--sort", "name"], book).stdout
    assert list(csv.reader(io.StringIO(text))) == [
        ["name", "description"],
        ["Acme GmbH", ""],
        ['Comma, "Quote" & Sons', "two\nlines"],
    ]


def test_csv_gives_a_currency_column_beside_money(book: Path) -> None:
    listed = call_cli(["opp", "list", "--csv", "--columns", "name,amount"], book)
    assert listed.lines == ["name,amount,currency", "Acme renewal,40000.00,USD"]


def test_a_cell_that_a_spreadsheet_would_run_is_protected(tmp_path: Path) -> None:
    call_cli(["account", "add", "--name", "=cmd|' /C calc'!A0"], tmp_path)
    text = call_cli(["account", "list", "--csv", "--columns", "name"], tmp_path).stdout
    assert list(csv.reader(io.StringIO(text)))[1] == ["'=cmd|' /C calc'!A0"]


def test_words_go_to_the_standard_error_and_data_to_the_standard_output(tmp_path: Path) -> None:
    empty = call_cli(["account", "list"], tmp_path)
    assert "No accounts yet" in empty.stderr
    assert "No accounts yet" not in empty.stdout


def test_a_limit_tells_that_there_is_more_and_only_then(tmp_path: Path) -> None:
    for number in range(3):
        call_cli(["account", "add", f"Branch {number}"], tmp_path)
    assert "--limit shows more" in call_cli(["account", "list", "--limit", "2"], tmp_path).stderr
    assert call_cli(["account", "list", "--limit", "3"], tmp_path).stderr == ""
    assert len(call_cli(["account", "list", "--limit", "2", "--json"], tmp_path).value) == 2


def test_show_keeps_the_lines_of_a_text_below_its_label(tmp_path: Path) -> None:
    call_cli(["account", "add", "Acme", "--description", "first line\nOwner  somebody else"], tmp_path)
    lines = call_cli(["account", "show", "Acme"], tmp_path).lines
    described = next(index for index, line in enumerate(lines) if line.startswith("Description"))
    assert lines[described].endswith("first line")
    assert lines[described + 1].startswith(" ")


def test_show_takes_a_name_of_several_words_without_quotes(book: Path) -> None:
    assert "40,000.00 USD" in call_cli(["opp", "show", "Acme", "renewal"], book).stdout


def test_show_of_a_contact_tells_account_and_phone(book: Path) -> None:
    shown = call_cli(["contact", "show", "Jane"], book).stdout
    assert all(words in shown for words in ("Acme GmbH", "+49 30 1234567"))


def test_show_of_a_deal_tells_how_often_it_changed(book: Path) -> None:
    call_cli(["opp", "move", "Acme renewal", "Negotiation"], book)
    assert "sfa opportunity history" in call_cli(["opp", "show", "Acme renewal"], book).stdout


def test_json_and_csv_together_are_refused(book: Path) -> None:
    refused = call_cli(["account", "list", "--json", "--csv"], book)
    assert (refused.code, refused.stdout) == (2, "")


def test_a_terminal_that_knows_no_unicode_gets_question_marks_and_no_traceback(tmp_path: Path) -> None:
    call_cli(["account", "add", "远东仪器 — Zürich"], tmp_path)
    listed = run_cli(["account", "list"], tmp_path, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert (listed.code, "Traceback" in listed.stderr) == (0, False)
    assert "Z?rich" in listed.stdout
    assert run_cli(["--complete", "account", "show", ""], tmp_path, PYTHONIOENCODING="ascii").code == 0


def plant(home: Path, payload: str) -> None:
    """Make a book, then write a payload over its names by SQL, past every door of ours."""
    call_cli(["account", "add", "Victim"], home)
    call_cli(["contact", "add", "Witness", "--account", "Victim"], home)
    call_cli(["opp", "add", "Bait", "--account", "Victim", "--amount", "1k"], home)
    call_cli(["task", "add", "Chore", "--account", "Victim", "--due", "2026-03-10"], home)
    call_cli(["activity", "add", "call", "Victim", "Talk"], home)
    shell = connect(home / "sales.db")
    for table, column in (("account", "name"), ("contact", "name"), ("opportunity", "name"), ("task", "subject")):
        shell.execute(f"UPDATE {table} SET {column} = ?", (f"Victim {payload}",))
    shell.execute("UPDATE activity SET subject = ?", (payload or "x",))
    shell.close()


READERS = (
    "account list",
    "account list --csv",
    "opp list --json",
    "account show Victim",
    "opp show Victim --json",
    "contact list",
    "activity list",
    "task list",
    "search victim",
    "search victim --json",
    "today",
    "today --json",
    "brief Victim",
    "brief Victim --json",
    "history",
    "history --json",
    "history account Victim",
    "trash",
    "export account",
    "undo --dry-run",
)


@pytest.mark.parametrize("name", PAYLOADS)
def test_no_stored_text_drives_the_terminal_from_a_pipe(tmp_path: Path, name: str) -> None:
    plant(tmp_path, PAYLOADS[name].encode("utf-8", "replace").decode())
    call_cli(["task", "remove", "Victim"], tmp_path)
    for words in READERS:
        shown = call_cli(words.split(), tmp_path)
        assert "Traceback" not in shown.stderr
        assert "unexpected" not in shown.stderr, words
        assert obeyed_in(shown.stdout + shown.stderr) == [], words
    told = call_cli(["sql", "SELECT name FROM account", "--json"], tmp_path)
    assert obeyed_in(told.stdout) == []


@pytest.mark.parametrize("first", range(0, len(PAYLOADS), 8))
def test_no_stored_text_drives_a_terminal(tmp_path: Path, first: int) -> None:
    several = [payload[:30] for payload in list(PAYLOADS.values())[first : first + 8]]
    plant(tmp_path, "".join(several).encode("utf-8", "replace").decode().replace("\x00", ""))
    for words in ("account list", "account show Victim", "search victim", "brief Victim", "opp list"):
        shown = run_on_terminal(words.split(), tmp_path, columns=200)
        assert shown.code == 0, shown.stdout
        assert obeyed_in(shown.stdout) == [], words


def test_a_hostile_word_in_a_command_is_told_inert(tmp_path: Path) -> None:
    for payload in PAYLOADS.values():
        word = payload.encode("utf-8", "replace").decode()
        for words in (["account", "show", word], [word], ["account", word], ["opp", "list", "--where", f"name={word}"]):
            told = call_cli(words, tmp_path)
            assert obeyed_in(told.stdout + told.stderr) == []
