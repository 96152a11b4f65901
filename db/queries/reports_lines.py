"""What lines of invoices and orders sold: by customer and product, by category, channel and territory, and what is bought together.

Items lie in the order in which they are summed up here (`db.item_rules`), so that nothing is looked up or sorted.
"""

import json
from collections import defaultdict
from typing import Any

from db.store import Store

MOST_ROWS = 2000
_BILLED = "FROM billed_item WHERE billed_on >= ?1 AND billed_on < ?2 AND currency = ?3"


def profits(store: Store, currency: str, start: str, end: str) -> list[Any]:
    """Return account, product, revenue, margin of invoiced lines, the most revenue first; refs of account and product.

    The margin is None where a cost is missing. What names no product stands by its description.
    """
    margin = "CASE WHEN count(*) = count(cost_minor) THEN sum(net_minor - cost_minor) END"
    return store.rows(
        f"WITH sold AS (SELECT account_id AS a, item AS p, sum(net_minor) AS net, {margin} AS margin {_BILLED}"
        f" GROUP BY account_id, item ORDER BY 3 DESC LIMIT {MOST_ROWS})"
        " SELECT account.name, COALESCE(product.name, NULLIF(p, '')), net, margin, account.ref, product.ref FROM sold"
        " JOIN account ON account.id = a LEFT JOIN product ON product.id = p ORDER BY net DESC, 1, 2",
        (start, end, currency),
    )


def performance(
    store: Store, currency: str, start: str, end: str
) -> list[tuple[str | None, str | None, str | None, int]]:
    """Return category, channel, territory of the account, and net of invoiced lines, the most net first.

    Items of an account come in one row, `<length of the channel>:<channel><item>`: to add those up by what they belong to
    takes less than to look them up and sort them, which SQLite does with all of them.
    """
    rows = store.rows(
        "WITH sold AS (SELECT account_id AS a, json_group_array(length(channel) || ':' || channel || item) AS items,"
        f" json_group_array(net_minor) AS nets {_BILLED} GROUP BY account_id)"
        " SELECT territory.name, items, nets FROM sold JOIN account ON account.id = a"
        " LEFT JOIN territory ON territory.id = account.territory_id",
        (start, end, currency),
    )
    by_item: dict[str | None, dict[str, int]] = {}
    for territory, items, nets in rows:
        sums = by_item.setdefault(territory, defaultdict(int))
        for item, net in zip(json.loads(items), json.loads(nets), strict=True):
            sums[item] += net
    categories = dict(store.rows("SELECT id, category FROM product"))
    found: dict[tuple[str | None, str | None, str | None], int] = defaultdict(int)
    for territory, sums in by_item.items():
        for text, net in sums.items():
            length, _, rest = text.partition(":")
            channel, item = rest[: int(length)], rest[int(length) :]
            found[categories.get(item), channel or None, territory] += net
    order = sorted(found, key=lambda names: (-found[names], *((name is not None, name or "") for name in names)))
    return [(*names, found[names]) for names in order]


def baskets(store: Store, start: str, end: str) -> list[str]:
    """Return what each order of a window holds, as ids of products joined by commas."""
    return [
        row[0]
        for row in store.rows(
            "SELECT group_concat(product_id) FROM ordered_item WHERE ordered_on >= ?1 AND ordered_on < ?2"
            " GROUP BY ordered_on, order_id",
            (start, end),
        )
    ]


def products(store: Store) -> dict[str, tuple[str, str]]:
    """Return name and ref of products by id."""
    return {row[0]: (row[1], row[2]) for row in store.rows("SELECT id, name, ref FROM product")}
