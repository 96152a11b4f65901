"""The schema: SQLModel tables, one module per area. Importing this costs half a second; only schema work does."""

from typing import Any

from sqlalchemy import Column, Index, MetaData, Table, UniqueConstraint
from sqlmodel import SQLModel

from db.tables import (
    accounts,
    activities,
    bookkeeping,
    calendar,
    catalogue,
    commission,
    dav,
    orders,
    people,
    pipeline,
    pricing,
    quotes,
    relations,
    reports,
    sync,
)

__all__ = [
    "accounts",
    "activities",
    "bookkeeping",
    "calendar",
    "catalogue",
    "commission",
    "dav",
    "metadata",
    "orders",
    "people",
    "pipeline",
    "pricing",
    "quotes",
    "relations",
    "reports",
    "rule_of",
    "sync",
]


def rule_of(column: Column[Any]) -> str:
    """Return the rule that a column declares of its own, as SQL; "" where there is none."""
    return str(column.info.get("rule") or "").format(column.name)


def _drop_beginnings(table: Table) -> None:
    """Drop the index of a link where another one begins with that column: it finds the same rows."""
    longer = {
        next(iter(found.columns)).name
        for found in (*table.indexes, *table.constraints)
        if isinstance(found, (Index, UniqueConstraint)) and len(found.columns) > 1 and not _is_partial(found)
    }
    for index in [found for found in table.indexes if not found.unique and not _is_partial(found)]:
        if len(index.columns) == len(index.expressions) == 1 and index.columns[0].name in longer:
            table.indexes.discard(index)


def _is_partial(found: Index | UniqueConstraint) -> bool:
    return isinstance(found, Index) and found.dialect_options["sqlite"]["where"] is not None


def _complete(metadata: MetaData) -> MetaData:
    for table in metadata.tables.values():
        _drop_beginnings(table)
    return metadata


metadata = _complete(SQLModel.metadata)
