"""What the price of a line is made of: read for many products and accounts at once, one query per kind."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from db.queries.records import Row, rows
from db.store import Store

DEEPEST = 24
"""So many parents of an account or a book are asked."""

Rows = list[Any]


def _list(values: Iterable[str | None]) -> str:
    return json.dumps(sorted({value for value in values if value}))


def products(store: Store, ids: Iterable[str]) -> Rows:
    """Return id, name, category, unit, price, cost, currency, tax code, period, floor, least margin, and more."""
    return store.rows(
        "SELECT id, name, category, unit, price_dec6, cost_dec6, currency, tax_code_id, period, floor_dec6,"
        " min_margin_ppm, ref FROM product WHERE id IN (SELECT value FROM json_each(?))",
        (_list(ids),),
    )


def accounts_upwards(store: Store, ids: Iterable[str]) -> Rows:
    """Return (asked id, level, id, name, price group, price book) of accounts and their parents, the nearest first."""
    return store.rows(
        "WITH RECURSIVE up (root, level, id) AS ("
        " SELECT value, 0, value FROM json_each(?) UNION ALL"
        " SELECT up.root, up.level + 1, p.id FROM up CROSS JOIN account a ON a.id = up.id"
        " CROSS JOIN account p ON p.id = a.parent_id AND p.deleted_at IS NULL WHERE up.level < ?)"
        " SELECT up.root, up.level, a.id, a.name, a.price_group, a.price_book_id FROM up"
        " CROSS JOIN account a ON a.id = up.id ORDER BY up.root, up.level",
        (_list(ids), DEEPEST),
    )


def books(store: Store) -> Rows:
    """Return all price books: id, name, currency, inclusive, standard, parent, valid from, to."""
    return store.rows(
        "SELECT id, name, currency, is_tax_inclusive, is_standard, parent_id, valid_from, valid_to FROM price_book"
        " WHERE deleted_at IS NULL ORDER BY id"
    )


def entries(store: Store, products: Iterable[str], first: str, last: str) -> Rows:
    """Return the entries of products in all books that hold in a span of days.

    Columns: id, book, product, unit, channel, price, base, priority, valid from, valid to.
    """
    return store.rows(
        "SELECT id, book_id, product_id, unit, channel, price_dec6, base_dec6, priority, valid_from, valid_to"
        " FROM price_entry WHERE product_id IN (SELECT value FROM json_each(?)) AND deleted_at IS NULL"
        " AND (valid_from IS NULL OR valid_from <= ?) AND (valid_to IS NULL OR valid_to > ?)",
        (_list(products), last, first),
    )


_CONTRACT = (
    "SELECT id, ref, account_id, price_group, product_id, category, kind, value, currency, base_dec6, unit,"
    " min_qty_dec6, max_qty_dec6, priority, valid_from, valid_to, document_ref FROM contract_price WHERE {holder} IN"
    " (SELECT value FROM json_each(?)) AND deleted_at IS NULL"
    " AND (category IS NOT NULL OR product_id IN (SELECT value FROM json_each(?)))"
)


def contracts(store: Store, accounts: Iterable[str], groups: Iterable[str], products: Iterable[str]) -> Rows:
    """Return what was agreed with accounts or groups, for products or for categories."""
    wanted = _list(products)
    return store.rows(
        f"{_CONTRACT.format(holder='account_id')} UNION ALL {_CONTRACT.format(holder='price_group')}",
        (_list(accounts), wanted, _list(groups), wanted),
    )


def schedules(store: Store, products: Iterable[str]) -> Rows:
    """Return the schedules that may touch products: of them, of a category, or of everything."""
    return store.rows(
        "SELECT id, name, kind, effect, scope, product_id, category, account_id, price_group, currency, tiers, priority,"
        " valid_from, valid_to FROM discount_schedule"
        " WHERE deleted_at IS NULL AND (product_id IS NULL OR product_id IN (SELECT value FROM json_each(?)))",
        (_list(products),),
    )


def rules(store: Store, first: str, last: str) -> Rows:
    """Return the promotions of a span of days."""
    return store.rows(
        "SELECT id, name, priority, condition, effect, value, currency, is_stackable, exclusive_group, additive_group,"
        " valid_from, valid_to FROM price_rule WHERE deleted_at IS NULL"
        " AND (valid_from IS NULL OR valid_from <= ?) AND (valid_to IS NULL OR valid_to > ?)",
        (last, first),
    )


def rate(store: Store, source: str, target: str, on: str) -> tuple[int, str] | None:
    """Return the rate of a day, or of the last day before it that has one, and that day."""
    found = store.row(
        "SELECT rate_e9, on_day FROM fx_rate WHERE source = ? AND target = ? AND on_day <= ?"
        " ORDER BY on_day DESC LIMIT 1",
        (source, target, on),
    )
    return (int(found[0]), str(found[1])) if found else None


def taxes(store: Store, codes: Iterable[str]) -> Rows:
    """Return codes with their rates: code id, code, name, category, reason, jurisdiction, rate, from, to."""
    return store.rows(
        "SELECT c.id, c.code, c.name, c.category, c.reason, r.jurisdiction, r.rate_ppm, r.valid_from, r.valid_to"
        " FROM tax_code c LEFT JOIN tax_rate r ON r.tax_code_id = c.id"
        " WHERE c.id IN (SELECT value FROM json_each(?)) ORDER BY c.id, r.valid_from",
        (_list(codes),),
    )


def countries(store: Store, accounts: Iterable[str]) -> dict[str, str]:
    """Return the country of accounts, as written: of the billing address, else of the first one."""
    rows = store.rows(
        "SELECT account_id, country FROM address WHERE account_id IN (SELECT value FROM json_each(?))"
        " AND country IS NOT NULL ORDER BY kind = 'billing', rowid DESC",
        (_list(accounts),),
    )
    return dict(rows)


def book_rows(store: Store) -> list[Row]:
    """Return all price books whole."""
    return rows(store, "SELECT * FROM price_book WHERE deleted_at IS NULL ORDER BY id")


def book(store: Store, book_id: str) -> Row:
    """Return one price book whole."""
    return rows(store, "SELECT * FROM price_book WHERE id = ?", (book_id,))[0]


def standard_book(store: Store, currency: str, on: str) -> str | None:
    """Return the standard book of a day: that of a currency first."""
    found = store.value(
        "SELECT id FROM price_book WHERE is_standard = 1 AND deleted_at IS NULL"
        " AND (valid_from IS NULL OR valid_from <= ?) AND (valid_to IS NULL OR valid_to > ?)"
        " ORDER BY currency <> ?, id LIMIT 1",
        (on, on, currency),
    )
    return None if found is None else str(found)


def prices_in(store: Store, book_id: str) -> int:
    """Return how many prices a book holds."""
    return int(store.value("SELECT count(*) FROM price_entry WHERE book_id = ? AND deleted_at IS NULL", (book_id,)))


def entry_rows(store: Store, book_id: str, product_id: str) -> list[Row]:
    """Return the prices of a product in a book whole, by their beginnings."""
    return rows(
        store,
        "SELECT * FROM price_entry WHERE product_id = ? AND book_id = ? AND deleted_at IS NULL"
        " ORDER BY valid_from IS NOT NULL, valid_from",
        (product_id, book_id),
    )


def live_rows(store: Store, table: str) -> list[Row]:
    """Return all records of a small table whole: schedules, promotions, agreements."""
    return rows(store, f"SELECT * FROM {table} WHERE deleted_at IS NULL ORDER BY id")


def name_of(store: Store, product_id: str) -> str:
    """Return the name of a product."""
    return str(store.value("SELECT name FROM product WHERE id = ?", (product_id,)))


def spelled(store: Store, group: str) -> str:
    """Return a price group as it is written already, in any case."""
    found = store.value(
        "SELECT price_group FROM (SELECT price_group FROM account WHERE deleted_at IS NULL UNION ALL"
        " SELECT price_group FROM contract_price WHERE deleted_at IS NULL) WHERE price_group = ? COLLATE NOCASE LIMIT 1",
        (group,),
    )
    return group if found is None else str(found)


def list_price(store: Store, product_id: str) -> int | None:
    """Return some list price of a product: from the newest entry of a standard book, else its own."""
    found = store.value(
        "SELECT e.price_dec6 FROM price_entry e JOIN price_book b ON b.id = e.book_id"
        " WHERE e.product_id = ? AND e.deleted_at IS NULL AND b.deleted_at IS NULL"
        " ORDER BY b.is_standard DESC, e.valid_from DESC LIMIT 1",
        (product_id,),
    )
    own = store.value("SELECT price_dec6 FROM product WHERE id = ?", (product_id,)) if found is None else found
    return None if own is None else int(own)


def tax_rates(store: Store, code_id: str) -> list[Row]:
    """Return the rates of a tax whole."""
    return rows(store, "SELECT * FROM tax_rate WHERE tax_code_id = ? ORDER BY valid_from", (code_id,))


def fx_row(store: Store, source: str, target: str, on: str) -> Row | None:
    """Return the exchange rate that was kept for a day itself."""
    found = rows(store, "SELECT * FROM fx_rate WHERE source = ? AND target = ? AND on_day = ?", (source, target, on))
    return found[0] if found else None


def fx_rows(store: Store) -> list[Row]:
    """Return all exchange rates, the newest first."""
    return rows(store, "SELECT * FROM fx_rate ORDER BY source, target, on_day DESC")


def all_entries(store: Store) -> Rows:
    """Return all prices, for imports: id, book, product, unit, channel, priority, valid from, valid to, price."""
    return store.rows(
        "SELECT id, book_id, product_id, unit, channel, priority, valid_from, valid_to, price_dec6 FROM price_entry"
        " WHERE deleted_at IS NULL ORDER BY book_id, product_id, valid_from"
    )


def entries_told(store: Store, product_id: str) -> Rows:
    """Return the prices of a product in all books: id, ref, book, price, currency, base, unit, valid from, valid to."""
    return store.rows(
        "SELECT e.id, e.ref, b.name, e.price_dec6, b.currency, e.base_dec6, e.unit, e.valid_from, e.valid_to"
        " FROM price_entry e JOIN price_book b ON b.id = e.book_id AND b.deleted_at IS NULL"
        " WHERE e.product_id = ? AND e.deleted_at IS NULL ORDER BY b.is_standard DESC, b.name, e.valid_from DESC",
        (product_id,),
    )


def contracts_of(store: Store, product_id: str) -> list[str]:
    """Return the ids of agreements about a product, or about some category."""
    sql = "SELECT id FROM contract_price WHERE deleted_at IS NULL AND (product_id = ? OR category IS NOT NULL)"
    return [row[0] for row in store.rows(sql, (product_id,))]


def schedules_of(store: Store, product_id: str) -> list[str]:
    """Return the ids of schedules of a product, of some category, or of everything."""
    sql = "SELECT id FROM discount_schedule WHERE deleted_at IS NULL AND (product_id = ? OR product_id IS NULL)"
    return [row[0] for row in store.rows(sql, (product_id,))]


def categories(store: Store) -> list[tuple[str, int]]:
    """Return the categories of products as written, with how many products stand in each."""
    sql = (
        "SELECT category, count(*) FROM product WHERE category IS NOT NULL AND deleted_at IS NULL"
        " GROUP BY category ORDER BY category COLLATE NOCASE"
    )
    return [(str(name), int(count)) for name, count in store.rows(sql)]


def prices_of(store: Store, codes: Sequence[str]) -> list[Row]:
    """Return code, price per unit scaled by 10^6 and currency of the products that are sold under these codes."""
    sql = (
        "SELECT code, price_dec6, currency FROM product WHERE code IN (SELECT value FROM json_each(?))"
        " AND deleted_at IS NULL AND is_active = 1 AND price_dec6 IS NOT NULL ORDER BY id"
    )
    return rows(store, sql, (json.dumps(list(codes)),))
