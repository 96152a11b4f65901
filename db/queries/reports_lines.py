"""What lines of invoices and orders sold: by customer and product, by category, channel and territory, and what is bought together.

Papers of a window are put in the order of their ids first, so that the index of lines is walked and not jumped about.
"""

from typing import Any

from db.store import Store

MOST_ROWS = 2000
_BILLS = (
    "SELECT i.id, i.account_id, i.channel FROM invoice i INDEXED BY invoice_by_day WHERE i.deleted_at IS NULL"
    " AND i.issued_on >= ?1 AND i.issued_on < ?2 AND i.currency = ?3 ORDER BY i.id"
)
_LINES = "paper CROSS JOIN invoice_line l INDEXED BY invoice_line_sums ON l.invoice_id = paper.id"
_NET = "l.net_minor + l.share_minor"


def profits(store: Store, currency: str, start: str, end: str) -> list[Any]:
    """Return account, product, revenue, margin of invoiced lines, the most revenue first; refs of account and product.

    The margin is None where a cost is missing. What names no product stands by its description.
    """
    margin = f"CASE WHEN count(*) = count(l.cost_minor) THEN sum({_NET} - l.cost_minor) END"
    return store.rows(
        f"WITH paper AS MATERIALIZED ({_BILLS}), sold AS (SELECT paper.account_id AS a,"
        f" COALESCE(l.product_id, l.description) AS p, sum({_NET}) AS net, {margin} AS margin"
        f" FROM {_LINES} GROUP BY 1, 2 ORDER BY 3 DESC LIMIT {MOST_ROWS})"
        " SELECT account.name, COALESCE(product.name, p), net, margin, account.ref, product.ref FROM sold"
        " JOIN account ON account.id = a LEFT JOIN product ON product.id = p ORDER BY net DESC, 1, 2",
        (start, end, currency),
    )


def performance(store: Store, currency: str, start: str, end: str) -> list[Any]:
    """Return category, channel, territory of the account, and net of invoiced lines."""
    return store.rows(
        f"WITH paper AS MATERIALIZED ({_BILLS}), sold AS (SELECT paper.account_id AS a, paper.channel AS c,"
        f" l.product_id AS p, sum({_NET}) AS net FROM {_LINES} GROUP BY 1, 2, 3)"
        " SELECT product.category, c, territory.name, sum(net) FROM sold JOIN account ON account.id = a"
        " LEFT JOIN territory ON territory.id = account.territory_id LEFT JOIN product ON product.id = p"
        " GROUP BY 1, 2, 3 ORDER BY 4 DESC, 1, 2, 3",
        (start, end, currency),
    )


def baskets(store: Store, start: str, end: str) -> list[Any]:
    """Return what orders of a window hold, as ids of products joined by commas, and how many hold just that."""
    return store.rows(
        "WITH paper AS MATERIALIZED (SELECT o.id FROM sales_order o INDEXED BY sales_order_by_day"
        " WHERE o.deleted_at IS NULL AND o.state <> 'cancelled' AND o.ordered_on >= ?1 AND o.ordered_on < ?2"
        " ORDER BY o.id), basket AS (SELECT group_concat(l.product_id) AS ids FROM paper CROSS JOIN sales_order_line l"
        " INDEXED BY sales_order_line_basket ON l.order_id = paper.id AND l.product_id IS NOT NULL GROUP BY paper.id)"
        " SELECT ids, count(*) FROM basket GROUP BY 1",
        (start, end),
    )


def products(store: Store) -> dict[str, tuple[str, str]]:
    """Return name and ref of products by id."""
    return {row[0]: (row[1], row[2]) for row in store.rows("SELECT id, name, ref FROM product")}
