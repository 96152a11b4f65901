"""Undo and redo: a new operation that writes the inverse of an earlier one, or says why it cannot."""

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, NamedTuple

from db.store import Store, UnitOfWork
from sfa.errors import ConflictError, NotFoundError

UNDO_LIMIT_SHOWN = 5
OF_SYNC = "sync"
"""The verb of operations that put in place what a server sent; they are the server's to take back."""


class OperationRow(NamedTuple):
    """One line of the journal."""

    id: str
    at: str
    actor: str
    device: str
    verb: str
    summary: str
    undoes: str | None
    undone_by: str | None


class ChangeRow(NamedTuple):
    """One changed field (or whole row, where `field` is None)."""

    seq: int
    table: str
    row_id: str
    field: str | None
    old: Any
    new: Any


# In the order of writing, by rowid: a laptop's clock may be set back, and ids with it.
_PLACE = "(SELECT rowid FROM operation WHERE id = ?)"
_OPERATION = "id, at, actor, device, verb, summary, undoes, undone_by"


def operations(store: Store, *, limit: int = 50, before: str | None = None) -> list[OperationRow]:
    """Return the newest operations first, those before an id if one is given."""
    where, parameters = (f"WHERE rowid < {_PLACE}", [before]) if before else ("", [])
    sql = f"SELECT {_OPERATION} FROM operation {where} ORDER BY rowid DESC LIMIT ?"
    return [OperationRow(*row) for row in store.rows(sql, [*parameters, limit])]


def operation(store: Store, operation_id: str) -> OperationRow:
    """Return one operation by its id or a tail of it.

    Raises:
        NotFoundError: there is none.
        ConflictError: the tail fits several.
    """
    sql = f"SELECT {_OPERATION} FROM operation WHERE id = ? OR id LIKE '%' || ? ORDER BY rowid DESC LIMIT 2"
    rows = [OperationRow(*row) for row in store.rows(sql, (operation_id, operation_id))]
    if not rows:
        raise NotFoundError(f"No operation {operation_id}.", hint="List them with: sfa history")
    if len(rows) > 1:
        raise ConflictError(f"{operation_id} fits several operations.", candidates=[row.id for row in rows])
    return rows[0]


def last_to_undo(store: Store) -> OperationRow | None:
    """Return the newest operation that is neither undone nor an undo (a redo counts as what it redid)."""
    sql = (
        f"SELECT {_OPERATION} FROM operation WHERE undone_by IS NULL AND undoes IS NULL AND verb <> ?"
        " ORDER BY rowid DESC LIMIT 1"
    )
    row = store.row(sql, (OF_SYNC,))
    return OperationRow(*row) if row else None


def last_to_redo(store: Store) -> OperationRow | None:
    """Return the operation that the newest undo took back, unless something was written since."""
    row = store.row(
        f"SELECT {_OPERATION} FROM operation WHERE undone_by IS NULL AND undoes IS NOT NULL"
        " AND verb = 'undo' ORDER BY rowid DESC LIMIT 1"
    )
    if row is None:
        return None
    undo_row = OperationRow(*row)
    newer = store.value(
        f"SELECT 1 FROM operation WHERE rowid > {_PLACE} AND undoes IS NULL AND undone_by IS NULL AND verb <> ? LIMIT 1",
        (undo_row.id, OF_SYNC),
    )
    return None if newer else operation(store, str(undo_row.undoes))


def undo(store: Store, target: OperationRow, *, is_dry_run: bool = False) -> OperationRow:
    """Take an operation back and return it.

    Raises:
        ConflictError: it is undone already, or something later depends on it; nothing is changed then.
    """
    if target.undone_by:
        raise ConflictError(f"That is undone already: {target.summary}.", hint="Bring it back with: sfa redo")
    if target.verb == OF_SYNC:
        raise ConflictError("What the server sent is not undone here.", hint="Change the records; sync sends that.")
    with store.write("undo", f"Undid: {target.summary}", is_dry_run=is_dry_run) as work:
        _reverse(store, work, target)
        work.execute("UPDATE operation SET undoes = ? WHERE id = ?", (target.id, work.operation_id))
        work.execute("UPDATE operation SET undone_by = ? WHERE id = ?", (work.operation_id, target.id))
    return target


def redo(store: Store, target: OperationRow, *, is_dry_run: bool = False) -> OperationRow:
    """Bring an undone operation back and return it.

    Raises:
        ConflictError: it is not undone, or what it wrote no longer fits.
    """
    if not target.undone_by:
        raise ConflictError(f"That is not undone: {target.summary}.")
    undo_row = operation(store, target.undone_by)
    with store.write("redo", f"Redid: {target.summary}", is_dry_run=is_dry_run) as work:
        _reverse(store, work, undo_row)
        work.execute("UPDATE operation SET undoes = ? WHERE id = ?", (undo_row.id, work.operation_id))
        work.execute("UPDATE operation SET undone_by = ? WHERE id = ?", (work.operation_id, undo_row.id))
        work.execute("UPDATE operation SET undone_by = NULL WHERE id = ?", (target.id,))
    return target


def _reverse(store: Store, work: UnitOfWork, target: OperationRow) -> None:
    """Write the inverse of an operation's changes, newest first."""
    _refuse_where_touched_later(store, target)
    # Rules and histories stay silent: rows go back exactly as they were, parents and children in any order.
    work.execute("UPDATE journal_state SET is_replay = 1")
    work.execute("PRAGMA defer_foreign_keys = ON")
    for (table, kind), changes in groupby(_changes(store, target.id), key=_batch_key):
        _APPLY[kind](work, table, changes)
    work.execute("UPDATE journal_state SET is_replay = 0")


def _changes(store: Store, operation_id: str) -> Iterator[ChangeRow]:
    sql = "SELECT seq, table_name, row_id, field, old, new FROM change WHERE operation_id = ? ORDER BY seq DESC"
    # A list: the triggers append to the same table while we walk.
    return iter([ChangeRow(*row) for row in store.rows(sql, (operation_id,))])


def _batch_key(change: ChangeRow) -> tuple[str, str]:
    if change.field is not None:
        return change.table, "field"
    return change.table, "inserted" if change.old is None else "deleted"


def _columns(row: dict[str, Any]) -> tuple[str, ...]:
    return tuple(row)


def _delete_inserted(work: UnitOfWork, table: str, changes: Iterable[ChangeRow]) -> None:
    work.connection.executemany(f"DELETE FROM {table} WHERE id = ?", [(change.row_id,) for change in changes])


def _insert_deleted(work: UnitOfWork, table: str, changes: Iterable[ChangeRow]) -> None:
    for columns, group in groupby((json.loads(change.old) for change in changes), key=_columns):
        work.insert_many(table, columns, [tuple(row.values()) for row in group])


def _restore_fields(work: UnitOfWork, table: str, changes: Iterable[ChangeRow]) -> None:
    """Write the fields of a row together: some rules bind several of them."""
    rows = [_before(row_id, group) for row_id, group in groupby(changes, key=lambda change: change.row_id)]
    for fields, same in groupby(rows, key=_columns):
        pairs = ", ".join(f"{field} = :{field}" for field in fields if field != "id")
        work.connection.executemany(f"UPDATE {table} SET {pairs} WHERE id = :id", list(same))


def _before(row_id: str, changes: Iterable[ChangeRow]) -> dict[str, Any]:
    """Return what the fields of a row held; of several changes of a field the oldest counts."""
    return {**{str(change.field): change.old for change in changes}, "id": row_id}


_APPLY = {"inserted": _delete_inserted, "deleted": _insert_deleted, "field": _restore_fields}


def _refuse_where_touched_later(store: Store, target: OperationRow) -> None:
    """Refuse where a later operation, still in force, changed the same field or the same new row."""
    rows = store.rows(
        """
        SELECT DISTINCT later.operation_id FROM change AS mine
        JOIN change AS later ON later.table_name = mine.table_name AND later.row_id = mine.row_id
            AND later.seq > mine.seq AND later.operation_id <> mine.operation_id
            AND (mine.field IS NULL OR later.field IS NULL OR later.field = mine.field)
        WHERE mine.operation_id = ?
        """,
        (target.id,),
    )
    pending = [operation(store, row[0]) for row in rows]
    # An undo and what it undid cancel each other out, and so do a redo and its undo.
    standing = [row for row in pending if not row.undone_by and not _is_spent(store, row)]
    if any(row.verb == OF_SYNC for row in standing):
        raise ConflictError(
            "This cannot be undone: somebody else changed what it wrote, and the server sent that.",
            hint="Change the record as you want it now.",
        )
    if standing:
        raise ConflictError(
            f"This cannot be undone: what it wrote was changed later ({standing[-1].summary}).",
            hint=f"Undo that first: sfa undo {standing[-1].id[-8:]}",
            candidates=[f"{row.id[-8:]}  {row.summary}" for row in standing[:UNDO_LIMIT_SHOWN]],
        )


def _is_spent(store: Store, row: OperationRow) -> bool:
    """Tell whether an undo or redo stands in for an operation that is itself out of force or back as it was."""
    if row.undoes is None:
        return False
    undone = operation(store, row.undoes)
    return undone.undone_by == row.id


__all__ = [
    "ChangeRow",
    "OperationRow",
    "last_to_redo",
    "last_to_undo",
    "operation",
    "operations",
    "redo",
    "undo",
]
