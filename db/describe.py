"""Writes the data model as a page: every table with its purpose, columns and rules, from the tables themselves."""

from sqlalchemy import CheckConstraint, Table
from sqlmodel import SQLModel

from db.tables import metadata, rule_of
from sfa.domain.sharing.homes import LAPTOPS_OWN

HEAD = """# The data model

Written by `make schema` from `db/tables/`; `sfa sql "SELECT ..."` asks it, read-only.

- One SQLite file, `sales.db`, in the workspace folder. All tables are STRICT; rules are CHECKs, foreign keys and triggers,
  so no program gets round them.
- `id` is a UUID version 7; `ref` is the short reference that people see.
- Money is in minor units (`*_minor`) with its currency beside it, unit prices and quantities are scaled by 10^6
  (`*_dec6`), shares are parts per million (`*_ppm`). Instants (`*_at`) are UTC, days (`*_on`, `*_date`) are local dates.
- `deleted_at` marks what lies in the trash.
- Every change of a business table is written to `operation` and `change` by triggers, whichever program makes it; `sfa undo` reads them.
- `opportunity_history` tells how a deal stood from an instant on; triggers write it from stage, amount, close date and owner.
"""


def _purposes() -> dict[str, str]:
    found: dict[str, str] = {}
    pending = list(SQLModel.__subclasses__())
    while pending:
        model = pending.pop()
        pending += model.__subclasses__()
        name = getattr(model, "__tablename__", None)
        if isinstance(name, str) and model.__doc__:
            found[name] = " ".join(model.__doc__.split())
    return found


def _rows(table: Table) -> list[str]:
    rules = [str(found.sqltext) for found in table.constraints if isinstance(found, CheckConstraint)]
    rows = []
    for column in table.columns:
        target = next((key.target_fullname for key in column.foreign_keys), "")
        need = "" if column.nullable else "needed"
        rows.append(f"| {column.name} | {column.type} | {need} | {_cell(target)} | {_cell(rule_of(column))} |")
    rows += [f"| | | | | {_cell(rule)} |" for rule in sorted(rules)]
    return rows


def _cell(text: str) -> str:
    return f"`{text.replace('|', chr(92) + '|')}`" if text else ""


def page() -> str:
    """Return the page as Markdown."""
    purposes = _purposes()
    parts = [HEAD]
    for title, is_business in (("Business tables", True), ("The store's own tables", False)):
        parts.append(f"## {title}\n")
        for table in sorted(metadata.tables.values(), key=lambda item: item.name):
            if (table.name not in LAPTOPS_OWN) is is_business:
                head = ["| column | type | | refers to | rule |", "| --- | --- | --- | --- | --- |"]
                parts.append(
                    "\n".join([f"### {table.name}\n", purposes.get(table.name, ""), "", *head, *_rows(table), ""])
                )
    return "\n".join(parts)
