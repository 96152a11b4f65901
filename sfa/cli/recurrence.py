"""sfa rrule: the occurrences of a recurrence, without the book."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta, tzinfo

from typer.core import TyperCommand

from sfa.cli.building import argument, command, json_option, option
from sfa.cli.output import emit_json, emit_rows, say, tell
from sfa.clock import SystemClock
from sfa.domain.recurrence.expanding import expand
from sfa.domain.recurrence.lines import read_length, read_lines, read_set
from sfa.domain.recurrence.plans import Plan
from sfa.domain.recurrence.values import Occurrence, RecurrenceError, RecurrenceSet
from sfa.domain.recurrence.wording import describe
from sfa.domain.recurrence.zones import located, midnight, wall_time, zone_of
from sfa.errors import UsageError

DAYS_SHOWN = 366
COLUMNS = [("start", "Start", "text"), ("end", "End", "text")]


def rrule() -> TyperCommand:
    """Return `sfa rrule`."""
    params = [
        argument("lines", is_many=True, shown="LINE", help="RRULE:..., RDATE:..., EXDATE:..., DTSTART:... (RFC 5545)."),
        option("--start", "start", help="The first occurrence, as 20261121T090000 or 2026-11-21.", shown="WHEN"),
        option("--tz", "zone", help="Its zone, as Europe/Berlin; yours where none is given.", shown="ZONE"),
        option("--from", "low", help="The window's start; the first occurrence where none is given.", shown="WHEN"),
        option("--to", "high", help="The window's end, itself not in it; a year on where none is given.", shown="WHEN"),
        option("--duration", "duration", help="How long each one lasts, as PT1H30M or P1D.", shown="LENGTH"),
        json_option("One array of start, end and all_day."),
    ]
    return command("rrule", _rrule, params, "List the occurrences of a recurrence in a window.")


def _rrule(
    *,
    lines: Sequence[str],
    start: str | None,
    zone: str | None,
    low: str | None,
    high: str | None,
    duration: str | None,
    is_json: bool,
) -> None:
    try:
        found = _read(lines, start, zone, duration)
        window = _window(found, low, high)
        plan = Plan(found)
        expansion = expand(plan, *window)
        rows = _rows(found, expansion.occurrences)
    except RecurrenceError as error:
        raise UsageError(str(error), hint="See: sfa rrule --help") from error
    if is_json:
        emit_json(rows)
    else:
        say(f"{_opened(describe(found))}.")
        emit_rows(COLUMNS, rows, "table")
    if not rows and not is_json:
        tell(f"Nothing occurs from {window[0]:%Y-%m-%d} to {window[1]:%Y-%m-%d}.")
    if plan.is_start_odd and window[0] <= found.start < window[1]:
        tell(
            f"The start, {found.start:%Y-%m-%d %H:%M}, is off the rule and still the first occurrence (RFC 5545 3.8.5.3)."
        )
    if expansion.stopped:
        tell(expansion.stopped)


def _read(lines: Sequence[str], start: str | None, zone: str | None, duration: str | None) -> RecurrenceSet:
    read = read_lines("\n".join(lines))
    begin = next((line for line in read if line.name == "DTSTART"), None)
    has_zone = begin is not None and ("TZID" in begin.parameters or begin.value.strip().upper().endswith("Z"))
    if zone is None and not has_zone:
        own = SystemClock().zone()
        zone = str(getattr(own, "key", None) or own)
    moment = _moment("--start", start) if start is not None else None
    return read_set(read, moment, zone, read_length(duration) if duration else None)


def _moment(name: str, text: str) -> date:
    """Return a date, a wall time or an aware moment.

    Raises:
        RecurrenceError: it is none of them.
    """
    value = text.strip()
    try:
        if "T" not in value.upper() and ":" not in value:
            return date.fromisoformat(value)
        return datetime.fromisoformat(value.upper()).replace(microsecond=0)
    except ValueError:
        sentence = f"{name} holds {value[:40] or 'nothing'}; times look like 2026-11-21T09:00, dates like 2026-11-21."
        raise RecurrenceError(sentence) from None


def _window(found: RecurrenceSet, low: str | None, high: str | None) -> tuple[datetime, datetime]:
    zone = zone_of(found.zone)
    begin = _wall(_moment("--from", low), zone) if low else found.start
    end = _wall(_moment("--to", high), zone) if high else _later(begin)
    if end < begin:
        raise RecurrenceError(f"--to {end:%Y-%m-%d} lies before --from {begin:%Y-%m-%d}.")
    return begin, end


def _opened(text: str) -> str:
    return text[:1].upper() + text[1:]


def _later(moment: datetime) -> datetime:
    try:
        return moment + timedelta(DAYS_SHOWN)
    except OverflowError:
        return datetime.max


def _wall(moment: date, zone: tzinfo | None) -> datetime:
    return wall_time(moment, zone) if isinstance(moment, datetime) else midnight(moment)


def _rows(found: RecurrenceSet, occurrences: Sequence[Occurrence]) -> list[dict[str, object]]:
    """Return what each occurrence shows, in the order of time; two wall times that a clock change makes one are one."""
    if found.is_all_day:
        return [_row(item.start.date(), item.end.date(), is_all_day=True) for item in occurrences]
    zone = zone_of(found.zone)
    spans = sorted({located(item, zone) for item in occurrences})
    return [_row(start, end, is_all_day=False) for start, end in spans]


def _row(start: date, end: date, *, is_all_day: bool) -> dict[str, object]:
    return {"start": start.isoformat(), "end": end.isoformat(), "all_day": is_all_day}
