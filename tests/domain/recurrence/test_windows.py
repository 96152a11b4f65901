"""Many sets in one window, in whatever zones they are."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from sfa.domain.recurrence.expanding import expand
from sfa.domain.recurrence.plans import Plan
from sfa.domain.recurrence.values import RecurrenceSet
from sfa.domain.recurrence.windows import MOST_HITS, occurrences_in
from tests.domain.recurrence.strategies import edited_sets
from tests.domain.recurrence.support import a_set

BERLIN = ZoneInfo("Europe/Berlin")


def on_day(day: datetime, *sets: tuple[str, ...]) -> list[str]:
    plans = [Plan(a_set(*lines)) for lines in sets]
    hits, _ = occurrences_in(plans, day, day + timedelta(1), BERLIN)
    return [f"{place} {item.start:%d %H:%M}" for place, item in hits]


def test_what_began_the_day_before_is_still_on() -> None:
    night = ("DTSTART;TZID=Europe/Berlin:20261109T220000", "DURATION:PT4H", "RRULE:FREQ=WEEKLY;COUNT=3")
    assert on_day(datetime(2026, 11, 17), night) == ["0 16 22:00"]
    assert on_day(datetime(2026, 11, 24), night) == ["0 23 22:00"]
    assert on_day(datetime(2026, 12, 1), night) == []


def test_a_window_with_too_many_occurrences_says_that_it_is_not_all() -> None:
    daily = Plan(a_set("DTSTART:19300101T090000", "RRULE:FREQ=DAILY"))
    hits, missing = occurrences_in([daily] * 60, datetime(1930, 1, 1), datetime(2020, 1, 1), BERLIN)
    assert MOST_HITS < len(hits) < MOST_HITS + 40_000
    assert missing == ["So many occurrences are not listed at once; ask for fewer days."]


def test_a_conference_of_days_is_on_each_of_them() -> None:
    fair = ("DTSTART;VALUE=DATE:20261110", "DURATION:P3D", "RRULE:FREQ=YEARLY")
    assert [bool(on_day(datetime(2027, 11, day), fair)) for day in range(9, 15)] == [
        False,
        True,
        True,
        True,
        False,
        False,
    ]


def test_an_evening_in_new_york_is_a_morning_in_berlin() -> None:
    call = ("DTSTART;TZID=America/New_York:20261109T200000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;BYDAY=MO")
    assert on_day(datetime(2026, 11, 16), call) == []
    assert on_day(datetime(2026, 11, 17), call) == ["0 16 20:00"]


def test_the_last_day_ends_at_the_hour_of_its_until() -> None:
    until = ("DTSTART;TZID=Europe/Berlin:20261109T090000", "RRULE:FREQ=DAILY;UNTIL=20261111T075959Z")
    assert on_day(datetime(2026, 11, 10), until) == ["0 10 09:00"]
    assert on_day(datetime(2026, 11, 11), until) == []


def test_a_hostile_set_says_that_it_was_stopped() -> None:
    plans = [Plan(a_set("DTSTART:20200101T000000", "RRULE:FREQ=SECONDLY"))]
    hits, stopped = occurrences_in(plans, datetime(2026, 11, 23), datetime(2026, 11, 30), BERLIN)
    assert (len(hits), len(stopped)) == (10_000, 1)


@settings(max_examples=250, deadline=None)
@given(edited_sets(), st.integers(-40, 900), st.integers(1, 500), st.integers(0, 95))
def test_many_sets_are_asked_as_each_one_is(found: RecurrenceSet, day: int, hours: int, quarter: int) -> None:
    plan = Plan(found)
    low = plan.base.start.replace(hour=0, minute=0) + timedelta(day, 900 * quarter)
    high = low + timedelta(hours=hours)
    zone = ZoneInfo(plan.base.zone or "UTC")
    expected = [(0, item) for item in expand(plan, low, high, is_overlapping=True).occurrences]
    assert sorted(occurrences_in([plan], low, high, zone)[0]) == expected
