"""A form asks before it adds what is there already, and before it plans what somebody forbade."""

from pathlib import Path

import pytest

from sfa.services import consent
from sfa.services.desk import Desk
from tests.support.driver import SIZES, Driver, desk_driver
from tests.support.factories import a_contact, an_account, column_of

ACCOUNTS = "SELECT count(*) FROM account"


def a_book(desk: Desk) -> None:
    an_account(desk, name="Acme GmbH", website="https://acme.example", phone="+1 212 555 0100")
    jane = a_contact(desk, name="Jane Doe", account="Acme GmbH")
    consent.say(desk, jane, consent.Word("call", "forbidden", source="told me"))
    consent.say(desk, jane, consent.Word("visit", "avoid"))


async def add_acme_again(drive: Driver) -> None:
    await drive.press("3", "a")
    await drive.write("ACME gmbh")
    await drive.press("ctrl+s")


@pytest.mark.parametrize("size", SIZES)
async def test_a_double_is_shown_with_its_reasons_and_three_ways_out(tmp_path: Path, size: tuple[int, int]) -> None:
    async with desk_driver(tmp_path, size=size, fill=a_book) as drive:
        await add_acme_again(drive)
        assert drive.dialog == "It looks like one that is there"
        assert drive.choices[0].startswith("Open Acme GmbH (")
        assert "same name" in drive.choices[0]
        assert [words.split()[0] for words in drive.choices] == ["Open", "Save", "Back"]
        assert drive.desk.store.value(ACCOUNTS) == 1


async def test_the_one_that_is_there_is_opened_instead(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_book) as drive:
        await add_acme_again(drive)
        await drive.press("enter")
        assert "Account: Acme GmbH" in drive.text
        assert not drive.is_dialog_open
        assert drive.desk.store.value(ACCOUNTS) == 1


async def test_another_one_of_that_name_is_saved_all_the_same_and_undone(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_book) as drive:
        await add_acme_again(drive)
        await drive.press("down", "enter")
        assert drive.said.startswith("Added account ACME gmbh")
        assert drive.names() == ["Acme GmbH", "ACME gmbh"]
        await drive.press("u")
        assert drive.names() == ["Acme GmbH"]


@pytest.mark.parametrize("keys", [["escape"], ["down", "down", "enter"], [*"back to", "enter"]])
async def test_one_goes_back_to_the_form_and_finds_what_was_typed(tmp_path: Path, keys: list[str]) -> None:
    async with desk_driver(tmp_path, fill=a_book) as drive:
        await add_acme_again(drive)
        await drive.press(*keys)
        assert drive.dialog == "Add account"
        assert drive.typed == "ACME gmbh"
        assert drive.desk.store.value(ACCOUNTS) == 1


async def test_a_person_of_the_same_name_at_the_same_company_is_asked_about(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_book) as drive:
        await drive.press("3", "tab", "a")
        await drive.write("Jane Doe")
        await drive.press("ctrl+s")
        assert drive.choices[0].startswith("Open Jane Doe (")


async def test_what_is_like_nothing_is_saved_without_a_question(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_book) as drive:
        await drive.press("3", "a")
        await drive.write("Zenith Mills")
        await drive.press("ctrl+s")
        assert drive.said.startswith("Added account Zenith Mills")


async def test_an_edit_asks_nothing(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_book) as drive:
        an_account(drive.desk, name="Acme Inc.")
        await drive.press("3", "e", "end", "!", "ctrl+s")
        assert not drive.is_dialog_open


async def test_a_task_to_call_somebody_who_forbade_it_needs_a_reason_which_is_kept(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_book) as drive:
        await drive.press("3", "tab", "enter", "t")
        await drive.write("Call Jane about the quote")
        await drive.press("ctrl+s")
        assert drive.dialog == "Why, against their word?"
        assert "must not be called: told me" in drive.text
        await drive.write("she asked for it")
        await drive.press("enter")
        (task_id,) = drive.desk.store.row("SELECT id FROM task")
        assert column_of(drive.desk, "task", task_id, "note") == "Reached out all the same: she asked for it"


async def test_a_call_that_took_place_is_logged_with_a_warning(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_book) as drive:
        await drive.press("3", "tab", "enter", "l")
        await drive.write("She rang back")
        await drive.press("ctrl+s")
        assert "must not be called" in drive.said
        assert drive.desk.store.value("SELECT count(*) FROM activity") == 1
