"""Quotes in the shell: made, filled, shown, sent, accepted; found by number; told as JSON."""

from pathlib import Path

import pytest

from tests.support.shell import Result, call_cli


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a workspace with an account and two products."""
    for words in (
        ["account", "add", "Acme GmbH", "--currency", "EUR"],
        ["product", "add", "Pressure sensor", "--code", "PS-1", "--price", "100 EUR", "--cost", "60 EUR"],
        ["product", "add", "Valve", "--code", "V-2", "--price", "20 EUR"],
    ):
        assert call_cli(words, tmp_path).code == 0
    return tmp_path


def _quote(home: Path, *words: str) -> Result:
    found = call_cli(["quote", *words], home)
    assert found.code == 0, found.stderr
    return found


def test_a_quote_in_the_shell(home: Path) -> None:
    made = _quote(home, "new", "Acme", "--name", "Line 3")
    assert "Made quote Q-2026-" in made.stdout
    assert "Undo: sfa undo" in made.stdout
    _quote(home, "line", "add", "1", "PS-1", "10", "--discount", "5%")
    _quote(home, "line", "add", "1", "--section", "Service")
    _quote(home, "line", "add", "1", "--description", "Installation", "--price", "250", "--qty", "2")
    _quote(home, "discount", "1", "10%", "--reason", "Fair")
    _quote(home, "charge", "1", "40 EUR", "--reason", "Freight")
    page = _quote(home, "show", "1", "--steps").stdout
    for words in (
        "Line 3",
        "PS-1 Pressure sensor",
        "950.00 EUR",
        "Service",
        "Fair",
        "-145.00 EUR",
        "Freight",
        "1,345.00 EUR",
    ):
        assert words in page
    assert "representative: 95" in page
    _quote(home, "line", "edit", "1", "1", "--qty", "12")
    _quote(home, "line", "move", "1", "3", "1")
    _quote(home, "line", "remove", "1", "2-3")
    told = _quote(home, "show", "1", "--json").value
    assert [line["description"] for line in told["lines"]] == ["Installation"]
    assert told["totals"] == {
        "lines": "500.00", "allowances": "50.00", "charges": "40.00", "net": "490.00", "tax": "0.00", "gross": "490.00",
        "prepaid": "0.00", "rounding": "0.00", "payable": "490.00", "list": "500.00",
    }  # fmt: skip
    assert (told["currency"], told["state"], told["lines"][0]["steps"][0]["after"]) == ("EUR", "draft", "250")
    _quote(home, "send", "1", "--to", "jane@acme.example")
    accepted = _quote(home, "accept", "1", "--signer", "Jane Doe", "--json").value
    assert (accepted["state"], accepted["signer"]) == ("accepted", "Jane Doe")
    assert _quote(home, "list", "state=accepted", "--json").value[0]["net"] == "490.00"


def test_what_is_possible_is_told(home: Path) -> None:
    _quote(home, "new", "Acme")
    _quote(home, "line", "add", "1", "valve")
    refused = call_cli(["quote", "accept", "1", "--signer", "Jane"], home)
    assert refused.code == 4
    assert "is draft: it cannot be accepted" in refused.stderr
    assert "Possible now: edit, submit, send, withdraw" in refused.stderr


def test_revisions_are_compared_line_by_line(home: Path) -> None:
    _quote(home, "new", "Acme")
    _quote(home, "line", "add", "1", "PS-1", "10")
    _quote(home, "send", "1")
    _quote(home, "revise", "1")
    _quote(home, "line", "edit", "1", "1", "--qty", "12")
    _quote(home, "line", "add", "1", "valve")
    found = _quote(home, "compare", "1", "--json").value
    assert {(one["what"], one["field"], one["before"], one["after"]) for one in found} >= {
        ("1. Pressure sensor", "quantity", "10", "12"),
        ("2. Valve", "", "", "1 x 20 = 20.00 EUR"),
        ("total", "net", "1,000.00 EUR", "1,220.00 EUR"),
    }
    number = _quote(home, "show", "1", "--json").value["number"]
    assert number.endswith("-R2")
    assert _quote(home, "show", number.replace("R2", "R1"), "--json").value["state"] == "sent"


def test_a_clone_is_made_for_another_account(home: Path) -> None:
    call_cli(["account", "add", "Beta AG"], home)
    _quote(home, "new", "Acme")
    _quote(home, "line", "add", "1", "PS-1", "3", "-d", "2%")
    _quote(home, "clone", "1", "--account", "Beta")
    told = _quote(home, "show", "2", "--json").value
    assert (told["account"], told["totals"]["net"]) == ("Beta AG", "294.00")
    _quote(home, "copy", "1", "2")
    assert len(_quote(home, "show", "2", "--json").value["lines"]) == 2


def test_approvals_wait_and_are_given(home: Path) -> None:
    _quote(home, "rule", "defaults")
    assert len(_quote(home, "rule", "list", "--json").value) == 4
    _quote(home, "new", "Acme")
    _quote(home, "line", "add", "1", "PS-1", "10", "-d", "15%")
    refused = call_cli(["quote", "send", "1"], home)
    assert refused.code == 4
    assert "sfa quote submit" in refused.stderr
    _quote(home, "submit", "1")
    assert call_cli(["quote", "approve", "1"], home).code == 5
    call_cli(["user", "add", "Boss", "--role", "manager"], home)
    call_cli(["user", "me", "Boss"], home)
    assert [one["is_mine"] for one in _quote(home, "approvals", "--json").value] == [True]
    _quote(home, "approve", "1", "--note", "fine")
    assert "may be sent" in call_cli(["history"], home).stdout
    _quote(home, "rule", "add", "total > 50k", "--approver", "director", "--name", "Large")
    _quote(home, "rule", "remove", "Large")


def test_a_dry_run_says_and_does_nothing(home: Path) -> None:
    told = _quote(home, "new", "Acme", "-n").stdout
    assert told.startswith("Would do: Made quote")
    assert _quote(home, "list", "--json").value == []


def test_what_they_paid_before(home: Path) -> None:
    _quote(home, "new", "Acme")
    _quote(home, "line", "add", "1", "PS-1", "2", "--price", "90")
    _quote(home, "send", "1")
    _quote(home, "accept", "1", "--signer", "Jane")
    assert _quote(home, "last-price", "PS-1", "Acme", "--json").value[0]["price"] == "90"


def test_quotes_are_searched_by_number_and_stand_in_the_timeline(home: Path) -> None:
    _quote(home, "new", "Acme", "--name", "Line 3")
    number = _quote(home, "show", "1", "--json").value["number"]
    found = call_cli(["search", number, "--json"], home).value
    assert [(hit["noun"], hit["title"]) for hit in found][:1] == [("quote", f"{number} Line 3")]
    assert "Line 3" in call_cli(["account", "timeline", "Acme", "--kind", "quote"], home).stdout


def test_hostile_words_on_a_quote_stay_words(home: Path) -> None:
    _quote(home, "new", "Acme", "--name", "Offer [/red] \x1b[31m")
    _quote(home, "line", "add", "1", "--description", "Work \x1b]0;x\x07 [bold]", "--price", "5")
    page = _quote(home, "show", "1").stdout
    assert "\x1b" not in page
    assert "[/red]" in page


@pytest.mark.parametrize(
    ("words", "code", "complaint"),
    [
        (["show", "99"], 3, "No quote is called 99"),
        (["new"], 2, "needs an account"),
        (["line", "add", "1", "nothing such"], 3, "No product"),
        (["line", "edit", "1", "x", "--qty", "2"], 2, "are no lines"),
        (["compare", "1"], 2, "two different ones"),
        (["reject", "1"], 2, "needs a reason"),
        (["extend", "1"], 2, "Until when"),
        (["line", "edit", "1", "1"], 2, "Nothing to change"),
    ],
)
def test_mistakes_get_a_sentence(home: Path, words: list[str], code: int, complaint: str) -> None:
    _quote(home, "new", "Acme")
    _quote(home, "line", "add", "1", "PS-1")
    found = call_cli(["quote", *words], home)
    assert (found.code, complaint in found.stderr) == (code, True), found.stderr
