"""Several programs use one store at once: everybody is served, nobody sees a half or hears that something is locked."""

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path
from statistics import quantiles
from subprocess import Popen
from time import perf_counter
from typing import NamedTuple

import pytest

from sfa.services import listing, search
from sfa.services.desk import Desk, open_desk
from tests.support.crash_support import MARK, acknowledged, examine, look, start, tell
from tests.support.shell import run_cli

pytestmark = pytest.mark.crash

WRITERS = 2
ENTRIES = 120
IMPORTED = 1500


class Story(NamedTuple):
    """How a program fared: what it acknowledged, seconds between two acknowledgements, complaints, exit code."""

    told: list[str]
    waits_s: list[float]
    complaints: str
    code: int


def follow(program: Popen[bytes]) -> Story:
    """Read what a program says until it ends."""
    assert program.stdout
    lines, times = [], []
    for line in program.stdout:
        lines.append(line)
        times += [perf_counter()] * line.startswith(MARK)
    _, complaints = program.communicate()
    waits = [later - earlier for earlier, later in pairwise(times)]
    return Story(acknowledged(b"".join(lines)), waits, complaints.decode(), program.returncode)


def read_as_the_screens_do(desk: Desk) -> None:
    """Look at what the writers write: every entry is an activity and a task, never one of them alone."""
    with desk.store.snapshot():
        pairs = desk.store.row("SELECT (SELECT count(*) FROM activity), (SELECT count(*) FROM task)")
        assert pairs[0] == pairs[1]
    assert listing.select(desk, "activity", limit=20).rows
    assert search.search(desk, "Burst")


def test_two_writers_an_import_and_a_reader_get_along(tmp_path: Path) -> None:
    home = tmp_path / "home"
    first = run_cli(["debug", "burst", "1"], home).stdout.split()[1]
    table = tmp_path / "firms.csv"
    table.write_text("Company\n" + "".join(f"Firm {number}\n" for number in range(IMPORTED)), encoding="utf-8")
    desk = open_desk(home)
    rounds = 0
    with ThreadPoolExecutor() as pool:
        lines = [["debug", "burst", str(ENTRIES)]] * WRITERS + [["import", str(table), "--yes"]]
        running = [pool.submit(follow, start(line, home)) for line in lines]
        while not all(story.done() for story in running):
            read_as_the_screens_do(desk)
            rounds += 1
    desk.close()
    stories = [story.result() for story in running]
    assert [story.code for story in stories] == [0] * len(stories), stories
    assert not [story.complaints for story in stories if "locked" in story.complaints or "busy" in story.complaints]
    told = [row_id for story in stories for row_id in story.told]
    assert len(told) == WRITERS * ENTRIES
    assert examine(home, [first, *told]) == []
    cuts = quantiles([1000 * wait for story in stories for wait in story.waits_s], n=100)
    tell(f"{len(told)} entries, {IMPORTED} rows, {rounds} readings; ms per entry p50 {cuts[49]:.1f} p99 {cuts[98]:.1f}")


def test_a_store_may_be_founded_by_several_at_once(tmp_path: Path) -> None:
    programs = [start(["account", "add", f"Firm {number}"], tmp_path / "home") for number in range(4)]
    stories = [follow(program) for program in programs]
    assert [(story.code, story.complaints) for story in stories] == [(0, "")] * 4
    assert len(look(tmp_path / "home", "SELECT id FROM account")) == 4
