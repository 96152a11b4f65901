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
FLOOR = (
    "SELECT p.account_id, a.name, a.ref, p.n, p.net, p.first, p.last FROM (SELECT account_id, count(*) n, sum(net_minor) net,"
    " min(ordered_on) first, max(ordered_on) last FROM sales_order INDEXED BY sales_order_of_account WHERE deleted_at IS NULL"
    " AND state <> 'cancelled' AND ordered_on >= '2023-01-01' AND COALESCE(currency, 'USD') = 'USD' GROUP BY account_id) p"
    " JOIN account a ON a.id = p.account_id ORDER BY p.net DESC"
)
INVOICED = (
    "SELECT owner_id, substr(issued_on, 1, 7), sum(net_minor) FROM invoice INDEXED BY invoice_by_day"
    " WHERE deleted_at IS NULL AND issued_on >= '2026-01-01' GROUP BY 1, 2"
)
LIMITS = dict.fromkeys(("abc", "rfm", "retention", "persistence", "value", "clv"), FLOOR) | {"measures": INVOICED}
MOST_FLOORS = {"persistence": 3.0, "value": 5.0, "clv": 5.0}
"""Reports that read the index twice, or go on to score and fit each of 20,000 customers in Python."""
LEAST_S = 0.05


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
    assert own <= max(MOST_FLOORS.get(name, 2.0) * least, LEAST_S)
