"""What lies in the trash, and what hangs on it."""

from typing import NamedTuple

from db.store import LINK_TABLES, Store, UnitOfWork

MERGED = ("account", "contact")
"""Tables whose records can become part of another one; those are no trash, for their references lead on."""


class TrashRow(NamedTuple):
    """A removed record; `at` is when it was removed."""

    table: str
    id: str
    ref: str
    label: str
    at: str


def trashed(store: Store, tables: dict[str, str], limit: int) -> list[TrashRow]:
    """Return removed records of tables (with the column that names their records), the newest first."""
    parts = [
        f"SELECT '{table}' AS t, id, ref, COALESCE({column}, ref) AS label, deleted_at AS at FROM {table}"
        f" WHERE deleted_at IS NOT NULL{' AND merged_into IS NULL' if table in MERGED else ''}"
        for table, column in tables.items()
    ]
    sql = f"{' UNION ALL '.join(parts)} ORDER BY at DESC, id DESC LIMIT ?"
    return [TrashRow(*row) for row in store.rows(sql, (limit,))]


def referring(store: Store, table: str) -> list[tuple[str, str]]:
    """Return table and column of every foreign key that points to a table."""
    sql = (
        'SELECT m.name, f."from" FROM sqlite_master m, pragma_foreign_key_list(m.name) f'
        ' WHERE m.type = \'table\' AND f."table" = ? ORDER BY m.name, f."from"'
    )
    return [(name, column) for name, column in store.rows(sql, (table,))]


def rows_referring(store: Store, table: str, column: str, row_id: str) -> list[str]:
    """Return the ids of rows whose foreign key names a record."""
    return [row[0] for row in store.rows(f"SELECT id FROM {table} WHERE {column} = ?", (row_id,))]


def rows_naming(store: Store, link: str, table: str, row_id: str) -> list[str]:
    """Return the ids of rows that name a record by table and id."""
    sql = f"SELECT id FROM {link} WHERE table_name = ? AND row_id = ?"
    return [row[0] for row in store.rows(sql, (table, row_id))]


def is_link(table: str) -> bool:
    """Tell whether rows of a table live and die with the records that they join."""
    return table in LINK_TABLES


def delete(work: UnitOfWork, table: str, row_id: str) -> None:
    """Delete a record for good."""
    work.execute(f"DELETE FROM {table} WHERE id = ?", (row_id,))


def quoted_accounts(store: Store) -> frozenset[str]:
    """Return the ids of accounts that have quotes, those in the trash too."""
    return frozenset(row[0] for row in store.rows("SELECT DISTINCT account_id FROM quote"))
