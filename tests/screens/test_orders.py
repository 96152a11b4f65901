"""Orders in the desk: what was ordered, and what became of it."""

from pathlib import Path

import pytest

from screens.orders.screen import MADE, OrdersScreen
from sfa.services.desk import Desk
from tests.support.driver import SIZES, Driver, desk_driver
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


def an_open_order(desk: Desk) -> None:
    a_catalogue(desk)
    an_order(desk)


async def do(drive: Driver, key: str, text: str = "") -> None:
    """Press a key, answer its dialog."""
    await drive.press(key)
    assert drive.is_dialog_open
    await drive.write(text)
    await drive.press("enter")
    assert not drive.is_dialog_open


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("is_opened", [False, True], ids=["in the list", "on its page"])
async def test_an_order_is_promised_delivered_invoiced_and_paid_by_keys(
    tmp_path: Path, size: tuple[int, int], *, is_opened: bool
) -> None:
    async with desk_driver(tmp_path, size=size, fill=an_open_order) as drive:
        await drive.press("0", *(["enter"] if is_opened else []))
        for word in ("Next", "Deliver", "Invoice"):
            assert word in drive.footer
        for key, text, said in (
            ("m", "2026-04-01", "is promised for 2026-04-01"),
            ("f", "1=4", "Delivered 4 Pressure sensor"),
            ("i", "#4711", "4711"),
            ("p", "100", "100.00 EUR for 4711"),
            ("p", "", "paid"),
            ("b", "1=1", "came back"),
            ("x", "no budget", "no budget"),
        ):
            await do(drive, key, text)
            assert said in drive.said
        while drive.screen.__class__ is not OrdersScreen:
            await drive.press("escape")
        assert drive.row("O-2026")["delivered"] == "2026-03-10"
        await drive.press(*"uuuuuuu")
        assert drive.row("O-2026")["state"] == "open"


async def test_what_cannot_become_of_an_order_is_said_in_the_dialog_and_kept(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=an_open_order) as drive:
        await drive.press("0", "f")
        await drive.write("1=99")
        await drive.press("enter")
        assert drive.problem
        assert drive.typed == "1=99"
        await drive.press("escape", "p")
        assert not drive.is_dialog_open
        assert "No invoice of this order is open" in drive.said


async def test_what_can_become_of_an_order_is_offered(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=an_open_order) as drive:
        await drive.press("0", "greater_than_sign")
        assert "Deliver all, or some lines" in drive.choices
        await drive.write("Deliver all")
        await drive.press("enter", "enter")
        assert "Delivered 10 Pressure sensor" in drive.said


async def test_keys_without_an_order_say_so(tmp_path: Path) -> None:
    async with desk_driver(tmp_path) as drive:
        await drive.press("0", "x")
        assert "Put the cursor on one order" in drive.said
