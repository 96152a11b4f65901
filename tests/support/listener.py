"""A port of this computer that a thread answers, one connection after the other."""

import socket
import threading
from contextlib import closing, suppress
from types import TracebackType
from typing import Self

PATIENCE_S = 10


class Listener:
    """Listens from the beginning of its block to the end; what it does with a connection is said by who derives from it.

    Attributes:
        port: where.
    """

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> Self:
        """Begin to listen."""
        self._thread.start()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        """Listen no more."""
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(PATIENCE_S)

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self._listener.accept()
            except OSError:
                return
            line.settimeout(PATIENCE_S)
            with closing(line), suppress(OSError):
                self._speak(line)

    def _speak(self, line: socket.socket) -> None:
        raise NotImplementedError
