"""Calendar and address files for tests: written, imported, and the agenda that comes of them."""

from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sfa.cli.agenda import as_json
from sfa.exchange import calendar_import, card_import
from sfa.exchange.file_results import FileResult
from sfa.services.agenda import agenda
from sfa.services.desk import Desk
from tests.support.factories import clock_of


def calendar(*components: str, head: str = "") -> bytes:
    """Return a calendar file of components, each without its line ends."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN", *head.splitlines(), *components, "END:VCALENDAR"]
    return "\r\n".join("\n".join(lines).splitlines()).encode() + b"\r\n"


def event(*lines: str, name: str = "VEVENT") -> str:
    """Return a component of lines."""
    return "\n".join([f"BEGIN:{name}", *lines, f"END:{name}"])


def card(*lines: str, version: str = "3.0") -> str:
    """Return a card of lines."""
    return "\r\n".join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD"]) + "\r\n"


def take(desk: Desk, data: bytes, *, is_dry_run: bool = False) -> FileResult:
    """Import a calendar file."""
    return calendar_import.run(desk, Path("file.ics"), calendar_import.read_calendars(data), is_dry_run=is_dry_run)


def take_cards(desk: Desk, data: bytes | str, create: tuple[str, ...] = (), *, is_dry_run: bool = False) -> FileResult:
    """Import an address file."""
    found = card_import.read_cards(data.encode() if isinstance(data, str) else data)
    return card_import.run(desk, Path("file.vcf"), found, create=frozenset(create), is_dry_run=is_dry_run)


def live_in(desk: Desk, zone: str) -> None:
    """Let the user's clock be that of a zone."""
    clock_of(desk)._zone = ZoneInfo(zone)


def occurrences(desk: Desk, first: str, last: str, *, has_cancelled: bool = False) -> list[dict[str, Any]]:
    """Return what `sfa agenda FIRST..LAST --json` prints."""
    after = date.fromordinal(date.fromisoformat(last).toordinal() + 1)
    found = agenda(desk, date.fromisoformat(first), after, has_cancelled=has_cancelled)
    return [as_json(item) for item in found.appointments]


def starts(desk: Desk, first: str, last: str) -> list[str]:
    """Return the beginnings of the occurrences between two days."""
    return [str(item["start"]) for item in occurrences(desk, first, last)]


def spans(desk: Desk, first: str, last: str) -> list[tuple[str, str]]:
    """Return beginning and end of the occurrences between two days."""
    return [(str(item["start"]), str(item["end"])) for item in occurrences(desk, first, last)]
