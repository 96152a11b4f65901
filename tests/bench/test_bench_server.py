"""What a sync costs beside a bare request of the same size, and how many a company's server takes."""

import inspect
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import urllib3

from sfa.ids import system_ids
from sfa.server import founding, opening
from sfa.sync.protocol import CREATE, Mutation, decode, encode
from tests.support.sync_servers import Postgres, Running, a_company, code_for, wait_until

pytestmark = pytest.mark.bench

ROUNDS = 200
MOST_OF_A_ROW, MOST_OF_NOTHING = 4.0, 2.0
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
                "cursors": self.cursors, "limit": 2000,
            }
        )  # fmt: skip

    def sync(self, *, is_changed: bool) -> bytes:
        answer = self._pool.urlopen("POST", "/v1/sync", body=self.body(is_changed=is_changed), headers=self._headers)
        assert answer.status == 200, answer.data
        data = answer.data
        message = decode(data)
        self.cursors |= {one["bucket"]: [one["epoch"], one["to"]] for one in message["changes"]}
        return data

    def bare(self, body: bytes, size: int) -> None:
        answer = self._pool.urlopen("POST", "/", body=body, headers={"X-Answer": str(size)})
        assert len(answer.data) == size


def paired(first: Callable[[], object], second: Callable[[], object], rounds: int = ROUNDS) -> tuple[float, float]:
    """Return the medians of two, in seconds, taken in turns."""
    times: tuple[list[float], list[float]] = [], []
    for _ in range(rounds):
        for work, into in zip((first, second), times, strict=True):
            start = time.perf_counter()
            work()
            into.append(time.perf_counter() - start)
    return statistics.median(times[0]), statistics.median(times[1])


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
    print(
        f"\none row {changed * 1000:.2f} ms = {changed / changed_floor:.1f} x bare {changed_floor * 1000:.2f};"
        f" nothing {idle * 1000:.2f} ms = {idle / idle_floor:.1f} x bare {idle_floor * 1000:.2f}"
    )
    assert changed / changed_floor <= MOST_OF_A_ROW
    assert idle / idle_floor <= MOST_OF_NOTHING

