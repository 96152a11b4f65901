"""Keys sent in one go, as over a slow line: each reaches what the keys before it have opened."""

from pathlib import Path

from sfa.services.desk import Desk
from tests.support.driver import Driver, desk_driver
from tests.support.factories import an_account, an_opportunity


def a_small_book(desk: Desk) -> None:
    acme = an_account(desk, name="Acme")
    an_opportunity(desk, name="Acme renewal", account_id=acme, amount="40k USD")
    an_opportunity(desk, name="Borealis pilot", amount="12k USD")


async def rush(drive: Driver, *keys: str) -> None:
    """Send keys without waiting for anything."""
    for key in keys:
        drive._send(key)
    await drive.settle()


async def test_the_letters_of_a_filter_are_no_verbs_of_the_list(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_small_book) as drive:
        await rush(drive, "4", "slash", *"renewal", "enter", "enter")
        assert "Opportunity: Acme renewal" in drive.text


async def test_a_stage_may_be_typed_before_the_dialog_is_there(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_small_book) as drive:
        await rush(drive, "4", "m", *"nego", "enter")
        assert drive.board.card("Acme renewal").stage == "Negotiation"
        assert not drive.is_dialog_open


async def test_a_form_is_filled_before_it_takes_letters(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_small_book) as drive:
        await rush(drive, "3", "e", *" plc", "enter")
        assert drive.names() == ["Acme plc"]


async def test_a_quick_entry_may_follow_its_key_at_once(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_small_book) as drive:
        await rush(drive, "plus", *"called @Acme", "enter", "3", "enter")
        assert "Account: Acme" in drive.text
        assert drive.desk.store.value("SELECT count(*) FROM activity") == 1


async def test_a_window_that_has_gone_holds_no_key_back(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_small_book) as drive:
        await rush(drive, "question_mark", "escape", "ctrl+o", "escape", "4", "b")
        assert sorted(drive.names()) == ["Acme renewal", "Borealis pilot"]
