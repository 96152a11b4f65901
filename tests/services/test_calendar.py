"""Appointments: zones, series and their exceptions, what collides, what came of them."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from db.queries import records
from sfa.errors import NotFoundError, UsageError
from sfa.services import event_changes, event_outcomes, events, history
from sfa.services.agenda import agenda
from sfa.services.desk import Desk
from sfa.services.event_targets import Scope
from tests.support.factories import a_contact, an_account, an_event, an_opportunity, column_of

MARCH = (date(2026, 3, 1), date(2026, 4, 1))


def told(desk: Desk, first: date = MARCH[0], after: date = MARCH[1], *, has_cancelled: bool = False) -> list[str]:
    """Return what the agenda says, as `10 Mar 09:00 Demo`."""
    found = agenda(desk, first, after, has_cancelled=has_cancelled).appointments
    return [
        f"{item.starts:%d %b} {item.subject}" if item.is_all_day else f"{item.starts:%d %b %H:%M} {item.subject}"
        for item in found
    ]


def jour_fixe(desk: Desk, **values: object) -> str:
    return an_event(desk, **{"subject": "Jour fixe", "starts": "every monday 10:00", "zone": "Europe/Berlin", **values})


def test_words_tell_beginning_end_and_repetition(desk: Desk) -> None:
    an_event(desk, subject="Jour fixe", starts="every monday 10:00", ends="11:30")
    assert told(desk) == [
        "16 Mar 10:00 Jour fixe",
        "23 Mar 10:00 Jour fixe",
        "30 Mar 10:00 Jour fixe",
    ]
    assert agenda(desk, *MARCH).appointments[0].minutes == 90


def test_wall_time_is_kept_across_daylight_saving(desk: Desk) -> None:
    jour_fixe(desk)
    found = agenda(desk, date(2026, 3, 23), date(2026, 3, 31)).appointments
    assert [item.starts.isoformat() for item in found] == ["2026-03-23T10:00:00+01:00", "2026-03-30T10:00:00+02:00"]


def test_whole_days_are_the_same_dates_for_every_viewer(desk: Desk) -> None:
    an_event(desk, subject="Fair", starts="2026-03-12", ends="2026-03-13", zone="Asia/Shanghai")
    assert told(desk, date(2026, 3, 12), date(2026, 3, 13)) == ["12 Mar Fair"]
    assert told(desk, date(2026, 3, 14), date(2026, 3, 15)) == []


def test_a_zone_may_go_by_its_windows_name_and_an_unknown_one_is_refused(desk: Desk) -> None:
    event = an_event(desk, subject="Call", starts="2026-03-12 10:00", zone="W. Europe Standard Time")
    assert column_of(desk, "event", event, "zone") == "Europe/Berlin"
    assert column_of(desk, "event", event, "starts_at") == "2026-03-12T09:00:00.000Z"
    with pytest.raises(UsageError, match="no time zone"):
        an_event(desk, subject="Call", starts="2026-03-12 10:00", zone="Europe/Berlim")


def test_one_instance_moves_and_the_others_stay(desk: Desk) -> None:
    series = jour_fixe(desk)
    event_changes.move(desk, series, "14:00", on="2026-03-23", reason="train")
    assert told(desk) == ["16 Mar 10:00 Jour fixe", "23 Mar 14:00 Jour fixe", "30 Mar 10:00 Jour fixe"]
    moved = agenda(desk, date(2026, 3, 23), date(2026, 3, 24)).appointments[0]
    row = records.record(desk.store, "event", moved.id)
    assert row is not None
    assert (row["moved_count"], row["moved_why"], moved.original) == (1, "train", "2026-03-23T10:00")
    history.undo(desk)
    assert told(desk) == ["16 Mar 10:00 Jour fixe", "23 Mar 10:00 Jour fixe", "30 Mar 10:00 Jour fixe"]


def test_a_cancelled_instance_is_shown_where_it_is_asked_for(desk: Desk) -> None:
    series = jour_fixe(desk)
    event_changes.remove(desk, series, on="2026-03-23", scope=Scope.THIS)
    assert told(desk) == ["16 Mar 10:00 Jour fixe", "30 Mar 10:00 Jour fixe"]
    assert told(desk, has_cancelled=True)[1] == "23 Mar 10:00 Jour fixe"


def test_this_and_all_that_follow_move_together(desk: Desk) -> None:
    series = jour_fixe(desk)
    event_changes.move(desk, series, "14:00", on="2026-03-30")
    event_changes.move(desk, series, "2026-03-24 11:00", on="2026-03-23", scope=Scope.FOLLOWING)
    april = date(2026, 4, 15)
    assert told(desk, MARCH[0], april) == [
        "16 Mar 10:00 Jour fixe",
        "24 Mar 11:00 Jour fixe",
        "30 Mar 14:00 Jour fixe",
        "07 Apr 11:00 Jour fixe",
        "14 Apr 11:00 Jour fixe",
    ]
    history.undo(desk)
    assert told(desk, MARCH[0], april)[1:3] == ["23 Mar 10:00 Jour fixe", "30 Mar 14:00 Jour fixe"]


def test_all_of_a_series_moves_with_its_rule_and_its_exceptions(desk: Desk) -> None:
    series = jour_fixe(desk)
    event_changes.remove(desk, series, on="2026-03-23", scope=Scope.THIS)
    event_changes.move(desk, series, "2026-03-17 09:00", scope=Scope.ALL)
    assert told(desk) == ["17 Mar 09:00 Jour fixe", "31 Mar 09:00 Jour fixe"]


def test_a_series_ends_before_an_instance(desk: Desk) -> None:
    series = jour_fixe(desk)
    event_changes.remove(desk, series, on="2026-03-23", scope=Scope.FOLLOWING)
    assert told(desk) == ["16 Mar 10:00 Jour fixe"]


def test_a_series_asks_which_instance_is_meant(desk: Desk) -> None:
    series = jour_fixe(desk)
    with pytest.raises(UsageError, match="which one"):
        event_changes.move(desk, series, "14:00")
    with pytest.raises(NotFoundError, match="does not take place on Tue 24 Mar 2026") as refused:
        event_changes.move(desk, series, "14:00", on="2026-03-24")
    assert "2026-03-23" in (refused.value.hint or "")


def test_an_appointment_is_made_longer_shorter_and_copied(desk: Desk) -> None:
    demo = an_event(desk, subject="Demo", starts="2026-03-12 10:00")
    event_changes.shift(desk, demo, longer=timedelta(minutes=30))
    assert column_of(desk, "event", demo, "ends_wall") == "2026-03-12T11:30"
    with pytest.raises(UsageError, match="cannot be shorter"):
        event_changes.shift(desk, demo, longer=-timedelta(minutes=90))
    event_changes.copy(desk, demo, "2026-03-19")
    assert told(desk) == ["12 Mar 10:00 Demo", "19 Mar 10:00 Demo"]
    assert agenda(desk, *MARCH).appointments[1].minutes == 90


def test_what_is_on_at_the_same_time_collides_and_what_only_touches_does_not(desk: Desk) -> None:
    an_event(desk, subject="A", starts="2026-03-12 10:00", ends="11:00")
    an_event(desk, subject="B", starts="2026-03-12 10:30", ends="11:30")
    an_event(desk, subject="C", starts="2026-03-12 11:30", ends="12:00")
    an_event(desk, subject="Free", starts="2026-03-12 10:00", ends="12:00", busy="free")
    assert {item.subject: item.collides for item in agenda(desk, *MARCH).appointments} == {
        "A": True,
        "B": True,
        "C": False,
        "Free": False,
    }


def test_completing_asks_for_outcome_note_and_next_step_and_writes_them(desk: Desk) -> None:
    acme = an_account(desk)
    jane = a_contact(desk, name="Jane Doe", account="Acme")
    deal = an_opportunity(desk, name="Renewal", account="Acme")
    demo = an_event(
        desk,
        subject="Demo",
        kind="demo",
        starts="2026-03-10 09:00",
        account="Acme",
        contact="Jane Doe",
        opportunity="Renewal",
    )
    event_outcomes.complete(desk, demo, outcome="positive", note="wants 40 seats", next_step="send the quote friday")
    row = records.record(desk.store, "event", demo)
    assert row is not None
    assert row["status"] == "held"
    activity = records.record(desk.store, "activity", row["activity_id"])
    assert activity is not None
    assert (activity["kind"], activity["outcome"], activity["note"]) == ("demo", "positive", "wants 40 seats")
    assert (activity["account_id"], activity["duration_min"], activity["started_at"]) == (
        acme,
        60,
        "2026-03-10T09:00:00.000Z",
    )
    people = records.linked(desk.store, "activity_contact", "activity_id", activity["id"])
    assert [link["contact_id"] for link in people] == [jane]
    task = records.rows(desk.store, "SELECT subject, due_on, opportunity_id FROM task")
    assert task == [{"subject": "send the quote", "due_on": "2026-03-13", "opportunity_id": deal}]
    assert column_of(desk, "opportunity", deal, "next_step") == "send the quote"
    with pytest.raises(UsageError, match="completed already"):
        event_outcomes.complete(desk, demo)
    history.undo(desk)
    assert column_of(desk, "event", demo, "status") == "planned"
    assert records.rows(desk.store, "SELECT 1 FROM task") == []


def test_attendees_are_people_of_the_book_or_just_addresses(desk: Desk) -> None:
    jane = a_contact(desk, name="Jane Doe", email="jane@acme.com")
    demo = an_event(
        desk, subject="Demo", attendees="jane@acme.com (accepted), Bob, Sue <sue@x.com>", reminders="1 day, 15min"
    )
    links = records.linked(desk.store, "event_attendee", "event_id", demo)
    assert [(link["contact_id"], link["name"], link["address"], link["answer"]) for link in links] == [
        (jane, None, "jane@acme.com", "accepted"),
        (None, "Bob", None, "needs_action"),
        (None, "Sue", "sue@x.com", "needs_action"),
    ]
    events.edit(desk, [demo], {"attendees": "Bob (declined)", "reminders": "15min, 2h"})
    links = records.linked(desk.store, "event_attendee", "event_id", demo)
    assert [(link["name"], link["answer"]) for link in links] == [("Bob", "declined")]
    minutes = records.rows(desk.store, "SELECT minutes_before FROM event_reminder ORDER BY 1")
    assert [row["minutes_before"] for row in minutes] == [15, 120]
    with pytest.raises(UsageError, match="no time before an appointment"):
        events.edit(desk, [demo], {"reminders": "soon"})


def test_a_hostile_rule_is_bounded_and_told(desk: Desk) -> None:
    an_event(desk, subject="Flood", starts="2026-03-12 10:00", repeats="FREQ=SECONDLY")
    found = agenda(desk, date(2026, 3, 12), date(2026, 3, 14))
    assert found.notes
    assert len(found.appointments) <= 10_000
    with pytest.raises(UsageError, match="FREQ"):
        an_event(desk, subject="Odd", starts="2026-03-12 10:00", repeats="RRULE:FREQ=NEVER")


def test_a_floating_time_is_the_same_by_every_clock(desk: Desk) -> None:
    an_event(desk, subject="Pills", starts="2026-03-12 08:00", zone="floating")
    found = agenda(desk, *MARCH).appointments[0]
    assert (found.starts.hour, found.starts.tzinfo) == (8, desk.store.clock.zone())
    assert ZoneInfo("Europe/Berlin") is not found.starts.tzinfo
