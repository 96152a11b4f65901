"""A network that breaks anywhere: the next sync goes on, makes nothing twice and loses nothing."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sfa.dav.transport import DavError, Request, Response
from tests.support.calendars import calendar, event
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


class Racing:
    """A server on which another program writes just before our own first write arrives."""

    def __init__(self, memory: MemoryServer, race: Callable[[MemoryServer], None]) -> None:
        self._memory = memory
        self._race: Callable[[MemoryServer], None] | None = race

    def send(self, request: Request) -> Response:
        """Let the other one go first."""
        if request.method in ("PUT", "DELETE") and self._race is not None:
            self._race(self._memory)
            self._race = None
        return self._memory.send(request)


def elsewhere(place: str) -> Callable[[MemoryServer], None]:
    """Return another program that gives the only item a place."""

    def race(memory: MemoryServer) -> None:
        ((path, said),) = memory.texts.items()
        memory.write(path.rpartition("/")[2], said.replace("SUMMARY:", f"LOCATION:{place}\r\nSUMMARY:"))

    return race


def test_what_another_program_writes_in_between_is_merged_and_never_overwritten(
    pair: tuple[Home, Home], memory: MemoryServer
) -> None:
    one, _ = pair
    demo = one.add("event", subject="Demo", starts="2026-03-12T10:00")
    one.sync()
    one.edit("event", demo, note="bring samples")
    through(one, Racing(memory, elsewhere("Bern"))).sync()
    (said,) = memory.texts.values()
    assert "LOCATION:Bern" in said
    assert "DESCRIPTION:bring samples" in said
    assert (one.column("Demo", "place"), one.column("Demo", "note")) == ("Bern", "bring samples")


def test_what_another_program_changes_in_between_is_not_removed(pair: tuple[Home, Home], memory: MemoryServer) -> None:
    one, _ = pair
    demo = one.add("event", subject="Demo", starts="2026-03-12T10:00")
    one.sync()
    one.remove("event", demo)
    through(one, Racing(memory, elsewhere("Bern"))).sync()
    assert "LOCATION:Bern" in next(iter(memory.texts.values()))
    assert [item.kind for item in one.inbox()] == ["deleted_here"]


def test_two_laptops_that_make_the_same_item_at_once_end_with_one(
    pair: tuple[Home, Home], memory: MemoryServer
) -> None:
    one, _ = pair
    demo = one.add("event", subject="Demo", starts="2026-03-12T10:00")
    name = f"{demo}.ics"

    def race(server: MemoryServer) -> None:
        lines = (
            f"UID:{demo}@sfa",
            "DTSTART:20260312T100000Z",
            "DTEND:20260312T110000Z",
            "SUMMARY:Demo",
            "LOCATION:Bern",
        )
        server.write(name, calendar(event(*lines)).decode())

    through(one, Racing(memory, race)).sync()
    assert "LOCATION:Bern" in memory.texts[f"/dav/cal/{name}"]
    assert len(memory.texts) == 1
    assert [item.kind for item in one.inbox()] == ["edited"]
