"""Names of the book at the speed of the fast door: by index only, whatever the size of the book.

Imports nothing but the store; what these queries cannot tell, `db.queries.names` finds by reading names.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.store import Store

SHOWN = 9
_ROLES = (
    "contact_role r JOIN account a ON a.id = r.account_id AND a.deleted_at IS NULL"
    " WHERE r.contact_id = {contact} AND r.valid_to IS NULL ORDER BY r.is_primary DESC, r.id LIMIT 1"
)
"""Where somebody is now, as the services find it."""
_CONTACT = (
    f"SELECT c.id, c.ref, c.name, COALESCE((SELECT a.name FROM {_ROLES.format(contact='c.id')}), c.title, '')"
    " FROM contact c WHERE c.deleted_at IS NULL AND "
)
_ACCOUNT = (
    "SELECT a.id, a.ref, a.name, COALESCE((SELECT x.city FROM address x WHERE x.account_id = a.id LIMIT 1), a.type)"
    " FROM account a WHERE a.deleted_at IS NULL AND "
)
_DEAL = (
    "SELECT o.id, o.ref, o.name, COALESCE((SELECT a.name FROM account a WHERE a.id = o.account_id), '')"
    " FROM opportunity o WHERE o.deleted_at IS NULL AND "
)
_SELECTS = {"contact": (_CONTACT, "c"), "account": (_ACCOUNT, "a"), "opportunity": (_DEAL, "o")}
Row = tuple[str, str, str, str]
"""id, reference, name, and what tells namesakes apart."""


def called(store: Store, noun: str, names: Sequence[str]) -> list[Row]:
    """Return records that have one of these names, in any case of ASCII letters; longest names first."""
    select, alias = _SELECTS[noun]
    marks = ", ".join("?" * len(names))
    sql = f"{select}{alias}.name COLLATE NOCASE IN ({marks}) ORDER BY length({alias}.name) DESC LIMIT {SHOWN}"
    return store.rows(sql, tuple(names))


def beginning(store: Store, noun: str, text: str) -> list[Row]:
    """Return records whose name begins with these characters, in the order of the alphabet."""
    select, alias = _SELECTS[noun]
    sql = (
        f"{select}{alias}.name COLLATE NOCASE >= ? AND {alias}.name COLLATE NOCASE < ?"
        f" ORDER BY {alias}.name COLLATE NOCASE LIMIT {SHOWN}"
    )
    return store.rows(sql, (text, f"{text}\U0010ffff"))


def of_ids(store: Store, noun: str, ids: Sequence[str]) -> list[Row]:
    """Return the records of these ids."""
    select, alias = _SELECTS[noun]
    return store.rows(f"{select}{alias}.id IN ({', '.join('?' * len(ids))})", tuple(ids))


def reached_by(store: Store, noun: str, *, email: str = "", phone: str = "") -> list[Row]:
    """Return records that have this e-mail address, or this phone number as E.164."""
    select, alias = _SELECTS[noun]
    place, value = ("email WHERE folded = ?", email.lower()) if email else ("phone WHERE e164 = ?", phone)
    return store.rows(f"{select}{alias}.id IN (SELECT {noun}_id FROM {place}) LIMIT {SHOWN}", (value,))


def of_domain(store: Store, domain: str) -> list[Row]:
    """Return accounts with this web domain; read over all accounts, asked only for what looks like a domain."""
    return store.rows(f"{_ACCOUNT}a.domain = ? LIMIT {SHOWN}", (domain.lower(),))


def legally(store: Store, name: str) -> list[Row]:
    """Return accounts whose legal name is or begins so; read over all accounts, asked only where all else failed."""
    sql = f"{_ACCOUNT}(a.legal_name = ?1 COLLATE NOCASE OR a.legal_name LIKE ?2 ESCAPE '\\') LIMIT {SHOWN}"
    escaped = name.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return store.rows(sql, (name, f"{escaped} %"))


def known_as(store: Store, noun: str, value: str) -> list[Row]:
    """Return records that another system calls so, whichever it is: hop from source to source along the index."""
    select, alias = _SELECTS[noun]
    return store.rows(
        f"{select}{alias}.id IN (WITH RECURSIVE s(name) AS (SELECT min(source) FROM external_id WHERE table_name = ?1"
        " UNION ALL SELECT (SELECT min(source) FROM external_id WHERE table_name = ?1 AND source > s.name) FROM s"
        " WHERE s.name IS NOT NULL) SELECT x.row_id FROM s JOIN external_id x ON x.table_name = ?1"
        f" AND x.source = s.name AND x.value = ?2) LIMIT {SHOWN}",
        (noun, value),
    )


def referred(store: Store, noun: str, ref: str) -> list[Row]:
    """Return the record of this short reference."""
    select, alias = _SELECTS[noun]
    return store.rows(f"{select}{alias}.ref = ?", (ref.lower(),))


def at_account(store: Store, account_id: str) -> list[Row]:
    """Return the people who are at an account now."""
    return store.rows(
        f"{_CONTACT}c.id IN (SELECT r.contact_id FROM contact_role r WHERE r.account_id = ?"
        " AND r.valid_to IS NULL) LIMIT 500",
        (account_id,),
    )


def deals_of(store: Store, account_id: str) -> list[Row]:
    """Return the open deals of an account."""
    return store.rows(f"{_DEAL}o.closed_on IS NULL AND o.account_id = ? LIMIT 100", (account_id,))


def account_of(store: Store, contact_id: str) -> Row | None:
    """Return the account where a contact is now."""
    found = store.rows(f"{_ACCOUNT}a.id = (SELECT r.account_id FROM {_ROLES.format(contact='?')})", (contact_id,))
    return found[0] if found else None


def links_of(store: Store, noun: str, row_id: str) -> tuple[str | None, str | None, str | None]:
    """Return the ids of the account, the contact and the deal that a record is, or is about."""
    if noun in ("account", "contact"):
        return (row_id, None, None) if noun == "account" else (None, row_id, None)
    columns = "account_id, NULL, id" if noun == "opportunity" else "account_id, contact_id, opportunity_id"
    rows = store.rows(f"SELECT {columns} FROM {noun} WHERE id = ?", (row_id,))
    return rows[0] if rows else (None, None, None)


def met_today(store: Store, ids: Sequence[str], day: str) -> list[str]:
    """Return those contacts or accounts that have an appointment on a day."""
    marks = ", ".join("?" * len(ids))
    rows = store.rows(
        "SELECT contact_id, account_id FROM event WHERE deleted_at IS NULL AND starts_wall >= ? AND starts_wall < ?"
        f" AND (contact_id IN ({marks}) OR account_id IN ({marks}))",
        (day, f"{day}U", *ids, *ids),
    )
    return [row_id for row_id in ids if any(row_id in row for row in rows)]


def talked_to(store: Store, ids: Sequence[str], since: str) -> list[str]:
    """Return those contacts or accounts with an activity since an instant."""
    marks = ", ".join("?" * len(ids))
    rows = store.rows(
        "SELECT l.contact_id FROM activity_contact l JOIN activity a ON a.id = l.activity_id"
        f" WHERE l.contact_id IN ({marks}) AND a.started_at >= ? AND a.deleted_at IS NULL"
        f" UNION SELECT account_id FROM activity WHERE account_id IN ({marks}) AND started_at >= ? AND deleted_at IS NULL",
        (*ids, since, *ids, since),
    )
    found = {row[0] for row in rows}
    return [row_id for row_id in ids if row_id in found]


def stages(store: Store) -> list[str]:
    """Return the names of the stages, in order."""
    return [row[0] for row in store.rows("SELECT name FROM stage WHERE deleted_at IS NULL ORDER BY pipeline_id, seq")]


def may_mind(store: Store, contact_ids: Sequence[str], purpose: str = "sales") -> bool:
    """Tell whether any of these people ever said to avoid or not to use a channel for a purpose."""
    marks = ", ".join("?" * len(contact_ids))
    sql = (
        f"SELECT 1 FROM consent_event WHERE contact_id IN ({marks}) AND purpose = ?"
        " AND stance IN ('avoid', 'forbidden') AND deleted_at IS NULL LIMIT 1"
    )
    return bool(store.value(sql, (*contact_ids, purpose)))
