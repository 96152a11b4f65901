"""Whole companies whose laptops have no network: sticks get lost, come twice, come late; then everything must be true."""

from pathlib import Path
from typing import Any, cast
from unittest.mock import MagicMock

import pytest

from sfa.errors import NotAllowedError, SfaError
from sfa.server import bundles
from sfa.sync import by_file, outbox
from sfa.sync.state import State
from tests.sync import oracles
from tests.sync.mortal import CrashError, LostError, MortalConnection
from tests.sync.test_by_file import desk_of, export
from tests.sync.world import Laptop, World

STEPS = 120


class Sticks(World):
    """A company in which the manager alone has a network all the time."""

    def __init__(self, seed: int, folder: Path, blank: Path) -> None:
        super().__init__(seed, folder, blank)
        self._requests: dict[str, list[Path]] = {}
        self._answers: dict[str, list[Path]] = {}
        self.taken, self.is_home = 0, False

    def sync(self, laptop: Laptop) -> bool:
        """Let a laptop sync over the network, or a stick go one of its ways."""
        if self.is_home or laptop.name == "mia" or (laptop.name == "bob" and self._is_lost(0.5, "a stick is lost")):
            return super().sync(laptop)
        requests, answers = (sticks.setdefault(laptop.name, []) for sticks in (self._requests, self._answers))
        if self.is_healed:
            self._ask(laptop)
            self._answer(laptop, requests[-1])
            return self._take(laptop, answers[-1])
        step = self.random.random()
        if step < 0.25 or not requests:
            self._ask(laptop)
        elif step < 0.6 or not answers:
            self._answer(laptop, self.random.choice(requests[-2:]))
        else:
            self._take(laptop, self.random.choice(answers[-2:]))
        return True

    def _stick(self) -> Path:
        return self._folder / f"{self.random.getrandbits(60)}.stick"

    def _ask(self, laptop: Laptop) -> None:
        self._requests[laptop.name].append(export(laptop, self._stick()))

    def _answer(self, laptop: Laptop, request: Path) -> None:
        if self._is_lost(0.1, "the server is to crash"):
            self.crash_server(self.random.randint(1, 150))
        answer = self._stick()
        try:
            bundles.answer(cast("Any", _Watched(self, laptop)), request, answer, self.now)
        except LostError:
            return
        except SfaError as error:
            assert "refused" in error.message  # noqa: PT017 - the answer says it too
        finally:
            self.crash_server(None)
        self._answers[laptop.name].append(answer)

    def _take(self, laptop: Laptop, answer: Path) -> bool:
        whole = laptop.store.connection
        if self._is_lost(0.2, "a laptop is to crash"):
            laptop.store.connection = cast("Any", MortalConnection(whole, self.random.randint(1, 120)))
        try:
            report = by_file.take(desk_of(laptop), answer, may_remove=lambda *_: True)
        except (SfaError, CrashError) as error:
            return not (laptop.is_revoked and isinstance(error, NotAllowedError))
        finally:
            laptop.store.connection = whole
            self.synced(laptop)
        self.taken += 1
        return bool(report.sent or report.received or report.removed)


class _Watched:
    """The server, with somebody who looks at each answer."""

    def __init__(self, world: Sticks, laptop: Laptop) -> None:
        self.database, self._world, self._laptop = world.database, world, laptop

    def handle(self, _org: str, _device: str, body: bytes, _now: object) -> bytes:
        return self._world._handle(self._laptop, body)


def agree(seed: int, folder: Path, blank: Path) -> bool:
    """Let a history happen, see that all come to the same book, and tell whether a stick had a part in it."""
    home = folder / str(seed)
    home.mkdir()
    world = Sticks(seed, home, blank)
    oracles.watch(world)
    try:
        world.run(STEPS)
        world.heal()
        world.is_home = True
        oracles.check_all(world)
    finally:
        world.close()
    return world.taken > 0


@pytest.fixture
def small_bundles(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Let a few changes and rows make many messages."""
    monkeypatch.setenv("SFA_TEST_SYNCHRONOUS", "OFF")
    monkeypatch.setattr(outbox, "MOST_MUTATIONS", 6)
    monkeypatch.setattr(by_file, "MANY_ROWS", 30)
    return monkeypatch


@pytest.mark.parametrize("seed", range(8))
def test_after_any_history_of_sticks_all_laptops_and_the_server_agree(
    seed: int, tmp_path: Path, blank: Path, small_bundles: pytest.MonkeyPatch
) -> None:
    assert agree(seed, tmp_path, blank)


def test_the_histories_find_a_laptop_that_takes_any_old_answer(
    tmp_path: Path, blank: Path, small_bundles: pytest.MonkeyPatch
) -> None:
    marks = MagicMock()
    marks.__contains__.return_value = True
    small_bundles.setattr(State, "exports", lambda _: marks)
    small_bundles.setattr(State, "note_export", lambda *_: None)
    with pytest.raises(AssertionError, match=r"lost an edit|account: \{"):
        assert all(agree(seed, tmp_path, blank) for seed in range(36, 61))
