"""A network that drops connections at any byte, on either way."""

import socket
import struct
import threading
from contextlib import suppress
from random import Random
from select import select
from types import TracebackType
from typing import Self

_AT_ONCE = struct.pack("ii", 1, 0)
_PIECE = 4_096
_PATIENCE_S = 10


class FlakyNetwork:
    """Carries connections to a port of this computer; most of them break after so many bytes.

    Attributes:
        cuts: how many connections it has broken.
        is_calm: whether it lets all of them through.
    """

    def __init__(self, to_port: int, random: Random, longest: int) -> None:
        self._to_port, self._random, self._longest = to_port, random, longest
        self.cuts, self.is_calm = 0, False
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> Self:
        """Begin to carry."""
        self._thread.start()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        """Carry no more."""
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(_PATIENCE_S)

    def _serve(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            with near, socket.create_connection(("127.0.0.1", self._to_port), _PATIENCE_S) as far, suppress(OSError):
                self._carry(near, far)

    def _carry(self, near: socket.socket, far: socket.socket) -> None:
        """Carry one connection, until it ends or breaks: with a reset, or as if the other side had closed it."""
        left = None if self.is_calm else self._random.randrange(self._longest)
        is_reset = self._random.random() < 0.5
        other = {near: far, far: near}
        while ready := select([near, far], [], [], _PATIENCE_S)[0]:
            for line in ready:
                part = line.recv(_PIECE)
                if not part:
                    return
                other[line].sendall(part if left is None else part[:left])
                if left is None:
                    continue
                left -= len(part)
                if left <= 0:
                    self.cuts += 1
                    if is_reset:
                        near.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
                    return
