"""Laptops and a server of several versions of the schema."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.sync import oracles
from tests.sync.skewed import SkewedWorld, old_tables

MakeSkewed = Callable[..., SkewedWorld]
FIRST, COUNT = int(os.environ.get("SFA_SOAK_FIRST", "1000")), int(os.environ.get("SFA_SOAK", "30")) // 3
STEPS = 120


@pytest.fixture
def make_skewed(tmp_path: Path, blank: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MakeSkewed]:
    """Return a maker of worlds by seed whose laptops are of several versions."""
    monkeypatch.setenv("SFA_TEST_SYNCHRONOUS", "OFF")
    made: list[tuple[SkewedWorld, Path]] = []

    def make(seed: int, *, layers: int = 0, is_calm: bool = False) -> SkewedWorld:
        folder = tmp_path / f"world-{seed}-{len(made)}"
        folder.mkdir()
        world = SkewedWorld(seed, folder, blank, layers=layers, is_calm=is_calm)
        made.append((world, folder))
        return world

    yield make
    for world, folder in made:
        world.close()
        shutil.rmtree(folder)


@pytest.mark.parametrize("seed", range(FIRST, FIRST + COUNT))
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


@pytest.mark.parametrize("seed", range(FIRST, FIRST + COUNT))
def test_a_server_that_is_upgraded_in_the_middle_loses_nothing(seed: int, make_skewed: MakeSkewed, blank: Path) -> None:
    with old_tables(blank, 1):
        world = make_skewed(seed, layers=1)
        oracles.watch(world)
        world.run(STEPS // 2)
    world.upgrade_server()
    world.run(STEPS // 2)
    for laptop in world.laptops:
        world.upgrade(laptop)
    world.heal()
    oracles.check_all(world)
