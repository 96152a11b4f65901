"""Who is asked to an appointment of a calendar file, and how long before it its alarms ring."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sfa.domain.recurrence.lines import read_length
from sfa.domain.recurrence.reading import read_moment
from sfa.domain.recurrence.values import Occurrence, RecurrenceError, RecurrenceSet
from sfa.domain.recurrence.zones import located, zone_of
from sfa.domain.text import clean
from sfa.exchange.content_lines import Component, Line, Parameters, unparsed, unparsed_component, write_line
from sfa.services.event_people import ANSWERS, LONGEST_MIN, MOST_REMINDERS

LONGEST_ADDRESS: Final = 320
LONGEST_NAME: Final = 200
_PLAIN: Final = frozenset({"CN", "PARTSTAT"})
_OPTIONAL: Final = "OPT-PARTICIPANT"
_ROLES: Final = frozenset({"REQ-PARTICIPANT", _OPTIONAL})
_MAILTO: Final = "mailto:"


def read_people(component: Component) -> tuple[list[dict[str, Any]], list[str]]:
    """Return the columns of `event_attendee` for a component, and the lines that say more than these can hold."""
    found: dict[str, dict[str, Any]] = {}
    kept: list[str] = []
    for line in component.all("ORGANIZER", "ATTENDEE"):
        row = _person(line)
        if row is None:
            kept.append(unparsed(line))
            continue
        key = str(row.get("address") or row.get("name")).lower()
        if key in found:
            row["is_organizer"] |= found[key]["is_organizer"]
            row["name"] = row["name"] or found[key]["name"]
        found[key] = row
        own = _PLAIN | ({"ROLE"} if line.first("ROLE").upper() in {"", *_ROLES} else set())
        more = {name: values for name, values in line.parameters.items() if name not in own}
        if more:
            kept.append(unparsed(line._replace(parameters=more)))
    return list(found.values()), kept


def _person(line: Line) -> dict[str, Any] | None:
    value = clean(line.value).strip()
    address = value[len(_MAILTO) :] if value.lower().startswith(_MAILTO) else value
    name = clean(line.first("CN")).strip()[:LONGEST_NAME]
    if len(address) > LONGEST_ADDRESS or not (address or name):
        return None
    answer = line.first("PARTSTAT").lower().replace("-", "_")
    return {
        "name": name or None,
        "address": address or None,
        "answer": answer if answer in ANSWERS else "needs_action",
        "is_organizer": int(line.name == "ORGANIZER"),
        "is_optional": int(line.first("ROLE").upper() == _OPTIONAL),
    }


def write_people(rows: list[dict[str, Any]], kept: dict[str, Line]) -> list[str]:
    """Return ORGANIZER and ATTENDEE lines; `kept` is what a file once said of them, by name and address.

    Who only is the organizer and was asked nothing is no attendee.
    """
    organizers = [row for row in rows if row["is_organizer"]][:1]
    lines = [_write_person("ORGANIZER", row, kept, {}) for row in organizers]
    for row in rows:
        if row["is_organizer"] and row["answer"] == "needs_action" and _key("ATTENDEE", row) not in kept:
            continue
        told: Parameters = {"ROLE": [_OPTIONAL if row["is_optional"] else "REQ-PARTICIPANT"]}
        told["PARTSTAT"] = [row["answer"].upper().replace("_", "-")]
        lines.append(_write_person("ATTENDEE", row, kept, told))
    return lines


def _write_person(name: str, row: dict[str, Any], kept: dict[str, Line], told: Parameters) -> str:
    before = kept.get(_key(name, row))
    parameters = dict(before.parameters) if before else {}
    if parameters.get("ROLE", ["REQ-PARTICIPANT"])[0].upper() not in _ROLES:
        told = {key: value for key, value in told.items() if key != "ROLE"}
    parameters |= told
    if row["name"]:
        parameters["CN"] = [row["name"]]
    address = row["address"] or ""
    is_mail = "@" in address and ":" not in address
    return write_line(name, f"{_MAILTO}{address}" if is_mail or not address else address, parameters)


def _key(name: str, row: dict[str, Any]) -> str:
    return f"{name} {(row['address'] or row['name'] or '').lower()}"


def kept_people(lines: list[Line]) -> dict[str, Line]:
    """Return kept ORGANIZER and ATTENDEE lines by name and address."""
    found = {}
    for line in lines:
        row = _person(line)
        if row is not None:
            found[_key(line.name, row)] = line
    return found


def read_reminders(component: Component, base: RecurrenceSet) -> tuple[list[int], list[str]]:
    """Return the minutes before the beginning at which alarms ring, and the alarms that say more, as they are written."""
    minutes: set[int] = set()
    kept: list[str] = []
    for alarm in component.children:
        found = _minutes(alarm, base) if alarm.name == "VALARM" else None
        if found is not None and len(minutes) < MOST_REMINDERS:
            minutes.add(found)
        if found is None or not _is_plain(alarm):
            kept += unparsed_component(alarm)
    return sorted(minutes, reverse=True), kept


def _is_plain(alarm: Component) -> bool:
    known = {"ACTION", "TRIGGER", "DESCRIPTION", "SUMMARY"}
    is_shown = alarm.text("ACTION").upper() in ("DISPLAY", "")
    return is_shown and not alarm.children and all(line.name in known for line in alarm.lines)


def _minutes(alarm: Component, base: RecurrenceSet) -> int | None:
    """Return how long before the beginning an alarm rings; None where it does not, or not before each instance."""
    trigger = alarm.one("TRIGGER")
    if trigger is None:
        return None
    value = trigger.value.strip().upper()
    try:
        if value[:1] == "P" or value[1:2] == "P":
            length = read_length(value.lstrip("+-"))
            seconds = length.days * 86_400 + length.seconds
            before = seconds if value[0] == "-" else -seconds
            if trigger.first("RELATED").upper() == "END":
                before -= base.length.days * 86_400 + base.length.seconds
        else:
            before = _before(base, value)
    except RecurrenceError:
        return None
    return before // 60 if 0 <= before <= LONGEST_MIN * 60 and before % 60 == 0 else None


def _before(base: RecurrenceSet, text: str) -> int:
    """Return the seconds from a moment to the beginning; less than nothing where that says nothing of others."""
    moment = read_moment("TRIGGER", text)
    if not isinstance(moment, datetime) or base.is_recurring or not base.zone or moment.tzinfo is None:
        return -1
    starts, _ = located(Occurrence(base.start, base.length, base.start), zone_of(base.zone))
    return int((starts.astimezone(UTC) - moment) / timedelta(seconds=1))
