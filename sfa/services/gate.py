"""Where a laptop belongs to a server: what the server would not take of its person is refused at once, with a sentence."""

import json
from typing import Any

from db.journal import OF_SYNC
from db.queries.records import record
from db.store import Store
from sfa.domain.sharing import documents
from sfa.domain.sharing.access import may_write
from sfa.errors import NotAllowedError


def keep(store: Store, operation_id: str, verb: str) -> None:
    """Hold an operation to what the person's role may write; a laptop of its own, and what came down, are free.

    Raises:
        NotAllowedError: the server would refuse it.
    """
    user = store.setting("sync_user")
    if user is None or verb == OF_SYNC:
        return
    if verb in ("undo", "redo"):
        if _is_unheard(store, operation_id):
            return
        _keep_documents(store, operation_id)
    role = str(store.value("SELECT role FROM app_user WHERE id = ?", (user,)) or "rep")
    rows = store.rows(
        "SELECT DISTINCT table_name, field, CASE WHEN field IS NULL AND old IS NULL THEN new END FROM change"
        " WHERE operation_id = ?",
        (operation_id,),
    )
    for table, field, made in rows:
        row = json.loads(made) if made else None
        sentence = may_write(role, table, tuple(row or [field or "id"]), user=user, row=row)
        if sentence:
            raise NotAllowedError(sentence, hint="It is not yours to write in this company; nothing was changed.")


def _is_unheard(store: Store, operation_id: str) -> bool:
    """Tell whether what is taken back never went to the server: then neither goes."""
    sql = "SELECT 1 FROM operation o JOIN operation t ON t.id = o.undoes WHERE o.id = ? AND t.rowid > ?"
    return bool(store.value(sql, (operation_id, int(store.setting("sync_gathered") or 0))))


def _keep_documents(store: Store, operation_id: str) -> None:
    """Hold an undo of what the server knows to what may happen to documents there.

    Raises:
        NotAllowedError: the document went out, or what happened was counted.
    """
    sql = "SELECT table_name, row_id, field, old, new FROM change WHERE operation_id = ? ORDER BY seq"
    was: dict[_Key, dict[str, Any]] = {}
    now: dict[_Key, dict[str, Any]] = {}
    whole: dict[_Key, dict[str, Any]] = {}
    for table, pk, field, old, new in store.rows(sql, (operation_id,)):
        if field is None:
            whole[table, pk] = json.loads(old or "{}")
        else:
            was.setdefault((table, pk), {}).setdefault(field, old)
            now.setdefault((table, pk), {})[field] = new

    def find(table: str, pk: str) -> dict[str, Any] | None:
        """Return a row as it was before the undo."""
        row = whole.get((table, pk)) or record(store, table, pk)
        return row and {**row, **was.get((table, pk), {})}

    for key in {**was, **whole}:
        table, row = key[0], find(*key) or {}
        if key not in whole:
            sentence = documents.fault_of_change(table, row, now[key], was[key], find)
        elif whole[key]:
            sentence = documents.fault_of_deletion(table, row, find)
        else:
            sentence = documents.fault_of_creation(table, row, find)
        if sentence:
            raise NotAllowedError(sentence, hint="The server has it already; nothing was changed.")


_Key = tuple[str, str]
