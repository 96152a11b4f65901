"""Where appointments stand: rows and lanes of a day, days of a view, words of a block."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from screens.calendar.blocks import Block, day_blocks, is_whole_day, whole_days
from screens.calendar.spans import span_of, step_span
from screens.calendar.words import block_lines, span_title, wrapped
from sfa.services.agenda import Appointment
from sfa.services.countdown import how_soon

DAY = date(2026, 3, 10)
BERLIN = ZoneInfo("Europe/Berlin")


def an_item(starts: datetime, minutes: int, name: str = "Demo", **values: object) -> Appointment:
    return Appointment(
        id=f"{name}-{starts}-{minutes}",
        ref="abcd",
        uid="x",
        subject=name,
        kind="meeting",
        status=str(values.get("status", "planned")),
        is_all_day=bool(values.get("is_all_day")),
        starts=starts,
        ends=starts + timedelta(minutes=minutes),
        zone="UTC",
        account=str(values.get("account", "")),
        collides=bool(values.get("collides")),
    )


def at(hour: int, minute: int = 0, day: date = DAY) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)


def laid(*items: Appointment, slot_min: int = 30) -> dict[str, tuple[int, int, int, int]]:
    """Return first row, last row, lane and lanes by name."""
    return {
        block.item.subject: (block.first, block.last, block.lane, block.lanes)
        for block in day_blocks(items, DAY, UTC, slot_min)
    }


def test_what_overlaps_stands_side_by_side_and_what_follows_does_not() -> None:
    assert laid(an_item(at(9), 60, "A"), an_item(at(9, 30), 60, "B"), an_item(at(10, 30), 30, "C")) == {
        "A": (18, 19, 0, 2),
        "B": (19, 20, 1, 2),
        "C": (21, 21, 0, 1),
    }


def test_short_ones_that_share_a_line_do_not_cover_each_other() -> None:
    assert laid(an_item(at(9), 15, "A"), an_item(at(9, 15), 15, "B")) == {"A": (18, 18, 0, 2), "B": (18, 18, 1, 2)}
    assert laid(an_item(at(9), 15, "A"), an_item(at(9, 15), 15, "B"), slot_min=15) == {
        "A": (36, 36, 0, 1),
        "B": (37, 37, 0, 1),
    }


def test_what_lasts_over_midnight_stands_in_both_days_and_a_moment_in_one_row() -> None:
    late = an_item(at(23), 120, "Late")
    assert laid(late) == {"Late": (46, 47, 0, 1)}
    assert [(b.first, b.last) for b in day_blocks([late], DAY + timedelta(days=1), UTC, 30)] == [(0, 1)]
    assert laid(an_item(at(0, day=DAY), 0, "Moment")) == {"Moment": (0, 0, 0, 1)}


def test_what_lasts_a_day_stands_above_the_hours() -> None:
    fair = an_item(at(0), 2 * 24 * 60, "Fair", is_all_day=True)
    trip = an_item(at(9), 30 * 60, "Trip")
    assert is_whole_day(fair)
    assert [item.subject for item in whole_days([fair, trip], DAY + timedelta(days=1), UTC)] == ["Fair", "Trip"]
    assert whole_days([fair], DAY + timedelta(days=2), UTC) == []
    assert laid(fair, trip) == {}


def test_a_day_is_the_viewers_own() -> None:
    night = an_item(at(23, 30), 30, "Night")
    assert day_blocks([night], DAY, BERLIN, 30) == []
    assert [(b.first, b.last) for b in day_blocks([night], DAY + timedelta(days=1), BERLIN, 30)] == [(1, 1)]


@given(
    st.lists(st.tuples(st.integers(0, 24 * 60 - 1), st.integers(0, 300)), max_size=25), st.sampled_from([15, 30, 60])
)
def test_no_two_blocks_share_a_cell_and_none_is_lost(spans: list[tuple[int, int]], slot_min: int) -> None:
    items = [an_item(at(start // 60, start % 60), length, f"N{number}") for number, (start, length) in enumerate(spans)]
    blocks = day_blocks(items, DAY, UTC, slot_min)
    assert sorted(block.item.subject for block in blocks) == sorted(item.subject for item in items)
    cells = [(row, block.lane) for block in blocks for row in range(block.first, block.last + 1)]
    assert len(cells) == len(set(cells))
    assert all(0 <= block.lane < block.lanes for block in blocks)
    assert all(_same_lanes(block, other) for block in blocks for other in blocks)


def _same_lanes(one: Block, other: Block) -> bool:
    return one.last < other.first or other.last < one.first or one.lanes == other.lanes


@given(st.text(max_size=60), st.integers(2, 30), st.integers(1, 6))
def test_wrapped_words_stay_in_their_width_but_for_the_last_line(text: str, width: int, rows: int) -> None:
    lines = wrapped(" ".join(text.split()), width, rows)
    assert len(lines) <= rows
    assert all(cell_len(line) <= width for line in lines[:-1])
    told = "".join(lines).replace(" ", "")
    assert told[:1] == "".join(text.split())[:1]
    assert "…" in told or told == "".join(text.split())


def test_a_narrow_block_leaves_the_time_to_the_hours_beside_it() -> None:
    item = an_item(at(9), 60, "Demo", account="Acme")
    assert block_lines(item, UTC, 2, 9, is_on_line=True) == ["Demo", "Acme"]
    assert block_lines(item, UTC, 1, 9, is_on_line=False) == ["09:00 Demo"]
    assert block_lines(item, UTC, 3, 12, is_on_line=True) == ["Demo", "Acme", "09:00–10:00"]
    assert block_lines(item, UTC, 1, 30, is_on_line=True) == ["09:00 Demo · Acme"]
    clash = an_item(at(9), 90, "Demo", account="Acme", collides=True)
    assert block_lines(clash, UTC, 3, 30, is_on_line=True) == ["09:00–10:30 Demo", "Acme", "! clash"]


@pytest.mark.parametrize(
    ("view", "week_start", "first", "after"),
    [
        ("day", 0, DAY, DAY + timedelta(days=1)),
        ("week", 0, date(2026, 3, 9), date(2026, 3, 16)),
        ("week", 6, date(2026, 3, 8), date(2026, 3, 15)),
        ("month", 0, date(2026, 2, 23), date(2026, 4, 6)),
        ("month", 6, date(2026, 3, 1), date(2026, 4, 5)),
        ("agenda", 0, DAY, date(2026, 3, 24)),
    ],
)
def test_a_view_shows_whole_weeks_from_the_day_that_weeks_begin_with(
    view: str, week_start: int, first: date, after: date
) -> None:
    assert span_of(view, DAY, week_start) == (first, after)


def test_the_next_month_has_the_same_day_or_its_last_one() -> None:
    assert step_span("month", date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert step_span("month", date(2026, 1, 31), -1) == date(2025, 12, 31)
    assert step_span("week", DAY, -1) == date(2026, 3, 3)


@given(st.dates(), st.sampled_from(["day", "week", "month", "agenda"]), st.integers(0, 6))
def test_every_day_has_a_span_around_it_and_others_beside_it(day: date, view: str, week_start: int) -> None:
    first, after = span_of(view, day, week_start)
    assert first < after
    assert view not in ("week", "month") or first.weekday() == week_start
    span_of(view, step_span(view, day, 1), week_start)
    span_of(view, step_span(view, day, -1), week_start)


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "now"),
        (1, "in 1 min"),
        (59, "in 59 min"),
        (60, "in 1 h"),
        (125, "in 2 h 05"),
        (60 * 24, "in 1 day"),
        (5000, "in 3 days"),
    ],
)
def test_how_soon_is_said_as_people_say_it(minutes: int, words: str) -> None:
    assert how_soon(at(9) + timedelta(minutes=minutes), at(9)) == words


def test_titles_tell_the_days() -> None:
    assert span_title("week", date(2026, 3, 9), DAY) == "Week 11 · 9–15 March 2026"
    assert span_title("week", date(2026, 3, 30), DAY) == "Week 14 · 30 Mar – 5 Apr 2026"
    assert span_title("agenda", date(2026, 12, 28), DAY) == "28 Dec 2026 – 10 Jan 2027"
    assert span_title("month", date(2026, 2, 23), DAY) == "March 2026"
