"""Reports over 20,000 deals of a published file, against counts that read the file itself."""

import csv
from collections import Counter, defaultdict
from datetime import date
from fractions import Fraction
from pathlib import Path
from statistics import median

import pytest

from sfa.domain.money import Money
from sfa.exchange.import_plan import Request, make_plan
from sfa.exchange.importer import run
from sfa.services.desk import Desk
from sfa.services.reports import REPORTS, request
from tests.support.factories import make_desk

Deal = dict[str, str]


@pytest.fixture(scope="module")
def deals(shared_data: Path) -> list[Deal]:
    """Return the deals as the file has them."""
    with (shared_data / "ms_regional_sales" / "opportunities.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory, shared_data: Path) -> Desk:
    """Return a desk with all of them, on the day that the file is of."""
    desk = make_desk(tmp_path_factory.mktemp("region"), date(2022, 1, 5))
    for name, noun in (
        ("owners", "user"),
        ("accounts", "account"),
        ("products", "product"),
        ("opportunities", "opportunity"),
    ):
        result = run(desk, make_plan(desk, Request(shared_data / "ms_regional_sales" / f"{name}.csv", noun)))
        assert result.rejected == []
    return desk


def rows(desk: Desk, name: str, **words: str) -> list[dict[str, object]]:
    return REPORTS[name](desk, request(desk, name, **words)).rows  # type: ignore[arg-type]


def usd(amount: Fraction | int) -> Money:
    return Money(1, "USD").times(Fraction(amount) * 100)


@pytest.mark.parametrize("by", ["owner", "product"])
def test_wins_are_those_of_the_file(region: Desk, deals: list[Deal], by: str) -> None:
    count, amount = Counter[str](), Counter[str]()
    for deal in deals:
        if deal["status"] == "Won":
            count[deal[by]] += 1
            amount[deal[by]] += int(deal["value"])
    found = {row[by]: (row["count"], row["amount"]) for row in rows(region, "wins", by=by)}
    assert found == {name: (count[name], usd(amount[name])) for name in count}


def test_wins_by_quarter_and_owner(region: Desk, deals: list[Deal]) -> None:
    expected = Counter[tuple[str, str]]()
    for deal in deals:
        if deal["status"] == "Won":
            year, month, _ = deal["close_date"].split("-")
            expected[f"{year}-Q{(int(month) + 2) // 3}", deal["owner"]] += 1
    found = {(row["quarter"], row["owner"]): row["count"] for row in rows(region, "wins", by="quarter,owner")}
    assert found == expected


def test_the_win_rate_by_number_and_by_value(region: Desk, deals: list[Deal]) -> None:
    count, value = defaultdict[str, list[int]](lambda: [0, 0]), defaultdict[str, list[int]](lambda: [0, 0])
    for deal in deals:
        if deal["status"] != "Open":
            place = deal["status"] == "Lost"
            count[deal["owner"]][place] += 1
            value[deal["owner"]][place] += int(deal["value"])
    for row in rows(region, "winrate", by="owner"):
        owner = str(row["owner"])
        assert [row["won"], row["lost"]] == count[owner]
        assert row["win_rate"] == pytest.approx(count[owner][0] / sum(count[owner]), abs=1e-6)
        assert row["value_rate"] == pytest.approx(value[owner][0] / sum(value[owner]), abs=1e-6)
    assert len(count) == len(rows(region, "winrate", by="owner"))


def test_the_weighted_pipeline_is_right_to_the_cent(region: Desk, deals: list[Deal]) -> None:
    count, amount, weighted = Counter[str](), Counter[str](), defaultdict[str, Fraction](Fraction)
    for deal in deals:
        if deal["status"] == "Open":
            count[deal["owner"]] += 1
            amount[deal["owner"]] += int(deal["value"])
            weighted[deal["owner"]] += int(deal["value"]) * Fraction(deal["probability"])
    found = {
        row["owner"]: (row["count"], row["amount"], row["weighted"]) for row in rows(region, "pipeline", by="owner")
    }
    assert found == {name: (count[name], usd(amount[name]), usd(weighted[name])) for name in count}
    (whole,) = rows(region, "pipeline")
    assert whole["weighted"] == usd(sum(weighted.values(), Fraction(0)))


def test_the_cycle_is_the_middle_of_days_from_creation_to_winning(region: Desk, deals: list[Deal]) -> None:
    days = [
        (date.fromisoformat(deal["close_date"]) - date.fromisoformat(deal["created_on"])).days
        for deal in deals
        if deal["status"] == "Won"
    ]
    (row,) = rows(region, "cycle")
    assert (row["count"], row["median_days"]) == (len(days), median(days))


def test_managers_have_the_deals_of_everybody_below(region: Desk, deals: list[Deal], shared_data: Path) -> None:
    with (shared_data / "ms_regional_sales" / "owners.csv").open(encoding="utf-8-sig", newline="") as file:
        above = {line["Owner"]: line["Manager"] for line in csv.DictReader(file)}
    expected = Counter[str]()
    for deal in deals:
        name, seen = deal["owner"], set[str]()
        while name and deal["status"] == "Won" and name not in seen:
            seen.add(name)
            expected[name] += 1
            name = above.get(name, "")
    managers = set(above.values())
    found = {row["manager"]: row["count"] for row in REPORTS["wins"](
        region, request(region, "wins", by="manager", is_rolled_up=True)
    ).rows if row["manager"]}  # fmt: skip
    assert found == {name: expected[name] for name in managers if expected[name]}
