"""What is read of quotes: their versions, lines, allowances, approvals, papers; and what was paid before."""

import json
from collections.abc import Sequence
from typing import Any

from db.queries.records import Row, rows
from db.store import Store, UnitOfWork

_LINE = (
    "SELECT l.*, p.name AS product_name, p.code AS product_code, p.tax_code_id AS product_tax_code_id,"
    " p.period AS product_period FROM quote_line l"
    " LEFT JOIN product p ON p.id = l.product_id WHERE l.version_id = ? ORDER BY l.ordinal"
)
HIGHEST = "~"
"""A character above all digits."""


def versions(store: Store, quote_id: str) -> list[Row]:
    """Return the versions of a quote, the first one first."""
    return rows(store, "SELECT * FROM quote_version WHERE quote_id = ? ORDER BY revision", (quote_id,))


def lines(store: Store, version_id: str) -> list[Row]:
    """Return the lines of a version in their order, each with its product's name, code and floor."""
    return rows(store, _LINE, (version_id,))


def allowances(store: Store, version_id: str) -> list[Row]:
    """Return the allowances and charges of a version, the oldest first."""
    return rows(store, "SELECT * FROM quote_allowance WHERE version_id = ? ORDER BY id", (version_id,))


def rules(store: Store, *, only_active: bool = True) -> list[Row]:
    """Return the approval rules, in the order in which approvers act."""
    where = " AND is_active = 1" if only_active else ""
    return rows(store, f"SELECT * FROM approval_rule WHERE deleted_at IS NULL{where} ORDER BY sequence, id")


def requests(store: Store, quote_id: str) -> list[Row]:
    """Return the approval requests of all versions of a quote, the oldest first, with rule, version and people."""
    return rows(
        store,
        "SELECT r.*, v.revision, q.name AS rule_name, d.name AS decided_by,"
        " a.name AS asked_by FROM approval_request r JOIN quote_version v ON v.id = r.version_id"
        " JOIN approval_rule q ON q.id = r.rule_id LEFT JOIN app_user d ON d.id = r.decided_by_id"
        " LEFT JOIN app_user a ON a.id = r.asked_by_id WHERE v.quote_id = ? ORDER BY r.sequence, r.id",
        (quote_id,),
    )


def waiting(store: Store) -> list[Row]:
    """Return the requests that wait, with quote, account and asker; the oldest first."""
    return rows(
        store,
        "SELECT r.*, v.revision, v.net_minor, k.id AS quote_id, k.number, k.name, k.currency, k.owner_id,"
        " a.name AS account, u.name AS asked_by, q.name AS rule_name"
        " FROM approval_request r JOIN quote_version v ON v.id = r.version_id AND v.state = 'in_approval'"
        " JOIN quote k ON k.id = v.quote_id AND k.deleted_at IS NULL JOIN approval_rule q ON q.id = r.rule_id"
        " JOIN account a ON a.id = k.account_id LEFT JOIN app_user u ON u.id = r.asked_by_id"
        " WHERE r.status = 'waiting' AND r.deleted_at IS NULL ORDER BY r.created_at, r.sequence, r.id",
    )


def papers(store: Store, version_id: str) -> list[Row]:
    """Return the documents that were made of a version, the newest first."""
    sql = "SELECT * FROM paper_file WHERE table_name = 'quote_version' AND record_id = ? AND deleted_at IS NULL ORDER BY id DESC"
    return rows(store, sql, (version_id,))


def acceptance(store: Store, version_id: str) -> Row | None:
    """Return who accepted a version, None where nobody did."""
    found = rows(store, "SELECT * FROM acceptance WHERE version_id = ? AND deleted_at IS NULL", (version_id,))
    return found[0] if found else None


def by_number(store: Store, number: str) -> str | None:
    """Return the id of the quote of a number."""
    found = store.value("SELECT id FROM quote WHERE number = ?", (number.upper(),))
    return None if found is None else str(found)


def last_number(store: Store, table: str, prefix: str) -> str | None:
    """Return the highest number of a table that begins so, the trash included."""
    sql = f"SELECT max(number) FROM {table} WHERE number >= ? AND number < ?"
    found = store.value(sql, (prefix, prefix + HIGHEST))
    return None if found is None else str(found)


def siblings(store: Store, opportunity_id: str) -> list[Row]:
    """Return the quotes of a deal."""
    return rows(store, "SELECT * FROM quote WHERE opportunity_id = ? AND deleted_at IS NULL", (opportunity_id,))


def paid(store: Store, account_id: str, product_id: str, but: str | None = None, limit: int = 5) -> list[Row]:
    """Return at which net prices a customer ordered or accepted a product, the last one first; one quote left out."""
    return rows(
        store,
        "SELECT o.ordered_on AS on_day, 'order' AS source, o.number, o.currency, l.net_dec6, l.quantity_dec6, l.unit,"
        " 1000000 AS base_dec6 FROM sales_order_line l JOIN sales_order o ON o.id = l.order_id WHERE l.product_id = :product"
        " AND o.account_id = :account AND o.deleted_at IS NULL AND o.state <> 'cancelled' AND l.net_dec6 IS NOT NULL"
        " AND NOT EXISTS (SELECT 1 FROM quote_version w WHERE w.id = o.version_id AND w.quote_id = :but)"
        " UNION ALL SELECT v.decided_on, 'quote', q.number, q.currency, l.net_dec6, l.quantity_dec6, l.unit, l.base_dec6"
        " FROM quote_line l JOIN quote_version v ON v.id = l.version_id AND v.state = 'accepted'"
        " JOIN quote q ON q.id = v.quote_id WHERE l.product_id = :product AND q.account_id = :account"
        " AND q.id IS NOT :but AND q.deleted_at IS NULL AND (l.role = 'normal' OR l.is_chosen = 1) AND l.net_dec6 IS NOT NULL"
        " ORDER BY 1 DESC, 3 DESC LIMIT :limit",
        {"product": product_id, "account": account_id, "but": but, "limit": limit},
    )


def people(store: Store) -> dict[str, Row]:
    """Return all users by id: role and manager."""
    found = rows(store, "SELECT id, role, manager_id FROM app_user WHERE deleted_at IS NULL")
    return {row["id"]: row for row in found}


def mail_of(store: Store, contact_id: str | None, account_id: str) -> str | None:
    """Return the e-mail address of a contact, else of an account."""
    found: Any = None
    for column, row_id in (("contact_id", contact_id), ("account_id", account_id)):
        sql = f"SELECT address FROM email WHERE {column} = ? ORDER BY is_primary DESC, rowid LIMIT 1"
        found = found or (store.value(sql, (row_id,)) if row_id else None)
    return None if found is None else str(found)


def tax_named(store: Store, text: str) -> str | None:
    """Return the id of the tax code of that code or name, in any case."""
    sql = "SELECT id FROM tax_code WHERE deleted_at IS NULL AND (code = ? COLLATE NOCASE OR name = ? COLLATE NOCASE) LIMIT 1"
    found = store.value(sql, (text, text))
    return None if found is None else str(found)


def book_is_inclusive(store: Store, book_id: str) -> bool:
    """Tell whether the prices of a book contain the tax."""
    return bool(store.value("SELECT is_tax_inclusive FROM price_book WHERE id = ?", (book_id,)))


def write_lines(work: UnitOfWork, columns: Sequence[str], changed: Sequence[Row]) -> None:
    """Write the same columns of many lines in one statement."""
    pairs = ", ".join(f"{name} = :{name}" for name in columns)
    work.connection.executemany(
        f"UPDATE quote_line SET {pairs} WHERE id = :id",
        [{name: row[name] for name in (*columns, "id")} for row in changed],
    )


def shift_lines(work: UnitOfWork, version_id: str, places: Sequence[tuple[str, int]]) -> None:
    """Number lines anew."""
    work.connection.executemany(
        "UPDATE quote_line SET ordinal = ? WHERE id = ? AND version_id = ?",
        [(ordinal, line_id, version_id) for line_id, ordinal in places],
    )


def books(store: Store) -> list[str]:
    """Return the names of the price books."""
    return [row[0] for row in store.rows("SELECT name FROM price_book WHERE deleted_at IS NULL ORDER BY name")]


def book_named(store: Store, text: str) -> str | None:
    """Return the id of the price book of that name, reference or id."""
    sql = "SELECT id FROM price_book WHERE deleted_at IS NULL AND (name = ?1 COLLATE NOCASE OR ref = lower(?1) OR id = ?1) LIMIT 1"
    found = store.value(sql, (text,))
    return None if found is None else str(found)


def tax_codes(store: Store) -> list[str]:
    """Return the codes of the taxes."""
    return [row[0] for row in store.rows("SELECT code FROM tax_code WHERE deleted_at IS NULL ORDER BY code")]


def products_of(store: Store, codes: Sequence[str]) -> dict[str, str]:
    """Return the ids of the products that are sold under these codes, by code."""
    found = store.rows(
        "SELECT code, id FROM product WHERE code IN (SELECT value FROM json_each(?))"
        " AND deleted_at IS NULL AND is_active = 1 ORDER BY id",
        (json.dumps(list(codes)),),
    )
    return {row[0]: row[1] for row in found}
