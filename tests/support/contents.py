"""What a store holds, as a value that can be compared."""

from typing import Any

from sfa.services.desk import Desk

LOCAL = frozenset({"ref", "created_at", "updated_at"})

Contents = dict[str, list[tuple[Any, ...]]]


def business_tables(desk: Desk) -> list[str]:
    """Return the tables whose changes are journaled."""
    rows = desk.store.rows("SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'journal%insert'")
    return sorted(name for (name,) in rows)


def contents(desk: Desk, *, with_local: bool = False) -> Contents:
    """Return all rows of all business tables by id; columns that are this laptop's own are left out."""
    return {table: _rows(desk, table, with_local=with_local) for table in business_tables(desk)}


def _rows(desk: Desk, table: str, *, with_local: bool) -> list[tuple[Any, ...]]:
    columns = [row[1] for row in desk.store.rows(f"PRAGMA table_info({table})")]
    chosen = [column for column in columns if with_local or column not in LOCAL]
    typed = ", ".join(f"{column}, typeof({column})" for column in chosen)
    return desk.store.rows(f"SELECT {typed} FROM {table} ORDER BY id")
