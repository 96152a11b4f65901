"""The full-text index: one FTS5 table over everything that can be found, fed from the queue that the triggers fill.

Each record has a row of all that is known of it, and whoever is called by a name a second one, of the name alone, above
`NAMES`. Read from its end, the index gives names before contents, and the newest first; never ordered by rank, which
would read all that fits.
"""

from __future__ import annotations

from db.connection import begin_immediate
from db.driver import sqlite
from db.search_terms import LETTERS_LEAST, NAMED, NAMES, TABLES, index_words, match_query, noun_word, phone_words
from db.sounds import sounds

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from db.driver import Connection

__all__ = ["TABLES", "count_living", "match_query", "rebuild", "refresh", "refresh_within"]

BATCH = 5000
NAMES_KEPT = 100_000
ROOMY_HASH = 24_000_000
HASH = 1_048_576
ROOMY_KB = 200_000
WORDS_KEPT = 200_000
SAMPLE = 8

_REACHED = "(SELECT group_concat({value}, '|') FROM {table} p WHERE p.{owner}_id = t.id)"
_PHONES = _REACHED.format(value="COALESCE(p.e164, p.number)", table="phone", owner="{owner}")
_EMAILS = _REACHED.format(value="p.address", table="email", owner="{owner}")
_EXTERNAL = "(SELECT group_concat(x.value, '|') FROM external_id x WHERE x.row_id = t.id AND x.table_name = '{table}')"
_ACCOUNT = "(SELECT a.name FROM account a WHERE a.id = t.account_id)"
_SHAPES: dict[str, tuple[str, str, str]] = {
    "account": (
        "t.name",
        "t.legal_name, t.industry, t.website, t.description, t.tax_id, t.domain,"
        " (SELECT group_concat(a.city, ' ') FROM address a WHERE a.account_id = t.id),"
        f" {_EMAILS.format(owner='account')}, {_EXTERNAL.format(table='account')}",
        _PHONES.format(owner="account"),
    ),
    "contact": (
        "t.name",
        "t.title, t.department, t.description, (SELECT group_concat(a.name, ' ') FROM contact_role r"
        " JOIN account a ON a.id = r.account_id WHERE r.contact_id = t.id),"
        " (SELECT group_concat(a.city, ' ') FROM address a WHERE a.contact_id = t.id),"
        f" {_EMAILS.format(owner='contact')}, {_EXTERNAL.format(table='contact')}",
        _PHONES.format(owner="contact"),
    ),
    "lead": (
        "t.name",
        f"t.company, t.title, t.industry, t.description, t.email, t.website, {_EXTERNAL.format(table='lead')}",
        "t.phone",
    ),
    "opportunity": (
        "t.name",
        f"{_ACCOUNT}, t.next_step, t.competitor, t.description, {_EXTERNAL.format(table='opportunity')}",
        "NULL",
    ),
    "product": ("t.name", "t.category, t.description, t.code", "NULL"),
    "activity": ("t.subject", f"t.note, {_ACCOUNT}", "NULL"),
    "task": ("t.subject", f"t.note, {_ACCOUNT}", "NULL"),
    "note": ("t.body", _ACCOUNT, "NULL"),
    "event": ("t.subject", f"t.place, t.note, {_ACCOUNT}", "NULL"),
}
"""SQL for title, other texts and phone numbers of what is indexed of each table."""


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
    connection.execute(f"PRAGMA cache_size=-{ROOMY_KB}")
    _configure(connection, hashsize=ROOMY_HASH, automerge=0)
    try:
        return _refresh(connection)
    finally:
        _configure(connection, hashsize=HASH, automerge=4)
        connection.execute(f"PRAGMA cache_size={before}")


def _configure(connection, **options):
    for name, value in options.items():
        connection.execute("INSERT INTO search_index (search_index, rank) VALUES (?, ?)", (name, value))


def _refresh(connection: Connection) -> int:
    done = 0
    counter = _WordCounter(connection)
    for table in TABLES:
        names: list[tuple[int, str]] = []
        for rows in _queued(connection, table):
            _forget(connection, [row[1] for row in rows if row[1] is not None])
            names += _index(connection, table, [row for row in rows if row[2]], counter)
            done += len(rows)
            if len(names) >= NAMES_KEPT:
                _insert(connection, names)
                names = []
        _insert(connection, names)
    counter.write()
    connection.execute("DELETE FROM search_queue")
    return done


def _queued(connection: Connection, table: str) -> Iterator[list[Any]]:
    """Yield id, entry, whether it lives, reference and texts of the queued records of a table, batch by batch."""
    title, texts, phones = _SHAPES[table]
    sql = (
        "SELECT q.row_id, n.id, t.id IS NOT NULL AND t.deleted_at IS NULL,"
        f" {title}, concat_ws(' ', t.ref, {texts}), {phones}"
        f" FROM search_queue q LEFT JOIN {table} t ON t.id = q.row_id"
        " LEFT JOIN search_entry n ON n.table_name = q.table_name AND n.row_id = q.row_id"
        " WHERE q.table_name = ? AND q.row_id > ? ORDER BY q.row_id LIMIT ?"
    )
    last = ""
    while rows := connection.execute(sql, (table, last, BATCH)).fetchall():
        yield rows
        last = rows[-1][0]


def _forget(connection: Connection, entries: list[int]) -> None:
    if entries:
        numbers = [(entry,) for entry in entries]
        names = [(entry + NAMES,) for entry in entries]
        connection.executemany("DELETE FROM search_index WHERE rowid = ?", [*numbers, *names])
        connection.executemany("DELETE FROM search_entry WHERE id = ?", numbers)


def _index(connection: Connection, table: str, rows: list[Any], counter: _WordCounter) -> list[tuple[int, str]]:
    """Index the contents of records; return the rows of their names, which are written many at once.

    FTS5 sorts in memory until a row comes that goes before the last one.
    """
    first = (connection.execute("SELECT max(id) FROM search_entry").fetchone()[0] or 0) + 1
    noun = noun_word(table)
    names: list[tuple[int, str]] = []
    contents: list[tuple[int, str]] = []
    for number, (_, _, _, title, texts, phones) in enumerate(rows, first):
        called, words = _words(noun, title, texts, phones)
        names.append((number + NAMES, called))
        contents.append((number, words))
    counter.count([words for number, words in contents if number % SAMPLE == 0])
    entries = [(number, table, row[0]) for number, row in enumerate(rows, first)]
    connection.executemany("INSERT INTO search_entry (id, table_name, row_id) VALUES (?, ?, ?)", entries)
    _insert(connection, contents)
    return names if table in NAMED else []


def _insert(connection: Connection, rows: list[tuple[int, str]]) -> None:
    connection.executemany("INSERT INTO search_index (rowid, words) VALUES (?, ?)", rows)


def _words(noun: str, title: str, texts: str, phones: str | None) -> tuple[str, str]:
    """Return the words of a name, and of everything."""
    called = f"{noun} {title}" if title.isascii() else f"{noun} {index_words(title)} {sounds(title)}"
    words = f"{called} {texts if texts.isascii() else index_words(texts)}"
    if phones:
        words = f"{words} {' '.join(map(phone_words, phones.split('|')))}"
    return called, words


class _WordCounter:
    """Counts the words of letters that are indexed, so that a beginning can be told to be that of common words."""

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
