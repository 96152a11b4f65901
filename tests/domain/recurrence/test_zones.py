"""Wall time is kept when clocks change; zones go by many names."""

from datetime import UTC, datetime

import pytest

from sfa.domain.recurrence.values import RecurrenceError
from sfa.domain.recurrence.zones import zone_named
from tests.domain.recurrence.support import a_set, aware


def day_by_day(zone: str, start: str, *more: str, count: int = 3) -> list[str]:
    lines = (f"DTSTART;TZID={zone}:{start}", f"RRULE:FREQ=DAILY;COUNT={count}", *more)
    return [begin for begin, _ in aware(a_set(*lines))]


def test_nine_in_berlin_is_nine_before_and_after_the_change() -> None:
    assert day_by_day("Europe/Berlin", "20261024T090000") == [
        "2026-10-24T09:00:00+02:00",
        "2026-10-25T09:00:00+01:00",
        "2026-10-26T09:00:00+01:00",
    ]


def test_a_time_that_is_skipped_takes_the_offset_before_the_change() -> None:
    assert day_by_day("Europe/Berlin", "20270327T023000")[1:] == [
        "2027-03-28T03:30:00+02:00",
        "2027-03-29T02:30:00+02:00",
    ]
    assert day_by_day("America/New_York", "20260307T023000")[1] == "2026-03-08T03:30:00-04:00"


def test_of_a_time_that_comes_twice_the_first_is_meant() -> None:
    assert day_by_day("Europe/Berlin", "20261024T023000")[1] == "2026-10-25T02:30:00+02:00"
    assert day_by_day("America/New_York", "20261031T013000")[1] == "2026-11-01T01:30:00-04:00"


def test_an_extra_date_in_utc_may_mean_the_second() -> None:
    found = a_set("DTSTART;TZID=Europe/Berlin:20261020T090000", "RDATE:20261025T003000Z,20261026T080000Z")
    assert aware(found)[1][0] == "2026-10-25T02:30:00+02:00"
    later = a_set("DTSTART;TZID=Europe/Berlin:20261020T090000", "RDATE:20261025T013000Z")
    assert aware(later)[1][0] == "2026-10-25T02:30:00+01:00"


def test_lord_howe_changes_by_half_an_hour() -> None:
    assert day_by_day("Australia/Lord_Howe", "20261003T021500") == [
        "2026-10-03T02:15:00+10:30",
        "2026-10-04T02:45:00+11:00",
        "2026-10-05T02:15:00+11:00",
    ]
    assert day_by_day("Australia/Lord_Howe", "20260404T014500")[1] == "2026-04-05T01:45:00+11:00"


def test_casablanca_goes_back_for_ramadan() -> None:
    weekly = a_set("DTSTART;TZID=Africa/Casablanca:20260212T090000", "RRULE:FREQ=WEEKLY;COUNT=6")
    offsets = [begin[-6:] for begin, _ in aware(weekly)]
    assert {begin[11:19] for begin, _ in aware(weekly)} == {"09:00:00"}
    assert offsets == ["+01:00", "+00:00", "+00:00", "+00:00", "+00:00", "+00:00"]


def test_hours_are_exact_and_days_are_nominal_over_a_change() -> None:
    lines = ("DTSTART;TZID=Europe/Berlin:20261024T200000", "RRULE:FREQ=DAILY;COUNT=1")
    assert aware(a_set(*lines, "DURATION:PT12H"))[0][1] == "2026-10-25T07:00:00+01:00"
    assert aware(a_set(*lines, "DURATION:P1D"))[0][1] == "2026-10-25T20:00:00+01:00"
    assert aware(a_set(*lines, "DTEND;TZID=Europe/Berlin:20261025T080000"))[0][1] == "2026-10-25T08:00:00+01:00"


def test_an_end_in_utc_is_compared_by_the_clock_of_the_zone() -> None:
    rule = "RRULE:FREQ=DAILY;UNTIL=20261026T080000Z"
    assert len(aware(a_set("DTSTART;TZID=Europe/Berlin:20261024T090000", rule))) == 3
    rule = "RRULE:FREQ=DAILY;UNTIL=20261026T075959Z"
    assert len(aware(a_set("DTSTART;TZID=Europe/Berlin:20261024T090000", rule))) == 2


def test_a_day_as_the_end_is_the_whole_day() -> None:
    assert len(aware(a_set("DTSTART;TZID=Europe/Berlin:20261024T230000", "RRULE:FREQ=DAILY;UNTIL=20261026"))) == 3


def test_dates_in_other_zones_are_put_into_the_set_s() -> None:
    found = a_set(
        "DTSTART;TZID=Europe/Berlin:20261102T150000",
        "RRULE:FREQ=WEEKLY;COUNT=4",
        "EXDATE:20261109T140000Z",
        "EXDATE;TZID=America/New_York:20261116T090000",
        "RDATE;TZID=America/New_York:20261118T090000",
    )
    days = [begin[:16] for begin, _ in aware(found)]
    assert days == ["2026-11-02T15:00", "2026-11-18T15:00", "2026-11-23T15:00"]


def test_periods_bring_a_length_of_their_own() -> None:
    found = a_set(
        "DTSTART:20261102T150000Z",
        "DURATION:PT1H",
        "RDATE;VALUE=PERIOD:20261103T100000Z/PT30M,20261104T100000Z/20261104T123000Z",
    )
    ends = [end[5:16] for _, end in aware(found)]
    assert ends == ["11-02T16:00", "11-03T10:30", "11-04T12:30"]


def test_a_day_excluded_takes_out_all_of_it() -> None:
    found = a_set("DTSTART:20261102T150000Z", "RRULE:FREQ=DAILY;COUNT=3;BYHOUR=9,15", "EXDATE;VALUE=DATE:20261103")
    assert [begin[:16] for begin, _ in aware(found)] == ["2026-11-02T15:00"]


@pytest.mark.parametrize(
    ("name", "zone"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ("W. Europe Standard Time", "Europe/Berlin"),
        ("w. europe standard time", "Europe/Berlin"),
        ("China Standard Time", "Asia/Shanghai"),
        ("/example.org/20050126_1/America/New_York", "America/New_York"),
        ('"America/Argentina/Buenos_Aires"', "America/Argentina/Buenos_Aires"),
        ("America/New York", "America/New_York"),
        ("UTC", "UTC"),
        ("Etc/UTC", "UTC"),
        ("CET", "CET"),
    ],
)
def test_a_zone_goes_by_many_names(name: str, zone: str) -> None:
    assert zone_named(name) == zone


@pytest.mark.parametrize(
    "name", ["", "Europe/Berln", "../../etc/passwd", "/etc/passwd", "Europe", "a" * 5000, "x\0/y", "Europe/"]
)
def test_an_unknown_zone_is_refused_in_a_sentence(name: str) -> None:
    with pytest.raises(RecurrenceError, match="There is no time zone"):
        zone_named(name)


def test_a_moment_with_an_offset_is_put_into_the_zone() -> None:
    from sfa.domain.recurrence.lines import read_lines, read_set  # noqa: PLC0415 - only here

    found = read_set(read_lines("FREQ=DAILY"), start=datetime(2026, 11, 2, 8, tzinfo=UTC), zone="Europe/Berlin")
    assert (found.start, found.zone) == (datetime(2026, 11, 2, 9), "Europe/Berlin")
