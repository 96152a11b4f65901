"""What holds for every command: help, exit codes, dry runs, questions, JSON; and that generated files are current."""

import json
from pathlib import Path
from typing import Any

import pytest

from sfa.cli import generate
from sfa.cli.building import LazyGroup
from sfa.cli.main import NOUNS, OTHERS, application
from sfa.quick.help import HELP_FILE
from tests.support.shell import call_cli, run_cli, run_on_terminal


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Return a workspace with two accounts and a deal."""
    call_cli(["account", "add", "Acme GmbH", "--industry", "Tech"], tmp_path)
    call_cli(["account", "add", "Globex", "--industry", "Tech"], tmp_path)
    call_cli(["opp", "add", "Acme renewal", "--account", "Acme", "--amount", "40k"], tmp_path)
    return tmp_path


def industries(home: Path) -> set[str]:
    return {row["industry"] for row in call_cli(["account", "list", "--json"], home).value}


def every_command() -> list[tuple[str, ...]]:
    """Return the words of all commands."""
    found: list[tuple[str, ...]] = []
    app = application()
    for name in app.list_commands(None):
        command = app.get_command(None, name)
        verbs = command.list_commands(None) if isinstance(command, LazyGroup) else []
        found += [(name, *verb) for verb in ([()] if not verbs else [(verb,) for verb in verbs])]
    return found


def test_the_generated_files_are_current() -> None:
    for path, text in generate.generated().items():
        assert path.read_text(encoding="utf-8") == text, f"{path.name}: python -m sfa.cli.generate"


def test_the_help_is_read_from_its_file(tmp_path: Path) -> None:
    text = Path(HELP_FILE).read_text(encoding="utf-8")
    for words in (["--help"], ["-h"], ["help"]):
        assert run_cli(words, tmp_path).stdout == text
    assert all(name in text for name in (*NOUNS, *OTHERS) if name != "debug")


@pytest.mark.parametrize("words", every_command(), ids=" ".join)
def test_every_command_has_help_with_a_sentence_and_makes_no_book(tmp_path: Path, words: tuple[str, ...]) -> None:
    shown = call_cli([*words, "--help"], tmp_path)
    assert (shown.code, shown.stderr) == (0, "")
    assert shown.stdout.startswith(f"Usage: sfa {' '.join(words)}")
    sentence = " ".join(shown.stdout.split("\n\n")[1].split())
    assert sentence.endswith(".") or ": sfa" in sentence
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "near"),
    [
        (["acount", "list"], "account"),
        (["account", "lst"], "list"),
        (["opp", "mvoe", "x"], "move"),
        (["serach", "x"], "search"),
        (["account", "list", "--limt", "3"], "--limit"),
        (["history", "acount", "x"], "account"),
        (["export", "contcts"], "contact"),
        (["report", "pipelne"], "pipeline"),
    ],
    ids=str,
)
def test_an_unknown_word_gets_one_sentence_with_what_is_near(tmp_path: Path, words: list[str], near: str) -> None:
    refused = call_cli(words, tmp_path)
    assert (refused.code, refused.stdout) == (2, "")
    assert refused.stderr.startswith("sfa: ")
    assert near in refused.stderr


def test_the_screens_ask_for_a_terminal(tmp_path: Path) -> None:
    refused = run_cli([], tmp_path)
    assert (refused.code, "need a terminal" in refused.stderr) == (2, True)


def test_a_noun_without_a_verb_shows_its_verbs(tmp_path: Path) -> None:
    shown = call_cli(["account"], tmp_path)
    assert (shown.code, shown.stdout) == (2, "")
    assert "restore" in shown.stderr


@pytest.mark.parametrize(
    "words",
    [
        "account add Initech",
        "account edit Globex --industry Steel",
        "account remove Globex",
        "opp move Acme Negotiation",
        "opp win Acme",
        "opp lose Acme --reason price",
        "opp next-step Acme call --on friday",
        "undo",
    ],
)
def test_a_dry_run_says_what_it_would_do_and_does_nothing(book: Path, words: str) -> None:
    before = call_cli(["sql", "SELECT * FROM operation ORDER BY id", "--json"], book).stdout
    told = call_cli([*words.split(), "--dry-run"], book)
    assert (told.code, "Would" in told.stdout) == (0, True)
    assert call_cli(["sql", "SELECT * FROM operation ORDER BY id", "--json"], book).stdout == before


def test_a_dry_run_of_an_edit_shows_before_and_after(book: Path) -> None:
    told = call_cli(["account", "edit", "Globex", "--industry", "Steel", "--dry-run"], book)
    assert "industry: Tech → Steel" in told.stdout


def test_a_bulk_edit_asks_on_a_terminal_and_takes_no_for_an_answer(book: Path) -> None:
    words = ["account", "edit", "--where", "industry=Tech", "--industry", "Steel"]
    asked = run_on_terminal(words, book, typed="n\n")
    assert (asked.code, "Change 2 accounts?" in asked.stdout, "Tech → Steel" in asked.stdout) == (0, True, True)
    assert industries(book) == {"Tech"}
    assert run_on_terminal(words, book, typed="y\n").code == 0
    assert industries(book) == {"Steel"}


def test_no_input_never_asks_even_on_a_terminal(book: Path) -> None:
    words = ["account", "edit", "--where", "industry=Tech", "--industry", "Steel", "--no-input"]
    asked = run_on_terminal(words, book)
    assert (asked.code, "--yes" in asked.stdout) == (2, True)
    assert industries(book) == {"Tech"}


@pytest.mark.parametrize(
    "words",
    [
        "account add Initech",
        "account edit Globex --industry Steel",
        "account remove Globex",
        "opp move Acme Negotiation",
        "opp win Acme",
        "task add Chore",
        "activity add call Globex",
        "event add Demo --starts 2026-03-12T10:00",
        "note add hello",
        "undo",
    ],
)
def test_what_was_written_comes_back_as_json(book: Path, words: str) -> None:
    told = call_cli([*words.split(), "--json"], book)
    written: dict[str, Any] = told.value
    assert (told.code, told.stderr) == (0, "")
    assert written["summary"]
    assert written["operation"]


def test_every_write_says_how_to_undo_it_and_undo_takes_it_back(book: Path) -> None:
    before = [row["name"] for row in call_cli(["account", "list", "--json"], book).value]
    assert call_cli(["account", "add", "Initech"], book).stdout.endswith("Undo: sfa undo\n")
    call_cli(["undo"], book)
    assert [row["name"] for row in call_cli(["account", "list", "--json"], book).value] == before


def test_a_name_that_is_missing_is_asked_for_by_example(tmp_path: Path) -> None:
    for noun in ("account", "contact", "task", "event", "note", "product", "activity"):
        refused = call_cli([noun, "add"], tmp_path)
        assert (refused.code, f"sfa {noun} add" in refused.stderr) == (2, True), refused.stderr


def test_several_records_are_edited_as_one_operation(book: Path) -> None:
    call_cli(["account", "edit", "Acme", "Globex", "--industry", "Steel"], book)
    assert industries(book) == {"Steel"}
    call_cli(["undo"], book)
    assert industries(book) == {"Tech"}


def test_a_field_is_cleared(book: Path) -> None:
    call_cli(["account", "edit", "Globex", "--clear", "industry"], book)
    assert call_cli(["account", "show", "Globex", "--json"], book).value["industry"] is None


def test_plurals_and_words_of_the_trade_are_understood(book: Path) -> None:
    for words in (["accounts", "list"], ["deals", "list"], ["opp", "show", "Acme"], ["history", "deal", "Acme"]):
        assert call_cli(words, book).code == 0, words


def test_deals_as_they_stood_before_there_were_any(book: Path) -> None:
    told = call_cli(["opp", "list", "--as-of", "2020-01-01"], book)
    assert (told.code, "There were no opportunities on 2020-01-01." in told.stderr) == (0, True)


def test_who_sits_here_is_said_once(tmp_path: Path) -> None:
    refused = call_cli(["user", "me", "Robin"], tmp_path)
    assert (refused.code, 'sfa user add "Robin"' in refused.stderr) == (3, True)
    call_cli(["user", "add", "Robin"], tmp_path)
    assert call_cli(["user", "me", "Robin"], tmp_path).code == 0
    call_cli(["account", "add", "Acme"], tmp_path)
    assert call_cli(["account", "list", "--where", "owner=me", "--json"], tmp_path).value[0]["owner"] == "Robin"


def test_a_defect_is_one_sentence_with_the_place_of_its_details(monkeypatch: pytest.MonkeyPatch, book: Path) -> None:
    def break_down(*_: object, **__: object) -> None:
        raise RuntimeError("boom \x1b[31m")

    monkeypatch.setattr("sfa.services.listing.select", break_down)
    told = call_cli(["account", "list"], book)
    assert (told.code, told.stdout) == (1, "")
    assert len(told.stderr.splitlines()) == 1
    assert "\x1b" not in told.stderr
    log = (book / "sfa-errors.log").read_text(encoding="utf-8")
    assert "break_down" in log
    assert "\x1b" not in log
    monkeypatch.setenv("SFA_DEBUG", "1")
    assert "Traceback" in call_cli(["account", "list"], book).stderr


SQL_REFUSED = (
    "DELETE FROM account",
    "UPDATE account SET name = 'x'",
    "DROP TABLE account",
    "ATTACH '/tmp/other.db' AS other",
    "PRAGMA journal_mode = DELETE",
    "PRAGMA user_version = 9",
    "VACUUM INTO '/tmp/copy.db'",
    "SELECT 1; SELECT 2",
    "SELECT load_extension('x')",
    "",
    "SELECT * FROM nothing_like_it",
)


@pytest.mark.parametrize("statement", SQL_REFUSED)
def test_sql_answers_one_select_and_nothing_else(book: Path, statement: str) -> None:
    refused = call_cli(["sql", statement], book)
    assert (refused.code, refused.stdout) == (2, "")
    assert industries(book) == {"Tech"}


def test_sql_gives_rows_in_every_form(book: Path) -> None:
    statement = "SELECT name, industry AS name FROM account ORDER BY name"
    assert call_cli(["sql", statement, "--json"], book).value[0] == {"name": "Acme GmbH", "name_2": "Tech"}
    assert call_cli(["sql", statement, "--csv"], book).lines[0] == "name,name_2"
    assert call_cli(["sql", statement], book).lines[1].split() == ["Acme", "GmbH", "Tech"]


def test_sql_tells_the_columns_of_a_table(book: Path) -> None:
    told = call_cli(["sql", "SELECT name FROM pragma_table_info('account')", "--json"], book).value
    assert {"name": "industry"} in told


@pytest.mark.parametrize("ending", ["csv", "json", "xlsx"])
def test_an_export_writes_a_whole_file_or_none(book: Path, ending: str) -> None:
    file = book / f"out.{ending}"
    told = call_cli(["export", "accounts", str(file)], book)
    assert (told.code, "2 accounts" in told.stderr, told.stdout) == (0, True, "")
    assert file.stat().st_size > 0
    if ending == "json":
        assert [row["name"] for row in json.loads(file.read_text(encoding="utf-8"))] == ["Acme GmbH", "Globex"]
    refused = call_cli(["export", "account", str(book / "no" / f"out.{ending}")], book)
    assert (refused.code, "cannot be written" in refused.stderr) == (1, True)
    assert [path.name for path in book.iterdir() if ".part" in path.name] == []


def test_an_export_without_a_file_is_csv_on_the_standard_output(book: Path) -> None:
    told = call_cli(["export", "account", "--columns", "name,industry", "--where", "name=Globex"], book)
    assert told.lines == ["name,industry", "Globex,Tech"]


def test_settings_are_shown_set_and_reset(book: Path) -> None:
    assert call_cli(["config", "workspace.currency", "EUR"], book).code == 0
    assert call_cli(["config", "workspace.currency"], book).stdout == "EUR\n"
    call_cli(["opp", "add", "Another", "--account", "Globex", "--amount", "5"], book)
    assert call_cli(["opp", "show", "Another", "--json"], book).value["currency"] == "EUR"
    call_cli(["config", "workspace.currency", "--reset"], book)
    assert call_cli(["config", "--json"], book).value["workspace.currency"] == "USD"
