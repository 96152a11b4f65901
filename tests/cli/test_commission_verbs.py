"""`sfa commission` over a book, as the shell sees it."""

from pathlib import Path

import pytest

from tests.support.commissions import BOSS, TIERS, a_plan, a_quota, a_sale, a_team, a_won_deal
from tests.support.factories import make_desk
from tests.support.shell import Result, call_cli


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    desk = make_desk(folder)
    a_team(desk)
    a_plan(desk, TIERS)
    a_quota(desk, "10k")
    a_won_deal(desk, "Acme renewal", "8000", "2026-02-10")
    a_sale(desk, 400_000, "2026-02-20")
    desk.close()
    return folder


def commission(home: Path, *words: str) -> Result:
    return call_cli(["commission", *words], home)


def test_the_statement_in_its_forms(home: Path) -> None:
    told = commission(home, "statement", "--json").value
    assert (told["payable"], told["currency"], told["period"], told["user"]) == ("800.00", "USD", "2026-Q1", "Alex Rep")
    assert [line["amount_minor"] for line in told["lines"]] == [48_000, 32_000]
    assert told["totals"]["payable_minor"] == sum(line["amount_minor"] for line in told["lines"])
    table = commission(home, "statement").stdout
    assert "480.00 USD" in table
    assert "Payable  800.00 USD" in table
    assert commission(home, "statement", "--csv").lines[0].startswith("no,line,date,component,sale,kind,amount,")


def test_the_statement_as_pdf(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "statement.pdf"
    assert commission(home, "statement", "--pdf", str(file)).code == 0
    assert file.read_bytes().startswith(b"%PDF")


def test_a_line_by_its_number_or_key(home: Path) -> None:
    told = commission(home, "explain", "1")
    assert "earns 480.00 USD" in told.lines[0]
    assert "round(800000 × 3 / 50) − round(0 × 3 / 50)" in told.stdout
    key = commission(home, "explain", "1", "--json").value["line_key"]
    assert commission(home, "explain", key[:8]).lines[0] == told.lines[0]
    assert commission(home, "explain", "99").code == 3


def test_what_if_in_words(home: Path) -> None:
    told = commission(home, "whatif", "win a deal in march at 40k", "--json").value
    assert told["together_minor"] == 400_000
    assert told["deals"][0]["on"] == "2026-03-31"
    assert commission(home, "whatif", "win").code == 2


def test_others_pay_is_not_shown(home: Path) -> None:
    told = commission(home, "statement", "--user", "Pat Peer")
    assert told.code == 5
    assert "somebody else's pay" in told.stderr


def test_plans_and_quotas(home: Path, tmp_path: Path) -> None:
    assert commission(home, "plan", "list", "--json").value[0]["pays"] == "Alex Rep"
    assert commission(home, "quota", "list", "--json").value[0]["amount"] == "10000.00"
    assert call_cli(["quota", "list", "--json"], home).value[0]["amount"] == "10000.00"
    file = tmp_path / "gap.toml"
    file.write_text(TIERS.replace("lo = 1000000", "lo = 900000"), encoding="utf-8")
    told = commission(home, "plan", "check", str(file))
    assert told.code == 2
    assert "line" in told.stderr


@pytest.mark.parametrize("name", ["simple", "tiers"])
def test_the_example_plans_are_in_order(home: Path, name: str) -> None:
    file = Path(__file__).parents[2] / "docs" / "plans" / f"{name}.toml"
    assert "is in order" in commission(home, "plan", "check", str(file)).stdout


def test_from_run_to_close_by_two_people(home: Path) -> None:
    call_cli(["user", "me", BOSS], home)
    assert "Undo: sfa undo" in commission(home, "run").stdout
    assert "nothing changed" in commission(home, "run").stdout
    told = commission(home, "close", "2026-Q1")
    assert told.code == 4
    assert "not over" in told.stderr
    assert commission(home, "period", "list", "--json").value[0]["period"] == "2026-Q1"


def test_attainment_of_everybody_one_sees(home: Path) -> None:
    rows = commission(home, "attainment", "--json").value
    assert [(row["who"], row["reached"], row["quota"], row["share"]) for row in rows] == [
        ("Alex Rep", "12000.00", "10000.00", 1.2)
    ]


def test_a_dry_run_changes_nothing(home: Path) -> None:
    call_cli(["user", "me", BOSS], home)
    assert commission(home, "run", "--dry-run").stdout.startswith("Would do: Calculated")
    desk = make_desk(home)
    assert desk.store.value("SELECT count(*) FROM comp_line") == 0
    desk.close()


def test_shares_are_shown_and_changed(home: Path) -> None:
    assert commission(home, "split", "Acme renewal", "--json").value[0]["commission"] == 1.0
    told = commission(home, "split", "Acme renewal", "Alex Rep 70%", "Pat Peer 20%")
    assert told.code == 2
    assert "900000 ppm" in told.stderr
    assert "Pat Peer 30 %" in commission(home, "split", "Acme renewal", "Alex Rep 70%", "Pat Peer 30%").stdout
