"""The only place that reads the time; everything else is handed a Clock."""

import time
from datetime import UTC, date, datetime, tzinfo

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol
else:
    Protocol = object


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """Return this instant, aware, in UTC."""

    def today(self) -> date:
        """Return the user's local date."""

    def zone(self) -> tzinfo:
        """Return the user's zone."""


class SystemClock:
    """The laptop's own clock and zone."""

    def now(self) -> datetime:
        """Return this instant, aware, in UTC."""
        return datetime.now(UTC)

    def today(self) -> date:
        """Return the laptop's local date; SFA_TODAY (YYYY-MM-DD) sets it for demonstrations and tests."""
        fixed = _fixed_today()
        return fixed or datetime.now().astimezone().date()

    def zone(self) -> tzinfo:
        """Return the laptop's zone, with its daylight-saving rules where the platform tells its name."""
        from tzlocal import get_localzone  # noqa: PLC0415 - costs 10 ms, asked for by few

        return get_localzone()


def _fixed_today() -> date | None:
    from os import environ  # noqa: PLC0415 - the fast door imports this module too

    text = environ.get("SFA_TODAY")
    return date.fromisoformat(text) if text else None


def instant_text(moment: datetime) -> str:
    """Return an aware moment as the database keeps it: UTC, milliseconds, `2026-12-01T09:30:00.000Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


def parse_instant_text(text: str) -> datetime:
    """Return the aware UTC moment of a stored text."""
    return datetime.fromisoformat(text)


def stopwatch() -> float:
    """Return seconds of a monotonic clock, for durations only."""
    return time.perf_counter()
