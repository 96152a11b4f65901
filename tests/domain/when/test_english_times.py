"""Times, ranges, periods and recurrences in English, as written on Saturday, 21 November 2026, at ten."""

from datetime import timedelta, timezone

import pytest

from tests.support.dates import SATURDAY, read, told


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("tue 10am", "2026-11-24 10:00"),
        ("tomorrow at 14:30", "2026-11-22 14:30"),
        ("8pm tonight", "2026-11-21 20:00"),
        ("half past nine tomorrow", "2026-11-22 09:30"),
        ("quarter to 3", "2026-11-21 14:45"),
        ("twenty past 4pm", "2026-11-21 16:20"),
        ("ten to four", "2026-11-21 15:50"),
        ("noon on monday", "2026-11-23 12:00"),
        ("midnight", "2026-11-22 00:00"),
        ("monday at 3", "2026-11-23 15:00"),
        ("mon 9", "2026-11-23 09:00"),
        ("call on friday @ 10 Bob", "2026-11-27 10:00"),
        ("4 march 16h15", "2027-03-04 16:15"),
        ("fri 19h", "2026-11-27 19:00"),
        ("at 0730 on thursday", "2026-11-26 07:30"),
        ("in 45min", "2026-11-21 10:45"),
        ("in about an hour and a half", "2026-11-21 11:30"),
        ("-2hr5min", "2026-11-21 07:55"),
        ("seven in the evening", "2026-11-21 19:00"),
        ("2027-03-09T08:15", "2027-03-09 08:15"),
        ("9 o'clock", "2026-11-21 21:00"),
        ("close of business friday", "2026-11-27 23:59"),
        ("an hour before noon tomorrow", "2026-11-22 11:00"),
        ("2 hours before midnight", "2026-11-21 22:00"),
        ("5 to 3pm", "2026-11-21 14:55"),
        ("tonight at 3:20am", "2026-11-22 03:20"),
        ("this time tomorrow", "2026-11-22 10:00"),
        ("same time next week", "2026-11-28 10:00"),
        ("friday 12.30", "2026-11-27 12:30"),
        ("friday 17.30 Uhr", "2026-11-27 17:30"),
        ("lunch tmrw at Acme 12.30", "2026-11-22 12:30"),
        ("540pm", "2026-11-21 17:40"),
        ("friday 1120 a.m.", "2026-11-27 11:20"),
        ("tomorrow 4 in the pm", "2026-11-22 16:00"),
        ("18 to noon tomorrow", "2026-11-22 11:42"),
        ("three quarters past 6pm", "2026-11-21 18:45"),
        ("eleven fifteen", "2026-11-21 11:15"),
        ("two thirty tomorrow", "2026-11-22 14:30"),
        ("seven tonight", "2026-11-21 19:00"),
        ("8 tomorrow morning", "2026-11-22 08:00"),
        ("ring Ann 10 friday morning", "2026-11-27 10:00"),
        ("in one half hour", "2026-11-21 10:30"),
        ("today in two hours", "2026-11-21 12:00"),
    ],
)
def test_times(text: str, moment: str) -> None:
    assert told(text) == moment


def test_a_time_that_has_just_gone_by_is_still_todays() -> None:
    assert told("demo at 9:50") == "2026-11-21 09:50"
    assert told("demo at 9:30am") == "2026-11-22 09:30"


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("tue 10-11:30", "2026-11-24 10:00 > 2026-11-24 11:30"),
        ("tomorrow 2-4pm", "2026-11-22 14:00 > 2026-11-22 16:00"),
        ("fri between 1pm and 4pm", "2026-11-27 13:00 > 2026-11-27 16:00"),
        ("3 to 5 on friday", "2026-11-27 15:00 > 2026-11-27 17:00"),
        ("from now until 6", "2026-11-21 10:00 > 2026-11-21 18:00"),
        ("monday at 9 for 2 hours", "2026-11-23 09:00 > 2026-11-23 11:00"),
        ("11pm - 1am", "2026-11-21 23:00 > 2026-11-22 01:00"),
        ("tomorrow morning", "2026-11-22 06:00 > 2026-11-22 12:00"),
        ("tuesday PM", "2026-11-24 15:00 > 2026-11-24 18:00"),
        ("later this afternoon", "2026-11-21 16:00 > 2026-11-21 18:00"),
        ("from 5 dec 2pm to 6 dec 3pm", "2026-12-05 14:00 > 2026-12-06 15:00"),
        ("first thing tomorrow", "2026-11-22 06:00 > 2026-11-22 09:00"),
        ("24 feb at 3pm - 2pm 3 march", "2027-02-24 15:00 > 2027-03-03 14:00"),
    ],
)
def test_ranges_of_times(text: str, span: str) -> None:
    assert told(text) == span


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("3-5 march", "2027-03-03 > 2027-03-06"),
        ("july 13-15", "2027-07-13 > 2027-07-16"),
        ("10 august - 12 september", "2027-08-10 > 2027-09-13"),
        ("1/10-7/10", "2027-10-01 > 2027-10-08"),
        ("fri - sun", "2026-11-27 > 2026-11-30"),
        ("next week between wednesday and friday", "2026-11-25 > 2026-11-28"),
        ("december to february", "2026-12-01 > 2027-03-01"),
        ("28 dec until 3 jan", "2026-12-28 > 2027-01-04"),
        ("next week", "2026-11-23 > 2026-11-30"),
        ("this month", "2026-11-01 > 2026-12-01"),
        ("the week after next", "2026-11-30 > 2026-12-07"),
        ("week of march 3", "2027-03-01 > 2027-03-08"),
        ("w/c 7 dec", "2026-12-07 > 2026-12-14"),
        ("week 10", "2027-03-08 > 2027-03-15"),
        ("Q1", "2027-01-01 > 2027-04-01"),
        ("H2 2027", "2027-07-01 > 2028-01-01"),
        ("next 3 days", "2026-11-22 > 2026-11-25"),
        ("next weekend", "2026-11-28 > 2026-11-30"),
        ("this week-end", "2026-11-21 > 2026-11-23"),
        ("later this month", "2026-11-21 > 2026-12-01"),
        ("early next month", "2026-12-01 > 2026-12-11"),
        ("january after next", "2028-01-01 > 2028-02-01"),
        ("27q3", "2027-07-01 > 2027-10-01"),
        ("second weekend of may", "2027-05-08 > 2027-05-10"),
        ("last weekend of january", "2027-01-30 > 2027-02-01"),
        ("summer 2027", "2027-06-21 > 2027-09-21"),
        ("this decade", "2020-01-01 > 2030-01-01"),
        ("in 2028", "2028-01-01 > 2029-01-01"),
        ("from 18 dec for 10 days", "2026-12-18 > 2026-12-28"),
    ],
)
def test_ranges_of_days_end_before_the_day_that_is_told(text: str, span: str) -> None:
    assert told(text) == span


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("every friday", "2026-11-27 | FREQ=WEEKLY;BYDAY=FR"),
        ("every other friday", "2026-11-27 | FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"),
        ("every weekday at 9", "2026-11-23 09:00 | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        ("every tuesday and thursday", "2026-11-24 | FREQ=WEEKLY;BYDAY=TU,TH"),
        ("monthly on the 15th", "2026-12-15 | FREQ=MONTHLY;BYMONTHDAY=15"),
        ("first monday of every month", "2026-12-07 | FREQ=MONTHLY;BYDAY=1MO"),
        ("every 3 months", "2026-11-21 | FREQ=MONTHLY;INTERVAL=3"),
        ("daily at 8", "2026-11-22 08:00 | FREQ=DAILY"),
    ],
)
def test_recurrences(text: str, rule: str) -> None:
    assert told(text) == rule


def test_what_recurs_may_last_some_hours() -> None:
    assert told("every monday 10-11:30") == "2026-11-23 10:00 > 2026-11-23 11:30 | FREQ=WEEKLY;BYDAY=MO"
    assert told("every tuesday and thursday 19:00 - 21:00") == (
        "2026-11-24 19:00 > 2026-11-24 21:00 | FREQ=WEEKLY;BYDAY=TU,TH"
    )
    assert told("sundays 9pm-1am") == "2026-11-22 21:00 > 2026-11-23 01:00 | FREQ=WEEKLY;BYDAY=SU"


def test_an_end_before_the_beginning_is_no_end() -> None:
    assert told("tonight 10pm - yesterday 10pm") == "2026-11-21 22:00"


def test_a_time_with_its_zone_is_told_in_the_zone_of_the_reader() -> None:
    berlin = timezone(timedelta(hours=1))
    for text in (
        "mon 4pm GMT",
        "2026-11-23T16:00:00Z",
        "2026-11-23T11:00-05:00",
        "mon 8h PST",
        "mon 18:00 +0200",
        "mon 11:00 -05:00",
    ):
        found = read(text, zone=berlin)
        assert found is not None
        assert found.start.isoformat() == "2026-11-23T17:00:00", text
        as_written = read(text)
        assert as_written is not None
        assert as_written.start != found.start


def test_the_day_and_its_time_may_stand_apart() -> None:
    found = read("friday meet Ann at the office at 10:30")
    assert found is not None
    assert found.start.isoformat() == "2026-11-27T10:30:00"
    assert len(found.spans) == 2


def test_what_was_done_lies_in_the_past() -> None:
    assert told("on friday", prefers="past") == "2026-11-20"
    assert told("3 march", prefers="past") == "2026-03-03"
    assert told("at 9:30am", prefers="past") == "2026-11-21 09:30"
    assert told("this monday", prefers="past") == "2026-11-16"
    assert told("in december", SATURDAY, prefers="past") == "2025-12-01 > 2026-01-01"
