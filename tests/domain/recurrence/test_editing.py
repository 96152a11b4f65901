"""Edits of one instance, of it and those that follow, of all."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sfa.domain.recurrence.editing import (
    Change,
    cancel_following,
    cancel_this,
    change_all,
    change_following,
    change_this,
    restore_this,
)
from sfa.domain.recurrence.expanding import expand
from sfa.domain.recurrence.plans import Plan
from sfa.domain.recurrence.reading import read_rule
from sfa.domain.recurrence.splitting import split
from sfa.domain.recurrence.values import Length, RecurrenceError, RecurrenceSet
from sfa.domain.recurrence.writing import write_rule
from tests.domain.recurrence.strategies import edited_sets, far, instances
from tests.domain.recurrence.support import a_set, starts

MONDAYS = ("DTSTART;TZID=Europe/Berlin:20261102T090000", "RRULE:FREQ=WEEKLY;COUNT=6", "DURATION:PT1H")


def mondays() -> RecurrenceSet:
    return a_set(*MONDAYS)


def days(found: RecurrenceSet | None) -> list[int]:
    """Return the days of November and December as numbers from 1 November on."""
    return [(moment.date() - datetime(2026, 10, 31).date()).days for moment in starts(found)] if found else []


def test_one_instance_moves_alone() -> None:
    moved = change_this(mondays(), datetime(2026, 11, 16, 9), datetime(2026, 11, 17, 14), Length(0, 7200))
    assert starts(moved)[2] == datetime(2026, 11, 17, 14)
    assert days(moved) == [2, 9, 17, 23, 30, 37]
    again = change_this(moved, datetime(2026, 11, 16, 9), datetime(2026, 11, 20, 8))
    assert days(again) == [2, 9, 20, 23, 30, 37]
    assert [item.length.seconds for item in expand(Plan(again), *far()).occurrences] == [
        3600,
        3600,
        7200,
        3600,
        3600,
        3600,
    ]


def test_a_cancelled_instance_is_listed_only_when_asked_for() -> None:
    cancelled = cancel_this(mondays(), datetime(2026, 11, 9, 9))
    assert days(cancelled) == [2, 16, 23, 30, 37]
    listed = expand(Plan(cancelled), *far(), has_cancelled=True).occurrences
    assert [item.is_cancelled for item in listed] == [False, True, False, False, False, False]


def test_an_excluded_instance_can_be_restored() -> None:
    without = a_set(*MONDAYS, "EXDATE;TZID=Europe/Berlin:20261109T090000")
    assert days(restore_this(without, datetime(2026, 11, 9, 9))) == days(mondays())


def test_this_and_following_at_another_time_shares_the_count_out() -> None:
    head, tail = change_following(mondays(), datetime(2026, 11, 23, 9), Change(timedelta(1, 3600)))
    assert head is not None
    assert (write_rule(head.rules[0]), write_rule(tail.rules[0])) == ("FREQ=WEEKLY;COUNT=3", "FREQ=WEEKLY;COUNT=3")
    assert (days(head), days(tail)) == ([2, 9, 16], [24, 31, 38])
    assert tail.start == datetime(2026, 11, 24, 10)


def test_this_and_following_under_another_rule() -> None:
    change = Change(rules=(read_rule("FREQ=DAILY;COUNT=2"),))
    head, tail = change_following(mondays(), datetime(2026, 11, 23, 9), change)
    assert (days(head), days(tail)) == ([2, 9, 16], [23, 24])


def test_following_ones_are_cancelled() -> None:
    assert days(cancel_following(mondays(), datetime(2026, 11, 16, 9))) == [2, 9]
    assert cancel_following(mondays(), datetime(2026, 11, 2, 9)) is None


def test_a_rule_without_end_ends_before_the_cut_in_utc() -> None:
    endless = a_set("DTSTART;TZID=Europe/Berlin:20261102T090000", "RRULE:FREQ=WEEKLY;BYDAY=MO")
    head, tail = split(endless, datetime(2026, 11, 16, 9))
    assert head is not None
    assert write_rule(head.rules[0]) == "FREQ=WEEKLY;UNTIL=20261116T075959Z;BYDAY=MO"
    assert write_rule(tail.rules[0]) == "FREQ=WEEKLY;BYDAY=MO"


def test_all_move_to_another_weekday_and_the_rule_says_so() -> None:
    fortnight = a_set("DTSTART:20261102T090000", "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU")
    moved = change_all(fortnight, Change(timedelta(1)))
    assert write_rule(moved.rules[0]) == "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU;WKST=TU"
    assert starts(moved, high=datetime(2027, 1, 1)) == [
        moment + timedelta(1) for moment in starts(fortnight, high=datetime(2026, 12, 31))
    ]


def test_what_no_rule_can_say_moves_all_the_same() -> None:
    second_tuesdays = a_set("DTSTART:20261110T090000", "RRULE:FREQ=MONTHLY;BYDAY=2TU;COUNT=14")
    moved = change_all(second_tuesdays, Change(timedelta(1)))
    assert starts(moved) == [moment + timedelta(1) for moment in starts(second_tuesdays)]


def test_exceptions_that_fit_the_new_rule_no_more_go() -> None:
    edited = cancel_this(mondays(), datetime(2026, 11, 16, 9))
    changed = change_all(edited, Change(rules=(read_rule("FREQ=MONTHLY;COUNT=3"),)))
    assert changed.overrides == ()


def test_all_in_another_zone_keep_their_wall_time() -> None:
    moved = change_all(mondays(), Change(zone="Eastern Standard Time"))
    assert (moved.zone, starts(moved)) == ("America/New_York", starts(mondays()))


@pytest.mark.parametrize("moment", [datetime(2026, 11, 10, 9), datetime(2026, 11, 9, 10), datetime(2030, 1, 1)])
def test_what_is_no_instance_cannot_be_edited(moment: datetime) -> None:
    for edit in (cancel_this, cancel_following, change_this, restore_this):
        with pytest.raises(RecurrenceError, match="Nothing of this appointment"):
            edit(mondays(), moment)


def test_whole_days_move_by_whole_days() -> None:
    with pytest.raises(RecurrenceError, match="whole days"):
        change_all(a_set("DTSTART:20261102", "RRULE:FREQ=DAILY"), Change(timedelta(hours=1)))


def places(found: RecurrenceSet | None) -> list[tuple[datetime, Length, bool]]:
    """Return what people see of a set: original times are a matter between us and the rule."""
    return sorted((item.start, item.length, item.is_cancelled) for item in instances(found))


@settings(max_examples=150, deadline=None)
@given(edited_sets(), st.data())
def test_both_sides_of_a_cut_are_the_whole(found: RecurrenceSet, data: st.DataObject) -> None:
    at = data.draw(st.sampled_from(instances(found)[:40])).original
    head, tail = split(found, at)
    assert sorted(places(head) + places(tail)) == places(found)
    assert all(item.original < at for item in instances(head))


@settings(max_examples=150, deadline=None)
@given(edited_sets(), st.data())
def test_what_comes_before_an_edit_stays(found: RecurrenceSet, data: st.DataObject) -> None:
    at = data.draw(st.sampled_from(instances(found)[:40])).original
    shift = timedelta(hours=data.draw(st.integers(-100, 100)))
    head, tail = change_following(found, at, Change(shift))
    before = [item for item in instances(found) if item.original < at]
    after = [item for item in instances(found) if item.original >= at]
    assert places(head) == sorted((item.start, item.length, item.is_cancelled) for item in before)
    kept = [place for place in places(tail) if place[0] < datetime(2030, 1, 1)]
    moved = sorted((item.start + shift, item.length, item.is_cancelled) for item in after)
    assert kept == [place for place in moved if place[0] < datetime(2030, 1, 1)]


@settings(max_examples=200, deadline=None)
@given(edited_sets(), st.integers(-2000, 2000))
def test_moving_all_moves_each_one(found: RecurrenceSet, hours: int) -> None:
    shift = timedelta(hours=hours)
    moved = change_all(found, Change(shift))
    edge = datetime(2030, 1, 1)
    expected = [(start + shift, length, off) for start, length, off in places(found)]
    assert [place for place in places(moved) if place[0] < edge] == [place for place in expected if place[0] < edge]


@settings(max_examples=150, deadline=None)
@given(edited_sets(), st.data())
def test_cancelled_and_restored_is_as_before(found: RecurrenceSet, data: st.DataObject) -> None:
    at = data.draw(st.sampled_from(instances(found)[:40])).original
    cancelled = cancel_this(found, at)
    assert len(expand(Plan(cancelled), *far()).occurrences) == len(expand(Plan(found), *far()).occurrences) - 1
    assert restore_this(cancelled, at) == found
