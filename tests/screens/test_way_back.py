"""Escape leads back, from wherever one went."""

from pathlib import Path

import pytest

from sfa.services import opportunities
from sfa.services.desk import Desk
from tests.support.driver import desk_driver
from tests.support.factories import a_task, an_account, an_opportunity


def a_book(desk: Desk) -> None:
    account = an_account(desk, name="Acme")
    an_opportunity(desk, name="Open", account=account, amount="500", close_date="2026-03-20", owner="me")
    won = an_opportunity(desk, name="Done", account=account, amount="1000", close_date="2026-03-01", owner="me")
    opportunities.win(desk, [won])
    a_task(desk, subject="Send the quote", due="2026-03-10", account=account)


@pytest.mark.parametrize(
    ("there", "further"),
    [
        (("1",), ("enter",)),
        (("3",), ("enter",)),
        (("4",), ("enter",)),
        (("7",), ("r",)),
        (("7", "b"), ("enter",)),
        (("7", "b", "b", "down"), ("enter",)),
        (("7", "r"), ("enter",)),
        (("7", "r", "down", "enter"), ("enter",)),
        (("7", "r", "down", "enter", "enter"), ("enter",)),
        (("4",), ("T",)),
        (("4",), ("Y",)),
    ],
)
async def test_escape_leads_back(tmp_path: Path, there: tuple[str, ...], further: tuple[str, ...]) -> None:
    async with desk_driver(tmp_path, fill=a_book) as drive:
        await drive.press(*there)
        before = drive.screen
        await drive.press(*further)
        assert drive.screen is not before
        await drive.press("escape")
        assert drive.screen is before


async def test_behind_a_number_escape_clears_the_filter_before_it_leads_back(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_book) as drive:
        await drive.press("7", "r", "down", "enter")
        before = drive.screen
        await drive.press("enter", "slash", *"nothing", "enter")
        assert drive.names() == []
        await drive.press("escape")
        assert drive.names() == ["Done"]
        await drive.press("escape")
        assert drive.screen is before
