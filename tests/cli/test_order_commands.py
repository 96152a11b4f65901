"""Orders and invoices in the shell: a sale by numbers, found by filters, told as JSON."""

from pathlib import Path

import pytest

from tests.support.shell import Result, call_cli


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a workspace with an accepted quote, whose desk gives the numbers of invoices."""
    for words in (
        ["config", "invoices.authority", "true"],
        ["account", "add", "Acme GmbH", "--currency", "EUR", "--country", "DE", "--payment-terms-days", "14"],
        ["product", "add", "Pressure sensor", "--code", "PS-1", "--price", "100 EUR"],
        ["quote", "new", "Acme"],
        ["quote", "line", "add", "1", "PS-1", "10"],
        ["quote", "send", "1"],
        ["quote", "accept", "1", "--signer", "Jane Doe", "--no-input"],
    ):
        found = call_cli(words, tmp_path)
        assert found.code == 0, found.stderr
    return tmp_path


def _sfa(home: Path, *words: str) -> Result:
    found = call_cli(list(words), home)
    assert found.code == 0, found.stderr
    return found


def test_a_sale_in_the_shell(home: Path) -> None:
    made = _sfa(home, "order", "from-quote", "1", "--promised", "+5d").stdout
    assert "Made order O-2026-" in made
    assert "Undo: sfa undo" in made
    _sfa(home, "order", "ship", "1", "1=4", "--tracking", "1Z999", "--carrier", "UPS")
    _sfa(home, "order", "invoice", "1")
    _sfa(home, "order", "pay", "1", "--amount", "100")
    _sfa(home, "order", "return", "1", "PS-1=1", "--reason", "broken")
    _sfa(home, "invoice", "credit", "I-2026-000001")
    _sfa(home, "order", "dispute", "1", "--reason", "One was broken", "--claimed", "50")
    page = _sfa(home, "order", "show", "1").stdout
    for words in ("part_invoiced", "1Z999", "broken", "I-2026-000002", "-100.00 EUR", "200.00 EUR", "One was broken"):
        assert words in page
    told = _sfa(home, "order", "show", "1", "--json").value
    assert (told["net"], told["delivery"], told["lines"][0]["returned"]) == ("1000.00", "part", "1")
    bill = _sfa(home, "invoice", "show", "I-2026-000001", "--json").value
    assert (bill["gross"], bill["owed"], bill["state"]) == ("400.00", "200.00", "part_paid")
    assert _sfa(home, "quote", "list", "--columns", "progress", "--json").value[0]["progress"] == "partly_invoiced"
    assert _sfa(home, "quote", "show", "1", "--json").value["progress"] == "partly_invoiced"
    assert "partly invoiced" in _sfa(home, "quote", "show", "1").stdout


def test_late_orders_are_found_by_a_filter(home: Path) -> None:
    _sfa(home, "order", "from-quote", "1", "--promised", "today")
    assert _sfa(home, "order", "list", "--where", "state=open promised<today", "--json").value == []
    found = _sfa(home, "order", "list", "--where", "state=open promised<tomorrow", "--json").value
    assert [row["account"] for row in found] == ["Acme GmbH"]
    assert "order" in _sfa(home, "account", "timeline", "Acme").stdout
    number = found[0]["number"]
    assert number in _sfa(home, "search", number).stdout


def test_a_dry_run_changes_nothing_and_orders_are_made_of_quotes_alone(home: Path) -> None:
    assert "Would do: Made order" in _sfa(home, "order", "from-quote", "1", "--dry-run").stdout
    assert _sfa(home, "order", "list", "--json").value == []
    assert call_cli(["order", "add", "x"], home).code == 2
    assert call_cli(["order", "show", "99"], home).code == 3
