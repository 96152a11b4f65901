"""After an upgrade of the program: what waits is kept in its old words, and what the laptop could not hold is asked for."""

import json
from dataclasses import replace

from db.store import Store
from sfa.domain.sharing.versions import Versions
from sfa.sync.protocol import CREATE, DELETE, PATCH, Mutation
from sfa.sync.state import State


def prepare(store: Store, state: State) -> None:
    """Let a laptop whose schema is newer than at its last sync ask for the tables and columns that came since."""
    before, versions = state.schema(), state.versions
    if before == versions.newest and state.get("schema"):
        return
    connection = store.connection
    connection.execute("BEGIN IMMEDIATE")
    try:
        if before < versions.newest:
            tables = versions.beyond(before) | set(state.renewing()["tables"])
            # Entries of the inbox tell of fields.
            tables |= {"inbox_entry"} if tables else set()
            cursors = state.cursors() if tables else {}
            state.renew(sorted(tables), {bucket: [0, at[1]] for bucket, at in cursors.items() if at[1]})
            _reword_gaps(store, versions, before)
        state.keep(schema=str(versions.newest))
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _reword_gaps(store: Store, versions: Versions, before: int) -> None:
    """Let rows and links that wait for others be in the new words too."""
    for table, pk, column, body in store.rows("SELECT table_name, row_id, field, body FROM sync_gap"):
        if versions.is_other(table, before):
            row = None if body is None else json.dumps(versions.up(table, json.loads(body), before, is_whole=True))
            store.connection.execute(
                "UPDATE sync_gap SET field = ?, body = ? WHERE table_name = ? AND row_id = ? AND field = ?",
                (versions.name_up(table, column, before), row, table, pk, column),
            )


def reworded(versions: Versions, mutation: Mutation, row: dict[str, object] | None) -> Mutation:
    """Return a mutation in the newest words.

    Args:
        versions: those that are known.
        mutation: in the words of its version `v`.
        row: the one that it is about, as it stands; None where there is none.
    """
    table, version = mutation.table, mutation.v or versions.newest
    if version == versions.newest or not versions.is_other(table, version):
        return replace(mutation, v=versions.newest) if mutation.v else mutation
    values, base = (
        versions.up(table, part, version, is_whole=mutation.op == whole, rest=row)
        for part, whole in ((mutation.values, CREATE), (mutation.base, DELETE))
    )
    if mutation.op == PATCH:
        # Of a value that was split, the parts that were not changed are nobody's wish.
        same = {column for column in values if column in base and values[column] == base[column]}
        values, base = ({name: part[name] for name in part if name not in same} for part in (values, base))
    return replace(mutation, values=values, base=base, v=versions.newest)
