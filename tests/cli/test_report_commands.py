"""`sfa report` as the shell sees it."""

from pathlib import Path

import pytest

from sfa.services import opportunities
from tests.support.book_of_sales import a_sale
from tests.support.factories import a_product, an_account, an_opportunity, make_desk
from tests.support.shell import call_cli


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a workspace with three deals won in two currencies, one lost and one open."""
    desk = make_desk(tmp_path)
    product = a_product(desk, name="Bench")
    for amount, day in (("1234", "2026-02-01"), ("100.50", "2025-11-30"), ("9 EUR", "2026-02-02")):
        opportunities.win(desk, [an_opportunity(desk, amount=amount, created="2025-11-01", product=product)], on=day)
    opportunities.lose(desk, [an_opportunity(desk, amount="10", created="2025-11-01")], "price", on="2026-02-03")
    an_opportunity(desk, amount="5k", stage="Negotiation")
    desk.close()
    return tmp_path


def test_the_value_of_a_customer_is_explained_from_what_was_entered(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    a_sale(desk, an_account(desk), "2026-02-01", (None, 400_00, 100_00), listed=500_00)
    desk.close()
    call_cli(
        ["account", "edit", "Acme", "--influence", "5", "--category-spend", "1000", "--spend-source", "Jane"], tmp_path
    )
    call_cli(["order", "edit", "SO-1", "--freight", "12", "--rebate", "8", "--extra-cost", "10"], tmp_path)
    shown = call_cli(["order", "edit", "SO-1", "--rebate", "9", "--dry-run"], tmp_path)
    assert "rebate: 8.00 USD → 9.00 USD" in shown.stdout
    rows = {
        row["indicator"]: row for row in call_cli(["report", "value", "--account", "acme", "--json"], tmp_path).value
    }
    told = {
        name: rows[name]["is"]
        for name in ("delivered price", "small-batch extra cost", "share of wallet", "service cost")
    }
    assert told == {
        "delivered price": "76.0%", "small-batch extra cost": "2.5%", "share of wallet": "40.0%", "service cost": "5.5%",
    }  # fmt: skip
    assert rows["transaction cycle"]["from"] == "two orders in the window"
    assert "Acme: Win-over" in call_cli(["report", "value", "--account", "acme"], tmp_path).stdout
    assert call_cli(["report", "value", "--account", "nobody"], tmp_path).code == 3


def test_wins_by_quarter_as_json(home: Path) -> None:
    told = call_cli(["report", "wins", "--by", "quarter", "--json"], home).value
    assert told == [
        {"quarter": "2025-Q4", "count": 1, "amount": "100.50", "currency": "USD"},
        {"quarter": "2026-Q1", "count": 1, "amount": "1234.00", "currency": "USD"},
        {"quarter": "2026-Q1", "count": 1, "amount": "9.00", "currency": "EUR"},
    ]


def test_each_row_lists_its_deals(home: Path) -> None:
    for row in call_cli(["report", "wins", "--by", "product,quarter", "--json", "--records"], home).value:
        assert {"product", "quarter"} < row.keys()
        listed = call_cli(["opportunity", "list", "--where", row["where"], "--json"], home).value
        assert [deal["amount"] for deal in listed] == [row["amount"]]


def test_the_win_rate_is_a_number(home: Path) -> None:
    row = call_cli(["report", "winrate", "--by", "owner", "--json"], home).value[0]
    assert (row["owner"], row["won"], row["lost"], row["win_rate"], row["value_rate"]) == ("Alex Rep", 3, 1, 0.75, None)


def test_the_cycle_is_a_number(home: Path) -> None:
    row = call_cli(["report", "cycle", "--json"], home).value[0]
    assert (row["count"], row["median_days"], row["mean_days"]) == (3, 92, 71.3)


def test_an_empty_group_is_null_or_none_in_words(home: Path) -> None:
    assert call_cli(["report", "pipeline", "--by", "product", "--json"], home).value[0]["product"] is None
    assert "(none)" in call_cli(["report", "pipeline", "--by", "product"], home).stdout


def test_a_table_ends_with_the_total_of_each_currency(home: Path) -> None:
    lines = call_cli(["report", "wins", "--by", "month"], home).lines
    assert lines[0].split() == ["Month", "Won", "Amount"]
    assert [line.split() for line in lines[-2:]] == [["Total", "2", "1,334.50", "USD"], ["Total", "1", "9.00", "EUR"]]


def test_csv_has_a_header_and_no_total(home: Path) -> None:
    assert call_cli(["report", "pipeline", "--by", "stage", "--csv"], home).lines == [
        "stage,count,amount,weighted,currency",
        "Negotiation,1,5000.00,4000.00,USD",
    ]


def test_days_and_periods(home: Path) -> None:
    for words, count in (
        (["--from", "2025-11-30", "--to", "2025-11-30"], 1),
        (["--period", "last quarter"], 1),
        (["--from", "2026-Q1", "--where", "currency=USD"], 1),
    ):
        assert call_cli(["report", "wins", *words, "--json"], home).value[0]["count"] == count


def test_stale_deals_have_an_id(home: Path) -> None:
    assert call_cli(["report", "stale", "--json"], home).value == []
    desk = make_desk(home)
    deal = an_opportunity(desk, name="Old", amount="7", created="2025-01-01")
    desk.close()
    row = call_cli(["report", "stale", "--days", "14", "--json"], home).value[0]
    assert (row["id"], row["name"], row["amount"], row["last_activity"]) == (deal, "Old", "7.00", None)


def test_what_is_unknown_is_refused_with_a_remedy(home: Path) -> None:
    for words in (["wins", "--by", "colour"], ["wins", "--from", "soonish"], ["wins", "--where", "colour=red"]):
        result = call_cli(["report", *words], home)
        assert (result.code, result.stdout) == (2, "")
        assert len(result.stderr.splitlines()) >= 2


def test_nothing_is_told_in_words(home: Path) -> None:
    result = call_cli(["report", "wins", "--by", "owner", "--period", "2020"], home)
    assert (result.code, "Nothing fits" in result.stderr) == (0, True)


def test_a_report_on_people_drills_into_deals_and_goes_into_a_workbook(home: Path, tmp_path: Path) -> None:
    rows = call_cli(["report", "leaderboard", "--period", "2026-Q1", "--json"], home).value
    assert (rows[0]["won"], rows[0]["amount"], rows[0]["currency"]) == (2, "1234.00", "USD")  # one of them in EUR
    drilled = call_cli(["report", "leaderboard", "--period", "2026-Q1", "--drill", "1", "--json"], home).value
    assert "1234.00" in [deal["amount"] for deal in drilled]
    assert call_cli(["report", "leaderboard", "--drill", "99"], home).code == 2
    assert call_cli(["report", "abc", "--xlsx", str(tmp_path / "abc.xlsx")], home).code == 0
    assert (tmp_path / "abc.xlsx").stat().st_size > 1000
    assert call_cli(["report", "wins", "--by", "month", "--xlsx", str(tmp_path / "no" / "x.xlsx")], home).code == 1


def test_a_baseline_is_told_with_its_way_back(home: Path) -> None:
    told = call_cli(["report", "baseline", "--period", "2026-Q1"], home).stdout
    assert told.startswith("Kept 2 measures as baseline")
    assert "sfa undo" in told
    assert call_cli(["undo"], home).code == 0


def test_any_report_prints_on_a_page(home: Path, tmp_path: Path) -> None:
    from pypdf import PdfReader  # noqa: PLC0415 - beside its only use

    for words in (
        ["wins", "--by", "quarter"],
        ["abc"],
        ["leaderboard"],
        ["bridge", "--from", "2026-02-01"],
        ["slippage"],
    ):
        for language in ("en", "zh"):
            file = tmp_path / f"{words[0]}-{language}.pdf"
            result = call_cli(["report", *words, "--pdf", str(file), "--language", language], home)
            assert (result.code, result.stdout) == (0, "")
            assert f"Wrote {file}" in result.stderr
            assert len(PdfReader(file).pages) == 1


def test_a_page_that_cannot_be_made_is_refused_with_a_remedy(home: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for words, file, code in ((["--language", "fr"], "x.pdf", 2), ([], "file/x.pdf", 74)):
        result = call_cli(["report", "abc", "--pdf", str(tmp_path / file), *words], home)
        assert result.code == code
        assert len(result.stderr.splitlines()) >= 2


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """Return a workspace with two customers: one that is large, and one that brings more."""
    desk = make_desk(tmp_path)
    for name, net, cost in (("Big", 900_00, 850_00), ("Fine", 500_00, 100_00)):
        a_sale(desk, an_account(desk, name=name), "2026-02-01", (None, net, cost))
    desk.close()
    return tmp_path


QUARTER = ["--period", "2026-Q1"]


def test_abc_is_by_profit_or_by_revenue(shop: Path) -> None:
    for words, first in ((["--by-revenue"], "Big"), (["--by", "revenue"], "Big"), ([], "Fine")):
        rows = call_cli(["report", "abc", *QUARTER, *words, "--json"], shop).value
        assert (rows[0]["account"], rows[0]["class"]) == (first, "A")
    assert call_cli(["report", "abc", "--by", "colour"], shop).code == 2
    drilled = call_cli(["report", "abc", *QUARTER, "--drill", "1", "--json"], shop).value
    assert [order["net"] for order in drilled] == ["500.00"]


def test_classes_are_recorded_once_and_taken_back(shop: Path) -> None:
    words = ["report", "value", *QUARTER, "--record"]
    assert "Nothing was changed" in call_cli([*words, "--dry-run"], shop).stdout
    told = call_cli(words, shop).stdout
    assert told.startswith("Recorded the class of ")
    assert "Undo: sfa undo" in told
    assert call_cli(["undo"], shop).code == 0


def test_a_workbook_sums_what_adds_up_alone(shop: Path, tmp_path: Path) -> None:
    from zipfile import ZipFile  # noqa: PLC0415 - a workbook is a zip

    call_cli(["report", "value", *QUARTER, "--xlsx", str(tmp_path / "value.xlsx")], shop)
    with ZipFile(tmp_path / "value.xlsx") as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>SUM(H2:H3)</f>" in sheet
    assert "SUM(J" not in sheet, "ranks have no sum"
