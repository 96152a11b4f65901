"""How connections are let in: so many at a time, so many of one address, and a deadline for the handshake of TLS.

uvicorn knows none of the three. All are held where a connection is accepted, before anything is read from it.
"""

import asyncio
import socket
from collections import Counter
from contextlib import suppress
from typing import Any, ClassVar

LOOPBACK = frozenset({"127.0.0.1", "::1"})
DESCRIPTORS_BESIDE = 200
"""Files and pipes that a worker needs beside its connections."""


class Gate:
    """Counts the connections that are open.

    Args:
        most: at a time.
        most_of_address: of one address at a time.
        uncounted: addresses for which only the first number holds: a proxy brings everybody's connections.
    """

    def __init__(self, most: int, most_of_address: int, uncounted: frozenset[str] = LOOPBACK) -> None:
        self._most, self._most_of_address, self._uncounted = most, most_of_address, uncounted
        self._open: Counter[str] = Counter()
        self._count = 0

    def lets_in(self, address: str) -> bool:
        """Count a connection, or tell that it is one too many."""
        is_one_too_many = address not in self._uncounted and self._open[address] >= self._most_of_address
        if self._count >= self._most or is_one_too_many:
            return False
        self._count += 1
        self._open[address] += 1
        return True

    def left(self, address: str) -> None:
        """A connection was closed."""
        self._count -= 1
        self._open[address] -= 1
        if not self._open[address]:
            del self._open[address]


class GuardedSocket(socket.socket):
    """A listening socket that hangs up on connections beyond what its gate lets in."""

    gate: Gate

    def accept(self) -> tuple[socket.socket, Any]:
        """Accept a connection.

        Raises:
            ConnectionAbortedError: it was one too many, and is closed already.
        """
        made, address = super().accept()
        if not self.gate.lets_in(address[0]):
            made.close()
            raise ConnectionAbortedError
        counted = _CountedSocket(made.family, made.type, made.proto, fileno=made.detach())
        counted.gate, counted.address = self.gate, address[0]
        # The event loop does this only where a socket names its protocol; without it an answer waits for 40 ms.
        counted.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return counted, address


class _CountedSocket(socket.socket):
    gate: Gate | None = None
    address = ""

    def close(self) -> None:
        """Close it, and let its gate know once."""
        super().close()
        gate, self.gate = self.gate, None
        if gate is not None:
            gate.left(self.address)


class HastyLoop(asyncio.SelectorEventLoop):
    """An event loop that lets connections in by a gate, and waits for a handshake only so long.

    Attributes:
        handshake_seconds: for the handshake of TLS.
        gate_of: the two numbers of the gate.
    """

    handshake_seconds: ClassVar[float] = 10.0
    gate_of: ClassVar[tuple[int, int]] = (2_000, 200)

    async def create_server(self, *args: Any, **options: Any) -> asyncio.Server:  # noqa: ANN401 - asyncio's own signature
        """Begin to listen."""
        plain = options.get("sock")
        if plain is not None:
            guarded = GuardedSocket(plain.family, plain.type, plain.proto, fileno=plain.dup().detach())
            guarded.gate = Gate(*self.gate_of)
            options["sock"] = guarded
        if options.get("ssl") is not None:
            options |= {"ssl_handshake_timeout": self.handshake_seconds, "ssl_shutdown_timeout": self.handshake_seconds}
        return await super().create_server(*args, **options)


def allow_descriptors(connections: int) -> None:
    """Ask the system for as many open files as the connections need, where it counts them."""
    with suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 - not on Windows

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = connections + DESCRIPTORS_BESIDE
        if soft != resource.RLIM_INFINITY and soft < wanted:
            most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def loop() -> asyncio.AbstractEventLoop:
    """Return the loop of a worker, for uvicorn; its numbers are those of this machine's server."""
    from sfa.server.opening import find  # noqa: PLC0415 - reads a file, at the start alone

    limits = find().limits
    HastyLoop.handshake_seconds = limits.handshake_seconds
    HastyLoop.gate_of = (int(limits.open_connections), int(limits.open_connections_per_address))
    allow_descriptors(int(limits.open_connections))
    return HastyLoop()
