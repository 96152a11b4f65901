"""What the shell answers to mistakes: one sentence that fits, a remedy that works, and no advice that would harm."""

import json
import re
from pathlib import Path

import pytest

from tests.support.shell import call_cli


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Return a workspace with a company, a person, two talks and two deals of one name."""
    call_cli(["account", "add", "Harbour Crane Works"], tmp_path)
    call_cli(["contact", "add", "Ines Prado", "--account", "Harbour"], tmp_path)
    for start in ("2026-03-02 09:00", "2026-03-03 10:00"):
        call_cli(["activity", "add", "call", "Harbour", "About spare parts", "--started", start], tmp_path)
        call_cli(["opp", "add", "Slewing ring", "--account", "Harbour"], tmp_path)
    return tmp_path


def test_an_ambiguous_name_is_told_in_the_plural_of_its_noun(book: Path) -> None:
    assert "could be several opportunities." in call_cli(["opp", "show", "Slewing"], book).stderr
    assert "could be several activities." in call_cli(["activity", "show", "About"], book).stderr


def test_namesakes_among_talks_are_told_apart_by_their_local_time(book: Path) -> None:
    told = call_cli(["activity", "show", "About"], book).stderr
    assert "(2026-03-02 09:00)" in told
    assert not re.search(r"\d\dT\d\d", told)


def test_a_likeness_is_told_only_of_a_record_that_was_added(book: Path) -> None:
    refused = call_cli(["contact", "add", "Ines Prado", "--email", "no mail"], book)
    assert refused.code == 2
    assert "Looks like" not in refused.stderr
    planned = call_cli(["contact", "add", "Ines Prado", "--dry-run"], book)
    assert "Looks like Ines Prado" in planned.stderr
    assert "sfa undo" not in planned.stderr
    added = call_cli(["contact", "add", "Ines Prado"], book)
    assert re.search(r"Looks like Ines Prado \(\w+\): same name\. Same one\? sfa undo", added.stderr)


def test_help_has_the_article_that_fits(book: Path) -> None:
    told = call_cli(["task", "add", "--help"], book).stdout
    assert "An account: name or reference." in told
    assert "A contact: name or reference." in told


def test_a_removed_record_is_found_by_the_beginning_of_its_name_and_by_its_noun(book: Path) -> None:
    call_cli(["task", "add", "Harbour invoice"], book)
    call_cli(["task", "remove", "Harbour"], book)
    call_cli(["note", "add", "Harbour invoice"], book)
    call_cli(["note", "remove", "Harbour"], book)
    assert "could be several" in call_cli(["trash", "restore", "Harbour"], book).stderr
    restored = call_cli(["task", "restore", "Harbour"], book)
    assert (restored.code, "Restored Harbour invoice" in restored.stdout) == (0, True)
    assert [row["noun"] for row in call_cli(["trash", "--json"], book).value] == ["note"]


def test_a_setting_is_json_where_json_is_asked_for_and_a_near_one_is_named(book: Path) -> None:
    assert json.loads(call_cli(["config", "workspace.currency", "--json"], book).stdout) == {
        "workspace.currency": "USD"
    }
    unknown = call_cli(["config", "currency", "EUR"], book)
    assert (unknown.code, "Did you mean workspace.currency?" in unknown.stderr) == (2, True)


@pytest.mark.parametrize(
    ("where", "remedy"),
    [
        ("stage=Nowhere", "sfa stage list"),
        ("owner=Zzyzx", "sfa user list"),
        ("amount>plenty", "40k"),
        ("close<someday", "2026-12-31"),
        ("probability>much", "60%"),
    ],
)
def test_a_value_that_a_filter_cannot_take_is_told_with_a_remedy(book: Path, where: str, remedy: str) -> None:
    refused = call_cli(["opp", "list", "--where", where], book)
    assert refused.code == 2
    assert remedy in refused.stderr


def test_history_of_a_name_without_its_noun_says_how_to_ask(book: Path) -> None:
    refused = call_cli(["history", "Harbour", "Crane", "Works"], book)
    assert refused.code == 2
    assert "sfa history account NAME" in refused.stderr


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (("account", "new"), "add"),
        (("quote", "add"), "new"),
        (("account", "delete"), "remove"),
        (("contact", "update"), "edit"),
        (("opportunity", "won"), "win"),
    ],
)
def test_a_verb_of_another_program_is_answered_with_ours(tmp_path: Path, typed: tuple[str, str], meant: str) -> None:
    refused = call_cli([*typed, "Acme"], tmp_path)
    assert (refused.code, f"Did you mean {meant}?" in refused.stderr) == (2, True)
