"""Single keys from the terminal, on every platform."""

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType
    from typing import Self

_NAMED = {
    "\r": "enter",
    "\n": "enter",
    "\t": "tab",
    "\x1b": "escape",
    "\x7f": "backspace",
    "\x08": "backspace",
    "\x01": "home",
    "\x03": "ctrl+c",
    "\x04": "ctrl+d",
    "\x05": "end",
    "\x0b": "ctrl+k",
    "\x15": "ctrl+u",
    "\x17": "ctrl+w",
}
_LONG_FROM = {1: 0xC0, 2: 0xE0, 3: 0xF0}
"""The first bytes of characters that have more bytes than so many."""
_IN_THE_MIDDLE = 0b10000000
"""How bytes in the middle of a character begin."""
_SEQUENCES = {
    "[A": "up", "[B": "down", "[C": "right", "[D": "left", "OC": "right", "OD": "left", "[H": "home", "[F": "end",
    "OH": "home", "OF": "end", "[1~": "home", "[4~": "end", "[3~": "delete", "[Z": "shift+tab",
}  # fmt: skip
_OF_WINDOWS = {"K": "left", "M": "right", "H": "up", "P": "down", "G": "home", "O": "end", "S": "delete"}


class Keys:
    """Keys while the terminal neither echoes nor waits for a whole line; leaves it as it was."""

    def __init__(self) -> None:
        self._waiting = ""
        self._leave: Callable[[], None] | None = None

    def __enter__(self) -> "Self":
        """Begin to take keys one by one."""
        if sys.platform != "win32":
            import termios  # noqa: PLC0415 - not on every platform

            descriptor = sys.stdin.fileno()
            before = termios.tcgetattr(descriptor)
            changed = termios.tcgetattr(descriptor)
            changed[0] &= ~(termios.ICRNL | termios.IXON)
            changed[3] &= ~(termios.ECHO | termios.ICANON | termios.ISIG | termios.IEXTEN)
            termios.tcsetattr(descriptor, termios.TCSADRAIN, changed)
            self._leave = lambda: termios.tcsetattr(descriptor, termios.TCSADRAIN, before)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: "TracebackType | None"
    ) -> None:
        """Give the terminal back."""
        if self._leave:
            self._leave()

    @property
    def is_waiting(self) -> bool:
        """Tell whether more was typed, or pasted, than was taken."""
        return bool(self._waiting)

    def next(self) -> str:
        """Return the next key: its character, or a name such as enter, escape, left; empty for one without a name.

        At the end of the input it is ctrl+d.
        """
        if sys.platform == "win32":
            return _key_of_windows()
        if not self._waiting:
            self._waiting = _read(sys.stdin.fileno())
        if not self._waiting:
            return "ctrl+d"
        if self._waiting[0] == "\x1b" and len(self._waiting) > 1:
            return self._sequence()
        sign, self._waiting = self._waiting[0], self._waiting[1:]
        return _NAMED.get(sign, sign if sign.isprintable() else "")

    def _sequence(self) -> str:
        """Take what a special key sends."""
        end = 2
        if self._waiting[1] in "[O":
            end = next((at + 1 for at in range(2, len(self._waiting)) if "@" <= self._waiting[at] <= "~"), end)
        found, self._waiting = self._waiting[1:end], self._waiting[end:]
        return _SEQUENCES.get(found, "")


def _read(descriptor: int) -> str:
    """Return what was typed or pasted: whole characters."""
    data = os.read(descriptor, 4096)
    while data and _is_cut(data):
        data += os.read(descriptor, 1)
    return data.decode("utf-8", "replace")


def _is_cut(data: bytes) -> bool:
    """Tell whether the last character of UTF-8 misses bytes."""
    for length in range(1, min(len(data), 4)):
        head = data[-length]
        if head & 0b11000000 != _IN_THE_MIDDLE:
            return head >= _LONG_FROM[length]
    return False


def _key_of_windows() -> str:
    import msvcrt  # noqa: PLC0415 - not on every platform

    sign: str = msvcrt.getwch()  # type: ignore[attr-defined,unused-ignore]
    if sign in ("\x00", "\xe0"):
        return _OF_WINDOWS.get(msvcrt.getwch(), "")  # type: ignore[attr-defined,unused-ignore]
    return _NAMED.get(sign, sign if sign.isprintable() else "")
