"""Repricing a quote of 200 lines, and finding a price among 100,000, against the bare arithmetic in the same run."""

import gc
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from statistics import median

import pytest

from sfa.domain.figures import DEC6, PPM
from sfa.domain.pricing.amounts import Effect, divide
from sfa.domain.pricing.documents import Adjustment, Document, Line
from sfa.domain.pricing.lookup import (
    ContractPrice,
    PriceBook,
    PriceEntry,
    PriceQuery,
    PriceTable,
    choose_price,
    price_table,
)
from sfa.domain.pricing.rules import Condition, Discount, PriceRule
from sfa.domain.pricing.schedules import Schedule, ScheduleKind, Scope
from sfa.domain.pricing.totals import Totals, total
from sfa.domain.pricing.waterfall import PriceRequest, price_lines
from tests.support.pricing import DAY, VAT5, VAT20, tiers

pytestmark = pytest.mark.bench
LINES, ENTRIES, ROUNDS = 200, 100_000, 25
MOST_RATIO = 40  # repricing costs as much as this many bare passes over the lines with their arithmetic, at most
MOST_LOOKUP_RATIO = 20  # a lookup costs as much as ten times this many reads of a dictionary, at most
TENS = tiers(("1", "5"), ("10", "10"), percent=True)
SCHEDULES = (
    Schedule("range", ScheduleKind.RANGE, Effect.PERCENT, TENS),
    Schedule("slab", ScheduleKind.SLAB, Effect.PERCENT, TENS),
    Schedule("quote", ScheduleKind.RANGE, Effect.PERCENT, TENS, Scope.QUOTE),
)
RULES = (
    PriceRule(Discount("spring", Effect.PERCENT, 50_000)),
    *(
        PriceRule(Discount(f"of {n}", Effect.PERCENT, 20_000), condition=Condition(products=frozenset([f"P{n}"])))
        for n in range(9)
    ),
)


def book() -> PriceTable:
    """Return 100,000 prices of 50,000 products in two books, and contracts of a hundred accounts."""
    entries = [
        PriceEntry(f"{name}{n}", name, f"P{n}", (100 + n) * DEC6)
        for name in ("std", "own")
        for n in range(ENTRIES // 2)
    ]
    contracts = [
        ContractPrice(f"c{n}", f"A{n % 100}", f"P{n // 100}", Effect.PERCENT, 75_000) for n in range(ENTRIES // 10)
    ]
    return price_table([PriceBook("std", "EUR"), PriceBook("own", "EUR", parent_id="std")], entries, contracts)


def query(number: int) -> PriceQuery:
    return PriceQuery(
        f"P{number}",
        DAY,
        "EUR",
        (number % 30 + 1) * DEC6,
        accounts=("A7", "parent"),
        groups=("G",),
        categories=("deep", "wide"),
        books=("own",),
        standard_book="std",
    )


def asked(table: PriceTable) -> list[PriceRequest]:
    """Return the lines of a quote: each with a schedule, rules, a discount of the rep; a third of a partner too."""
    own = (Discount("rep", Effect.PERCENT, 30_000),)
    made = [
        PriceRequest(query(n), choose_price(query(n), table), SCHEDULES[n % 3], rules=RULES, representative=own)
        for n in range(LINES)
    ]
    return [replace(one, partner=own) if n % 3 == 0 else one for n, one in enumerate(made)]


def repriced(requests: list[PriceRequest]) -> Totals:
    """Return what a change in the editor costs: all lines priced anew, and the totals."""
    lines = tuple(
        Line(str(n), line.slices, (VAT20 if n % 3 else VAT5,), line.base_dec6)
        for n, line in enumerate(price_lines(requests))
    )
    return total(Document("EUR", lines, (Adjustment(is_charge=False, reason="fair", percent_ppm=75_000),)))


def bare(requests: list[PriceRequest]) -> int:
    """Do the multiplications and roundings of as many lines of five steps, and nothing else."""
    sum_minor = 0
    for one in requests:
        price, quantity = one.choice.winner.price_dec6, one.query.quantity_dec6
        for _ in range(5):
            price = (2 * price * (PPM - 50_000) + PPM) // (2 * PPM)
        sum_minor += divide(price * quantity * 100, DEC6**2)
    return sum_minor


def cpu_ms(*works: Callable[[], object]) -> list[float]:
    """Return the median CPU time of each, taken in turns."""
    taken: list[list[float]] = [[] for _ in works]
    gc.disable()
    for _ in range(ROUNDS):
        for times, work in zip(taken, works, strict=True):
            begun = time.process_time()
            work()
            times.append((time.process_time() - begun) * 1000)
    gc.enable()
    return [median(times) for times in taken]


def test_repricing_a_quote_of_200_lines() -> None:
    requests = asked(book())
    ours, floor = cpu_ms(lambda: repriced(requests), lambda: bare(requests))
    assert repriced(requests).payable_minor > 0
    sys.stdout.write(f"\nrepricing {LINES} lines: {ours:.2f} ms CPU, floor {floor:.2f} ms, ratio {ours / floor:.0f}")
    assert ours / floor <= MOST_RATIO


def test_finding_a_price_among_100_000() -> None:
    table, queries = book(), [query(n * 97 % (ENTRIES // 2)) for n in range(1000)]
    keys = [("std", one.product_id) for one in queries]
    ours, floor = cpu_ms(
        lambda: [choose_price(one, table) for one in queries],
        lambda: [table.entries[key] for _ in range(10) for key in keys],
    )
    sys.stdout.write(
        f"\na price among {ENTRIES:,}: {ours:.1f} µs CPU, floor (ten reads) {floor:.2f} µs, ratio {ours / floor:.0f}"
    )
    assert ours / floor <= MOST_LOOKUP_RATIO
