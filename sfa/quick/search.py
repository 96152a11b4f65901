"""`sfa search` at the speed of a key: the bare driver, plain columns or JSON. What it does not know, Typer's door does."""

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TextIO

    from db.driver import Connection
    from db.search_hits import Hit

GAP = "  "
PLAIN_WIDTH = 80
_FILLERS = "\u115f\u1160\u17b4\u17b5\u3164\uffa0"
_LAST_BEFORE_MARKS = "\u02ff"
_ESCAPES = {ord('"'): '\\"', ord("\\"): "\\\\"}


def search(arguments: list[str]) -> int | None:
    """Print what fits and return the exit code; None, and nothing printed, where the whole command line is needed."""
    asked = _Asked()
    if not asked.reads(arguments):
        return None
    from db.driver import sqlite  # noqa: PLC0415 - not before it is known that this door can answer

    try:
        hits = _hits(asked)
    except sqlite.Error:
        return None
    if hits is None:
        return None
    if asked.is_json:
        _write(sys.stdout, f"[{', '.join(map(_json, hits))}]\n")
    else:
        from db.search_hits import TITLES  # noqa: PLC0415 - as above

        _print_table([TITLES, *(tuple(map(inert, hit.cells())) for hit in hits)])
    if not hits:
        sys.stdout.flush()
        _write(sys.stderr, inert(f"Nothing found for {asked.words}.") + "\n")
    return 0


class _Asked:
    """What the words of the command line ask for."""

    def __init__(self) -> None:
        self.words = ""
        self.nouns: list[str] = []
        self.limit = 50
        self.is_json = False

    def reads(self, arguments: list[str]) -> bool:
        """Tell whether every word is understood."""
        rest = iter(arguments)
        words = []
        for word in rest:
            name, sign, value = word.partition("=")
            if word == "--json":
                self.is_json = True
            elif name in ("--as", "--limit", "-l") and name[:2] + sign != "-l=":
                if not self._takes(name, value if sign else next(rest, "")):
                    return False
            elif word.startswith("-"):
                return False
            else:
                words.append(word)
        self.words = " ".join(words)
        return bool(self.words.strip()) and not (self.is_json and sys.stdout.isatty())

    def _takes(self, name: str, value: str) -> bool:
        if name == "--as":
            from sfa.quick.completion_table import ALIASES  # noqa: PLC0415 - a large table

            self.nouns.append(ALIASES.get(value.lower(), value.lower()))
            return True
        if not (value.isascii() and value.isdigit() and int(value)):
            return False
        self.limit = int(value)
        return True


def _hits(asked: _Asked) -> "list[Hit] | None":
    """Return what fits; None where there is no book, it has to be opened with more care, or a noun is not searched."""
    from db.search_hits import search as find  # noqa: PLC0415 - as above
    from db.search_shapes import TABLES  # noqa: PLC0415 - as above

    words = inert(asked.words).strip()
    if not words or any(noun not in TABLES for noun in asked.nouns):
        return None
    connection = _open()
    if connection is None:
        return None
    user = connection.execute("SELECT value FROM setting WHERE key = 'user_id'").fetchone()
    return find(connection, words, tables=asked.nouns, limit=asked.limit, user_id=user and user[0])


def _open() -> "Connection | None":
    """Open the book for reading, its index up to date; None where there is none, or it is of another schema."""
    from os import path  # noqa: PLC0415 - as above

    from db.connection import SCHEMA_VERSION, open_file  # noqa: PLC0415 - as above
    from db.driver import leave_open  # noqa: PLC0415 - as above
    from sfa.paths import Workspace  # noqa: PLC0415 - as above

    file = Workspace.default().file
    if not path.exists(file):
        return None
    connection = open_file(file, "mode=ro")
    if connection.execute("PRAGMA user_version").fetchone()[0] != SCHEMA_VERSION:
        return None
    if connection.execute("SELECT 1 FROM setting WHERE key = 'sync_lease'").fetchone():
        from db.lease import is_over  # noqa: PLC0415 - where a laptop belongs to a server
        from sfa.clock import SystemClock  # noqa: PLC0415 - as above

        if is_over(connection, SystemClock().now()):
            return None
    if connection.execute("SELECT 1 FROM search_queue LIMIT 1").fetchone():
        connection.close()
        return _refreshed()
    return leave_open(connection)


def _refreshed() -> "Connection | None":
    """Open the book as a writer does and index what is new; None where only a copy of it can be read."""
    from db.search import refresh  # noqa: PLC0415 - only after a change
    from db.store import open_to_the_end  # noqa: PLC0415 - as above
    from sfa.errors import SfaError  # noqa: PLC0415 - as above

    try:
        store = open_to_the_end()
    except SfaError:
        return None
    refresh(store.connection)
    return None if store.note else store.connection


def inert(text: str) -> str:
    """Return text that steers no terminal, as `sfa.domain.text.clean` does, which is asked where anything is unusual."""
    if text.isprintable() and (text.isascii() or _is_usual(text)):
        return text
    from sfa.domain.text import clean  # noqa: PLC0415 - its patterns cost 5 ms

    return clean(text)


def _is_usual(text: str) -> bool:
    from unicodedata import category, is_normalized  # noqa: PLC0415 - not for ASCII

    return is_normalized("NFC", text) and not any(
        sign in _FILLERS or (sign > _LAST_BEFORE_MARKS and category(sign)[0] == "M") for sign in text
    )


def _json(hit: "Hit") -> str:
    pairs = (
        f'"{name}": ' + ("null" if value is None else f'"{inert(value).translate(_ESCAPES)}"')
        for name, value in hit.fields().items()
    )
    return f"{{{', '.join(pairs)}}}"


def _print_table(rows: "Sequence[tuple[str, ...]]") -> None:
    """Print aligned columns: whole in a pipe, each line cut to the width of a terminal."""
    widths = [max(map(_cells, column)) for column in zip(*rows, strict=True)]
    room = _terminal_width()
    lines = (
        GAP.join(cell + " " * (width - _cells(cell)) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )
    _write(sys.stdout, "".join(f"{_cut(line, room)}\n" for line in lines))


def _terminal_width() -> int:
    """Return how many cells a line has; 0 where there is no end, in a pipe."""
    if not sys.stdout.isatty():
        return 0
    from os import get_terminal_size  # noqa: PLC0415 - on a terminal only

    try:
        return get_terminal_size(sys.stdout.fileno()).columns
    except OSError:
        return PLAIN_WIDTH


def _cells(text: str) -> int:
    """Return the width in terminal cells: wide characters count two."""
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width  # noqa: PLC0415 - as above

    return sum(0 if combining(sign) else 2 if east_asian_width(sign) in "WF" else 1 for sign in text)


def _cut(line: str, room: int) -> str:
    if not room or _cells(line) <= room:
        return line
    while _cells(line) >= room:
        line = line[:-1]
    return line + "…"


def _write(stream: "TextIO", text: str) -> None:
    try:
        stream.write(text)
    except UnicodeEncodeError:
        encoding = stream.encoding or "ascii"
        stream.write(text.encode(encoding, "replace").decode(encoding))
