"""Sync at the desk: the badge tells what waits, an absent network is silent, and the inbox is settled by one key."""

from collections.abc import Callable
from pathlib import Path
from random import Random
from threading import Semaphore

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screens.sync import beat
from screens.sync.beat import AWAY, BUSY, OK, REFUSED, Beat, delay_s, sync_once
from sfa.errors import NotAllowedError, SfaError
from sfa.services.desk import Desk
from sfa.sync import syncing
from sfa.sync.protocol import ProtocolError
from sfa.sync.state import State
from sfa.sync.syncing import Report
from tests.support.driver import SIZES, desk_driver
from tests.support.factories import an_account, column_of

NEVER_S = 3600.0
"""No sync of its own begins while a slow test still runs."""


def a_book_with_a_question(desk: Desk) -> None:
    acme = an_account(desk, name="Acme", industry="Steel")
    with desk.store.write("sync", "Asked") as work:
        values = {
            "kind": "conflict", "code": "field", "table_name": "account", "row_id": acme, "happened_at": work.at, "status": "open",
            "mine": '{"industry": "Iron"}', "theirs": '{"industry": "Steel"}', "before": '{"industry": "Wood"}',
        }  # fmt: skip
        work.insert("inbox_entry", values)


def industry(desk: Desk) -> str:
    account = desk.store.value("SELECT id FROM account WHERE name = 'Acme'")
    return str(column_of(desk, "account", account, "industry"))


@pytest.mark.parametrize("size", SIZES)
async def test_mine_theirs_and_before_stand_side_by_side_and_a_key_settles(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with desk_driver(tmp_path, size=size, fill=a_book_with_a_question) as drive:
        drive.app.action_go("inbox")
        await drive.press("j")
        assert all(word in drive.text for word in ("Acme", "industry", "Iron", "Steel", "Mine", "Theirs"))
        await drive.press("m")
        assert "Nothing needs you" in drive.text
        assert industry(drive.desk) == "Iron"
        await drive.press("u")
        assert "Iron" in drive.text
        assert industry(drive.desk) == "Steel"
        await drive.press("t")
        assert "Nothing needs you" in drive.text
        assert industry(drive.desk) == "Steel"
        await drive.press("u", "d")
        assert "Nothing needs you" in drive.text


def two_fields(desk: Desk) -> None:
    a_book_with_a_question(desk)
    desk.store.connection.execute(
        'UPDATE inbox_entry SET mine = \'{"industry": "Iron", "description": "Mine"}\','
        ' theirs = \'{"industry": "Steel", "description": "Hers"}\','
        ' before = \'{"industry": "Wood", "description": "Old"}\''
    )


@pytest.mark.parametrize("size", SIZES)
async def test_a_key_settles_the_field_under_the_cursor_and_a_great_one_the_entry(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with desk_driver(tmp_path, size=size, fill=two_fields) as drive:
        drive.app.action_go("inbox")
        await drive.press("b")
        assert industry(drive.desk) == "Wood"
        assert all(word in drive.text for word in ("description", "Hers", "Before"))
        assert "Iron" not in drive.text
        await drive.press("u")
        assert industry(drive.desk) == "Steel"
        await drive.press("M")
        assert "Nothing needs you" in drive.text
        assert industry(drive.desk) == "Iron"
        await drive.press("u", "H")
        assert industry(drive.desk) == "Steel"
        assert "Nothing needs you" in drive.text


@pytest.mark.parametrize("size", SIZES)
async def test_the_badge_tells_what_waits(
    tmp_path: Path, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beat, "sync_once", lambda *_: Beat(OK, 3, 1))
    monkeypatch.setattr("screens.app.SETTLE_S", NEVER_S)
    async with desk_driver(tmp_path, size=size) as drive:
        assert "to send" not in drive.text
        await drive.app.run_action("sync_now")
        await drive.settle()
        assert drive.said == "Synced"
        drive.app.clear_notifications()
        await drive.press("4")
        assert drive.text.count("↑3 to send ?1 inbox") == 1


async def test_the_badge_tells_how_far_a_long_sync_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []
    looked = Semaphore(0)

    def long_one(_folder: object, _clock: object, tell: Callable[[Beat], None]) -> Beat:
        for so_far in (Beat(BUSY, 1_500, 0, 500), Beat(BUSY, 0, 0, 12_000)):
            tell(so_far)
            assert looked.acquire(timeout=60)
        return Beat(OK, 0, 0)

    def show(badge: str) -> None:
        shown.append(badge)
        looked.release()

    monkeypatch.setattr(beat, "sync_once", long_one)
    monkeypatch.setattr("screens.app.SETTLE_S", NEVER_S)
    async with desk_driver(tmp_path) as drive:
        monkeypatch.setattr(drive.app, "_show_badge", show)
        await drive.app.run_action("sync_now")
        await drive.press("4")
    assert shown == ["↑1,500 to send", "↓12,000 so far", "synced"]


def test_each_round_of_a_sync_but_the_first_tells_on(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Beat] = []

    def in_three_rounds(_: Desk, advance: Callable[[int], None]) -> Report:
        for count in (500, 700, 20):
            advance(count)
        return Report(received=1_220)

    monkeypatch.setattr(syncing, "sync", in_three_rounds)
    assert sync_once(joined(desk), desk.store.clock, told.append) == Beat(OK, 0, 0, 1_220)
    assert told == [Beat(BUSY, 0, 0, 1_200), Beat(BUSY, 0, 0, 1_220)]


async def test_an_absent_network_is_silent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beat, "sync_once", lambda *_: Beat(AWAY, 0, 0))
    async with desk_driver(tmp_path) as drive:
        before = drive.said
        await drive.app.sync_in_background()
        await drive.press("4")
        assert drive.said == before
        assert drive.app.badge == ""


async def test_a_refusal_is_told_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beat, "sync_once", lambda *_: Beat(REFUSED, 2, 0, problem="This device was revoked."))
    async with desk_driver(tmp_path) as drive:
        await drive.app.sync_in_background()
        assert "revoked" in drive.said
        assert drive.app.badge == "↑2 to send !sync"


def joined(desk: Desk) -> Path:
    State(desk.store).keep(url="https://sales.example.com", device="d1", code="A1", token="t", user="u")  # noqa: S106 - of no server
    return desk.store.workspace.folder


def test_a_laptop_of_no_server_asks_nobody(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(syncing, "sync", lambda *_: pytest.fail("nobody is to be asked"))
    assert sync_once(desk.store.workspace.folder, desk.store.clock) is None


@pytest.mark.parametrize(
    ("error", "state", "wait_s"),
    [
        (NotAllowedError("This device was revoked."), REFUSED, 0),
        (SfaError("no way"), AWAY, 0),
        (OSError("no way"), AWAY, 0),
        (ProtocolError(503, "busy", retry_after=7), AWAY, 7),
    ],
)
def test_what_stops_a_sync_is_told_apart(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, error: Exception, state: str, wait_s: int
) -> None:
    folder = joined(desk)

    def fail(*_: object) -> Report:
        if isinstance(error, ProtocolError):
            raise SfaError("busy") from error
        raise error

    monkeypatch.setattr(syncing, "sync", fail)
    found = sync_once(folder, desk.store.clock)
    assert found is not None
    assert (found.state, found.retry_after_s) == (state, wait_s)


@given(st.integers(1, 60), st.integers(1, 50), st.integers(0, 100), st.integers())
def test_laptops_come_back_spread_out_and_never_before_they_may(
    minutes: int, failures: int, retry_after_s: int, seed: int
) -> None:
    wait = delay_s(minutes, failures, retry_after_s, Random(seed))
    assert retry_after_s <= wait <= retry_after_s + min(900, 30 * 2 ** (failures - 1))
    assert delay_s(minutes, 0, 0, Random(seed)) == 60 * minutes
