"""The main job from the shell: enter, list, move, undo, look; and wrong input at every turn."""

from pathlib import Path

import pytest

from tests.support.payloads import PAYLOADS
from tests.support.shell import Result, call_cli


def sfa(home: Path, *words: str, stdin: str = "") -> Result:
    return call_cli(words, home, stdin)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a workspace with an account, a contact and a deal."""
    sfa(tmp_path, "account", "add", "Acme GmbH", "--industry", "Tech", "--phone", "+1 415 555 2671", "--city", "Berlin")
    sfa(tmp_path, "contact", "add", "Jane Doe", "--account", "Acme")
    sfa(
        tmp_path,
        "opportunity",
        "add",
        "Acme renewal",
        "--account",
        "acme",
        "--amount",
        "40k",
        "--close-date",
        "2026-12-31",
    )
    return tmp_path


def test_a_deal_is_listed_with_its_amount_as_text_and_its_currency_beside_it(home: Path) -> None:
    deals = sfa(home, "opp", "list", "--json").value
    assert [(deal["name"], deal["amount"], deal["currency"], deal["stage"]) for deal in deals] == [
        ("Acme renewal", "40000.00", "USD", "Qualification")
    ]


def test_a_move_says_what_it_did_and_undo_takes_it_back(home: Path) -> None:
    moved = sfa(home, "deal", "move", "renewal", "nego")
    assert (moved.code, "from Qualification to Negotiation" in moved.stdout, "sfa undo" in moved.stdout) == (
        0,
        True,
        True,
    )
    assert sfa(home, "undo").code == 0
    assert sfa(home, "opp", "show", "renewal", "--json").value["stage"] == "Qualification"
    assert sfa(home, "redo").code == 0
    assert sfa(home, "opp", "show", "renewal", "--json").value["stage"] == "Negotiation"


def test_a_lost_deal_needs_its_reason(home: Path) -> None:
    refused = sfa(home, "opp", "lose", "renewal")
    assert (refused.code, "reason" in refused.stderr) == (2, True)
    assert sfa(home, "opp", "lose", "renewal", "--reason", "price").code == 0
    assert sfa(home, "opp", "list", "--where", "status=lost", "--json").value[0]["name"] == "Acme renewal"


def test_quick_entry_writes_an_activity_and_a_task_as_one_operation(home: Path) -> None:
    entered = sfa(home, "+", "called Jane at Acme 15min, wants a quote; send quote tomorrow")
    assert entered.code == 0
    assert sfa(home, "activity", "list", "--json").value[0]["contact"] == "Jane Doe"
    assert [task["subject"] for task in sfa(home, "task", "list", "--json").value] == ["send quote"]
    sfa(home, "undo")
    assert sfa(home, "activity", "list", "--json").value == []
    assert sfa(home, "task", "list", "--json").value == []


def test_quick_entry_shows_and_writes_nothing_where_it_is_only_asked_to_show(home: Path) -> None:
    shown = sfa(home, "+", "-n", "called Jane at Acme")
    assert "would save" in shown.stdout
    assert sfa(home, "activity", "list", "--json").value == []


def test_lines_of_quick_entry_are_told_by_number_where_they_fail(home: Path) -> None:
    entered = sfa(home, "+", "-", stdin="called Jane at Acme\ncalled Bob at Nowhere\nsend brochure friday\n")
    assert (entered.code, "line 2" in entered.stderr) == (3, True)
    assert len(sfa(home, "activity", "list", "--json").value) == 1
    assert len(sfa(home, "task", "list", "--json").value) == 1


def test_search_finds_by_part_of_a_phone_number_and_with_a_typing_error(home: Path) -> None:
    assert sfa(home, "search", "5552671", "--json").value[0]["title"] == "Acme GmbH"
    assert sfa(home, "search", "acmme", "--json").value[0]["title"] == "Acme GmbH"


def test_a_brief_tells_people_and_open_deals(home: Path) -> None:
    page = sfa(home, "brief", "Acme").stdout
    assert all(words in page for words in ("Jane Doe", "Acme renewal", "40,000.00 USD"))


def test_a_day_sheet_tells_what_is_due(home: Path) -> None:
    sfa(home, "task", "add", "Call back", "--due", "yesterday", "--account", "Acme")
    sheet = sfa(home, "today", "--json").value
    assert [(task["title"], task["is_late"]) for task in sheet["tasks"]] == [("Call back", True)]
    assert sheet["open_deals"] == 1


def test_a_bulk_edit_by_filter_wants_a_yes_and_is_undone_as_one(home: Path) -> None:
    for number in range(3):
        sfa(home, "account", "add", f"Branch {number}", "--industry", "Retail")
    assert sfa(home, "account", "edit", "--where", "industry=Retail", "--industry", "Shops").code == 2
    assert sfa(home, "account", "edit", "--where", "industry=Retail", "--industry", "Shops", "--yes").code == 0
    assert len(sfa(home, "account", "list", "--where", "industry=Shops", "--json").value) == 3
    sfa(home, "undo")
    assert len(sfa(home, "account", "list", "--where", "industry=Retail", "--json").value) == 3


def test_a_dry_run_changes_nothing(home: Path) -> None:
    assert "Would" in sfa(home, "opp", "move", "renewal", "nego", "--dry-run").stdout
    assert sfa(home, "opp", "show", "renewal", "--json").value["stage"] == "Qualification"


def test_what_was_removed_comes_back(home: Path) -> None:
    sfa(home, "contact", "remove", "Jane")
    assert sfa(home, "contact", "list", "--json").value == []
    assert sfa(home, "trash", "--json").value[0]["label"] == "Jane Doe"
    assert sfa(home, "contact", "restore", "Jane Doe").code == 0
    assert len(sfa(home, "contact", "list", "--json").value) == 1


def test_export_can_be_imported_again(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "accounts.csv"
    assert sfa(home, "export", "account", str(file)).code == 0
    again = sfa(tmp_path / "other", "import", str(file), "--as", "account", "--create", "user")
    assert (again.code, "1 new" in again.stdout) == (0, True)
    assert sfa(tmp_path / "other", "account", "show", "Acme", "--json").value["industry"] == "Tech"


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["account", "show", "Zzz"], 3, "No account is called Zzz"),
        (["account", "lits"], 2, "lits"),
        (["acount", "list"], 2, "account"),
        (["opp", "list", "--where", "amonut>10k"], 2, "amount"),
        (["opp", "list", "--where", "amount>lots"], 2, "lots"),
        (["opp", "list", "--where", "(stage=Won"], 2, "not closed"),
        (["opp", "list", "--sort", "nothing"], 2, "nothing"),
        (["opp", "edit", "renewal", "--close-date", "31/02/2026"], 2, "31/02/2026"),
        (["opp", "edit", "renewal", "--amount", "a lot"], 2, "a lot"),
        (["opp", "move", "renewal", "Shipping"], 3, "Shipping"),
        (["sql", "DELETE FROM account"], 2, "not authorized"),
        (["sql", "SELECT 1; SELECT 2"], 2, "statement"),
        (["config", "workspace.nothing"], 2, "workspace.nothing"),
        (["undo", "ffffffff"], 3, "ffffffff"),
        (["import", "/nowhere/at/all.csv"], None, "all.csv"),
        (["+", "called Bob at Nowhere"], 3, "Nowhere"),
        (["demo", "--scale", "3"], 2, "3"),
        (["report", "wins", "--by", "colour"], 2, "colour"),
    ],
)
def test_wrong_words_get_one_sentence_and_the_right_code(
    home: Path, words: list[str], code: int | None, sentence: str
) -> None:
    result = sfa(home, *words)
    assert result.code == code if code is not None else result.code != 0
    assert sentence in result.stderr
    assert "Traceback" not in result.stderr


def test_a_name_that_several_have_is_never_guessed(home: Path) -> None:
    sfa(home, "account", "add", "Acme Inc.")
    result = sfa(home, "opp", "add", "Another", "--account", "Acme")
    assert (result.code, "Acme GmbH" in result.stderr, "Acme Inc." in result.stderr) == (4, True, True)


def test_completion_knows_verbs_options_and_names_of_the_book(home: Path) -> None:
    assert "move" in sfa(home, "--complete", "opp", "mo").stdout.split()
    assert "--amount" in sfa(home, "--complete", "opportunity", "add", "--am").stdout.split()
    assert sfa(home, "--complete", "brief", "Ac").stdout.strip() == "Acme GmbH"


SHOWN = ("account list", "account list --json", "account list --csv", "today", "history", "search Bob", "trash")


@pytest.mark.parametrize("name", PAYLOADS)
def test_names_that_would_drive_the_terminal_are_inert_in_every_command(tmp_path: Path, name: str) -> None:
    payload = PAYLOADS[name].encode("utf-8", "replace").decode().replace("\x00", "")
    sfa(tmp_path, "account", "add", payload)
    sfa(tmp_path, "task", "add", payload, "--due", "today")
    for words in SHOWN:
        shown = sfa(tmp_path, *words.split())
        text = shown.stdout + shown.stderr
        assert [sign for sign in text if (ord(sign) < 32 and sign != "\n") or 127 <= ord(sign) < 160] == [], words
        assert not set("\u202e\u2066\u2067\u2069\u200b\ufeff") & set(text), words
