"""The report screen: periods, groups, files, classes, and rows that open into orders."""

import asyncio
from pathlib import Path
from threading import Event

import pytest

from screens.reports.screen import ReportScreen
from sfa.errors import SfaError, StorageError
from sfa.services import reports
from sfa.services.desk import Desk
from sfa.services.report_request import Request
from sfa.services.report_table import Report
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


def a_slow_report(monkeypatch: pytest.MonkeyPatch, problem: SfaError | None = None) -> tuple[Event, Event]:
    """Let the report of the pipeline wait, and fail where there is a problem; return when it began and may go on."""
    begun, go_on = Event(), Event()

    def slow(desk: Desk, asked: Request) -> Report:
        begun.set()
        assert go_on.wait(30)
        if problem:
            raise problem
        return pipeline(desk, asked)

    pipeline = reports.REPORTS["pipeline"]
    monkeypatch.setitem(reports.REPORTS, "pipeline", slow)
    return begun, go_on


async def test_a_report_that_could_not_be_read_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, go_on = a_slow_report(monkeypatch, StorageError("The disk is full.", hint="Make room."))
    async with desk_driver(tmp_path, fill=a_shop) as drive:
        await drive.press("7", "r")
        drive.app.push_screen(ReportScreen("pipeline"))
        while "reading…" not in drive.text:
            await drive._pilot.pause()
        go_on.set()
        await drive.settle()
        assert "reading…" not in drive.text
        assert "It could not be read." in drive.text
        assert drive.said == "The disk is full.\nMake room."


async def test_a_report_that_is_left_while_it_is_read_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = a_slow_report(monkeypatch)
    async with desk_driver(tmp_path, fill=a_shop) as drive:
        await drive.press("7", "r")
        before = drive.screen
        drive.app.push_screen(ReportScreen("pipeline"))
        assert await asyncio.to_thread(begun.wait, 30)
        while "reading…" not in drive.text:
            await drive._pilot.pause()
        assert "Pipeline by stage" in drive.text
        drive.app.pop_screen()
        go_on.set()
        await drive.settle()
        assert drive.screen is before
        assert not drive.log.exists()
