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
        first: the first and the last day between `?2` and `?3`; of orders they are looked up in the index for each account,
            which takes a third of the time of comparing all.
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
    first: str
    last: str
    noun: str
    day_field: str


_ORDERED = "p.deleted_at IS NULL AND p.state <> 'cancelled' AND p.currency = ?1"
_DAYS = (
    "(SELECT p.ordered_on FROM sales_order p INDEXED BY sales_order_of_account WHERE p.account_id = a.id"
    f" AND {_ORDERED} AND p.ordered_on >= ?2 AND p.ordered_on < ?3 ORDER BY p.ordered_on"
)
ORDERS = Source(
    "Orders",
    "account a CROSS JOIN sales_order p INDEXED BY sales_order_of_account ON p.account_id = a.id",
    "a.id",
    "p.ordered_on",
    "p.net_minor",
    "p.cost_minor",
    "p.list_minor",
    _ORDERED,
    f"{_DAYS} LIMIT 1)",
    f"{_DAYS} DESC LIMIT 1)",
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
    "min(p.closed_on)",
    "max(p.closed_on)",
    "opportunity",
    "closed",
)


def source(store: Store) -> Source:
    """Return orders where there is any, else won deals."""
    return ORDERS if store.value("SELECT 1 FROM sales_order LIMIT 1") else DEALS


def purchases(store: Store, told: Source, currency: str, start: str, end: str) -> list[Any]:
    """Return account, purchases, amount, first and last day, by account, in `[start, end)`."""
    return _by_account(store, told, _whole(told), currency, start, end)


def windows(store: Store, told: Source, currency: str, days: tuple[str, str, str, str]) -> list[Any]:
    """Return account, purchases, first and last day between the first and the last of four days; then of later windows.

    That is: the first day since the third day; the amount since the second and since the third, None where nothing was
    bought; of purchases since the third how many, their amount by list price, and that of those without a list price.
    """
    first, before, now, end = days
    since = f"FILTER (WHERE {told.day} >= {{}})"
    columns = (
        f"{told.account}, count(*), {told.first}, {told.last}, min({told.day}) {since.format('?4')},"
        f" sum({told.amount}) {since.format('?5')}, sum({told.amount}) {since.format('?4')}, count(*) {since.format('?4')},"
        f" sum({told.listed}) {since.format('?4')},"
        f" sum({told.amount}) FILTER (WHERE {told.listed} IS NULL AND {told.day} >= ?4)"
    )
    return _by_account(store, told, columns, currency, first, end, now, before)


def earned(store: Store, told: Source, currency: str, start: str, end: str) -> list[Any]:
    """Return account, purchases, amount or None, their costs, and how many have none, by account, in `[start, end)`."""
    costs = f"sum({told.cost}), count(*) - count({told.cost})"
    return _by_account(store, told, f"{told.account}, count(*), sum({told.amount}), {costs}", currency, start, end)


def active(store: Store, told: Source, currency: str, days: tuple[str, str, str]) -> list[Any]:
    """Return what `purchases` does between the first and last of three days, and in how many months since the second."""
    first, start, end = days
    months = f"count(DISTINCT substr({told.day}, 1, 7)) FILTER (WHERE {told.day} >= ?4)"
    return _by_account(store, told, f"{_whole(told)}, {months}", currency, first, end, start)


def _whole(told: Source) -> str:
    return f"{told.account}, count(*), COALESCE(sum({told.amount}), 0), {told.first}, {told.last}"


def _by_account(store: Store, told: Source, columns: str, *values: str) -> list[Any]:
    """Return columns by account, of purchases in `?1`, a currency, in `[?2, ?3)`."""
    return store.rows(
        f"SELECT {columns} FROM {told.table} WHERE {told.condition} AND {told.day} >= ?2 AND {told.day} < ?3"
        f" GROUP BY {told.account}",
        values,
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
