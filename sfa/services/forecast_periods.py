"""Periods as people say them and as the fiscal year cuts them; those that came before."""

from datetime import date, timedelta

from sfa.domain.dates import DateError, resolve_day, resolve_period
from sfa.domain.forecast.book import Period
from sfa.errors import UsageError
from sfa.services.desk import Desk

MONTHS = 12
QUARTER = 3
LEAST_FISCAL_DAYS = 80
"""Shorter periods are months and weeks, which the fiscal year does not cut."""
MOST_PAST = 12
SETTING = "workspace.fiscal_year_start"
HINT = "Write 2026-Q1, 2026-03, q1, this quarter, or 2026."


def period_of(desk: Desk, text: str = "", today: date | None = None) -> Period:
    """Return the period that words name, seen from a day; the quarter of that day where there are none.

    A fiscal year that does not begin in January is called by the year in which it ends.

    Raises:
        UsageError: the words name no period.
    """
    day, shift = today or desk.today, _shift(desk)
    words = text.strip() or "this quarter"
    try:
        start, end = resolve_period(words, moved(day, shift))
        if (end - start).days < LEAST_FISCAL_DAYS:
            start, end = resolve_period(words, day)
            return Period(start, end)
    except (DateError, OverflowError, ValueError) as error:
        raise UsageError(f"“{text.strip()}” is no period.", hint=HINT) from error
    return Period(moved(start, -shift), moved(end, -shift))


def day_of(desk: Desk, text: str | None) -> date:
    """Return the day that words name; today where there are none.

    Raises:
        UsageError: the words name no day.
    """
    if not text:
        return desk.today
    try:
        return resolve_day(text, desk.today)
    except DateError as error:
        raise UsageError(str(error), hint="Write 2026-03-31, yesterday, or last friday.") from error


def _shift(desk: Desk) -> int:
    first = desk.config.number(SETTING)
    if not 1 <= first <= MONTHS:
        raise UsageError(f"The setting {SETTING} must be a month from 1 to 12, not {first}.")
    return (MONTHS + 1 - first) % MONTHS


def moved(day: date, months: int) -> date:
    """Return a day so many months later or earlier; the last of the month where that is shorter."""
    index = day.year * MONTHS + day.month - 1 + months
    first = date(index // MONTHS, index % MONTHS + 1, 1)
    following = date((index + 1) // MONTHS, (index + 1) % MONTHS + 1, 1)
    return min(first + timedelta(days=day.day - 1), following - timedelta(days=1))


def months_of(period: Period) -> int:
    """Return how many whole months a period has; 0 where it is not made of months."""
    if period.start.day != 1 or period.end.day != 1:
        return 0
    return (period.end.year - period.start.year) * MONTHS + period.end.month - period.start.month


def before(period: Period, count: int = 1) -> Period:
    """Return the period of the same kind so many before."""
    months = months_of(period)
    if months:
        return Period(moved(period.start, -months * count), moved(period.end, -months * count))
    days = timedelta(days=period.days * count)
    return Period(period.start - days, period.end - days)


def past_of(period: Period, day: date, count: int = MOST_PAST) -> tuple[Period, ...]:
    """Return earlier periods of the same kind that are over at the end of a day, the newest first."""
    found: list[Period] = []
    number = 1
    while len(found) < count:
        try:
            earlier = before(period, number)
        except (OverflowError, ValueError):  # the beginning of all calendars
            break
        if earlier.end <= day + timedelta(days=1):
            found.append(earlier)
        number += 1
    return tuple(found)


def label_of(desk: Desk, period: Period) -> str:
    """Return what a period is called: 2026-Q1, 2026-03, 2026, or its first and last day."""
    months = months_of(period)
    start = moved(period.start, _shift(desk))
    if months == 1:
        return f"{period.start:%Y-%m}"
    if months == QUARTER and start.month % QUARTER == 1:
        return f"{start.year}-Q{start.month // QUARTER + 1}"
    if months == MONTHS and start.month == 1:
        return f"{start.year}"
    return f"{period.start} to {period.end - timedelta(days=1)}"
