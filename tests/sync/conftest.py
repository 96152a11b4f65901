"""A workspace as it is at birth, made once and copied for each laptop; worlds that are closed after a test."""

import logging
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path

import pytest

from db.connection import connect
from db.store import open_store
from sfa.server.push import LOG
from tests.sync.forgeries import IN_ALL_WORDS
from tests.sync.hostile import haunt
from tests.sync.skewed import Blanks, SkewedWorld
from tests.sync.tongues import go_back
from tests.sync.trade import employ
from tests.sync.world import World


def people(world: World, seed: int) -> None:
    """Let a thief come to every other world, and in every third one people work with the program itself."""
    if seed % 2:
        haunt(world, seed)
    if seed % 3 == 2:
        employ(world, seed)


MakeWorld = Callable[..., World]
MakeSkewed = Callable[..., SkewedWorld]


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a fresh workspace, to be copied."""
    folder = tmp_path_factory.mktemp("blank") / "workspace"
    open_store(folder).close()
    return folder


@pytest.fixture(autouse=True)
def faults() -> Iterator[list[str]]:
    """Fail where the server met what it does not bear; a test that wants one takes it out of this list."""
    found: list[str] = []
    watcher = logging.Handler(logging.ERROR)
    watcher.emit = lambda record: found.append(str(record.exc_info))  # type: ignore[method-assign]
    LOG.addHandler(watcher)
    yield found
    LOG.removeHandler(watcher)
    assert not found


@pytest.fixture
def make_world(tmp_path: Path, blank: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MakeWorld]:
    """Return a maker of worlds by seed; `is_calm` has a network that loses nothing."""
    # Crashes here are of the program, not of the power: waiting for the disk would prove nothing.
    monkeypatch.setenv("SFA_TEST_SYNCHRONOUS", "OFF")
    made: list[tuple[World, Path]] = []

    def make(seed: int, *, is_calm: bool = False) -> World:
        folder = tmp_path / f"world-{seed}-{len(made)}"
        folder.mkdir()
        world = World(seed, folder, blank, is_calm=is_calm)
        if not is_calm:
            people(world, seed)
        made.append((world, folder))
        return world

    yield make
    for world, folder in made:
        world.close()
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def blanks(blank: Path, tmp_path_factory: pytest.TempPathFactory) -> Blanks:
    """Return an empty workspace of each version, the newest first."""
    folder = tmp_path_factory.mktemp("blanks")
    made = [blank]
    for layers in (1, 2):
        made.append(Path(shutil.copytree(blank, folder / str(layers))))
        with closing(connect(made[-1] / "sales.db")) as connection:
            go_back(connection, layers)
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return made


@pytest.fixture
def make_skewed(tmp_path: Path, blanks: Blanks, monkeypatch: pytest.MonkeyPatch) -> Iterator[MakeSkewed]:
    """Return a maker of worlds by seed whose laptops are of several versions."""
    monkeypatch.setenv("SFA_TEST_SYNCHRONOUS", "OFF")
    made: list[tuple[SkewedWorld, Path]] = []

    def make(
        seed: int, *, layers: int = 0, behind: Mapping[str, int] | None = None, is_calm: bool = False
    ) -> SkewedWorld:
        folder = tmp_path / f"world-{seed}-{len(made)}"
        folder.mkdir()
        world = SkewedWorld(seed, folder, blanks, layers=layers, behind=behind, is_calm=is_calm)
        if seed % 2 and not is_calm:
            haunt(world, seed, IN_ALL_WORDS)
        made.append((world, folder))
        return world

    yield make
    for world, folder in made:
        world.close()
        shutil.rmtree(folder)


@pytest.fixture
def world(make_world: MakeWorld) -> World:
    """A company with a calm network; everybody has synced once."""
    made = make_world(1, is_calm=True)
    for laptop in made.laptops:
        made.sync(laptop)
    return made
