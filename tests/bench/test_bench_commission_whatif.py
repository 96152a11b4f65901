"""What a deal would earn under product filters, gates and caps of a sale, in a quarter of ten thousand order lines."""

import sys
from datetime import timedelta
from pathlib import Path

import pytest

from db import bulk_rows
from sfa.services import commission_whatif
from tests.bench.test_bench_commission_book import COLUMNS, DAYS, MOST_WHATIF_MS, cpu_ms
from tests.support.commissions import TIERS, a_plan, a_quota, a_team, user_id
from tests.support.factories import TODAY, make_desk

pytestmark = pytest.mark.bench
LINES, PRODUCTS = 10_000, 40
ONLY = TIERS + 'only = { category = ["Hardware"] }\n'
GATED = '[[component]]\ncode = "extra"\ngate = "sales"\ntiers = [{ lo = 0, rate_ppm = 10000 }]\n'
PLANS = {
    "a filter": ONLY,
    "a filter by product": TIERS + 'only = { product = ["P1", "P2"] }\n',
    "a gate": TIERS + GATED,
    "both": ONLY + GATED + 'only = { category = ["Hardware"] }\n',
    "a cap of each sale": TIERS + "event_cap_minor = 100000\n",
}


@pytest.mark.parametrize("name", PLANS)
def test_what_if(tmp_path: Path, name: str) -> None:
    desk = make_desk(tmp_path / "home")
    a_team(desk)
    a_plan(desk, PLANS[name])
    a_quota(desk, "3m")
    me = user_id(desk)
    with desk.store.write("bench.fill") as work:
        kinds = ("Software", "Hardware")
        products = [
            work.insert("product", {"code": f"P{number}", "name": f"P{number}", "category": kinds[number % 2]})
            for number in range(PRODUCTS)
        ]
        rows = []
        for number in range(LINES):
            on = (TODAY - timedelta(DAYS - number * DAYS // LINES)).isoformat()
            sale = (desk.store.ids.new(), "booked", on, f"{on}T10:00:00.000Z", "sales_order", f"o{number}", me)
            rows.append((*sale, 10_000 + number * 7919 % 90_000, "USD", products[number % PRODUCTS]))
        bulk_rows.insert(work.connection, "comp_event", (*COLUMNS, "product_id"), rows)
    taken = cpu_ms(lambda: commission_whatif.whatif(desk, ["win a deal in march at 40k", "win a deal in march at 9k"]))
    sys.stdout.write(f"\n  what if under {name}, {LINES:,} lines: {taken:.0f} ms\n")
    assert taken <= MOST_WHATIF_MS
    desk.close()
