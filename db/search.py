"""The full-text index: one FTS5 table over everything that can be found, fed from the queue that the triggers fill."""

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from db.connection import begin_immediate
from db.driver import Connection, sqlite
from sfa.domain.text import clean, fold, has_cjk, split_cjk

TABLES: tuple[str, ...] = ("account", "contact", "lead", "opportunity", "product", "activity", "task", "note", "event")
BATCH = 5000
CANDIDATES = 500
_WORD = re.compile(r"\w+")
_NO_DIGITS = re.compile(r"\D+")
PHONE_LEAST = 4


class _Shape(NamedTuple):
    """What is indexed of a table: SQL for title, body and keys."""

    title: str
    body: str
    keys: str


_PHONES = "(SELECT group_concat(COALESCE(p.e164, '') || ' ' || p.number, '|') FROM phone p WHERE p.{owner}_id = t.id)"
_EMAILS = "(SELECT group_concat(p.address, ' ') FROM email p WHERE p.{owner}_id = t.id)"
_EXTERNAL = "(SELECT group_concat(x.value, ' ') FROM external_id x WHERE x.row_id = t.id AND x.table_name = '{table}')"
_SHAPES = {
    "account": _Shape(
        "t.name",
        "concat_ws(' ', t.legal_name, t.industry, t.website, t.description,"
        " (SELECT group_concat(a.city, ' ') FROM address a WHERE a.account_id = t.id))",
        f"concat_ws('|', t.ref, t.tax_id, t.domain, {_PHONES.format(owner='account')}, {_EMAILS.format(owner='account')},"
        f" {_EXTERNAL.format(table='account')})",
    ),
    "contact": _Shape(
        "t.name",
        "concat_ws(' ', t.title, t.department, t.description, (SELECT group_concat(a.name, ' ') FROM contact_role r"
        " JOIN account a ON a.id = r.account_id WHERE r.contact_id = t.id))",
        f"concat_ws('|', t.ref, {_PHONES.format(owner='contact')}, {_EMAILS.format(owner='contact')},"
        f" {_EXTERNAL.format(table='contact')})",
    ),
    "lead": _Shape(
        "t.name",
        "concat_ws(' ', t.company, t.title, t.industry, t.description)",
        f"concat_ws('|', t.ref, t.phone, t.email, t.website, {_EXTERNAL.format(table='lead')})",
    ),
    "opportunity": _Shape(
        "t.name",
        "concat_ws(' ', (SELECT a.name FROM account a WHERE a.id = t.account_id), t.next_step, t.competitor,"
        " t.description)",
        f"concat_ws('|', t.ref, {_EXTERNAL.format(table='opportunity')})",
    ),
    "product": _Shape("t.name", "concat_ws(' ', t.category, t.description)", "concat_ws('|', t.ref, t.code)"),
    "activity": _Shape(
        "t.subject", "concat_ws(' ', t.note, (SELECT a.name FROM account a WHERE a.id = t.account_id))", "t.ref"
    ),
    "task": _Shape(
        "t.subject", "concat_ws(' ', t.note, (SELECT a.name FROM account a WHERE a.id = t.account_id))", "t.ref"
    ),
    "note": _Shape("substr(t.body, 1, 80)", "t.body", "t.ref"),
    "event": _Shape("t.subject", "concat_ws(' ', t.place, t.note)", "t.ref"),
}


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
    done = 0
    for table, shape in _SHAPES.items():
        while rows := _queued(connection, table, shape):
            _index(connection, table, rows)
            done += len(rows)
    connection.execute("DELETE FROM search_queue")
    return done


def _queued(connection: Connection, table: str, shape: _Shape) -> list[Any]:
    """Return id, entry, whether it lives, and its texts, for a batch of queued records."""
    return connection.execute(
        f"SELECT q.row_id, n.id, t.id IS NOT NULL AND t.deleted_at IS NULL, {shape.title}, {shape.body}, {shape.keys}"
        f" FROM search_queue q LEFT JOIN {table} t ON t.id = q.row_id"
        " LEFT JOIN search_entry n ON n.table_name = q.table_name AND n.row_id = q.row_id"
        " WHERE q.table_name = ? ORDER BY q.row_id LIMIT ?",
        (table, BATCH),
    ).fetchall()


def _index(connection: Connection, table: str, rows: list[Any]) -> None:
    known = [(row[1],) for row in rows if row[1] is not None]
    connection.executemany("DELETE FROM search_index WHERE rowid = ?", known)
    connection.executemany("DELETE FROM search_entry WHERE id = ?", known)
    living = [row for row in rows if row[2]]
    first = (connection.execute("SELECT max(id) FROM search_entry").fetchone()[0] or 0) + 1
    entries = [(first + offset, table, row[0]) for offset, row in enumerate(living)]
    connection.executemany("INSERT INTO search_entry (id, table_name, row_id) VALUES (?, ?, ?)", entries)
    connection.executemany(
        "INSERT INTO search_index (rowid, title, body, keys) VALUES (?, ?, ?, ?)",
        [
            (entry[0], _words(row[3]), _words(row[4]), _key_words(row[3], row[5]))
            for entry, row in zip(entries, living, strict=True)
        ],
    )
    connection.executemany(
        "DELETE FROM search_queue WHERE table_name = ? AND row_id = ?", [(table, row[0]) for row in rows]
    )


def _words(text: str | None) -> str:
    if not text:
        return ""
    return text if text.isascii() else split_cjk(fold(clean(text, multiline=True)))


def _key_words(title: str | None, keys: str | None) -> str:
    """Return references, numbers and addresses as words, phone numbers as digits, Chinese names as initials."""
    words: list[str] = []
    for key in (keys or "").split("|"):
        if key:
            words.append(key if key.isascii() else fold(key))
            digits = _NO_DIGITS.sub("", key)
            if len(digits) >= PHONE_LEAST and digits != key:
                words += [digits[start:] for start in range(0, max(len(digits) - PHONE_LEAST, 1), 1)][:8]
    if title and has_cjk(title):
        words.append(initials(title))
    return " ".join(words)


def initials(text: str) -> str:
    """Return the pinyin initials of the Chinese characters of a text: 远东仪器 is `ydyq`."""
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 - only for Chinese names

    return "".join(lazy_pinyin(text, style=Style.FIRST_LETTER, errors="ignore"))


def match_query(text: str) -> str | None:
    """Return an FTS5 query: every word as a prefix, Chinese as phrases of characters; None where there is no word."""
    parts: list[str] = []
    for word in _WORD.findall(fold(text)):
        if has_cjk(word):
            parts += [f'"{chunk}"' for chunk in _chunks(word)]
        else:
            parts.append(f'"{word}"*')
    digits = _NO_DIGITS.sub("", text)
    if len(digits) >= PHONE_LEAST and not re.search(r"[^\d\s()+./-]", text):
        return f'"{digits.lstrip("0")}"*'
    return " AND ".join(parts) or None


def _chunks(word: str) -> Iterable[str]:
    """Yield the runs of Chinese characters and of other letters, each as a phrase."""
    return [split_cjk(run) for run in re.findall(r"[\u3040-\u9fff\uac00-\ud7af\uf900-\ufaff]+|[^\u3040-\uffff]+", word)]


def find(connection: Connection, text: str, tables: Iterable[str], limit: int = CANDIDATES) -> list[tuple[str, str]]:
    """Return (table, id) of the newest entries that fit, at most `limit`; never ordered by rank, which reads them all."""
    query = match_query(text)
    if query is None:
        return []
    wanted = list(tables) or list(_SHAPES)
    marks = ", ".join("?" * len(wanted))
    rows = connection.execute(
        "SELECT n.table_name, n.row_id FROM search_index JOIN search_entry n ON n.id = search_index.rowid"
        f" WHERE search_index MATCH ? AND n.table_name IN ({marks}) ORDER BY search_index.rowid DESC LIMIT ?",
        (query, *wanted, limit),
    ).fetchall()
    return [(str(row[0]), str(row[1])) for row in rows]


def rebuild(connection: Connection) -> int:
    """Index everything anew, inside the caller's transaction; return how many records."""
    connection.execute("DELETE FROM search_entry")
    connection.execute("INSERT INTO search_index (search_index) VALUES ('delete-all')")
    for table in _SHAPES:
        connection.execute(f"INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT '{table}', id FROM {table}")
    return refresh_within(connection)


def count_living(connection: Connection) -> int:
    """Return how many records should be in the index."""
    counts = (connection.execute(f"SELECT count(*) FROM {table} WHERE deleted_at IS NULL") for table in TABLES)
    return sum(int(cursor.fetchone()[0]) for cursor in counts)
