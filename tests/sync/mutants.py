"""Bugs on purpose, each a classic of programs that sync: a simulation that cannot find them proves nothing.

Some classics cannot be made here. Counters that are added twice where an answer does not say what it contains
(`no_lmid`): a mutation says what a field becomes, never by how much, and an answer's verdicts say what it contains. A
sweep by cursor: whoever gets a bucket gets its cursor with the grant. Grants put in place apart from verdicts: the next
answer has them again, so that all is well in the end; a lesson of its own looks at the one sync. An answer to an older
request (`stale_response`) is refused by its mark, but heals by itself too: its verdicts are about nothing that was sent
last, a cursor that it sets back brings the same rows again, and what it lets wait again comes to the same. Merging before locking:
there is one writer here; the tests on PostgreSQL let many write at once.
"""
# ruff: noqa: ANN401 - what is put in place of a function takes and returns what that does

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from sfa.server import book, founding, handle, judging, pull, push
from sfa.sync import apply, outbox, placing, session
from sfa.sync.protocol import DUP, OK, REJECT, Mutation, Verdict, decode, encode, mark_of
from tests.sync.mortal import MortalDatabase

Patch = pytest.MonkeyPatch


def _nothing(*_: object, **__: object) -> None:
    return None


def no_dedup(patch: Patch) -> None:
    whole = push.Pusher._judged

    def judged(self: Any, mutations: Any, *rest: Any) -> Any:
        sql = "UPDATE s_device SET last_n = ? WHERE device = ? AND last_n >= ?"
        self._database.execute(sql, (mutations[0].n - 1, self._device.id, mutations[0].n))
        return whole(self, mutations, *rest)

    patch.setattr(push.Pusher, "_judged", judged)


def ack_before_apply(patch: Patch) -> None:
    whole = outbox.next_batch

    def next_batch(store: Any) -> list[Mutation]:
        batch = whole(store)
        store.connection.executemany("DELETE FROM sync_out WHERE n = ?", [(one.n,) for one in batch])
        return batch

    patch.setattr(outbox, "next_batch", next_batch)


def drop_rejected(patch: Patch) -> None:
    patch.setattr(judging.Judge, "keep_draft", _nothing)


def no_purge_on_revoke(patch: Patch) -> None:
    patch.setattr(apply._Applying, "_sweep", _nothing)


def purge_lost(patch: Patch) -> None:
    whole = book.Book._feed

    def feed(self: Any, bucket: str, table: str, pk: str, op: str, why: str) -> None:
        if why != "moved":
            whole(self, bucket, table, pk, op, why)

    patch.setattr(book.Book, "_feed", feed)


def client_clock_lww(patch: Patch) -> None:
    patch.setattr(judging.Judge, "_clock", lambda _self, mutation: mutation.hlc)


def write_then_authorise(patch: Patch) -> None:
    whole = MortalDatabase.execute

    def execute(self: Any, sql: str, parameters: Any = ()) -> int:
        return 0 if sql.startswith("ROLLBACK TO") else whole(self, sql, parameters)

    patch.setattr(MortalDatabase, "execute", execute)
    judged = judging.Judge.take

    def take(self: Any, mutation: Mutation) -> Verdict:
        if mutation.op == "patch" and self._book.find(mutation.table, mutation.row_id):
            self._book.update(mutation.table, mutation.row_id, mutation.values)
        return judged(self, mutation)

    patch.setattr(judging.Judge, "take", take)


def mass_assign(patch: Patch) -> None:
    patch.setattr(judging, "may_write", _nothing)


def cursor_by_time(patch: Patch) -> None:
    def by_minute(self: Any, bucket: str) -> int:
        minute = int("".join(letter for letter in self.now[5:16] if letter.isdigit()))
        self.database.execute("UPDATE s_bucket SET head = ? WHERE org = ? AND bucket = ?", (minute, self.org, bucket))
        return minute

    patch.setattr(book.Book, "_next", by_minute)


def row_lww_lost_field(patch: Patch) -> None:
    whole = judging.Judge._patch

    def patched(self: Any, table: Any, mutation: Mutation) -> Verdict:
        current = self._book.find(table.name, mutation.row_id) or {}
        return whole(self, table, replace(mutation, base={column: current.get(column) for column in mutation.values}))

    patch.setattr(judging.Judge, "_patch", patched)


def fk_order(patch: Patch) -> None:
    patch.setattr(placing.Placing, "finish", _nothing)


def revoked_device_ok(patch: Patch) -> None:
    patch.setattr(founding, "revoke", _nothing)


def delete_resurrect(patch: Patch) -> None:
    whole = judging.Judge._patch

    def patched(self: Any, table: Any, mutation: Mutation) -> Verdict:
        if self._book.find(table.name, mutation.row_id) is None:
            self._book.insert(table.name, {**mutation.values, "id": mutation.row_id})
            self._touch(mutation, {"": self._clock(mutation)})
            return Verdict(mutation.n, OK)
        return whole(self, table, mutation)

    patch.setattr(judging.Judge, "_patch", patched)


def cursor_before_apply(patch: Patch) -> None:
    whole = apply.apply

    def applied(store: Any, state: Any, sent: Any, answer: Any, may_remove: Any) -> Any:
        for change in answer["changes"]:
            sql = "UPDATE sync_cursor SET epoch = ?, version = ? WHERE bucket = ?"
            store.connection.execute(sql, (change["epoch"], change["to"], change["bucket"]))
        return whole(store, state, sent, answer, may_remove)

    patch.setattr(session, "apply", applied)


def push_other_user(patch: Patch) -> None:
    for rule in ("_require_readable", "_require_writable", "_check_target"):
        patch.setattr(judging.Judge, rule, _nothing)


def seq_gap_skip(patch: Patch) -> None:
    whole = push.Pusher._judged

    def judged(self: Any, mutations: Any, *rest: Any) -> Any:
        sql = "UPDATE s_device SET last_n = ? WHERE device = ? AND last_n < ?"
        self._database.execute(sql, (mutations[0].n - 1, self._device.id, mutations[0].n - 1))
        return whole(self, mutations, *rest)

    patch.setattr(push.Pusher, "_judged", judged)
    # Without the gap, the number in the answer would tell the laptop the same.
    patch.setattr(outbox, "take_back", lambda *_: False)


def sent_unconfirmed(patch: Patch) -> None:
    whole = handle.Server.handle
    sent: dict[str, dict[str, list[int]]] = {}

    def handled(self: Any, org: str, device: str, body: bytes, now: Any) -> bytes:
        message = decode(body)
        message["cursors"] |= {
            bucket: cursor
            for bucket, cursor in sent.get(device, {}).items()
            if cursor > message["cursors"].get(bucket, [0, 0, 0])
        }
        answer = decode(whole(self, org, device, encode(message), now))
        for change in answer["changes"]:
            sent.setdefault(device, {})[change["bucket"]] = [change["epoch"], change["to"], change["floor"]]
        return encode({**answer, "re": mark_of(body)})

    patch.setattr(handle.Server, "handle", handled)


def no_scope_enter(patch: Patch) -> None:
    patch.setattr(book.Book, "_move_children", _nothing)


def own_rows_unknown(patch: Patch) -> None:
    whole = pull.pull

    def pulled(database: Any, org: str, standing: Any, *parts: Any) -> Any:
        return whole(database, org, replace(standing, last_n=0), *parts)

    def told(self: Any, shared: Any, verdict: Verdict, mutation: Mutation, *, is_seen: bool) -> Verdict:
        del is_seen
        return verdict if verdict.status == OK else replace(verdict, row=self._visible(shared, mutation))

    patch.setattr(handle, "pull", pulled)
    patch.setattr(push.Pusher, "_told", told)


def _untold(patch: Patch, *statuses: str) -> None:
    whole = push.Pusher._told

    def told(self: Any, shared: Any, verdict: Verdict, mutation: Mutation, *, is_seen: bool) -> Verdict:
        answer = whole(self, shared, verdict, mutation, is_seen=is_seen)
        return replace(answer, row=None) if verdict.status in statuses else answer

    patch.setattr(push.Pusher, "_told", told)


def reject_without_row(patch: Patch) -> None:
    _untold(patch, REJECT)


def dup_without_row(patch: Patch) -> None:
    _untold(patch, DUP)


def trim_by_last_n(patch: Patch) -> None:
    whole = outbox.take_back

    def take_back(store: Any, last_n: int) -> list[tuple[str, str]]:
        store.connection.execute("DELETE FROM sync_out WHERE n <= ?", (last_n,))
        return whole(store, last_n)

    patch.setattr(outbox, "take_back", take_back)


MUTANTS: dict[str, Callable[[Patch], None]] = {
    one.__name__: one
    for one in (
        no_dedup, ack_before_apply, drop_rejected, no_purge_on_revoke, purge_lost, client_clock_lww, write_then_authorise,
        mass_assign, cursor_by_time, row_lww_lost_field, fk_order, revoked_device_ok, delete_resurrect, cursor_before_apply,
        push_other_user, seq_gap_skip, sent_unconfirmed, no_scope_enter, own_rows_unknown,
        reject_without_row, dup_without_row, trim_by_last_n,
    )
}  # fmt: skip
