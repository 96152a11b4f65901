"""A quarter of a million order lines for a hundred people: in full, one more event, and what if."""

import gc
import resource
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from statistics import median

import pytest

from sfa.domain.commission.case import Assignment, Case, QuotaRow
from sfa.domain.commission.events import Event, EventKind
from sfa.domain.commission.periods import Calendar, Period
from sfa.domain.commission.plan import Axis, Component, Plan, Tier
from sfa.domain.commission.run import Run
from sfa.domain.commission.whatif import Deal, Estimator

pytestmark = pytest.mark.bench
LINES, PEOPLE, DAYS = 1_000_000, 100, 92
START = date(2026, 10, 1)
MOST_S, MOST_MB, MOST_ONE_MS, MOST_WHATIF_MS = 20, 500, 300, 50
TIERS = (Tier(0, 500_000, 40_000), Tier(500_000, 1_000_000, 60_000), Tier(1_000_000, None, 90_000))
PLAN = Plan("AE", 1, "USD", (Component("base", tiers=TIERS, axis=Axis.ATTAINMENT, threshold_ppm=300_000),))
NAMES = [f"rep-{number:03}" for number in range(PEOPLE)]


def events(count: int = LINES, person: str = "") -> Iterator[Event]:
    """Return sales in their order, day by day; of everybody in turn, or of one."""
    for number in range(count):
        on = START + timedelta(number * DAYS // count)
        owner = person or NAMES[number % PEOPLE]
        stamp = f"{on}T{number:07}"
        net = 10_000 + number * 7919 % 90_000
        yield Event(
            f"01932b5c-7e00-7000-8000-{number:012}", EventKind.BOOKED, on, net, stamp, currency="USD", owner=owner
        )


def case(rows: Iterator[Event]) -> Case:
    """Return a quarter with quotas."""
    calendar = Calendar([Period("2026-Q4", START, START + timedelta(DAYS))])
    quotas = [QuotaRow(name, "2026-Q4", 500_000_000) for name in NAMES]
    return Case([PLAN], calendar, [Assignment(name, "AE") for name in NAMES], rows, quotas=quotas, referred=frozenset())


def cpu_ms(work: Callable[[], object], rounds: int = 5) -> float:
    """Return the median CPU time of some rounds."""
    taken = []
    for _ in range(rounds):
        begun = time.process_time()
        work()
        taken.append((time.process_time() - begun) * 1000)
    return median(taken)


def test_a_quarter_of_a_million_lines() -> None:
    begun = time.process_time()
    for _ in events():
        pass
    feeding = time.process_time() - begun
    gc.collect()
    begun = time.process_time()
    ready = Run(case(events()))
    count = total = 0
    for statement in ready.statements():
        count += len(statement.lines)
        total += statement.payable_minor
    taken = time.process_time() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    one = case(events(LINES // PEOPLE, NAMES[0]))

    def one_person() -> None:
        more = Event("zz", EventKind.BOOKED, START + timedelta(DAYS - 1), 50_000, "2026-12-31T99999", owner=NAMES[0])
        rows = [*events(LINES // PEOPLE, NAMES[0]), more]
        list(Run(replace(one, events=iter(rows))).statements([NAMES[0]]))

    rep_ms = cpu_ms(one_person)
    estimator = Estimator(ready, NAMES[0])
    on = START + timedelta(40)
    deals = [Deal(Event(f"d{number}", EventKind.BOOKED, on, 5_000_000, owner=NAMES[0]), 400_000) for number in range(5)]
    whatif_ms = cpu_ms(lambda: estimator.estimate(deals))
    sys.stdout.write(
        f"\ncommission of {LINES} lines: {taken:.1f} s CPU, of which making the events {feeding:.1f} s, {peak:.0f} MB; "
        f"{count} lines, {total} paid; one person after one event {rep_ms:.0f} ms; what if of 5 deals {whatif_ms:.1f} ms"
    )
    assert count == LINES + PEOPLE  # each reaches the threshold once, in two lines
    assert taken <= MOST_S
    assert peak <= MOST_MB
    assert rep_ms <= MOST_ONE_MS
    assert whatif_ms <= MOST_WHATIF_MS
