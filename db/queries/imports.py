"""What an import asks of the book: ids of other systems, records and what hangs on them, saved profiles."""

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from db.queries.records import Row, rows
from db.store import Store, UnitOfWork

MADE_UP = "row:"
"""How the ids begin that an import gives to rows that have none of their own."""


class KnownId(NamedTuple):
    """What another system calls a record; `ref` is None where the record is gone for good."""

    value: str
    row_id: str
    source: str
    ref: str | None
    is_removed: bool


def costs_of_products(store: Store) -> dict[str, tuple[int, str | None]]:
    """Return what a product costs, in millionths, and its currency, of those whose cost is known."""
    rows = store.rows("SELECT id, cost_dec6, currency FROM product WHERE cost_dec6 IS NOT NULL")
    return {row[0]: (row[1], row[2]) for row in rows}


def known_ids(store: Store, table: str) -> list[KnownId]:
    """Return all ids that other systems have for the records of a table."""
    sql = (
        f"SELECT x.value, x.row_id, x.source, t.ref, t.deleted_at IS NOT NULL FROM external_id x"
        f" LEFT JOIN {table} t ON t.id = x.row_id WHERE x.table_name = ?"
    )
    return [
        KnownId(value, row_id, source, ref, bool(gone))
        for value, row_id, source, ref, gone in store.rows(sql, (table,))
    ]


def own_id(store: Store, table: str, row_id: str) -> KnownId | None:
    """Return the record of an id of this book's own, in the trash or not."""
    row = store.row(f"SELECT id, id, '', ref, deleted_at IS NOT NULL FROM {table} WHERE id = ?", (row_id,))
    return KnownId(row[0], row[1], row[2], row[3], bool(row[4])) if row else None


def present(store: Store, table: str, ids: Sequence[str]) -> dict[str, Row]:
    """Return records by id, with all columns."""
    found = rows(store, f"SELECT * FROM {table} WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(list(ids)),))
    return {row["id"]: row for row in found}


def links(store: Store, table: str, column: str, ids: Sequence[str]) -> dict[str, list[Row]]:
    """Return the rows of a link table by the record they hang on, the oldest first."""
    sql = f"SELECT * FROM {table} WHERE {column} IN (SELECT value FROM json_each(?)) ORDER BY rowid"
    found: dict[str, list[Row]] = {}
    for row in rows(store, sql, (json.dumps(list(ids)),)):
        found.setdefault(row[column], []).append(row)
    return found


def columns(store: Store, table: str) -> list[str]:
    """Return the columns of a table that an import may fill."""
    sql = "SELECT name FROM pragma_table_info(?) WHERE name NOT IN ('ref', 'deleted_at', 'merged_into')"
    return [str(row[0]) for row in store.rows(sql, (table,))]


def people(store: Store) -> list[Any]:
    """Return id, name, folded e-mail and account of all contacts, one row for each e-mail."""
    return store.rows(
        "SELECT c.id, c.name, e.folded, (SELECT k.account_id FROM contact_role k WHERE k.contact_id = c.id"
        " AND k.valid_to IS NULL ORDER BY k.is_primary DESC, k.rowid LIMIT 1)"
        " FROM contact c LEFT JOIN email e ON e.contact_id = c.id WHERE c.deleted_at IS NULL"
    )


def user_emails(store: Store) -> list[tuple[str, str]]:
    """Return e-mail and id of the users."""
    return [
        (row[0], row[1]) for row in store.rows("SELECT email, id FROM app_user WHERE email > '' AND deleted_at IS NULL")
    ]


def codes(store: Store, table: str) -> list[tuple[str, str]]:
    """Return code and id of the records of a table that has codes: products, taxes."""
    sql = f"SELECT code, id FROM {table} WHERE code > '' AND deleted_at IS NULL"
    return [(row[0], row[1]) for row in store.rows(sql)]


def label(store: Store, table: str, column: str, row_id: str) -> str | None:
    """Return what a record is called."""
    found = store.value(f"SELECT {column} FROM {table} WHERE id = ?", (row_id,))
    return None if found is None else str(found)


def parents(store: Store, table: str, column: str) -> dict[str, str]:
    """Return the record above each record that has one."""
    return {row[0]: row[1] for row in store.rows(f"SELECT id, {column} FROM {table} WHERE {column} IS NOT NULL")}


def pipelines(store: Store) -> list[Row]:
    """Return the pipelines in their order."""
    return rows(store, "SELECT id, ref, name FROM pipeline WHERE deleted_at IS NULL ORDER BY seq, id")


def profile(store: Store, name: str) -> str | None:
    """Return a saved mapping as JSON."""
    found = store.value("SELECT mapping FROM import_profile WHERE name = ?", (name,))
    return None if found is None else str(found)


def profile_names(store: Store) -> list[str]:
    """Return the names of the saved mappings."""
    return [str(row[0]) for row in store.rows("SELECT name FROM import_profile ORDER BY name")]


def save_profile(work: UnitOfWork, name: str, mapping: str) -> None:
    """Keep a mapping under a name, in the place of an earlier one; not journaled."""
    work.execute("INSERT OR REPLACE INTO import_profile (name, mapping) VALUES (?, ?)", (name, mapping))
