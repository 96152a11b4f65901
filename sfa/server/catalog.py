"""The server's tables, derived from the client's by one function: every key begins with the company (`org`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from sqlalchemy import Index, Integer, Table

from sfa.domain.sharing.homes import LAPTOPS_OWN

TELLING: Mapping[tuple[str, str], str] = {
    ("account", "match_key"): "name",
    ("account", "domain"): "domain",
    ("phone", "e164"): "phone",
    ("email", "folded"): "e-mail",
}
"""Columns by which two records are found to be one, in the normal forms of laptops, and what people call them."""


@dataclass(frozen=True, slots=True)
class SharedTable:
    """A business table as the server keeps it.

    Attributes:
        columns: names without `org`, `id` first; a laptop's own columns (its short reference, its times) are left out.
        numbers: those that hold whole numbers; all others hold text.
        links: columns that name a row, and its table.
        local: columns of the laptop alone.
        unique: columns that no two rows have alike, together.
    """

    name: str
    columns: tuple[str, ...]
    numbers: frozenset[str]
    links: Mapping[str, str]
    local: tuple[str, ...]
    unique: tuple[tuple[str, ...], ...]

    def kind(self, column: str) -> str:
        """Return the type of a column, the same on SQLite and PostgreSQL."""
        return "BIGINT" if column in self.numbers else "TEXT"


@cache
def shared_tables() -> Mapping[str, SharedTable]:
    """Return the shared tables by name, parents first."""
    from db.tables import metadata  # noqa: PLC0415 - half a second

    return {table.name: _shared(table) for table in metadata.sorted_tables if table.name not in LAPTOPS_OWN}


def _shared(table: Table) -> SharedTable:
    local = tuple(column.name for column in table.columns if column.info.get("local"))
    kept = [column for column in table.columns if column.name not in local]
    return SharedTable(
        table.name,
        ("id", *(column.name for column in kept if column.name != "id")),
        frozenset(column.name for column in kept if isinstance(column.type, Integer)),
        {column.name: key.column.table.name for column in kept for key in column.foreign_keys},
        local,
        tuple(sorted(tuple(column.name for column in index.columns) for index in table.indexes if _is_unique(index))),
    )


def _is_unique(index: Index) -> bool:
    """Tell whether an index holds all rows of a table apart; the one that looks at some is a rule of documents."""
    return bool(index.unique) and index.dialect_options["sqlite"]["where"] is None


@cache
def pointing_at() -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Return for each table the (table, column) that name its rows."""
    found: dict[str, list[tuple[str, str]]] = {}
    for table in shared_tables().values():
        for column, target in table.links.items():
            found.setdefault(target, []).append((table.name, column))
    return {target: tuple(links) for target, links in found.items()}


def statements() -> list[str]:
    """Return CREATE statements for SQLite and PostgreSQL alike: business tables, then the server's own."""
    made = []
    for table in shared_tables().values():
        columns = ", ".join(f"{name} {table.kind(name)}{' NOT NULL' if name == 'id' else ''}" for name in table.columns)
        made.append(f"CREATE TABLE {table.name} (org TEXT NOT NULL, {columns}, PRIMARY KEY (org, id))")
        made += [_index_of_filled(table.name, column) for column in table.links]
        made += [
            f"CREATE INDEX {table.name}_{'_'.join(columns)} ON {table.name} (org, {', '.join(columns)})"
            for columns in table.unique
        ]
        made += [
            f"CREATE INDEX {table.name}_{column} ON {table.name} (org, {column})"
            for column in ("row_id", "record_id")
            if column in table.columns and "table_name" in table.columns and table.name != "inbox_entry"
        ]
    made.append("CREATE INDEX comp_event_line ON comp_event (org, source_line_id)")
    made += [_index_of_filled(*one) for one in TELLING]
    return [*made, *(" ".join(text.split()) for text in _OWN.split("\n\n"))]


def _index_of_filled(table: str, column: str) -> str:
    """Return an index without the rows where a column is empty, as most are: nobody looks for those, each would be written."""
    return f"CREATE INDEX {table}_{column} ON {table} (org, {column}) WHERE {column} IS NOT NULL"


_OWN = """
CREATE TABLE s_org (org TEXT PRIMARY KEY, name TEXT NOT NULL, created_at TEXT NOT NULL, epoch BIGINT NOT NULL,
    schema_no BIGINT NOT NULL, lease_days BIGINT NOT NULL)

CREATE TABLE s_bucket (org TEXT NOT NULL, bucket TEXT NOT NULL, head BIGINT NOT NULL, floor BIGINT NOT NULL,
    PRIMARY KEY (org, bucket))

CREATE TABLE s_row (org TEXT NOT NULL, bucket TEXT NOT NULL, tbl TEXT NOT NULL, pk TEXT NOT NULL, ver BIGINT
    NOT NULL, op TEXT NOT NULL, why TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (org, bucket, tbl, pk))

CREATE INDEX s_row_ver ON s_row (org, bucket, ver)

CREATE TABLE s_loc (org TEXT NOT NULL, tbl TEXT NOT NULL, pk TEXT NOT NULL, bucket TEXT NOT NULL, is_home
    BIGINT NOT NULL, hlc TEXT NOT NULL, PRIMARY KEY (org, tbl, pk, bucket))

CREATE TABLE s_grant (org TEXT NOT NULL, usr TEXT NOT NULL, bucket TEXT NOT NULL, is_writable BIGINT NOT NULL,
    profile TEXT NOT NULL, PRIMARY KEY (org, usr, bucket))

CREATE TABLE s_device (org TEXT NOT NULL, device TEXT NOT NULL, usr TEXT NOT NULL, code TEXT NOT NULL,
    token_hash TEXT NOT NULL, last_n BIGINT NOT NULL, schema_no BIGINT NOT NULL, status TEXT NOT NULL,
    marks TEXT, enrolled_at TEXT NOT NULL, seen_at TEXT, wipe_secret TEXT NOT NULL, wiped_at TEXT, PRIMARY KEY (org, device))

CREATE INDEX s_device_token ON s_device (org, token_hash)

CREATE TABLE s_code (org TEXT NOT NULL, code_hash TEXT NOT NULL, usr TEXT NOT NULL, expires_at TEXT NOT NULL,
    used_at TEXT, PRIMARY KEY (org, code_hash))

CREATE INDEX s_code_hash ON s_code (code_hash)

CREATE TABLE s_verdict (org TEXT NOT NULL, device TEXT NOT NULL, n BIGINT NOT NULL, status TEXT NOT NULL, code
    TEXT NOT NULL, tbl TEXT NOT NULL, pk TEXT NOT NULL, PRIMARY KEY (org, device, n))

CREATE TABLE s_number (org TEXT NOT NULL, tbl TEXT NOT NULL, number TEXT NOT NULL, pk TEXT NOT NULL, PRIMARY
    KEY (org, tbl, number))

CREATE TABLE s_audit (org TEXT NOT NULL, id TEXT NOT NULL, at TEXT NOT NULL, device TEXT NOT NULL, usr TEXT
    NOT NULL, what TEXT NOT NULL, tbl TEXT NOT NULL, pk TEXT NOT NULL, detail TEXT NOT NULL, PRIMARY KEY (org,
    id))

CREATE TABLE s_quarantine (org TEXT NOT NULL, id TEXT NOT NULL, device TEXT NOT NULL, at TEXT NOT NULL, body
    TEXT NOT NULL, PRIMARY KEY (org, id))

CREATE TABLE s_login (org TEXT NOT NULL, usr TEXT NOT NULL, password_hash TEXT NOT NULL, changed_at TEXT NOT NULL,
    PRIMARY KEY (org, usr))

CREATE TABLE s_session (org TEXT NOT NULL, id_hash TEXT NOT NULL, usr TEXT NOT NULL, form_key TEXT NOT NULL,
    expires_at TEXT NOT NULL, PRIMARY KEY (org, id_hash))

CREATE TABLE s_failure (org TEXT NOT NULL, who TEXT NOT NULL, id TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY
    (org, who, id))
"""
