"""Each bug on purpose is found by the simulation, at a seed that found it before or one of the next few."""

import pytest

from tests.sync import oracles
from tests.sync.conftest import MakeWorld
from tests.sync.mutants import MUTANTS

FOUND_AT = {
    "cursor_before_apply": 3, "delete_resurrect": 1, "fk_order": 1, "mass_assign": 1, "no_lmid": 1, "no_purge_on_revoke": 1,
    "own_rows_unknown": 2, "reject_without_row": 1, "revoked_device_ok": 3, "stale_response": 1, "trim_by_last_n": 15, "two_at_once": 17,
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
    except (Exception, pytest.fail.Exception):  # noqa: BLE001 - whatever the bug breaks
        return True
    return False
