"""A calendar or card text in parts that can be compared and merged: per component the lines of each field together."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from sfa.exchange.content_lines import Component, Line, folded, unescaped, unparsed, unparsed_component

_TOGETHER: Final = {
    **dict.fromkeys(("DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "EXRULE"), "time"),
    **dict.fromkeys(("STATUS", "TRANSP", "X-MICROSOFT-CDO-BUSYSTATUS", "X-SFA-STATUS"), "status"),
    **dict.fromkeys(("ATTENDEE", "ORGANIZER"), "people"),
    **dict.fromkeys(("N", "FN"), "name"),
    **dict.fromkeys(("UID", "RECURRENCE-ID", "VERSION"), ""),
    **dict.fromkeys(("DTSTAMP", "CREATED", "LAST-MODIFIED", "SEQUENCE", "REV", "PRODID"), "~"),
}
IDENTITY: Final = ""
STAMPS: Final = "~"
TIME: Final = "time"
_LABELS: Final = ("X-AB", "X-ABLABEL", "X-ABADR")


@dataclass(slots=True)
class Field:
    """The lines of one field, each as it is written, and as it is compared."""

    lines: list[str] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    groups: set[str] = field(default_factory=set)

    @property
    def value(self) -> tuple[str, ...]:
        """Return what it says, in whatever order and form it is written."""
        return tuple(sorted(self.keys))


Part = dict[str, Field]
"""The fields of a component by name; `""` is what names it, `"~"` its stamps, which are not compared."""


@dataclass(slots=True)
class Parts:
    """A text in parts.

    Attributes:
        name: VEVENT or VCARD.
        parts: by what names each: the wall time of an instance of a series, `""` for the series or a card.
        frame: lines around them.
        zones: VTIMEZONEs by TZID, as lines.
    """

    name: str
    parts: dict[str, Part]
    frame: list[str] = field(default_factory=list)
    zones: dict[str, list[str]] = field(default_factory=dict)

    @property
    def value(self) -> dict[str, dict[str, tuple[str, ...]]]:
        """Return what it says; equal for texts that say the same."""
        return {key: said(part) for key, part in self.parts.items()}


def said(part: Part | None) -> dict[str, tuple[str, ...]]:
    """Return what a component says, without its stamps."""
    return {name: item.value for name, item in (part or {}).items() if name not in (IDENTITY, STAMPS)}


def part_of(component: Component) -> Part:
    """Return a component in fields."""
    owners = {
        line.group: _TOGETHER.get(line.name, line.name)
        for line in reversed(component.lines)
        if line.group and not line.name.startswith(_LABELS)
    }
    found: Part = {}
    for line in component.lines:
        is_label = line.group and line.name.startswith(_LABELS)
        name = owners.get(line.group, line.name) if is_label else _TOGETHER.get(line.name, line.name)
        item = found.setdefault(name, Field())
        item.lines.append(unparsed(line))
        item.keys.append(_key(line))
        if line.group:
            item.groups.add(line.group)
    for child in component.children:
        item = found.setdefault(child.name, Field())
        item.lines += unparsed_component(child)
        item.keys.append("\n".join(sorted(map(_key, child.lines))))
    return found


def _key(line: Line) -> str:
    parameters = {name: sorted(values) for name, values in sorted(line.parameters.items())}
    return unparsed(line._replace(group="", parameters=parameters, value=unescaped(line.value).strip()))


def parts_of_card(component: Component) -> Parts:
    """Return a card in parts."""
    return Parts("VCARD", {"": part_of(component)})


def parts_of_calendar(calendar: Component, key_of: Callable[[Component], str]) -> Parts:
    """Return a calendar of one appointment in parts."""
    events = [child for child in calendar.children if child.name == "VEVENT"]
    zones = {child.text("TZID"): unparsed_component(child) for child in calendar.children if child.name == "VTIMEZONE"}
    frame = [unparsed(line) for line in calendar.lines if line.name != "METHOD"]
    return Parts("VEVENT", {key_of(event): part_of(event) for event in events}, frame, zones)


def written(parts: Parts) -> str:
    """Return parts as a text."""
    return folded(_lines(parts))


def _lines(parts: Parts) -> Iterator[str]:
    if parts.name == "VCARD":
        yield from _component("VCARD", parts.parts[""])
        return
    yield "BEGIN:VCALENDAR"
    yield from parts.frame
    for lines in parts.zones.values():
        yield from lines
    for part in parts.parts.values():
        yield from _component("VEVENT", part)
    yield "END:VCALENDAR"


def _component(name: str, part: Mapping[str, Field]) -> Iterator[str]:
    yield f"BEGIN:{name}"
    inner: list[str] = []
    for key in sorted(part, key=lambda item: item != IDENTITY):
        lines = part[key].lines
        if lines and lines[0].startswith("BEGIN:"):
            inner += lines
        else:
            yield from lines
    yield from inner
    yield f"END:{name}"
