"""Rules and sets written back, in one canonical form."""

from datetime import date, datetime

from sfa.domain.recurrence.values import WEEKDAYS, Extra, Length, RecurrenceSet, Rule

_LISTS = (
    ("BYMONTH", "by_month"),
    ("BYWEEKNO", "by_week_no"),
    ("BYYEARDAY", "by_year_day"),
    ("BYMONTHDAY", "by_month_day"),
    ("BYDAY", "by_day"),
    ("BYHOUR", "by_hour"),
    ("BYMINUTE", "by_minute"),
    ("BYSECOND", "by_second"),
    ("BYSETPOS", "by_set_pos"),
)


def write_rule(rule: Rule) -> str:
    """Return the value of an RRULE; `read_rule` gives the rule back."""
    parts = [f"FREQ={rule.freq}"]
    if rule.until is not None:
        parts.append(f"UNTIL={write_moment(rule.until)}")
    if rule.count is not None:
        parts.append(f"COUNT={rule.count}")
    if rule.interval > 1:
        parts.append(f"INTERVAL={rule.interval}")
    for name, field in _LISTS:
        values = getattr(rule, field)
        if values:
            parts.append(f"{name}={','.join(_weekday(*item) if name == 'BYDAY' else str(item) for item in values)}")
    if rule.week_start:
        parts.append(f"WKST={WEEKDAYS[rule.week_start]}")
    return ";".join(parts)


def _weekday(ordinal: int, weekday: int) -> str:
    return f"{ordinal or ''}{WEEKDAYS[weekday]}"


def write_moment(moment: date) -> str:
    """Return a DATE or DATE-TIME, with Z where it is aware."""
    # Not strftime: its %Y leaves the zeros of early years out on some platforms.
    day = f"{moment.year:04d}{moment.month:02d}{moment.day:02d}"
    if not isinstance(moment, datetime):
        return day
    return f"{day}T{moment.hour:02d}{moment.minute:02d}{moment.second:02d}{'Z' if moment.tzinfo else ''}"


def write_length(length: Length) -> str:
    """Return a DURATION."""
    hours, rest = divmod(length.seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    clock = "".join(f"{number}{unit}" for number, unit in ((hours, "H"), (minutes, "M"), (seconds, "S")) if number)
    days = f"{length.days}D" if length.days or not clock else ""
    return f"P{days}{f'T{clock}' if clock else ''}"


def write_set(found: RecurrenceSet) -> list[str]:
    """Return the content lines of a set, unfolded; overrides are components of their own and not among them."""
    zone = _zone(found)
    lines = [f"DTSTART{zone}:{_value(found, found.start)}"]
    if found.length != Length(int(found.is_all_day)):
        lines.append(f"DURATION:{write_length(found.length)}")
    lines += [f"RRULE:{write_rule(rule)}" for rule in found.rules]
    plain = [extra for extra in found.extras if extra.length is None]
    if plain:
        lines.append(f"RDATE{zone}:{','.join(_value(found, extra.start) for extra in plain)}")
    periods = [extra for extra in found.extras if extra.length is not None]
    if periods:
        kind = _zone(found, ";VALUE=PERIOD", is_timed=True)
        lines.append(f"RDATE{kind}:{','.join(_period(found, extra) for extra in periods)}")
    for is_day, kind in ((False, zone), (True, ";VALUE=DATE")):
        days = [moment for moment in found.excluded if isinstance(moment, datetime) != is_day]
        if days:
            lines.append(f"EXDATE{kind}:{','.join(_value(found, moment) for moment in days)}")
    return lines


def _zone(found: RecurrenceSet, kind: str = "", *, is_timed: bool = False) -> str:
    if found.is_all_day and not is_timed:
        return ";VALUE=DATE"
    return f"{kind};TZID={found.zone}" if found.zone not in ("", "UTC") else kind


def _value(found: RecurrenceSet, moment: date) -> str:
    if found.is_all_day or not isinstance(moment, datetime):
        return write_moment(moment)[:8]
    return write_moment(moment) + ("Z" if found.zone == "UTC" else "")


def _period(found: RecurrenceSet, extra: Extra) -> str:
    start = write_moment(extra.start) + ("Z" if found.zone == "UTC" else "")
    return f"{start}/{write_length(extra.length or Length())}"
