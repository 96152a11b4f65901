"""Puts two readings into one where they tell of the same day or time, or of the two ends of a range."""

from datetime import date

from sfa.domain.when.days import add_days, check_weekday, monday_of, span_of
from sfa.domain.when.readings import Period, Reading
from sfa.domain.when.tokens import Line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

_FIELDS = (
    "date", "named", "year", "month", "day", "weekday", "period", "clock", "part", "moment", "end", "length", "repeat",
    "grain",
)  # fmt: skip
_UNTIL_WORDS = frozenset(("until", "till", "til", "through", "to", "-"))


def merge(line: Line, first: Reading, second: Reading, lead: str) -> Reading | None:
    """Return one reading for both, None where they tell of different things."""
    if second.moment is not None and first.date == line.today and not first.has_time and second.end is None:
        second.first = first.first  # "today in one hour"
        return second
    if first.moment is not None or second.moment is not None or (first.length and second.has_day):
        return None
    if (first.clock and second.clock) or (first.end and second.end) or (first.repeat and second.repeat):
        return None
    if first.part and second.part and first.part != second.part:
        return None
    if first.has_day and second.has_day:
        return _two_days(first, second, lead)
    if first.repeat is not None and second.has_day and second.is_weak:
        return None
    if second.is_weak and second.part is None and second.clock is None and lead == "":
        return None
    return _union(first, second)


def _union(first: Reading, second: Reading) -> Reading:
    """Return all fields of both; those of the first where both have one."""
    found = Reading(first.first, second.after)
    for name in _FIELDS:
        value = getattr(first, name)
        setattr(found, name, getattr(second, name) if value is None else value)
    found.is_weak = first.is_weak and second.is_weak
    found.is_done = first.is_done or second.is_done
    found.is_gone = first.is_gone or second.is_gone
    return found


def _two_days(first: Reading, second: Reading, lead: str) -> Reading | None:
    """Return one day for two that complete each other: a weekday and a date, a day and its month, a feast and a year."""
    for one, other in ((first, second), (second, first)):
        for rule in _RULES:
            if rule(one, other, lead):
                found = _union(first, second)
                if one.weekday is not None and other.date is not None:
                    found.date, found.weekday = _on_weekday(one.weekday, other), None
                return found
    return None


def _on_weekday(weekday: int, other: Reading) -> date | None:
    """Return the day that a date beside a weekday means: `friday in two weeks` is that of the week so far on.

    Raises:
        WhenError: the date falls on another weekday.
    """
    day = other.date
    if day is None:
        return None
    return add_days(monday_of(day), weekday) if other.is_shifted else check_weekday(day, weekday)


def _is_only(reading: Reading, *names: str) -> bool:
    """Tell whether just these parts of a day are known."""
    known = ("date", "named", "year", "month", "day", "weekday", "period")
    return all((getattr(reading, name) is not None) == (name in names) for name in known)


def _weekday_and_date(one: Reading, other: Reading, lead: str) -> bool:
    if not _is_only(one, "weekday") or one.end or other.end:
        return False
    return lead in ("", "on", "the", "of", "in", "for", "at", "from", "between") and (
        other.date is not None
        or other.named is not None
        or other.day is not None
        or (other.period is not None and other.period.grain == "week")
    )


def _day_and_month(one: Reading, other: Reading, lead: str) -> bool:
    del lead
    is_day = _is_only(one, "day") or _is_only(one, "weekday", "day")
    return is_day and (_is_only(other, "month") or _is_period(other, "month"))


def _is_period(reading: Reading, grain: str) -> bool:
    return _is_only(reading, "period") and reading.period is not None and reading.period.grain == grain


def _month_and_year(one: Reading, other: Reading, lead: str) -> bool:
    del lead
    has_month = one.month is not None and one.year is None and one.period is None and one.date is None
    return has_month and (_is_only(other, "year") or _is_period(other, "year"))


def _feast_and_year(one: Reading, other: Reading, lead: str) -> bool:
    del lead
    is_feast = one.named is not None and one.year is None and one.period is None
    return is_feast and (_is_only(other, "year") or _is_period(other, "year"))


_RULES: "tuple[Callable[[Reading, Reading, str], bool], ...]" = (
    _weekday_and_date,
    _day_and_month,
    _month_and_year,
    _feast_and_year,
)


def make_range(line: Line, first: Reading, last: Reading, word: str) -> Reading | None:
    """Return the range from one reading to another, None where they cannot be the ends of one."""
    del line
    if first.end or last.end or last.repeat or first.length:
        return None
    is_timed = first.clock is not None and last.clock is not None and not last.has_day
    if first.repeat is not None and not is_timed:
        return _repeat_until(first, last) if word in _UNTIL_WORDS and last.has_day and not last.has_time else None
    if not _can_be_ends(first, last, word):
        return None
    found = _union(first, Reading(last.after, last.after))
    found.end = last
    found.is_weak = False
    _share_days(found, last)
    return found


def _can_be_ends(first: Reading, last: Reading, word: str) -> bool:
    if word in ("-", "~") and _is_day_with_time(first, last):
        return False
    if first.is_weak and last.is_weak:
        return False
    is_bare_time = last.clock is not None and not last.has_day
    return not (first.is_weak and first.moment is None and first.clock is None and is_bare_time)


def _share_days(found: Reading, last: Reading) -> None:
    """Let the ends of a range lend each other the month, the year, the period that only one of them tells."""
    if found.day is not None and found.month is None and found.period is None and found.weekday is None:
        found.month, found.year = last.month, last.year
    if last.day is not None and last.month is None and last.period is None and found.month is not None:
        last.month, last.year = found.month, found.year
        if last.day < (found.day or 0):
            last.month = last.month % 12 + 1
    if found.weekday is not None and last.weekday is not None and found.period is not None and last.period is None:
        is_later = last.weekday >= found.weekday
        last.period = found.period if is_later else Period(*span_of(found.period.start, "week", 1), "week")
    if last.period is None:
        return
    if found.period_like == "month" and found.month and not found.year and last.period.grain == "month":
        found.year = last.period.start.year - (found.month > last.period.start.month)
    if found.day is not None and last.day is not None and found.period is None:
        found.period = last.period


def _is_day_with_time(first: Reading, last: Reading) -> bool:
    """Tell whether a dash stands between a day and its time: `6 jan 2017 - 6:37am`."""
    return first.has_day and not first.has_time and not last.has_day and (last.clock is not None or bool(last.part))


def _repeat_until(first: Reading, last: Reading) -> Reading:
    found = _union(first, Reading(last.after, last.after))
    found.end = last
    return found
