"""An appointment of a calendar file as the book holds it; what the book has no place for is kept as it is written."""

import hashlib
from dataclasses import dataclass, field
from typing import Any, Final

from sfa.domain.recurrence.values import RecurrenceSet
from sfa.exchange.calendar_people import read_people, read_reminders
from sfa.exchange.calendar_times import recurrence_of
from sfa.exchange.calendar_zones import Zones
from sfa.exchange.content_lines import Component, Line, unparsed
from sfa.exchange.kept_lines import ROOM, categories, within_room
from sfa.services.desk import Desk
from sfa.services.event_times import own_zone

LONGEST: Final = {"subject": 500, "place": 500, "url": 2000, "note": 65_536}
LONGEST_UID: Final = 500
UNTITLED: Final = "(untitled)"
STATUS: Final = "X-SFA-STATUS"
KIND: Final = "X-SFA-KIND"
_BUSY: Final = "X-MICROSOFT-CDO-BUSYSTATUS"
_TEXTS: Final = {"subject": "SUMMARY", "place": "LOCATION", "url": "URL", "note": "DESCRIPTION"}
_OWN: Final = frozenset(_TEXTS.values()) | {
    "UID",
    "DTSTAMP",
    "DTSTART",
    "DTEND",
    "DURATION",
    "RRULE",
    "RDATE",
    "EXDATE",
}
_CHOSEN: Final = frozenset(
    {"STATUS", "TRANSP", "CLASS", "SEQUENCE", "ATTENDEE", "ORGANIZER", "CATEGORIES", "RECURRENCE-ID"}
)
_READ: Final = _OWN | _CHOSEN | {STATUS, KIND, _BUSY}
_VOLATILE: Final = frozenset({"DTSTAMP", "CREATED", "LAST-MODIFIED", "SEQUENCE"})
_KINDS: Final = ("meeting", "call", "visit", "demo", "other")
_SEQUENCE_DIGITS: Final = 9


@dataclass(slots=True)
class Happening:
    """One VEVENT.

    Attributes:
        line: where it begins.
        original: its RECURRENCE-ID, where it is an instance of a series.
        version: SEQUENCE and LAST-MODIFIED; a greater one is newer.
        columns: of `event`, without those of its time.
        notes: what was left out, each with its line.
    """

    line: int
    uid: str
    base: RecurrenceSet
    original: Line | None
    version: tuple[int, str]
    columns: dict[str, Any]
    people: list[dict[str, Any]] = field(default_factory=list)
    reminders: list[int] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    notes: list[tuple[int, str]] = field(default_factory=list)

    @property
    def is_onward(self) -> bool:
        """Tell whether it changes all that follow too."""
        return self.original is not None and self.original.first("RANGE").upper() == "THISANDFUTURE"


def read_happening(component: Component, zones: Zones) -> Happening:
    """Return a VEVENT as the book holds it.

    Raises:
        TimeProblem: when it is cannot be read.
    """
    original = component.one("RECURRENCE-ID")
    base = recurrence_of(component, zones, is_single=original is not None)
    people, kept = read_people(component)
    reminders, alarms = read_reminders(component, base)
    sequence = component.text("SEQUENCE")
    number = int(sequence) if sequence.isascii() and sequence.isdigit() and len(sequence) <= _SEQUENCE_DIGITS else 0
    found = Happening(
        component.number,
        uid_of_file(component),
        base,
        original,
        (number, component.text("LAST-MODIFIED")),
        {"sequence": number, **_choices(component)},
        people,
        reminders,
        categories(component),
        list(component.problems),
    )
    _texts(component, found)
    if original is not None and component.one("RRULE"):
        found.notes.append((component.number, "one instance of a series cannot repeat; its RRULE was left out"))
    others = [(line.number, unparsed(line)) for line in component.lines if line.name not in _READ]
    others += [(component.number, text) for text in kept]
    taken = sum(len(text) + 1 for text in alarms)
    if taken > ROOM:
        found.notes.append((component.number, "its alarms say too much to be kept whole"))
        taken, alarms = 0, []
    found.columns["extra"] = "\n".join([*within_room(others, found.notes, taken), *alarms]) or None
    return found


def uid_of_file(component: Component) -> str:
    """Return the UID of a component; where it has none a fingerprint of what it says, its age left out."""
    given = component.text("UID")
    if given and len(given) <= LONGEST_UID:
        return given
    said = "\x1f".join(unparsed(line) for line in component.lines if line.name not in _VOLATILE)
    return f"{hashlib.sha1(said.encode(), usedforsecurity=False).hexdigest()}@sfa-file"


def _choices(component: Component) -> dict[str, Any]:
    status, shown = component.text("STATUS").upper(), component.text("TRANSP").upper()
    office = component.text(_BUSY).upper()
    busy = "free" if shown == "TRANSPARENT" or office == "FREE" else "busy"
    if status == "TENTATIVE" or office == "TENTATIVE":
        busy = "tentative"
    elif office == "OOF":
        busy = "away"
    kind, own = component.text(KIND).lower(), component.text(STATUS).lower()
    privacy = component.text("CLASS").lower()
    return {
        "kind": kind if kind in _KINDS else "meeting",
        "status": "cancelled" if status == "CANCELLED" else own if own in ("held", "not_held") else "planned",
        "busy": busy,
        "privacy": privacy if privacy in ("private", "confidential") else "public",
    }


def _texts(component: Component, found: Happening) -> None:
    for column, name in _TEXTS.items():
        line = component.one(name)
        text = component.text(name)
        if column != "note":
            text = text.replace("\n", " ")
        longest = LONGEST[column]
        if line is not None and len(text) > longest:
            found.notes.append((line.number, f"{name} has {len(text):,} characters; {longest:,} are kept"))
        found.columns[column] = text[:longest] or None
    found.columns["subject"] = found.columns["subject"] or UNTITLED


def own_zones(desk: Desk, calendar: Component) -> Zones:
    """Return the zones of a VCALENDAR."""
    definitions = [child for child in calendar.children if child.name == "VTIMEZONE"]
    return Zones(definitions, own_zone(desk), calendar.text("X-WR-TIMEZONE"))
