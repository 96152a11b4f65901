"""The schema: SQLModel tables, one module per area. Importing this costs half a second; only schema work does."""

from sqlalchemy import CheckConstraint, MetaData, Table
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
    "sync",
]


def _add_rules(table: Table) -> None:
    for column in table.columns:
        rule = column.info.get("rule")
        if rule:
            table.append_constraint(CheckConstraint(rule.format(column.name), name=f"{table.name}_{column.name}"))


def _complete(metadata: MetaData) -> MetaData:
    for table in metadata.tables.values():
        _add_rules(table)
    return metadata


metadata = _complete(SQLModel.metadata)
