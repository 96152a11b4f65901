"""A network that breaks anywhere: the next sync goes on, makes nothing twice and loses nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sfa.dav.transport import DavError
from tests.support.dav_homes import Home, settle
from tests.support.dav_memory import Breaking, MemoryServer, home_at, through

REQUESTS = range(1, 9)


@pytest.fixture
def memory() -> MemoryServer:
    """Return a server in this process."""
    return MemoryServer()


@pytest.fixture
def pair(tmp_path: Path, memory: MemoryServer) -> Iterator[tuple[Home, Home]]:
    """Return two laptops that sync with it."""
    homes = home_at(tmp_path / "one", memory, 1), home_at(tmp_path / "two", memory, 2)
    yield homes
    for home in homes:
        home.desk.close()


def broken(home: Home, memory: MemoryServer, at: int, *, is_after: bool) -> bool:
    """Sync over a network that breaks; tell whether it did."""
    try:
        through(home, Breaking(memory, at, is_after)).sync()
    except DavError:
        return True
    return False


@pytest.mark.parametrize("is_after", [False, True])
def test_a_sync_that_breaks_at_any_request_is_finished_by_the_next_one(
    pair: tuple[Home, Home], memory: MemoryServer, *, is_after: bool
) -> None:
    one, two = pair
    breaks = 0
    for at in REQUESTS:
        one.add("event", subject=f"New {at}", starts="2026-03-12T10:00")
        two.add("event", subject=f"Other {at}", starts="2026-03-13T10:00")
        two.sync()
        if at > 1:
            one.edit("event", one.id_of(f"New {at - 1}"), place=f"Hall {at}")
        breaks += broken(one, memory, at, is_after=is_after)
        settle(pair)
        assert one.said() == two.said()
        assert len(memory.texts) == 2 * at
        assert not one.inbox()
        assert not two.inbox()
    assert breaks > 4


def test_an_edit_after_a_write_whose_answer_was_lost_is_no_conflict(
    pair: tuple[Home, Home], memory: MemoryServer
) -> None:
    one, _ = pair
    demo = one.add("event", subject="Demo", starts="2026-03-12T10:00")
    one.sync()
    one.edit("event", demo, place="Bern")
    assert broken(one, memory, 2, is_after=True)
    one.edit("event", demo, place="Basel")
    settle(pair)
    assert not one.inbox()
    assert [home.column("Demo", "place") for home in pair] == ["Basel", "Basel"]


def test_what_somebody_removes_right_after_it_was_made_is_removed_here_too(
    pair: tuple[Home, Home], memory: MemoryServer
) -> None:
    one, two = pair
    one.sync()
    one.add("event", subject="Demo", starts="2026-03-12T10:00")
    assert broken(one, memory, 3, is_after=False)
    two.sync()
    two.remove("event", two.id_of("Demo"))
    two.sync()
    settle(pair)
    assert one.column("Demo", "id") is None
    assert not memory.texts
