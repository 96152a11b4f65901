"""Arithmetic with days: months, weekdays, Easter. Weeks begin on Monday."""

from datetime import date, datetime, timedelta

from sfa.domain.when.values import WhenError

WEEK = 7
WORK_DAYS = 5
MONTHS = 12
QUARTER = 3
_PIVOT = 40
_JULIAN_DAYS = 13
_LEAP_YEAR = 2024
MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_TWO_DIGITS = 100


def make_day(year: int, month: int, day: int) -> date:
    """Return that day.

    Raises:
        WhenError: there is no such day.
    """
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        raise WhenError(f"There is no {_shown(year, month, day)}.") from None


def _shown(year: int, month: int, day: int) -> str:
    name = MONTH_NAMES[month - 1] if 1 <= month <= MONTHS else f"month {month}"
    return f"{day} {name} {year}"


def check_weekday(day: date, weekday: int | None) -> date:
    """Return the day.

    Raises:
        WhenError: it falls on another weekday than the one that is written beside it.
    """
    if weekday is not None and day.weekday() != weekday:
        told = f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"
        raise WhenError(f"{told} is a {WEEKDAY_NAMES[day.weekday()]}, not a {WEEKDAY_NAMES[weekday]}.")
    return day


def days_in(year: int, month: int) -> int:
    """Return how many days that month has."""
    if month == 2:  # noqa: PLR2004 - February
        is_leap = year % 4 == 0 and (year % _TWO_DIGITS != 0 or year % (4 * _TWO_DIGITS) == 0)
        return 29 if is_leap else 28
    return 30 if month in (4, 6, 9, 11) else 31


def can_be(month: int, day: int) -> bool:
    """Tell whether some year has that day of that month."""
    return 1 <= month <= MONTHS and 1 <= day <= days_in(_LEAP_YEAR, month)


def add_months(day: date, count: int) -> date:
    """Return the same day so many months on, or the last day of that month where it has none such.

    Raises:
        WhenError: it lies beyond the calendar.
    """
    index = day.year * MONTHS + day.month - 1 + count
    year, month = index // MONTHS, index % MONTHS + 1
    if not 1 <= year < 9999:  # noqa: PLR2004 - the calendar's last year
        raise WhenError("That day lies beyond the calendar.")
    return date(year, month, min(day.day, days_in(year, month)))


def add_days(day: date, count: int) -> date:
    """Return the day so many days on.

    Raises:
        WhenError: it lies beyond the calendar.
    """
    try:
        return day + timedelta(days=count)
    except OverflowError:
        raise WhenError("That day lies beyond the calendar.") from None


def add_work_days(day: date, count: int) -> date:
    """Return the day so many Mondays to Fridays on, or back where the count is negative; from a weekend as from its edge."""
    weeks, rest = divmod(abs(count), WORK_DAYS)
    step = 1 if count >= 0 else -1
    found = day
    while found.weekday() >= WORK_DAYS:
        found = add_days(found, -step)
    found = add_days(found, step * weeks * WEEK)
    while rest:
        found = add_days(found, step)
        rest -= found.weekday() < WORK_DAYS
    return found


def add_seconds(moment: datetime, count: int) -> datetime:
    """Return the moment so many seconds on.

    Raises:
        WhenError: it lies beyond the calendar.
    """
    try:
        return moment + timedelta(seconds=count)
    except OverflowError:
        raise WhenError("That moment lies beyond the calendar.") from None


def monday_of(day: date) -> date:
    """Return the Monday of its week."""
    return add_days(day, -day.weekday())


def weekday_after(day: date, weekday: int) -> date:
    """Return the next such weekday (0 is Monday), at least a day later."""
    return add_days(day, (weekday - day.weekday() - 1) % WEEK + 1)


def weekday_before(day: date, weekday: int) -> date:
    """Return the last such weekday (0 is Monday), at least a day earlier."""
    return add_days(day, -((day.weekday() - weekday - 1) % WEEK + 1))


def nth_weekday(year: int, month: int, weekday: int, count: int) -> date:
    """Return the count-th such weekday of a month; -1 is the last one.

    Raises:
        WhenError: the month has fewer.
    """
    if count > 0:
        first = date(year, month, 1)
        day = 1 + (weekday - first.weekday()) % WEEK + (count - 1) * WEEK
    else:
        last = date(year, month, days_in(year, month))
        day = last.day - (last.weekday() - weekday) % WEEK + (count + 1) * WEEK
    if not 1 <= day <= days_in(year, month):
        raise WhenError(f"{MONTH_NAMES[month - 1]} {year} has no such weekday.")
    return date(year, month, day)


def easter(year: int) -> date:
    """Return Easter Sunday, by the anonymous Gregorian computus (Meeus, Astronomical Algorithms, chapter 8)."""
    century, rest = divmod(year, 100)
    golden = year % 19
    shift = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - shift - rest % 4) % 7
    late = (golden + 11 * shift + 22 * weekday) // 451
    month, day = divmod(shift + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def orthodox_easter(year: int) -> date:
    """Return Orthodox Easter Sunday, 1900 to 2099 (Meeus, Astronomical Algorithms, chapter 8, Julian calendar)."""
    shift = (19 * (year % 19) + 15) % 30
    weekday = (2 * (year % 4) + 4 * (year % 7) - shift + 34) % 7
    month, day = divmod(shift + weekday + 114, 31)
    return add_days(date(year, month, day + 1), _JULIAN_DAYS)


def full_year(year: int) -> int:
    """Return the year that two digits mean: 1940 to 2039."""
    if year >= _TWO_DIGITS:
        return year
    return year + (2000 if year < _PIVOT else 1900)


def span_of(day: date, unit: str, count: int = 0) -> tuple[date, date]:
    """Return first day and the day after the last of the week, month, quarter or year of a day, or so many further on.

    Raises:
        WhenError: it lies beyond the calendar.
    """
    if unit == "day":
        first = add_days(day, count)
        return first, add_days(first, 1)
    if unit == "week":
        first = add_days(monday_of(day), count * WEEK)
        return first, add_days(first, WEEK)
    months = MONTHS_IN[unit]
    index = day.year * MONTHS + day.month - 1
    first = add_months(day.replace(day=1), index // months * months - index + count * months)
    return first, add_months(first, months)


MONTHS_IN = {"month": 1, "quarter": QUARTER, "half": 6, "year": MONTHS, "decade": 120, "century": 1200}
