"""The first sync of a large book against a plain `executemany` of the same rows into the same tables, in one run."""

import gzip
import json
import os
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest

from db.store import Store, open_store
from sfa.ids import system_ids
from sfa.server import founding, opening
from sfa.server.database import Database, SqliteDatabase
from sfa.server.handle import Server
from sfa.sync.protocol import CODECS, ZSTD
from sfa.sync.session import rounds
from sfa.sync.state import State
from tests.bench.test_bench_server import served

pytestmark = pytest.mark.bench
ROWS = 30_000
MOST_TIME, MOST_BYTES, MOST_GROWTH = 2.0, 1.15, 1.5
LARGE, MOST_MEMORY = 100_000, 150_000_000
NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
LAUNCHER = """
import os, sys, time
start = time.perf_counter()
pid = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ)
_, status, used = os.wait4(pid, 0)
print(status, used.ru_maxrss, used.ru_utime + used.ru_stime, time.perf_counter() - start)
"""
"""A process begins with the peak of the one that starts it, so a small one has to."""


class Line:
    """A way to a server in this process; its time and bytes are counted."""

    def __init__(self, server: Server, enrolled: dict[str, Any]) -> None:
        self._server, self._org, self._device = server, enrolled["org"], enrolled["device"]
        self.size, self.seconds = 0, 0.0

    def send(self, _path: str, body: bytes) -> bytes:
        started = time.process_time()
        answer = self._server.handle(self._org, self._device, body, NOW)
        self.seconds += time.process_time() - started
        self.size += len(answer)
        return answer


def _company(rows: int) -> tuple[Database, str]:
    database = SqliteDatabase(":memory:")
    return database, _filled(database, rows)


def _filled(database: Database, rows: int) -> str:
    """Found a company with a rep and so many accounts in their area, and return the rep."""
    ids, random = system_ids(), Random(1)
    founding.found(database)
    founding.add_company(database, "acme", "Acme", NOW)
    area, user = ids.new(), ids.new()
    founding.put(database, "acme", "territory", {"id": area, "name": "North"}, NOW)
    values = {"id": user, "name": "r", "role": "rep", "territory_id": area, "is_active": 1}
    founding.put(database, "acme", "app_user", values, NOW)
    words = [a + b for a in ("Nord", "Ost", "West", "Rhein") for b in ("bau", "stahl", "glas", "holz", "tech")]
    made = [
        (
            ids.new(),
            f"{random.choice(words)} {random.choice(words)} {n}",
            area,
            user,
            random.choice(words),
            n,
            "prospect",
        )
        for n in range(rows)
    ]
    with database.writing():
        sql = "INSERT INTO account (org, id, name, territory_id, owner_id, industry, employees, type)"
        database.many(f"{sql} VALUES ('acme', ?, ?, ?, ?, ?, ?, ?)", made)
        bucket = f"t:{area}"
        database.execute("INSERT INTO s_bucket VALUES ('acme', ?, ?, 0)", (bucket, rows))
        feed = [(bucket, row[0], place + 1) for place, row in enumerate(made)]
        database.many("INSERT INTO s_row VALUES ('acme', ?, 'account', ?, ?, 'P', '', '')", feed)
        database.many("INSERT INTO s_loc VALUES ('acme', 'account', ?, ?, 1, '{}')", [(row[0], bucket) for row in made])
    return user


def _joined(folder: Path, database: Database, user: str) -> tuple[Store, Line]:
    code = founding.issue_code(database, "acme", user, NOW)
    enrolled = founding.enrol(database, code, 1, NOW, system_ids().new)
    store = open_store(folder)
    State(store).keep(**{key: str(value) for key, value in enrolled.items()})
    return store, Line(Server(database, system_ids().new), enrolled)


def _floor(folder: Path, source: Store) -> tuple[float, int]:
    """Return the seconds that the same rows take without triggers, and the bytes that their columns take compressed."""
    columns = [row[1] for row in source.rows("PRAGMA table_info(account)")]
    rows = source.rows(f"SELECT {', '.join(columns)} FROM account")
    connection = open_store(folder).connection
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    for table in ("territory", "app_user"):
        for row in source.rows(f"SELECT * FROM {table}"):
            connection.execute(f"INSERT OR REPLACE INTO {table} VALUES ({', '.join('?' * len(row))})", row)
    started = time.process_time()
    connection.execute("BEGIN IMMEDIATE")
    marks = ", ".join("?" * len(columns))
    connection.executemany(f"INSERT INTO account ({', '.join(columns)}) VALUES ({marks})", rows)
    connection.execute("COMMIT")
    seconds = time.process_time() - started
    local = {"ref", "created_at", "updated_at"}
    values = [list(column) for name, column in zip(columns, zip(*rows, strict=True), strict=True) if name not in local]
    text = json.dumps(values, separators=(",", ":"), ensure_ascii=False).encode()
    if ZSTD in CODECS:
        import zstandard  # noqa: PLC0415 - an extra

        return seconds, len(zstandard.ZstdCompressor(level=3).compress(text))
    return seconds, len(gzip.compress(text, 6))


def test_a_first_sync_costs_about_twice_the_plain_rows_and_hardly_more_bytes(tmp_path: Path) -> None:
    database, user = _company(ROWS)
    store, line = _joined(tmp_path / "laptop", database, user)
    started = time.process_time()
    list(rounds(store, line))
    ours = time.process_time() - started - line.seconds
    assert store.value("SELECT count(*) FROM account") == ROWS
    floor, size = _floor(tmp_path / "plain", store)
    sys.stdout.write(f"\nfirst sync {ours / floor:.2f} x the plain rows, {line.size / size:.2f} x the bytes")
    assert ours / floor <= MOST_TIME
    assert line.size / size <= MOST_BYTES


def test_a_sync_with_nothing_to_say_costs_the_same_over_a_small_and_a_large_book(tmp_path: Path) -> None:
    taken = []
    for rows in (10_000, LARGE):
        database, user = _company(rows)
        store, line = _joined(tmp_path / str(rows), database, user)
        list(rounds(store, line))
        samples = []
        for _ in range(15):
            started = time.process_time()
            list(rounds(store, line))
            samples.append(time.process_time() - started)
        taken.append(sorted(samples)[7])
    sys.stdout.write(
        f"\nnothing to say: {taken[0] * 1000:.2f} ms at 10,000 rows, {taken[1] * 1000:.2f} ms at {LARGE:,}"
    )
    assert taken[1] <= taken[0] * MOST_GROWTH


def test_a_first_sync_of_a_hundred_thousand_rows_fits_into_little_memory(tmp_path: Path) -> None:
    place = opening.make(tmp_path / "server", "server.db", "acme")
    with closing(place.open()) as book:
        user = _filled(book, LARGE)
        code = founding.issue_code(book, "acme", user, datetime.now(UTC))
    with served(place, tmp_path) as url:
        words = [sys.executable, "-c", LAUNCHER, sys.executable, "-m", "sfa", "sync", "join", url, code]
        told = subprocess.run(
            words, env={**os.environ, "SFA_HOME": str(tmp_path / "laptop")}, check=True, stdout=subprocess.PIPE
        )
    status, peak_kb, busy, seconds = map(float, told.stdout.split()[-4:])
    assert status == 0
    with closing(open_store(tmp_path / "laptop")) as store:
        assert store.value("SELECT count(*) FROM account") == LARGE
    sys.stdout.write(
        f"\n{LARGE:,} rows, the whole of sfa sync join: at most {peak_kb * 1024 / 1e6:.0f} MB resident,"
        f" {seconds:.0f} s, {busy:.0f} of them its own"
    )
    assert peak_kb * 1024 <= MOST_MEMORY
