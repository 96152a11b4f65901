"""Commission over a book with a million order lines of a hundred people: all statements, one after one event, what if.

Floors are measured in the same run: reading the same rows and adding up, without rules, lines and hashes.
"""

import resource
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import islice
from pathlib import Path
from statistics import median

import pytest

from db import bulk_rows
from db.queries import commission as queries
from sfa.services import commission_plans, commission_quotas, commission_runs, commission_statements, commission_whatif
from sfa.services.desk import Desk
from tests.support.commissions import BOSS, TIERS, a_plan, a_quota, a_sale, a_team, at_the_desk, user_id
from tests.support.factories import TODAY, a_user, make_desk

pytestmark = pytest.mark.bench
LINES, PEOPLE, DAYS, CHUNK = 1_000_000, 100, 68, 100_000
MOST_RUN_S, MOST_RUN_MB, MOST_STATEMENT_MS, MOST_WHATIF_MS = 20, 500, 300, 50
MOST_RUN_FLOORS, MOST_STATEMENT_FLOORS, MOST_WHATIF_FLOORS = 10, 10, 4
COLUMNS = ("id", "type", "event_date", "recorded_at", "source_type", "source_id", "owner_id", "net_minor", "currency")
SPAN = ("2026-01-01", "2026-04-01")


def sales(desk: Desk, people: list[str]) -> Iterator[tuple[object, ...]]:
    """Return events of everybody in turn, day by day."""
    for number in range(LINES):
        on = (TODAY - timedelta(DAYS - number * DAYS // LINES)).isoformat()
        at, net = f"{on}T10:00:00.000Z", 10_000 + number * 7919 % 90_000
        owner = people[number % PEOPLE]
        yield desk.store.ids.new(), "booked", on, at, "sales_order", f"o{number}", owner, net, "USD"


def a_book(folder: Path) -> Desk:
    """Return a desk with a plan, quotas and sales of everybody."""
    desk = make_desk(folder)
    a_team(desk)
    a_plan(desk, TIERS)
    a_quota(desk, "500k")
    others = [a_user(desk, name=f"Rep {number}") for number in range(1, PEOPLE)]
    with at_the_desk(desk, BOSS):
        for number in range(1, PEOPLE):
            commission_plans.assign(desk, "TIERS", f"Rep {number}", "2026-01-01")
            commission_quotas.set_quota(desk, commission_quotas.Wish(f"Rep {number}", "2026-Q1", "500k"))
    rows = sales(desk, [user_id(desk), *others])
    with desk.store.write("bench.fill") as work:
        while some := list(islice(rows, CHUNK)):
            bulk_rows.insert(work.connection, "comp_event", COLUMNS, some)
    return desk


def cpu_ms(work: Callable[[], object], rounds: int = 5) -> float:
    """Return the median CPU time of some rounds."""
    taken = []
    for _ in range(rounds):
        begun = time.process_time()
        work()
        taken.append((time.process_time() - begun) * 1000)
    return median(taken)


def added_up(desk: Desk, people: list[str] | None) -> int:
    """Read the rows that a calculation reads, and add up their amounts."""
    return sum(row[3] for row in queries.events(desk.store, SPAN, people))


def test_a_million_lines_of_a_hundred_people(tmp_path: Path) -> None:
    desk = a_book(tmp_path / "home")
    me = user_id(desk)
    begun = time.process_time()
    with at_the_desk(desk, BOSS):
        saved = commission_runs.run(desk)
    run = time.process_time() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    everybody = [str(row[0]) for row in desk.store.rows("SELECT DISTINCT owner_id FROM comp_event")]
    run_floor = cpu_ms(lambda: [added_up(desk, [one]) for one in everybody], 1) / 1000
    before = commission_statements.statement(desk).payable_minor
    a_sale(desk, 100_000, "2026-03-10")
    assert commission_statements.statement(desk).payable_minor > before
    statement = cpu_ms(lambda: commission_statements.statement(desk))
    statement_floor = cpu_ms(lambda: added_up(desk, [me]))
    whatif = cpu_ms(lambda: commission_whatif.whatif(desk, ["win a deal in march at 40k"]))
    whatif_floor = cpu_ms(lambda: queries.sums_of_events(desk.store, SPAN, me))
    sys.stdout.write(
        f"\n  {LINES:,} lines, {PEOPLE} people: all statements {run:.1f} s ({run / run_floor:.1f} x reading), {peak:.0f} MB;"
        f" one after one event {statement:.0f} ms ({statement / statement_floor:.1f} x reading);"
        f" what if {whatif:.0f} ms ({whatif / whatif_floor:.1f} x adding up in SQL)\n"
    )
    assert saved.count == PEOPLE
    assert run < MOST_RUN_S
    assert run / run_floor < MOST_RUN_FLOORS
    assert peak < MOST_RUN_MB
    assert statement < MOST_STATEMENT_MS
    assert statement / statement_floor < MOST_STATEMENT_FLOORS
    assert whatif < MOST_WHATIF_MS
    assert whatif / whatif_floor < MOST_WHATIF_FLOORS
    desk.close()
