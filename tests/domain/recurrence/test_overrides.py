"""Instances with a place of their own, one by one and from one on."""

from dataclasses import replace
from datetime import datetime, timedelta

from sfa.domain.recurrence.expanding import expand, next_after
from sfa.domain.recurrence.plans import Plan
from sfa.domain.recurrence.values import Length, Override, RecurrenceSet
from tests.domain.recurrence.support import a_set, starts


def mondays(*overrides: Override) -> RecurrenceSet:
    found = a_set("DTSTART;TZID=Europe/Berlin:20261102T090000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=6")
    return replace(found, overrides=overrides)


def monday(number: int) -> datetime:
    return datetime(2026, 11, 2, 9) + timedelta(7 * number)


def test_what_moved_into_a_window_is_in_it_and_what_moved_out_is_not() -> None:
    found = mondays(Override(monday(1), datetime(2026, 11, 27, 15)))
    assert starts(found, datetime(2026, 11, 9), datetime(2026, 11, 14)) == []
    assert starts(found, datetime(2026, 11, 24), datetime(2026, 11, 29)) == [datetime(2026, 11, 27, 15)]


def test_what_moved_before_the_first_or_after_the_last_is_found() -> None:
    found = mondays(Override(monday(0), datetime(2026, 10, 1, 9)), Override(monday(5), datetime(2027, 3, 1, 9)))
    assert starts(found, datetime(2026, 10, 1), datetime(2026, 10, 2)) == [datetime(2026, 10, 1, 9)]
    assert starts(found, datetime(2027, 3, 1), datetime(2027, 3, 2)) == [datetime(2027, 3, 1, 9)]
    assert len(starts(found)) == 6


def test_this_and_future_moves_and_stretches_all_that_follow() -> None:
    onward = Override(monday(2), monday(2) + timedelta(1, 3600), Length(0, 7200), is_onward=True)
    found = expand(Plan(mondays(onward)), datetime(2026, 1, 1), datetime(2028, 1, 1)).occurrences
    assert [f"{item.start:%a %H:%M} {item.length.seconds}" for item in found] == [
        *["Mon 09:00 3600"] * 2,
        *["Tue 10:00 7200"] * 4,
    ]
    assert [item.original for item in found] == [monday(number) for number in range(6)]


def test_a_later_one_of_its_own_wins_over_this_and_future() -> None:
    onward = Override(monday(2), monday(2) + timedelta(1), is_onward=True)
    own = Override(monday(4), monday(4) + timedelta(hours=5))
    assert [f"{moment:%a %H}" for moment in starts(mondays(onward, own))] == [
        "Mon 09",
        "Mon 09",
        "Tue 09",
        "Tue 09",
        "Mon 14",
        "Tue 09",
    ]


def test_all_that_follow_may_be_cancelled() -> None:
    assert len(starts(mondays(Override(monday(4), is_cancelled=True, is_onward=True)))) == 4


def test_an_excluded_instance_is_gone_even_where_it_was_moved() -> None:
    found = replace(mondays(Override(monday(1), monday(1) + timedelta(1))), excluded=(monday(1),))
    assert starts(found) == [monday(number) for number in (0, 2, 3, 4, 5)]


def test_the_next_one_may_be_a_moved_one() -> None:
    plan = Plan(mondays(Override(monday(3), monday(1) + timedelta(2))))
    found, _ = next_after(plan, monday(1))
    assert found is not None
    assert (found.start, found.original) == (monday(1) + timedelta(2), monday(3))
    assert next_after(plan, monday(5))[0] is None


def test_all_day_instances_keep_their_days() -> None:
    days = a_set("DTSTART;VALUE=DATE:20261230", "DURATION:P2D", "RRULE:FREQ=DAILY;INTERVAL=3;UNTIL=20270105")
    found = expand(Plan(days), datetime(2027, 1, 1), datetime(2027, 1, 7), is_overlapping=True).occurrences
    assert [(item.start.day, item.end.day) for item in found] == [(2, 4), (5, 7)]
