"""Several lines at once at the quick entry bar, and hostile ones."""

from pathlib import Path

import pytest

from sfa.domain.phrase.lines import LONGEST
from sfa.services.desk import Desk
from tests.support.driver import SIZES, desk_driver
from tests.support.entry_bar import a_book, count, namesakes, paste
from tests.support.factories import an_account
from tests.support.payloads import PAYLOADS


async def test_pasted_lines_are_saved_one_by_one_and_each_is_told(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=namesakes) as drive:
        await drive.press("plus")
        await paste(drive, "visited Acme\r\n\n  called Jane\nvisited Borealis\n")
        assert drive.typed == "visited Acme"
        assert "2 more lines wait: enter saves all." in drive.text
        await drive.press("enter")
        assert drive.dialog == "Jane could be several contacts."
        await drive.press("escape")
        assert drive.typed == "called Jane"
        assert "saved: activity" in drive.text
        await drive.press("enter", "1")
        assert not drive.is_dialog_open
        assert drive.said.startswith("3 lines saved: activity")
        assert "u undoes the last" in drive.said
        assert count(drive, "activity") == 3
        await drive.press("u")
        assert count(drive, "activity") == 2


async def test_lines_that_wait_are_part_of_the_draft(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_book) as drive:
        await drive.press("plus")
        await paste(drive, "visited Acme\nvisited Nowhere Ltd\nvisited Borealis")
        await drive.press("enter")
        assert drive.typed == "visited Nowhere Ltd"
        await drive.press("escape")
        assert drive.said.startswith("activity")
        await drive.press("plus")
        assert drive.typed == "visited Nowhere Ltd"
        assert "1 more line waits" in drive.text
        await drive.press("ctrl+u", "enter")
        assert not drive.is_dialog_open
        assert count(drive, "activity") == 2


async def test_each_new_company_is_asked_for_and_no_draft_is_left(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_book) as drive:
        await drive.press("plus")
        await paste(drive, "visited @Cobalt\nvisited @Dorado\nvisited Acme")
        await drive.press("enter")
        assert drive.dialog == "Make the account Cobalt?"
        await drive.press("y")
        assert drive.dialog == "Make the account Dorado?"
        await drive.press("n")
        assert drive.typed == "visited @Dorado"
        await drive.press("enter", "y")
        assert not drive.is_dialog_open
        await drive.press("plus")
        assert drive.typed == ""


async def test_too_much_at_once_is_refused_and_nothing_is_lost(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_book) as drive:
        await drive.press("plus")
        await drive.write("visited Acme ")
        await paste(drive, "x" * LONGEST)
        assert drive.typed == "visited Acme "
        assert "2,000 are the most" in drive.problem
        await paste(drive, "visited Acme\n" * 201)
        assert "sfa + --file FILE" in drive.problem
        assert drive.typed == "visited Acme "


@pytest.mark.parametrize("size", SIZES)
async def test_what_is_pasted_steers_nothing(tmp_path: Path, size: tuple[int, int]) -> None:
    async with desk_driver(tmp_path, fill=a_book, size=size) as drive:
        await drive.press("plus")
        for text in PAYLOADS.values():
            await paste(drive, f"called Jane Doe, said {text}")
            await drive.press("tab")
            assert drive.leaks() == []
            await drive.press("enter", "escape", "escape", "plus", "ctrl+u")
            assert drive.leaks() == []


async def test_hostile_names_are_inert_in_candidates_and_questions(tmp_path: Path) -> None:
    def fill(desk: Desk) -> None:
        for name in ("Borealis[/]", "Borealis [/red] plc", "Borealis[@click=app.quit]x[/]"):
            an_account(desk, name=name)

    async with desk_driver(tmp_path, fill=fill) as drive:
        await drive.press("plus")
        await drive.write("visited Borea")
        assert drive.leaks() == []
        await drive.press("enter")
        assert drive.dialog.startswith("Borea could be several accounts")
        assert drive.leaks() == []
        await drive.press("escape", "tab")
        assert "Borealis [/red] plc" in drive.text
        assert drive.leaks() == []
