"""Search in a book of 1,000,000 contacts, 12 % of them Chinese: answers, whole commands, the overlay, building the index."""

import gc
import hashlib
import os
import random
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median
from typing import Self

import pytest
from pypinyin import lazy_pinyin

from db.driver import Connection
from db.search import BATCH, refresh_within
from db.search_hits import candidates, search
from db.search_shapes import SHAPES
from db.store import Store, open_store
from tests.support import big_book
from tests.support.shell import environment
from tests.support.terminal import COLUMNS, ROWS

pytestmark = [pytest.mark.bench, pytest.mark.skipif(sys.platform != "linux", reason="drives a terminal of Unix")]
CONTACTS = 1_000_000
PEOPLE = 300
ROUNDS = 15
FLOOR = [sys.executable, "-c", "import sqlite3"]
SQL_P99_MS = 2.0
PAINT_P99_MS = 100
QUIET_S = 0.12


@pytest.fixture(scope="module")
def home() -> Path:
    """Return a workspace whose index is up to date; kept for the next run as long as its makers are the same."""
    made_by = (Path(big_book.__file__), *sorted(Path("db").glob("*.sql")), *sorted(Path("db").glob("s*.py")))
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in made_by)).hexdigest()[:12]
    folder = Path(tempfile.gettempdir()) / f"sfa-big-book-{digest}"
    if not (folder / "whole").exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        store = big_book.build_big_book(folder, CONTACTS)
        _index(store)
        store.close()
        (folder / "whole").touch()
    return folder


def _index(store: Store) -> float:
    """Index what is queued, as a command does, without collecting garbage; return the seconds of work."""
    gc.disable()
    started = time.process_time()
    store.connection.execute("BEGIN IMMEDIATE")
    refresh_within(store.connection)
    store.connection.execute("COMMIT")
    taken = time.process_time() - started
    gc.enable()
    return taken


@pytest.fixture(scope="module")
def store(home: Path) -> Iterator[Store]:
    opened = open_store(home)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def people(store: Store) -> list[tuple[str, str, str]]:
    """Return name, phone number and account of some contacts."""
    sql = (
        "SELECT t.name, (SELECT number FROM phone p WHERE p.contact_id = t.id), (SELECT a.name FROM contact_role r"
        " JOIN account a ON a.id = r.account_id WHERE r.contact_id = t.id) FROM contact t WHERE t.rowid = ?"
    )
    chance = random.Random(5)
    return [store.row(sql, (chance.randrange(CONTACTS) + 1,)) for _ in range(PEOPLE)]


def beginnings(word: str, most: int = 8) -> list[str]:
    return [word[:end] for end in range(1, min(len(word), most) + 1)]


def latin(people: list[tuple[str, str, str]]) -> list[list[str]]:
    return [name.split() for name, _, _ in people if name.isascii()]


def han(people: list[tuple[str, str, str]]) -> list[str]:
    return [name for name, _, _ in people if not name.isascii()]


FAMILIES: dict[str, Callable[[list[tuple[str, str, str]]], list[str]]] = {
    "one word": lambda people: [
        part
        for name, _, account in people
        for word in f"{name} {account}".split()
        if word.isascii()
        for part in beginnings(word)
    ],
    "two words": lambda people: (
        [f"{first} {part}" for first, last in latin(people) for part in beginnings(last)]
        + [f"{first[:length]} {last[:length]}" for first, last in latin(people) for length in range(1, 6)]
    ),
    "a Chinese character": lambda people: [character for name in han(people) for character in name],
    "two Chinese characters": lambda people: [name[at : at + 2] for name in han(people) for at in range(len(name) - 1)],
    "pinyin": lambda people: [
        part
        for name in han(people)
        for sound in (lazy_pinyin(name), [syllable[0] for syllable in lazy_pinyin(name)])
        for part in beginnings("".join(sound))
    ],
    "phones": lambda people: [
        form for _, phone, _ in people for form in (phone[-4:], phone[-6:], phone[4:], phone, phone.replace(" ", "-"))
    ],
    "common words": lambda _: [
        part
        for word in ("manager", "purchasing", "gmbh", "international", "renewal", "discount", "采购", "经理")
        for part in beginnings(word, 14)
    ],
}


@pytest.mark.parametrize("family", FAMILIES)
def test_an_answer_is_there_in_two_milliseconds(store: Store, people: list[tuple[str, str, str]], family: str) -> None:
    texts = FAMILIES[family](people)
    asked = sorted(_milliseconds(partial(candidates, store.connection, text, (), 20)) for text in texts)
    whole = sorted(_milliseconds(partial(search, store.connection, text, limit=20)) for text in texts[::7])
    sys.stdout.write(
        f"\n{family}: {len(texts)} texts, index p50 {median(asked):.2f}, p99 {_p99(asked):.2f} ms;"
        f" with the records and snippets p50 {median(whole):.2f}, p99 {_p99(whole):.2f} ms"
    )
    assert _p99(asked) <= SQL_P99_MS


def _milliseconds(work: Callable[[], object]) -> float:
    """Return the shortest of three runs, in milliseconds of work."""
    times = []
    for _ in range(3):
        started = time.process_time()
        work()
        times.append((time.process_time() - started) * 1000)
    return min(times)


def _p99(ordered: list[float]) -> float:
    return ordered[min(len(ordered) - 1, len(ordered) * 99 // 100)]


@pytest.mark.parametrize("words", ["br", "gmbh", "manager", "br --json", "王", "经理 --json"])
def test_fifty_hits_are_printed_within_two_floors(home: Path, words: str) -> None:
    command = [sys.executable, "-m", "sfa", "search", *words.split()]
    _seconds(command, home)
    ratio = median(_seconds(command, home) / _seconds(FLOOR, home) for _ in range(ROUNDS))
    sys.stdout.write(f"\nsearch {words}: {ratio:.2f} F")
    assert ratio <= 2.0


def _seconds(arguments: list[str], home: Path) -> float:
    kept = {name: value for name, value in environment(home).items() if name != "PYTHONDONTWRITEBYTECODE"}
    started = time.perf_counter()
    subprocess.run(arguments, env=kept, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    return time.perf_counter() - started


def test_forty_thousand_records_are_indexed_in_a_second(tmp_path: Path) -> None:
    """Against FTS5's own way in the same run: its words without accents, with beginnings of one to three letters."""
    book = big_book.build_big_book(tmp_path, 200_000, accounts=10_000, deals=4_000)
    texts = _texts(book.connection)
    records = book.value("SELECT count(*) FROM search_queue")
    ours = _index(book)
    size = book.value("SELECT sum(length(block)) FROM search_index_data")
    floor = _plain(book.connection, texts)
    share = size / sum(len(text.encode()) for text in texts)
    sys.stdout.write(
        f"\nindex: {records / ours:,.0f} records a second, {ours / floor:.2f} x plain FTS5 of texts at hand,"
        f" {share:.2f} x the text"
    )
    assert share <= 1.5
    assert ours / floor <= 4.0
    book.close()


def _texts(connection: Connection) -> list[str]:
    """Return what is searched of every record, as it stands in the tables."""
    return [
        row[0]
        for table, shape in SHAPES.items()
        for row in connection.execute(
            f"SELECT concat_ws(char(10), {shape.title}, {', '.join(shape.texts)}, {shape.phones}) FROM {table} t"
        )
    ]


def _plain(connection: Connection, texts: list[str]) -> float:
    connection.execute(
        "CREATE VIRTUAL TABLE temp.plain USING fts5(words, content='', prefix='1 2 3',"
        " tokenize='unicode61 remove_diacritics 2')"
    )
    started = time.process_time()
    connection.execute("BEGIN")
    for first in range(0, len(texts), BATCH):
        rows = [(text,) for text in texts[first : first + BATCH]]
        connection.executemany("INSERT INTO temp.plain (words) VALUES (?)", rows)
    connection.execute("COMMIT")
    return time.process_time() - started


def test_the_overlay_paints_what_fits_within_a_tenth_of_a_second_of_the_key(
    home: Path, people: list[tuple[str, str, str]]
) -> None:
    words = [" ".join(name)[:10].lower() for name in latin(people)[:12]] + [name[:2] for name in han(people)[:6]]
    with _Desk(home) as desk:
        desk.press(b"\x0f")
        times = []
        for word in words:
            times += [desk.press(sign.encode()) for sign in word]
            for _ in word:
                desk.press(b"\x7f")
    times.sort()
    sys.stdout.write(f"\nkey to final paint: {len(times)} keys, p50 {median(times):.0f}, p99 {_p99(times):.0f} ms")
    assert _p99(times) <= PAINT_P99_MS


class _Desk:
    """The desk in a terminal; keys go in, and how long it paints after each comes out."""

    def __init__(self, home: Path) -> None:
        self._home = home

    def __enter__(self) -> Self:
        import fcntl  # noqa: PLC0415 - no such thing on Windows, where these benches are skipped
        import pty  # noqa: PLC0415 - as above
        import struct  # noqa: PLC0415 - as above
        import termios  # noqa: PLC0415 - as above

        self._process, self._terminal = pty.fork()
        if self._process == 0:
            arguments = [sys.executable, "-m", "sfa"]
            os.execve(sys.executable, arguments, {**environment(self._home), "TERM": "xterm-256color"})
        fcntl.ioctl(self._terminal, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        self._painted(time.perf_counter(), 2.0)
        return self

    def __exit__(self, *_: object) -> None:
        os.kill(self._process, signal.SIGKILL)
        os.waitpid(self._process, 0)
        os.close(self._terminal)

    def press(self, key: bytes) -> float:
        """Type a key; return the milliseconds until the last byte was painted before it was quiet."""
        started = time.perf_counter()
        os.write(self._terminal, key)
        return self._painted(started, QUIET_S)

    def _painted(self, started: float, quiet: float) -> float:
        last = started
        while select.select([self._terminal], [], [], quiet)[0]:
            os.read(self._terminal, 65536)
            last = time.perf_counter()
        return (last - started) * 1000
