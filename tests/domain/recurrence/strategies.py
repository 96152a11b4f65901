"""Random rules that hit their own start, so that no expansion of them is empty."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from hypothesis import assume
from hypothesis import strategies as st

from sfa.domain.recurrence.days import week_number
from sfa.domain.recurrence.expanding import expand
from sfa.domain.recurrence.plans import Plan
from sfa.domain.recurrence.values import (
    FREQUENCIES,
    UNIT_SECONDS,
    Extra,
    Length,
    Occurrence,
    Override,
    RecurrenceSet,
    Rule,
)

SMALL = st.integers(1, 4)


def _some(own: int, low: int, high: int) -> st.SearchStrategy[tuple[int, ...]]:
    """Return lists of numbers that hold `own`."""
    others = st.lists(st.integers(low, high).filter(bool) if low < 0 else st.integers(low, high), max_size=4)
    return others.map(lambda found: tuple(sorted({own, *found})))


@st.composite
def starts_of_sets(draw: st.DrawFn, first_year: int = 1995, last_year: int = 2030) -> datetime:
    day = draw(st.dates(date(first_year, 1, 1), date(last_year, 12, 31)))
    return datetime(day.year, day.month, day.day) + timedelta(minutes=15 * draw(st.integers(0, 95)))


@st.composite
def rules(draw: st.DrawFn, start: datetime, freqs: tuple[str, ...] = FREQUENCIES) -> Rule:
    """Return a rule that RFC 5545 allows and that hits `start` (but for BYSETPOS)."""
    freq = draw(st.sampled_from(freqs))
    parts: dict[str, tuple[int, ...]] = {}

    def maybe(name: str, own: int, low: int, high: int, *, is_allowed: bool = True) -> None:
        if is_allowed and draw(st.integers(0, 3)) == 0:
            parts[name] = draw(_some(own, low, high))

    is_day_ish = freq in ("DAILY", "WEEKLY", "MONTHLY")
    maybe("by_month", start.month, 1, 12)
    maybe("by_month_day", start.day, -31, 31, is_allowed=freq != "WEEKLY")
    maybe("by_year_day", start.timetuple().tm_yday, -366, 366, is_allowed=not is_day_ish)
    maybe("by_hour", start.hour, 0, 23)
    maybe("by_minute", start.minute, 0, 59)
    maybe("by_second", start.second, 0, 59)
    by_day: tuple[tuple[int, int], ...] = ()
    if draw(st.booleans()):
        by_day = draw(_weekdays(freq, start, has_month="by_month" in parts))
    week_start = draw(st.integers(0, 6))
    has_ordinals = any(ordinal for ordinal, _ in by_day)
    if freq == "YEARLY" and by_day and not has_ordinals:
        maybe("by_week_no", week_number(start.date(), week_start)[0], -53, 53)
    if (parts or by_day) and draw(st.integers(0, 4)) == 0:
        parts["by_set_pos"] = draw(st.sampled_from([(1,), (-1,), (1, 2), (-2, 1), (-1, 3)]))
    interval = draw(SMALL) if freq in UNIT_SECONDS or not parts else draw(st.integers(1, 2))
    count = draw(st.none() | st.integers(1, 30))
    return replace(Rule(freq, interval, count, by_day=by_day, week_start=week_start), **parts)  # type: ignore[arg-type]


@st.composite
def _weekdays(draw: st.DrawFn, freq: str, start: datetime, *, has_month: bool) -> tuple[tuple[int, int], ...]:
    own, nth = start.weekday(), 0
    others = draw(st.lists(st.integers(0, 6), max_size=3))
    if freq == "MONTHLY" and draw(st.booleans()):
        nth = (start.day - 1) // 7 + 1
    elif freq == "YEARLY" and draw(st.booleans()):
        number = start.day if has_month else start.timetuple().tm_yday
        nth = (number - 1) // 7 + 1
    ordinals = st.sampled_from([-2, -1, 1, 2, 4]) if nth else st.just(0)
    return tuple(sorted({(nth, own), *((draw(ordinals), other) for other in others)}))


def far() -> tuple[datetime, datetime]:
    return datetime(2023, 1, 1), datetime(2031, 1, 1)


def instances(found: RecurrenceSet | None) -> list[Occurrence]:
    if found is None:
        return []
    expansion = expand(Plan(found), *far(), has_cancelled=True)
    assume(not expansion.stopped)
    return list(expansion.occurrences)


@st.composite
def edited_sets(draw: st.DrawFn) -> RecurrenceSet:
    """Return sets with several rules, extra dates, exclusions, overrides of one and onward ones."""
    start = draw(starts_of_sets(2024, 2025))
    own = tuple(
        draw(
            st.lists(
                rules(start, ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")),
                min_size=1,
                max_size=draw(st.sampled_from([1, 1, 1, 2])),
            )
        )
    )
    found = RecurrenceSet(
        start, zone=draw(st.sampled_from(["", "Europe/Berlin", "UTC"])), length=Length(0, 3600), rules=own
    )
    for hours in draw(st.lists(st.integers(1, 9000), max_size=2)):
        found = replace(
            found, extras=(*found.extras, Extra(start + timedelta(hours=hours), draw(st.none() | st.just(Length(1)))))
        )
    found = replace(found, extras=tuple(sorted(set(found.extras), key=lambda extra: extra.start)))
    assume(len({extra.start for extra in found.extras}) == len(found.extras))
    originals = [item.original for item in instances(found)][:40]
    picks = st.sampled_from(originals)
    excluded = draw(st.sets(picks, max_size=2)) - {originals[0]}
    found = replace(found, excluded=tuple(sorted(excluded)))
    for original in sorted(draw(st.sets(picks, max_size=2)) - excluded):
        moved = original + timedelta(hours=draw(st.integers(-30, 30)))
        is_onward = draw(st.booleans())
        found = replace(found, overrides=(*found.overrides, Override(original, moved, is_onward=is_onward)))
    return found
