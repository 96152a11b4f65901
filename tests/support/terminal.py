"""A program in a terminal of its own: how long until a text appears, and how much memory it holds then."""

import os
import selectors
import signal
import struct
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

ROWS, COLUMNS = 36, 120
LONGEST_S = 20.0


def paint(arguments: Sequence[str], environment: Mapping[str, str], expected: bytes) -> tuple[float, float]:
    """Start a program in a pty, wait until it has written `expected`, and stop it.

    Returns:
        Seconds until then, and its proportional memory in megabytes.
    """
    import fcntl  # noqa: PLC0415 - no such thing on Windows, where these benches are skipped
    import pty  # noqa: PLC0415 - as above
    import termios  # noqa: PLC0415 - as above

    started = time.perf_counter()
    process, terminal = pty.fork()
    if process == 0:
        os.execve(arguments[0], list(arguments), {**environment, "TERM": "xterm-256color"})
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    try:
        seconds = _wait_for(terminal, expected, started)
        return seconds, _memory_mb(process)
    finally:
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        os.close(terminal)


def _wait_for(terminal: int, expected: bytes, started: float) -> float:
    seen = b""
    with selectors.DefaultSelector() as waiting:
        waiting.register(terminal, selectors.EVENT_READ)
        while time.perf_counter() - started < LONGEST_S:
            if waiting.select(0.5):
                seen += os.read(terminal, 65536)
                if expected in seen:
                    return time.perf_counter() - started
    raise AssertionError(f"{expected!r} did not appear within {LONGEST_S} s: {seen[-400:]!r}")


def _memory_mb(process: int) -> float:
    lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
