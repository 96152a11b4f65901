"""Two people made a record of the same company or person: a question to whoever may see both, and to nobody else.

What tells a record is in columns that laptops fill in the normal forms of `sfa.domain.duplicates`: the server compares
by its indexes alone. The name of a person is none of them: namesakes are many. The question holds ids and no more, for
those above its reader see it too.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Final
from uuid import UUID

from sfa.server.book import Book
from sfa.server.catalog import TELLING

if TYPE_CHECKING:
    from sfa.server.push import Device

MOST: Final = 20
"""Records that are looked at for one value: what hundreds have in common tells none of them."""
_CHUNK: Final = 500
Changed = Mapping[tuple[str, str], Iterable[str]]
Record = tuple[str, str]


def ask(book: Book, device: "Device", changed: Changed) -> None:
    """Ask about what was made or changed and is like a record that its writer does not see.

    Args:
        book: the company's rows, in the transaction of the push.
        device: who wrote.
        changed: by table and id the columns that were set; an empty name stands for all.
    """
    found = {
        pair: word for column, word in TELLING.items() for pair in _pairs(book, column, changed) if pair[0] != pair[1]
    }
    seen = book.seen_of([other for _, other in found], device.grants)
    for (mine, other), word in found.items():
        if other not in seen and _is_live(book, mine) and _is_live(book, other):
            for user in _who_sees(book, mine, other):
                _post(book, user, mine, other, word)


def _pairs(book: Book, column: tuple[str, str], changed: Changed) -> Iterator[tuple[Record, Record]]:
    """Yield the changed records, each with those that have the same value in a column."""
    table, name = column
    holders: dict[str, list[Record]] = {}
    for (changed_table, pk), columns in changed.items():
        row = book.find(table, pk) if changed_table == table and {name, ""} & set(columns) else None
        if row and row[name]:
            holders.setdefault(str(row[name]), []).append(_record(table, row))
    owner = "id, NULL" if table == "account" else "account_id, contact_id"
    values = sorted(holders)
    for start in range(0, len(values), _CHUNK):
        part = values[start : start + _CHUNK]
        marks = ", ".join("?" * len(part))
        # Put in order here: with ORDER BY and LIMIT, SQLite goes along the keys and not by the index.
        sql = f"SELECT {name}, {owner} FROM {table} WHERE org = ? AND {name} IN ({marks}) LIMIT {MOST * len(part)}"
        for value, account, contact in sorted(book.database.rows(sql, (book.org, *part)), key=str):
            other = ("account", account) if account else ("contact", contact)
            yield from ((mine, other) for mine in holders[value] if mine[0] == other[0])


def _record(table: str, row: Mapping[str, object]) -> Record:
    if table == "account":
        return table, str(row["id"])
    return ("account", str(row["account_id"])) if row["account_id"] else ("contact", str(row["contact_id"]))


def _is_live(book: Book, record: Record) -> bool:
    row = book.find(*record)
    return row is not None and not (row["deleted_at"] or row["merged_into"])


def _who_sees(book: Book, one: Record, other: Record) -> list[str]:
    """Return those who lead, and get both records."""
    homes = [book.places(*record)[:1] for record in (one, other)]
    if not all(homes):
        return []
    rows = book.database.rows(
        "SELECT a.usr FROM s_grant a JOIN s_grant b ON b.org = a.org AND b.usr = a.usr"
        " WHERE a.org = ? AND a.bucket = ? AND b.bucket = ? AND a.profile IN ('manager', 'admin') ORDER BY a.usr",
        (book.org, homes[0][0], homes[1][0]),
    )
    return [user for (user,) in rows]


def _post(book: Book, user: str, mine: Record, other: Record, word: str) -> None:
    """Ask somebody once about two records, whatever they answered."""
    pair = "+".join((user, *sorted((mine[1], other[1]))))
    pk = str(UUID(bytes=hashlib.sha256(pair.encode()).digest()[:16], version=5))
    if book.find("inbox_entry", pk) is not None:
        return
    row = {
        "id": pk,
        "user_id": user,
        "kind": "duplicate",
        "table_name": mine[0],
        "row_id": mine[1],
        "code": "duplicate",
        "sentence": f"The same {word} as a record of somebody else.",
        "theirs": json.dumps({"id": other[1]}),
        "status": "open",
        "happened_at": book.now,
    }
    book.insert("inbox_entry", row)
    book.place("inbox_entry", pk, user, {})
