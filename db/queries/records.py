"""What a write has to know: the record as it stands, the limits of its columns, the rows that hang on it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from db.store import Store

_LENGTH = re.compile(r"length\((\w+)\) <= (\d+)")
_BOUND = re.compile(r"(?<!\w)(\w+) (>=|<=) (-?\d+)")
_ID_LENGTH = 36
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Limits:
    """What a table's CHECK constraints allow, by column.

    Attributes:
        longest: characters of a text.
        least: smallest whole number.
        most: greatest whole number.
    """

    longest: dict[str, int]
    least: dict[str, int]
    most: dict[str, int]


def limits(store: Store, table: str) -> Limits:
    """Return the limits that the schema itself declares: there is no second list of them."""
    return _limits_in(store.value("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?", (table,)) or "")


@lru_cache(maxsize=32)
def _limits_in(sql: str) -> Limits:
    bounds = _BOUND.findall(sql)
    return Limits(
        {name: int(limit) for name, limit in _LENGTH.findall(sql)},
        {name: int(limit) for name, sign, limit in bounds if sign == ">="},
        {name: int(limit) for name, sign, limit in bounds if sign == "<="},
    )


def record(store: Store, table: str, row_id: str) -> Row | None:
    """Return all columns of a record, the trash included, or None."""
    found = rows(store, f"SELECT * FROM {table} WHERE id = ?", (row_id,))
    return found[0] if found else None


def rows(store: Store, sql: str, parameters: Sequence[object] | Mapping[str, object] = ()) -> list[Row]:
    """Return rows as dictionaries by column."""
    cursor = store.connection.execute(sql, parameters)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def has_live(store: Store, table: str, row_id: str) -> bool:
    """Tell whether a text is the full id of a record outside of the trash."""
    if len(row_id) != _ID_LENGTH:
        return False
    return bool(store.value(f"SELECT 1 FROM {table} WHERE id = ? AND deleted_at IS NULL", (row_id,)))


def linked(store: Store, table: str, column: str, row_id: str) -> list[Row]:
    """Return the rows of a link table that hang on a record, oldest first."""
    return rows(store, f"SELECT * FROM {table} WHERE {column} = ? ORDER BY id", (row_id,))


def tags_of(store: Store, table: str, row_id: str) -> list[Row]:
    """Return the tags of a record: id of the link, id and name of the tag."""
    return rows(
        store,
        "SELECT record_tag.id, tag.id AS tag_id, tag.name FROM record_tag JOIN tag ON tag.id = tag_id"
        " WHERE table_name = ? AND row_id = ? ORDER BY tag.name",
        (table, row_id),
    )


def tag_named(store: Store, name: str) -> Row | None:
    """Return the tag of that name in any case, the trash included."""
    found = rows(store, "SELECT * FROM tag WHERE name = ? OR lower(name) = lower(?) LIMIT 1", (name, name))
    return found[0] if found else None


def external_ids(store: Store, table: str, row_id: str) -> list[Row]:
    """Return what other systems call a record."""
    return rows(store, "SELECT * FROM external_id WHERE table_name = ? AND row_id = ? ORDER BY id", (table, row_id))


def open_deals(store: Store, account_id: str) -> int:
    """Return how many open deals an account has."""
    sql = "SELECT count(*) FROM opportunity WHERE account_id = ? AND closed_on IS NULL AND deleted_at IS NULL"
    return int(store.value(sql, (account_id,)))


def current_account(store: Store, contact_id: str) -> str | None:
    """Return the account where a contact is now, the primary one first."""
    sql = (
        "SELECT account_id FROM contact_role JOIN account ON account.id = account_id AND account.deleted_at IS NULL"
        " WHERE contact_id = ? AND valid_to IS NULL ORDER BY is_primary DESC, contact_role.id LIMIT 1"
    )
    found = store.value(sql, (contact_id,))
    return None if found is None else str(found)


def contact_at(store: Store, folded: str) -> str | None:
    """Return the only contact with a mail address (folded), or None."""
    sql = (
        "SELECT DISTINCT contact_id FROM email JOIN contact ON contact.id = contact_id"
        " WHERE folded = ? AND deleted_at IS NULL LIMIT 2"
    )
    found = store.rows(sql, (folded,))
    return str(found[0][0]) if len(found) == 1 else None


def defaults(store: Store, table: str) -> dict[str, Any]:
    """Return the obligatory columns with their defaults, None where there is none."""
    sql = 'SELECT name, dflt_value FROM pragma_table_info(?) WHERE "notnull" = 1'
    return {name: _literal(text) for name, text in store.rows(sql, (table,))}


def _literal(text: str | None) -> str | int | None:
    if text is None:
        return None
    return text[1:-1] if text.startswith("'") else int(text)
