"""The dialog that configures a bundle, by keys and in the words on the screen."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from screens.configure.dialog import ConfigureDialog
from sfa.domain.configurator.checks import load
from sfa.domain.configurator.configuration import Configuration
from sfa.services import configuring
from sfa.services.desk import Desk
from tests.support.driver import SIZES, Driver, desk_driver
from tests.support.factories import a_product
from tests.support.payloads import PAYLOADS

BUNDLE = load(Path(configuring.__file__).with_name("demo_bundle.toml").read_text(encoding="utf-8"), "test-cell")


def a_book(desk: Desk) -> None:
    a_product(desk, name="Bench", code="TL-100", price="18400 USD")
    a_product(desk, name="Arm", code="MS-1", price="26700 USD")


class Configuring:
    """A person in the dialog; `answer` is what it gave back."""

    def __init__(self, drive: Driver) -> None:
        self.drive = drive
        self.answers: list[Configuration | None] = []

    @property
    def answer(self) -> Configuration | None:
        return self.answers[0]


@asynccontextmanager
async def configuring_by_keys(
    folder: Path, size: tuple[int, int] = SIZES[0], bundle: configuring.Bundle = BUNDLE
) -> AsyncIterator[Configuring]:
    async with desk_driver(folder, size=size, fill=a_book) as drive:
        person = Configuring(drive)
        drive.app.push_screen(ConfigureDialog(bundle), person.answers.append)
        await drive.settle()
        yield person


@pytest.mark.parametrize("size", SIZES)
async def test_groups_options_parts_and_total_are_on_the_screen(tmp_path: Path, size: tuple[int, int]) -> None:
    async with configuring_by_keys(tmp_path, size) as person:
        text = person.drive.text
        assert person.drive.dialog == "Test cell"
        for words in (
            "! Bench",
            "● Service",
            "○ Torque bench TL-600",
            "! Bench: choose exactly 1",
            "1 × SV-A no price",
        ):
            assert words in text, words
        assert "ctrl+s takes" in text
        await person.drive.press("enter")
        assert "Total 18,400.00 USD" in person.drive.text


async def test_a_choice_in_a_group_of_one_takes_the_place_of_the_other(tmp_path: Path) -> None:
    async with configuring_by_keys(tmp_path) as person:
        await person.drive.press("enter", "down", "down")
        assert "instead" in person.drive.text
        assert "rules out 230 V, one phase" in person.drive.text
        await person.drive.press("enter", "ctrl+s")
        assert person.answer
        assert person.answer.choices == {"tl600": 1}


async def test_a_quantity_is_typed_and_a_repair_is_one_key(tmp_path: Path) -> None:
    async with configuring_by_keys(tmp_path) as person:
        await person.drive.press("enter", "right", "enter", "right", "right", "2")
        assert "2 × MS-1" in person.drive.text
        assert "a  add Hub for four arms" in person.drive.text
        await person.drive.press("a", "ctrl+s")
        assert person.answer
        assert person.answer.is_valid
        assert {part.option: part.quantity for part in person.answer.parts} == {
            "tl100": 1, "ms1": 2, "hub": 1, "cable": 2, "sva": 1,
        }  # fmt: skip


async def test_digits_follow_each_other_and_backspace_takes_one_back(tmp_path: Path) -> None:
    async with configuring_by_keys(tmp_path) as person:
        await person.drive.press("right", "right", "right", "1", "2")
        assert "Measuring arm MS-1: at most 6" in person.drive.text
        await person.drive.press("backspace")
        assert "1 × MS-1" in person.drive.text


async def test_why_an_option_cannot_be_had_stands_below(tmp_path: Path) -> None:
    async with configuring_by_keys(tmp_path) as person:
        await person.drive.press("right", "enter", "left", "enter")
        await person.drive.press("down", "down")
        assert "× Torque bench TL-600" in person.drive.text
        assert "with 230 V, one phase: the large bench needs three phases" in person.drive.text


async def test_it_fills_up_to_a_valid_list_or_says_why_not(tmp_path: Path) -> None:
    async with configuring_by_keys(tmp_path) as person:
        await person.drive.press("right", "enter", "left", "down", "down", "enter", "f")
        assert "Nothing completes these choices" in person.drive.problem
        await person.drive.press("up", "up", "enter", "f")
        assert not person.drive.problem
        await person.drive.press("ctrl+s")
        assert person.answer
        assert person.answer.is_valid


async def test_a_long_list_of_parts_is_paged(tmp_path: Path) -> None:
    options = "\n".join(f'[[group.option]]\nid = "o{at:02}"\nproduct = "P-{at:02}"' for at in range(30))
    rules = "\n".join(f'[[rule]]\nkind = "default"\noption = "o{at:02}"' for at in range(30))
    bundle = load(f'[[group]]\nid = "g"\n{options}\n{rules}', "long")
    async with configuring_by_keys(tmp_path, bundle=bundle) as person:
        assert "P-29" not in person.drive.text
        await person.drive.press("pagedown", "pagedown", "pagedown", "pagedown")
        assert "P-29" in person.drive.text


async def test_escape_leaves_without_an_answer(tmp_path: Path) -> None:
    async with configuring_by_keys(tmp_path) as person:
        await person.drive.press("enter", "escape")
        assert person.answers == [None]


async def test_names_of_a_bundle_are_never_markup_nor_control(tmp_path: Path) -> None:
    names = "\n".join(
        f'[[group.option]]\nid = "o{at}"\nproduct = "p"\nname = {_quoted(text)}'
        for at, text in enumerate(PAYLOADS.values())
    )
    bundle = load(f'name = "x [/b]"\n[[group]]\nid = "g"\nname = "[red]g"\n{names}\n', "hostile")
    async with configuring_by_keys(tmp_path, SIZES[1], bundle) as person:
        for _ in PAYLOADS:
            await person.drive.press("space", "down")
            assert person.drive.leaks() == []


def _quoted(text: str) -> str:
    """Return a text as TOML, what TOML has no word for left out."""
    safe = "".join(sign for sign in text if not "\ud800" <= sign <= "\udfff")
    return '"' + "".join(f"\\U{ord(sign):08x}" if not sign.isalnum() else sign for sign in safe) + 'x"'
