"""How often the grammar reads phrases of public test suites as they expect, and how often it is wrong in silence.

Counted strictly: every value that differs from that of the suite is wrong, whatever the reason (`docs/dates.md` has them
for those that are left). What is refused with a sentence, or not read, is missed.
"""

import json
import sys
from collections import defaultdict
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from sfa.domain.when import When, WhenError, find_when
from sfa.domain.when.leaving import rest_of
from sfa.domain.when.leftovers import unread

SUITES = ("recognizers-text", "duckling", "chrono")
DUCKLING_ZONE = timezone(timedelta(hours=-2))
LEAST_HITS = {"en": 0.88, "zh": 0.88}
MOST_WRONG = 0.03
LEAST_QUICK_HITS = 0.87
FIRST_YEAR_MEANT = 1950


def rows_of(path: Path) -> list[dict[str, Any]]:
    if not path.is_file():
        pytest.skip(f"{path} is absent")
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def reading_of(row: dict[str, Any]) -> When | None:
    """Return what `sfa date` finds: nothing where it refuses, or where a word of the calendar is left unread."""
    try:
        found = find_when(
            row["text"],
            datetime.fromisoformat(row["ref"]),
            order="dmy" if row["lang"] in ("en-GB", "zh") else "mdy",
            zone=DUCKLING_ZONE if row["src"] == "duckling" else None,
        )
    except WhenError:
        return None
    return None if found is None or unread(row["text"], found.spans) else found


def expected_moment(row: dict[str, Any]) -> datetime | None:
    """Return what a suite expects, to the minute; None where it expects that nothing is resolved."""
    text = f"{row['ref'][:10]}T{row['value']}" if row["kind"] == "time" else row["value"]
    try:
        return datetime.fromisoformat(text).replace(second=0)
    except ValueError:
        return None


def is_hit(row: dict[str, Any], found: When | None, wanted: datetime | None) -> bool:
    if found is None or wanted is None:
        return False
    start = found.start.replace(second=0)
    if row["kind"] == "date":
        return start.date() == wanted.date()
    return start.time() == wanted.time() if row["kind"] == "time" else start == wanted


def test_single_dates_of_public_suites(shared_data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    counts: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows_of(shared_data / "nl_dates" / "core_single_values.jsonl"):
        if row["src"] not in SUITES:
            continue
        found, wanted = reading_of(row), expected_moment(row)
        kind = "missed" if found is None else "wrong"
        if is_hit(row, found, wanted):
            kind = "hit"
        for suite in (row["src"], "all suites"):
            counts[row["lang"][:2], suite][kind] += 1
    with capsys.disabled():
        write_rates(counts)
    for language, least in LEAST_HITS.items():
        total = counts[language, "all suites"]
        assert total["hit"] / sum(total.values()) >= least
        assert total["wrong"] / sum(total.values()) <= MOST_WRONG


def write_rates(counts: dict[tuple[str, str], dict[str, int]]) -> None:
    sys.stdout.write("\n")
    for (language, suite), kinds in sorted(counts.items()):
        number = sum(kinds.values())
        rates = ", ".join(f"{name} {kinds[name] / number:.1%}" for name in ("hit", "missed", "wrong"))
        sys.stdout.write(f"{language} {suite} ({number}): {rates}\n")


def is_as_wanted(row: dict[str, Any], found: When | None) -> bool:
    """Compare title, start and end; whole days by their date, and an end of whole days as the last one."""
    title = rest_of(row["text"], found.spans if found else ())
    start = datetime.fromisoformat(row["start"]) if row["start"] else None
    end = datetime.fromisoformat(row["end"]) if row["end"] else None
    if title != (row["title"] or ""):
        return False
    if found is None or start is None:
        return found is None and start is None
    if not found.all_day:
        return found.start == start and (end is None or found.end == end)
    last = found.end - timedelta(days=1) if found.end else None
    return found.start.date() == start.date() and (end is None or (last is not None and last.date() == end.date()))


def test_lines_of_quick_entry_of_other_programs(shared_data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for row in rows_of(shared_data / "quick_entry" / "quick_add.jsonl"):
        if row["start"] and int(row["start"][:4]) < FIRST_YEAR_MEANT:
            continue  # "before friday" has no start here
        found = reading_of({**row, "lang": "en"})
        for name in (row["src"], "all"):
            counts[name][0] += 1
            counts[name][1] += is_as_wanted(row, found)
    with capsys.disabled():
        sys.stdout.write("\n")
        for name, (number, hits) in sorted(counts.items()):
            sys.stdout.write(f"quick entry, {name} ({number}): title, start and end as there {hits / number:.1%}\n")
    assert counts["all"][1] / counts["all"][0] >= LEAST_QUICK_HITS
