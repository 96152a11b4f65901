"""What the price of a line is made of: read for many products and accounts at once, one query per kind."""

import json
from collections.abc import Iterable
from typing import Any

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


def entries(store: Store, products: Iterable[str]) -> Rows:
    """Return the entries of products in all books: id, book, product, unit, channel, price, base, priority, from, to."""
    return store.rows(
        "SELECT id, book_id, product_id, unit, channel, price_dec6, base_dec6, priority, valid_from, valid_to"
        " FROM price_entry WHERE product_id IN (SELECT value FROM json_each(?))",
        (_list(products),),
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
