"""Who is let in: so many connections at a time, so many of one address; and room again when one ends."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from select import select

import pytest

from sfa.server import opening
from sfa.server.listening import LOOPBACK, Gate, GuardedSocket
from tests.support.sync_servers import Running, a_company, wait_until

NOBODY: frozenset[str] = frozenset()
MOST = 20
PATIENCE_S = 60.0


def test_no_more_than_the_limit_are_let_in_and_who_leaves_makes_room() -> None:
    gate = Gate(3, 2)
    assert [gate.lets_in(address) for address in ("a", "a", "a", "b", "c")] == [True, True, False, True, False]
    gate.left("a")
    assert (gate.lets_in("c"), gate.lets_in("a")) == (True, False)


def test_a_proxy_on_this_computer_brings_everybody() -> None:
    gate = Gate(10, 1)
    assert all(gate.lets_in(address) for address in sorted(LOOPBACK) * 5)
    assert not gate.lets_in("127.0.0.1")


@pytest.fixture
def listener() -> Iterator[GuardedSocket]:
    with GuardedSocket(socket.AF_INET, socket.SOCK_STREAM) as made:
        made.bind(("127.0.0.1", 0))
        made.listen()
        made.gate = Gate(5, 1, NOBODY)
        yield made


def test_one_connection_too_many_of_an_address_hears_the_end_at_once(listener: GuardedSocket) -> None:
    address = listener.getsockname()
    with socket.create_connection(address) as first, socket.create_connection(address, timeout=PATIENCE_S) as second:
        served, _ = listener.accept()
        with pytest.raises(ConnectionAbortedError):
            listener.accept()
        assert second.recv(1) == b""
        served.sendall(b"hello")
        assert first.recv(5) == b"hello"
        served.close()
        with socket.create_connection(address):
            listener.accept()[0].close()


def test_the_server_hangs_up_on_connections_beyond_its_limit_and_works_on_when_the_others_end(tmp_path: Path) -> None:
    place = opening.make(tmp_path / "server", "server.db", "main")
    a_company(place)
    with (place.folder / opening.SETTINGS).open("a") as settings:
        settings.write(f"\n[limits]\nopen_connections = {MOST}\nhandshake_seconds = 600\n")
    running = Running(place, tmp_path)
    running.start()
    try:
        with ExitStack() as stack:

            def come() -> socket.socket:
                address = ("127.0.0.1", running.port)
                return stack.enter_context(socket.create_connection(address, timeout=PATIENCE_S))

            held = [come() for _ in range(2 * MOST)]
            wait_until(lambda: len(select(held, [], [], 0)[0]) >= MOST)  # those that hear the end
            # Who asked for its health may have left only now, and made room for one.
            wait_until(lambda: not running.is_healthy() or not come())
        wait_until(running.is_healthy)
    finally:
        running.kill()
