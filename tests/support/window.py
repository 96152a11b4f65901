"""The real program in a window of its own: keys go in, and what a person would see there comes out."""

import os
import re
import selectors
import signal
import subprocess
import sys
import time
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.support.shell import environment

LONGEST_S = 60.0
"""A bound for a busy machine; whoever waits goes on as soon as the text is there."""

KEYS = {
    "enter": "\r", "escape": "\x1b", "tab": "\t", "backspace": "\x7f", "down": "\x1b[B", "up": "\x1b[A",
    "right": "\x1b[C", "left": "\x1b[D", "ctrl+o": "\x0f", "ctrl+p": "\x10", "ctrl+q": "\x11",
}  # fmt: skip
_PIECE = re.compile(
    rb"\x1b\[(?P<args>[0-9;?<>=$ ]*)(?P<final>[@-~])|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1bP.*?\x1b\\|\x1b[^\[\]P]"
    rb"|(?P<sign>[\r\n\x08])|(?P<text>[^\x1b\x00-\x1f]+)",
    re.DOTALL,
)


class Window:
    """A terminal of so many cells with a program in it.

    Attributes:
        raw: all that the program has written.
    """

    def __init__(self, ours: int, program: "subprocess.Popen[bytes]", size: tuple[int, int]) -> None:
        self.raw = b""
        self._ours = ours
        self._program = program
        self._unread = b""
        self._at = (0, 0)
        self._cells: dict[tuple[int, int], str] = {}
        self._size = size

    @property
    def text(self) -> str:
        """What a person sees."""
        columns, rows = self._size
        return "\n".join("".join(self._cells.get((y, x), " ") for x in range(columns)).rstrip() for y in range(rows))

    def press(self, *keys: str) -> None:
        """Send keys by their names, or text as it is."""
        for key in keys:
            os.write(self._ours, KEYS.get(key, key).encode())

    def wait_for(self, words: str, *, without: str = "") -> None:
        """Wait until words are seen, and others are not."""
        deadline = time.monotonic() + LONGEST_S
        while words not in self.text or (without and without in self.text):
            if time.monotonic() > deadline or not self._take_in():
                raise AssertionError(f"{words!r} is not to be seen (or {without!r} is):\n{self.text}")

    def resize(self, columns: int, rows: int) -> None:
        """Give the window another size; the program hears of it as from any terminal."""
        import termios  # noqa: PLC0415 - no such thing on Windows

        self._size = (columns, rows)
        self._cells.clear()
        termios.tcsetwinsize(self._ours, (rows, columns))
        self._program.send_signal(signal.SIGWINCH)

    def wait_for_the_end(self) -> int:
        """Read until the program has ended; return its exit code."""
        while self._take_in():
            pass
        return self._program.wait(LONGEST_S)

    def _take_in(self) -> bool:
        with selectors.DefaultSelector() as waiting:  # select() knows no descriptor above 1,023
            waiting.register(self._ours, selectors.EVENT_READ)
            if not waiting.select(LONGEST_S):
                return False
        try:
            found = os.read(self._ours, 65536)
        except OSError:  # Linux says so where the other end is closed
            return False
        self.raw += found
        self._show(self._unread + found)
        return bool(found)

    def _show(self, output: bytes) -> None:
        done = 0
        for piece in _PIECE.finditer(output):
            if piece["text"] and piece.end() == len(output):
                break  # its last character may be half there
            done = piece.end()
            if piece["text"]:
                self._put(piece["text"].decode("utf-8", "replace"))
            elif piece["final"]:
                self._steer(piece["final"], piece["args"].decode())
            elif piece["sign"]:
                y, x = self._at
                self._at = {b"\r": (y, 0), b"\n": (y + 1, x), b"\x08": (y, max(x - 1, 0))}[piece["sign"]]
        self._unread = output[done:]
        if self._unread and not self._unread.startswith(b"\x1b"):
            self._put_what_is_whole()

    def _put_what_is_whole(self) -> None:
        text = self._unread.decode("utf-8", "ignore")
        self._unread = self._unread[len(text.encode()) :]
        self._put(text)

    def _steer(self, final: bytes, args: str) -> None:
        if final == b"H":
            y, _, x = args.partition(";")
            self._at = int(y or 1) - 1, int(x or 1) - 1
        elif final == b"J" or (final in b"hl" and args == "?1049"):
            self._cells.clear()

    def _put(self, text: str) -> None:
        y, x = self._at
        for sign in text:
            if unicodedata.combining(sign):
                continue
            width = cell_len(sign)
            self._cells[y, x] = sign
            for more in range(1, width):
                self._cells[y, x + more] = ""
            x += width
        self._at = y, x


@contextmanager
def open_window(home: Path, size: tuple[int, int] = (80, 24), **more: str) -> Iterator[Window]:
    """Start the desk over a workspace in a window; `more` is environment. What still runs at the end is stopped."""
    termios = pytest.importorskip("termios", reason="this platform has no terminals of that kind")
    ours, theirs = os.openpty()
    termios.tcsetwinsize(theirs, (size[1], size[0]))
    program = subprocess.Popen(
        [sys.executable, "-m", "sfa"],
        stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
        env=environment(home, TERM="xterm-256color", **more),
    )  # fmt: skip
    os.close(theirs)
    try:
        yield Window(ours, program, size)
    finally:
        program.kill()
        program.wait()
        os.close(ours)
