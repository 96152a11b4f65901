"""The report screen: periods, groups, files, classes, and rows that open into orders."""

from pathlib import Path

import pytest

from sfa.services.desk import Desk
from tests.support.book_of_sales import a_sale
from tests.support.driver import desk_driver
from tests.support.factories import an_account

SIZES = [(80, 24), (120, 36)]
DOWN_TO = {"value": 6, "abc": 7, "rfm": 8}


def a_shop(desk: Desk) -> None:
    """Two customers: one that is large, and one that brings more."""
    for name, net, cost in (("Big", 900_00, 850_00), ("Fine", 500_00, 100_00)):
        a_sale(desk, an_account(desk, name=name), "2026-02-01", (None, net, cost))


@pytest.mark.parametrize("size", SIZES)
async def test_abc_is_by_profit_and_by_revenue_and_opens_into_orders(tmp_path: Path, size: tuple[int, int]) -> None:
    async with desk_driver(tmp_path, size=size, fill=a_shop) as drive:
        await drive.press("7", "r", *["down"] * DOWN_TO["abc"], "enter")
        assert drive.names("account") == ["Fine", "Big"]
        await drive.press("b", *"revenue", "enter")
        assert drive.names("account") == ["Big", "Fine"]
        assert "ABC by revenue" in drive.text
        await drive.press("enter")
        assert drive.names("number") == ["SO-1"]


async def test_a_period_is_asked_for_and_a_wrong_one_refused_in_the_dialog(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_shop) as drive:
        await drive.press("7", "r", *["down"] * DOWN_TO["rfm"], "enter", "p", *"soonish", "enter")
        assert "“soonish” is no date" in drive.text
        await drive.press("ctrl+u", *"2019", "enter")
        assert drive.names("account") == []
        assert "RFM · 2019" in drive.text
        assert "Press p for another period" in drive.text


async def test_a_report_is_written_to_a_page_and_to_a_workbook(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_shop) as drive:
        await drive.press("7", "r", *["down"] * DOWN_TO["abc"], "enter", "f", "enter")
        (page,) = (tmp_path / "documents").glob("report-abc-*.pdf")
        assert page.read_bytes().startswith(b"%PDF")
        await drive.press("f", "ctrl+u", *str(tmp_path / "a.txt"), "enter")
        assert "says not what to make" in drive.text
        await drive.press("ctrl+u", *str(tmp_path / "a.xlsx"), "enter")
        assert (tmp_path / "a.xlsx").stat().st_size > 1000


async def test_a_customer_says_why_it_has_its_value(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_shop) as drive:
        await drive.press("7", "r", *["down"] * DOWN_TO["value"], "enter", "w")
        assert "purchase volume" in drive.names("indicator")
        assert "Customer value: Big" in drive.text
        assert "Big: Economise" in drive.text
        await drive.press("enter")
        assert drive.names("number") == ["I-SO-1"]


async def test_classes_are_recorded_with_a_key_and_taken_back(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_shop) as drive:
        await drive.press("7", "r", *["down"] * DOWN_TO["value"], "enter", "R")
        assert "Recorded the class of 2 customers" in drive.text
        await drive.press("u")
        assert not drive.log.exists()
