"""Moments as people at this laptop read them."""

from datetime import datetime, tzinfo

from sfa.clock import parse_instant_text
from sfa.domain.money import Money

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


def short_money(amount: Money, *, is_whole: bool = False) -> str:
    """Return an amount in as few cells as tell its size: `40.5k USD`, or `40k USD` where it must be whole."""
    from sfa.domain.currencies import exponent  # noqa: PLC0415 - a table that the first paint may not need

    units, sign = abs(amount.amount_minor) // 10 ** exponent(amount.currency), "-" if amount.amount_minor < 0 else ""
    for limit, letter in ((10**9, "bn"), (10**6, "m"), (10**3, "k")):
        if units >= limit:
            whole, rest = divmod(units * 10 // limit, 10)
            tenth = f".{rest}" if rest and not is_whole else ""
            return f"{sign}{whole}{tenth}{letter} {amount.currency}"
    return f"{sign if units else ''}{units} {amount.currency}"
