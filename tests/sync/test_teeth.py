"""Each bug on purpose is found by the simulation, at a seed that found it before or one of the next few."""

import pytest

from tests.sync import oracles
from tests.sync.conftest import MakeWorld
from tests.sync.mutants import MUTANTS

FOUND_AT = {
    "cursor_before_apply": 2, "delete_resurrect": 2, "fk_order": 6, "no_purge_on_revoke": 2, "no_scope_enter": 4,
    "purge_lost": 1, "push_other_user": 4, "row_lww_lost_field": 6, "seq_gap_skip": 3,
}  # fmt: skip
TRIES = 25


@pytest.mark.parametrize("name", MUTANTS)
def test_the_simulation_finds(name: str, make_world: MakeWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    MUTANTS[name](monkeypatch)
    first = FOUND_AT.get(name, 0)
    assert any(_is_found(seed, make_world) for seed in range(first, first + TRIES)), f"nobody noticed {name}"


def _is_found(seed: int, make_world: MakeWorld) -> bool:
    world = make_world(seed)
    oracles.watch(world)
    try:
        world.run(120)
        world.heal()
        oracles.check_all(world)
    except Exception:  # noqa: BLE001 - whatever the bug breaks
        return True
    return False
