"""An undone pull stays undone: nothing is pulled again in silence, and nothing is removed from the server for it."""

from sfa.dav.inbox import choose
from sfa.services import history
from tests.support.dav_homes import Home, settle

Pair = tuple[Home, Home]


def test_an_undone_first_pull_leaves_the_server_whole_and_waits_for_a_choice(homes: Pair) -> None:
    one, two = homes
    one.add("event", subject="Demo", starts="2026-03-12T10:00")
    one.sync()
    two.sync()
    history.undo(two.desk)
    assert two.column("Demo", "id") is None
    settle(homes)
    assert two.column("Demo", "id") is None
    assert one.column("Demo", "id") is not None
    (waiting,) = two.inbox()
    assert waiting.kind == "undone"
    choose(two.desk, waiting, "theirs")
    settle(homes)
    assert one.said() == two.said()
    assert not two.inbox()


def test_an_undone_pull_that_is_to_stay_undone_is_removed_from_the_server_by_choice(homes: Pair) -> None:
    one, two = homes
    one.add("event", subject="Demo", starts="2026-03-12T10:00")
    one.sync()
    two.sync()
    history.undo(two.desk)
    two.sync()
    (waiting,) = two.inbox()
    choose(two.desk, waiting, "mine")
    settle((two, one))
    assert one.column("Demo", "id") is None
    assert not two.inbox()


def test_a_redone_pull_needs_no_choice(homes: Pair) -> None:
    one, two = homes
    one.add("event", subject="Demo", starts="2026-03-12T10:00")
    one.sync()
    two.sync()
    history.undo(two.desk)
    two.sync()
    history.redo(two.desk)
    settle(homes)
    assert one.said() == two.said()
    assert not two.inbox()


def test_an_undone_change_goes_back_to_the_server_as_an_edit(homes: Pair) -> None:
    one, two = homes
    demo = one.add("event", subject="Demo", starts="2026-03-12T10:00", place="Bern")
    settle(homes)
    one.edit("event", demo, place="Basel")
    one.sync()
    two.sync()
    assert two.column("Demo", "place") == "Basel"
    history.undo(two.desk)
    settle((two, one))
    assert [home.column("Demo", "place") for home in homes] == ["Bern", "Bern"]


def test_an_undone_removal_comes_back_everywhere(homes: Pair) -> None:
    one, two = homes
    demo = one.add("event", subject="Demo", starts="2026-03-12T10:00")
    settle(homes)
    one.remove("event", demo)
    one.sync()
    two.sync()
    history.undo(two.desk)
    settle((two, one))
    assert one.column("Demo", "id") is not None
    assert one.said() == two.said()
