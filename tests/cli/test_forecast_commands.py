"""`sfa forecast`, `sfa report bridge` and `sfa report slippage` as the shell sees them."""

from pathlib import Path

import pytest

from sfa.services import opportunities
from tests.support.factories import an_opportunity, clock_of, make_desk
from tests.support.shell import call_cli


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a workspace with a deal won in the quarter, and one open that is dated into it."""
    desk = make_desk(tmp_path)
    clock_of(desk).advance(days=-30)
    deal = an_opportunity(desk, name="Done", amount="1000", close_date="2026-03-01")
    an_opportunity(desk, name="Open", amount="500", close_date="2026-03-20", probability="40 %")
    clock_of(desk).advance(days=20)
    opportunities.win(desk, [deal])
    desk.close()
    return tmp_path


def test_each_method_has_a_point_and_an_interval(home: Path) -> None:
    told = call_cli(["forecast", "2026-Q1", "--json"], home).value
    assert (told["period"], told["as_of"], told["won"], told["currency"]) == ("2026-Q1", "2026-03-10", "1000.00", "USD")
    weighted = next(method for method in told["methods"] if method["method"] == "weighted")
    assert (weighted["point"], weighted["open_deals"]) == ("1200.00", "200.00")
    assert float(weighted["p10"]) <= float(weighted["p50"]) <= float(weighted["p90"])
    assert told["trusted"]["method"] == "weighted"
    assert "too little history" in told["trusted"]["reason"]


def test_without_words_it_is_this_quarter(home: Path) -> None:
    result = call_cli(["forecast"], home)
    assert result.lines[0] == "2026-Q1, as known on 2026-03-10: 1,000.00 USD won so far."
    assert any(line.startswith("*  Weighted") for line in result.lines)


def test_one_method_as_of_a_day(home: Path) -> None:
    told = call_cli(["forecast", "this quarter", "--as-of", "2026-02-20", "--method", "weighted", "--json"], home).value
    assert [method["method"] for method in told["methods"]] == ["weighted"]
    assert told["won"] == "0.00"


def test_a_submitted_number_stands_beside_the_methods_until_it_is_undone(home: Path) -> None:
    result = call_cli(["forecast", "submit", "2026-Q1", "1.3k", "--category", "commit", "--low", "1k"], home)
    assert result.lines == ["Submitted 1,300.00 USD (commit) for 2026-Q1, deals of Alex Rep. Undo: sfa undo"]
    call_cli(["forecast", "submit", "2026-Q1", "2k", "--category", "best"], home)
    told = call_cli(["forecast", "2026-Q1", "--json"], home).value
    assert told["submitted"]["commit"] == {"amount": "1300.00", "p10": "1000.00", "p90": None, "on": "2026-03-10"}
    assert told["submitted"]["best_case"]["amount"] == "2000.00"
    said = next(method for method in told["methods"] if method["method"] == "submitted")
    assert (said["point"], said["p10"], said["p90"], said["interval"]) == ("1300.00", "1000.00", "1300.00", "said")
    assert any(
        "Submitted: commit 1,300.00 USD (2026-03-10), best case" in line for line in call_cli(["forecast"], home).lines
    )
    listed = call_cli(["forecast", "submissions", "--json"], home).value
    assert [(row["category"], row["amount"], row["won"], row["miss"]) for row in listed] == [
        ("best_case", "2000.00", "1000.00", None), ("commit", "1300.00", "1000.00", None),
    ]  # fmt: skip
    call_cli(["undo"], home)
    assert call_cli(["forecast", "submissions", "2026-Q1", "--csv"], home).stdout.count("\n") == 2
    call_cli(["undo"], home)
    assert "Nothing was submitted" in call_cli(["forecast", "submissions"], home).stderr


def test_methods_and_records_as_csv(home: Path) -> None:
    header, *rows = call_cli(["forecast", "--csv"], home).lines
    assert header.startswith("method,is_baseline,is_trusted,point,")
    assert {"weighted", "flow"} <= {row.split(",")[0] for row in rows}
    assert call_cli(["forecast", "backtest", "--csv"], home).lines[0].startswith("method,is_baseline,trials,wape,")


def test_no_quota_and_no_deals_are_said_in_a_sentence(home: Path) -> None:
    result = call_cli(["forecast"], home)
    assert "No quota is set for it." in result.stderr
    result = call_cli(["forecast", "--currency", "EUR"], home)
    assert (result.code, result.stdout) == (0, "")
    assert result.stderr.startswith("No deals in EUR were known on 2026-03-10")
    assert "2 open deals" not in result.stderr


def test_a_backtest_of_nothing_says_so(home: Path) -> None:
    result = call_cli(["forecast", "backtest"], home)
    assert (result.code, "no past period" in result.stderr) == (0, True)
    assert call_cli(["forecast", "backtest", "--json"], home).value["trials"] == []


def test_a_bridge_opens_into_its_deals(home: Path) -> None:
    told = call_cli(["report", "bridge", "--from", "2026-02-10", "--to", "2026-03-10", "--json"], home).value
    assert (told["begin"], told["won"], told["end"]) == ("1500.00", "1000.00", "500.00")
    assert [(deal["name"], deal["what"]) for deal in told["deals"]] == [("Open", "amount_changes"), ("Done", "won")]
    lines = call_cli(["report", "bridge", "--from", "2026-02-10", "--drill"], home).lines
    assert any("Done" in line for line in lines)


def test_slippage_of_a_quarter(home: Path) -> None:
    told = call_cli(["report", "slippage", "this quarter", "--json"], home).value
    assert (told["due"], told["slippage"]) == (0, None)
    assert "none were dated into it" in call_cli(["report", "slippage"], home).stdout


def test_what_is_unknown_is_refused_with_a_remedy(home: Path) -> None:
    for words in (
        ["forecast", "soonish"],
        ["forecast", "--method", "wieghted"],
        ["forecast", "--as-of", "2031-01-01"],
        ["forecast", "--currency", "XXQ"],
        ["forecast", "--roll-up"],
        ["forecast", "submit", "2025-Q4", "1k"],
        ["forecast", "submit", "2026-Q1", "lots"],
        ["forecast", "submissions", "soonish"],
        ["report", "bridge"],
        ["report", "bridge", "--from", "2026-03-09", "--to", "2026-03-01"],
        ["report", "slippage", "2027-Q1"],
    ):
        result = call_cli(words, home)
        assert (result.code, result.stdout) == (2, "")
        assert len(result.stderr.splitlines()) >= 2
