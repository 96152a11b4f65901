"""The desk locks itself, and closes where the book may not be shown any more."""

from pathlib import Path

import pytest

from db import key_locks, lease
from screens.sync import beat
from sfa.errors import LeaseError, SignedOffError
from sfa.services import encrypting
from sfa.services.desk import Desk
from sfa.sync.state import State
from tests.support.driver import SIZES, Driver, desk_driver
from tests.support.factories import an_account

pytestmark = pytest.mark.usefixtures("cheap_locks")

PASSPHRASE = "horse battery staple"  # noqa: S105 - of no book but these


def a_customer(desk: Desk) -> None:
    an_account(desk, name="Acme")


async def encrypted(drive: Driver) -> None:
    """Let the book behind the desk open by a passphrase, as far as the desk looks."""
    folder = drive.desk.store.workspace.folder
    key = key_locks.new_key()
    locks = key_locks.new_locks(key)
    locks |= {"holder": "passphrase", "passphrase": key_locks.locked(key, PASSPHRASE), "recovery": "none"}
    from db.encryption import save_locks  # noqa: PLC0415 - as the command does

    save_locks(drive.desk.store.workspace, locks)
    assert not encrypting.has_passphrase(folder)


@pytest.mark.parametrize("size", SIZES)
async def test_nobody_at_the_keys_locks_and_the_passphrase_opens_where_one_was(
    tmp_path: Path, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with desk_driver(tmp_path, size=size, fill=a_customer) as drive:
        await encrypted(drive)
        monkeypatch.setattr("db.keys.is_encrypted", lambda _: True)
        monkeypatch.setattr(encrypting, "is_encrypted", lambda _: True)
        await drive.press("3")
        assert "Acme" in drive.text
        drive.clock.advance(minutes=14)
        await drive.app.minute_passed()
        assert drive.dialog == ""
        drive.clock.advance(minutes=15)
        await drive.app.minute_passed()
        await drive.settle()
        assert drive.dialog == "Locked"
        assert "Acme" not in drive.text
        await drive.write("wrong")
        assert "wrong" not in drive.text
        await drive.press("enter")
        assert drive.problem
        assert drive.dialog == "Locked"
        await drive.write(PASSPHRASE)
        await drive.press("enter")
        assert drive.dialog == ""
        assert "Acme" in drive.text


async def test_a_key_that_comes_too_late_locks_and_does_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with desk_driver(tmp_path, fill=a_customer) as drive:
        await encrypted(drive)
        monkeypatch.setattr(encrypting, "is_encrypted", lambda _: True)
        await drive.press("3")
        drive.clock.advance(minutes=16)
        await drive.write("4+escape")
        assert drive.dialog == "Locked"
        assert drive.screen.area == "accounts"
        await drive.press("escape")
        assert drive.dialog == "Locked"
        drive.app.tell("Acme calls")
        await drive.settle()
        assert "Acme" not in drive.text


@pytest.mark.parametrize("minutes", [0, 15])
async def test_a_plain_book_and_a_setting_of_0_never_lock(
    tmp_path: Path, minutes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with desk_driver(tmp_path, fill=a_customer) as drive:
        if not minutes:
            await encrypted(drive)
            monkeypatch.setattr(encrypting, "is_encrypted", lambda _: True)
            monkeypatch.setattr(type(drive.desk.config), "number", lambda *_: 0)
        await drive.press("3")
        drive.clock.advance(days=1)
        drive.app.idle.look()
        assert not drive.app.idle.is_locked


async def test_a_desk_whose_lease_ends_closes_by_itself_and_says_why(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_customer) as drive:
        State(drive.desk.store).keep(lease=lease.lasting(drive.clock.now(), 30))
        await drive.app.minute_passed()
        assert drive.app.ending is None
        drive.clock.advance(days=31)
        await drive.app.minute_passed()
        assert isinstance(drive.app.ending, LeaseError)
        assert not drive.app.is_running or drive.app._exit


async def test_a_desk_whose_book_is_taken_away_closes_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def sign_off(*_: object) -> None:
        raise SignedOffError("This laptop was signed off by Acme's server.")

    monkeypatch.setattr(beat, "sync_once", sign_off)
    async with desk_driver(tmp_path, fill=a_customer) as drive:
        await drive.app.sync_in_background()
        assert isinstance(drive.app.ending, SignedOffError)
