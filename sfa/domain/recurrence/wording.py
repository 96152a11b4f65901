"""A recurrence in words, English."""

from datetime import UTC, date, datetime

from sfa.domain.recurrence.values import RecurrenceSet, Rule
from sfa.domain.recurrence.zones import wall_time, zone_of

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November")
MONTH_NAMES = (*MONTHS, "December")
UNITS = {
    "SECONDLY": "second",
    "MINUTELY": "minute",
    "HOURLY": "hour",
    "DAILY": "day",
    "WEEKLY": "week",
    "MONTHLY": "month",
    "YEARLY": "year",
}
NTH = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", -1: "last", -2: "last but one"}
WORK_DAYS = {0, 1, 2, 3, 4}
WHOLE_WEEK = 7
TEENS = (11, 12, 13)


def describe(found: RecurrenceSet) -> str:
    """Return when a set takes place, as `every 2 weeks on Mon and Wed until 31 Mar 2027`."""
    if not found.is_recurring:
        return "once"
    words = [describe_rule(rule, found) for rule in found.rules]
    text = ", and ".join(words) or "on chosen days"
    if found.extras and found.rules:
        text += f", and {_times(len(found.extras))} besides"
    if found.excluded:
        text += f", but for {_times(len(found.excluded))}"
    return text


def describe_rule(rule: Rule, base: RecurrenceSet) -> str:
    """Return one rule in words; what it leaves open is the start's."""
    every = UNITS[rule.freq]
    parts = [f"every {every}" if rule.interval == 1 else f"every {rule.interval} {every}s"]
    days = _days(rule, base)
    if rule.by_set_pos:
        chosen = _listed([_nth(number) for number in rule.by_set_pos])
        days = f"on the {chosen} of {days.removeprefix('on ') or 'the times'}"
    parts += filter(None, [days, _months(rule, base), _clock(rule), _end(rule, base)])
    return " ".join(parts)


def _times(count: int) -> str:
    return "one day" if count == 1 else f"{count} days"


def _listed(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def _nth(number: int) -> str:
    if number in NTH:
        return NTH[number]
    size = abs(number)
    ending = "th" if size % 100 in TEENS else {1: "st", 2: "nd", 3: "rd"}.get(size % 10, "th")
    return f"{size}{ending}{' from the end' if number < 0 else ''}"


def _ordinal(number: int) -> str:
    """Return 1st, 2nd, or `last day` counted from the back."""
    if number == -1:
        return "last day"
    size = abs(number)
    ending = "th" if size % 100 in TEENS else {1: "st", 2: "nd", 3: "rd"}.get(size % 10, "th")
    return f"{size}{ending}{' day from the end' if number < 0 else ''}"


def _days(rule: Rule, base: RecurrenceSet) -> str:
    words = []
    if rule.by_week_no:
        words.append(f"in week {_listed([str(number) for number in rule.by_week_no])}")
    if rule.by_year_day:
        words.append(f"on day {_listed([str(number) for number in rule.by_year_day])} of the year")
    if rule.by_day:
        words.append(_weekdays(rule))
    if rule.by_month_day:
        words.append(f"on the {_listed([_ordinal(number) for number in _from_front(rule.by_month_day)])}")
    if not words and rule.freq == "WEEKLY":
        words.append(f"on {DAYS[base.start.weekday()]}")
    if not words and rule.freq == "MONTHLY":
        words.append(f"on the {_ordinal(base.start.day)}")
    if not words and rule.freq == "YEARLY":
        words.append(f"on {base.start.day}" if not rule.by_month else f"on the {_ordinal(base.start.day)}")
    return " ".join(words)


def _from_front(numbers: tuple[int, ...]) -> list[int]:
    return sorted(numbers, key=lambda number: (number < 0, number))


def _weekdays(rule: Rule) -> str:
    plain = [weekday for ordinal, weekday in rule.by_day if ordinal == 0]
    if len(plain) == len(rule.by_day):
        if set(plain) == WORK_DAYS:
            return "on working days"
        return "on any day" if len(plain) == WHOLE_WEEK else f"on {_listed([DAYS[weekday] for weekday in plain])}"
    words = [
        f"{_nth(ordinal)} {DAYS[weekday]}" if ordinal else f"each {DAYS[weekday]}" for ordinal, weekday in rule.by_day
    ]
    return f"on the {_listed(words)}"


def _months(rule: Rule, base: RecurrenceSet) -> str:
    if rule.by_month:
        return (
            f"{'of' if rule.freq == 'YEARLY' else 'in'} {_listed([MONTH_NAMES[month - 1] for month in rule.by_month])}"
        )
    if rule.freq == "YEARLY" and not rule.has_day_parts:
        return MONTH_NAMES[base.start.month - 1]
    return ""


def _clock(rule: Rule) -> str:
    words = []
    if rule.by_hour and rule.by_minute and not rule.by_second and rule.freq not in ("MINUTELY", "SECONDLY"):
        words.append(
            "at " + _listed([f"{hour:02d}:{minute:02d}" for hour in rule.by_hour for minute in rule.by_minute])
        )
    else:
        for name, numbers in (("hour", rule.by_hour), ("minute", rule.by_minute), ("second", rule.by_second)):
            if numbers:
                words.append(f"at {name} {_listed([str(number) for number in numbers])}")
    return " ".join(words)


def _end(rule: Rule, base: RecurrenceSet) -> str:
    if rule.count is not None:
        return "once" if rule.count == 1 else f"{rule.count} times"
    if rule.until is None:
        return ""
    day = until_day(rule.until, base)
    return f"until {day.day} {MONTH_NAMES[day.month - 1][:3]} {day.year}"


def until_day(until: date, base: RecurrenceSet) -> date:
    """Return the last day of a rule by the clocks of its set."""
    if isinstance(until, datetime):
        return until.date() if base.is_all_day else wall_time(until, zone_of(base.zone) or UTC).date()
    return until
