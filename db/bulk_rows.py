"""Many new rows at once, without a journal entry for each: what a server sends to a new laptop is its own record.

The triggers of the table's inserts rest meanwhile, inside the transaction; what they do beside journaling is done here
for all rows together: short references, and the queue of the search index. Those that keep items for reports go on.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from db.driver import Connection
from db.triggers import REF_LENGTHS, SEARCHED, SEARCHED_THROUGH

WORTH_IT = 200
"""Fewer rows than this go the common way: changing the schema has its price."""


def insert(connection: Connection, table: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Insert new rows; call it inside a transaction in which rules rest (`is_replay`)."""
    has_ref = any(row[1] == "ref" for row in connection.execute(f"PRAGMA table_info({table})"))
    place = list(columns).index("id")
    names, values = list(columns), rows
    if has_ref:
        names = [*names, "ref"]
        refs = _refs(connection, table, [str(row[place]) for row in rows])
        values = [(*row, ref) for row, ref in zip(rows, refs, strict=True)]
    marks = ", ".join("?" * len(names))
    with _quiet(connection, table):
        connection.executemany(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", values)
    queued = _queued(table, columns, rows, place)
    connection.executemany("INSERT OR IGNORE INTO search_queue (table_name, row_id) VALUES (?, ?)", queued)


@contextmanager
def _quiet(connection: Connection, table: str) -> Iterator[None]:
    sql = (
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ? AND sql LIKE '% AFTER INSERT ON %'"
        " AND name NOT LIKE '%_item_insert'"
    )
    resting = connection.execute(sql, (table,)).fetchall()
    for name, _ in resting:
        connection.execute(f"DROP TRIGGER {name}")
    yield
    for _, text in resting:
        connection.execute(text)


def _refs(connection: Connection, table: str, ids: Sequence[str]) -> list[str]:
    """Return the shortest tail of each id that no record of the table has, the earlier one first."""
    tails = [row_id[-n:] for n in REF_LENGTHS for row_id in ids]
    sql = f"SELECT ref FROM {table} WHERE ref IN (SELECT value FROM json_each(?))"
    taken = {row[0] for row in connection.execute(sql, (json.dumps(tails),))}
    refs = []
    for row_id in ids:
        ref = next((row_id[-n:] for n in REF_LENGTHS if row_id[-n:] not in taken), row_id[-12:])
        taken.add(ref)
        refs.append(ref)
    return refs


def _queued(
    table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]], place: int
) -> Iterator[tuple[str, object]]:
    if table in SEARCHED:
        yield from ((table, row[place]) for row in rows)
    for target in SEARCHED_THROUGH.get(table, ()):
        if f"{target}_id" in columns:
            at = list(columns).index(f"{target}_id")
            yield from ((target, row[at]) for row in rows if row[at] is not None)
    if table == "external_id":
        name, row_id = (list(columns).index(one) for one in ("table_name", "row_id"))
        yield from ((row[name], row[row_id]) for row in rows if row[name] in SEARCHED)
