"""What a rep meets in her first week: screens without data, messages, whole words in a small window."""

from pathlib import Path

import pytest

from sfa.services.desk import Desk
from tests.support.book_of_sales import a_sale
from tests.support.driver import SIZES, desk_driver
from tests.support.factories import a_task, a_user, an_account, an_opportunity


@pytest.mark.parametrize("size", SIZES)
async def test_without_a_plan_commission_says_whole_how_one_is_made(tmp_path: Path, size: tuple[int, int]) -> None:
    async with desk_driver(tmp_path, size=size) as drive:
        await drive.press("6")
        assert "No plan pays you yet" in drive.text
        assert "commission plan publish FILE" in drive.text
        assert "quota set me 2026-Q1 150k" in drive.text


async def test_an_empty_board_offers_everybodys_deals_only_where_it_shows_ones_own(tmp_path: Path) -> None:
    def fill(desk: Desk) -> None:
        an_opportunity(desk, name="Of a peer", owner=a_user(desk, name="Pat Peer"))

    async with desk_driver(tmp_path, fill=fill) as drive:
        await drive.press("4")
        assert "a adds one, o shows everybody's" in drive.text
        await drive.press("o")
        assert "1 open" in drive.text
    async with desk_driver(tmp_path / "fresh") as drive:
        await drive.press("4", "o")
        assert "no open deals  ·  a adds one ─" in drive.text


async def test_a_message_has_the_bottom_line_for_itself(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=lambda desk: an_account(desk, name="Acme")) as drive:
        await drive.press("3", "delete")
        assert drive.footer.startswith("▌ Removed Acme")
        assert drive.footer.endswith("u undoes it")
        assert "Filter" not in drive.footer


async def test_a_long_label_of_a_record_stays_on_its_line(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=lambda desk: an_account(desk, name="Acme", payment_terms_days=30)) as drive:
        await drive.press("3", "enter")
        assert "Payment terms days 30" in drive.text


@pytest.mark.parametrize("size", SIZES)
async def test_the_newest_order_is_seen_first_with_its_day(tmp_path: Path, size: tuple[int, int]) -> None:
    def fill(desk: Desk) -> None:
        acme = an_account(desk, name="Acme")
        for day in ("2026-03-02", "2026-01-05"):
            a_sale(desk, acme, day, (None, 900_00, 850_00))

    async with desk_driver(tmp_path, size=size, fill=fill) as drive:
        await drive.press("0")
        assert drive.names("ordered") == ["2026-03-02", "2026-01-05"]
        assert "Ordered↓" in drive.text


async def test_a_large_window_shows_all_areas_with_their_keys_a_small_one_the_first_eight(tmp_path: Path) -> None:
    async with desk_driver(tmp_path / "large", size=(120, 36)) as drive:
        await drive.press("0")
        assert "8 Leads  9 Catalogue  0 Orders" in drive.lines[0]
        drive.app._show_badge("↑3 to send")
        await drive.settle()
        assert "6 Pay" in drive.lines[0]
        assert "0 Orders" in drive.lines[0]
        assert drive.lines[0].endswith("↑3 to send")
        assert "to send" not in drive.footer
    async with desk_driver(tmp_path / "small") as drive:
        assert drive.lines[0].endswith("8 Leads")


@pytest.mark.parametrize("size", SIZES)
async def test_what_waits_to_be_sent_is_seen_in_any_window(tmp_path: Path, size: tuple[int, int]) -> None:
    async with desk_driver(tmp_path, size=size, fill=lambda desk: an_account(desk, name="Acme")) as drive:
        drive.app._show_badge("↑3 to send ?2 inbox")
        for area in "134":
            await drive.press(area)
            assert drive.text.count("↑3 to send ?2 inbox") == 1
            assert "? Help" in drive.footer


async def test_who_has_nothing_of_her_own_to_do_is_led_to_everybodys_day(tmp_path: Path) -> None:
    def fill(desk: Desk) -> None:
        an_account(desk, name="Acme")
        a_task(desk, subject="Send the quote", due="2026-03-10", owner=a_user(desk, name="Pat Peer"))

    async with desk_driver(tmp_path, fill=fill) as drive:
        assert "o shows everybody's day" in drive.text
        await drive.press("o")
        assert "Send the quote" in drive.names("title")
