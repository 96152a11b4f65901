"""Rules between rows that a laptop's own schema holds: no two alike, no circle; a row that breaks one fits on no laptop."""

from collections.abc import Mapping
from typing import Any

from db.triggers import PARENT_DEPTH, PARENTS
from sfa.server.book import Book
from sfa.server.catalog import SharedTable


def fault_of_twin(book: Book, table: SharedTable, row: Mapping[str, Any], changed: Mapping[str, Any]) -> str | None:
    """Return why a row is too like another one of its table, or None.

    Args:
        book: the company's rows.
        table: of the row.
        row: the whole of it, as it would be.
        changed: the columns that are set; nothing is asked where none of them tells rows apart.
    """
    for columns in table.unique:
        values = [row.get(column) for column in columns]
        if None in values or not set(columns) & set(changed):
            continue
        alike = " AND ".join(f"{column} = ?" for column in columns)
        sql = f"SELECT 1 FROM {table.name} WHERE org = ? AND {alike} AND id <> ? LIMIT 1"
        if book.database.rows(sql, (book.org, *values, row["id"])):
            return f"Another record of {table.name} has the same {' and '.join(columns)}."
    return None


def fault_of_tree(book: Book, table: str, pk: str, changed: Mapping[str, Any]) -> str | None:
    """Return why a row does not fit below the one that it names, or None.

    The rows above are held meanwhile: of two who hang two records below each other at once, one sees the other's.
    """
    column = PARENTS.get(table)
    above = changed.get(column) if column else None
    for _ in range(PARENT_DEPTH):
        if above is None:
            return None
        if above == pk:
            return f"That would make a circle among records of {table}."
        for bucket in book.places(table, str(above))[:1]:
            book.hold(bucket)
        above = (book.find(table, str(above)) or {}).get(str(column))
    return None if above is None else f"A tree of {table} is at most {PARENT_DEPTH} deep."
