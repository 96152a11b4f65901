"""Rows of the server in the laptop's tables, with what waits in the outbox on top, and links that have no end yet.

A row may name one that is not on this laptop: it comes in a later round, or it is somebody else's. Such a link is kept
aside (`sync_gap`) and put in place when its row arrives; a row that cannot be without it waits there whole.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from db import bulk_rows
from db.driver import sqlite
from db.store import LINK_TABLES, UnitOfWork
from sfa.domain.sharing.versions import Versions
from sfa.sync import outbox
from sfa.sync.protocol import CREATE, DELETE, Mutation
from sfa.sync.shapes import Shapes, known_part
from sfa.sync.upgrading import reworded

Key = tuple[str, str]


class Placing:
    """What one answer writes; `removed` counts rows that left.

    Args:
        work: the operation; the outbox holds just what was not judged yet.
        shapes: the laptop's tables.
        versions: of the schema, that this program knows: what waits may be in the words of an older one.
    """

    def __init__(self, work: UnitOfWork, shapes: Shapes, versions: Versions) -> None:
        self.removed = 0
        self._work, self._shapes, self._versions = work, shapes, versions
        self._is_anything_pending = bool(outbox.waiting(work.store))
        self._arrived: dict[str, set[str]] = {}
        self._left: dict[str, set[str]] = {}
        self._links: dict[tuple[str, str], set[str]] = {}

    # --- rows that come

    def put(self, table: str, columns: Sequence[str], values: Sequence[Sequence[Any]]) -> None:
        """Write rows, given by column, as the server has them."""
        ids = values[columns.index("id")]
        known, pending = self._known(table, ids), self._pending(ids)
        self._arrived.setdefault(table, set()).update(ids)
        if known or pending or len(ids) < bulk_rows.WORTH_IT:
            rows = [dict(zip(columns, row, strict=True)) for row in zip(*values, strict=True)]
            self._put_each(table, rows, known, pending)
        else:
            self._put_new(table, columns, values)
        for column, target in self._shapes[table].links.items():
            if column in columns:
                named = {str(one) for one in values[columns.index(column)] if one is not None}
                self._links.setdefault((table, column), set()).update(named - self._arrived.get(target, set()))

    def _put_new(self, table: str, columns: Sequence[str], values: Sequence[Sequence[Any]]) -> None:
        size = len(values[0])
        kept = [(name, column) for name, column in zip(columns, values, strict=True) if column.count(None) < size]
        stamps = [(name, [self._work.at] * size) for name in self._stamps(table)]
        names, filled = zip(*kept, *stamps, strict=True)
        bulk_rows.insert(self._work.connection, table, names, list(zip(*filled, strict=True)))

    def _put_each(
        self, table: str, rows: Sequence[dict[str, Any]], known: set[str], pending: Mapping[Key, list[Mutation]]
    ) -> None:
        """Write rows with what waits on top.

        No upsert: within one, SQLite lets no trigger say OR IGNORE, and the search queue's does.
        """
        for row in rows:
            waiting = pending.get((table, row["id"]), [])
            if waiting and waiting[-1].op == DELETE:
                continue
            for mutation in waiting:
                row.update({name: value for name, value in mutation.values.items() if name in row})
            self._put_one(table, row, is_known=row["id"] in known)

    def _put_one(self, table: str, row: Mapping[str, Any], *, is_known: bool) -> None:
        if is_known:
            values = {name: value for name, value in row.items() if name != "id"}
            pairs = ", ".join(f"{name} = ?" for name in values)
            self._work.execute(f"UPDATE {table} SET {pairs} WHERE id = ?", (*values.values(), row["id"]))
        else:
            self._work.insert(table, row)

    def show(self, keys: Iterable[Key]) -> None:
        """Let rows that are here show what waits for them."""
        for table, pk in keys or ():
            row = self._row(table, pk)
            if row is not None:
                part = known_part(row, self._shapes[table])
                self.put(table, list(part), [[value] for value in part.values()])

    def _stamps(self, table: str) -> tuple[str, ...]:
        return () if table in LINK_TABLES else ("created_at", "updated_at")

    def _known(self, table: str, ids: Iterable[str]) -> set[str]:
        sql = f"SELECT id FROM {table} WHERE id IN (SELECT value FROM json_each(?))"
        return {row[0] for row in self._work.execute(sql, (json.dumps(list(ids)),)).fetchall()}

    def _pending(self, ids: Iterable[str]) -> dict[Key, list[Mutation]]:
        if not self._is_anything_pending:
            return {}
        found = outbox.pending_of(self._work.store, ids)
        return {key: [self._in_our_words(mutation) for mutation in waiting] for key, waiting in found.items()}

    def _in_our_words(self, mutation: Mutation) -> Mutation:
        if mutation.v == self._versions.newest:
            return mutation
        return reworded(self._versions, mutation, self._row(mutation.table, mutation.row_id))

    def _row(self, table: str, pk: str) -> dict[str, Any] | None:
        cursor = self._work.execute(f"SELECT * FROM {table} WHERE id = ?", (pk,))
        row = cursor.fetchone()
        return dict(zip((column[0] for column in cursor.description), row, strict=True)) if row else None

    # --- rows that go

    def remove(self, key: Key) -> None:
        """Take a row away; one that only this laptop has yet stays while its creation waits."""
        if any(mutation.op == CREATE for mutation in self._pending([key[1]]).get(key, ())):
            return
        self.removed += max(self._work.execute(f"DELETE FROM {key[0]} WHERE id = ?", (key[1],)).rowcount, 0)
        self._work.execute("DELETE FROM sync_row WHERE row_id = ? AND table_name = ?", (key[1], key[0]))
        self._work.execute("DELETE FROM sync_gap WHERE row_id = ? AND table_name = ?", (key[1], key[0]))
        self._left.setdefault(key[0], set()).add(key[1])

    # --- links

    def finish(self) -> None:
        """Let every link name a row that is there, or wait aside."""
        while self._arrived or self._left or self._links:
            arrived, self._arrived = self._arrived, {}
            left, self._left = self._left, {}
            links, self._links = self._links, {}
            for target, ids in arrived.items():
                self._close_gaps(target, ids)
            for (table, column), named in links.items():
                missing = named - self._known(self._shapes[table].links[column], named) if named else named
                self._open_gaps(table, column, missing)
            for target, ids in left.items():
                gone = ids - self._known(target, ids)
                for table, shape in self._shapes.items():
                    for column in (name for name, above in shape.links.items() if above == target):
                        self._open_gaps(table, column, gone)

    def _close_gaps(self, target: str, ids: set[str]) -> None:
        """Put in place what waited for rows that have come."""
        sql = (
            "SELECT table_name, row_id, field, target_id, body FROM sync_gap"
            " WHERE target_id IN (SELECT value FROM json_each(?))"
        )
        for table, pk, column, named, body in self._work.execute(sql, (json.dumps(sorted(ids)),)).fetchall():
            if self._shapes[table].links.get(column) != target:
                continue
            key = "DELETE FROM sync_gap WHERE row_id = ? AND table_name = ? AND field = ?"
            self._work.execute(key, (pk, table, column))
            if body is not None:
                row = known_part(json.loads(body), self._shapes[table])
                self.put(table, list(row), [[value] for value in row.values()])
            elif not any(column in mutation.values for mutation in self._pending([pk]).get((table, pk), ())):
                self._work.execute(f"UPDATE {table} SET {column} = ? WHERE id = ?", (named, pk))

    def _open_gaps(self, table: str, column: str, missing: set[str]) -> None:
        """Empty the links to rows that are not here, or put aside those that cannot be without."""
        if not missing:
            return
        names = sorted(self._shapes[table].columns)
        sql = f"SELECT {', '.join(names)} FROM {table} WHERE {column} IN (SELECT value FROM json_each(?))"
        for values in self._work.execute(sql, (json.dumps(sorted(missing)),)).fetchall():
            row = dict(zip(names, values, strict=True))
            is_emptied = column not in self._shapes[table].required and self._is_emptied(table, column, row["id"])
            if not is_emptied:
                self._work.execute(f"DELETE FROM {table} WHERE id = ?", (row["id"],))
                self._left.setdefault(table, set()).add(row["id"])
            self._work.execute(
                "INSERT OR REPLACE INTO sync_gap (row_id, table_name, field, target_id, body) VALUES (?, ?, ?, ?, ?)",
                (row["id"], table, column, row[column], None if is_emptied else json.dumps(row)),
            )

    def _is_emptied(self, table: str, column: str, pk: str) -> bool:
        try:
            self._work.execute(f"UPDATE {table} SET {column} = NULL WHERE id = ?", (pk,))
        except sqlite.IntegrityError:
            return False
        return True
