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
from sfa.sync.protocol import CREATE, DELETE, PATCH, Mutation
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
        self._has_gaps = bool(work.store.value("SELECT 1 FROM sync_gap LIMIT 1"))
        self._is_anything_pending = bool(outbox.waiting(work.store))
        self._arrived: dict[str, set[str]] = {}
        self._left: dict[str, set[str]] = {}
        self._links: dict[tuple[str, str], set[str]] = {}
        self._late: list[tuple[str, dict[str, Any]]] = []

    # --- rows that come

    def put(self, table: str, columns: Sequence[str], values: Sequence[Sequence[Any]]) -> None:
        """Write rows, given by column, as the server has them."""
        ids = values[columns.index("id")]
        known, pending = self._known(table, ids), self._pending(ids)
        self._arrived.setdefault(table, set()).update(ids)
        self._forget_gaps(table, columns, ids)
        if known or pending or len(ids) < bulk_rows.WORTH_IT or not self._fit_together(table, columns, values):
            rows = [dict(zip(columns, row, strict=True)) for row in zip(*values, strict=True)]
            self._put_each(table, rows, known, pending)
        for column, target in self._shapes[table].links.items():
            if column in columns:
                named = {str(one) for one in values[columns.index(column)] if one is not None}
                self._links.setdefault((table, column), set()).update(named - self._arrived.get(target, set()))

    def _fit_together(self, table: str, columns: Sequence[str], values: Sequence[Sequence[Any]]) -> bool:
        """Write new rows at once, unless one of them breaks a rule between rows: then none is written."""
        self._work.execute("SAVEPOINT bulk")
        try:
            self._put_new(table, columns, values)
        except sqlite.IntegrityError:
            self._work.execute("ROLLBACK TO SAVEPOINT bulk")
            return False
        finally:
            self._work.execute("RELEASE SAVEPOINT bulk")
        return True

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
                self._arrived[table].discard(row["id"])
                continue
            mine = {name: value for mutation in waiting for name, value in mutation.values.items() if name in row}
            for name in set(mine) & set(self._shapes[table].links):
                self._links.setdefault((table, name), set()).update({mine[name]} - {None})
            whole = row | mine
            if not self._fits(table, whole, is_known=row["id"] in known):
                self._late.append((table, row))

    def _fits(self, table: str, row: Mapping[str, Any], *, is_known: bool) -> bool:
        """Write a row, unless it breaks a rule between rows."""
        try:
            self._put_one(table, row, is_known=is_known)
        except sqlite.IntegrityError:
            return False
        return True

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

    # --- rows that are late

    def _put_late(self) -> None:
        """Write what did not fit when it came: by now the rows that were in its way have come or gone.

        Raises:
            sqlite.IntegrityError: it does not fit beside what the server has itself.
        """
        while self._late:
            late, self._late = self._late, []
            for table, row in late:
                ids = [row["id"]]
                self._put_each(table, [row], self._known(table, ids), self._pending(ids))
            if len(self._late) == len(late):
                self._make_room()

    def _make_room(self) -> None:
        """Let what waits for its verdict step aside for the server's rows; what does not fit any more waits unseen."""
        late, self._late = self._late, []
        aside = [one for table in dict.fromkeys(table for table, _ in late) for one in self._step_aside(table)]
        for table, row in late:
            self._put_one(table, row, is_known=bool(self._known(table, [row["id"]])))
        for mutation, row in aside:
            is_new = mutation.op == CREATE
            part = row if is_new else {"id": mutation.row_id, **mutation.values}
            if self._fits(mutation.table, part, is_known=not is_new):
                continue
            if is_new:
                self._left.setdefault(mutation.table, set()).add(mutation.row_id)
                continue
            for column in set(self._shapes[mutation.table].links) & set(mutation.values):
                self._keep_gap(mutation.table, mutation.row_id, column, mutation.values[column])

    def _step_aside(self, table: str) -> list[tuple[Mutation, dict[str, Any]]]:
        """Put a table back to before what waits, and return that: each mutation, with the row that it made."""
        aside: list[tuple[Mutation, dict[str, Any]]] = []
        for mutation in map(self._in_our_words, reversed(outbox.pending_in(self._work.store, table))):
            key = {"id": mutation.row_id}
            if mutation.op == PATCH and self._fits(table, {**mutation.base, **key}, is_known=True):
                aside.append((mutation, {}))
            elif mutation.op == CREATE:
                made = self._row(table, mutation.row_id)
                aside += [(mutation, made)] if made else []
                self._work.execute(f"DELETE FROM {table} WHERE id = ?", (mutation.row_id,))
        return aside[::-1]

    # --- rows that go

    def remove(self, key: Key) -> None:
        """Take a row away; one that only this laptop has yet stays while its creation waits."""
        if any(mutation.op == CREATE for mutation in self._pending([key[1]]).get(key, ())):
            return
        self._late = [late for late in self._late if (late[0], late[1]["id"]) != key]
        self.removed += max(self._work.execute(f"DELETE FROM {key[0]} WHERE id = ?", (key[1],)).rowcount, 0)
        self._work.execute("DELETE FROM sync_row WHERE row_id = ? AND table_name = ?", (key[1], key[0]))
        self._work.execute("DELETE FROM sync_gap WHERE row_id = ? AND table_name = ?", (key[1], key[0]))
        self._left.setdefault(key[0], set()).add(key[1])

    # --- links

    def finish(self) -> None:
        """Let every row fit beside the others, and every link name a row that is there, or wait aside."""
        while self._arrived or self._late or self._left or self._links:
            self._put_late()
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
            self._keep_gap(table, row["id"], column, row[column], None if is_emptied else json.dumps(row))

    def _keep_gap(self, table: str, pk: str, column: str, target: str, body: str | None = None) -> None:
        self._work.execute(
            "INSERT OR REPLACE INTO sync_gap (row_id, table_name, field, target_id, body) VALUES (?, ?, ?, ?, ?)",
            (pk, table, column, target, body),
        )

    def _forget_gaps(self, table: str, columns: Sequence[str], ids: Sequence[str]) -> None:
        """Let links that came anew wait no more for what they named before."""
        if not self._has_gaps:
            return
        fields = json.dumps([name for name in self._shapes[table].links if name in columns])
        self._work.execute(
            "DELETE FROM sync_gap WHERE table_name = ? AND row_id IN (SELECT value FROM json_each(?))"
            " AND field IN (SELECT value FROM json_each(?))",
            (table, json.dumps(list(ids)), fields),
        )

    def _is_emptied(self, table: str, column: str, pk: str) -> bool:
        try:
            self._work.execute(f"UPDATE {table} SET {column} = NULL WHERE id = ?", (pk,))
        except sqlite.IntegrityError:
            return False
        return True
