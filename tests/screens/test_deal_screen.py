"""A deal's own screen: what the pipeline does to it is done here, too."""

from pathlib import Path

import pytest

from sfa.services.desk import Desk
from tests.support.driver import LARGE, SIZES, SMALL, desk_driver
from tests.support.factories import a_task, an_account, an_opportunity, column_of


def a_deal(desk: Desk) -> None:
    acme = an_account(desk, name="Acme")
    an_opportunity(desk, name="Acme renewal", account_id=acme, amount="40k USD", close_date="2026-03-31")
    a_task(desk, subject="Send the price list", due="2026-03-10", account_id=acme)


@pytest.mark.parametrize("size", SIZES)
async def test_a_deal_is_moved_and_taken_back_where_it_is_looked_at(tmp_path: Path, size: tuple[int, int]) -> None:
    async with desk_driver(tmp_path, size=size, fill=a_deal) as drive:
        await drive.press("4", "enter", "m", *"nego", "enter")
        assert "Stage Negotiation" in " ".join(drive.text.split())
        assert drive.said.startswith("Moved Acme renewal")
        await drive.press("u")
        assert "Stage Qualification" in " ".join(drive.text.split())
        await drive.press("greater_than_sign")
        assert "Stage Needs analysis" in " ".join(drive.text.split())


async def test_a_deal_is_planned_won_and_lost_there(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_deal) as drive:
        await drive.press("4", "enter", "n", *"send the quote", "enter")
        assert drive.desk.store.value("SELECT next_step FROM opportunity") == "send the quote"
        await drive.press("w", *"service", "enter")
        assert drive.desk.store.value("SELECT win_reason FROM opportunity") == "service"
        await drive.press("u", "x", *"price", "enter")
        assert drive.desk.store.value("SELECT loss_reason FROM opportunity") == "price"


async def test_a_task_is_ticked_off_where_it_is_looked_at(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_deal) as drive:
        await drive.go_to("Send the price list")
        await drive.press("enter", "d")
        (task_id,) = drive.desk.store.row("SELECT id FROM task")
        assert column_of(drive.desk, "task", task_id, "done_at")


async def test_only_a_task_can_be_ticked_off(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_deal) as drive:
        await drive.press("4", "enter", "d", "question_mark")
        assert drive.dialog
        assert "d Done" not in drive.footer


@pytest.mark.parametrize(("size", "titles_beside"), [(SMALL, 0), (LARGE, 1)])
async def test_facts_and_timeline_have_the_room_there_is(
    tmp_path: Path, size: tuple[int, int], titles_beside: int
) -> None:
    async with desk_driver(tmp_path, size=size, fill=a_deal) as drive:
        await drive.press("4", "enter")
        titles = [line for line in drive.lines if "Opportunity: Acme renewal" in line]
        assert titles[0].count("Timeline") == titles_beside
        assert any("Detail" in line and "Title" in line for line in drive.lines)


async def test_a_record_is_shown_in_its_area(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_deal) as drive:
        await drive.press("3", "enter")
        assert drive.screen.area == "accounts"
        await drive.press("escape", "4", "enter")
        assert drive.screen.area == "pipeline"
