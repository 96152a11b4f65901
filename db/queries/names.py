"""Records by what people call them: reference, id, external id, exact name, beginning of a name."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from db.queries.nouns import READ_NOUNS, ReadNoun
from db.queries.trash import MERGED
from db.store import Store

FUZZY_LIMIT = 20_000


class Named(NamedTuple):
    """A record and what it is called; `detail` tells namesakes apart."""

    id: str
    ref: str
    name: str
    detail: str


_NAME = {
    "activity": "subject",
    "task": "subject",
    "event": "subject",
    "note": "body",
    "price_entry": "ref",
    "contract_price": "document_ref",
}
_DETAIL = {
    "account": "concat_ws(', ', a.type, (SELECT x.city FROM address x WHERE x.account_id = a.id LIMIT 1))",
    "contact": "concat_ws(', ', c.title, (SELECT x.name FROM contact_role k JOIN account x ON x.id = k.account_id"
    " WHERE k.contact_id = c.id LIMIT 1))",
    "opportunity": "(SELECT x.name FROM account x WHERE x.id = o.account_id)",
    "lead": "l.company",
    "product": "d.code",
    "quote": "concat_ws(', ', q.number, (SELECT x.name FROM account x WHERE x.id = q.account_id))",
    "user": "u.role",
    "activity": "y.started_at",
    "task": "k.due_on",
    "event": "v.starts_wall",
    "stage": "(SELECT x.name FROM pipeline x WHERE x.id = s.pipeline_id)",
    "price_book": "b.currency",
    "price_entry": "(SELECT x.name FROM product x WHERE x.id = e.product_id)",
    "contract_price": "COALESCE((SELECT x.name FROM account x WHERE x.id = k.account_id), k.price_group)",
}


def name_column(noun: str) -> str:
    """Return the column that people call a record by."""
    return _NAME.get(noun, "name")


def _select(noun: ReadNoun) -> str:
    alias = noun.alias
    detail = _DETAIL.get(noun.name, "''")
    return (
        f"SELECT {alias}.id, {alias}.ref, {alias}.{name_column(noun.name)}, COALESCE({detail}, '')"
        f" FROM {noun.table} {alias} WHERE {alias}.deleted_at IS NULL"
    )


def _select_called(noun: ReadNoun) -> str:
    """Return what may be meant by a name; the exceptions of a series go by its name, and are not."""
    return f"{_select(noun)}{' AND v.series_id IS NULL' if noun.name == 'event' else ''}"


def _named(rows: Sequence[Any]) -> list[Named]:
    return [Named(*(str(value or "") for value in row)) for row in rows]


def by_id_or_ref(store: Store, noun: str, text: str) -> list[Named]:
    """Return the records of that id or reference; those in the trash too, since a reference is exact.

    A record that was merged into another one leads to that one.
    """
    found = READ_NOUNS[noun]
    if noun in MERGED:
        sql = f"SELECT merged_into FROM {found.table} WHERE (id = ? OR ref = ?) AND merged_into IS NOT NULL"
        text = store.value(sql, (text, text.lower())) or text
    sql = _select(found).replace(f"{found.alias}.deleted_at IS NULL", "1")
    return _named(store.rows(f"{sql} AND ({found.alias}.id = ? OR {found.alias}.ref = ?)", (text, text.lower())))


def by_tail(store: Store, noun: str, tail: str, limit: int = 5) -> list[Named]:
    """Return records whose id ends so; read over the whole table, asked only for text that looks like a tail."""
    found = READ_NOUNS[noun]
    return _named(store.rows(f"{_select(found)} AND {found.alias}.id LIKE '%' || ? LIMIT ?", (tail.lower(), limit)))


def by_external_id(store: Store, noun: str, value: str) -> list[Named]:
    """Return the records that another system calls so."""
    found = READ_NOUNS[noun]
    sql = (
        f"{_select(found)} AND {found.alias}.id IN (SELECT row_id FROM external_id WHERE table_name = ? AND value = ?)"
    )
    return _named(store.rows(sql, (found.table, value)))


def by_code(store: Store, noun: str, value: str) -> list[Named]:
    """Return the records of that code, for nouns that have one: products, taxes."""
    found = READ_NOUNS[noun]
    return _named(store.rows(f"{_select(found)} AND {found.alias}.code = ? COLLATE NOCASE", (value,)))


def by_number(store: Store, noun: str, text: str) -> list[Named]:
    """Return the records of a number, in any case; of digits alone those whose number ends so."""
    found = READ_NOUNS[noun]
    if text.isdigit():
        return _named(store.rows(f"{_select(found)} AND {found.alias}.number LIKE '%-' || ?", (text.rjust(6, "0"),)))
    return _named(store.rows(f"{_select(found)} AND {found.alias}.number = ?", (text.upper(),)))


def by_name(store: Store, noun: str, name: str, limit: int = 10) -> list[Named]:
    """Return the records of that name, in any case (of ASCII letters)."""
    found = READ_NOUNS[noun]
    column = f"{found.alias}.{name_column(noun)}"
    return _named(store.rows(f"{_select_called(found)} AND {column} = ? COLLATE NOCASE LIMIT ?", (name, limit)))


def by_prefix(store: Store, noun: str, prefix: str, limit: int = 10) -> list[Named]:
    """Return the records whose name begins so, the shortest names first."""
    found = READ_NOUNS[noun]
    column = f"{found.alias}.{name_column(noun)}"
    escaped = prefix.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    sql = f"{_select_called(found)} AND {column} LIKE ? ESCAPE '\\' ORDER BY length({column}), {column} LIMIT ?"
    return _named(store.rows(sql, (f"{escaped}%", limit)))


def all_names(store: Store, noun: str, limit: int = FUZZY_LIMIT) -> list[Named]:
    """Return the names of a noun, the newest first, at most `limit`."""
    found = READ_NOUNS[noun]
    return _named(store.rows(f"{_select_called(found)} ORDER BY {found.alias}.rowid DESC LIMIT ?", (limit,)))


def by_ids(store: Store, noun: str, ids: Sequence[str]) -> list[Named]:
    """Return the records of these ids, in any order."""
    found = READ_NOUNS[noun]
    marks = ", ".join("?" * len(ids))
    return _named(store.rows(f"{_select(found)} AND {found.alias}.id IN ({marks})", list(ids)))


def contacts_at(store: Store, account_id: str) -> list[Named]:
    """Return the people at an account, those who left last."""
    found = READ_NOUNS["contact"]
    sql = (
        f"{_select(found)} AND c.id IN (SELECT k.contact_id FROM contact_role k WHERE k.account_id = ?"
        " AND k.valid_to IS NULL)"
    )
    return _named(store.rows(sql, (account_id,)))


def account_of_contact(store: Store, contact_id: str) -> str | None:
    """Return the id of the account where a contact is now."""
    value = store.value(
        "SELECT account_id FROM contact_role WHERE contact_id = ? ORDER BY valid_to IS NOT NULL, is_primary DESC, rowid"
        " LIMIT 1",
        (contact_id,),
    )
    return None if value is None else str(value)


def keys_of_source(store: Store, table: str, source: str) -> dict[str, str]:
    """Return the ids of the living records of a table by what another system calls them."""
    sql = (
        "SELECT value, row_id FROM external_id WHERE table_name = ? AND source = ?"
        f" AND row_id IN (SELECT id FROM {table} WHERE deleted_at IS NULL)"
    )
    return {str(value): str(row_id) for value, row_id in store.rows(sql, (table, source))}


def has_key(store: Store, table: str, source: str, row_id: str) -> bool:
    """Tell whether another system calls a record something (fingerprints of rows do not count)."""
    sql = "SELECT 1 FROM external_id WHERE table_name = ? AND source = ? AND row_id = ? AND value NOT LIKE 'row:%'"
    return store.value(sql, (table, source, row_id)) is not None
