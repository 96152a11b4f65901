"""What goes up: the operations of the journal that the server has not judged, as numbered mutations.

The outbox is made from the journal right before a sync and kept, so that a repeated request is the same to the byte.
"""

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, NamedTuple

from db.journal import OF_SYNC
from db.store import Store, UnitOfWork
from sfa.domain.sharing.documents import birth
from sfa.sync.protocol import CREATE, DELETE, MOST_BYTES, MOST_MUTATIONS, PATCH, Mutation
from sfa.sync.state import State

LARGEST_GROUP = 200
APPLIED = OF_SYNC
"""The verb of operations that put in place what came down: they never go up again."""


_UNHEARD = """o.rowid > ?1 AND o.verb <> ?2 AND o.undone_by IS NULL AND NOT EXISTS
 (SELECT 1 FROM operation t WHERE t.id = o.undoes AND t.rowid > ?1 AND t.undone_by = o.id)"""
"""Operations past one that the server is to hear of: what was undone in between, it never was told."""


class _Change(NamedTuple):
    rowid: int
    operation: str
    hlc: str
    verb: str
    table: str
    row_id: str
    field: str | None
    old: Any
    new: Any


def gather(store: Store, state: State) -> None:
    """Turn what was written since the last time into numbered mutations, in one transaction of its own."""
    if _newest(store) <= state.gathered():
        return  # as most syncs find it: nobody waits for a lock then
    connection = store.connection
    connection.execute("BEGIN IMMEDIATE")
    try:
        _gather(store, state)
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def gather_within(work: UnitOfWork, state: State) -> None:
    """Do the same inside an operation that is open: what it wrote itself is left out, being no operation yet."""
    _gather(work.store, state)


def _gather(store: Store, state: State) -> None:
    number, done = state.next_number(), state.gathered()
    newest = _newest(store)
    rows = []
    for _, changes in groupby(_changes(store, done), key=lambda change: change.operation):
        of_one = list(changes)
        for mutation, operation in _mutations(of_one, number, state.version_of(of_one[0].rowid)):
            rows.append((mutation.n, operation, mutation.table, mutation.row_id, json.dumps(mutation.as_json())))
            number = mutation.n + 1
    if newest <= done and not rows:
        return
    store.connection.executemany(
        "INSERT INTO sync_out (n, operation_id, table_name, row_id, body) VALUES (?, ?, ?, ?, ?)", rows
    )
    state.keep(next_n=str(number), gathered=str(max(newest, done)))


def _newest(store: Store) -> int:
    """Return the newest operation; those of sync don't count: one that changed nothing goes, and its rowid is given again."""
    sql = "SELECT rowid FROM operation WHERE verb <> ? ORDER BY rowid DESC LIMIT 1"
    return int(store.value(sql, (APPLIED,)) or 0)


def _changes(store: Store, after: int) -> Iterator[_Change]:
    sql = (
        "SELECT o.rowid, o.id, o.hlc, o.verb, c.table_name, c.row_id, c.field, c.old, c.new FROM operation o"
        f" JOIN change c ON c.operation_id = o.id WHERE {_UNHEARD} ORDER BY o.rowid, c.seq"
    )
    return (_Change(*row) for row in store.connection.execute(sql, (after, APPLIED)).fetchall())


def _mutations(changes: list[_Change], first: int, version: int) -> Iterator[tuple[Mutation, str]]:
    """Return the mutations of one operation: one per row, in the order in which the rows were first touched."""
    first_change = changes[0]
    steps = in_order((op, *key, values, base) for key, (op, values, base) in _fold(changes).items())
    # That a question was answered stands, whatever becomes of the answer.
    bound = sum(step[1] != "inbox_entry" for step in steps)
    whole = first_change.operation if 1 < bound <= LARGEST_GROUP else ""
    for place, step in enumerate(steps):
        group = whole if step[1] != "inbox_entry" else ""
        mutation = Mutation(first + place, *step, first_change.hlc, group, first_change.verb, version)
        yield mutation, first_change.operation


_Step = tuple[str, str, str, dict[str, Any], dict[str, Any]]


def in_order(steps: Iterable[_Step]) -> list[_Step]:
    """Return changes (operation, table, id, values, base) so that a quote is whole before it is sent, and then decided.

    An order says what it comes to when its lines are there.
    """
    found: list[_Step] = []
    for op, table, pk, values, base in steps:
        made, closing = birth(table, values) if op == CREATE else (values, ())
        found.append((op, table, pk, made, base))
        found += [(PATCH, table, pk, set_to, was) for set_to, was in closing]
    return sorted(found, key=_rank)


def _rank(step: _Step) -> int:
    op, table, _, values, _ = step
    if table == "sales_order" and op == PATCH:
        return 1
    if table == "quote_version" and op == PATCH:
        return 1 if values.get("state") == "sent" else 3
    return 2 if table == "acceptance" and op == CREATE else 0


_Folded = tuple[str, dict[str, Any], dict[str, Any]]


def _fold(changes: Iterable[_Change]) -> dict[tuple[str, str], _Folded]:
    """Fold several changes of a row into one; what came and went within the operation is none."""
    folded: dict[tuple[str, str], _Folded] = {}
    for change in changes:
        key = change.table, change.row_id
        before = folded.get(key)
        if change.field is not None:
            folded[key] = _with_field(before, change)
        elif change.old is None:
            values = _values(change.new)
            folded[key] = (CREATE, values, {}) if before is None else _reborn(before, values)
        elif before is not None and before[0] == CREATE:
            del folded[key]
        else:
            folded[key] = (DELETE, {}, {**_values(change.old), **(before[2] if before else {})})
    return {key: one for key, one in folded.items() if one[0] != PATCH or one[1]}


def _with_field(before: _Folded | None, change: _Change) -> _Folded:
    field = str(change.field)
    if before is None:
        return PATCH, {field: change.new}, {field: change.old}
    op, values, base = before
    if op == CREATE:
        return CREATE, {**values, field: change.new}, base
    base = {**base, field: base.get(field, change.old)}
    values = {**values, field: change.new}
    if values[field] == base[field]:
        del values[field], base[field]
    return op, values, base


def _reborn(before: _Folded, values: dict[str, Any]) -> _Folded:
    """A row that was deleted and put back within one operation is patched."""
    base = before[2]
    changed = {name: values.get(name) for name in {*values, *base} if values.get(name) != base.get(name)}
    return PATCH, changed, {name: base.get(name) for name in changed}


def _values(text: str) -> dict[str, Any]:
    row = json.loads(text)
    return {name: value for name, value in row.items() if name not in LOCAL and name != "id"}


LOCAL = frozenset({"ref", "created_at", "updated_at"})
"""Columns that are the laptop's own."""


def waiting(store: Store) -> int:
    """Return how many mutations wait; those that are not gathered yet are not counted."""
    return int(store.value("SELECT count(*) FROM sync_out"))


def not_gathered(store: Store, state: State) -> int:
    """Return how many changed rows are in the journal that the outbox doesn't hold yet."""
    sql = (
        "SELECT count(*) FROM (SELECT DISTINCT o.id, c.table_name, c.row_id FROM operation o"
        f" JOIN change c ON c.operation_id = o.id WHERE {_UNHEARD})"
    )
    return int(store.value(sql, (state.gathered(), APPLIED)))


def next_batch(store: Store, after: int = 0) -> list[Mutation]:
    """Return the oldest mutations that fit into one request, of those past a number; a group is never cut."""
    rows = store.rows("SELECT body FROM sync_out WHERE n > ? ORDER BY n LIMIT ?", (after, MOST_MUTATIONS + 1))
    batch: list[Mutation] = []
    size = 0
    for (body,) in rows:
        size += len(body)
        if batch and (len(batch) == MOST_MUTATIONS or size > MOST_BYTES):
            return _whole_groups(batch, Mutation.from_json(json.loads(body)))
        batch.append(Mutation.from_json(json.loads(body)))
    return batch


def _whole_groups(batch: list[Mutation], following: Mutation) -> list[Mutation]:
    group = following.group
    if not group or batch[-1].group != group:
        return batch
    whole = [mutation for mutation in batch if mutation.group != group]
    return whole or batch


def pending_of(store: Store, row_ids: Iterable[str]) -> dict[tuple[str, str], list[Mutation]]:
    """Return the waiting mutations of rows, by table and id, oldest first."""
    found: dict[tuple[str, str], list[Mutation]] = {}
    sql = "SELECT body FROM sync_out WHERE row_id IN (SELECT value FROM json_each(?)) ORDER BY n"
    for (body,) in store.rows(sql, (json.dumps(list(row_ids)),)):
        mutation = Mutation.from_json(json.loads(body))
        found.setdefault((mutation.table, mutation.row_id), []).append(mutation)
    return found


def numbered(store: Store, numbers: Iterable[int]) -> list[Mutation]:
    """Return those of some mutations that still wait."""
    sql = "SELECT body FROM sync_out WHERE n IN (SELECT value FROM json_each(?)) ORDER BY n"
    return [Mutation.from_json(json.loads(body)) for (body,) in store.rows(sql, (json.dumps(list(numbers)),))]


def pending_in(store: Store, table: str) -> list[Mutation]:
    """Return the waiting mutations of a table, oldest first."""
    rows = store.rows("SELECT body FROM sync_out WHERE table_name = ? ORDER BY n", (table,))
    return [Mutation.from_json(json.loads(body)) for (body,) in rows]


def acknowledge(work: UnitOfWork, numbers: Iterable[int]) -> None:
    """Put judged mutations aside: a server that was put back from a backup asks for them again."""
    marks = [(number,) for number in numbers]
    work.connection.executemany(
        "INSERT OR REPLACE INTO sync_done (n, judged_at, operation_id, table_name, row_id, body)"
        f" SELECT n, '{work.at}', operation_id, table_name, row_id, body FROM sync_out WHERE n = ?",
        marks,
    )
    work.connection.executemany("DELETE FROM sync_out WHERE n = ?", marks)


def take_back(store: Store, last_n: int) -> list[tuple[str, str]]:
    """Let what the server judged once and knows no more (it was put back from a backup) wait again.

    Returns:
        Table and id of the rows that it is about; whoever calls lets them show it again, in the same transaction.
    """
    columns = "n, operation_id, table_name, row_id, body"
    keys = store.rows("SELECT DISTINCT table_name, row_id FROM sync_done WHERE n > ?", (last_n,))
    if keys:
        sql = f"INSERT INTO sync_out ({columns}) SELECT {columns} FROM sync_done WHERE n > ?"
        store.connection.execute(sql, (last_n,))
        store.connection.execute("DELETE FROM sync_done WHERE n > ?", (last_n,))
    return keys
