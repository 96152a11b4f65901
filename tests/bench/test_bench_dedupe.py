"""A scan for doubles among 100,000 people against reading and normalising the same rows, in processes of their own."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.people_maker import COLUMNS, make_people

pytestmark = pytest.mark.bench
ORIGINALS = 82_000
MOST_CPU_S = 120
MOST_MEGABYTES = 500
MOST_TIMES_FLOOR = 30
SCAN = """
import json, resource, sys, time
from pathlib import Path
from sfa.exchange.doubles import as_people, find_pairs, read_table
table = read_table(Path(sys.argv[1]), "contact", "key")
floor = len(as_people(table).rows) if sys.argv[2] == "floor" else 0
pairs = [] if floor else find_pairs(table, 0.8)
unit = 1024 if sys.platform == "darwin" else 1
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / unit
print(json.dumps([len(table.rows), len(pairs), time.process_time(), memory]))
"""


def measured(path: Path, what: str) -> tuple[int, int, float, float]:
    """Return rows, pairs, seconds of CPU and megabytes at the peak."""
    done = subprocess.run([sys.executable, "-c", SCAN, str(path), what], capture_output=True, check=True, text=True)
    rows, pairs, seconds, memory = json.loads(done.stdout)
    return rows, pairs, seconds, memory


def test_a_hundred_thousand_people_in_two_minutes_and_half_a_gigabyte(tmp_path: Path) -> None:
    pytest.importorskip("resource", reason="this platform does not tell the memory of a process")
    made = make_people(11, ORIGINALS, doubled=0.15, copies=2, errors=3)
    path = tmp_path / "people.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["key", *COLUMNS])
        writer.writerows([key, *row] for key, row in zip(made.ids, made.rows, strict=True))
    _, _, floor_s, _ = measured(path, "floor")
    rows, pairs, seconds, memory = measured(path, "scan")
    sys.stdout.write(
        f"\ndedupe of {rows:,} people: {pairs:,} pairs, {seconds:.0f} s CPU, {memory:.0f} MB, {seconds / floor_s:.0f} x reading"
    )
    assert rows >= 100_000
    assert abs(pairs - len(made.same)) <= 0.05 * len(made.same)
    assert seconds <= MOST_CPU_S
    assert memory <= MOST_MEGABYTES
    assert seconds / floor_s <= MOST_TIMES_FLOOR
