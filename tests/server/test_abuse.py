"""Slow, half-open, oversized and malformed requests against the real program, its limits shortened to seconds."""

import json
import socket
import ssl
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from sfa.server import opening
from tests.support.sync_servers import Running, a_company

SECONDS = 2.0
PATIENCE = 60.0
MOST_PIECES = 1_000
MOST_GROWTH_KB = 64 * 1024


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("abuse")
    place = opening.make(folder / "server", "server.db", "main")
    a_company(place)
    limits = f"\n[limits]\nheader_seconds = {SECONDS}\nbody_seconds = {SECONDS}\n"
    limits += f"handshake_seconds = {SECONDS}\n"
    with (place.folder / opening.SETTINGS).open("a") as settings:
        settings.write(limits)
    server = Running(place, folder)
    server.start()
    yield server
    server.kill()


def connected(running: Running) -> ssl.SSLSocket:
    context = ssl.create_default_context(cafile=str(running.ca_file))
    plain = socket.create_connection(("127.0.0.1", running.port), timeout=PATIENCE)
    return context.wrap_socket(plain, server_hostname="localhost")


def ended_after(connection: socket.socket, drip: bytes = b"") -> float:
    """Return after how many seconds the server answered or closed, dripping a little meanwhile."""
    connection.settimeout(0.2)
    start = time.monotonic()
    while time.monotonic() - start < PATIENCE:
        try:
            connection.recv(4096)
        except TimeoutError:
            pass
        except OSError:
            break
        else:
            break
        try:
            connection.sendall(drip)
        except OSError:
            break
    return time.monotonic() - start


def resident_kb(pid: int) -> int:
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        pytest.skip("only Linux tells how much memory another process has")
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1])


@pytest.mark.parametrize(
    ("begin", "drip"),
    [
        (b"", b""),
        (b"POST /v1/sync HTTP/1.1\r\nHost: x\r\n", b"X-a: b\r\n"),
        (b"POST /v1/sync HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer t\r\nContent-Length: 100000\r\n\r\n", b"x"),
    ],
    ids=["silent", "headers that drip", "a body that drips"],
)
def test_who_dawdles_is_hung_up_on(running: Running, begin: bytes, drip: bytes) -> None:
    with connected(running) as connection:
        connection.sendall(begin)
        assert ended_after(connection, drip) < PATIENCE


def test_a_connection_that_is_kept_but_not_used_is_closed(running: Running) -> None:
    with connected(running) as connection:
        connection.sendall(b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n")
        assert connection.recv(4096).startswith(b"HTTP/1.1 200")
        assert ended_after(connection) < PATIENCE


def test_many_half_open_requests_keep_nobody_out(running: Running) -> None:
    held = []
    for _ in range(100):
        connection = connected(running)
        connection.sendall(b"GET /health HTTP/1.1\r\nHost: x\r\nX-")
        held.append(connection)
    assert all(running.is_healthy() for _ in range(5))
    waits = []
    for connection in held:
        with connection:
            waits.append(ended_after(connection))
    assert max(waits) < PATIENCE


@pytest.mark.parametrize("begin", [b"", b"\x16\x03\x01\x02\x00\x01"], ids=["silent", "half a greeting"])
def test_who_never_ends_the_handshake_of_tls_is_hung_up_on(running: Running, begin: bytes) -> None:
    with socket.create_connection(("127.0.0.1", running.port), timeout=PATIENCE) as connection:
        connection.sendall(begin)
        assert ended_after(connection) < PATIENCE


def test_a_body_without_end_is_refused_before_it_fills_the_memory(running: Running) -> None:
    assert running.process is not None
    before = resident_kb(running.process.pid)
    with connected(running) as connection:
        connection.sendall(b"POST /v1/sync HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
        piece = b"10000\r\n" + b"[" * 65_536 + b"\r\n"
        sent = 0
        try:
            while sent < MOST_PIECES:
                connection.sendall(piece)
                sent += 1
        except OSError:
            pass
    assert sent < MOST_PIECES
    assert resident_kb(running.process.pid) - before < MOST_GROWTH_KB


def test_a_declared_giant_and_a_header_bomb_are_refused_at_once(running: Running) -> None:
    with connected(running) as connection:
        connection.sendall(b"POST /v1/sync HTTP/1.1\r\nHost: x\r\nContent-Length: 300000000\r\n\r\n")
        assert connection.recv(100).startswith(b"HTTP/1.1 413")
    with connected(running) as connection:
        try:
            connection.sendall(b"GET /health HTTP/1.1\r\nHost: x\r\nX-h: " + b"a" * 200_000 + b"\r\n\r\n")
            answer = connection.recv(100)
        except OSError:
            answer = b""
        assert not answer.startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize("body", [b"[" * 100_000, b'{"cur":NaN}', b"[]", b"\x1f\x8b\x08", b""])
def test_malformed_messages_are_refused_in_words(running: Running, body: bytes) -> None:
    headers = {"Content-Type": "application/json", "Authorization": "Bearer t"}
    answer = running.ask("POST", "/v1/enrol", body=body, headers=headers)
    assert answer.status == 400
    assert json.loads(answer.data)["error"]
    assert running.is_healthy()
