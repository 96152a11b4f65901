"""What customers bought, by account: from orders, or from won deals where the book keeps no orders."""

from dataclasses import dataclass
from typing import Any

from db.queries.read_fields import VALUE_CLASS, size_band
from db.store import Store


@dataclass(frozen=True, slots=True)
class Source:
    """Where purchases are read from.

    Attributes:
        table: with its covering index.
        day: the columns of day, amount, cost, and amount by list price.
        condition: what counts; `?1` is the currency.
        noun: what lists them, and `day_field` the field of their day.
    """

    name: str
    table: str
    day: str
    amount: str
    cost: str
    listed: str
    condition: str
    noun: str
    day_field: str


ORDERS = Source(
    "Orders",
    "sales_order p INDEXED BY sales_order_of_account",
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
    return store.rows(
        f"SELECT {_whole(told)} FROM {told.table} WHERE {told.condition} AND {told.day} >= ?2 AND {told.day} < ?3"
        " GROUP BY p.account_id",
        (currency, start, end),
    )


def _whole(told: Source) -> str:
    return f"p.account_id, count(*), COALESCE(sum({told.amount}), 0), min({told.day}), max({told.day})"


def windows(store: Store, told: Source, currency: str, days: tuple[str, ...], since: str) -> list[Any]:
    """Return account, purchases, amount, first and last day from a day on and before the last of three, in one reading.

    Then the amounts between the last two days and between the first two, None where nothing was bought; and of the
    purchases between the last two: how many, their costs, how many have none, their amount by list price, and the amount
    of those that have no list price.
    """
    now, before = f"FILTER (WHERE {told.day} >= ?3)", f"FILTER (WHERE {told.day} >= ?2 AND {told.day} < ?3)"
    return store.rows(
        f"SELECT {_whole(told)}, sum({told.amount}) {now}, sum({told.amount}) {before}, count(*) {now}, sum({told.cost}) {now},"
        f" count(*) FILTER (WHERE {told.cost} IS NULL AND {told.day} >= ?3), sum({told.listed}) {now},"
        f" sum({told.amount}) FILTER (WHERE {told.listed} IS NULL AND {told.day} >= ?3)"
        f" FROM {told.table} WHERE {told.condition} AND {told.day} >= ?5 AND {told.day} < ?4"
        " GROUP BY p.account_id",
        (currency, *days, since),
    )


def active(store: Store, told: Source, currency: str, start: str, end: str) -> list[Any]:
    """Return account, purchases, amount, first and last day before a day, and in how many months since another it bought."""
    return store.rows(
        f"SELECT {_whole(told)}, count(DISTINCT substr({told.day}, 1, 7)) FILTER (WHERE {told.day} >= ?2)"
        f" FROM {told.table} WHERE {told.condition} AND {told.day} < ?3 GROUP BY p.account_id",
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
