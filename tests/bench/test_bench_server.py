"""What a sync costs beside a bare request of the same size, and how many a company's server takes."""

import inspect
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import timeit
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import urllib3

from sfa.ids import system_ids
from sfa.server import founding, opening
from sfa.server.handle import Server
from sfa.sync.protocol import CODECS, CREATE, MOST_ROWS, Mutation, decode, encode
from tests.support.pgbouncer import ON_PATH, PooledPostgres
from tests.support.sync_servers import Postgres, Running, a_company, code_for, people_of, wait_until

pytestmark = pytest.mark.bench

ROUNDS = 200
SAME = 1.5
MOST_OF_A_ROW, MOST_OF_NOTHING = 4.0, 2.0
OF_A_ROW = 9 * 4096
LEAST_PER_SECOND, LONGEST_P99_S, CLIENTS, LOAD_S = 150, 0.25, 50, 8.0
NOW = datetime.now(UTC)


FLOOR = """
import sys, uvicorn
{bare}
uvicorn.run(bare, port=int(sys.argv[1]), log_level="error", access_log=False, http="sfa.server.deadlines:HastyProtocol")
"""


@contextmanager
def floor(port: int = 0) -> Iterator[str]:
    """Run a bare uvicorn in a process of its own, and return its address."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", port))
        port = int(probe.getsockname()[1])
    text = FLOOR.format(bare=f"from typing import Any\n{inspect.getsource(bare)}")
    process = subprocess.Popen([sys.executable, "-c", text, str(port)])
    try:
        wait_until(lambda: _is_open(port))
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def _is_open(port: int) -> bool:
    with closing(socket.socket()) as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def served(place: opening.Place, folder: Path, workers: int = 1) -> Iterator[str]:
    """Run the real program over a place, and return its address."""
    with (place.folder / opening.SETTINGS).open("a") as settings:
        settings.write("\n[limits]\nsync_burst = 1e9\nenrol_burst = 1e9\n")
    server = Running(place, folder, workers, is_tls=False)
    server.start()
    try:
        yield server.url
    finally:
        server.stop()


async def bare(scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401 - ASGI
    """Answer as many bytes as a sync would."""
    if scope["type"] != "http":
        return
    more = True
    while more:
        more = (await receive()).get("more_body", False)
    size = int(dict(scope["headers"]).get(b"x-answer", b"0"))
    headers = [(b"content-length", str(size).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"x" * size})


@pytest.fixture
def place(tmp_path: Path) -> opening.Place:
    made = opening.make(tmp_path / "server", "server.db", "main")
    a_company(made)
    return made


def token_for(place: opening.Place, name: str = "Ann") -> str:
    code = code_for(place, name, NOW)
    with closing(place.open()) as book:
        return str(founding.enrol(book, code, 1, NOW, system_ids().new)["token"])


class Client:
    """A laptop's side of the exchange: it packs, sends, and unpacks the answer."""

    def __init__(self, url: str, token: str) -> None:
        self._pool = urllib3.HTTPConnectionPool(url.rpartition("/")[2], maxsize=1)
        self._headers = {"Authorization": f"Bearer {token}"}
        self.number, self.cursors = 0, dict[str, list[int]]()

    def body(self, *, is_changed: bool) -> bytes:
        mutations = []
        if is_changed:
            self.number += 1
            name = {"name": f"Contact {self.number}", "title": "Buyer", "department": "Purchasing"}
            mutations = [Mutation(self.number, CREATE, "contact", system_ids().new(), name).as_json()]
        return encode(
            {
                "protocol": 1, "schema": 1, "mutations": mutations, "seen_verdicts": self.number - 1 if mutations else self.number,
                "cursors": self.cursors, "limit": MOST_ROWS, "codecs": CODECS,
            }
        )  # fmt: skip

    def sync(self, *, is_changed: bool) -> bytes:
        answer = self._pool.urlopen("POST", "/v1/sync", body=self.body(is_changed=is_changed), headers=self._headers)
        assert answer.status == 200, answer.data
        data = answer.data
        message = decode(data)
        self.cursors |= {one["bucket"]: [one["epoch"], one["to"], one["floor"]] for one in message["changes"]}
        return data

    def bare(self, body: bytes, size: int) -> None:
        answer = self._pool.urlopen("POST", "/", body=body, headers={"X-Answer": str(size)})
        assert len(answer.data) == size


def paired(first: Callable[[], object], second: Callable[[], object], rounds: int = ROUNDS) -> tuple[float, float]:
    """Return the tenth percentile of two, in seconds, taken in turns: a busy machine's waits stay out."""
    times: tuple[list[float], list[float]] = [], []
    for _ in range(rounds):
        for work, into in zip((first, second), times, strict=True):
            start = time.perf_counter()
            work()
            into.append(time.perf_counter() - start)
    return statistics.quantiles(times[0], n=10)[0], statistics.quantiles(times[1], n=10)[0]


def disk_wait(folder: Path) -> float:
    """Return the tenth percentile of what as many bytes as a changed row wait for the disk, in seconds."""
    waits = []
    with (folder / "disk").open("wb") as stream:
        for _ in range(ROUNDS):
            start = time.perf_counter()
            stream.write(bytes(OF_A_ROW))
            stream.flush()
            os.fsync(stream.fileno())
            waits.append(time.perf_counter() - start)
    return statistics.quantiles(waits, n=10)[0]


def test_one_changed_row_and_none_cost_little_more_than_a_bare_request(place: opening.Place, tmp_path: Path) -> None:
    with served(place, tmp_path) as url, floor() as floor_url:
        client, beside = Client(url, token_for(place)), Client(floor_url, "x" * 50)
        while decode(client.sync(is_changed=False))["changes"]:
            pass
        changed_size, idle_size = len(client.sync(is_changed=True)), len(client.sync(is_changed=False))
        body, idle_body = client.body(is_changed=True), client.body(is_changed=False)
        client.number -= 1
        changed, changed_floor = paired(lambda: client.sync(is_changed=True), lambda: beside.bare(body, changed_size))
        client.sync(is_changed=False)
        idle, idle_floor = paired(lambda: client.sync(is_changed=False), lambda: beside.bare(idle_body, idle_size))
    sys.stdout.write(
        f"\none row {changed * 1000:.2f} ms = {changed / changed_floor:.1f} x bare {changed_floor * 1000:.2f},"
        f" a wait for the disk takes {disk_wait(tmp_path) * 1000:.2f} just now;"
        f" nothing {idle * 1000:.2f} ms = {idle / idle_floor:.1f} x bare {idle_floor * 1000:.2f}"
    )
    assert changed / changed_floor <= MOST_OF_A_ROW
    assert idle / idle_floor <= MOST_OF_NOTHING


def test_nothing_new_costs_the_same_at_a_hundred_thousand_rows_as_at_ten_thousand(tmp_path: Path) -> None:
    times = {}
    for count in (10_000, 100_000):
        place = opening.make(tmp_path / f"server{count}", "server.db", "main")
        a_company(place)
        _fill(place, count)
        with closing(place.open()) as book:
            device = founding.device_of_token(book, token_for(place))[1]
            server = Server(book, system_ids().new)
            heads = book.rows("SELECT bucket, head FROM s_bucket WHERE org = ?", ("main",))
            cursors = {bucket: [1, head, 0] for bucket, head in heads}
            message = {"protocol": 1, "schema": 1, "mutations": [], "cursors": cursors, "limit": 2000}
            body = encode(message)
            assert decode(server.handle("main", device, body, NOW))["changes"] == []
            work = partial(server.handle, "main", device, body, NOW)
            times[count] = min(timeit.repeat(work, number=50, repeat=7)) / 50
    ratio = times[100_000] / times[10_000]
    sys.stdout.write(f"\nnothing new at 100,000 rows {times[100_000] * 1e6:.0f} us = {ratio:.2f} x at 10,000")
    assert ratio <= SAME


def _fill(place: opening.Place, count: int) -> None:
    """Give a company so many contacts, as if they had come long ago."""
    ids = [f"0190{number:032}" for number in range(count)]
    with closing(place.open()) as book, book.writing():
        bucket = book.rows("SELECT bucket FROM s_bucket WHERE org = ? AND bucket LIKE 't:%'", ("main",))
        home = bucket[0][0] if bucket else "g"
        before = book.rows("SELECT head FROM s_bucket WHERE org = ? AND bucket = ?", ("main", home))[0][0]
        book.many("INSERT INTO contact (org, id, name) VALUES ('main', ?, ?)", [(one, one) for one in ids])
        book.many(
            "INSERT INTO s_row (org, bucket, tbl, pk, ver, op, why, at) VALUES ('main', ?, 'contact', ?, ?, 'P', '', '')",
            [(home, one, before + rank) for rank, one in enumerate(ids, 1)],
        )
        book.execute("UPDATE s_bucket SET head = ? WHERE org = ? AND bucket = ?", (before + count, "main", home))


@pytest.mark.parametrize("kind", [Postgres, PooledPostgres])
def test_a_company_of_fifty_laptops_on_postgresql_syncs_fast_enough(kind: type[Postgres], tmp_path: Path) -> None:
    if kind is PooledPostgres and not ON_PATH:
        pytest.skip("no pgbouncer on this machine")
    with tempfile.TemporaryDirectory(prefix="pg", ignore_cleanup_errors=True) as folder:
        postgres = kind(Path(folder) / "data")
        try:
            place = opening.make(tmp_path / "server", postgres.new_database(), "main")
            a_company(place)
            people = _people(place, CLIENTS)
            # Laptops of their own for each load: a number that was given is not given again.
            first, second = ([token_for(place, name) for name in people] for _ in range(2))
            with served(place, tmp_path, workers=2) as url:
                flat_out = _load(url, first, 0.0)
                waits = _load(url, second, CLIENTS / LEAST_PER_SECOND)
        finally:
            postgres.stop()
    most, rate = len(flat_out) / LOAD_S, len(waits) / LOAD_S
    sys.stdout.write(
        f"\n{kind.__name__}, {CLIENTS} laptops, 2 workers: at most {most:.0f}/s, {_spread(flat_out)};"
        f" at {rate:.0f}/s {_spread(waits)}"
    )
    assert most >= LEAST_PER_SECOND
    assert _at(waits, 0.99) <= LONGEST_P99_S


def _at(waits: list[float], share: float) -> float:
    return waits[int(len(waits) * share)]


def _spread(waits: list[float]) -> str:
    return f"p50 {_at(waits, 0.5) * 1000:.0f} ms, p99 {_at(waits, 0.99) * 1000:.0f} ms"


def _people(place: opening.Place, count: int) -> list[str]:
    """Add so many reps to both areas of a company, and return their names."""
    names = [f"Rep {number:02}" for number in range(count)]
    with closing(place.open()) as book:
        people = people_of(place, book)
        areas = [one["id"] for one in people.names("territory")]
        for rank, name in enumerate(names):
            values = {"name": name, "role": "rep", "is_active": 1, "territory_id": areas[rank % len(areas)]}
            people.save("app_user", None, values)
    return names


def _load(url: str, tokens: list[str], pace_s: float) -> list[float]:
    """Let all clients sync one changed row each for a while, every `pace_s` seconds; return how long each took, sorted.

    The clients share the machine with the server, so they are as plain as can be: bodies are made beforehand, answers
    are not unpacked.
    """
    with tempfile.TemporaryDirectory() as folder:
        halves = [tokens[part::2] for part in range(2)]
        processes = []
        for rank, half in enumerate(halves):
            out = Path(folder) / f"{rank}.json"
            words = [sys.executable, "-c", LOADER, url.rpartition("/")[2], str(LOAD_S), str(pace_s), str(out), *half]
            processes.append((subprocess.Popen(words), out))
        waits: list[float] = []
        for process, out in processes:
            assert process.wait(timeout=LOAD_S * 5) == 0
            waits += json.loads(out.read_text())
    return sorted(waits)


LOADER = """
import asyncio, gzip, json, sys, time, uuid
address, seconds, pace, out, *tokens = sys.argv[1:]
host, port = address.split(":")
waits = []
async def laptop(token, end):
    reader, writer = await asyncio.open_connection(host, int(port))
    number, turn = 0, time.perf_counter()
    while time.perf_counter() < end:
        number += 1
        row = {"name": f"Contact {number}", "title": "Buyer", "department": "Purchasing"}
        mutation = [number, "create", "contact", str(uuid.uuid4()), row, {}, "", "", "contact add"]
        body = gzip.compress(json.dumps({"protocol": 1, "schema": 1, "mutations": [mutation], "seen_verdicts": number - 1,
            "cursors": cursors.setdefault(token, {}), "limit": 50}).encode(), 1)
        head = f"POST /v1/sync HTTP/1.1\\r\\nHost: x\\r\\nAuthorization: Bearer {token}\\r\\nContent-Length: {len(body)}\\r\\n\\r\\n"
        start = time.perf_counter()
        writer.write(head.encode() + body)
        headers = await reader.readuntil(b"\\r\\n\\r\\n")
        assert headers.startswith(b"HTTP/1.1 200"), headers
        size = int(next(line for line in headers.lower().split(b"\\r\\n") if line.startswith(b"content-length")).split()[1])
        answer = await reader.readexactly(size)
        waits.append(time.perf_counter() - start)
        for change in json.loads(gzip.decompress(answer))["changes"]:
            cursors[token][change["bucket"]] = [change["epoch"], change["to"], change["floor"]]
        turn += float(pace)
        await asyncio.sleep(max(0, turn - time.perf_counter()))
    writer.close()
cursors = {}
async def main():
    end = time.perf_counter() + float(seconds)
    await asyncio.gather(*(laptop(token, end) for token in tokens))
asyncio.run(main())
open(out, "w").write(json.dumps(waits))
"""
