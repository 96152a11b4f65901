"""Fixtures that every room of tests may ask for."""

import json
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from db import driver, founding, key_cache, key_locks, keys
from db.driver import Connection
from sfa.services.desk import Desk
from tests.support.factories import make_desk

# The same examples in each run, and no bound on the time for one: a change is judged by what it says, not by chance.
settings.register_profile("same", derandomize=True, deadline=None)
# `make explore` looks for what nobody has thought of yet.
settings.register_profile("explore", max_examples=1_000, deadline=None, print_blob=True)
settings.load_profile("same")

SHARED_DATA = Path(__file__).resolve().parent.parent.parent / "shared" / "data"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of sample files, or skip: the project works without them."""
    if not SHARED_DATA.is_dir():
        pytest.skip("the sample data folder ../shared/data is absent")
    return SHARED_DATA


@pytest.fixture
def commission_cases(shared_data: Path) -> Mapping[str, Any]:
    """Return the published commission cases by id."""
    path = shared_data / "commission_cases" / "cases.json"
    if not path.exists():
        pytest.skip("the published commission cases are absent")
    return {case["id"]: case for case in json.loads(path.read_text(encoding="utf-8"))}


@pytest.fixture
def cheap_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Guesses of a passphrase cost nothing, and neither the kernel nor this process remembers a key from another test."""
    monkeypatch.setattr(key_locks, "WANTED_S", 0)
    monkeypatch.setattr(key_locks, "MEMORY_KIB", 1024)
    monkeypatch.setattr(key_cache, "_kernel", lambda: None)
    monkeypatch.setattr(keys, "_IN_MIND", {})
    monkeypatch.delenv(keys.PASSPHRASE_FILE, raising=False)


@pytest.fixture(scope="session", autouse=True)
def _schema_made_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let this process make the schema once, and found its workspaces on copies: making it is half of a short test."""
    first = tmp_path_factory.mktemp("schema") / "first.db"
    make = founding._with_schema
    make(first).close()

    def copy(draft: Path) -> Connection:
        if keys.key_of(draft):
            return make(draft)
        shutil.copyfile(first, draft)
        connection = driver.sqlite.connect(str(draft), isolation_level=None)
        connection.execute("PRAGMA synchronous=OFF")
        return connection

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(founding, "_with_schema", copy)
        yield


@pytest.fixture(autouse=True)
def end_of_a_process() -> Iterator[None]:
    """Close what a command left to the end of its process: here many commands share one."""
    yield
    while driver._LEFT_OPEN:
        driver._LEFT_OPEN.pop().close()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Return a desk of its own: empty store, frozen clock, seeded ids."""
    opened = make_desk(tmp_path)
    yield opened
    opened.close()
