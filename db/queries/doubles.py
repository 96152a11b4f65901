"""What records are compared by when doubles are looked for, and the first choice of those that may be one."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from db.queries.records import Row, rows
from db.store import Store

Texts = dict[str, list[str]]
_HEAD = {
    "account": "name, tax_id, website",
    "contact": "name, given_name, family_name, birthday",
    "lead": "name, given_name, family_name, company, phone, email",
}
_HANGING = {
    "phone": "SELECT {0}_id, 'phone', COALESCE(e164, number) FROM phone WHERE {0}_id IS NOT NULL",
    "email": "SELECT {0}_id, 'email', address FROM email WHERE {0}_id IS NOT NULL",
    "city": "SELECT {0}_id, 'city', city FROM address WHERE {0}_id IS NOT NULL AND city IS NOT NULL",
    "account": "SELECT {0}_id, 'account', account.name FROM contact_role JOIN account ON account.id = account_id"
    " WHERE valid_to IS NULL",
}
_OF_NOUN = {"account": ("phone", "email", "city"), "contact": ("phone", "email", "city", "account"), "lead": ()}
_MOST = 200
_LAST = "\U0010ffff"


class Known(NamedTuple):
    """A record with what it says by field; a field may hold several texts."""

    id: str
    ref: str
    label: str
    texts: Texts


def known(store: Store, table: str, ids: Iterable[str] | None = None) -> list[Known]:
    """Return the live records of a table, or those of the ids, the oldest first."""
    names = [name.strip() for name in _HEAD[table].split(",")]
    chosen = None if ids is None else json.dumps(list(ids))
    where = "" if chosen is None else " AND {}id IN (SELECT value FROM json_each(?))"
    parameters = () if chosen is None else (chosen,)
    sql = f"SELECT id, ref, {_HEAD[table]} FROM {table} WHERE deleted_at IS NULL{where.format('')} ORDER BY id"
    found = {
        row[0]: Known(row[0], row[1], row[2], {name: [text] for name, text in zip(names, row[2:], strict=True) if text})
        for row in store.rows(sql, parameters)
    }
    for link in _OF_NOUN[table]:
        for record_id, name, text in store.rows(_HANGING[link].format(table) + where.format(f"{table}_"), parameters):
            record = found.get(record_id)
            if record is not None:
                record.texts.setdefault(name, []).append(text)
    return list(found.values())


def by_column(store: Store, table: str, column: str, value: str) -> list[str]:
    """Return the ids of live records that hold a value in a column."""
    sql = f"SELECT id FROM {table} WHERE deleted_at IS NULL AND {column} = ? ORDER BY rowid LIMIT {_MOST}"
    return _ids(store.rows(sql, (value,)))


def by_tax_id(store: Store, tax_id: str) -> list[str]:
    """Return the ids of live accounts of a tax id, in any case and with any signs between."""
    bare, given = (
        f"replace(replace(replace(replace(lower({text}), ' ', ''), '-', ''), '.', ''), '/', '')"
        for text in ("tax_id", "?")
    )
    return _ids(
        store.rows(f"SELECT id FROM account WHERE deleted_at IS NULL AND {bare} = {given} LIMIT {_MOST}", (tax_id,))
    )


def by_beginning(store: Store, table: str, column: str, beginning: str) -> list[str]:
    """Return the ids of live records of which an indexed column begins so."""
    sql = f"SELECT id FROM {table} WHERE deleted_at IS NULL AND {column} >= ? AND {column} < ? ORDER BY {column}, rowid LIMIT {_MOST}"
    return _ids(store.rows(sql, (beginning, beginning + _LAST)))


def by_link(store: Store, table: str, link: str, column: str, value: str) -> list[str]:
    """Return the ids of live records on which a phone or an e-mail with that value hangs."""
    sql = (
        f"SELECT DISTINCT {table}.id FROM {link} JOIN {table} ON {table}.id = {link}.{table}_id"
        f" WHERE {link}.{column} = ? AND deleted_at IS NULL ORDER BY {table}.id LIMIT {_MOST}"
    )
    return _ids(store.rows(sql, (value,)))


def rows_with(store: Store, table: str, values: Mapping[str, str]) -> list[Row]:
    """Return the rows of a table that hold these values, the oldest first."""
    where = " AND ".join(f"{column} = ?" for column in values)
    return rows(store, f"SELECT * FROM {table} WHERE {where} ORDER BY id", list(values.values()))


def naming_tables(store: Store) -> list[str]:
    """Return the journaled tables that name records by table and id."""
    sql = (
        "SELECT m.name FROM sqlite_master m WHERE m.type = 'table'"
        " AND EXISTS (SELECT 1 FROM pragma_table_info(m.name) WHERE name = 'table_name')"
        " AND EXISTS (SELECT 1 FROM pragma_table_info(m.name) WHERE name = 'row_id')"
        " AND EXISTS (SELECT 1 FROM sqlite_master t WHERE t.type = 'trigger'"
        " AND t.name = 'journal_' || m.name || '_insert') ORDER BY m.name"
    )
    return _ids(store.rows(sql))


def _ids(found: Sequence[Any]) -> list[str]:
    return [str(row[0]) for row in found]
