"""Expansion against an independent expansion of the whole rule, and against itself in parts."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice, takewhile

import pytest
from dateutil.rrule import rrulestr
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from sfa.domain.recurrence.days import Budget
from sfa.domain.recurrence.expanding import expand, next_after
from sfa.domain.recurrence.plans import Plan
from sfa.domain.recurrence.reading import read_rule
from sfa.domain.recurrence.values import UNIT_SECONDS, RecurrenceSet, Rule
from sfa.domain.recurrence.walking import walk
from sfa.domain.recurrence.writing import write_rule
from tests.domain.recurrence.strategies import rules, starts_of_sets

MOST = 30


def dates_of(rule: Rule, start: datetime, high: datetime) -> list[datetime]:
    """Return the first occurrences as dateutil has them."""
    found = rrulestr(write_rule(rule), dtstart=start)
    return list(takewhile(lambda moment: moment < high, islice(found, MOST)))


def _is_often(rule: Rule, start: datetime) -> bool:
    """Tell whether a rule hits often enough for an expansion that looks at every step."""
    parts = [
        part for part in (rule.by_month, rule.by_month_day, rule.by_year_day, rule.by_day, rule.by_week_no) if part
    ]
    if rule.freq in UNIT_SECONDS:
        return len(parts) == bool(rule.by_day) and not (rule.freq == "SECONDLY" and (rule.by_hour or rule.by_day))
    return len(parts) <= 2 and (start.day <= 28 or len(parts) < 2)


@st.composite
def rule_and_start(draw: st.DrawFn) -> tuple[Rule, datetime]:
    start = draw(starts_of_sets())
    rule = draw(rules(start))
    assume(_is_often(rule, start))
    # dateutil begins a week at DTSTART and so counts BYSETPOS in a part of the first week.
    assume(not (rule.freq == "WEEKLY" and rule.by_set_pos))
    if rule.by_set_pos:
        start = next(iter(rrulestr(write_rule(rule), dtstart=start)))
    first = next(iter(rrulestr(write_rule(rule), dtstart=start)), None)
    assume(first == start)
    return rule, start


@settings(max_examples=300, deadline=None)
@given(rule_and_start(), st.integers(0, MOST), st.integers(1, MOST))
def test_a_window_holds_what_the_whole_rule_has_there(
    given_rule: tuple[Rule, datetime], skipped: int, taken: int
) -> None:
    rule, start = given_rule
    high_mark = datetime(2060, 1, 1)
    whole = dates_of(rule, start, high_mark)
    low = whole[min(skipped, len(whole) - 1)]
    high = min(whole[min(skipped + taken, len(whole) - 1)], high_mark)
    expected = [moment for moment in whole if low <= moment < high]
    found = expand(Plan(RecurrenceSet(start, rules=(rule,))), low, high)
    assert [item.start for item in found.occurrences] == expected
    assert found.stopped == ""


@settings(max_examples=200, deadline=None)
@given(st.data(), st.integers(0, 2000), st.integers(0, 2000))
def test_a_window_in_two_parts_is_the_window(data: st.DataObject, first: int, second: int) -> None:
    start = data.draw(starts_of_sets())
    rule = data.draw(rules(start))
    scale = timedelta(hours=1) if rule.freq in UNIT_SECONDS else timedelta(days=1)
    if rule.freq == "SECONDLY":
        scale = timedelta(seconds=1)
    plan = Plan(RecurrenceSet(start, rules=(rule,)))
    low = start - timedelta(days=1)
    middle = low + scale * first
    high = middle + scale * second
    parts = [expand(plan, *window) for window in ((low, middle), (middle, high))]
    whole = expand(plan, low, high)
    assume(not whole.stopped)
    assert parts[0].occurrences + parts[1].occurrences == whole.occurrences


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(st.data())
def test_arithmetic_and_walk_say_the_same(data: st.DataObject) -> None:
    start = data.draw(starts_of_sets())
    rule = data.draw(rules(start, ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")))
    plan = Plan(RecurrenceSet(start, rules=(rule,)))
    assume(plan.beats[0].rhythm is not None)
    low = start + timedelta(data.draw(st.integers(0, 4000)))
    high = low + timedelta(data.draw(st.integers(0, 2000)))
    walked = list(walk(rule, start, low, high, Budget()))
    endless = Plan(RecurrenceSet(start, rules=(replace(rule, count=None),)))
    assert [item.start for item in expand(endless, low, high).occurrences if item.start != start] == [
        moment for moment in walked if moment != start
    ]


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_a_rule_written_and_read_is_the_rule(data: st.DataObject) -> None:
    rule = data.draw(rules(data.draw(starts_of_sets())))
    assert read_rule(write_rule(rule)) == rule


@settings(max_examples=100, deadline=None)
@given(rule_and_start(), st.integers(0, 10))
def test_the_next_occurrence_is_the_first_one_after_a_moment(given_rule: tuple[Rule, datetime], at: int) -> None:
    rule, start = given_rule
    whole = dates_of(rule, start, datetime(2100, 1, 1))
    assume(len(whole) > at + 1)
    found, stopped = next_after(Plan(RecurrenceSet(start, rules=(rule,))), whole[at])
    assert (found and found.start, stopped) == (whole[at + 1], "")


def test_the_next_of_a_counted_rule_far_from_its_start_is_found() -> None:
    start = datetime(2000, 1, 1)
    rule = Rule("YEARLY", count=9, by_minute=(0,), by_hour=(0,), by_year_day=(1,))
    found, stopped = next_after(Plan(RecurrenceSet(start, rules=(rule,))), datetime(2007, 1, 1))
    assert (found and found.start, stopped) == (datetime(2008, 1, 1), "")


@pytest.mark.parametrize(
    "rule",
    [
        Rule("YEARLY", count=15, by_year_day=(366,)),
        Rule("YEARLY", count=60, by_day=((1, 5), (-2, 0))),
        Rule("YEARLY", count=11, by_week_no=(53,), by_day=((0, 2),)),
    ],
)
def test_what_is_numbered_in_its_year_is_followed_for_decades(rule: Rule) -> None:
    whole = list(rrulestr(write_rule(rule), dtstart=datetime(2000, 1, 1)))
    low, high = datetime(2045, 1, 1), datetime(2059, 1, 1)
    found = expand(Plan(RecurrenceSet(whole[0], rules=(rule,))), low, high)
    assert ([item.start for item in found.occurrences], found.stopped) == (
        [one for one in whole if low <= one < high],
        "",
    )
