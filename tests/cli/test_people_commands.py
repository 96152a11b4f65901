"""Consent, relations, roles, trees, timelines and the brief on the command line."""

from pathlib import Path

import pytest

from tests.support.shell import call_cli

REFUSED = "must not get e-mails: web form, 2026-01-15"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Return a workspace with a group of companies and two people of whom one forbade e-mail."""
    for words in (
        ["account", "add", "Holding"],
        ["account", "add", "Acme GmbH", "--parent", "Holding"],
        ["contact", "add", "Jane Doe", "--account", "Acme", "--preferred-channel", "visit"],
        ["contact", "add", "Omar Haddad", "--account", "Acme", "--title", "CEO"],
        ["contact", "consent", "Jane Doe", "email", "forbidden", "--source", "web form", "--on", "2026-01-15"],
        ["contact", "consent", "Jane", "call", "avoid"],
        ["opportunity", "add", "Acme renewal", "--account", "Acme", "--amount", "40k EUR"],
    ):
        told = call_cli(words, tmp_path)
        assert told.code == 0, told.stderr
    return tmp_path


def count(home: Path, table: str) -> int:
    return int(call_cli(["sql", f"SELECT count(*) AS n FROM {table}", "--json"], home).value[0]["n"])


@pytest.mark.parametrize(
    "words",
    [
        ["activity", "add", "email", "Jane Doe", "Offer"],
        ["task", "add", "Email the offer", "--contact", "Jane", "--due", "friday"],
        ["mail", "Jane Doe"],
        ["mail", "Jane", "about the renewal"],
        ["+", "email Jane tomorrow"],
        ["+", "called Omar; send Jane an email friday"],
        ["task", "email Jane friday"],
    ],
    ids=" ".join,
)
def test_what_would_reach_out_is_refused_with_source_and_day_and_kept_with_a_reason(
    book: Path, words: list[str]
) -> None:
    refused = call_cli(words, book)
    assert (refused.code, refused.stdout) == (5, ""), refused
    assert REFUSED in refused.stderr
    assert "a visit" in refused.stderr
    assert (count(book, "activity"), count(book, "task")) == (0, 0)
    insisted = call_cli([*words, "--force", "she asked for it"], book)
    assert insisted.code == 0, insisted.stderr
    assert REFUSED in insisted.stdout + insisted.stderr
    notes = call_cli(["sql", "SELECT note FROM activity UNION ALL SELECT note FROM task", "--json"], book).value
    assert any("Reached out all the same: she asked for it" in (row["note"] or "") for row in notes)


@pytest.mark.parametrize(
    "words",
    [
        ["activity", "add", "email", "Jane Doe", "Offer", "--started", "2026-03-09T10:00"],
        ["mail", "Jane Doe", "--on", "yesterday"],
        ["mail", "Jane", "yesterday"],
        ["+", "emailed Jane about the renewal"],
    ],
    ids=" ".join,
)
def test_what_took_place_is_kept_and_warned_of(book: Path, words: list[str]) -> None:
    told = call_cli(words, book)
    assert told.code == 0, told.stderr
    assert REFUSED in told.stdout + told.stderr
    assert count(book, "activity") == 1


@pytest.mark.parametrize("words", [["call", "Jane Doe"], ["activity", "add", "call", "Jane Doe"]], ids=" ".join)
def test_what_they_dislike_is_warned_of_with_what_they_like(book: Path, words: list[str]) -> None:
    told = call_cli(words, book)
    assert told.code == 0
    assert "would rather not be called: told me, 2026-03-10. Better: a visit." in told.stdout + told.stderr


@pytest.mark.parametrize(
    "words", [["met", "Jane Doe"], ["visit", "Jane Doe"], ["+", "Jane emailed, wants a quote"]], ids=" ".join
)
def test_what_is_welcome_passes_without_a_word(book: Path, words: list[str]) -> None:
    told = call_cli(words, book)
    assert told.code == 0
    assert "must not" not in told.stdout + told.stderr
    assert "would rather" not in told.stdout + told.stderr


def test_a_preview_for_programs_says_why_it_would_be_refused(book: Path) -> None:
    told = call_cli(["mail", "Jane Doe", "--dry-run", "--json"], book)
    assert (told.value["problem"]["exit_code"], REFUSED in told.value["problem"]["message"]) == (5, True)


def test_consent_is_shown_as_it_stands_and_as_it_stood(book: Path) -> None:
    now = call_cli(["contact", "consent", "Jane", "--json"], book).value
    assert {item["channel"]: item["stance"] for item in now["standing"]} == {"email": "forbidden", "call": "avoid"}
    assert (now["preferred_channel"], len(now["history"])) == ("visit", 2)
    then = call_cli(["contact", "consent", "Jane", "--on", "2026-02-01", "--json"], book).value
    assert [item["channel"] for item in then["standing"]] == ["email"]
    shown = call_cli(["contact", "show", "Jane", "--json"], book).value
    assert [item["source"] for item in shown["consent"]] == ["told me", "web form"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["Jane", "email"], "What of email?"),
        (["Jane", "email", "never"], "“never” is no stance"),
        (["Jane", "pigeon", "forbidden"], "“pigeon” is no channel"),
        (["Jane", "email", "allowed", "--purpose", "fun"], "Purpose"),
    ],
)
def test_a_slip_in_a_statement_is_told(book: Path, words: list[str], sentence: str) -> None:
    refused = call_cli(["contact", "consent", *words], book)
    assert (refused.code, sentence in refused.stderr) == (2, True), refused.stderr
    assert count(book, "consent_event") == 2


def test_relations_are_written_shown_from_both_and_drawn(book: Path) -> None:
    assert call_cli(["contact", "relate", "Jane", "reports_to", "Omar"], book).code == 0
    assert call_cli(["contact", "relate", "Jane", "influences", "Omar", "--note", "golf"], book).code == 0
    assert "is influenced by Jane Doe: golf" in call_cli(["contact", "show", "Omar"], book).stdout
    drawn = call_cli(["contact", "tree", "Jane"], book).lines
    assert drawn[0].startswith("Omar Haddad (")
    assert drawn[1].startswith("└─ Jane Doe (")
    assert drawn[1].endswith("influences Omar Haddad")
    people = call_cli(["contact", "tree", "Omar", "--json"], book).value
    assert [(person["name"], person["level"]) for person in people] == [("Omar Haddad", 0), ("Jane Doe", 1)]
    assert call_cli(["contact", "unrelate", "Omar", "Jane"], book).code == 0
    assert call_cli(["contact", "show", "Omar", "--json"], book).value["relations"] == []
    assert call_cli(["account", "relate", "Acme", "supplier_of", "Holding"], book).code == 0
    assert "has as supplier Acme GmbH" in call_cli(["account", "show", "Holding"], book).stdout


def test_a_move_is_told_with_its_roles(book: Path) -> None:
    assert call_cli(["contact", "move", "Jane"], book).code == 2
    moved = call_cli(["contact", "move", "Jane", "--to", "Holding", "--role", "CFO"], book)
    assert (moved.code, "as CFO on 2026-03-10" in moved.stdout) == (0, True)
    found = call_cli(["contact", "roles", "Jane", "--json"], book).value
    assert [(item["account"], item["role"], item["valid_to"]) for item in found] == [
        ("Holding", "CFO", None),
        ("Acme GmbH", None, "2026-03-10"),
    ]


def test_an_account_tree_rolls_up(book: Path) -> None:
    call_cli(["opportunity", "add", "Holding deal", "--account", "Holding", "--amount", "2k EUR"], book)
    found = call_cli(["account", "tree", "Holding", "--json"], book).value
    assert found["ultimate_parent"]["name"] == "Holding"
    (holding, acme) = found["accounts"]
    assert holding["rolled_up"]["open_pipeline"] == [{"amount": "42000.00", "currency": "EUR"}]
    assert (acme["own"]["open_deals"], acme["own"]["contacts"], holding["own"]["contacts"]) == (1, 2, 0)
    drawn = call_cli(["account", "tree", "Acme"], book).lines
    assert drawn[0].startswith("Part of Holding (")
    assert "40,000.00 EUR" in drawn[2]


def test_a_timeline_is_narrowed_and_can_reach_below(book: Path) -> None:
    call_cli(["visit", "Jane Doe"], book)
    call_cli(["note", "Acme", "likes blue"], book)
    lines = call_cli(["account", "timeline", "Holding", "--all-children", "--kind", "visit,note", "--json"], book).value
    assert {line["kind"] for line in lines} == {"visit", "note"}
    assert call_cli(["account", "timeline", "Holding", "--kind", "visit", "--json"], book).value == []
    assert call_cli(["account", "timeline", "Acme", "--to", "2026-02-01", "--json"], book).value[0]["kind"] == "consent"
    assert call_cli(["account", "timeline", "Acme", "--kind", "vist"], book).code == 2
    first = call_cli(["account", "timeline", "Acme", "--limit", "1"], book)
    assert (len(first.lines), "--limit shows more" in first.stderr) == (1, True)


def test_a_brief_is_one_page_with_wishes_and_next_steps(book: Path) -> None:
    call_cli(["opportunity", "next-step", "Acme renewal", "send the quote", "--on", "friday"], book)
    page = call_cli(["brief", "Acme"], book)
    assert len(page.lines) <= 24
    for words in ("part of Holding", "NO e-mail (web form, 2026-01-15)", "prefers visits", "next: send the quote on"):
        assert words in page.stdout, words
    whole = call_cli(["brief", "Acme", "--json"], book).value
    assert {"people", "open_deals", "promises", "coming", "last_contacts", "news", "birthdays"} <= whole.keys()


def test_a_task_changed_into_what_was_forbidden_takes_a_reason(book: Path) -> None:
    call_cli(["task", "add", "Prepare the offer", "--contact", "Jane Doe"], book)
    words = ["task", "edit", "Prepare the offer", "--subject", "Email the offer"]
    refused = call_cli(words, book)
    assert (refused.code, REFUSED in refused.stderr) == (5, True)
    assert call_cli([*words, "--force", "she asked"], book).code == 0


def test_an_appointment_changed_into_what_was_forbidden_takes_a_reason(book: Path) -> None:
    call_cli(["contact", "consent", "Jane", "visit", "forbidden"], book)
    call_cli(["event", "add", "Chat", "--contact", "Jane Doe", "--starts", "tomorrow 10:00"], book)
    assert call_cli(["event", "edit", "Chat", "--kind", "visit"], book).code == 5
    assert call_cli(["event", "edit", "Chat", "--kind", "visit", "--force", "she asked"], book).code == 0
