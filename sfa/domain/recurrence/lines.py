"""Content lines of iCalendar that make a set: DTSTART, DTEND or DURATION, RRULE, RDATE, EXDATE."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from sfa.domain.near import near_words
from sfa.domain.recurrence.reading import check_all_day, read_moment, read_rule
from sfa.domain.recurrence.values import (
    FIRST_MOMENT,
    LAST_MOMENT,
    NO_LENGTH,
    ONE_DAY,
    Extra,
    Length,
    RecurrenceError,
    RecurrenceSet,
    order_of,
)
from sfa.domain.recurrence.zones import instant, midnight, wall_time, zone_named, zone_of

KNOWN = ("DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE")
DAY_SECONDS = 86_400
LONGEST_DAYS = 3660
_UNITS = {"W": 7 * DAY_SECONDS, "D": DAY_SECONDS, "H": 3600, "M": 60, "S": 1}


@dataclass(frozen=True, slots=True)
class Line:
    """One content line: its name, its parameters, its value."""

    name: str
    value: str
    parameters: dict[str, str] = field(default_factory=dict)


def read_lines(text: str) -> list[Line]:
    """Return the content lines of a text, unfolded; a line without a name is an RRULE where it looks like one.

    Raises:
        RecurrenceError: a line has no name, or one that makes no recurrence.
    """
    unfolded = text.replace("\r\n", "\n").replace("\n ", "").replace("\n\t", "")
    return [_line(line.strip()) for line in unfolded.split("\n") if line.strip()]


def _line(text: str) -> Line:
    if text.upper().startswith("FREQ="):
        return Line("RRULE", text)
    head, value = _halves(text)
    name, *pieces = head.split(";")
    name = name.strip().upper()
    if name == "EXRULE":
        raise RecurrenceError("EXRULE is no longer part of iCalendar; exclude the dates with EXDATE.")
    if name not in KNOWN:
        near = near_words(name, KNOWN, n=1)
        expected = near[0] if near else "one of " + ", ".join(KNOWN)
        raise RecurrenceError(f"{text[:40]} is no line of a recurrence; {expected} was expected.")
    parameters = {}
    for piece in pieces:
        key, _, held = piece.partition("=")
        parameters[key.strip().upper()] = held.strip().strip('"')
    return Line(name, value.strip(), parameters)


def _halves(text: str) -> tuple[str, str]:
    """Split at the first colon outside quotes."""
    is_quoted = False
    for at, character in enumerate(text):
        if character == '"':
            is_quoted = not is_quoted
        elif character == ":" and not is_quoted:
            return text[:at], text[at + 1 :]
    return text, ""


def read_set(
    lines: Iterable[Line], start: date | None = None, zone: str | None = None, length: Length | None = None
) -> RecurrenceSet:
    """Return the set that lines make.

    Args:
        lines: from `read_lines`.
        start: where no DTSTART is among them; a date, a wall time in `zone`, or an aware moment.
        zone: an IANA or Windows name; that of DTSTART where it is None.
        length: where neither DTEND nor DURATION is among them; whole days last one, times nothing.

    Raises:
        RecurrenceError: a part is wrong, or there is no start.
    """
    by_name: dict[str, list[Line]] = {}
    for line in lines:
        by_name.setdefault(line.name, []).append(line)
    base = _begin(by_name, start, zone)
    rules = tuple(read_rule(line.value) for line in by_name.get("RRULE", ()))
    for rule in rules:
        if base.is_all_day:
            check_all_day(rule)
    return replace(
        base,
        rules=rules,
        length=_length(base, by_name, length),
        extras=tuple(
            sorted({extra for line in by_name.get("RDATE", ()) for extra in _extras(base, line)}, key=_by_start)
        ),
        excluded=tuple(
            sorted({day for line in by_name.get("EXDATE", ()) for day in _excluded(base, line)}, key=order_of)
        ),
    )


def _begin(by_name: dict[str, list[Line]], start: date | None, zone: str | None) -> RecurrenceSet:
    given = by_name.get("DTSTART", [])
    if len(given) > 1 or (given and start is not None):
        raise RecurrenceError("The start is given twice; leave one DTSTART out.")
    named = zone_named(zone) if zone else ""
    if given:
        moment = _moment(given[0], given[0].value)
        own = given[0].parameters.get("TZID")
        named = named or (zone_named(own) if own else "")
    elif start is not None:
        moment = start
    else:
        raise RecurrenceError("The recurrence has no start; give a line like DTSTART:20261121T090000.")
    if not isinstance(moment, datetime):
        return RecurrenceSet(_within("DTSTART", midnight(moment)), is_all_day=True, zone="")
    if moment.tzinfo is not None:
        named = named or ("UTC" if moment.tzinfo is UTC else str(moment.tzinfo))
        moment = wall_time(moment, zone_of(named))
    return RecurrenceSet(_within("DTSTART", moment), zone=named)


def _within(name: str, moment: datetime) -> datetime:
    if not FIRST_MOMENT <= moment < LAST_MOMENT:
        raise RecurrenceError(f"{name} lies in the year {moment.year}; years go from 2 to 9998.")
    return moment


def _moment(line: Line, value: str) -> date:
    """Return a value of a line as it is meant: a date, or a moment that is aware where it has a zone or a Z."""
    found = read_moment(line.name, value)
    if line.parameters.get("VALUE", "").upper() == "DATE" and isinstance(found, datetime):
        return found.date()
    return found


def _wall(base: RecurrenceSet, line: Line, value: str) -> datetime:
    """Return a value as wall time of the set; a date alone takes the time of its start."""
    found = _moment(line, value)
    if base.is_all_day:
        return midnight(found)
    if not isinstance(found, datetime):
        return datetime.combine(found, base.start.time())
    own = line.parameters.get("TZID")
    if own and found.tzinfo is None and zone_named(own) != base.zone:
        zone = zone_of(zone_named(own))
        found = found.replace(tzinfo=zone)
    return _within(line.name, wall_time(found, zone_of(base.zone)))


def _by_start(extra: Extra) -> tuple[datetime, Length]:
    return extra.start, extra.length or NO_LENGTH


def _extras(base: RecurrenceSet, line: Line) -> list[Extra]:
    found = []
    for value in filter(None, line.value.split(",")):
        begin, slash, end = value.partition("/")
        start = _wall(base, line, begin)
        length = None
        if slash:
            is_length = end.strip().upper().startswith(("P", "+P"))
            length = read_length(end) if is_length else _between(base, start, _wall(base, line, end))
        found.append(Extra(start, length))
    return found


def _excluded(base: RecurrenceSet, line: Line) -> list[date]:
    found: list[date] = []
    for value in filter(None, line.value.split(",")):
        day = _moment(line, value)
        is_whole_day = not isinstance(day, datetime) and not base.is_all_day
        found.append(day if is_whole_day else _wall(base, line, value))
    return found


def _length(base: RecurrenceSet, by_name: dict[str, list[Line]], length: Length | None) -> Length:
    given = [*by_name.get("DTEND", []), *by_name.get("DURATION", [])]
    if len(given) > 1:
        raise RecurrenceError("The end is given twice; leave DTEND or DURATION out.")
    if not given:
        found = length if length is not None else (ONE_DAY if base.is_all_day else NO_LENGTH)
    elif given[0].name == "DURATION":
        found = read_length(given[0].value)
    else:
        found = _between(base, base.start, _wall(base, given[0], given[0].value))
    if base.is_all_day:
        if found.seconds % DAY_SECONDS:
            raise RecurrenceError("An appointment of whole days lasts whole days, as P1D.")
        return Length(max(found.days + found.seconds // DAY_SECONDS, 1))
    return found


def _between(base: RecurrenceSet, start: datetime, end: datetime) -> Length:
    """Return the exact length between two wall times of a set (RFC 5545 3.8.5.3)."""
    if base.is_all_day:
        return Length((end - start).days)
    zone = zone_of(base.zone)
    exact = instant(end, zone).astimezone(UTC) - instant(start, zone).astimezone(UTC) if zone else end - start
    if exact < timedelta(0):
        raise RecurrenceError("The end lies before the start.")
    return _bounded(Length(0, exact.days * DAY_SECONDS + exact.seconds))


def read_length(text: str) -> Length:
    """Return a DURATION such as PT1H30M, P1D or P2W.

    Raises:
        RecurrenceError: it is none, or it is negative.
    """
    value = text.strip().upper().removeprefix("+")
    if not value.startswith("P") or value[-1] in "PT" or value.count("T") > 1:
        raise RecurrenceError(f"{text[:40] or 'Nothing'} is no duration; durations look like PT1H30M or P1D.")
    days, _, clock = value[1:].partition("T")
    return _bounded(Length(_sum(text, days, "WD") // DAY_SECONDS, _sum(text, clock, "HMS")))


def _sum(text: str, body: str, units: str) -> int:
    """Return the seconds of `2H30M`; units stand in their order, each at most once."""
    total, digits = 0, ""
    for character in body:
        if character.isascii() and character.isdigit() and len(digits) < 9:  # noqa: PLR2004 - no calendar needs more
            digits += character
        elif digits and character in units:
            total += int(digits) * _UNITS[character]
            units = units[units.index(character) + 1 :]
            digits = ""
        else:
            digits = "?"
            break
    if digits:
        raise RecurrenceError(f"{text[:40]} is no duration; durations look like PT1H30M or P1D.")
    return total


def _bounded(length: Length) -> Length:
    if length.days + length.seconds / DAY_SECONDS > LONGEST_DAYS:
        raise RecurrenceError("An appointment lasts at most ten years.")
    return length
