"""A book that is really encrypted, and a desk over it that nobody touched for a quarter of an hour."""

from contextlib import closing
from pathlib import Path

import pytest

from db import key_locks, keys
from sfa.errors import LockedError
from sfa.services import encrypting
from sfa.services.desk import open_desk
from tests.support.driver import SIZES, Driver, desk_driver
from tests.support.factories import an_account, make_desk

pytestmark = pytest.mark.usefixtures("cheap_locks")

PASSPHRASE = "horse battery staple"  # noqa: S105 - of no book but these
OF_THE_BOOK = ("Nordbau", "Ostbau", "Gravel", "Halfway")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Return the folder of an encrypted book with two accounts, open by its passphrase."""
    with closing(make_desk(tmp_path)) as desk:
        an_account(desk, name="Nordbau")
        an_account(desk, name="Ostbau")
    encrypting.turn_on(key_locks.new_code(), PASSPHRASE, tmp_path)
    assert keys.is_encrypted(tmp_path / "sales.db")
    return tmp_path


def names(folder: Path) -> list[str]:
    with closing(open_desk(folder)) as desk:
        return [row[0] for row in desk.store.rows("SELECT name FROM account ORDER BY name")]


def shown(drive: Driver) -> list[str]:
    """Return what of the book can be read: on the screen, in its title, or in a message."""
    seen = "\n".join((drive.text, drive.app.title, drive.app.sub_title, *map(str, drive.app._notifications)))
    return [word for word in OF_THE_BOOK if word in seen]


async def nobody_is_here(drive: Driver) -> None:
    drive.clock.advance(minutes=16)
    await drive.app.minute_passed()
    await drive.settle()


async def answer(drive: Driver, secret: str) -> None:
    await drive.write(secret)
    await drive.press("enter")


@pytest.mark.parametrize("size", SIZES)
async def test_an_encrypted_desk_locks_shows_nothing_and_opens_where_its_person_was(
    book: Path, size: tuple[int, int]
) -> None:
    async with desk_driver(book, size=size) as drive:
        await drive.press("3")
        await drive.go_to("Ostbau")
        assert shown(drive) == ["Nordbau", "Ostbau"]
        await drive.press("a")
        title = drive.dialog
        await drive.write("Halfway Gravel")
        assert (title, shown(drive)) == ("Add account", ["Gravel", "Halfway"])
        await nobody_is_here(drive)
        assert (drive.dialog, shown(drive)) == ("Locked", [])
        assert not encrypting.status(book).is_open
        with pytest.raises(LockedError):
            names(book)
        for key in ("escape", "ctrl+p", "f1", "tab", "ctrl+s", "ctrl+z"):
            await drive.press(key)
            assert (drive.dialog, shown(drive)) == ("Locked", []), key
        await answer(drive, "staple battery horse")
        assert drive.problem
        assert (drive.dialog, shown(drive)) == ("Locked", [])
        with pytest.raises(LockedError):
            names(book)
        await answer(drive, PASSPHRASE)
        assert (drive.dialog, drive.typed) == (title, "Halfway Gravel")
        await drive.press("ctrl+s")
        assert drive.row("Halfway Gravel")
    assert names(book) == ["Halfway Gravel", "Nordbau", "Ostbau"]


async def test_the_recovery_code_opens_a_locked_desk_too_and_a_palette_that_was_open_is_open_again(
    book: Path,
) -> None:
    code = key_locks.new_code()
    encrypting.change_code(code, book)
    async with desk_driver(book) as drive:
        await drive.press("3", "ctrl+p")
        await drive.write("Halfway")
        await nobody_is_here(drive)
        assert (drive.dialog, shown(drive)) == ("Locked", [])
        await answer(drive, code.lower())
        assert drive.typed == "Halfway"
        await drive.press("escape")
        assert shown(drive) == ["Nordbau", "Ostbau"]


async def test_a_locked_desk_can_be_left_and_the_next_start_asks(book: Path) -> None:
    async with desk_driver(book) as drive:
        await drive.press("3")
        await nobody_is_here(drive)
        await drive.press("ctrl+q")
        assert not drive.app.is_running or drive.app._exit
    with pytest.raises(LockedError):
        names(book)
    encrypting.unlock(PASSPHRASE, book)
    assert names(book) == ["Nordbau", "Ostbau"]
