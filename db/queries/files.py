"""What imports and exports of calendar and address files ask of the book."""

import json
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from db.queries.records import Row, rows
from db.store import Store

OWN_UID = "@sfa"
"""How the UIDs end of appointments that began here: `<id>@sfa`."""
ID_LENGTH = 36


def _listed(values: Iterable[str]) -> str:
    return json.dumps(list(values))


def events_named(store: Store, uids: Sequence[str]) -> list[Row]:
    """Return the appointments of UIDs and the exceptions of series among them, all columns, the trash included."""
    own = [uid[:ID_LENGTH] for uid in uids if len(uid) == ID_LENGTH + len(OWN_UID) and uid.endswith(OWN_UID)]
    sql = (
        "WITH named AS (SELECT id FROM event WHERE uid IN (SELECT value FROM json_each(?))"
        " UNION SELECT id FROM event WHERE id IN (SELECT value FROM json_each(?)))"
        " SELECT * FROM event WHERE id IN named UNION SELECT * FROM event WHERE series_id IN named"
    )
    return rows(store, sql, (_listed(uids), _listed(own)))


def cards_named(store: Store, uids: Sequence[str]) -> list[Row]:
    """Return the contacts of UIDs, all columns, the trash included."""
    own = [uid[:ID_LENGTH] for uid in uids if len(uid) == ID_LENGTH + len(OWN_UID) and uid.endswith(OWN_UID)]
    sql = (
        "SELECT * FROM contact WHERE uid IN (SELECT value FROM json_each(?))"
        " OR id IN (SELECT value FROM json_each(?)) ORDER BY id"
    )
    return rows(store, sql, (_listed(uids), _listed(own)))


def by_others(store: Store, table: str, ids: Sequence[str], verb: str) -> set[str]:
    """Return those records that something else than an import made, or changed a field of."""
    sql = (
        "SELECT DISTINCT c.row_id FROM change c JOIN operation o ON o.id = c.operation_id WHERE c.table_name = ?"
        " AND c.row_id IN (SELECT value FROM json_each(?)) AND (c.field IS NOT NULL OR c.new IS NOT NULL) AND o.verb <> ?"
        " AND o.undone_by IS NULL AND o.undoes IS NULL"
    )
    return {row[0] for row in store.rows(sql, (table, _listed(ids), verb))}


def contacts_by_mail(store: Store) -> dict[str, str]:
    """Return the contact of each folded mail address that exactly one has."""
    sql = (
        "SELECT e.folded, min(e.contact_id) FROM email e JOIN contact c ON c.id = e.contact_id"
        " WHERE c.deleted_at IS NULL GROUP BY e.folded HAVING count(DISTINCT e.contact_id) = 1"
    )
    return {row[0]: row[1] for row in store.rows(sql)}


def accounts_of(store: Store) -> dict[str, str]:
    """Return the account where each contact is now, the primary one."""
    sql = (
        "SELECT k.contact_id, k.account_id FROM contact_role k JOIN account a ON a.id = k.account_id"
        " WHERE k.valid_to IS NULL AND a.deleted_at IS NULL ORDER BY k.is_primary, k.id DESC"
    )
    return {row[0]: row[1] for row in store.rows(sql)}


def all_events(store: Store, owner_id: str | None) -> list[Row]:
    """Return all appointments of an owner (None: of everybody), those of nobody among them, by time."""
    sql = (
        "SELECT * FROM event WHERE deleted_at IS NULL AND (? IS NULL OR owner_id = ? OR owner_id IS NULL)"
        " ORDER BY starts_at, id"
    )
    return rows(store, sql, (owner_id, owner_id))


def tags(store: Store, table: str) -> dict[str, list[Row]]:
    """Return the tags of all records of a table: id of the link, id and name of the tag, by record."""
    sql = (
        "SELECT r.row_id, r.id, r.tag_id, t.name FROM record_tag r JOIN tag t ON t.id = r.tag_id"
        " WHERE r.table_name = ? AND t.deleted_at IS NULL ORDER BY r.row_id, t.name"
    )
    found: dict[str, list[Row]] = {}
    for row in rows(store, sql, (table,)):
        found.setdefault(row["row_id"], []).append(row)
    return found


class Person(NamedTuple):
    """A contact as cards are compared with it."""

    id: str
    name: str
    emails: list[str]
    phones: list[str]
    account: str
    is_from_file: bool


def people(store: Store, fingerprint: str) -> list[Person]:
    """Return the contacts that no other program has a UID for (a fingerprint is none), with how they are reached."""
    emails = _by_contact(store, "SELECT contact_id, folded FROM email WHERE contact_id IS NOT NULL")
    phones = _by_contact(store, "SELECT contact_id, number FROM phone WHERE contact_id IS NOT NULL")
    accounts = _by_contact(
        store,
        "SELECT k.contact_id, a.name FROM contact_role k JOIN account a ON a.id = k.account_id"
        " WHERE k.valid_to IS NULL ORDER BY k.is_primary DESC, k.id",
    )
    sql = (
        "SELECT id, name, uid IS NOT NULL FROM contact WHERE deleted_at IS NULL AND (uid IS NULL OR uid LIKE '%' || ?)"
    )
    return [
        Person(
            row[0],
            row[1],
            emails.get(row[0], []),
            phones.get(row[0], []),
            accounts.get(row[0], [""])[0],
            is_from_file=bool(row[2]),
        )
        for row in store.rows(sql, (fingerprint,))
    ]


def _by_contact(store: Store, sql: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for contact_id, text in store.rows(sql):
        found.setdefault(contact_id, []).append(text)
    return found


def chosen_contacts(store: Store, ids: Sequence[str]) -> list[Row]:
    """Return contacts by id, all columns, in the order of their names."""
    sql = "SELECT * FROM contact WHERE id IN (SELECT value FROM json_each(?)) ORDER BY name, id"
    return rows(store, sql, (_listed(ids),))


def current_roles(store: Store) -> dict[str, Row]:
    """Return where each contact is now: the primary role, with the account's name."""
    sql = (
        "SELECT k.*, a.name AS account FROM contact_role k JOIN account a ON a.id = k.account_id"
        " WHERE k.valid_to IS NULL AND a.deleted_at IS NULL ORDER BY k.is_primary, k.id DESC"
    )
    return {row["contact_id"]: row for row in rows(store, sql)}
