"""Appointments and spans of days in words, as the calendar's views and lines say them."""

from datetime import date, datetime, timedelta, tzinfo

from sfa.domain.text import clean
from sfa.services.agenda import Appointment

CLASH = "!"
HELD = "✓"
MISSED = "✗"
SERIES = "↻"
MAYBE = "?"
HOLIDAY = "✦"
SIGNS = (
    (CLASH, "clash: another one is on at the same time"),
    (HELD, "held"),
    (MISSED, "not held"),
    (SERIES, "repeats"),
    (MAYBE, "tentative"),
    (HOLIDAY, "public holiday"),
    ("☐", "task"),
)
SEPARATOR = "  ·  "
HOUR_MIN = 60
DAY_MIN = 24 * HOUR_MIN
_STATUS = {"held": HELD, "not_held": MISSED, "cancelled": MISSED}


def clock(moment: datetime, zone: tzinfo) -> str:
    """Return the time of day of an aware moment in a zone."""
    return f"{moment.astimezone(zone):%H:%M}"


def times(item: Appointment, zone: tzinfo) -> str:
    """Return from when to when, or how many days."""
    if item.is_all_day:
        days = (item.ends - item.starts).days
        return "all day" if days <= 1 else f"{days} days"
    starts, ends = item.starts.astimezone(zone), item.ends.astimezone(zone)
    if starts.date() == ends.date() or (ends - starts < timedelta(days=1)):
        return f"{starts:%H:%M}–{ends:%H:%M}"
    return f"{starts:%a %H:%M}–{ends:%a %H:%M}"


def who(item: Appointment) -> str:
    """Return whom it is with."""
    return ", ".join(dict.fromkeys(clean(name) for name in (item.contact, item.account) if name))


def marks(item: Appointment) -> str:
    """Return the signs of an appointment, with a space after them where there are any."""
    found = (
        CLASH if item.collides else "",
        _STATUS.get(item.status, ""),
        MAYBE if item.busy == "tentative" else "",
        SERIES if item.is_repeating else "",
    )
    joined = "".join(found)
    return f"{joined} " if joined else ""


def subject(item: Appointment) -> str:
    """Return what it is about, on one line."""
    return clean(item.subject)


def in_full(item: Appointment, zone: tzinfo) -> str:
    """Return an appointment in one line, with all that a block may have no room for."""
    state = "" if item.status == "planned" else item.status.replace("_", " ")
    parts = (
        f"{times(item, zone)} {marks(item)}{subject(item)}",
        who(item),
        clean(item.place),
        "clash" if item.collides else "",
        state,
        "tentative" if item.busy == "tentative" else "",
        item.ref,
    )
    return SEPARATOR.join(part for part in parts if part)


def block_lines(item: Appointment, zone: tzinfo, rows: int, width: int) -> list[str]:
    """Return what stands in a block of so many rows, the most needed first."""
    about = f"{marks(item)}{subject(item)}"
    begins = clock(item.starts, zone)
    whom = who(item)
    if rows == 1:
        return [f"{begins} {about}{f' · {whom}' if whom else ''}"]
    clash = [f"{CLASH} clash"] if item.collides else []
    place = [clean(item.place)] if item.place else []
    narrow = 16
    if width >= narrow or rows == 2:  # noqa: PLR2004 - two rows have room for both lines only
        lines = [f"{begins} {about}", *([whom] if whom else []), *place]
    else:
        lines = [times(item, zone), about, *([whom] if whom else []), *place]
    return [*lines[: rows - len(clash)], *clash]


def span_title(view: str, first: date, day: date) -> str:
    """Return what a view shows: of a week its number and days, of a month its name."""
    if view == "day":
        return f"{day:%A}, {day.day} {day:%B %Y}"
    if view == "month":
        return f"{first + timedelta(days=10):%B %Y}"
    last = first + timedelta(days=6 if view == "week" else 13)
    if first.year != last.year:
        days = f"{first.day} {first:%b %Y} – {last.day} {last:%b %Y}"
    elif first.month != last.month:
        days = f"{first.day} {first:%b} – {last.day} {last:%b %Y}"
    else:
        days = f"{first.day}–{last.day} {last:%B %Y}"
    return f"Week {(first + timedelta(days=3)).isocalendar().week} · {days}" if view == "week" else days


def how_soon(starts: datetime, now: datetime) -> str:
    """Return how long until a moment, as people say it: `in 25 min`, `in 1 h 05`, `in 2 days`."""
    minutes = max(-(-int((starts - now).total_seconds()) // HOUR_MIN), 0)
    if minutes < HOUR_MIN:
        return f"in {minutes} min" if minutes else "now"
    if minutes < DAY_MIN:
        hours, rest = divmod(minutes, HOUR_MIN)
        return f"in {hours} h {rest:02d}" if rest else f"in {hours} h"
    days = minutes // DAY_MIN
    return f"in {days} day{'' if days == 1 else 's'}"


def next_words(item: Appointment | None, now: datetime) -> str:
    """Return which appointment is next, and how soon."""
    if item is None or item.starts <= now:
        return ""
    return f"next {how_soon(item.starts, now)}: {subject(item)}"
