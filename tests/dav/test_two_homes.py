"""Two laptops that sync through a real server: what one writes the other has, and nothing that was said is lost."""

from sfa.dav.inbox import choose
from sfa.services import event_changes, history
from sfa.services.event_targets import Scope
from tests.support.dav_homes import Home, settle

Pair = tuple[Home, Home]


def test_what_one_laptop_adds_the_other_has_after_both_synced(homes: Pair) -> None:
    one, two = homes
    one.add("event", subject="Demo", starts="2026-03-12T10:00", zone="Europe/Berlin", place="Hall 3", reminders="15min")
    two.add("contact", name="Ada Byron", email="ada@example.com", phone="+49 30 1234567", title="Buyer")
    settle(homes)
    assert one.said() == two.said()
    assert two.column("Demo", "place") == "Hall 3"
    assert two.column("Demo", "zone") == "Europe/Berlin"
    assert one.desk.store.value("SELECT address FROM email") == "ada@example.com"


def test_a_sync_with_nothing_to_do_writes_nothing(homes: Pair) -> None:
    one, _ = homes
    one.add("event", subject="Demo", starts="2026-03-12T10:00")
    settle(homes)
    before = one.desk.store.value("SELECT count(*) FROM operation"), one.desk.store.connection.total_changes
    reports = one.sync()
    assert (one.desk.store.value("SELECT count(*) FROM operation"), one.desk.store.connection.total_changes) == before
    assert not any(report.pulled.words() or report.pushed.words() for report in reports)


def test_edits_of_different_fields_on_both_sides_are_merged(homes: Pair) -> None:
    one, two = homes
    demo = one.add("event", subject="Demo", starts="2026-03-12T10:00")
    settle(homes)
    one.edit("event", demo, place="Bern")
    two.edit("event", two.id_of("Demo"), note="bring samples")
    settle(homes)
    for home in homes:
        assert (home.column("Demo", "place"), home.column("Demo", "note")) == ("Bern", "bring samples")
        assert not home.inbox()


def test_edits_of_the_same_field_wait_in_the_inbox_and_mine_or_theirs_settles_them(homes: Pair) -> None:
    one, two = homes
    for which, place in (("mine", "Basel"), ("theirs", "Bern")):
        subject = f"Demo {which}"
        demo = one.add("event", subject=subject, starts="2026-03-12T10:00")
        settle(homes)
        one.edit("event", demo, place="Bern")
        two.edit("event", two.id_of(subject), place="Basel")
        settle(homes)
        (waiting,) = two.inbox()
        assert (waiting.title, waiting.kind, waiting.fields) == (subject, "edited", "location")
        assert "Basel" in str(waiting.mine)
        assert "Bern" in str(waiting.theirs)
        choose(two.desk, waiting, which)
        settle(homes)
        assert [home.column(subject, "place") for home in homes] == [place, place]
        assert not two.inbox()


def test_a_removal_goes_to_the_other_laptop_and_its_undo_comes_back(homes: Pair) -> None:
    one, two = homes
    one.add("event", subject="Demo", starts="2026-03-12T10:00")
    settle(homes)
    one.remove("event", one.id_of("Demo"))
    settle(homes)
    assert two.column("Demo", "id") is None
    history.undo(one.desk)
    settle(homes)
    assert two.column("Demo", "id") is not None
    assert one.said() == two.said()


def test_an_edit_against_a_removal_waits_and_can_be_kept(homes: Pair) -> None:
    one, two = homes
    one.add("event", subject="Demo", starts="2026-03-12T10:00")
    settle(homes)
    one.remove("event", one.id_of("Demo"))
    two.edit("event", two.id_of("Demo"), place="Basel")
    settle(homes)
    (waiting,) = two.inbox()
    assert waiting.kind == "deleted_there"
    choose(two.desk, waiting, "mine")
    settle((two, one))
    assert one.column("Demo", "place") == "Basel"
    assert one.said() == two.said()


def test_a_removal_against_an_edit_waits_and_can_be_carried_out(homes: Pair) -> None:
    one, two = homes
    one.add("event", subject="Demo", starts="2026-03-12T10:00")
    settle(homes)
    one.edit("event", one.id_of("Demo"), place="Basel")
    two.remove("event", two.id_of("Demo"))
    settle(homes)
    (waiting,) = two.inbox()
    assert waiting.kind == "deleted_here"
    assert "Basel" in str(waiting.theirs)
    assert one.column("Demo", "place") == "Basel"
    choose(two.desk, waiting, "mine")
    settle((two, one))
    assert one.column("Demo", "id") is None


def test_a_series_goes_with_the_instances_that_differ(homes: Pair) -> None:
    one, two = homes
    series = one.add("event", subject="Weekly", starts="2026-03-11T09:00", repeats="every week", zone="Europe/Berlin")
    event_changes.change(one.desk, series, {"place": "Room 2"}, on="2026-03-18", scope=Scope.THIS)
    settle(homes)
    assert one.said() == two.said()
    event_changes.move(two.desk, two.id_of("Weekly"), "2026-03-26T11:00", on="2026-03-25", scope=Scope.THIS)
    settle(homes)
    assert one.said() == two.said()
    found = one.desk.store.rows("SELECT original_wall, starts_wall FROM event WHERE series_id IS NOT NULL ORDER BY 1")
    assert found == [("2026-03-18T09:00", "2026-03-18T09:00"), ("2026-03-25T09:00", "2026-03-26T11:00")]


def test_what_only_this_program_knows_goes_to_the_other_laptop_and_back(homes: Pair) -> None:
    one, two = homes
    demo = one.add("event", subject="Demo", starts="2026-03-12T10:00", kind="visit")
    settle(homes)
    assert two.column("Demo", "kind") == "visit"
    one.edit("event", demo, status="held")
    settle(homes)
    assert two.column("Demo", "status") == "held"
    two.edit("event", two.id_of("Demo"), status="planned", kind="meeting")
    settle(homes)
    assert (one.column("Demo", "status"), one.column("Demo", "kind")) == ("planned", "meeting")
    assert one.said() == two.said()
