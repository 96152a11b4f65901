"""The examples of RFC 5545 3.8.5.3, all of them, with the dates that it gives."""

from datetime import datetime, timedelta

import pytest

from tests.domain.recurrence.support import a_set, starts

WORK_DAYS = "MO,TU,WE,TH,FR"
EACH_DAY = "SU,MO,TU,WE,TH,FR,SA"

# start, rule, dates year by year; a last word ... means that it goes on
EXAMPLES = [
    ("19970902", "FREQ=DAILY;COUNT=10", "1997: Sep 2 3 4 5 6 7 8 9 10 11"),
    ("19970902", "FREQ=DAILY;INTERVAL=2", "1997: Sep 2 4 6 8 10 12 14 16 18 20 22 24 26 28 30; Oct 2 4 6 8 10 ..."),
    ("19970902", "FREQ=DAILY;INTERVAL=10;COUNT=5", "1997: Sep 2 12 22; Oct 2 12"),
    ("19970902", "FREQ=WEEKLY;COUNT=10", "1997: Sep 2 9 16 23 30; Oct 7 14 21 28; Nov 4"),
    (
        "19970902",
        "FREQ=WEEKLY;UNTIL=19971224T000000Z",
        "1997: Sep 2 9 16 23 30; Oct 7 14 21 28; Nov 4 11 18 25; Dec 2 9 16 23",
    ),
    (
        "19970902",
        "FREQ=WEEKLY;INTERVAL=2;WKST=SU",
        "1997: Sep 2 16 30; Oct 14 28; Nov 11 25; Dec 9 23 | 1998: Jan 6 20; Feb 3 17 ...",
    ),
    ("19970902", "FREQ=WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH", "1997: Sep 2 4 9 11 16 18 23 25 30; Oct 2"),
    ("19970902", "FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH", "1997: Sep 2 4 9 11 16 18 23 25 30; Oct 2"),
    (
        "19970901",
        "FREQ=WEEKLY;INTERVAL=2;UNTIL=19971224T000000Z;WKST=SU;BYDAY=MO,WE,FR",
        "1997: Sep 1 3 5 15 17 19 29; Oct 1 3 13 15 17 27 29 31; Nov 10 12 14 24 26 28; Dec 8 10 12 22",
    ),
    ("19970902", "FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH", "1997: Sep 2 4 16 18 30; Oct 2 14 16"),
    (
        "19970905",
        "FREQ=MONTHLY;COUNT=10;BYDAY=1FR",
        "1997: Sep 5; Oct 3; Nov 7; Dec 5 | 1998: Jan 2; Feb 6; Mar 6; Apr 3; May 1; Jun 5",
    ),
    ("19970905", "FREQ=MONTHLY;UNTIL=19971224T000000Z;BYDAY=1FR", "1997: Sep 5; Oct 3; Nov 7; Dec 5"),
    (
        "19970907",
        "FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU",
        "1997: Sep 7 28; Nov 2 30 | 1998: Jan 4 25; Mar 1 29; May 3 31",
    ),
    ("19970922", "FREQ=MONTHLY;COUNT=6;BYDAY=-2MO", "1997: Sep 22; Oct 20; Nov 17; Dec 22 | 1998: Jan 19; Feb 16"),
    ("19970928", "FREQ=MONTHLY;BYMONTHDAY=-3", "1997: Sep 28; Oct 29; Nov 28; Dec 29 | 1998: Jan 29; Feb 26 ..."),
    (
        "19970902",
        "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15",
        "1997: Sep 2 15; Oct 2 15; Nov 2 15; Dec 2 15 | 1998: Jan 2 15",
    ),
    (
        "19970930",
        "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1",
        "1997: Sep 30; Oct 1 31; Nov 1 30; Dec 1 31 | 1998: Jan 1 31; Feb 1",
    ),
    (
        "19970910",
        "FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15",
        "1997: Sep 10 11 12 13 14 15 | 1999: Mar 10 11 12 13",
    ),
    (
        "19970902",
        "FREQ=MONTHLY;INTERVAL=2;BYDAY=TU",
        "1997: Sep 2 9 16 23 30; Nov 4 11 18 25 | 1998: Jan 6 13 20 27; Mar 3 10 17 24 31 ...",
    ),
    (
        "19970610",
        "FREQ=YEARLY;COUNT=10;BYMONTH=6,7",
        "1997: Jun 10; Jul 10 | 1998: Jun 10; Jul 10 | 1999: Jun 10; Jul 10 | 2000: Jun 10; Jul 10 | 2001: Jun 10; Jul 10",
    ),
    (
        "19970310",
        "FREQ=YEARLY;INTERVAL=2;COUNT=10;BYMONTH=1,2,3",
        "1997: Mar 10 | 1999: Jan 10; Feb 10; Mar 10 | 2001: Jan 10; Feb 10; Mar 10 | 2003: Jan 10; Feb 10; Mar 10",
    ),
    (
        "19970101",
        "FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200",
        "1997: Jan 1; Apr 10; Jul 19 | 2000: Jan 1; Apr 9; Jul 18 | 2003: Jan 1; Apr 10; Jul 19 | 2006: Jan 1",
    ),
    ("19970519", "FREQ=YEARLY;BYDAY=20MO", "1997: May 19 | 1998: May 18 | 1999: May 17 ..."),
    ("19970512", "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", "1997: May 12 | 1998: May 11 | 1999: May 17 ..."),
    (
        "19970313",
        "FREQ=YEARLY;BYMONTH=3;BYDAY=TH",
        "1997: Mar 13 20 27 | 1998: Mar 5 12 19 26 | 1999: Mar 4 11 18 25 ...",
    ),
    (
        "19970605",
        "FREQ=YEARLY;BYDAY=TH;BYMONTH=6,7,8",
        "1997: Jun 5 12 19 26; Jul 3 10 17 24 31; Aug 7 14 21 28 | 1998: Jun 4 11 18 25; Jul 2 9 16 23 30; "
        "Aug 6 13 20 27 | 1999: Jun 3 10 17 24; Jul 1 8 15 22 29; Aug 5 12 19 26 ...",
    ),
    (
        "19970913",
        "FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13",
        "1997: Sep 13; Oct 11; Nov 8; Dec 13 | 1998: Jan 10; Feb 7; Mar 7; Apr 11; May 9; Jun 13 ...",
    ),
    (
        "19961105",
        "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8",
        "1996: Nov 5 | 2000: Nov 7 | 2004: Nov 2 ...",
    ),
    ("19970904", "FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", "1997: Sep 4; Oct 7; Nov 6"),
    (
        "19970929",
        f"FREQ=MONTHLY;BYDAY={WORK_DAYS};BYSETPOS=-2",
        "1997: Sep 29; Oct 30; Nov 27; Dec 30 | 1998: Jan 29; Feb 26; Mar 30 ...",
    ),
    ("19970805", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", "1997: Aug 5 10 19 24"),
    ("19970805", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", "1997: Aug 5 17 19 31"),
    ("20070115", "FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5", "2007: Jan 15 30; Feb 15; Mar 15 30"),
]


def days_in(text: str) -> list[datetime]:
    """Return the moments of `1997: Sep 2 9; Oct 7 | 1998: Jan 6`, at nine."""
    found = []
    for year, _, months in (part.partition(": ") for part in text.removesuffix(" ...").split(" | ")):
        for month, *days in (piece.split() for piece in months.split("; ")):
            found += [datetime.strptime(f"{year.strip()} {month} {day} 9", "%Y %b %d %H") for day in days]  # noqa: DTZ007
    return found


@pytest.mark.parametrize(("start", "rule", "dates"), EXAMPLES, ids=[rule for _, rule, _ in EXAMPLES])
def test_an_example_of_the_rfc(start: str, rule: str, dates: str) -> None:
    expected = days_in(dates)
    high = expected[-1] + timedelta(seconds=1) if dates.endswith("...") else datetime(2050, 1, 1)
    found = a_set(f"DTSTART;TZID=America/New_York:{start}T090000", f"RRULE:{rule}")
    assert starts(found, high=high) == expected


def test_daily_until_christmas() -> None:
    found = starts(a_set("DTSTART;TZID=America/New_York:19970902T090000", "RRULE:FREQ=DAILY;UNTIL=19971224T000000Z"))
    assert found == [datetime(1997, 9, 2, 9) + timedelta(day) for day in range(113)]
    assert found[-1] == datetime(1997, 12, 23, 9)


@pytest.mark.parametrize("rule", [f"FREQ=YEARLY;BYDAY={EACH_DAY}", "FREQ=DAILY"])
def test_every_day_in_january_for_three_years(rule: str) -> None:
    found = a_set("DTSTART;TZID=America/New_York:19980101T090000", f"RRULE:{rule};UNTIL=20000131T140000Z;BYMONTH=1")
    assert starts(found) == [datetime(year, 1, day, 9) for year in (1998, 1999, 2000) for day in range(1, 32)]


def test_every_friday_the_thirteenth_with_its_start_excluded() -> None:
    found = a_set(
        "DTSTART;TZID=America/New_York:19970902T090000",
        "EXDATE;TZID=America/New_York:19970902T090000",
        "RRULE:FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13",
    )
    expected = days_in("1998: Feb 13; Mar 13; Nov 13 | 1999: Aug 13 | 2000: Oct 13")
    assert starts(found, high=datetime(2001, 1, 1)) == expected


def test_every_three_hours_on_a_day() -> None:
    # As printed, UNTIL=17:00 UTC is 13:00 in New York and leaves two; the RFC's errata mean 21:00 UTC for its three.
    line = "DTSTART;TZID=America/New_York:19970902T090000"
    printed = starts(a_set(line, "RRULE:FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T170000Z"))
    meant = starts(a_set(line, "RRULE:FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T210000Z"))
    assert [moment.hour for moment in printed] == [9, 12]
    assert [moment.hour for moment in meant] == [9, 12, 15]


@pytest.mark.parametrize(
    ("rule", "times"),
    [
        ("FREQ=MINUTELY;INTERVAL=15;COUNT=6", "09:00 09:15 09:30 09:45 10:00 10:15"),
        ("FREQ=MINUTELY;INTERVAL=90;COUNT=4", "09:00 10:30 12:00 13:30"),
    ],
)
def test_every_so_many_minutes(rule: str, times: str) -> None:
    found = starts(a_set("DTSTART;TZID=America/New_York:19970902T090000", f"RRULE:{rule}"))
    assert " ".join(f"{moment:%H:%M}" for moment in found) == times
    assert {moment.date() for moment in found} == {datetime(1997, 9, 2).date()}


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16;BYMINUTE=0,20,40",
        "FREQ=MINUTELY;INTERVAL=20;BYHOUR=9,10,11,12,13,14,15,16",
    ],
)
def test_every_twenty_minutes_of_the_working_day(rule: str) -> None:
    found = a_set("DTSTART;TZID=America/New_York:19970902T090000", f"RRULE:{rule}")
    expected = [
        datetime(1997, 9, day, hour, minute) for day in (2, 3) for hour in range(9, 17) for minute in (0, 20, 40)
    ]
    assert starts(found, high=datetime(1997, 9, 4)) == expected
