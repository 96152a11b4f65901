"""The full-text index: one FTS5 table over everything that can be found, fed from the queue that the triggers fill.

A row stands for a record. Its number tells the table and, within a table, the order of indexing, so that the index read
from its end gives the newest first; it is never ordered by rank, which would read all that fits.
"""

from __future__ import annotations

from db.connection import begin_immediate
from db.driver import sqlite
from db.search_shapes import SHAPES, SHIFT, TABLES, first_entry
from db.search_terms import LETTERS_LEAST, index_words, phone_words
from db.sounds import sounds

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from db.driver import Connection

__all__ = ["TABLES", "count_living", "rebuild", "refresh", "refresh_within"]

BATCH = 5000
BULK = {"hashsize": 4_194_304, "automerge": 0, "crisismerge": 64}
USUAL = {"hashsize": 1_048_576, "automerge": 4, "crisismerge": 16}
BULK_CACHE_KB = 200_000
WHOLE_SHARE = 4
SAMPLE = 8
WORDS_KEPT = 200_000


def refresh(connection: Connection) -> None:
    """Index what changed since the last time, in a write of its own; left for later where that cannot be now."""
    if connection.execute("SELECT 1 FROM search_queue LIMIT 1").fetchone() is None:
        return
    try:
        begin_immediate(connection)
    except sqlite.DatabaseError:
        return
    try:
        refresh_within(connection)
        connection.execute("COMMIT")
    except sqlite.OperationalError:
        _take_back(connection)
    except BaseException:
        _take_back(connection)
        raise


def _take_back(connection: Connection) -> None:
    """Roll back, unless SQLite has done so itself, as on a full disk."""
    if connection.in_transaction:
        connection.execute("ROLLBACK")


def refresh_within(connection: Connection) -> int:
    """Index what is queued, inside the caller's transaction; return how many records."""
    queued = connection.execute("SELECT count(*) FROM search_queue").fetchone()[0]
    if queued < BATCH:
        return _refresh(connection)
    before = connection.execute("PRAGMA cache_size").fetchone()[0]
    connection.execute(f"PRAGMA cache_size=-{BULK_CACHE_KB}")
    _configure(connection, BULK)
    try:
        done = _refresh(connection)
        if queued * WHOLE_SHARE > connection.execute("SELECT count(*) FROM search_entry").fetchone()[0]:
            connection.execute("INSERT INTO search_index (search_index) VALUES ('optimize')")
        return done
    finally:
        _configure(connection, USUAL)
        connection.execute(f"PRAGMA cache_size={before}")


def _configure(connection: Connection, options: dict[str, int]) -> None:
    connection.executemany("INSERT INTO search_index (search_index, rank) VALUES (?, ?)", options.items())


def _refresh(connection: Connection) -> int:
    """Index table after table in the order of their numbers: FTS5 sorts in memory as long as numbers grow."""
    done = 0
    counter = _WordCounter(connection)
    for table in TABLES:
        for rows in _queued(connection, table):
            _forget(connection, [row[1] for row in rows if row[1] is not None])
            _index(connection, table, [row for row in rows if row[2]], counter)
            done += len(rows)
    counter.write()
    connection.execute("DELETE FROM search_queue")
    return done


def _queued(connection: Connection, table: str) -> Iterator[list[Any]]:
    """Yield id, entry, whether it lives, and the texts of the queued records of a table, batch by batch."""
    shape, first = SHAPES[table], first_entry(table)
    sql = (
        "SELECT q.row_id, n.id, t.id IS NOT NULL AND t.deleted_at IS NULL,"
        f" {shape.title}, concat_ws(char(10), {', '.join(shape.texts)}), {shape.phones}"
        f" FROM search_queue q LEFT JOIN {table} t ON t.id = q.row_id"
        f" LEFT JOIN search_entry n ON n.row_id = q.row_id AND n.id BETWEEN {first} AND {first + (1 << SHIFT) - 1}"
        " WHERE q.table_name = ? AND q.row_id > ? ORDER BY q.row_id LIMIT ?"
    )
    last = ""
    while rows := connection.execute(sql, (table, last, BATCH)).fetchall():
        yield rows
        last = rows[-1][0]


def _forget(connection: Connection, entries: list[int]) -> None:
    numbers = [(entry,) for entry in entries]
    connection.executemany("DELETE FROM search_index WHERE rowid = ?", numbers)
    connection.executemany("DELETE FROM search_entry WHERE id = ?", numbers)


def _index(connection: Connection, table: str, rows: list[Any], counter: _WordCounter) -> None:
    first = first_entry(table)
    newest = connection.execute("SELECT max(id) FROM search_entry WHERE id < ?", (first + (1 << SHIFT),)).fetchone()[0]
    number = max(newest or 0, first) + 1
    words = [(at, _words(row[3], row[4], row[5])) for at, row in enumerate(rows, number)]
    counter.count([text for at, text in words if at % SAMPLE == 0])
    connection.executemany(
        "INSERT INTO search_entry (id, row_id) VALUES (?, ?)", [(at, row[0]) for at, row in enumerate(rows, number)]
    )
    connection.executemany("INSERT INTO search_index (rowid, words) VALUES (?, ?)", words)


def _words(title: str, texts: str, phones: str | None) -> str:
    """Return the words that a record is found by."""
    called = title if title.isascii() else f"{index_words(title)} {sounds(title)}"
    words = f"{called} {texts if texts.isascii() else index_words(texts)}"
    if phones:
        words = f"{words} {' '.join(map(phone_words, phones.splitlines()))}"
    return words


class _WordCounter:
    """Counts the words of letters in a sample of what is indexed: which words a beginning mostly goes on to."""

    def __init__(self, connection: Connection) -> None:
        import re  # noqa: PLC0415 - a search that has nothing to index does without
        from collections import Counter  # noqa: PLC0415 - as above

        self._connection = connection
        self._find = re.compile(rf"[^\W\d_]{{{LETTERS_LEAST},}}").findall
        self._found: Counter[str] = Counter()

    def count(self, sample: list[str]) -> None:
        """Count the words of these texts."""
        self._found.update(self._find(" ".join(sample).lower()))
        if len(self._found) > WORDS_KEPT:
            self.write()

    def write(self) -> None:
        """Add to what the store has counted."""
        self._connection.executemany(
            "INSERT INTO search_word (word, count) VALUES (?, ?) ON CONFLICT DO UPDATE SET count = count + excluded.count",
            sorted(self._found.items()),
        )
        self._found.clear()


def rebuild(connection: Connection) -> int:
    """Index everything anew, inside the caller's transaction; return how many records."""
    for table in ("search_entry", "search_word", "search_queue"):
        connection.execute(f"DELETE FROM {table}")
    connection.execute("INSERT INTO search_index (search_index) VALUES ('delete-all')")
    for table in TABLES:
        connection.execute(f"INSERT INTO search_queue (table_name, row_id) SELECT '{table}', id FROM {table}")
    return refresh_within(connection)


def count_living(connection: Connection) -> int:
    """Return how many records should be in the index."""
    counts = (connection.execute(f"SELECT count(*) FROM {table} WHERE deleted_at IS NULL") for table in TABLES)
    return sum(int(cursor.fetchone()[0]) for cursor in counts)
