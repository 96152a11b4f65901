"""Rules that would never end are followed a bounded number of steps, and say so."""

from datetime import datetime

import pytest

from sfa.domain.recurrence.days import MOST_STEPS, Budget
from sfa.domain.recurrence.expanding import MOST_OCCURRENCES, expand, next_after
from sfa.domain.recurrence.plans import Plan
from tests.domain.recurrence.support import FOR_EVER, a_set, starts

OLD = "DTSTART:19700101T103017"
WEEK = (datetime(2026, 11, 23), datetime(2026, 11, 30))
EACH_SECOND = f"BYHOUR={','.join(map(str, range(24)))};BYMINUTE={','.join(map(str, range(60)))}"
NEVER = [
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=SECONDLY;BYMONTH=4;BYMONTHDAY=31",
    "FREQ=YEARLY;BYWEEKNO=53;BYMONTH=6;BYDAY=MO",
    "FREQ=MONTHLY;BYMINUTE=18,6;BYSETPOS=-267",
    "FREQ=DAILY;INTERVAL=999999999",
    "FREQ=MINUTELY;INTERVAL=1440;BYHOUR=3",
]
ENDLESS = [
    "FREQ=SECONDLY",
    f"FREQ=YEARLY;BYDAY=MO,TU;{EACH_SECOND};BYSECOND={','.join(map(str, range(60)))}",
    "FREQ=MINUTELY;BYSECOND=1,2,3,4,5,6,7,8",
    "FREQ=SECONDLY;COUNT=999999999;BYSECOND=0,1,2",
]


@pytest.mark.parametrize("rule", NEVER)
def test_a_rule_that_never_comes_again_takes_few_steps_for_a_week(rule: str) -> None:
    budget = Budget()
    found = expand(Plan(a_set(OLD, f"RRULE:{rule}")), *WEEK, budget=budget)
    assert (found.occurrences, found.stopped) == ((), "")
    assert budget.left > MOST_STEPS - 2000


@pytest.mark.parametrize("rule", NEVER)
def test_asking_when_it_comes_next_ends(rule: str) -> None:
    found, stopped = next_after(Plan(a_set(OLD, f"RRULE:{rule}")), datetime(2026, 11, 23))
    assert found is None
    assert stopped in ("", "The rule takes too many steps to follow; what is here may not be all.")


@pytest.mark.parametrize("rule", ENDLESS)
def test_a_flood_is_cut_and_says_so(rule: str) -> None:
    for window in (WEEK, FOR_EVER):
        found = expand(Plan(a_set(OLD, f"RRULE:{rule}")), *window)
        assert len(found.occurrences) <= MOST_OCCURRENCES + 1
        assert found.stopped.endswith(".")


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY",
        "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
        "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1",
        "FREQ=SECONDLY;INTERVAL=7",
    ],
)
def test_an_old_rule_is_entered_at_the_window(rule: str) -> None:
    budget = Budget()
    hour = (datetime(2026, 11, 24, 10), datetime(2026, 11, 24, 11))
    expand(Plan(a_set("DTSTART:00020101T103017", f"RRULE:{rule}")), *hour, budget=budget)
    assert budget.left > MOST_STEPS - 2000


def test_looking_for_positions_that_are_never_there_has_its_price() -> None:
    found = expand(Plan(a_set(OLD, "RRULE:FREQ=MONTHLY;BYMINUTE=18,6;BYSETPOS=-267")), *FOR_EVER)
    assert len(found.occurrences) == 1
    assert "too many steps" in found.stopped


def test_seconds_late_in_the_day_are_not_walked_to() -> None:
    evening = datetime(2026, 11, 24, 23, 59, 50), datetime(2026, 11, 24, 23, 59, 53)
    assert [moment.second for moment in starts(a_set(OLD, "RRULE:FREQ=SECONDLY"), *evening)] == [50, 51, 52]


def test_the_ends_of_the_calendar_are_no_trap() -> None:
    last = a_set("DTSTART:99981229T090000", "RRULE:FREQ=DAILY", "DURATION:P3D")
    assert [moment.day for moment in starts(last, datetime(9998, 1, 1), datetime(9999, 12, 31))] == [29, 30]
    assert starts(last, datetime(1, 1, 1), datetime(2, 1, 1)) == []
    assert next_after(Plan(last), datetime(9999, 12, 31))[0] is None
