"""What was decided where people mean different things; `docs/dates.md` tells it to reps."""

from datetime import timedelta

import pytest

from sfa.domain.when import WhenError
from sfa.domain.when.days import add_work_days
from sfa.domain.when.leaving import rest_of
from sfa.domain.when.orders import local_order
from tests.support.dates import SATURDAY, read, told

MONDAY = SATURDAY + timedelta(days=2)
NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@pytest.mark.parametrize("day", range(7))
@pytest.mark.parametrize("weekday", range(7))
def test_next_this_and_last_weekday(day: int, weekday: int) -> None:
    """`next` and `last` are of the week so named; `this` has not gone by; bare is the coming one, never today."""
    now = MONDAY + timedelta(days=day)
    name = NAMES[weekday]
    of_this_week = (MONDAY + timedelta(days=weekday)).date()
    week = timedelta(days=7)
    expected = {
        f"next {name}": of_this_week + week,
        f"last {name}": of_this_week - week,
        f"this {name}": of_this_week if weekday >= day else of_this_week + week,
        name: of_this_week if weekday > day else of_this_week + week,
        f"{name} this week": of_this_week,
    }
    for text, wanted in expected.items():
        assert told(text, now) == wanted.isoformat(), text


@pytest.mark.parametrize(("text", "day"), [("下周一", "2026-11-23"), ("本周日", "2026-11-22"), ("周一", "2026-11-23")])
def test_weekdays_of_chinese_weeks_are_of_the_week_so_named(text: str, day: str) -> None:
    assert told(text) == day


def test_a_weekday_of_this_week_that_has_gone_by_tells_what_was_done_or_where_a_range_begins() -> None:
    assert told("本周一", prefers="past") == "2026-11-16"
    assert told("本周一到本周日") == "2026-11-16 > 2026-11-23"


@pytest.mark.parametrize(("order", "day"), [("mdy", "2026-11-29"), ("dmy", "2026-12-06")])
def test_a_week_begins_on_sunday_where_the_month_is_written_first(order: str, day: str) -> None:
    assert told("next sunday", MONDAY, order=order) == day


def test_a_day_and_a_month_with_dots_are_a_date_in_every_order_where_they_can_be_no_number() -> None:
    assert told("send the quote 28.3.", order="mdy") == "2027-03-28"
    assert told("send release notes 3.2.", order="mdy") is None
    with pytest.raises(WhenError):
        read("send the quote 30.2.", order="mdy")


def test_the_coming_weekend_is_the_nearest_that_has_not_begun() -> None:
    assert told("the coming weekend", MONDAY) == "2026-11-28 > 2026-11-30"
    assert told("the coming weekend") == "2026-11-28 > 2026-11-30"
    assert told("next weekend", MONDAY) == "2026-12-05 > 2026-12-07"


def test_the_day_of_a_month_alone_is_the_next_one_and_with_a_weekday_that_it_fits_the_near_one() -> None:
    assert told("the 20th") == "2026-12-20"
    assert told("monday the 30th") == "2026-11-30"
    assert told("friday the 20th", prefers="past") == "2026-11-20"


def test_bare_hours_from_one_to_six_are_afternoon_and_from_seven_morning_on_a_named_day() -> None:
    assert told("monday at 6") == "2026-11-23 18:00"
    assert told("monday at 7") == "2026-11-23 07:00"
    assert told("monday 06:00") == "2026-11-23 06:00"


def test_days_without_a_year_are_the_next_such_days() -> None:
    assert told("21 november") == "2026-11-21"
    assert told("20 november") == "2027-11-20"
    assert told("29 feb") == "2028-02-29"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("31 feb", "There is no 31 February."),
        ("visit on 2027-02-30", "There is no 30 February 2027."),
        ("29 february 2027", "There is no 29 February 2027."),
        ("2月30日", "There is no 2月30日."),
        ("13月1日", "13月 is no month."),
        ("tomorrow at 25:00", "25:00 is no time of day."),
        ("下午25点", "25点 is no time of day."),
        ("fifth friday of february 2027", "There is no fifth friday of february 2027."),
        ("friday 3 december 2026", "3 December 2026 is a Thursday, not a Friday."),
        ("on Friday, 3 December", "3 December 2026 is a Thursday, not a Friday."),
        ("12月3日星期五", "3 December 2026 is a Thursday, not a Friday."),
        ("in 9999 years", "That day lies beyond the calendar."),
        ("send the quote 30.2.", "There is no day 30.2."),
    ],
)
def test_impossible_dates_are_told_in_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(WhenError) as refused:
        read(text)
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("本周一", "“本周一” has gone by: write the day that is meant."),
        ("这礼拜三下午两点", "“这礼拜三下午两点” has gone by: write the day that is meant."),
        ("月初", "“月初” has gone by: write the day that is meant."),
        ("bom", "“bom” has gone by: write the day that is meant."),
        ("third tuesday", "“third tuesday” has gone by: write the day that is meant."),
        ("农历2015年十月初一", "“农历2015年十月初一” has gone by: write the day that is meant."),
        ("早上8点", "“早上8点” has gone by: write 今天 or 明天 before it."),
        ("friday 20", "“friday 20” was on 20 Nov 2026: write the month and the year that are meant."),
        (
            "demo 14 october 8:00",
            "“14 october 8:00” was on 14 Oct 2026: write the month and the year that are meant.",
        ),
        ("tonight at 3", "“tonight at 3” may be by day or by night: write am or pm."),
        ("this morning at 12", "“this morning at 12” may be by day or by night: write am or pm."),
    ],
)
def test_what_may_as_well_have_gone_by_is_asked_for_and_never_planned_in_silence(text: str, sentence: str) -> None:
    with pytest.raises(WhenError) as refused:
        read(text)
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("14 october", "2027-10-14"),
        ("demo 14 april 8:00", "2027-04-14 08:00"),
        ("third tuesday of december", "2026-12-15"),
        ("fourth saturday", "2026-11-28"),
        ("晚上两点", "2026-11-22 02:00"),
        ("凌晨两点", "2026-11-22 02:00"),
        ("下午两点", "2026-11-21 14:00"),
        ("tonight at 12", "2026-11-22 00:00"),
        ("decide after this year", None),
        ("after this month", "2026-12-01"),
        ("version 3.2.", None),
    ],
)
def test_what_is_clear_beside_them_is_read(text: str, day: str | None) -> None:
    assert told(text) == day


@pytest.mark.parametrize(
    ("line", "rest"),
    [
        ("Bake a cake tom.", "Bake a cake"),
        ("Lunch (Acme) friday", "Lunch (Acme)"),
        ("Acme Inc. friday", "Acme Inc."),
        ("review (fri 10am) with Bob", "review with Bob"),
        ("和王总明天吃饭", "和王总吃饭"),
        ("明天，给张总打电话", "给张总打电话"),
        ("两点半的会议", "会议"),
        ("friday: send the quote", "send the quote"),
        ("Meet Ann at the office on friday", "Meet Ann at the office"),
        ("(friday at Acme)", "at Acme"),
        ("no date in here .", "no date in here"),
        ("Lunch at 1 with Ann on tuesday", "Lunch with Ann"),
        ("lunch tomorrow", "lunch"),
        ("call Ann at lunch tomorrow", "call Ann"),
        ("tomorrow", ""),
    ],
)
def test_what_is_left_of_a_line(line: str, rest: str) -> None:
    found = read(line)
    assert rest_of(line, found.spans if found else ()) == rest


@pytest.mark.parametrize(
    ("zone", "locale", "order"),
    [
        ("Europe/Berlin", "en_US.UTF-8", "dmy"),
        ("America/New_York", "", "mdy"),
        ("America/Sao_Paulo", "", "dmy"),
        ("Asia/Shanghai", "", "ymd"),
        ("UTC", "en_GB.UTF-8", "dmy"),
        ("", "zh_CN.UTF-8", "ymd"),
        ("", "en_US", "mdy"),
        ("", "C.UTF-8", "mdy"),
    ],
)
def test_the_order_of_figures_is_that_of_the_place(zone: str, locale: str, order: str) -> None:
    assert local_order(zone, locale) == order


def test_working_days_from_a_weekend_are_counted_from_its_edge() -> None:
    saturday = SATURDAY.date()
    assert add_work_days(saturday, 1).isoformat() == "2026-11-23"
    assert add_work_days(saturday, 5).isoformat() == "2026-11-27"
    assert add_work_days(saturday, -1).isoformat() == "2026-11-20"
