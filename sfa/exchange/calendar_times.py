"""When an appointment of a calendar file is: its lines as a recurrence, and that as the columns of the book."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from sfa.clock import instant_text
from sfa.domain.recurrence.lines import Line as RuleLine
from sfa.domain.recurrence.lines import read_set
from sfa.domain.recurrence.reading import DATE_LENGTH
from sfa.domain.recurrence.values import Occurrence, RecurrenceError, RecurrenceSet
from sfa.domain.recurrence.zones import located, wall_time, zone_of
from sfa.exchange.calendar_zones import Zones
from sfa.exchange.content_lines import Component, Line
from sfa.services.desk import Desk
from sfa.services.event_times import instant_of, own_zone
from sfa.services.series import rule_lines, until_of
from sfa.services.walls import FLOATING, wall_text

REPEATING: Final = ("RRULE", "RDATE", "EXDATE")
_ONCE: Final = ("DTSTART", "DTEND", "DURATION")
LONGEST_RULE: Final = 65_536
_YEAR_DIGITS: Final = 4


class TimeProblem(ValueError):  # noqa: N818 - a reason against a component, not a failure
    """Why a time cannot be taken, with its line."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line


def recurrence_of(component: Component, zones: Zones, *, is_single: bool = False) -> RecurrenceSet:
    """Return when a VEVENT takes place; with `is_single` without its rules.

    Raises:
        TimeProblem: it has no beginning, or a line of it cannot be read.
    """
    start = component.one("DTSTART")
    if start is None:
        raise TimeProblem(component.number, "it has no beginning (DTSTART)")
    if not is_single and component.one("EXRULE"):
        raise TimeProblem(component.number, "EXRULE is no longer part of iCalendar; exclude the dates with EXDATE")
    wanted = [start, *component.all("DTEND")[:1]]
    if len(wanted) == 1:
        wanted += component.all("DURATION")[:1]
    if not is_single:
        wanted += component.all(*REPEATING)
    year = int(start.value[:_YEAR_DIGITS]) if start.value[:_YEAR_DIGITS].isdigit() else 0
    lines = [_rule_line(line, zones, year) for line in wanted if line.value.strip()]
    try:
        return read_set(lines)
    except RecurrenceError as error:
        raise TimeProblem(_at_fault(wanted, lines), str(error).rstrip(".")) from error


def _rule_line(line: Line, zones: Zones, year: int) -> RuleLine:
    name = line.first("TZID")
    parameters = {key: values[0] for key, values in line.parameters.items() if key != "TZID" and values}
    if name:
        parameters["TZID"] = zones.named(name, min(max(year, 1970), 2100))
    value = line.value.strip()
    if line.name == "RDATE":
        value = ",".join(map(_plain_date, value.split(",")))
    return RuleLine(line.name, value, parameters)


def _plain_date(text: str) -> str:
    """Return a date without the Z that some programs write behind it."""
    bare = text.strip()
    return bare[:DATE_LENGTH] if len(bare) == DATE_LENGTH + 1 and bare[-1] in "Zz" else bare


def _at_fault(lines: Sequence[Line], read: Sequence[RuleLine]) -> int:
    """Return the number of the first line with which the appointment cannot be read."""
    for count in range(1, len(read) + 1):
        try:
            read_set(read[:count])
        except RecurrenceError:
            return lines[count - 1].number
    return lines[0].number


def time_columns(desk: Desk, base: RecurrenceSet) -> dict[str, Any]:
    """Return the columns of `event` that tell when an appointment is."""
    own = own_zone(desk)
    zone = own if base.is_all_day else base.zone or FLOATING
    place = None if base.is_all_day or not base.zone else zone_of(base.zone)
    starts, ends = located(Occurrence(base.start, base.length, base.start), place)
    row: dict[str, Any] = {
        "is_all_day": int(base.is_all_day),
        "zone": zone,
        "starts_wall": wall_text(base.start, is_all_day=base.is_all_day),
        "ends_wall": wall_text(max(ends.replace(tzinfo=None), base.start), is_all_day=base.is_all_day),
    }
    if starts.tzinfo is None:
        row |= {"starts_at": instant_of(desk, base.start, zone), "ends_at": instant_of(desk, ends, zone)}
    else:
        row |= {name: instant_text(at.astimezone(UTC)) for name, at in (("starts_at", starts), ("ends_at", ends))}
    row["rule"] = rule_lines(base) or None
    row["until_at"] = until_of(row) if row["rule"] else None
    first = min((extra.start for extra in base.extras), default=base.start)
    if first < base.start:
        row["starts_at"] = instant_of(desk, first, zone)  # dates of their own may lie before the first by the rule
    return row


def original_of(line: Line, base: RecurrenceSet, zones: Zones) -> datetime:
    """Return the wall time, in the zone of the series, at which a RECURRENCE-ID puts its instance.

    Raises:
        TimeProblem: it is no time.
    """
    try:
        moment = read_set([_rule_line(line._replace(name="DTSTART"), zones, base.start.year)])
    except RecurrenceError as error:
        raise TimeProblem(line.number, str(error).replace("DTSTART", "RECURRENCE-ID").rstrip(".")) from error
    if base.is_all_day:
        return datetime.combine(moment.start.date(), datetime.min.time())
    if moment.is_all_day:
        return datetime.combine(moment.start.date(), base.start.time())
    if not moment.zone or moment.zone == base.zone:
        return moment.start
    aware, _ = located(Occurrence(moment.start, moment.length, moment.start), zone_of(moment.zone))
    return wall_time(aware, zone_of(base.zone))


def day_and_time(desk: Desk, line: Line, zones: Zones) -> tuple[date, str | None]:
    """Return day and time (HH:MM) of a DUE or a DTSTART by the user's clock; no time where it is a date alone.

    Raises:
        TimeProblem: it is none.
    """
    try:
        year = int(line.value[:_YEAR_DIGITS]) if line.value[:_YEAR_DIGITS].isdigit() else 0
        base = read_set([_rule_line(line._replace(name="DTSTART"), zones, year)])
    except RecurrenceError as error:
        raise TimeProblem(line.number, str(error).replace("DTSTART", line.name).rstrip(".")) from error
    if base.is_all_day:
        return base.start.date(), None
    moment = base.start
    if base.zone:
        aware, _ = located(Occurrence(base.start, base.length, base.start), zone_of(base.zone))
        moment = aware.astimezone(desk.store.clock.zone()).replace(tzinfo=None)
    return moment.date(), f"{moment:%H:%M}"


def minutes_between(later: datetime, earlier: datetime) -> int:
    """Return the whole minutes between two moments."""
    return int((later - earlier) / timedelta(minutes=1))
