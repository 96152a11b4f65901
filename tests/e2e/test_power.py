"""The power is cut while the program writes: what it said it had saved is there, whatever the disk made of the rest."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest

from tests.support.crash_support import Finding, examine, tell
from tests.support.power import MODES, Recording, record

CUTS = 200
CUTS_WHILE_FOUNDING = 20
ENTRIES = 150

pytestmark = pytest.mark.crash


class Outcome(NamedTuple):
    """What a store was like after a power cut before event number `cut`."""

    cut: int
    mode: str
    findings: list[Finding]


def cut_power(recording: Recording, place: Path) -> Iterator[Outcome]:
    """Cut the power many times, a tenth of it while the store is founded, and look at what is left."""
    random = Random(20260310)
    first = recording.first("A")
    for number in range(CUTS):
        cut = random.randrange(first if number < CUTS_WHILE_FOUNDING else len(recording.events)) + 1
        mode = MODES[number % len(MODES)]
        home = place / f"cut{number}"
        recording.lay_out(recording.image(cut, mode, random), home)
        yield Outcome(cut, mode, examine(home, recording.told_before(cut)))


def test_no_power_cut_loses_an_acknowledged_entry(iolog: Path, tmp_path: Path) -> None:
    recording = record(["debug", "burst", str(ENTRIES)], tmp_path / "home", iolog)
    assert recording.result.code == 0, recording.result.stderr
    kinds = Counter(event.kind for event in recording.events)
    assert kinds["A"] == ENTRIES
    assert kinds["S"] > ENTRIES
    bad = [outcome for outcome in cut_power(recording, tmp_path) if outcome.findings]
    assert bad == []
    tell(f"{CUTS} power cuts among {kinds['W']} writes and {kinds['S']} syncs, {ENTRIES} entries: nothing lost")


def test_the_same_power_cuts_lose_entries_where_the_log_is_not_synced(iolog: Path, tmp_path: Path) -> None:
    recording = record(["debug", "burst", str(ENTRIES)], tmp_path / "home", iolog, SFA_TEST_SYNCHRONOUS="NORMAL")
    assert recording.result.code == 0, recording.result.stderr
    findings = [finding for outcome in cut_power(recording, tmp_path) for finding in outcome.findings]
    assert {finding.subject for finding in findings} == {"lost"}
    example = findings[len(findings) // 2].words
    tell(f"{CUTS} power cuts without syncing the log: {len(findings)} lose entries, as {example}")
