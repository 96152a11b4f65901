"""What comes down is put in place: grants, verdicts, rows, removals, cursors, in one transaction (sync.md 9)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from db import bulk_rows
from db.driver import sqlite
from db.store import LINK_TABLES, Store, UnitOfWork
from sfa.sync import outbox
from sfa.sync.protocol import CREATE, DELETE, DUP, OK, Mutation, rows_of
from sfa.sync.state import State

Key = tuple[str, str]
CHUNK = 500


@dataclass(slots=True)
class Outcome:
    """What a round of sync did.

    Attributes:
        sent: mutations that were judged.
        refused: how many of them were not taken, or only in part.
        received: rows that came.
        removed: rows that left.
        is_more: there is more to come.
    """

    sent: int = 0
    refused: int = 0
    received: int = 0
    removed: int = 0
    is_more: bool = False
    notes: list[str] = field(default_factory=list)


def apply(store: Store, state: State, sent: Sequence[Mutation], answer: Mapping[str, Any]) -> Outcome:
    """Put an answer in place.

    Args:
        store: the laptop's.
        state: its memory of sync.
        sent: the mutations that the answer judges.
        answer: as the server sent it.
    """
    outcome = Outcome(is_more=bool(answer["more"]))
    if _is_empty(store, answer):
        return outcome
    with store.write(outbox.APPLIED, "Brought up to date by the server") as work:
        _Applying(work, state, sent, outcome).run(answer)
    return outcome


def _is_empty(store: Store, answer: Mapping[str, Any]) -> bool:
    """Tell whether there is nothing to do, without touching a table that a person writes."""
    if answer["verdicts"] or answer["changes"]:
        return False
    rows = store.rows("SELECT bucket, is_writable, profile FROM sync_cursor ORDER BY bucket")
    return [list(row) for row in rows] == sorted(answer["grants"])


class _Applying:
    def __init__(self, work: UnitOfWork, state: State, sent: Sequence[Mutation], outcome: Outcome) -> None:
        self._work, self._state, self._outcome = work, state, outcome
        self._sent = {mutation.n: mutation for mutation in sent}
        self._pending: dict[Key, list[Mutation]] = {}

    def run(self, answer: Mapping[str, Any]) -> None:
        work = self._work
        # What was written while the request was on its way is pending too.
        outbox.gather_within(work, self._state)
        work.execute("UPDATE journal_state SET is_replay = 1")
        work.execute("PRAGMA defer_foreign_keys = ON")
        truth = self._judge(answer["verdicts"])
        self._pending = outbox.pending_values(work.store)
        lost = self._grants(answer["grants"])
        for key, row in truth.items():
            self._settle(key, row)
        for change in answer["changes"]:
            self._bucket(change)
        self._sweep(lost)
        work.execute("UPDATE journal_state SET is_replay = 0")
        if self._outcome.removed:
            _drop_orphans(work)

    # --- verdicts

    def _judge(self, verdicts: Iterable[Sequence[Any]]) -> dict[Key, Mapping[str, Any] | None]:
        """Take judged mutations out of the outbox; return the true rows of those that were not taken as they were."""
        truth: dict[Key, Mapping[str, Any] | None] = {}
        for n, status, _code, row in verdicts:
            mutation = self._sent.get(n)
            if mutation is None:
                continue
            self._work.execute("DELETE FROM sync_out WHERE n = ?", (n,))
            self._outcome.sent += 1
            if status != OK:
                truth[mutation.table, mutation.row_id] = row
            if status not in (OK, DUP):
                self._outcome.refused += 1
        return truth

    def _settle(self, key: Key, row: Mapping[str, Any] | None) -> None:
        if row is None:
            # A row that only its writer has yet stays while its creation waits.
            if not any(mutation.op == CREATE for mutation in self._pending.get(key, ())):
                self._remove(key)
        else:
            self._put(key[0], [dict(row)])

    # --- grants

    def _grants(self, grants: Sequence[Sequence[Any]]) -> list[str]:
        """Write the grants down, and return the buckets that are no longer given."""
        work = self._work
        had = {row[0] for row in work.execute("SELECT bucket FROM sync_cursor").fetchall()}
        now = {bucket for bucket, _, _ in grants}
        for bucket, is_writable, profile in grants:
            work.execute(
                "INSERT INTO sync_cursor (bucket, epoch, version, is_writable, profile) VALUES (?, 0, 0, ?, ?)"
                " ON CONFLICT (bucket) DO UPDATE SET is_writable = excluded.is_writable, profile = excluded.profile",
                (bucket, is_writable, profile),
            )
        return sorted(had - now)

    def _sweep(self, lost: Sequence[str]) -> None:
        """Take away what was in buckets that are no longer given, cursor and all."""
        for bucket in lost:
            rows = self._work.execute("SELECT table_name, row_id FROM sync_row WHERE bucket = ?", (bucket,)).fetchall()
            self._leave(bucket, rows)
            self._work.execute("DELETE FROM sync_cursor WHERE bucket = ?", (bucket,))

    # --- rows

    def _bucket(self, change: Mapping[str, Any]) -> None:
        bucket, epoch = change["bucket"], change["epoch"]
        for table, data in change["rows"].items():
            rows = rows_of(data)
            self._put(table, rows)
            self._work.connection.executemany(
                "INSERT INTO sync_row (bucket, table_name, row_id, epoch) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (bucket, table_name, row_id) DO UPDATE SET epoch = excluded.epoch",
                [(bucket, table, row["id"], epoch) for row in rows],
            )
            self._outcome.received += len(rows)
        self._leave(bucket, [(table, pk) for table, pk, _ in change["gone"]])
        self._work.execute(
            "UPDATE sync_cursor SET epoch = ?, version = ? WHERE bucket = ?", (epoch, change["to"], bucket)
        )
        if change["reset"] and not self._outcome.is_more:
            stale = "SELECT table_name, row_id FROM sync_row WHERE bucket = ? AND epoch <> ?"
            self._leave(bucket, self._work.execute(stale, (bucket, epoch)).fetchall())

    def _put(self, table: str, rows: Sequence[dict[str, Any]]) -> None:
        """Write rows as the server has them, with what waits in the outbox on top.

        No upsert: within one, SQLite lets no trigger say OR IGNORE, and the search queue's does.
        """
        mine = [self._rebased(table, row) for row in rows]
        known = self._known(table, [str(row["id"]) for row in mine])
        columns = [name for name in mine[0] if name != "id"] if mine else []
        old = [row for row in mine if row["id"] in known]
        new = [row for row in mine if row["id"] not in known]
        stamps = {} if table in LINK_TABLES else {"created_at": self._work.at, "updated_at": self._work.at}
        if old:
            pairs = ", ".join(f"{name} = ?" for name in columns)
            self._work.connection.executemany(
                f"UPDATE {table} SET {pairs} WHERE id = ?", [(*map(row.get, columns), row["id"]) for row in old]
            )
        names = [*mine[0], *stamps] if mine else []
        values = [[*row.values(), *stamps.values()] for row in new]
        if len(values) >= bulk_rows.WORTH_IT:
            bulk_rows.insert(self._work.connection, table, names, values)
        else:
            self._work.insert_many(table, names, values)

    def _known(self, table: str, ids: Sequence[str]) -> set[str]:
        known: set[str] = set()
        for start in range(0, len(ids), CHUNK):
            part = ids[start : start + CHUNK]
            sql = f"SELECT id FROM {table} WHERE id IN ({', '.join('?' * len(part))})"
            known.update(row[0] for row in self._work.execute(sql, part).fetchall())
        return known

    def _rebased(self, table: str, row: dict[str, Any]) -> dict[str, Any]:
        for mutation in self._pending.get((table, str(row["id"])), ()):
            if mutation.op != DELETE:
                row = {**row, **{name: value for name, value in mutation.values.items() if name in row}}
        return row

    def _leave(self, bucket: str, keys: Iterable[Sequence[str]]) -> None:
        """Take rows out of a bucket; what is in no other one leaves the laptop."""
        for table, pk in keys:
            self._work.execute(
                "DELETE FROM sync_row WHERE bucket = ? AND table_name = ? AND row_id = ?", (bucket, table, pk)
            )
            sql = "SELECT 1 FROM sync_row WHERE table_name = ? AND row_id = ? LIMIT 1"
            if self._work.execute(sql, (table, pk)).fetchone() is None:
                self._remove((table, pk))

    def _remove(self, key: Key) -> None:
        deleted = self._work.execute(f"DELETE FROM {key[0]} WHERE id = ?", (key[1],)).rowcount
        self._outcome.removed += max(deleted, 0)
        self._work.execute("DELETE FROM sync_row WHERE table_name = ? AND row_id = ?", key)


def _drop_orphans(work: UnitOfWork) -> None:
    """Let a row leave whose parent left; a link that may be empty is emptied, unless the row then breaks its own rules.

    What was written to it and not sent yet stays in the outbox, and comes back as a draft.
    """
    while broken := work.execute("PRAGMA foreign_key_check").fetchall():
        for table, rowid, _, index in broken:
            sql = f"SELECT \"from\" FROM pragma_foreign_key_list('{table}') WHERE id = ?"
            column = work.execute(sql, (index,)).fetchone()[0]
            try:
                work.execute(f"UPDATE {table} SET {column} = NULL WHERE rowid = ?", (rowid,))
            except sqlite.IntegrityError:
                work.execute(f"DELETE FROM {table} WHERE rowid = ?", (rowid,))
