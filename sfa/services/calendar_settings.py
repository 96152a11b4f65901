"""What the calendar is told by settings: working hours and days, holidays, a second zone, reminders."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

from sfa.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sfa.services.desk import Desk

Kind = TypeVar("Kind")

WEEK: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY_MIN: Final = 24 * 60
_HOURS: Final = re.compile(r"(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})")


@dataclass(frozen=True, slots=True)
class CalendarSettings:
    """How the rep's week looks.

    Attributes:
        opens_min, closes_min: the working hours, in minutes of the day.
        work_days: weekdays, Monday is 0.
        week_start: the weekday that a week begins with.
        second_zone: an IANA name, or empty.
        countries: whose public holidays are marked, as `DE-BY` or `US`.
    """

    opens_min: int
    closes_min: int
    work_days: frozenset[int]
    week_start: int
    second_zone: str
    countries: tuple[str, ...]


def calendar_settings(desk: Desk) -> CalendarSettings:
    """Return the calendar's settings.

    Raises:
        UsageError: one cannot be read; its key is in the sentence.
    """
    opens, closes = _read(desk, "calendar.working_hours", read_hours)
    return CalendarSettings(
        opens_min=opens,
        closes_min=closes,
        work_days=_read(desk, "calendar.work_days", read_days),
        week_start=_read(desk, "calendar.week_start", _read_weekday),
        second_zone=_read(desk, "calendar.second_zone", _read_zone),
        countries=tuple(str(code).strip().upper() for code in desk.config.get("calendar.holidays")),
    )


def usual_reminders(desk: Desk) -> tuple[int, ...]:
    """Return the minutes before an appointment that has no reminders of its own.

    Raises:
        UsageError: the setting cannot be read.
    """
    return tuple(_read(desk, "calendar.reminders", _read_reminders))


def _read(desk: Desk, key: str, read: Callable[[str], Kind]) -> Kind:
    try:
        return read(desk.config.text(key).strip())
    except UsageError as error:
        raise UsageError(f"The setting {key}: {error.message}", hint=error.hint) from error


def read_hours(text: str) -> tuple[int, int]:
    """Return when work begins and ends, in minutes of the day: `09:00-17:30`.

    Raises:
        UsageError: it is no such span.
    """
    match = _HOURS.fullmatch(text)
    opens, closes = (int(match[1]) * 60 + int(match[2]), int(match[3]) * 60 + int(match[4])) if match else (0, 0)
    if not 0 <= opens < closes <= DAY_MIN:
        raise UsageError(f"“{text}” are no working hours.", hint="Write them as 09:00-17:30.")
    return opens, closes


def read_days(text: str) -> frozenset[int]:
    """Return weekdays, Monday is 0: `mon-fri`, `sun-thu`, `mon, wed, fri`; nothing is none.

    Raises:
        UsageError: a word is no weekday.
    """
    found: set[int] = set()
    for part in filter(None, re.split(r"[,\s]+", text.replace("–", "-").lower())):
        first, dash, last = part.partition("-")
        start = _read_weekday(first)
        end = _read_weekday(last) if dash else start
        found |= {(start + step) % 7 for step in range((end - start) % 7 + 1)}
    return frozenset(found)


def _read_weekday(text: str) -> int:
    for number, name in enumerate(WEEK):
        if text[:3].lower() == name:
            return number
    raise UsageError(f"“{text}” is no weekday.", hint=f"Choose from {', '.join(WEEK)}.")


def _read_zone(text: str) -> str:
    if not text:
        return ""
    from sfa.services.event_times import read_zone  # noqa: PLC0415 - few look at a second zone

    zone = read_zone(text)
    return "" if zone == "floating" else zone


def _read_reminders(text: str) -> list[int]:
    from sfa.services.event_people import read_reminders  # noqa: PLC0415 - the first paint needs no reminders

    return read_reminders(text) if text else []


def _checked(read: Callable[[str], object]) -> Callable[[str], str]:
    def check(text: str) -> str:
        read(text)
        return text

    return check


CHECKS: Final[Mapping[str, Callable[[str], str]]] = {
    "calendar.working_hours": _checked(read_hours),
    "calendar.work_days": _checked(read_days),
    "calendar.week_start": _checked(_read_weekday),
    "calendar.second_zone": _read_zone,
    "calendar.reminders": _checked(_read_reminders),
}
"""What `sfa config` does with a text before it is written."""
