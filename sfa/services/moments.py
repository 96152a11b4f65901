"""Days, times and durations as people type them, read in the user's zone."""

import re
from datetime import UTC, date, datetime, time, timedelta

from sfa.clock import instant_text
from sfa.domain.dates import DateError, parse_day, resolve_day
from sfa.errors import UsageError
from sfa.services.desk import Desk

NOON = time(12)
_CLOCK = re.compile(
    r"(?:^|(?<=[\s,T]))(?:at\s+)?(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm)?(?::\d{2}(?:\.\d+)?)?$", re.IGNORECASE
)
_DURATION = re.compile(
    r"(?:(\d{1,3})(?:[.,](\d))?\s*(?:h|hr|hrs|hour|hours)\s*)?(?:(\d{1,5})\s*(?:m|min|mins|minute|minutes)?)?",
    re.IGNORECASE,
)
_BARE_WEEKDAY = re.compile(
    r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}|(?:周|星期|礼拜)[一二三四五六日天]", re.IGNORECASE
)
_BARE_MONTH_DAY = re.compile(
    r"[a-z]{3,9}\.? \d{1,2}(?:st|nd|rd|th)?|\d{1,2}(?:st|nd|rd|th)?\.? (?:of )?[a-z]{3,9}", re.IGNORECASE
)
_LEAP_DAY = (2, 29)
_HALF_DAY = 12
_HOURS = 24
_MINUTES = 60


def read_day(desk: Desk, value: object, *, is_past: bool = False) -> date:
    """Return a day from a date, a moment, words ("next friday") or a written date.

    With `is_past`, a weekday alone is the last one, and a day without a year the last such day.

    Raises:
        UsageError: it is none, or day and month cannot be told apart.
    """
    if isinstance(value, datetime):
        return value.astimezone(desk.store.clock.zone()).date() if value.tzinfo else value.date()
    if isinstance(value, date):
        return value
    text = str(value).strip()
    try:
        found = resolve_day(text, desk.today)
        return _looking_back(found, text, desk.today) if is_past else found
    except DateError as words_error:
        try:
            return parse_day(text, desk.config.text("workspace.dates"))
        except DateError as error:
            raise UsageError(str(error)) from words_error


def read_instant(desk: Desk, value: object, *, is_past: bool = False) -> str:
    """Return a moment as stored (UTC); a time alone is today's, a day alone is its noon, today alone is now."""
    if isinstance(value, datetime):
        return _stored(desk, value)
    exact = None if isinstance(value, date) else _iso_moment(str(value).strip())
    if exact is not None:
        return _stored(desk, exact)
    day, clock_time = read_day_and_time(desk, value, is_past=is_past)
    if clock_time is None and day == desk.today:
        return instant_text(desk.store.clock.now())
    return _stored(desk, datetime.combine(day, clock_time or NOON))


def read_day_and_time(desk: Desk, value: object, *, is_past: bool = False) -> tuple[date, time | None]:
    """Return the day and, where one is named, the time of the day: "tomorrow 10:00", "tue 3pm", "2026-03-11"."""
    if isinstance(value, datetime):
        local = value.astimezone(desk.store.clock.zone()) if value.tzinfo else value
        return local.date(), local.time().replace(second=0, microsecond=0)
    if isinstance(value, date):
        return value, None
    text = str(value).strip()
    exact = _iso_moment(text)
    if exact is not None:
        return read_day_and_time(desk, exact)
    match = _CLOCK.search(text)
    if match is None or not (match[2] or match[3]):
        return read_day(desk, text, is_past=is_past), None
    words = text[: match.start()].strip(" ,T")
    return (read_day(desk, words, is_past=is_past) if words else desk.today), _time_of(match, text)


def read_time(text: str) -> time:
    """Return a time of day: "9:30", "14h00", "3pm".

    Raises:
        UsageError: it is none.
    """
    match = _CLOCK.fullmatch(text.strip())
    if match is None:
        raise UsageError(f"“{text}” is no time of day.", hint="Write it as 14:30 or 2:30pm.")
    return _time_of(match, text)


def read_minutes(value: object) -> int:
    """Return a duration in minutes: 90, "15min", "1h30", "1.5h", "1:30".

    Raises:
        UsageError: it is none.
    """
    if isinstance(value, int):
        return value
    text = str(value).strip().lower()
    if re.fullmatch(r"\d{1,3}:[0-5]\d", text):
        hours, minutes = text.split(":")
        return int(hours) * _MINUTES + int(minutes)
    match = _DURATION.fullmatch(text)
    if not text or match is None or not any(match.groups()):
        raise UsageError(f"“{value}” is no duration.", hint="Write it as 15min, 1h30 or 90.")
    return int(match[1] or 0) * _MINUTES + int(match[2] or 0) * _MINUTES // 10 + int(match[3] or 0)


def _looking_back(found: date, text: str, today: date) -> date:
    """Return the last such day where words that name no week and no year were read as the coming one."""
    if found <= today:
        return found
    if _BARE_WEEKDAY.fullmatch(text):
        return found - timedelta(days=7)
    if _BARE_MONTH_DAY.fullmatch(text) and (found.month, found.day) != _LEAP_DAY:
        return found.replace(year=found.year - 1)
    return found


def _iso_moment(text: str) -> datetime | None:
    if not re.match(r"\d{4}-\d{2}-\d{2}[T ]\d", text):
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _time_of(match: re.Match[str], text: str) -> time:
    hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").lower()
    if half:
        hour = hour % _HALF_DAY + (_HALF_DAY if half == "pm" else 0)
    if hour >= _HOURS or minute >= _MINUTES:
        raise UsageError(f"“{text}” holds no time of day.", hint="Write it as 14:30 or 2:30pm.")
    return time(hour, minute)


def _stored(desk: Desk, moment: datetime) -> str:
    aware = moment if moment.tzinfo else moment.replace(tzinfo=desk.store.clock.zone())
    return instant_text(aware.astimezone(UTC))
