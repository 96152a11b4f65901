"""What the journal tells of one record, its phones, tags and other rows of its own included."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from db.store import Store

LINKS: dict[str, tuple[str, ...]] = {
    "phone": ("account", "contact"),
    "email": ("account", "contact"),
    "address": ("account", "contact"),
    "contact_role": ("contact",),
    "opportunity_contact": ("opportunity",),
    "opportunity_line": ("opportunity",),
    "activity_contact": ("activity",),
    "event_attendee": ("event",),
    "event_reminder": ("event",),
    "consent_event": ("contact",),
    "quote_version": ("quote",),
    "contact_relation": ("contact",),
    "account_relation": ("account",),
}
ANYWHERE = ("record_tag", "external_id")
_COLUMNS = (
    "change.seq, change.table_name, change.row_id, change.field, change.old, change.new,"
    " operation.id, operation.at, operation.actor, operation.verb, operation.summary"
)


class JournalLine(NamedTuple):
    """One change with its operation; `old` and `new` are the whole row as JSON where `field` is None."""

    seq: int
    table: str
    row_id: str
    field: str | None
    old: Any
    new: Any
    operation_id: str
    at: str
    actor: str
    verb: str
    summary: str


def of_record(store: Store, table: str, row_id: str) -> list[JournalLine]:
    """Return all changes of a record and of the rows that hang on it, newest first."""
    lines = _of_row(store, table, row_id)
    for link, row in _link_rows(store, table, row_id):
        lines += _of_row(store, link, row)
    return sorted(lines, reverse=True)


def of_operation(store: Store, operation_id: str) -> list[JournalLine]:
    """Return the changes of one operation, in their order."""
    sql = (
        f"SELECT {_COLUMNS} FROM change JOIN operation ON operation.id = operation_id"
        " WHERE operation_id = ? ORDER BY change.seq"
    )
    return [JournalLine(*row) for row in store.rows(sql, (operation_id,))]


def name_of(store: Store, table: str, row_id: str) -> str | None:
    """Return what people call a record: its name, its subject or its body; None where it is gone for good."""
    column = {"activity": "subject", "task": "subject", "event": "subject", "note": "body"}.get(table, "name")
    found = store.value(f"SELECT {column} FROM {table} WHERE id = ?", (row_id,))
    return None if found is None else str(found)


def column_of(store: Store, table: str, row_id: str, column: str) -> Any:  # noqa: ANN401 - whatever the column holds
    """Return one column of a row, None where the row is gone."""
    return store.value(f"SELECT {column} FROM {table} WHERE id = ?", (row_id,))


def _of_row(store: Store, table: str, row_id: str) -> list[JournalLine]:
    sql = (
        f"SELECT {_COLUMNS} FROM change JOIN operation ON operation.id = operation_id"
        " WHERE change.table_name = ? AND change.row_id = ?"
    )
    return [JournalLine(*row) for row in store.rows(sql, (table, row_id))]


def _link_rows(store: Store, table: str, row_id: str) -> list[tuple[str, str]]:
    """Return table and id of every link row that hangs, or once hung, on a record."""
    found: list[tuple[str, str]] = []
    for link, owners in LINKS.items():
        if table in owners:
            found += _present_and_removed(store, link, ((f"{table}_id", row_id),))
    for link in ANYWHERE:
        found += _present_and_removed(store, link, (("table_name", table), ("row_id", row_id)))
    return found


def _present_and_removed(store: Store, link: str, keys: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    values = [value for _, value in keys]
    present = " AND ".join(f"{column} = ?" for column, _ in keys)
    removed = " AND ".join(f"old ->> '{column}' = ?" for column, _ in keys)
    sql = (
        f"SELECT id FROM {link} WHERE {present} UNION SELECT row_id FROM change"
        f" WHERE table_name = '{link}' AND field IS NULL AND new IS NULL AND {removed}"
    )
    return [(link, row[0]) for row in store.rows(sql, [*values, *values])]
