"""The only place that reads the time; everything else is handed a Clock."""

import time
from datetime import UTC, date, datetime, tzinfo

from sfa.errors import UsageError

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


class StandingClock:
    """A clock that stands, as `--now` and `--tz` ask for; what is left out is the laptop's own.

    Args:
        now: a local time such as `2026-11-21T10:00`, in the zone unless it names another; empty for this moment.
        zone: an IANA name such as `Europe/Berlin`; empty for the laptop's.

    Raises:
        UsageError: there is no such time or zone.
    """

    def __init__(self, now: str = "", zone: str = "") -> None:
        self.zone_name = zone
        self._zone = _zone_named(zone) if zone else SystemClock().zone()
        try:
            moment = datetime.fromisoformat(now) if now else datetime.now(UTC)
        except ValueError as error:
            raise UsageError(f"“{now}” is no time.", hint="Write it as 2026-11-21T10:00.") from error
        self._moment = (moment if moment.tzinfo else moment.replace(tzinfo=self._zone)).astimezone(UTC)

    def now(self) -> datetime:
        """Return the instant, aware, in UTC."""
        return self._moment

    def today(self) -> date:
        """Return the local date."""
        return self._moment.astimezone(self._zone).date()

    def zone(self) -> tzinfo:
        """Return the zone."""
        return self._zone


def _zone_named(name: str) -> tzinfo:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError  # noqa: PLC0415 - seldom asked for

    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise UsageError(f"There is no time zone {name}.", hint="Write it as Europe/Berlin.") from error


def _fixed_today() -> date | None:
    from os import environ  # noqa: PLC0415 - the fast door imports this module too

    text = environ.get("SFA_TODAY")
    return date.fromisoformat(text) if text else None


def wall_now(clock: Clock) -> datetime:
    """Return the user's local time without a zone; the system's own clock needs no zone data for it."""
    if not isinstance(clock, SystemClock):
        return clock.now().astimezone(clock.zone()).replace(tzinfo=None)
    fixed = _fixed_today()
    now = datetime.now()  # noqa: DTZ005 - wall time is what is asked for
    return datetime.combine(fixed, now.time()) if fixed else now


def instant_of(clock: Clock, wall: datetime) -> datetime:
    """Return the instant (UTC) of a local time without a zone."""
    if isinstance(clock, SystemClock):
        return wall.astimezone(UTC)
    return wall.replace(tzinfo=clock.zone()).astimezone(UTC)


def instant_text(moment: datetime) -> str:
    """Return an aware moment as the database keeps it: UTC, milliseconds, `2026-12-01T09:30:00.000Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


def parse_instant_text(text: str) -> datetime:
    """Return the aware UTC moment of a stored text."""
    return datetime.fromisoformat(text)


def stopwatch() -> float:
    """Return seconds of a monotonic clock, for durations only."""
    return time.perf_counter()
