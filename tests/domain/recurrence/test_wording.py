"""A recurrence in words, English and Chinese."""

import pytest

from sfa.domain.recurrence.wording import describe
from sfa.domain.recurrence.wording_chinese import describe_chinese
from tests.domain.recurrence.support import a_set


@pytest.mark.parametrize(
    ("rule", "english", "chinese"),
    [
        ("FREQ=DAILY", "every day", "每天"),
        ("FREQ=DAILY;INTERVAL=3;COUNT=4", "every 3 days 4 times", "每3天，共4次"),
        ("FREQ=WEEKLY", "every week on Wed", "每周周三"),
        (
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;UNTIL=20270331",
            "every 2 weeks on Mon and Wed until 31 Mar 2027",
            "每2周的周一、周三，至2027年3月31日",
        ),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "every week on working days", "每周工作日"),
        ("FREQ=MONTHLY", "every month on the 4th", "每月4日"),
        ("FREQ=MONTHLY;BYMONTHDAY=1,-1", "every month on the 1st and last day", "每月1日、最后一天"),
        ("FREQ=MONTHLY;BYDAY=2TU", "every month on the second Tue", "每月第2个周二"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "every month on the last Fri", "每月最后一个周五"),
        (
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
            "every month on the last of working days",
            "每月工作日中的最后一个",
        ),
        ("FREQ=YEARLY", "every year on 4 November", "每年11月4日"),
        ("FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", "every year on the last Sun of March", "每年3月最后一个周日"),
        ("FREQ=YEARLY;BYMONTH=3,6", "every year on the 4th of March and June", "每年3月、6月4日"),
        ("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", "every year in week 20 on Mon", "每年第20周的周一"),
        ("FREQ=YEARLY;BYYEARDAY=100", "every year on day 100 of the year", "每年第100天"),
        ("FREQ=DAILY;BYHOUR=9,17;BYMINUTE=0", "every day at 09:00 and 17:00", "每天9、17点0分"),
        ("FREQ=HOURLY;INTERVAL=6", "every 6 hours", "每6小时"),
        ("FREQ=DAILY;COUNT=1", "every day once", "每天，共1次"),
    ],
)
def test_a_rule_in_words(rule: str, english: str, chinese: str) -> None:
    found = a_set("DTSTART;TZID=Europe/Berlin:20261104T090000", f"RRULE:{rule}")
    assert (describe(found), describe_chinese(found)) == (english, chinese)


def test_an_end_in_utc_is_the_day_of_the_zone() -> None:
    found = a_set("DTSTART;TZID=Asia/Shanghai:20261104T070000", "RRULE:FREQ=DAILY;UNTIL=20261109T230000Z")
    assert describe(found) == "every day until 10 Nov 2026"


def test_extra_and_missing_days_are_told() -> None:
    found = a_set(
        "DTSTART:20261104T090000",
        "RRULE:FREQ=WEEKLY",
        "RDATE:20261105T090000",
        "EXDATE:20261111T090000,20261118T090000",
    )
    assert describe(found) == "every week on Wed, and one day besides, but for 2 days"
    assert describe_chinese(found) == "每周周三，另加1天，2天除外"


def test_what_does_not_recur_is_once() -> None:
    once = a_set("DTSTART:20261104T090000")
    assert (describe(once), describe_chinese(once)) == ("once", "一次")
