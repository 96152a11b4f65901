"""What holds for all days: shifts add up, ranges run forwards, both languages name the same day."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sfa.domain.when import find_duration
from sfa.domain.when.days import easter, nth_weekday, orthodox_easter
from tests.support.dates import read, told

NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
HAN_NAMES = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
MOMENTS = st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2050, 12, 31))  # noqa: DTZ001 - wall times
DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2050, 12, 31))


def start_of(text: str, now: datetime, order: str = "dmy") -> datetime:
    found = read(text, now, order=order)
    assert found is not None, text
    return found.start


@given(MOMENTS, st.integers(1, 400))
def test_in_so_many_days_is_today_and_so_many(now: datetime, count: int) -> None:
    wanted = now.date() + timedelta(days=count)
    for text in (f"in {count} days", f"{count} days from now", f"+{count}d", f"{count}天后", f"{count}天以后"):
        assert start_of(text, now).date() == wanted, text
    assert start_of(f"{count} days ago", now).date() == start_of(f"{count}天前", now).date()


@given(MOMENTS, st.integers(1, 60), st.sampled_from(("days", "weeks", "months", "business days", "hours")))
def test_more_of_a_unit_is_later(now: datetime, count: int, unit: str) -> None:
    assert start_of(f"in {count} {unit}", now) < start_of(f"in {count + 1} {unit}", now)


@given(MOMENTS, st.integers(0, 6))
def test_the_name_of_a_weekday_gives_that_weekday_of_the_coming_days(now: datetime, weekday: int) -> None:
    found = start_of(NAMES[weekday], now)
    assert found.weekday() == weekday
    assert 1 <= (found.date() - now.date()).days <= 7
    assert found == start_of(HAN_NAMES[weekday], now)
    assert start_of(f"next {NAMES[weekday]}", now) == start_of(f"下{HAN_NAMES[weekday]}", now)
    assert start_of(f"last {NAMES[weekday]}", now) == start_of(f"上{HAN_NAMES[weekday]}", now)


@given(MOMENTS, DAYS)
def test_a_day_is_the_same_in_every_form(now: datetime, day: date) -> None:
    forms = (
        day.isoformat(),
        f"{day:%d.%m.%Y}",
        f"{day:%d/%m/%Y}",
        f"{day.day} {MONTHS[day.month - 1]} {day.year}",
        f"{MONTHS[day.month - 1][:3]} {day.day}, {day.year}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{NAMES[day.weekday()]}, {day.day} {MONTHS[day.month - 1]} {day.year}",
    )
    for form in forms:
        assert start_of(form, now).date() == day, form
    assert start_of(f"{day:%m/%d/%Y}", now, "mdy").date() == day


@given(MOMENTS, st.integers(1, 12), st.integers(1, 28))
def test_a_day_without_a_year_is_within_the_year_ahead(now: datetime, month: int, day: int) -> None:
    found = start_of(f"{day} {MONTHS[month - 1]}", now)
    assert found == start_of(f"{month}月{day}日", now)
    assert 0 <= (found.date() - now.date()).days <= 366


@given(MOMENTS, st.integers(0, 23), st.integers(0, 59))
def test_a_time_of_tomorrow_is_that_time(now: datetime, hour: int, minute: int) -> None:
    wanted = datetime.combine(now.date() + timedelta(days=1), datetime.min.time()).replace(hour=hour, minute=minute)
    half = f"{hour % 12 or 12}:{minute:02d}{'am' if hour < 12 else 'pm'}"
    assert start_of(f"tomorrow {half}", now) == wanted
    if hour >= 13 or hour < 10:
        assert start_of(f"tomorrow at {hour:02d}:{minute:02d}", now) == wanted
        assert start_of(f"明天{hour:02d}:{minute:02d}", now) == wanted


@given(MOMENTS, st.integers(0, 23), st.integers(0, 23))
def test_a_range_runs_forwards(now: datetime, first: int, last: int) -> None:
    for text in (f"tomorrow {first}:00-{last}:30", f"明天{first}:00到{last}:30", f"from {first}:00 to {last}:30"):
        found = read(text, now)
        assert found is not None
        assert found.end is not None
        assert found.start < found.end <= found.start + timedelta(days=1), text


@given(MOMENTS, DAYS, st.integers(0, 60))
def test_a_range_of_days_holds_both(now: datetime, first: date, length: int) -> None:
    last = first + timedelta(days=length + 1)
    text = f"{first.day} {MONTHS[first.month - 1]} {first.year} - {last.day} {MONTHS[last.month - 1]} {last.year}"
    found = read(text, now)
    assert found is not None
    assert found.end is not None
    assert (found.start.date(), found.end.date()) == (first, last + timedelta(days=1))


@given(MOMENTS, st.sampled_from(("week", "month", "quarter", "year")))
def test_periods_follow_each_other_without_a_gap(now: datetime, unit: str) -> None:
    last, this, following = (read(f"{turn} {unit}", now) for turn in ("last", "this", "next"))
    assert last is not None
    assert this is not None
    assert following is not None
    assert (last.end, this.end) == (this.start, following.start)
    assert this.end is not None
    assert this.start <= now < this.end


@given(st.integers(1, 600))
def test_durations_are_told_in_minutes(minutes: int) -> None:
    hours, rest = divmod(minutes, 60)
    texts = [f"{minutes}min", f"call {minutes} minutes", f"打电话{minutes}分钟"]
    if hours and rest:
        texts += [f"{hours}h{rest:02d}", f"{hours} hours {rest} minutes", f"{hours}小时{rest}分钟"]
    for text in texts:
        found = find_duration(text)
        assert found is not None, text
        assert found.minutes == minutes, text


@pytest.mark.parametrize("text", ["in 15 min", "2 hours ago", "三小时后", "3 days", "$5m", "no length"])
def test_shifts_and_days_are_no_durations(text: str) -> None:
    assert find_duration(text) is None


@pytest.mark.parametrize(
    ("year", "western", "orthodox"),
    [(2024, "2024-03-31", "2024-05-05"), (2025, "2025-04-20", "2025-04-20"), (2026, "2026-04-05", "2026-04-12")],
)
def test_easter_of_both_calendars(year: int, western: str, orthodox: str) -> None:
    assert easter(year).isoformat() == western
    assert orthodox_easter(year).isoformat() == orthodox


@given(st.integers(1900, 2099), st.integers(1, 12), st.integers(0, 6))
def test_the_last_weekday_of_a_month_is_in_its_last_seven_days(year: int, month: int, weekday: int) -> None:
    last = nth_weekday(year, month, weekday, -1)
    assert (last.weekday(), last.month) == (weekday, month)
    assert (last + timedelta(days=7)).month != month


def test_far_years_are_read() -> None:
    assert told("1 january 2999") == "2999-01-01"
