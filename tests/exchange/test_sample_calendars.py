"""Calendar and address files of other projects: none stops the import, and hard ones mean what a reader sees in them."""

from pathlib import Path

import pytest

from sfa.services.desk import Desk
from tests.support.calendars import live_in, occurrences, spans, starts, take, take_cards

BERLIN = "Europe/Berlin"


@pytest.fixture
def samples(shared_data: Path) -> Path:
    return shared_data / "ics"


def taken(desk: Desk, path: Path, zone: str = BERLIN) -> Desk:
    live_in(desk, zone)
    take(desk, path.read_bytes())
    return desk


def test_every_calendar_comes_in_or_says_why_not_and_again_changes_nothing(desk: Desk, samples: Path) -> None:
    for path in sorted(samples.rglob("*.ics")):
        first = take(desk, path.read_bytes())
        assert all(item.reason and item.line > 0 for item in first.rejected), path.name
        again = take(desk, path.read_bytes())
        assert again.operation_id is None, path.name
        assert again.rejected == first.rejected, path.name


def test_every_card_comes_in_or_says_why_not_and_again_changes_nothing(desk: Desk, shared_data: Path) -> None:
    for path in sorted((shared_data / "vcf").rglob("*.vcf")):
        first = take_cards(desk, path.read_bytes(), ("account",))
        assert first.taken or first.rejected, path.name
        assert all(item.reason and item.line > 0 for item in first.rejected), path.name
        assert take_cards(desk, path.read_bytes(), ("account",)).operation_id is None, path.name


def test_weekly_until_a_moment_in_utc_without_a_day_excluded_in_utc(desk: Desk, samples: Path) -> None:
    found = spans(taken(desk, samples / "khal/event_dtr_exdatez.ics"), "2014-06-01", "2014-12-31")
    assert found == [
        (f"2014-{day}T07:30:00+02:00", f"2014-{day}T12:01:00+02:00") for day in ("06-30", "07-07", "07-14")
    ]


def test_one_instance_moved_and_one_cancelled(desk: Desk, samples: Path) -> None:
    book = taken(desk, samples / "khal/event_rrule_recuid_cancelled.ics")
    assert starts(book, "2014-06-01", "2014-12-31") == [
        "2014-06-30T07:00:00+02:00",
        "2014-07-07T09:00:00+02:00",
        "2014-07-21T07:00:00+02:00",
        "2014-07-28T07:00:00+02:00",
        "2014-08-04T07:00:00+02:00",
    ]
    everything = occurrences(book, "2014-06-01", "2014-12-31", has_cancelled=True)
    assert [item["start"] for item in everything if item["status"] == "cancelled"] == ["2014-07-14T07:00:00+02:00"]


def test_an_instance_that_stands_before_its_series(desk: Desk, samples: Path) -> None:
    book = taken(desk, samples / "khal/mult_uids_and_recuid_no_order.ics")
    assert starts(book, "2013-01-01", "2014-02-28") == [
        "2013-03-01",
        "2013-05-01",
        "2013-07-01",
        "2013-09-01",
        "2013-11-01",
        "2014-01-01",
    ]
    assert starts(book, "2014-06-29", "2014-07-14")[:2] == ["2014-06-30T07:00:00+02:00", "2014-07-07T09:00:00+02:00"]


def test_dates_before_the_first_by_the_rule(desk: Desk, samples: Path) -> None:
    book = taken(desk, samples / "khal/event_rdate_no_value.ics")
    assert starts(book, "2015-08-01", "2015-12-31") == ["2015-08-31T11:30:00+02:00", "2015-09-14T11:30:00+02:00"]
    assert spans(book, "2016-01-01", "2016-04-08") == [
        ("2016-01-25T11:30:00+01:00", "2016-01-25T12:30:00+01:00"),
        ("2016-02-08T11:30:00+01:00", "2016-02-08T12:30:00+01:00"),
        ("2016-02-22T11:30:00+01:00", "2016-02-22T12:30:00+01:00"),
        ("2016-03-07T11:30:00+01:00", "2016-03-07T12:30:00+01:00"),
        ("2016-03-21T11:30:00+01:00", "2016-03-21T12:30:00+01:00"),
        ("2016-04-04T11:30:00+02:00", "2016-04-04T12:30:00+02:00"),
    ]


def test_four_whole_days_of_which_the_first_is_said_twice(desk: Desk, samples: Path) -> None:
    found = spans(taken(desk, samples / "khal/event_d_rdate.ics"), "2015-08-01", "2015-08-31")
    assert found == [(f"2015-08-{day}", f"2015-08-{day + 1}") for day in (12, 13, 14, 15)]


def test_an_unknown_zone_is_the_readers_own(desk: Desk, samples: Path) -> None:
    found = starts(taken(desk, samples / "khal/event_dtr_no_tz_exdatez.ics"), "2012-01-01", "2012-12-31")
    assert found == [f"2012-{month}-03T10:00:00+02:00" for month in ("04", "05", "07", "08", "09")]


def test_a_zone_that_is_named_by_its_two_offsets(desk: Desk, samples: Path) -> None:
    found = starts(taken(desk, samples / "khal/event_dtr_notz_untilz.ics"), "2012-07-01", "2012-12-31")
    days = ("07-26", "08-09", "08-23", "09-06", "09-20", "10-04", "10-18")
    assert found == [f"2012-{day}T13:00:00-04:00" for day in days]


def test_exclusions_of_which_one_hits(desk: Desk, samples: Path) -> None:
    found = spans(taken(desk, samples / "khal/event_invalid_exdate.ics"), "2011-09-01", "2012-02-01")
    assert found == [
        (f"2011-{day}T15:50:00-05:00", f"2011-{day}T17:00:00-05:00") for day in ("11-12", "11-19", "12-03")
    ]


def test_until_a_day_in_a_series_with_times_across_a_clock_change(desk: Desk, samples: Path) -> None:
    found = starts(taken(desk, samples / "khal/event_dt_rrule_invalid_until2.ics"), "2014-10-20", "2014-12-31")
    assert found == [
        "2014-10-22T09:30:00+02:00",
        *(f"2014-{day}T09:30:00+01:00" for day in ("10-29", "11-05", "11-12", "11-19", "11-26", "12-03")),
    ]


def test_two_rules_together(desk: Desk, samples: Path) -> None:
    book = taken(desk, samples / "ical.js/multiple_rrules.ics")
    assert starts(book, "2012-03-20", "2012-04-08") == [
        f"2012-{day}T11:00:00-07:00" for day in ("03-26", "04-01", "04-02", "04-08")
    ]
    assert starts(book, "2012-07-22", "2012-08-31") == [
        f"2012-{day}T11:00:00-07:00" for day in ("07-22", "07-23", "07-29")
    ]


def test_moved_instances_dates_of_their_own_and_a_period(desk: Desk, samples: Path) -> None:
    book = taken(desk, samples / "ical.js/recur_instances.ics")
    assert starts(book, "2012-09-01", "2013-06-30") == [
        "2012-10-02T15:00:00-07:00",
        "2012-11-06T10:00:00-08:00",
        "2012-11-06T20:00:00-08:00",
        "2012-11-10T10:00:00-08:00",
        "2012-11-30T10:00:00-08:00",
        "2013-01-01T10:00:00-08:00",
        "2013-03-05T10:00:00-08:00",
        "2013-05-07T10:00:00-07:00",
        "2013-06-04T10:00:00-07:00",
    ]
    assert spans(book, "2023-11-20", "2023-11-26") == [
        ("2023-11-23T01:00:00-08:00", "2023-11-23T01:30:00-08:00"),
        ("2023-11-25T01:00:00-08:00", "2023-11-25T04:30:00-08:00"),
    ]


def test_birthdays_whose_series_is_elsewhere(desk: Desk, samples: Path) -> None:
    book = taken(desk, samples / "ical.js/google_birthday.ics")
    found = starts(book, "2012-01-01", "2014-12-31")
    assert found == ["2012-12-10", "2012-12-10", "2013-12-10", "2013-12-10", "2014-12-10", "2014-12-10"]


@pytest.mark.parametrize(
    ("name", "day", "expected"),
    [
        ("khal/tz_windows_format.ics", "2019-11-20", ("2019-11-20T13:00:00+13:00", "2019-11-20T14:30:00+13:00")),
        ("khal/event_dt_two_tz.ics", "2014-04-09", ("2014-04-09T09:30:00+02:00", "2014-04-09T16:30:00+02:00")),
        ("khal/part0.ics", "2014-05-09", ("2014-05-09T19:30:00+01:00", "2014-05-09T20:30:00+01:00")),
        ("khal/non_dst_error.ics", "2023-02-03", ("2023-02-03T15:15:00+01:00", "2023-02-03T18:06:00+01:00")),
        ("khal/event_dt_simple_zulu.ics", "2014-04-09", ("2014-04-09T09:30:00+00:00", "2014-04-09T10:30:00+00:00")),
        ("khal/event_dt_no_end.ics", "2016-01-16", ("2016-01-16T07:00:00+00:00", "2016-01-16T07:00:00+00:00")),
        ("khal/event_d_same_start_end.ics", "2014-04-09", ("2014-04-09", "2014-04-10")),
        ("ical.js/timezone_from_file.ics", "2023-03-06", ("2023-03-06T13:42:00-07:41", "2023-03-06T14:42:00-07:41")),
        ("ical.js/utc_negative_zero.ics", "2012-08-21", ("2012-08-21T21:00:00+00:00", "2012-08-21T21:30:00+00:00")),
        (
            "ical.js/duration_instead_of_dtend.ics",
            "2012-06-30",
            ("2012-06-30T06:00:00-07:00", "2012-07-01T06:00:00-07:00"),
        ),
    ],
)
def test_one_appointment_in_its_own_zone(
    desk: Desk, samples: Path, name: str, day: str, expected: tuple[str, str]
) -> None:
    assert spans(taken(desk, samples / name), day, day) == [expected]


def test_four_times_without_the_day_that_is_excluded_whole(desk: Desk, samples: Path) -> None:
    found = starts(taken(desk, samples / "ical.js/rdate_exdate.ics"), "2024-06-01", "2024-06-30")
    assert found == [f"2024-06-{day}T03:00:00+00:00" for day in ("09", "10", "12")]
