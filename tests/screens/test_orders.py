"""Orders in the desk: what was ordered, and what became of it."""

from pathlib import Path

import pytest

from screens.orders.screen import MADE, OrdersScreen
from sfa.services.desk import Desk
from tests.support.driver import SIZES, desk_driver
from tests.support.orders import an_order, deliver
from tests.support.quotes import a_catalogue


def an_order_on_its_way(desk: Desk) -> None:
    a_catalogue(desk)
    deliver(desk, an_order(desk), "1=4", tracking="1Z999")


@pytest.mark.parametrize("size", SIZES)
async def test_an_order_opens_into_its_lines_and_deliveries(tmp_path: Path, size: tuple[int, int]) -> None:
    async with desk_driver(tmp_path, size=size, fill=an_order_on_its_way) as drive:
        await drive.press("0")
        assert isinstance(drive.screen, OrdersScreen)
        assert drive.row("O-2026")["state"] == "part_delivered"
        await drive.press("enter")
        assert "4 of 10 delivered" in drive.text
        assert "1Z999" in drive.text


async def test_without_orders_the_list_says_where_they_come_from(tmp_path: Path) -> None:
    async with desk_driver(tmp_path) as drive:
        await drive.press("0")
        assert "Press 5 and > on an accepted quote" in drive.text
        await drive.press("a")
        assert MADE in " ".join(note.message for note in drive.app._notifications)
