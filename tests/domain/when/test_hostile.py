"""No text makes the grammar crash, hang, or answer nonsense."""

import time
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sfa.domain.when import When, WhenError, find_duration, find_when
from sfa.domain.when.leaving import rest_of
from tests.support.dates import SATURDAY

LONGEST = 10_000
MOST_SECONDS = 0.1
TRIES = 3
FIRST, LAST = SATURDAY.replace(year=1, month=1, day=1), SATURDAY.replace(year=9999, month=12, day=31)
WORDS = (
    "monday", "next friday", "the 3rd", "in 3", "weeks", "10-11", "from 9 to", "first monday of", "every other",
    "half past", "quarter to", "last", "5/6", "2026-", "10:30", "at", "of", "and", "-", "1 hour 2 minutes", "end of",
    "a week on", "between", "may", "day after", "twenty", "week of", "more than", "closest", "am", "19h", "+1d", "est",
    "today", "二零", "三天", "下周", "农历", "每", "从", "周一到", "点", "差", "第", "最后一个", "国庆", "后", "前", "号", "半",
    "0", "9" * 9, "9" * 40, "z" * 40, "(", "[", "@", "~", ":", ",", ".", "'", "#", "$", "/", "\x1b[31m", "\x00", "é",
    "İ", "\u0301", "\u200b", "\U0001f600", "ﷺ", "１２", "\ud800",
)  # fmt: skip
FAMILIES = {
    "digits": "7",
    "one long number": "1234567890",
    "times": "10:30 ",
    "figures": "1/2/2026 ",
    "dashes": "3-",
    "weekdays": "monday ",
    "ordinals": "the 3rd of ",
    "openings": "at on by the ",
    "lengths": "2 hours 3 minutes ",
    "ranges": "from 9 to ",
    "numerals": "一",
    "tens": "十",
    "weeks": "下周",
    "relative days": "后天",
    "shifts": "三天",
    "han and spaces": "二零 ",
    "letters": "a",
    "apostrophes": "s' ",
    "marks": "\u0301",
    "emoji": "\U0001f600",
    "spaces": " ",
    "brackets": "([(",
}


def seconds_for(text: str) -> float:
    """Return the least of a few measurements: others may be busy on this machine."""
    least = MOST_SECONDS * 10
    for _ in range(TRIES):
        begin = time.process_time()
        found = found_in(text)
        rest_of(text, found.spans if found else ())
        find_duration(text)
        least = min(least, time.process_time() - begin)
        if least < MOST_SECONDS:
            break
    return least


def found_in(
    text: str, now: datetime = SATURDAY, language: str = "auto", order: str = "dmy", prefers: str = "future"
) -> When | None:
    try:
        return find_when(text, now, language=language, order=order, prefers=prefers)
    except WhenError:
        return None


@pytest.mark.parametrize("text", ["met Ann on 30/2", "due 31/4", "by 32/1/2027"])
def test_figures_that_are_surely_a_day_and_no_day_of_any_month_are_refused_or_left_alone(text: str) -> None:
    assert found_in(text) is None


def test_a_day_that_no_month_has_is_told() -> None:
    with pytest.raises(WhenError, match="30/2"):
        find_when("met Ann on 30/2", SATURDAY)


@pytest.mark.parametrize("family", FAMILIES)
def test_long_lines_of_one_kind_take_no_time(family: str) -> None:
    piece = FAMILIES[family]
    text = piece * (LONGEST // len(piece))
    assert seconds_for(text) < MOST_SECONDS


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from(WORDS), max_size=40),
    st.sampled_from((" ", "", ",", "-")),
    st.tuples(
        st.sampled_from((SATURDAY, FIRST, LAST)),
        st.sampled_from(("auto", "en", "zh")),
        st.sampled_from(("dmy", "mdy", "ymd")),
        st.sampled_from(("future", "past")),
    ),
)
def test_any_words_in_any_order_are_read_or_refused(
    words: list[str], between: str, seen: tuple[datetime, str, str, str]
) -> None:
    text = between.join(words)
    found = found_in(text, *seen)
    if found is not None:
        assert all(0 <= start < end <= len(text) for start, end in found.spans)
        assert found.end is None or found.end > found.start
        assert not found.all_day or found.start.time() == datetime.min.time()


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    found = found_in(text)
    duration = find_duration(text)
    assert rest_of(text, found.spans if found else ()) is not None
    assert duration is None or duration.minutes > 0


@settings(max_examples=10, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=50, max_size=100), st.sampled_from((" ", "", ",")))
def test_long_mixed_lines_take_no_time(words: list[str], between: str) -> None:
    text = between.join(words * (LONGEST // len(words)))[:LONGEST]
    assert seconds_for(text) < MOST_SECONDS
