"""Reminders: when they are due, that each is told once, and what a laptop that slept still tells."""

from datetime import timedelta

import pytest

from sfa.errors import UsageError
from sfa.services import event_changes, event_outcomes, history
from sfa.services.desk import Desk
from sfa.services.reminders import due, mark_told
from tests.support.factories import an_event, clock_of, make_desk


def told(desk: Desk, teller: str = "shell", **options: timedelta) -> list[str]:
    """Take what is due, as `Demo 15`, and keep that it was told."""
    found = due(desk, teller, **options)  # type: ignore[arg-type]
    mark_told(desk, teller, found)
    return [f"{item.item.subject} {item.minutes}" for item in found]


def test_an_appointment_without_reminders_has_those_of_the_setting(desk: Desk) -> None:
    an_event(desk, subject="Demo", starts="2026-03-10T12:30")
    assert told(desk) == []
    clock_of(desk).advance(minutes=15)
    assert told(desk) == ["Demo 15"]
    assert told(desk) == []


def test_each_teller_tells_each_once_also_after_a_restart(desk: Desk) -> None:
    an_event(desk, subject="Demo", starts="2026-03-10T12:10")
    assert told(desk) == ["Demo 15"]
    assert told(desk, "screens") == ["Demo 15"]
    again = make_desk(desk.store.workspace.folder)
    assert told(again) == told(again, "screens") == []
    again.close()


def test_of_several_reminders_the_nearest_is_told_and_the_later_ones_in_their_time(desk: Desk) -> None:
    an_event(desk, subject="Demo", starts="2026-03-11T11:00", reminders="1 week, 1 day, 2h, 10min")
    assert told(desk) == ["Demo 1440"]
    clock_of(desk).advance(hours=21)
    assert told(desk) == ["Demo 120"]
    clock_of(desk).advance(hours=1, minutes=51)
    assert told(desk) == ["Demo 10"]
    assert told(desk) == []


def test_a_week_before_is_told_though_the_laptop_slept_meanwhile(desk: Desk) -> None:
    an_event(desk, subject="Fair", starts="2026-03-20T12:00", reminders="1 week")
    clock_of(desk).advance(days=2, hours=23)
    assert told(desk) == []
    clock_of(desk).advance(days=2)
    assert told(desk) == ["Fair 10080"]


def test_what_is_over_called_off_or_done_is_not_told(desk: Desk) -> None:
    an_event(desk, subject="Gone", starts="2026-03-10T11:30")
    off = an_event(desk, subject="Off", starts="2026-03-10T12:05")
    event_outcomes.set_status(desk, off, "cancelled")
    done = an_event(desk, subject="Done", starts="2026-03-10T12:05")
    event_outcomes.complete(desk, done)
    an_event(desk, subject="Just begun", starts="2026-03-10T11:55")
    assert told(desk) == ["Just begun 15"]


def test_what_is_moved_is_told_anew(desk: Desk) -> None:
    demo = an_event(desk, subject="Demo", starts="2026-03-10T12:10")
    assert told(desk) == ["Demo 15"]
    event_changes.move(desk, demo, "14:00")
    assert told(desk) == []
    clock_of(desk).advance(minutes=110)
    assert told(desk) == ["Demo 15"]


def test_every_instance_of_a_series_has_its_own(desk: Desk) -> None:
    an_event(desk, subject="Stand-up", starts="2026-03-10T12:10", repeats="FREQ=DAILY")
    assert told(desk) == ["Stand-up 15"]
    clock_of(desk).advance(days=1)
    assert told(desk) == ["Stand-up 15"]


def test_whole_days_are_told_only_where_that_was_asked_for(desk: Desk) -> None:
    an_event(desk, subject="Fair", starts="2026-03-11")
    an_event(desk, subject="Audit", starts="2026-03-11", reminders="12h")
    clock_of(desk).advance(hours=11, minutes=50)
    assert told(desk) == ["Audit 720"]


def test_looking_ahead_tells_before_the_next_run(desk: Desk) -> None:
    an_event(desk, subject="Demo", starts="2026-03-10T12:25")
    assert told(desk) == []
    assert told(desk, within=timedelta(minutes=15)) == ["Demo 15"]


def test_telling_leaves_no_trace_to_undo(desk: Desk) -> None:
    an_event(desk, subject="Demo", starts="2026-03-10T12:10")
    told(desk)
    history.undo(desk)
    assert desk.store.value("SELECT count(*) FROM event WHERE deleted_at IS NULL") == 0


def test_a_setting_that_is_no_time_is_told_with_its_key(tmp_path: object) -> None:
    desk = make_desk(tmp_path / "odd", settings={"calendar.reminders": "soon"})  # type: ignore[operator]
    with pytest.raises(UsageError, match=r"calendar\.reminders"):
        due(desk, "shell")
    desk.close()


def test_many_reminders_cost_no_more_queries(desk: Desk) -> None:
    def count() -> int:
        seen: list[str] = []
        desk.store.connection.set_trace_callback(seen.append)
        due(desk, "shell")
        desk.store.connection.set_trace_callback(None)
        return len(seen)

    an_event(desk, subject="Demo", starts="2026-03-10T12:10", repeats="FREQ=DAILY")
    before = count()
    for number in range(20):
        an_event(desk, subject=f"Demo {number}", starts="2026-03-10T12:10", repeats="FREQ=DAILY")
    assert count() == before
