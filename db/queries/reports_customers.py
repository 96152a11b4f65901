"""What customers bought, by account: from orders, or from won deals where the book keeps no orders."""

from dataclasses import dataclass
from typing import Any

from db.queries.read_fields import VALUE_CLASS, size_band
from db.store import Store


@dataclass(frozen=True, slots=True)
class Source:
    """Where purchases are read from.

    Attributes:
        table: with its covering index; orders by their accounts, so that those of a window alone are read.
        account: the column by which they are grouped.
        day: those of day, amount, cost, and amount by list price.
        condition: what counts; `?1` is the currency.
        noun: what lists them, and `day_field` the field of their day.
    """

    name: str
    table: str
    account: str
    day: str
    amount: str
    cost: str
    listed: str
    condition: str
    noun: str
    day_field: str


ORDERS = Source(
    "Orders",
    "account a CROSS JOIN sales_order p INDEXED BY sales_order_of_account ON p.account_id = a.id",
    "a.id",
    "p.ordered_on",
    "p.net_minor",
    "p.cost_minor",
    "p.list_minor",
    "p.deleted_at IS NULL AND p.state <> 'cancelled' AND p.currency = ?1",
    "order",
    "ordered",
)
DEALS = Source(
    "Won deals",
    "opportunity p",
    "p.account_id",
    "p.closed_on",
    "p.amount_minor",
    "NULL",
    "NULL",
    "p.deleted_at IS NULL AND p.is_won = 1 AND p.account_id IS NOT NULL AND COALESCE(p.currency, ?1) = ?1",
    "opportunity",
    "closed",
)


def source(store: Store) -> Source:
    """Return orders where there is any, else won deals."""
    return ORDERS if store.value("SELECT 1 FROM sales_order LIMIT 1") else DEALS


def purchases(store: Store, told: Source, currency: str, start: str, end: str) -> list[Any]:
    """Return account, purchases, amount, first and last day, by account, in `[start, end)`."""
    return _by_account(store, told, _whole(told), currency, start, end)


def earned(store: Store, told: Source, currency: str, start: str, end: str) -> list[Any]:
    """Return the same; amount again, or None; costs, how many have none, amount by list price, and that of those without."""
    columns = (
        f"{_whole(told)}, sum({told.amount}), sum({told.cost}), count(*) - count({told.cost}), sum({told.listed}),"
        f" sum({told.amount}) FILTER (WHERE {told.listed} IS NULL)"
    )
    return _by_account(store, told, columns, currency, start, end)


def _whole(told: Source) -> str:
    return f"{told.account}, count(*), COALESCE(sum({told.amount}), 0), min({told.day}), max({told.day})"


def _by_account(store: Store, told: Source, columns: str, currency: str, start: str, end: str) -> list[Any]:
    return store.rows(
        f"SELECT {columns} FROM {told.table} WHERE {told.condition} AND {told.day} >= ?2 AND {told.day} < ?3"
        f" GROUP BY {told.account}",
        (currency, start, end),
    )


def active(store: Store, told: Source, currency: str, start: str, end: str) -> list[Any]:
    """Return account, purchases, amount, first and last day before a day, and in how many months since another it bought."""
    return store.rows(
        f"SELECT {_whole(told)}, count(DISTINCT substr({told.day}, 1, 7)) FILTER (WHERE {told.day} >= ?2)"
        f" FROM {told.table} WHERE {told.condition} AND {told.day} < ?3 GROUP BY {told.account}",
        (currency, start, end),
    )


def accounts(store: Store) -> list[Any]:
    """Return id, name, ref, segment, industry, employees, size band of accounts."""
    return store.rows(
        "SELECT a.id, a.name, a.ref, a.segment, a.industry, a.employees,"
        f" {size_band('a')} FROM account a WHERE a.deleted_at IS NULL"
    )


def profile(store: Store) -> list[Any]:
    """Return segment, class of value as recorded last, band of risk, accounts."""
    return store.rows(
        f"SELECT a.segment, {VALUE_CLASS}, a.risk_band, count(*) FROM account a WHERE a.deleted_at IS NULL"
        " GROUP BY 1, 2, 3 ORDER BY 4 DESC, 1, 2, 3"
    )


def leads(store: Store, start: str, end: str) -> list[Any]:
    """Return month, source, segment, leads and converted ones."""
    return store.rows(
        "SELECT substr(created_on, 1, 7), source, segment, count(*), sum(status = 'converted') FROM lead"
        " WHERE deleted_at IS NULL AND created_on >= ? AND created_on < ? GROUP BY 1, 2, 3 ORDER BY 1, 4 DESC, 2, 3",
        (start, end),
    )


def campaigns(store: Store, currency: str, start: str, end: str) -> list[Any]:
    """Return campaign, deals, won, lost and won amount of deals made in `[start, end)`."""
    return store.rows(
        "SELECT min(campaign), count(*), sum(is_won = 1), sum(is_won = 0), sum(CASE WHEN is_won = 1 THEN amount_minor"
        " ELSE 0 END) FROM opportunity WHERE deleted_at IS NULL AND campaign IS NOT NULL AND created_on >= ?1"
        " AND created_on < ?2 AND COALESCE(currency, ?3) = ?3 GROUP BY lower(campaign) ORDER BY 5 DESC, 1",
        (start, end, currency),
    )
