"""Forecast and reports on key 7: views, drill-down to records, both sizes."""

import asyncio
from pathlib import Path
from threading import Event

import pytest
from textual.widgets import Static

from sfa.services import forecast as service
from sfa.services import opportunities
from sfa.services.desk import Desk
from tests.support.driver import SIZES, desk_driver
from tests.support.factories import an_account, an_activity, an_opportunity, clock_of


def a_quarter(desk: Desk) -> None:
    """Fill a desk with a deal won, and two open ones dated into the quarter, one of them made lately."""
    clock_of(desk).advance(days=-80)
    account = an_account(desk, name="Acme [/x]")
    done = an_opportunity(desk, name="Done", account=account, amount="1000", close_date="2026-02-01", owner="me")
    an_opportunity(desk, name="Open", account=account, amount="500", close_date="2026-03-20", owner="me")
    clock_of(desk).advance(days=75)
    opportunities.win(desk, [done])
    an_opportunity(desk, name="Fresh", amount="70", close_date="2026-03-25", owner="me")
    an_activity(desk, outcome="connected", duration_min=30, account=account)
    clock_of(desk).advance(days=5)


@pytest.mark.parametrize("size", SIZES)
async def test_the_forecast_names_the_trusted_method_and_why(tmp_path: Path, size: tuple[int, int]) -> None:
    async with desk_driver(tmp_path, size=size, fill=a_quarter) as drive:
        await drive.press("7")
        assert "2026-Q1:" in drive.text
        assert "is trusted" in drive.text
        assert "★ Weighted" in drive.text
        assert "├" in drive.text


async def test_a_method_opens_into_the_deals_that_it_counts(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_quarter) as drive:
        await drive.press("7")
        while "Weighted" not in drive.table.cursor_row.cells[0]:  # type: ignore[union-attr]
            await drive.press("down")
        await drive.press("enter")
        assert drive.names() == ["Open", "Fresh"]
        await drive.press("enter")
        assert "Acme [/x]" in drive.text


async def test_the_bridge_is_drawn_and_each_step_opens_into_its_deals(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_quarter) as drive:
        await drive.press("7", "b", "b")
        assert drive.names("step")[:2] == ["Open before", "Created"]
        assert "Enter shows the deals of a step" in " ".join(drive.text.split())
        await drive.press("down", "enter")
        assert drive.names() == ["Fresh"]
        await drive.press("backspace")
        assert drive.names("step")[0] == "Open before"


async def test_periods_by_category_open_into_deals(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_quarter) as drive:
        await drive.press("7", "b")
        assert drive.names("period") == ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"]
        await drive.press("enter")
        assert sorted(drive.names()) == ["Done", "Fresh", "Open"]


async def test_the_deals_behind_a_period_are_those_that_its_numbers_are_made_of(tmp_path: Path) -> None:
    def fill(desk: Desk) -> None:
        a_quarter(desk)
        an_opportunity(desk, name="Elsewhere", amount="9000 EUR", close_date="2026-03-20", owner="me")
        lost = an_opportunity(desk, name="Gone", amount="800", close_date="2026-03-20", owner="me")
        opportunities.lose(desk, [lost], "price")
        late = an_opportunity(desk, name="Early", amount="10", close_date="2026-06-20", owner="me")
        opportunities.win(desk, [late])

    async with desk_driver(tmp_path, fill=fill) as drive:
        await drive.press("7", "b")
        assert (drive.rows[0]["closed"], drive.rows[0]["total"]) == ("1k USD", "1.5k USD")
        assert "░ pipeline" in drive.text
        await drive.press("enter")
        assert sorted(drive.names()) == ["Done", "Early", "Fresh", "Open"]


@pytest.mark.parametrize("size", SIZES)
async def test_the_trusted_method_is_the_first_thing_seen(tmp_path: Path, size: tuple[int, int]) -> None:
    async with desk_driver(tmp_path, size=size, fill=a_quarter) as drive:
        await drive.press("7")
        assert drive.names("method")[0] == "★ Weighted"
        assert drive.table.cursor_position == 0
        await drive.press("question_mark")
        assert "eight times in ten" in " ".join(drive.text.split())


async def test_another_period_and_everybodys_deals(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_quarter) as drive:
        await drive.press("7", "p")
        assert "2025-Q4" in drive.text
        await drive.press("n", "n", "o")
        assert "2026-Q2 · USD · everybody's" in drive.text


@pytest.mark.parametrize("size", SIZES)
async def test_a_report_opens_into_its_records(tmp_path: Path, size: tuple[int, int]) -> None:
    async with desk_driver(tmp_path, size=size, fill=a_quarter) as drive:
        await drive.press("7", "r")
        assert drive.names("title")[:2] == ["Pipeline by stage", "Wins by month"]
        await drive.press("down", "enter")
        assert drive.names("month") == ["2026-03"]
        await drive.press("enter")
        assert drive.names() == ["Done"]
        await drive.press("backspace", "backspace", "r")
        assert "Methods" in drive.text


async def test_every_report_can_be_looked_at(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_quarter) as drive:
        await drive.press("7", "r")
        for _ in range(len(drive.names("title"))):
            await drive.press("enter", "backspace", "down")
        assert not drive.log.exists()


async def test_an_empty_book_has_an_empty_forecast(tmp_path: Path) -> None:
    async with desk_driver(tmp_path) as drive:
        await drive.press("7")
        for view in ("Methods", "Grid", "Bridge", "Accuracy"):
            assert view in drive.text
            assert drive.rows == []
            assert "0 USD" not in drive.text
            assert "No deals" in drive.text
            await drive.press("b")


@pytest.mark.parametrize("size", SIZES)
async def test_a_number_is_submitted_stands_in_the_grid_and_is_undone(tmp_path: Path, size: tuple[int, int]) -> None:
    async with desk_driver(tmp_path, size=size, fill=a_quarter) as drive:
        await drive.press("7", "s")
        assert "Submit 2026-Q1" in drive.dialog
        await drive.write("lots")
        await drive.press("enter")
        assert "lots" in drive.problem
        await drive.press("ctrl+u")
        await drive.write("1.3k")
        await drive.press("enter")
        assert "Submitted 1,300.00 USD (commit) for 2026-Q1, deals of Alex Rep" in drive.said
        assert any("Submitted" in name for name in drive.names("method"))
        await drive.press("b")
        assert drive.rows[0]["submitted"] == "1.3k USD"
        assert "submitted 1,300.00 USD on 2026-03-10" in " ".join(drive.text.split())
        await drive.press("u")
        assert drive.rows[0]["submitted"] == ""


async def test_the_grid_and_the_methods_stand_before_the_record_is_worked_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = Event(), Event()

    def slow(material: service.Material, **told: bool) -> service.Record:
        begun.set()
        assert go_on.wait(60)
        return compare(material, **told)

    compare = service.compare
    monkeypatch.setattr(service, "compare", slow)
    async with desk_driver(tmp_path, fill=a_quarter) as drive:
        drive.app.action_go("forecast")
        assert await asyncio.to_thread(begun.wait, 60)
        assert "Comparing the methods" in str(drive.screen.query_one("#headline", Static).render())
        assert any("Weighted" in name for name in drive.names("method"))
        go_on.set()
        await drive.settle()
        assert "is trusted" in drive.text
        assert "Comparing" not in drive.text


async def test_while_deals_are_read_the_screen_says_so_and_takes_keys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = Event(), Event()

    def slow(desk: Desk, asked: service.Asked) -> service.Material:
        begun.set()
        assert go_on.wait(30)
        return read(desk, asked)

    read = service.read
    monkeypatch.setattr(service, "read", slow)
    async with desk_driver(tmp_path, fill=a_quarter) as drive:
        drive.app.action_go("forecast")
        assert await asyncio.to_thread(begun.wait, 30)
        while "reading…" not in drive.text:
            await drive._pilot.pause()
        assert "No deals" not in drive.text
        assert drive.app.is_ready
        drive.app.action_go("accounts")
        while "Acme" not in drive.text:
            await drive._pilot.pause()
        assert drive.screen.title == "Accounts"
        go_on.set()
        await drive.settle()
        await drive.press("7")
        assert "is trusted" in drive.text


async def test_views_that_were_read_are_there_at_once_until_something_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads = []

    def counted(desk: Desk, asked: service.Asked) -> service.Material:
        reads.append(asked)
        return read(desk, asked)

    read = service.read
    monkeypatch.setattr(service, "read", counted)
    async with desk_driver(tmp_path, fill=a_quarter) as drive:
        await drive.press("7", "b", "b", "b", "b", "b")
        assert len(reads) == 2  # the methods, and the grid
        assert drive.rows[0]["total"] == "1.5k USD"
        await drive.press("4", "n", *"Call")
        await drive.press("enter")
        await drive.press("7")
        assert len(reads) == 3


async def test_the_record_of_the_methods_is_a_view(tmp_path: Path) -> None:
    def fill(desk: Desk) -> None:
        clock_of(desk).advance(days=-400)
        for _ in range(60):
            deal = an_opportunity(desk, amount="100", owner="me")
            clock_of(desk).advance(days=5)
            opportunities.win(desk, [deal])
        clock_of(desk).advance(days=100)

    async with desk_driver(tmp_path, fill=fill) as drive:
        await drive.press("7", "b", "b", "b")
        rows = {row["method"].lstrip("★ "): row for row in drive.rows}
        assert rows["Weighted"]["kind"] == "baseline"
        assert rows["Flow"]["trials"] == rows["Pace"]["trials"]
        assert all(rows[name]["error"].endswith("%") for name in ("Flow", "Pace", "Weighted"))
        assert "is trusted" in drive.text
