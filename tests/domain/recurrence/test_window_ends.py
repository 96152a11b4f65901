"""Series that end within a day, in a window of many."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sfa.domain.recurrence.lines import read_lines, read_set
from sfa.domain.recurrence.plans import Plan
from sfa.domain.recurrence.windows import occurrences_in


def starts(lines: str) -> list[str]:
    plan = Plan(read_set(read_lines(lines)))
    hits, _ = occurrences_in([plan], datetime(2026, 11, 1), datetime(2027, 2, 1), ZoneInfo("Europe/Berlin"))
    return [f"{occurrence.start:%d %b}" for _, occurrence in hits]


def test_a_series_that_ends_before_its_hour_is_not_on_that_day() -> None:
    begin = "DTSTART;TZID=Europe/Berlin:20261130T100000\n"
    assert starts(f"{begin}RRULE:FREQ=WEEKLY;UNTIL=20261221T085959Z") == ["30 Nov", "07 Dec", "14 Dec"]
    assert starts(f"{begin}RRULE:FREQ=WEEKLY;UNTIL=20261221T090000Z") == ["30 Nov", "07 Dec", "14 Dec", "21 Dec"]
