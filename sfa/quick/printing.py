"""What the fast door prints: data on the standard output, words on the standard error, all of it made inert."""

import os
import sys

from sfa.services.quick_entry import inert

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO

USUAL = 80
NARROWEST = 20


def say(text: str) -> None:
    """Print lines of data."""
    _write(sys.stdout, text)


def tell(text: str) -> None:
    """Print a line of words for people, below the data printed so far."""
    sys.stdout.flush()
    _write(sys.stderr, text)


def _write(stream: "TextIO", text: str) -> None:
    shown = "\n".join(map(inert, text.split("\n"))) + "\n"
    try:
        stream.write(shown)
    except UnicodeEncodeError:
        encoding = stream.encoding or "ascii"
        stream.write(shown.encode(encoding, "replace").decode(encoding))


def columns() -> int:
    """Return the width of the terminal; of one that does not tell it, the usual one."""
    try:
        return max(os.get_terminal_size(sys.stdout.fileno()).columns or USUAL, NARROWEST)
    except OSError:
        return USUAL


def width(text: str) -> int:
    """Return how many cells a text takes."""
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width  # noqa: PLC0415 - only for other scripts

    return sum(0 if combining(sign) else 2 if east_asian_width(sign) in "WF" else 1 for sign in text)


def cut(text: str, room: int) -> str:
    """Return as much of a text as fits."""
    while width(text) > room:
        text = text[:-1]
    return text
