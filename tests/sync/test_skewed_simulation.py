"""Whole companies by seed whose laptops and server are of several versions of the schema, upgraded in the middle."""

import os
from pathlib import Path

import pytest

from tests.sync import oracles
from tests.sync.conftest import MakeSkewed
from tests.sync.skewed import Blanks, old_tables

FIRST, COUNT = int(os.environ.get("SFA_SOAK_FIRST", "1000")), int(os.environ.get("SFA_SOAK", "24")) // 6
STEPS = 120
KEPT = [int(line.split()[0]) for line in Path(__file__).with_name("skewed_seeds.txt").read_text().splitlines()]
"""Seeds that found a bug once."""


@pytest.mark.parametrize("seed", [*KEPT, *range(FIRST, FIRST + COUNT)])
def test_laptops_of_two_versions_and_upgrades_in_between_agree_with_the_server(
    seed: int, make_skewed: MakeSkewed
) -> None:
    world = make_skewed(seed)
    oracles.watch(world)
    world.run(STEPS)
    world.heal()
    oracles.check_all(world)
    for laptop in world.laptops:
        world.upgrade(laptop)
    world.heal()
    oracles.check_all(world)


@pytest.mark.parametrize("seed", [*KEPT, *range(FIRST, FIRST + COUNT)])
def test_a_server_that_is_upgraded_in_the_middle_loses_nothing(
    seed: int, make_skewed: MakeSkewed, blanks: Blanks
) -> None:
    with old_tables(blanks[1]):
        world = make_skewed(seed, layers=1)
        oracles.watch(world)
        world.run(STEPS // 2)
    world.upgrade_server()
    world.run(STEPS // 2)
    for laptop in world.laptops:
        world.upgrade(laptop)
    world.heal()
    oracles.check_all(world)
