"""What others put into names, or somebody pastes into a field, is text in every dialog, error and toast."""

from pathlib import Path

import pytest
from textual.widgets import Input

from sfa.services.desk import Desk
from tests.screens.test_hostile_names import ONE_OF_EACH, STORED, hostile_book
from tests.support.driver import LARGE, Driver, desk_driver

PASTED = {name: text for name, text in STORED.items() if text.isprintable() or "markup" in name}
"""What an input line takes; it drops controls by itself."""


def a_sample(desk: Desk) -> None:
    hostile_book(desk, ONE_OF_EACH.values())


async def paste(drive: Driver, text: str) -> None:
    """Put a text into the line that has the focus, as pasting does."""
    drive.app.screen.query_one(Input).value = text
    await drive.settle()


async def test_toasts_after_a_move_of_each(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_sample) as drive:
        await drive.press("4", "b")
        for _ in ONE_OF_EACH:
            await drive.press("greater_than_sign")
            assert drive.said.startswith("Moved ")
            assert drive.leaks() == []
            await drive.press("down")


async def test_questions_before_something_is_removed(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_sample) as drive:
        await drive.press("3")
        for _ in ONE_OF_EACH:
            await drive.press("D")
            assert drive.is_dialog_open
            assert drive.leaks() == []
            await drive.press("escape", "down")


@pytest.mark.parametrize("key", ["m", "x"])
async def test_choices_that_are_called_otherwise(tmp_path: Path, key: str) -> None:
    async with desk_driver(tmp_path, fill=a_sample) as drive:
        await drive.press("4", key)
        for text in PASTED.values():
            await paste(drive, text)
            assert drive.leaks() == []


async def test_errors_that_repeat_what_was_typed(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_sample) as drive:
        await drive.press("4", "c")
        for text in PASTED.values():
            await paste(drive, text)
            await drive.press("enter")
            assert drive.leaks() == []
            if not drive.is_dialog_open:
                await drive.press("c")  # a filler that clears the date
        await drive.press("escape", "slash")
        for text in PASTED.values():
            line = drive.screen.query_one("#filter", Input)
            line.value = f"nothing={text}"
            line.focus()
            await drive.press("enter")
            assert drive.problem
            assert drive.leaks() == []
        await drive.press("escape", "8", "ctrl+a", "e")
        for text in PASTED.values():
            await paste(drive, f"{text}=x")
            await drive.press("enter")
            assert "There is no field" in drive.problem
            assert drive.leaks() == []


async def test_reasons_in_the_history(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_sample) as drive:
        await drive.press("4")
        for text in PASTED.values():
            await drive.press("w")
            await paste(drive, text)
            await drive.press("enter")
            assert not drive.is_dialog_open
            assert drive.leaks() == []
        await drive.press("Y")
        assert drive.leaks() == []


async def test_what_search_the_palette_and_the_command_line_show(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, size=LARGE, fill=hostile_book) as drive:
        for words in ("Nadia", "Borealis", "Shady", "loud", "offer", "contract"):
            await drive.press("ctrl+o")
            await paste(drive, words)
            assert drive.leaks() == []
            await drive.press("escape")
        await drive.press("ctrl+p")
        for text in ONE_OF_EACH.values():
            await paste(drive, text)
            assert drive.leaks() == []
        await drive.press("escape", "colon")
        await drive.write("account list --limit 100")
        await drive.press("enter")
        assert "Borealis" in drive.text
        assert drive.leaks() == []


async def test_the_verbs_of_a_deal(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, size=LARGE, fill=a_sample) as drive:
        await drive.press("4")
        for _ in range(6):
            await drive.press("enter")
            for key in ("m", "n"):
                await drive.press(key)
                assert drive.is_dialog_open
                assert drive.leaks() == []
                await drive.press("escape")
            await drive.press("escape", "down")
