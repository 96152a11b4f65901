"""Every recurrence in the sample calendars expands, and agrees with dateutil where dateutil can be asked."""

from datetime import UTC, datetime, timedelta
from itertools import takewhile
from pathlib import Path

import pytest
from dateutil.rrule import rrulestr

from sfa.domain.recurrence.expanding import expand
from sfa.domain.recurrence.lines import read_lines, read_set
from sfa.domain.recurrence.plans import Plan
from sfa.domain.recurrence.values import RecurrenceError, RecurrenceSet
from sfa.domain.recurrence.writing import write_rule
from sfa.domain.recurrence.zones import wall_time, zone_of

NAMES = ("DTSTART", "RRULE", "RDATE", "EXDATE", "DURATION", "DTEND")
YEARS = timedelta(3 * 366)


def components(folder: Path) -> list[tuple[str, str]]:
    """Return the recurrence lines of each component of each file, with the file's name."""
    found = []
    for path in sorted(folder.rglob("*.ics")):
        text = path.read_text(encoding="utf-8", errors="replace").replace("\r\n", "\n")
        lines: list[str] = []
        for line in text.replace("\n ", "").replace("\n\t", "").split("\n"):
            if line.startswith(("BEGIN:", "END:")):
                found.append((path.name, "\n".join(lines)))
                lines = []
            elif line.upper().startswith(NAMES):
                lines.append(line)
    return [(name, text) for name, text in found if "RRULE" in text or "RDATE" in text]


def test_every_recurrence_expands_or_is_refused_in_a_sentence(shared_data: Path) -> None:
    found = components(shared_data / "ics")
    refused = []
    for name, text in found:
        try:
            base = read_set(read_lines(text))
        except RecurrenceError as error:
            refused.append(f"{name}: {error}")
            continue
        expansion = expand(Plan(base), base.start, base.start + YEARS)
        assert expansion.stopped == "", name
        has_ended_before = all(rule.until is not None for rule in base.rules) and not Plan(base).has_start
        assert bool(expansion.occurrences) != has_ended_before, name
    assert all(sentence.endswith(".") for sentence in refused)
    assert len(refused) < len(found) / 10, refused


def test_single_rules_agree_with_dateutil(shared_data: Path) -> None:
    compared = 0
    for name, text in components(shared_data / "ics"):
        try:
            base = read_set(read_lines(text))
        except RecurrenceError:
            continue
        if len(base.rules) == 1 and not base.extras and not base.excluded:
            compared += 1
            ours = [item.start for item in expand(Plan(base), base.start, base.start + YEARS).occurrences]
            assert [moment for moment in ours if moment != base.start] == _theirs(base), name
    if not compared:
        pytest.fail("no sample file has a rule of its own")


def _theirs(base: RecurrenceSet) -> list[datetime]:
    """Return what dateutil has after the start, asked in wall time throughout: a day as UNTIL means all of it for us."""
    rule = base.rules[0]
    text = ";".join(part for part in write_rule(rule).split(";") if not part.startswith("UNTIL"))
    until = rule.until
    last = datetime.max  # noqa: DTZ901 - wall time
    if isinstance(until, datetime):
        last = wall_time(until, zone_of(base.zone) or UTC)
    elif until is not None:
        last = datetime(until.year, until.month, until.day, 23, 59, 59)
    high = base.start + YEARS
    hits = takewhile(lambda moment: moment < high and moment <= last, rrulestr(text, dtstart=base.start))
    return [moment for moment in hits if moment != base.start]
