"""Time zones by name, and wall times put into them."""

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from sfa.domain.near import near_words
from sfa.domain.recurrence.values import Occurrence, RecurrenceError

LONGEST_NAME = 100
FIXED = re.compile(r"UTC([+-])(0\d|1\d|2[0-3])([0-5]\d)")


@lru_cache(512)
def zone_named(name: str) -> str:
    """Return the IANA name of a zone that goes by an IANA or a Windows name, in any case.

    Names with a registry's prefix, as `/example.org/2025/Europe/Berlin`, are known by their tail; an offset that no zone
    has is a name too: `UTC-0741`.

    Raises:
        RecurrenceError: no zone goes by it.
    """
    wanted = name.strip().strip('"')
    if wanted.upper() in ("UTC", "Z", "GMT", "ETC/UTC"):
        return "UTC"
    if FIXED.fullmatch(wanted):
        return wanted
    found = _iana(wanted) or _windows(wanted) or _tail(wanted) or _in_any_case(wanted)
    if found:
        return found
    near = near_words(wanted[:LONGEST_NAME], available_timezones(), n=1)
    raise RecurrenceError(
        f"There is no time zone {wanted[:LONGEST_NAME] or 'without a name'}"
        f"; {f'{near[0]} is one' if near else 'zones have names like Europe/Berlin'}."
    )


def _iana(name: str) -> str | None:
    if not name or len(name) > LONGEST_NAME or "/" not in name[1:]:
        return None  # short ones as EST or CET go by the list, where case does not matter
    try:
        return ZoneInfo(name).key
    except (ValueError, OSError):  # also: is a folder, has strange characters
        return None
    except KeyError:
        return None


def _windows(name: str) -> str | None:
    from tzlocal.windows_tz import win_tz  # noqa: PLC0415 - CLDR's table, asked for by few

    return win_tz.get(name) or next((zone for known, zone in win_tz.items() if known.lower() == name.lower()), None)


def _tail(name: str) -> str | None:
    parts = name.split("/")
    tails = ("/".join(parts[at:]) for at in range(1, min(len(parts) - 1, 9)))
    return next((tail for tail in tails if _iana(tail)), None)


def _in_any_case(name: str) -> str | None:
    wanted = name.lower().replace(" ", "_")
    return next((zone for zone in available_timezones() if zone.lower() == wanted), None)


@lru_cache(512)
def zone_of(name: str) -> tzinfo | None:
    """Return the zone of a set's name; None where its time floats.

    Raises:
        RecurrenceError: no zone goes by it.
    """
    if not name:
        return None
    fixed = FIXED.fullmatch(name)
    if fixed:
        east = timedelta(hours=int(fixed[2]), minutes=int(fixed[3]))
        return timezone(-east if fixed[1] == "-" else east)
    return UTC if name == "UTC" else ZoneInfo(zone_named(name))


def wall_time(moment: datetime, zone: tzinfo | None) -> datetime:
    """Return the naive wall time of a moment in a zone; a naive moment is one already."""
    if moment.tzinfo is None:
        return moment
    return moment.astimezone(zone or UTC).replace(tzinfo=None)


def instant(wall: datetime, zone: tzinfo) -> datetime:
    """Return the moment of a wall time, aware, as the zone's clocks show it.

    One that a clock change skips is read with the offset before it; of one that comes twice the first is meant
    (RFC 5545 3.3.5).
    """
    return wall.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)


def located(occurrence: Occurrence, zone: tzinfo | None) -> tuple[datetime, datetime]:
    """Return start and end of an occurrence: aware in its zone, naive where it floats."""
    if zone is None:
        return occurrence.start, occurrence.end
    start = instant(occurrence.start, zone)
    length = occurrence.length
    if not length.days:
        return start, (start.astimezone(UTC) + timedelta(seconds=length.seconds)).astimezone(zone)
    by_days = instant(occurrence.start + timedelta(length.days), zone).astimezone(UTC)
    return start, (by_days + timedelta(seconds=length.seconds)).astimezone(zone)


def midnight(day: date) -> datetime:
    """Return the wall time at which a day begins."""
    return datetime(day.year, day.month, day.day)
