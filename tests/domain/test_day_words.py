"""Words mean days and periods as a rep says them, in English and in Chinese."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sfa.domain.dates import AmbiguousDateError, DateError, resolve_day, resolve_period

TODAY = date(2026, 3, 11)
"""A Wednesday."""
DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", "2026-03-11"),
        (" Tomorrow ", "2026-03-12"),
        ("yesterday", "2026-03-10"),
        ("mon", "2026-03-16"),
        ("wed", "2026-03-18"),
        ("Thursday", "2026-03-12"),
        ("thurs", "2026-03-12"),
        ("sun", "2026-03-15"),
        ("next fri", "2026-03-20"),
        ("next mon", "2026-03-16"),
        ("this mon", "2026-03-09"),
        ("this fri", "2026-03-13"),
        ("last fri", "2026-03-06"),
        ("next week", "2026-03-18"),
        ("next month", "2026-04-11"),
        ("last year", "2025-03-11"),
        ("in 3 days", "2026-03-14"),
        ("in a week", "2026-03-18"),
        ("in two months", "2026-05-11"),
        ("2 weeks ago", "2026-02-25"),
        ("+3d", "2026-03-14"),
        ("+2w", "2026-03-25"),
        ("+1m", "2026-04-11"),
        ("+1q", "2026-06-11"),
        ("-7d", "2026-03-04"),
        ("-1y", "2025-03-11"),
        ("eow", "2026-03-13"),
        ("eom", "2026-03-31"),
        ("eoq", "2026-03-31"),
        ("eoy", "2026-12-31"),
        ("end of march", "2026-03-31"),
        ("end of feb", "2027-02-28"),
        ("end of the month", "2026-03-31"),
        ("end of next month", "2026-04-30"),
        ("end of next quarter", "2026-06-30"),
        ("end of q3", "2026-09-30"),
        ("end of 2027", "2027-12-31"),
        ("start of next month", "2026-04-01"),
        ("beginning of march", "2027-03-01"),
        ("mar 12", "2026-03-12"),
        ("mar 11", "2026-03-11"),
        ("12 march", "2026-03-12"),
        ("12th of march", "2026-03-12"),
        ("mar 1", "2027-03-01"),
        ("sept 1", "2026-09-01"),
        ("feb 29", "2028-02-29"),
        ("Oct2", "2026-10-02"),
        ("monday, may 4", "2026-05-04"),
        ("the 11th", "2026-03-11"),
        ("the 10th", "2026-04-10"),
        ("the 31st", "2026-03-31"),
        ("day after tomorrow", "2026-03-13"),
        ("3 days from now", "2026-03-14"),
        ("jan 5th", "2027-01-05"),
        ("2026-12-01", "2026-12-01"),
        ("12 Mar 2025", "2025-03-12"),
        ("13/5/2026", "2026-05-13"),
        ("今天", "2026-03-11"),
        ("明天", "2026-03-12"),
        ("后天", "2026-03-13"),
        ("大后天", "2026-03-14"),
        ("昨天", "2026-03-10"),
        ("前天", "2026-03-09"),
        ("周二", "2026-03-17"),
        ("星期天", "2026-03-15"),
        ("下周二", "2026-03-17"),
        ("下周五", "2026-03-20"),
        ("本周五", "2026-03-13"),
        ("上周五", "2026-03-06"),
        ("下下周一", "2026-03-23"),
        ("下个星期三", "2026-03-18"),
        ("下周", "2026-03-18"),
        ("下个月", "2026-04-11"),
        ("明年", "2027-03-11"),
        ("月底", "2026-03-31"),
        ("下月底", "2026-04-30"),
        ("下个月底", "2026-04-30"),
        ("季末", "2026-03-31"),
        ("下季度末", "2026-06-30"),
        ("年底", "2026-12-31"),
        ("明年底", "2027-12-31"),
        ("三天后", "2026-03-14"),
        ("3天后", "2026-03-14"),
        ("３ 天 后", "2026-03-14"),
        ("十五天之后", "2026-03-26"),
        ("二十天后", "2026-03-31"),
        ("两周后", "2026-03-25"),
        ("一个月后", "2026-04-11"),
        ("两天前", "2026-03-09"),
        ("3月12日", "2026-03-12"),
        ("三月十二号", "2026-03-12"),
        ("十二月三十一日", "2026-12-31"),
        ("2月29日", "2028-02-29"),
        ("10号", "2026-04-10"),
        ("後天", "2026-03-13"),
        ("下禮拜二", "2026-03-17"),
        ("兩個月後", "2026-05-11"),
        ("3月1号", "2027-03-01"),
        ("2026年12月1日", "2026-12-01"),
    ],
)
def test_words_for_days(text: str, day: str) -> None:
    assert resolve_day(text, TODAY).isoformat() == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "3 days",
        "5",
        "next",
        "next someday",
        "in days",
        "+3",
        "+3x",
        "mon fri",
        "feb 30",
        "2月30日",
        "+9999y",
        "-9999y",
        "end of time",
        "end of 9999-q9",
        "周八",
        "一二天后",
        "十十天后",
        "周末",
        "the 32nd",
        "0号",
        "13月1日",
        "may 0",
        "2024-02-30",
        "a" * 500,
    ],
)
def test_what_names_no_day_is_refused(text: str) -> None:
    with pytest.raises(DateError, match="is no "):
        resolve_day(text, TODAY)


def test_two_readings_are_not_guessed_from_words_either() -> None:
    with pytest.raises(AmbiguousDateError):
        resolve_day("3/4/2026", TODAY)


@given(DAYS, st.integers(0, 6))
def test_a_weekday_is_the_next_one_after_today(today: date, number: int) -> None:
    name, chinese = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")[number], "一二三四五六日"[number]
    found = resolve_day(name, today)
    assert found.weekday() == number
    assert 1 <= (found - today).days <= 7
    assert resolve_day(f"周{chinese}", today) == found
    coming = resolve_day(f"next {name}", today)
    assert coming.isocalendar()[:2] == (today + timedelta(days=7)).isocalendar()[:2]
    assert resolve_day(f"下周{chinese}", today) == coming
    assert coming - resolve_day(f"this {name}", today) == resolve_day(f"this {name}", today) - resolve_day(
        f"last {name}", today
    )


@given(DAYS, st.integers(0, 400))
def test_days_are_counted_in_both_directions(today: date, count: int) -> None:
    assert resolve_day(f"+{count}d", today) == today + timedelta(days=count) == resolve_day(f"{count}天后", today)
    assert resolve_day(f"-{count}d", today) == today - timedelta(days=count) == resolve_day(f"{count} days ago", today)


def test_a_month_later_is_never_past_its_end() -> None:
    assert resolve_day("+1m", date(2026, 1, 31)) == date(2026, 2, 28)
    assert resolve_day("+1y", date(2024, 2, 29)) == date(2025, 2, 28)
    assert resolve_day("next month", date(2026, 12, 31)) == date(2027, 1, 31)


def test_the_end_of_a_week_is_its_friday_or_the_next() -> None:
    assert resolve_day("end of week", date(2026, 3, 13)) == date(2026, 3, 13)
    assert resolve_day("eow", date(2026, 3, 14)) == date(2026, 3, 20)


@given(DAYS)
def test_the_ends_are_the_last_days(today: date) -> None:
    for words, parts in (("eom", ("month",)), ("eoq", ("quarter",)), ("eoy", ("year",))):
        first, following = resolve_period(f"this {parts[0]}", today)
        assert first <= today < following
        assert resolve_day(words, today) == following - timedelta(days=1)


@pytest.mark.parametrize(
    ("text", "first", "following"),
    [
        ("2026-Q1", "2026-01-01", "2026-04-01"),
        ("2026 q4", "2026-10-01", "2027-01-01"),
        ("2026Q2", "2026-04-01", "2026-07-01"),
        ("q3", "2026-07-01", "2026-10-01"),
        ("2026-03", "2026-03-01", "2026-04-01"),
        ("2026-12", "2026-12-01", "2027-01-01"),
        ("2026", "2026-01-01", "2027-01-01"),
        ("this week", "2026-03-09", "2026-03-16"),
        ("last week", "2026-03-02", "2026-03-09"),
        ("this month", "2026-03-01", "2026-04-01"),
        ("Last  Month", "2026-02-01", "2026-03-01"),
        ("next month", "2026-04-01", "2026-05-01"),
        ("this quarter", "2026-01-01", "2026-04-01"),
        ("last quarter", "2025-10-01", "2026-01-01"),
        ("next quarter", "2026-04-01", "2026-07-01"),
        ("this year", "2026-01-01", "2027-01-01"),
        ("last year", "2025-01-01", "2026-01-01"),
        ("本月", "2026-03-01", "2026-04-01"),
        ("上个月", "2026-02-01", "2026-03-01"),
        ("下季度", "2026-04-01", "2026-07-01"),
        ("去年", "2025-01-01", "2026-01-01"),
        ("本周", "2026-03-09", "2026-03-16"),
    ],
)
def test_periods(text: str, first: str, following: str) -> None:
    found = resolve_period(text, TODAY)
    assert [day.isoformat() for day in found] == [first, following]


@pytest.mark.parametrize(
    "text", ["", "q5", "2026-13", "2026-00", "0000", "9999", "9999-q4", "someday", "this", "2026-03-11"]
)
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(DateError, match=r"is no period: write 2026-Q1, 2026-03, 2026, or last quarter\."):
        resolve_period(text, TODAY)


@given(
    st.text(st.sampled_from("0123456789 +-dwmyinexthsalfrigo月周年底下天后三"), max_size=15) | st.text(max_size=70),
    DAYS,
)
def test_any_text_is_a_day_or_is_refused(text: str, today: date) -> None:
    for read in (resolve_day, resolve_period):
        try:
            assert read(text, today)
        except DateError as refusal:
            sentence = str(refusal)
            assert sentence.endswith(".")


def test_days_that_others_wrote_are_read_right_or_refused(shared_data: Path) -> None:
    """Where public suites agree on a day, ours is the same but for words that they take to look back."""
    lines = (shared_data / "nl_dates" / "core_single_values.jsonl").read_text("utf-8").splitlines()
    cases = [json.loads(line) for line in lines]
    days = [case for case in cases if case["kind"] == "date" and not case["ambiguous_weekday_convention"]]
    found = [(case, day_or_none(case["span"] or case["text"], case["ref"])) for case in days]
    read = [(case, day.isoformat()) for case, day in found if day is not None]
    wrong = [(case["span"], case["ref"], case["value"], day) for case, day in read if day != case["value"][:10]]
    assert [row for row in wrong if not row[2] < row[1] < row[3]] == []
    assert len(read) * 3 > len(days)


def day_or_none(text: str, reference: str) -> date | None:
    try:
        return resolve_day(text, date.fromisoformat(reference[:10]))
    except DateError:
        return None
