"""Days, times and durations as people type them; today is Tuesday 10 March 2026, noon UTC."""

from datetime import date, time, timedelta, timezone

import pytest

from sfa.errors import UsageError
from sfa.services.desk import Desk
from sfa.services.moments import read_day, read_day_and_time, read_instant, read_minutes, read_time
from tests.support.factories import clock_of


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("15min", 15), ("1h30", 90), ("1h", 60), ("1.5h", 90), ("90", 90), ("1:30", 90), ("2 hours 5 min", 125), (45, 45)],
)
def test_durations(text: object, minutes: int) -> None:
    assert read_minutes(text) == minutes


@pytest.mark.parametrize("text", ["", "long", "h", "15 apples"])
def test_no_durations(text: str) -> None:
    with pytest.raises(UsageError, match="no duration"):
        read_minutes(text)


@pytest.mark.parametrize(
    ("text", "day", "at"),
    [
        ("tomorrow 10:00", date(2026, 3, 11), time(10)),
        ("tue 3pm", date(2026, 3, 17), time(15)),
        ("fri at 9.30", date(2026, 3, 13), time(9, 30)),
        ("14:15", date(2026, 3, 10), time(14, 15)),
        ("2026-03-12T08:05", date(2026, 3, 12), time(8, 5)),
        ("2026-03-12", date(2026, 3, 12), None),
        ("next tue", date(2026, 3, 17), None),
        ("12am", date(2026, 3, 10), time(0)),
    ],
)
def test_day_and_time(desk: Desk, text: str, day: date, at: time | None) -> None:
    assert read_day_and_time(desk, text) == (day, at)


def test_a_moment_is_told_in_the_user_s_zone_and_kept_in_utc(desk: Desk) -> None:
    clock_of(desk)._zone = timezone(timedelta(hours=8))
    assert read_instant(desk, "2026-03-09 14:30") == "2026-03-09T06:30:00.000Z"
    assert read_instant(desk, "2026-03-09T14:30+00:00") == "2026-03-09T14:30:00.000Z"
    assert read_instant(desk, "yesterday") == "2026-03-09T04:00:00.000Z"
    assert read_instant(desk, "today") == "2026-03-10T12:00:00.000Z"


@pytest.mark.parametrize(
    ("text", "coming", "gone"),
    [
        ("fri", date(2026, 3, 13), date(2026, 3, 6)),
        ("friday", date(2026, 3, 13), date(2026, 3, 6)),
        ("5 mar", date(2027, 3, 5), date(2026, 3, 5)),
        ("tomorrow", date(2026, 3, 11), date(2026, 3, 11)),
        ("next fri", date(2026, 3, 20), date(2026, 3, 20)),
        ("yesterday", date(2026, 3, 9), date(2026, 3, 9)),
    ],
)
def test_words_for_what_is_past_look_back(desk: Desk, text: str, coming: date, gone: date) -> None:
    assert read_day(desk, text) == coming
    assert read_day(desk, text, is_past=True) == gone


def test_no_time_of_day() -> None:
    for text in ("25:00", "noonish", "13:75"):
        with pytest.raises(UsageError, match="time of day"):
            read_time(text)
