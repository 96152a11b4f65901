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


def fault_of_paper(book: Book, table: str, row: Mapping[str, Any]) -> str | None:
    """Return why an acceptance names no document of its version, or None: what it says, or a paper made of it since."""
    if table != "acceptance":
        return None
    version, named = book.find("quote_version", str(row.get("version_id"))) or {}, row.get("document_sha256")
    if not version.get("sent_at"):
        return "A quote that was not sent is not accepted."
    sql = "SELECT 1 FROM paper_file WHERE org = ? AND table_name = 'quote_version' AND record_id = ? AND sha256 = ?"
    # A draft that was printed before may have said something else.
    sql += " AND kind <> 'draft' AND deleted_at IS NULL LIMIT 1"
    if named == version["content_hash"] or book.database.rows(sql, (book.org, version["id"], named)):
        return None
    return "The document that was accepted is none of this version of the quote."
