"""Moments as people at this laptop read them."""

from datetime import datetime, tzinfo

from sfa.clock import parse_instant_text

DAY_LENGTH = 10


def local_minute(moment: datetime, zone: tzinfo) -> str:
    """Return an aware moment as `2026-03-10 14:05` of a zone."""
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"


def local_text(stored: str, zone: tzinfo) -> str:
    """Return a stored UTC instant as `2026-03-10 14:05` of a zone; a mere day, or nothing, stays as it is."""
    return stored if len(stored) <= DAY_LENGTH else local_minute(parse_instant_text(stored), zone)


def local_day(stored: str, zone: tzinfo) -> str:
    """Return the day of a stored UTC instant in a zone."""
    return local_text(stored, zone)[:DAY_LENGTH]
