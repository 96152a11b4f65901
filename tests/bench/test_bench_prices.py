"""A price out of 100,000: one product, a quote of 200 lines, and a price list coming in, against a book of 1,000."""

import json
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median

import pytest

from sfa.domain.pricing.waterfall import price_lines
from sfa.exchange.import_plan import Request, make_plan
from sfa.exchange.importer import run
from sfa.services.desk import Desk
from sfa.services.pricing import price_all, requests_for, shelf_for
from tests.support.factories import make_desk
from tests.support.prices import DEC6, a_wish

pytestmark = pytest.mark.bench
BOOKS, DATES, LINES, ROUNDS = 5, 2, 200, 40
ACCOUNTS, AGREEMENTS, SCHEDULES, PROMOTIONS = 1_000, 5_000, 300, 20


def a_desk(folder: Path, entries: int) -> tuple[Desk, list[str], str]:
    """Return a desk with so many prices, its products, and an account of a group with agreements."""
    desk = make_desk(folder)
    count = entries // BOOKS // DATES
    with desk.store.write("bench.prices") as work:
        accounts = [work.insert("account", {"name": f"A{n}", "price_group": f"G{n % 9}"}) for n in range(ACCOUNTS)]
        products = [
            work.insert("product", {"name": f"P{n}", "code": f"C{n}", "category": f"K{n % 50}/L{n % 7}"})
            for n in range(count)
        ]
        for number in range(BOOKS):
            book = work.insert("price_book", {"name": f"B{number}", "currency": "USD", "is_standard": int(not number)})
            for product in products:
                row = {"book_id": book, "product_id": product, "price_dec6": (90 + number) * DEC6}
                work.insert("price_entry", {**row, "valid_to": "2026-02-01"})
                work.insert("price_entry", {**row, "price_dec6": 99 * DEC6, "valid_from": "2026-02-01"})
        for n in range(AGREEMENTS):
            row = {"account_id": accounts[n % ACCOUNTS], "product_id": products[n % count], "currency": "USD"}
            work.insert("contract_price", {**row, "value": 80 * DEC6})
        tiers = json.dumps([{"lo": DEC6, "value": 0}, {"lo": 10 * DEC6, "value": 50_000}])
        for n in range(SCHEDULES):
            work.insert("discount_schedule", {"name": f"S{n}", "product_id": products[n % count], "tiers": tiers})
        for n in range(PROMOTIONS):
            condition = json.dumps({"categories": [f"K{n}"]})
            work.insert("price_rule", {"name": f"R{n}", "effect": "percent", "value": 10_000, "condition": condition})
    return desk, products, accounts[3]


def cpu_ms(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Return the median of the processor's time, in milliseconds."""
    taken = []
    for _ in range(rounds):
        started = time.process_time()
        work()
        taken.append((time.process_time() - started) * 1000)
    return median(taken)


def test_a_price_out_of_a_hundred_thousand(tmp_path: Path) -> None:
    small, few, one = a_desk(tmp_path / "small", 1_000)
    large, many, other = a_desk(tmp_path / "large", 100_000)
    lookups = [
        cpu_ms(partial(price_all, desk, [a_wish(product, 12, account)]))
        for desk, product, account in ((small, few[7], one), (large, many[7_003], other))
    ]
    wishes = [a_wish(many[n * 37 % len(many)], n + 1, other) for n in range(LINES)]
    quote = cpu_ms(lambda: price_all(large, wishes))
    requests = requests_for(large, shelf_for(large, wishes), wishes)
    engine = cpu_ms(lambda: price_lines(requests))
    print(f"\none price: {lookups[0]:.2f} ms of 1,000 entries, {lookups[1]:.2f} ms of 100,000")  # noqa: T201 - a bench
    print(f"{LINES} lines: {quote:.1f} ms with all reading, {engine:.1f} ms in the engine alone")  # noqa: T201 - a bench
    assert lookups[1] < 2 * lookups[0]
    assert quote < LINES * lookups[1]


def test_a_price_list_of_a_hundred_thousand_rows(tmp_path: Path) -> None:
    desk, products, _ = a_desk(tmp_path / "book", 1_000)
    with desk.store.write("bench.products") as work:
        for n in range(len(products), 20_000):
            work.insert("product", {"name": f"P{n}", "code": f"C{n}"})
    path = tmp_path / "prices.csv"
    rows = (f"C{n % 20_000},B{n // 20_000},{10 + n % 90}.50,2026-09-01\n" for n in range(100_000))
    path.write_text("Product code,Price book,Price,Valid from\n" + "".join(rows), encoding="utf-8")
    floor = cpu_ms(lambda: path.read_text(encoding="utf-8").splitlines(), 3)
    taken = []
    for _ in range(2):
        started = time.process_time()
        result = run(desk, make_plan(desk, Request(path, "price_entry")))
        taken.append(time.process_time() - started)
        assert not result.rejected
    print(f"\n100,000 prices: {taken[0]:.1f} s new, {taken[1]:.1f} s again; reading the file alone {floor:.0f} ms")  # noqa: T201 - a bench
    assert result.unchanged == 100_000
