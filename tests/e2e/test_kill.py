"""Programs are killed while they write: what they said they had saved is there, whole, and nobody has to mend anything."""

from pathlib import Path
from random import Random
from signal import SIGKILL
from statistics import quantiles

import pytest

from tests.support.crash_support import Gang, examine, look, tell
from tests.support.power import record, run_watched, watching
from tests.support.shell import call_cli, run_cli

CYCLES = 60
CYCLES_PER_STORE = 20
WRITERS = 3
MOST_READ = 60
BEGINNINGS = 5

pytestmark = pytest.mark.crash


def test_no_acknowledged_entry_is_lost_when_three_writers_are_killed(tmp_path: Path) -> None:
    random = Random(20260310)
    waits: list[float] = []
    total = 0
    for first in range(0, CYCLES, CYCLES_PER_STORE):
        home = tmp_path / f"store{first}"
        told = run_cli(["debug", "burst", "1"], home).stdout.split()[1::2]
        for cycle in range(first, first + CYCLES_PER_STORE):
            with Gang(WRITERS, ["debug", "burst", "100000"], home) as gang:
                gang.read_until(random.randint(1, MOST_READ))
                gang.kill()
            told += [row_id for ids in gang.told for row_id in ids]
            waits += gang.waits_s
            assert gang.complaints == b"", f"cycle {cycle}"
            assert examine(home, told) == [], f"cycle {cycle}"
        total += len(told)
    assert total >= CYCLES
    cuts = quantiles([1000 * wait for wait in waits], n=100)
    tell(f"{CYCLES} cycles, {total} acknowledged, ms per entry p50 {cuts[49]:.1f} p99 {cuts[98]:.1f}")


def test_bursts_begun_at_once_write_about_one_customer(tmp_path: Path) -> None:
    for number in range(BEGINNINGS):
        home = tmp_path / f"store{number}"
        with Gang(WRITERS, ["debug", "burst", "100000"], home) as gang:
            gang.read_until(2 * WRITERS)
        assert look(home, "SELECT count(*) FROM account") == [(1,)]


def test_a_program_killed_at_any_call_has_founded_and_written_all_or_nothing(iolog: Path, tmp_path: Path) -> None:
    arguments = ["account", "add", "Acme", "--force"]
    calls = len(record(arguments, tmp_path / "whole", iolog).changes())
    counts = []
    for call in range(1, calls + 1, 11):
        home = tmp_path / f"killed{call}"
        killed = run_watched(arguments, home, watching(iolog, home, KILL_AT=str(call)), "sfa")
        assert killed.code in (0, -SIGKILL)
        assert examine(home, []) == [], call
        count = len(look(home, "SELECT id FROM account"))
        assert count == 1 or (count == 0 and killed.stdout == ""), call
        assert call_cli(arguments, home).code == 0
        counts.append(count)
    assert counts == sorted(counts)
    assert set(counts) == {0, 1}
