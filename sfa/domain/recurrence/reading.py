"""Rules as RFC 5545 writes them, read and checked part by part."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from sfa.domain.near import near_words
from sfa.domain.recurrence.values import FREQUENCIES, UNIT_SECONDS, WEEKDAYS, RecurrenceError, Rule

LONGEST_RULE = 10_000
LONGEST_NUMBER = 9
DATE_LENGTH = 8
MOMENT_LENGTH = 15
CACHED_RULES = 4096


@lru_cache(CACHED_RULES)
def read_rule(text: str) -> Rule:
    """Return the rule of an RRULE value, with or without `RRULE:` in front.

    Raises:
        RecurrenceError: it is none; the sentence names the part at fault.
    """
    parts = _split(text)
    if "FREQ" not in parts:
        raise RecurrenceError("The rule has no FREQ; it begins like FREQ=WEEKLY.")
    values: dict[str, Any] = {}
    for name, value in parts.items():
        field, read = _PARTS[name]
        found = read(name, value)
        if field:
            values[field] = found
    rule = Rule(**values)
    _check(rule)
    return rule


def _split(text: str) -> dict[str, str]:
    if len(text) > LONGEST_RULE:
        raise RecurrenceError(f"The rule is longer than {LONGEST_RULE} characters.")
    body = text.strip().upper().removeprefix("RRULE:")
    parts: dict[str, str] = {}
    for piece in filter(None, (piece.strip() for piece in body.split(";"))):
        name, sign, value = (word.strip() for word in piece.partition("="))
        if not sign or not value:
            raise RecurrenceError(f"{piece[:40]} in the rule is no part; parts look like INTERVAL=2.")
        if name not in _PARTS:
            near = near_words(name, _PARTS, n=1)
            raise RecurrenceError(f"{name[:40]} is no part of a rule{f'; {near[0]} is' if near else ''}.")
        if name in parts:
            raise RecurrenceError(f"{name} stands twice in the rule.")
        parts[name] = value
    return parts


def _freq(name: str, value: str) -> str:
    if value not in FREQUENCIES:
        raise RecurrenceError(f"{name}={value[:40]} is no frequency; choose from {', '.join(FREQUENCIES)}.")
    return value


def _number(name: str, value: str) -> int:
    digits = value[1:] if value[:1] in ("+", "-") else value
    if not (digits.isascii() and digits.isdigit() and len(digits) <= LONGEST_NUMBER):
        raise RecurrenceError(f"{name} holds {value[:40] or 'nothing'}, which is no whole number of up to 9 digits.")
    return int(value)


def _positive(name: str, value: str) -> int:
    number = _number(name, value)
    if number < 1:
        raise RecurrenceError(f"{name}={value} must be at least 1.")
    return number


def _numbers(low: int, high: int) -> Callable[[str, str], tuple[int, ...]]:
    """Return a reader of a list of numbers; where `low` is negative, 0 is none of them."""

    def read(name: str, value: str) -> tuple[int, ...]:
        found = {_number(name, piece.strip()) for piece in value.split(",")}
        for number in found:
            if not low <= number <= high or (number == 0 and low < 0):
                span = f"1 to {high} or {low} to -1" if low < 0 else f"{low} to {high}"
                raise RecurrenceError(f"{name} holds {number}; it may hold {span}.")
        return tuple(sorted(found))

    return read


def _weekday(name: str, value: str) -> int:
    if value not in WEEKDAYS:
        raise RecurrenceError(f"{name} holds {value[:40] or 'nothing'}; weekdays are {', '.join(WEEKDAYS)}.")
    return WEEKDAYS.index(value)


def _weekdays(name: str, value: str) -> tuple[tuple[int, int], ...]:
    found = set()
    for piece in (piece.strip() for piece in value.split(",")):
        weekday = _weekday(name, piece[-2:])
        ordinal = _number(name, piece[:-2]) if piece[:-2] else 0
        if abs(ordinal) > 53 or (piece[:-2] and ordinal == 0):  # noqa: PLR2004 - the weeks of a year
            raise RecurrenceError(f"{name} holds {piece}; the number may be 1 to 53 or -53 to -1.")
        found.add((ordinal, weekday))
    return tuple(sorted(found))


def _until(name: str, value: str) -> date:
    return read_moment(name, value)


def _scale(name: str, value: str) -> None:
    if value not in ("GREGORIAN", "OMIT"):
        raise RecurrenceError(f"{name}={value[:40]} is not supported; only the Gregorian calendar is.")


_PARTS: dict[str, tuple[str, Callable[[str, str], Any]]] = {
    "FREQ": ("freq", _freq),
    "UNTIL": ("until", _until),
    "COUNT": ("count", _positive),
    "INTERVAL": ("interval", _positive),
    "BYSECOND": ("by_second", _numbers(0, 60)),
    "BYMINUTE": ("by_minute", _numbers(0, 59)),
    "BYHOUR": ("by_hour", _numbers(0, 23)),
    "BYDAY": ("by_day", _weekdays),
    "BYMONTHDAY": ("by_month_day", _numbers(-31, 31)),
    "BYYEARDAY": ("by_year_day", _numbers(-366, 366)),
    "BYWEEKNO": ("by_week_no", _numbers(-53, 53)),
    "BYMONTH": ("by_month", _numbers(1, 12)),
    "BYSETPOS": ("by_set_pos", _numbers(-366, 366)),
    "WKST": ("week_start", _weekday),
    "RSCALE": ("", _scale),
    "SKIP": ("", _scale),
}


def _check(rule: Rule) -> None:
    """Hold what RFC 5545 3.3.10 forbids together."""
    freq = rule.freq
    has_ordinals = any(ordinal for ordinal, _ in rule.by_day)
    forbidden = (
        (rule.count is not None and rule.until is not None, "COUNT and UNTIL exclude each other"),
        (
            has_ordinals and freq not in ("MONTHLY", "YEARLY"),
            f"BYDAY takes numbers in MONTHLY and YEARLY, not in {freq}",
        ),
        (has_ordinals and bool(rule.by_week_no), "BYDAY takes no numbers beside BYWEEKNO"),
        (bool(rule.by_month_day) and freq == "WEEKLY", "BYMONTHDAY does not go with WEEKLY"),
        (bool(rule.by_year_day) and freq in ("DAILY", "WEEKLY", "MONTHLY"), f"BYYEARDAY does not go with {freq}"),
        (bool(rule.by_week_no) and freq != "YEARLY", f"BYWEEKNO goes with YEARLY, not with {freq}"),
        (bool(rule.by_set_pos) and not rule.has_parts, "BYSETPOS needs another BY part to choose from"),
    )
    for is_broken, sentence in forbidden:
        if is_broken:
            raise RecurrenceError(f"{sentence}.")


def check_all_day(rule: Rule) -> None:
    """Refuse what a rule cannot do with whole days.

    Raises:
        RecurrenceError: it repeats within a day.
    """
    if rule.freq in UNIT_SECONDS:
        raise RecurrenceError(f"FREQ={rule.freq} repeats within a day, which an appointment of whole days cannot.")


def read_moment(name: str, text: str) -> date:
    """Return a DATE (a date), a local DATE-TIME (naive) or one in UTC (aware).

    Raises:
        RecurrenceError: it is none of them; `name` is the part that holds it.
    """
    value = text.strip().upper()
    try:
        if len(value) == DATE_LENGTH and value.isdigit():
            return date(int(value[:4]), int(value[4:6]), int(value[6:]))
        if len(value) in (MOMENT_LENGTH, MOMENT_LENGTH + 1) and value[8] == "T" and value[15:] in ("", "Z"):
            return _moment(value)
    except ValueError as error:
        raise RecurrenceError(f"{name} holds {text[:40]}, which is no day of the calendar or no time.") from error
    raise RecurrenceError(
        f"{name} holds {text[:40]}; times look like 20261121T090000, with Z for UTC, dates like 20261121."
    )


def _moment(value: str) -> datetime:
    digits = value[:8] + value[9:15]
    if not (digits.isascii() and digits.isdigit()):
        raise ValueError(value)
    second = min(int(value[13:15]), 59) if value[13:15] == "60" else int(value[13:15])
    numbers = (int(value[:4]), int(value[4:6]), int(value[6:8]), int(value[9:11]), int(value[11:13]), second)
    return datetime(*numbers, tzinfo=UTC if value.endswith("Z") else None)
