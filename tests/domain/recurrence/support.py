"""Sets written in a line, and their occurrences as texts."""

from datetime import datetime

from sfa.domain.recurrence.expanding import expand
from sfa.domain.recurrence.lines import read_lines, read_set
from sfa.domain.recurrence.plans import Plan
from sfa.domain.recurrence.values import RecurrenceSet
from sfa.domain.recurrence.zones import located, zone_of

FOR_EVER = (datetime(2, 1, 1), datetime(9998, 1, 1))


def a_set(*lines: str, zone: str | None = None) -> RecurrenceSet:
    return read_set(read_lines("\n".join(lines)), zone=zone)


def starts(found: RecurrenceSet, low: datetime = FOR_EVER[0], high: datetime = FOR_EVER[1]) -> list[datetime]:
    """Return the wall times at which what is in a window starts."""
    expansion = expand(Plan(found), low, high)
    assert expansion.stopped == ""
    return [item.start for item in expansion.occurrences]


def aware(found: RecurrenceSet, low: datetime = FOR_EVER[0], high: datetime = FOR_EVER[1]) -> list[tuple[str, str]]:
    """Return start and end of each occurrence with its offset."""
    spans = [located(item, zone_of(found.zone)) for item in expand(Plan(found), low, high).occurrences]
    return [(start.isoformat(), end.isoformat()) for start, end in spans]
