"""Written dates are read in one way only, and a column says which."""

from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sfa.domain.dates import AmbiguousDateError, DateError, DateOrder, guess_order, parse_day, parse_instant
from tests.support.payloads import PAYLOADS

BERLIN = ZoneInfo("Europe/Berlin")
ORDERS: tuple[DateOrder, ...] = ("dmy", "mdy", "ymd")
FIRST_OF_DECEMBER = date(2026, 12, 1)


@pytest.mark.parametrize(
    "text",
    [
        "2026-12-01",
        "2026/12/01",
        "2026.12.1",
        "20261201",
        "2026年12月1日",
        "2026年12月1号",
        "2026 年 12 月 1 日",
        "２０２６－１２－０１",
        " 2026-12-01 ",
        "2026-12-01 00:00:00.000",
        "2026-12-01T21:02:00Z",
        "2026-12-01T21:02:00+08:00",
        "20261201T210200Z",
        "1 Dec 2026",
        "1 Dec, 2026 00:02:00",
        "01-Dec-26",
        "1. December 2026",
        "1st of December, 2026",
        "1Dec2026",
        "Dec 1, 2026",
        "Dec. 1st 2026",
        "December 1, 2026 9:30 PM",
        "Tue, 1 Dec 2026 21:02:00 +0000",
        "Tuesday, December 1, 2026",
    ],
)
@pytest.mark.parametrize("order", [None, *ORDERS])
def test_what_can_be_read_in_one_way_needs_no_order(text: str, order: DateOrder | None) -> None:
    assert parse_day(text, order) == FIRST_OF_DECEMBER


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("1/2/2026", "dmy", date(2026, 2, 1)),
        ("1/2/2026", "mdy", date(2026, 1, 2)),
        ("01-02-26", "dmy", date(2026, 2, 1)),
        ("01-02-26", "mdy", date(2026, 1, 2)),
        ("01-02-26", "ymd", date(2001, 2, 26)),
        ("1.2.2026", "dmy", date(2026, 2, 1)),
        ("1. 2. 2026", "dmy", date(2026, 2, 1)),
        ("1/2/2026 0:00", "mdy", date(2026, 1, 2)),
        ("1/2/2026 12:00:00 AM", "mdy", date(2026, 1, 2)),
        ("31/12/26", None, date(2026, 12, 31)),
        ("12/31/26", None, date(2026, 12, 31)),
        ("5/5/2026", None, date(2026, 5, 5)),
        ("99-12-31", None, date(1999, 12, 31)),
        ("30/02/26", "ymd", date(2030, 2, 26)),
        ("1/1/68", "dmy", date(2068, 1, 1)),
        ("1/1/69", "dmy", date(1969, 1, 1)),
        ("29/02/2024", "dmy", date(2024, 2, 29)),
    ],
)
def test_dates_in_figures(text: str, order: DateOrder | None, day: date) -> None:
    assert parse_day(text, order) == day


@pytest.mark.parametrize("text", ["1/2/2026", "01-02-26", "3.4.2026", "12/11/2026 10:00"])
def test_two_readings_are_asked_about(text: str) -> None:
    with pytest.raises(AmbiguousDateError, match=f"“{text}” can be read in two ways"):
        parse_day(text, None)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "31/02/2024",
        "2024-02-30",
        "29/02/2026",
        "13/13/2026",
        "0/1/2026",
        "00000000",
        "2026-13-01",
        "2026-12",
        "12-2026",
        "1/2-2026",
        "2026/12-01",
        "1 Mry 2026",
        "1 Marching 2026",
        "Ma 1 2026",
        "123456",
        "1/2/026",
        "2026-12-01 tomorrow",
        "2026-12-01" * 9,
        "1,234.50",
    ],
)
@pytest.mark.parametrize("order", [None, *ORDERS])
def test_what_is_no_date_is_refused(text: str, order: DateOrder | None) -> None:
    with pytest.raises(DateError, match="is no date") as refusal:
        parse_day(text, order)
    assert not isinstance(refusal.value, AmbiguousDateError)


def test_an_order_is_never_turned_to_make_a_date_fit() -> None:
    with pytest.raises(DateError, match="“03/25/2026” is no date: there is no such day"):
        parse_day("03/25/2026", "dmy")
    with pytest.raises(DateError):
        parse_day("25/03/2026", "mdy")


@pytest.mark.parametrize("name", PAYLOADS)
def test_a_refusal_carries_no_payload(name: str) -> None:
    with pytest.raises(DateError) as refusal:
        parse_day(PAYLOADS[name], None)
    assert str(refusal.value).isprintable()


@given(st.dates(date(1969, 1, 1), date(2068, 12, 31)))
def test_every_day_is_read_back(day: date) -> None:
    assert parse_day(day.isoformat(), None) == day
    assert parse_day(day.strftime("%Y%m%d"), "mdy") == day
    assert parse_day(day.strftime("%d/%m/%Y"), "dmy") == day
    assert parse_day(day.strftime("%m-%d-%y"), "mdy") == day
    assert parse_day(day.strftime("%y.%m.%d"), "ymd") == day
    assert parse_day(day.strftime("%d %B %Y"), None) == day
    assert parse_day(day.strftime("%b %d, %Y"), None) == day
    assert parse_day(f"{day.year}年{day.month}月{day.day}日", None) == day


@given(st.text(st.sampled_from("0123456789-/.: TZ年月日+apmDecMar,"), max_size=30) | st.text(max_size=70))
def test_any_text_is_a_date_or_is_refused(text: str) -> None:
    for order in (None, *ORDERS):
        for zone in (UTC, BERLIN):
            assert instant_or_none(text, order, zone) is None or parse_day(text, order)


def instant_or_none(text: str, order: DateOrder | None, zone: tzinfo) -> datetime | None:
    try:
        return parse_instant(text, order, zone)
    except DateError:
        return None


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2021-04-15T21:02:00Z", "2021-04-15T21:02:00+00:00"),
        ("2021-04-15T21:02:00+08:00", "2021-04-15T13:02:00+00:00"),
        ("2021-04-15 21:02:00 -0530", "2021-04-16T02:32:00+00:00"),
        ("20210415T210200Z", "2021-04-15T21:02:00+00:00"),
        ("15 Apr, 2021 00:02:00", "2021-04-14T22:02:00+00:00"),
        ("2021-04-15", "2021-04-14T22:00:00+00:00"),
        ("2021-01-15", "2021-01-14T23:00:00+00:00"),
        ("4/15/2021 9:02 PM", "2021-04-15T19:02:00+00:00"),
        ("4/15/2021 9:02 p.m.", "2021-04-15T19:02:00+00:00"),
        ("4/15/2021 12:00:00 AM", "2021-04-14T22:00:00+00:00"),
        ("4/15/2021 12:30 PM", "2021-04-15T10:30:00+00:00"),
        ("4/15/2021 14:30 PM", "2021-04-15T12:30:00+00:00"),
        ("1996-07-04 00:00:00.000", "1996-07-03T22:00:00+00:00"),
        ("2026-03-29 02:30", "2026-03-29T01:30:00+00:00"),
        ("2026-10-25 02:30", "2026-10-25T00:30:00+00:00"),
    ],
)
def test_instants_are_kept_in_utc(text: str, instant: str) -> None:
    found = parse_instant(text, "mdy", BERLIN)
    assert found.isoformat() == instant
    assert found.utcoffset() == timedelta()


@pytest.mark.parametrize(
    "text",
    [
        "2026-12-01 24:00",
        "2026-12-01 10:60",
        "2026-12-01 13:00 am",
        "2026-12-01 10:00 +99:00",
        "0001-01-01 00:00 +05:00",
        "9999-12-31 23:00 -05:00",
        "0001-01-01",
    ],
)
def test_what_is_no_instant_is_refused(text: str) -> None:
    with pytest.raises(DateError, match=r"no time of day|no offset|out of the calendar"):
        parse_instant(text, None, ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize(
    ("samples", "order", "is_certain", "evidence"),
    [
        (["1/2/2026", "13/2/2026"], "dmy", True, "“13/2/2026” has the day first."),
        (["1/2/2026", "2/13/2026"], "mdy", True, "“2/13/2026” has the month first."),
        (["2026-12-01"], "ymd", True, "“2026-12-01” has the year first."),
        (["99-12-31", "01-02-03"], "ymd", True, "“99-12-31” has the year first."),
        (["31/12/26 10:00"], "dmy", True, "“31/12/26 10:00” has the day first."),
        (["13/2/2026", "2/13/2026"], None, False, "“13/2/2026” has the day first, “2/13/2026” has the month first."),
        (["1/2/2026", "2026-12-01"], None, False, "“1/2/2026” can be read in two ways."),
        (["3/4/2026", "1/2/2026"], None, False, "“3/4/2026” can be read in two ways."),
        (["5/5/2026", "1 Dec 2026", ""], None, True, "No date depends on an order."),
        (["13/13/2026", "soon", "45/1/2026"], None, True, "No date depends on an order."),
        ([], None, True, "No date depends on an order."),
    ],
)
def test_the_order_of_a_column(samples: list[str], order: str | None, *, is_certain: bool, evidence: str) -> None:
    guess = guess_order(samples)
    assert (guess.order, guess.is_certain, guess.evidence) == (order, is_certain, evidence)


@given(st.lists(st.dates(date(1970, 1, 1), date(2060, 1, 1)), min_size=1), st.sampled_from(["%d/%m/%Y", "%m/%d/%Y"]))
def test_a_certain_order_is_the_right_one(days: list[date], form: str) -> None:
    samples = [day.strftime(form) for day in days]
    guess = guess_order(samples)
    assert not guess.order or guess.order == ("dmy" if form.startswith("%d") else "mdy")
    if guess.is_certain:
        assert [parse_day(sample, guess.order) for sample in samples] == days
