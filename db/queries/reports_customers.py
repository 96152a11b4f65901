"""What customers bought, by account: from orders, or from won deals where the book keeps no orders."""

from dataclasses import dataclass
from typing import Any

from db.store import Store


@dataclass(frozen=True, slots=True)
class Source:
    """Where purchases are read from: a table with its covering index, the columns of day and amount, what counts."""

    name: str
    table: str
    day: str
    amount: str
    condition: str


ORDERS = Source(
    "orders",
    "sales_order p INDEXED BY sales_order_of_account",
    "p.ordered_on",
    "p.net_minor",
    "p.deleted_at IS NULL AND p.state <> 'cancelled'",
)
DEALS = Source("won deals", "opportunity p", "p.closed_on", "p.amount_minor", "p.deleted_at IS NULL AND p.is_won = 1")


def source(store: Store) -> Source:
    """Return orders where there is any, else won deals."""
    return ORDERS if store.value("SELECT 1 FROM sales_order LIMIT 1") else DEALS


def purchases(store: Store, told: Source, currency: str, own: str, start: str, end: str) -> list[Any]:
    """Return account, purchases, amount, first and last day, by account, in `[start, end)`."""
    sql = (
        f"SELECT p.account_id, count(*), COALESCE(sum({told.amount}), 0), min({told.day}), max({told.day})"
        f" FROM {told.table} WHERE {told.condition} AND p.account_id IS NOT NULL AND {told.day} >= ?1"
        f" AND {told.day} < ?2 AND COALESCE(p.currency, ?3) = ?4 GROUP BY p.account_id"
    )
    return store.rows(sql, (start, end, own, currency))


def windows(store: Store, told: Source, currency: str, own: str, days: tuple[str, str, str]) -> list[Any]:
    """Return account, purchases, amount, first and last day before the last of three days, in one reading.

    Then the amounts between the last two and between the first two; None where nothing was bought.
    """
    between = f"sum(CASE WHEN {told.day} >= ?{{}} AND {told.day} < ?{{}} THEN {told.amount} END)"
    sql = (
        f"SELECT p.account_id, count(*), COALESCE(sum({told.amount}), 0), min({told.day}), max({told.day}),"
        f" {between.format(2, 3)}, {between.format(1, 2)} FROM {told.table} WHERE {told.condition}"
        f" AND p.account_id IS NOT NULL AND {told.day} < ?3 AND COALESCE(p.currency, ?4) = ?5 GROUP BY p.account_id"
    )
    return store.rows(sql, (*days, own, currency))


def active_months(store: Store, told: Source, currency: str, own: str, start: str, end: str) -> dict[str, int]:
    """Return in how many months each account bought."""
    month = f"substr({told.day}, 1, 7)"
    sql = (
        f"SELECT account_id, count(*) FROM (SELECT DISTINCT p.account_id, {month} FROM {told.table}"
        f" WHERE {told.condition} AND p.account_id IS NOT NULL AND {told.day} >= ?1 AND {told.day} < ?2"
        " AND COALESCE(p.currency, ?3) = ?4) GROUP BY account_id"
    )
    return dict(store.rows(sql, (start, end, own, currency)))


def days(store: Store, told: Source, currency: str, own: str, end: str) -> list[Any]:
    """Return account, day and amount of each purchase before a day, in order of accounts and days."""
    sql = (
        f"SELECT p.account_id, {told.day}, sum({told.amount}) FROM {told.table}"
        f" WHERE {told.condition} AND p.account_id IS NOT NULL AND {told.day} < ?1 AND COALESCE(p.currency, ?2) = ?3"
        f" GROUP BY p.account_id, {told.day} ORDER BY p.account_id, {told.day}"
    )
    return store.rows(sql, (end, own, currency))


def accounts(store: Store) -> list[Any]:
    """Return id, name, ref, segment, industry, employees, custom fields (JSON) of accounts."""
    return store.rows(
        "SELECT id, name, ref, segment, industry, employees, custom FROM account WHERE deleted_at IS NULL"
    )


def profile(store: Store) -> list[Any]:
    """Return segment, lifecycle, industry, accounts, for what is entered."""
    return store.rows(
        "SELECT segment, lifecycle, industry, count(*) FROM account WHERE deleted_at IS NULL GROUP BY 1, 2, 3"
        " ORDER BY 4 DESC, 1, 2, 3"
    )


def profits(store: Store, currency: str, start: str, end: str) -> list[Any]:
    """Return account, product, revenue, margin (None where a cost is missing) of invoiced lines."""
    return store.rows(
        "SELECT a.name, COALESCE(p.name, l.description), sum(l.net_minor),"
        " CASE WHEN count(*) = count(l.cost_minor) THEN sum(l.net_minor - l.cost_minor) END, i.account_id, l.product_id"
        " FROM invoice i INDEXED BY invoice_by_day JOIN invoice_line l ON l.invoice_id = i.id"
        " JOIN account a ON a.id = i.account_id LEFT JOIN product p ON p.id = l.product_id"
        " WHERE i.deleted_at IS NULL AND i.issued_on >= ? AND i.issued_on < ? AND i.currency = ?"
        " GROUP BY i.account_id, l.product_id, CASE WHEN l.product_id IS NULL THEN l.description END"
        " ORDER BY 3 DESC LIMIT 2000",
        (start, end, currency),
    )


def performance(store: Store, currency: str, start: str, end: str) -> list[Any]:
    """Return category, channel, industry and net of invoiced lines."""
    return store.rows(
        "SELECT p.category, i.channel, a.industry, sum(l.net_minor)"
        " FROM invoice i JOIN invoice_line l ON l.invoice_id = i.id JOIN account a ON a.id = i.account_id"
        " LEFT JOIN product p ON p.id = l.product_id"
        " WHERE i.deleted_at IS NULL AND i.issued_on >= ? AND i.issued_on < ? AND i.currency = ?"
        " GROUP BY 1, 2, 3 ORDER BY 4 DESC",
        (start, end, currency),
    )


def leads(store: Store, start: str, end: str) -> list[Any]:
    """Return month, source, leads and converted ones."""
    return store.rows(
        "SELECT substr(created_on, 1, 7), source, count(*), sum(status = 'converted') FROM lead"
        " WHERE deleted_at IS NULL AND created_on >= ? AND created_on < ? GROUP BY 1, 2 ORDER BY 1, 3 DESC",
        (start, end),
    )


def bought_together(store: Store, start: str, end: str, limit: int) -> list[Any]:
    """Return two products and in how many orders both, the first, the second are, and the number of all orders."""
    return store.rows(
        "WITH line AS MATERIALIZED (SELECT DISTINCT l.order_id, l.product_id FROM sales_order o"
        " JOIN sales_order_line l ON l.order_id = o.id WHERE o.deleted_at IS NULL AND o.state <> 'cancelled'"
        " AND o.ordered_on >= ? AND o.ordered_on < ? AND l.product_id IS NOT NULL),"
        " single AS (SELECT product_id, count(*) n FROM line GROUP BY 1),"
        " pair AS (SELECT a.product_id x, b.product_id y, count(*) n FROM line a JOIN line b"
        " ON a.order_id = b.order_id AND a.product_id < b.product_id GROUP BY 1, 2 ORDER BY 3 DESC LIMIT ?)"
        " SELECT p.name, q.name, pair.n, s.n, t.n, (SELECT count(DISTINCT order_id) FROM line) FROM pair"
        " JOIN product p ON p.id = x JOIN product q ON q.id = y JOIN single s ON s.product_id = x"
        " JOIN single t ON t.product_id = y ORDER BY 3 DESC, 1, 2",
        (start, end, limit),
    )


def campaigns(store: Store, currency: str, own: str, start: str, end: str) -> list[Any]:
    """Return campaign, deals, won, lost and won amount of deals made in `[start, end)`."""
    return store.rows(
        "SELECT min(campaign), count(*), sum(is_won = 1), sum(is_won = 0), sum(CASE WHEN is_won = 1 THEN amount_minor"
        " ELSE 0 END) FROM opportunity WHERE deleted_at IS NULL AND campaign IS NOT NULL AND created_on >= ?1"
        " AND created_on < ?2 AND COALESCE(currency, ?3) = ?4 GROUP BY lower(campaign) ORDER BY 5 DESC",
        (start, end, own, currency),
    )
