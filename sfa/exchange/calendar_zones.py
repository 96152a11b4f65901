"""Which zone a calendar file means: by its name, by the cities in it, or by the offsets that the file itself gives."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo, available_timezones

from sfa.domain.recurrence.expanding import expand
from sfa.domain.recurrence.lines import Line as RuleLine
from sfa.domain.recurrence.lines import read_set
from sfa.domain.recurrence.plans import Plan
from sfa.domain.recurrence.values import RecurrenceError
from sfa.domain.recurrence.zones import zone_named
from sfa.exchange.content_lines import Component

YEARS: Final = 3
STEP_DAYS: Final = 9
_OFFSET: Final = re.compile(r"(?:UTC|GMT)?\s*([+-]\d{1,2})(?:[:.](\d{2}))?", re.IGNORECASE)
_UTC_OFFSET: Final = re.compile(r"([+-])(\d{2}):?(\d{2}):?(\d{2})?")
_ONE_ZONE: Final = re.compile(r"\(?(?:UTC|GMT)?\s*[+-]\d", re.IGNORECASE)
_LATEST: Final = timedelta(hours=23, minutes=59)
_USUAL: Final = (
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "Europe/London",
    "Europe/Berlin",
    "Europe/Athens",
    "Asia/Kolkata",
    "Asia/Shanghai",
    "Asia/Tokyo",
    "Australia/Sydney",
)
"""Of zones whose clocks show the same, those that most people mean."""


class Observance(NamedTuple):
    """From which wall times on (by the offset before) a zone has an offset, both in seconds east of Greenwich."""

    before_s: int
    after_s: int
    rules: tuple[tuple[str, str], ...]
    start: datetime


class Zones:
    """The zones of one file.

    Attributes:
        notes: a sentence for each name that had to be understood, once.
    """

    def __init__(self, definitions: Iterable[Component], own: str, default: str = "") -> None:
        """Take the VTIMEZONE components of a file; `own` is the user's zone, `default` the file's own word for it."""
        self._definitions: dict[str, Component] = {}
        for component in definitions:
            self._definitions.setdefault(component.text("TZID"), component)
        self._own = own
        self._default = _known(default) or ""
        self._found: dict[tuple[str, int], str] = {}
        self.notes: dict[str, str] = {}

    def named(self, name: str, year: int) -> str:
        """Return the zone that a name means in a year: an IANA name, or a fixed offset as `UTC-0741`."""
        key = (name, year)
        if key not in self._found:
            self._found[key] = self._look(name, year)
        return self._found[key]

    def _look(self, name: str, year: int) -> str:
        definition = self._definitions.get(name)
        found = _known(name) or (_known(definition.text("X-LIC-LOCATION")) if definition else None)
        if found:
            return found
        observances = _observances(definition) if definition else []
        found = (_fitting(tuple(observances), year) if observances else None) or _described(name, year)
        if found:
            self.notes[name] = f"The zone “{name}” is taken as {found}."
            return found
        found = self._default or self._own
        self.notes[name] = f"There is no zone “{name}”; its times are read as {found}."
        return found


def _known(name: str) -> str | None:
    """Return the zone of an IANA or Windows name, also where the slash was written as an underscore."""
    for tried in (name, name.replace("_", "/", 1)):
        try:
            return zone_named(tried) if tried else None
        except RecurrenceError:
            continue
    return None


def _observances(definition: Component) -> list[Observance]:
    found = []
    for component in definition.children:
        before, after = (_seconds(component.text(name)) for name in ("TZOFFSETFROM", "TZOFFSETTO"))
        start = component.text("DTSTART")
        if component.name in ("STANDARD", "DAYLIGHT") and before is not None and after is not None and start:
            rules = tuple((line.name, line.value) for line in component.all("RRULE", "RDATE"))
            try:
                base = read_set([RuleLine("DTSTART", start.rstrip("Z"))])
            except RecurrenceError:
                continue
            found.append(Observance(before, after, rules, base.start))
    return found


def _seconds(text: str) -> int | None:
    """Return a UTC-OFFSET in seconds; None where it is none."""
    match = _UTC_OFFSET.fullmatch(text)
    if match is None:
        return None
    seconds = int(match[2]) * 3600 + int(match[3]) * 60 + int(match[4] or 0)
    if seconds > _LATEST.total_seconds():
        return None
    return -seconds if match[1] == "-" else seconds


@lru_cache(256)
def _fitting(observances: tuple[Observance, ...], year: int) -> str | None:
    """Return the zone whose clocks show in the years from `year` on what the observances say; else a fixed offset."""
    moments = [datetime(year, 1, 1, tzinfo=UTC) + timedelta(days) for days in range(0, 366 * YEARS, STEP_DAYS)]
    changes = _changes(observances, year)
    wanted = [_offset_at(changes, observances, moment) for moment in moments]
    for name in _candidates():
        zone = ZoneInfo(name)
        if all(
            moment.astimezone(zone).utcoffset() == timedelta(seconds=seconds)
            for moment, seconds in zip(moments, wanted, strict=True)
        ):
            return name
    return _fixed(wanted[len(wanted) // (2 * YEARS)])


def _changes(observances: Sequence[Observance], year: int) -> list[tuple[datetime, int]]:
    """Return the moments (naive, UTC) at which an offset begins, with it, up to some years after `year`."""
    found = []
    for item in observances:
        begins = [item.start]
        try:
            rules = [RuleLine(*rule) for rule in item.rules]
            base = replace(read_set([RuleLine("DTSTART", f"{item.start:%Y%m%dT%H%M%S}"), *rules]), zone="")
            first, last = datetime(max(year - 2, 2), 1, 1), datetime(year + YEARS + 1, 1, 1)  # noqa: DTZ001 - wall time
            begins += [hit.start for hit in expand(Plan(base), first, last).occurrences]
        except (RecurrenceError, ValueError):
            pass
        found += [(begin - timedelta(seconds=item.before_s), item.after_s) for begin in begins]
    return sorted(found)


def _offset_at(changes: Sequence[tuple[datetime, int]], observances: Sequence[Observance], moment: datetime) -> int:
    naive = moment.replace(tzinfo=None)
    past = [seconds for begins, seconds in changes if begins <= naive]
    return past[-1] if past else min(observances, key=lambda item: item.start).before_s


@lru_cache(1)
def _candidates() -> tuple[str, ...]:
    """Return all zones, those that most people mean first, then those that Windows knows."""
    from tzlocal.windows_tz import win_tz  # noqa: PLC0415 - CLDR's table, asked for by few

    others = sorted(name for name in available_timezones() if "/" in name)
    return tuple(
        name for name in dict.fromkeys([*_USUAL, *win_tz.values(), *others]) if not name.startswith(("Etc/", "posix"))
    )


def _described(name: str, year: int) -> str | None:
    """Return the zone of a name that tells an offset: `(UTC+01:00) Amsterdam, Berlin`, `GMT-05.00/-04.00`."""
    if not _ONE_ZONE.match(name):
        return None
    told = [_east(match) for match in _OFFSET.finditer(name)]
    offsets = [seconds for seconds in told if abs(seconds) <= _LATEST.total_seconds()]
    if not offsets:
        return None
    winter, summer = (datetime(year, month, 15, tzinfo=UTC) for month in (1, 7))
    words = set(re.findall(r"[a-z]{3,}", name.lower()))
    pairs = {offsets[0], offsets[-1]}
    for zone_name in _candidates():
        zone = ZoneInfo(zone_name)
        shown = {
            int(offset.total_seconds()) for day in (winter, summer) if (offset := day.astimezone(zone).utcoffset())
        }
        city = zone_name.rpartition("/")[2].lower()
        if (len(pairs) > 1 and shown == pairs) or (city in words and offsets[0] in shown):
            return zone_name
    return _fixed(offsets[0])


def _east(match: re.Match[str]) -> int:
    hours = int(match[1])
    minutes = int(match[2] or 0)
    return hours * 3600 + (-minutes if match[1][0] == "-" else minutes) * 60


def _fixed(seconds: int) -> str:
    minutes = abs(seconds) // 60
    return f"UTC{'-' if seconds < 0 else '+'}{minutes // 60:02d}{minutes % 60:02d}" if minutes else "UTC"
