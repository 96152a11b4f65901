"""A network that drops connections at any byte, on either way."""

import socket
import struct
from random import Random
from select import select

from tests.support.listener import PATIENCE_S, Listener

_AT_ONCE = struct.pack("ii", 1, 0)
_PIECE = 4_096


class FlakyNetwork(Listener):
    """Carries connections to a port of this computer; most of them break after so many bytes.

    Attributes:
        cuts: how many connections it has broken.
        is_calm: whether it lets all of them through.
    """

    def __init__(self, to_port: int, random: Random, longest: int) -> None:
        super().__init__()
        self._to_port, self._random, self._longest = to_port, random, longest
        self.cuts, self.is_calm = 0, False

    def _speak(self, line: socket.socket) -> None:
        with socket.create_connection(("127.0.0.1", self._to_port), PATIENCE_S) as far:
            self._carry(line, far)

    def _carry(self, near: socket.socket, far: socket.socket) -> None:
        """Carry one connection, until it ends or breaks: with a reset, or as if the other side had closed it."""
        left = None if self.is_calm else self._random.randrange(self._longest)
        is_reset = self._random.random() < 0.5
        other = {near: far, far: near}
        while ready := select([near, far], [], [], PATIENCE_S)[0]:
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
