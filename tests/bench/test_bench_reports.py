"""Reports over very many orders, against the plainest SQL over the same rows in the same run (CPU)."""

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path  # noqa: TC003 - a fixture
from statistics import median

import pytest

from sfa.services.desk import Desk
from sfa.services.report_catalogue import CATALOGUE
from sfa.services.report_request import Request
from tests.support.big_orders import build_big_orders
from tests.support.factories import make_desk

pytestmark = pytest.mark.bench
ROUNDS = 3
_KEPT = "deleted_at IS NULL AND state <> 'cancelled' AND currency = 'USD'"
_NAMED = "JOIN account a ON a.id = p.account_id ORDER BY p.net DESC"
BOUGHT = (
    "SELECT p.account_id, a.name, a.ref, p.n, p.net, p.first, p.last FROM (SELECT account_id, count(*) n, sum(net_minor) net,"
    " min(ordered_on) first, max(ordered_on) last FROM sales_order INDEXED BY sales_order_of_account"
    f" WHERE {_KEPT} AND ordered_on >= '2023-01-01' GROUP BY account_id) p {_NAMED}"
)
"""How often, how much and when each account bought: the ground of every report on customers."""
_NOW = "FILTER (WHERE ordered_on >= '2025-03-11')"
_BILLED = (
    "(SELECT account_id, sum(net_minor), sum(gross_minor - paid_minor) FROM invoice INDEXED BY invoice_of_account WHERE"
    " deleted_at IS NULL AND issued_on >= '2025-03-11' AND currency = 'USD' GROUP BY account_id) b ON b.account_id = p.account_id"
)
EARNED = (
    f"SELECT p.*, b.*, a.name, a.ref FROM (SELECT account_id, count(*) n, sum(net_minor) {_NOW} net, min(ordered_on), max(ordered_on),"
    f" sum(net_minor) FILTER (WHERE ordered_on >= '2024-03-11' AND ordered_on < '2025-03-11'), count(*) {_NOW},"
    f" sum(cost_minor) {_NOW}, sum(cost_minor IS NULL) {_NOW}, sum(list_minor) {_NOW}, sum(CASE WHEN list_minor IS NULL THEN"
    f" net_minor END) {_NOW} FROM sales_order INDEXED BY sales_order_of_account"
    f" WHERE {_KEPT} GROUP BY account_id) p LEFT JOIN {_BILLED} {_NAMED}"
)
"""The same with amounts of two windows, costs and list prices, and what was invoiced and is owed, which value draws on."""
PROFIT = (
    "SELECT p.*, b.*, a.name, a.ref FROM (SELECT account_id, count(*) n, sum(net_minor) net, min(ordered_on), max(ordered_on),"
    " sum(cost_minor), sum(cost_minor IS NULL) FROM sales_order INDEXED BY sales_order_of_account"
    f" WHERE {_KEPT} AND ordered_on >= '2025-03-11' GROUP BY account_id) p LEFT JOIN {_BILLED} {_NAMED}"
)
"""Amounts and costs of a window, and what was invoiced and is owed, which profit draws on."""
INVOICED = (
    "SELECT owner_id, substr(issued_on, 1, 7), sum(net_minor) FROM invoice INDEXED BY invoice_by_day"
    " WHERE deleted_at IS NULL AND issued_on >= '2026-01-01' GROUP BY 1, 2"
)
_LINES = "FROM invoice i JOIN invoice_line l ON l.invoice_id = i.id"
_YEAR = "i.deleted_at IS NULL AND i.issued_on >= '2025-03-11' AND i.issued_on < '2026-03-11' AND i.currency = 'USD'"
PROFITS = (
    "SELECT i.account_id, l.product_id, sum(l.net_minor) revenue, sum(l.net_minor - l.cost_minor) margin"
    f" {_LINES} WHERE {_YEAR} GROUP BY 1, 2"
)
PERFORMANCE = (
    f"SELECT p.category, i.channel, a.industry, sum(l.net_minor) {_LINES} JOIN product p ON p.id = l.product_id"
    f" JOIN account a ON a.id = i.account_id WHERE {_YEAR} GROUP BY 1, 2, 3"
)
PAIRS = (
    "SELECT a.product_id, b.product_id, count(DISTINCT a.order_id) FROM sales_order o JOIN sales_order_line a ON a.order_id = o.id"
    " JOIN sales_order_line b ON b.order_id = a.order_id AND a.product_id < b.product_id WHERE o.deleted_at IS NULL"
    " AND o.state <> 'cancelled' AND o.ordered_on >= '2025-03-11' AND o.ordered_on < '2026-03-11' GROUP BY 1, 2"
)
LIMITS = dict.fromkeys(("rfm", "retention", "persistence", "clv"), BOUGHT) | {
    "value": EARNED, "abc": PROFIT, "measures": INVOICED, "profitability": PROFITS, "performance": PERFORMANCE,
    "products": PAIRS,
}  # fmt: skip
MOST_FLOORS, MOST_S = 2.0, 1.0
LEAST_S = 0.05
"""Where the floor is less than half of this, what a report does beside reading counts."""


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Return a desk with a million orders."""
    folder: Path = tmp_path_factory.mktemp("orders")
    make_desk(folder).close()
    build_big_orders(folder).close()
    desk = make_desk(folder)
    yield desk
    desk.close()


def cpu(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


@pytest.mark.parametrize(("name", "floor"), LIMITS.items(), ids=LIMITS)
def test_a_report_of_a_million_orders_is_near_the_floor(big: Desk, name: str, floor: str) -> None:
    run = CATALOGUE[name].run
    run(big, Request())
    pairs = [(cpu(lambda: run(big, Request())), cpu(lambda: big.store.rows(floor))) for _ in range(ROUNDS)]
    own, least = median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)
    sys.stdout.write(f"\n{name}: {own:.2f} s, {own / least:.2f} x the floor of {least:.2f} s")
    assert own <= min(max(MOST_FLOORS * least, LEAST_S), MOST_S)
