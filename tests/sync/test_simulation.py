"""Whole companies by seed: a bad network, crashes at any statement, moves, a restored server; then everything must be true.

`make soak` runs many more of them. A seed that ever found a bug stands in `seeds.txt` for good.
"""

import os
from pathlib import Path

import pytest

from tests.sync import oracles
from tests.sync.conftest import MakeWorld

KEPT = [int(line.split()[0]) for line in Path(__file__).with_name("seeds.txt").read_text().splitlines() if line.strip()]
FIRST, COUNT = int(os.environ.get("SFA_SOAK_FIRST", "1000")), int(os.environ.get("SFA_SOAK", "14"))
STEPS = 120


@pytest.mark.parametrize("seed", [*KEPT, *range(FIRST, FIRST + COUNT)])
def test_after_any_history_all_laptops_and_the_server_agree(seed: int, make_world: MakeWorld) -> None:
    world = make_world(seed)
    oracles.watch(world)
    world.run(STEPS)
    world.heal()
    oracles.check_all(world)


def test_the_same_seed_gives_the_same_history(make_world: MakeWorld) -> None:
    traces = []
    for _ in range(2):
        world = make_world(8)
        world.run(80)
        # Ids of histories come from the database itself, by chance.
        traces.append([(one.name, done.n, done.op, done.table, status) for one, done, status in world.judged])
    assert traces[0] == traces[1]
    assert traces[0]
