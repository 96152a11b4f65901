"""Appointments as a calendar file (RFC 5545): series with the instances that differ, zones, alarms; the same every time."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from db.queries import agenda as agenda_queries
from db.queries import files
from db.queries import imports as queries
from db.queries.records import Row
from sfa.clock import instant_text, parse_instant_text
from sfa.domain.recurrence.values import RecurrenceError
from sfa.domain.recurrence.writing import write_moment
from sfa.domain.recurrence.zones import zone_of
from sfa.exchange.calendar_people import kept_people, write_people
from sfa.exchange.calendar_reading import KIND, STATUS
from sfa.exchange.content_lines import Line, escaped, folded, read_lines, write_line
from sfa.exchange.file_results import stamp
from sfa.services.agenda import uid_of
from sfa.services.desk import Desk
from sfa.services.series import set_of
from sfa.services.walls import FLOATING, wall_of

PRODUCT: Final = "-//sfa//sales desk//EN"
LAST_ZONE_YEAR: Final = 2038
_SHOWN: Final = {"free": "TRANSPARENT"}
_PEOPLE: Final = frozenset({"ORGANIZER", "ATTENDEE"})


def write_calendar(desk: Desk, first: date | None = None, after: date | None = None) -> tuple[str, int]:
    """Return the user's appointments as the text of a calendar file, and how many occurrences or series it has.

    Args:
        desk: whose calendar it is.
        first: leave out what is over before that day.
        after: leave out what begins on that day or later.
    """
    rows = _chosen(desk, first, after)
    return calendar_text(desk, rows), len(rows)


def calendar_text(desk: Desk, rows: Sequence[Row]) -> str:
    """Return appointments (all columns of `event`; exceptions beside their series) as the text of a calendar file."""
    ids = [row["id"] for row in rows]
    people = queries.links(desk.store, "event_attendee", "event_id", ids)
    reminders = queries.links(desk.store, "event_reminder", "event_id", ids)
    tags = files.tags(desk.store, "event")
    by_id = {row["id"]: row for row in rows}
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN"]
    lines += _zones(rows)
    for row in rows:
        named = [tag["name"] for tag in tags.get(row["id"], [])]
        minutes = sorted((item["minutes_before"] for item in reminders.get(row["id"], [])), reverse=True)
        series = by_id.get(row["series_id"] or "", row)
        lines += _event(row, series, people.get(row["id"], []), minutes, named)
    return folded([*lines, "END:VCALENDAR"])


def _chosen(desk: Desk, first: date | None, after: date | None) -> list[Row]:
    """Return the appointments of a span, series whole and with their exceptions."""
    rows = files.all_events(desk.store, desk.user_id)
    if first is not None or after is not None:
        zone = desk.store.clock.zone()
        low = instant_text(datetime.combine(first or date(1, 1, 2), time(), zone).astimezone(UTC))
        high = instant_text(datetime.combine(after or date(9999, 12, 30), time(), zone).astimezone(UTC))
        found = agenda_queries.singles(desk.store, desk.user_id, low, high)
        found += agenda_queries.series(desk.store, desk.user_id, low, high)
        wanted = {row["id"] for row in found} | {row["series_id"] for row in found if row["series_id"]}
        rows = [row for row in rows if row["id"] in wanted or row["series_id"] in wanted]
    series = {row["id"] for row in rows if row["series_id"] is None}
    return [row for row in rows if row["series_id"] is None or row["series_id"] in series]


def _zones(rows: Iterable[Row]) -> Iterator[str]:
    """Yield the VTIMEZONE of each zone that is used."""
    begins: dict[str, list[int]] = {}
    for row in rows:
        if not row["is_all_day"] and row["zone"] not in (FLOATING, "UTC"):
            begins.setdefault(row["zone"], []).append(int(row["starts_wall"][:4]))
    if not begins:
        return
    from icalendar import Timezone  # noqa: PLC0415 - slow to import, for files alone

    for name, years in sorted(begins.items()):
        try:
            zone = zone_of(name)
        except RecurrenceError:
            zone = None
        if zone is None:
            continue
        last = date(max(LAST_ZONE_YEAR, min(max(years) + 2, 9000)), 1, 1)
        made = Timezone.from_tzinfo(zone, name, date(max(min(years), 1901), 1, 1), last)
        for line in read_lines(made.to_ical()):
            if line.name != "COMMENT":
                yield write_line(line.name, line.value, line.parameters)


def _event(row: Row, series: Row, people: list[Row], reminders: Sequence[int], tags: Sequence[str]) -> Iterator[str]:
    kept, blocks = _kept(row["extra"])
    changed = row["updated_at"]
    yield "BEGIN:VEVENT"
    yield f"UID:{escaped(uid_of(series))}"
    yield f"DTSTAMP:{stamp(changed)}"
    if row["series_id"] and series is not row:
        yield _moment("RECURRENCE-ID", row["original_wall"], series)
    yield from _when(row)
    yield from _texts(row, tags)
    yield from write_people(people, kept_people([line for line in kept if line.name in _PEOPLE]))
    for line in kept:
        if line.name not in _PEOPLE and line.name != "LAST-MODIFIED":
            yield write_line(line.name, line.value, line.parameters, line.group)
    yield f"LAST-MODIFIED:{_last_modified(row, kept)}"
    for minutes in reminders:
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{escaped(row['subject'])}")
        yield from (f"TRIGGER:-PT{minutes}M" if minutes else "TRIGGER:PT0S", "END:VALARM")
    yield from blocks
    yield "END:VEVENT"


def _last_modified(row: Row, kept: Iterable[Line]) -> str:
    """Return when it was changed last: as its file said, where nothing changed since it came."""
    told = next((line.value for line in kept if line.name == "LAST-MODIFIED"), "")
    return told if told and row["created_at"] == row["updated_at"] else max(told, stamp(row["updated_at"]))


def _kept(extra: str | None) -> tuple[list[Line], list[str]]:
    """Return what a file said beyond the book's columns: properties, and whole components as lines."""
    text = extra or ""
    at = text.find("BEGIN:")
    while at > 0 and text[at - 1] != "\n":
        at = text.find("BEGIN:", at + 1)
    head, blocks = (text, "") if at < 0 else (text[:at], text[at:])
    return list(read_lines(head.encode())), blocks.splitlines()


def _when(row: Row) -> Iterator[str]:
    yield _moment("DTSTART", row["starts_wall"], row)
    if row["is_all_day"] or row["zone"] == FLOATING or row["zone"] == "UTC":
        yield _moment("DTEND", row["ends_wall"], row)
    else:
        # The exact length: the end by the wall clock may be read twice in the night when clocks are put back.
        length = parse_instant_text(row["ends_at"]) - parse_instant_text(row["starts_at"])
        if row["rule"]:
            length = set_of(row).length.span
        is_plain = wall_of(row["starts_wall"]) + length == wall_of(row["ends_wall"])
        yield _moment("DTEND", row["ends_wall"], row) if is_plain else f"DURATION:{_exact(length)}"
    yield from (row["rule"] or "").splitlines()


def _exact(length: timedelta) -> str:
    return f"PT{length.days * 86_400 + length.seconds}S"


def _moment(name: str, wall: str, row: Row) -> str:
    """Return a wall time of an appointment's zone as a property."""
    moment = wall_of(wall)
    if row["is_all_day"]:
        return f"{name};VALUE=DATE:{write_moment(moment.date())}"
    if row["zone"] == "UTC":
        return f"{name}:{write_moment(moment)}Z"
    parameters = {} if row["zone"] == FLOATING else {"TZID": [row["zone"]]}
    return write_line(name, write_moment(moment), parameters)


def _texts(row: Row, tags: Sequence[str]) -> Iterator[str]:
    yield f"SUMMARY:{escaped(row['subject'])}"
    for name, column in (("LOCATION", "place"), ("DESCRIPTION", "note")):
        if row[column]:
            yield f"{name}:{escaped(row[column])}"
    if row["url"]:
        yield f"URL:{row['url']}"
    if tags:
        yield f"CATEGORIES:{','.join(map(escaped, tags))}"
    yield f"SEQUENCE:{row['sequence']}"
    yield f"STATUS:{_status(row)}"
    yield f"TRANSP:{_SHOWN.get(row['busy'], 'OPAQUE')}"
    yield f"CLASS:{row['privacy'].upper()}"
    yield from _own(row)


def _status(row: dict[str, Any]) -> str:
    if row["status"] == "cancelled":
        return "CANCELLED"
    return "TENTATIVE" if row["busy"] == "tentative" else "CONFIRMED"


def _own(row: dict[str, Any]) -> Iterator[str]:
    """Yield what only this program knows, and what it shares with Outlook."""
    if row["busy"] == "away":
        yield "X-MICROSOFT-CDO-BUSYSTATUS:OOF"
    if row["status"] in ("held", "not_held"):
        yield f"{STATUS}:{row['status'].upper()}"
    if row["kind"] != "meeting":
        yield f"{KIND}:{row['kind'].upper()}"
