"""Records that may be the same as one about to be added."""

from collections.abc import Sequence

from db.store import Store

Found = list[tuple[str, str, str]]


def by_columns(store: Store, table: str, columns: Sequence[str], value: str) -> Found:
    """Return id, ref and name of records that hold a value in one of the columns."""
    where = " OR ".join(f"{column} = ?" for column in columns)
    sql = f"SELECT id, ref, name FROM {table} WHERE deleted_at IS NULL AND ({where}) ORDER BY id LIMIT 20"
    return [(str(row[0]), str(row[1]), str(row[2])) for row in store.rows(sql, [value] * len(columns))]


def by_link(store: Store, table: str, link: str, column: str, value: str) -> Found:
    """Return the records on which a phone or an e-mail with that value hangs."""
    sql = (
        f"SELECT DISTINCT {table}.id, ref, name FROM {link} JOIN {table} ON {table}.id = {link}.{table}_id"
        f" WHERE {link}.{column} = ? AND deleted_at IS NULL ORDER BY {table}.id LIMIT 20"
    )
    return [(str(row[0]), str(row[1]), str(row[2])) for row in store.rows(sql, (value,))]
