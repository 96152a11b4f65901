"""Commission over a book with 100,000 order lines of a hundred people: one rep's statement, and what a deal is worth."""

import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from statistics import median

import pytest

from sfa.services import commission_statements, commission_whatif
from sfa.services.desk import Desk
from tests.support.commissions import TIERS, a_plan, a_quota, a_sale, a_team, user_id
from tests.support.factories import TODAY, a_user, make_desk

pytestmark = pytest.mark.bench
LINES, PEOPLE, DAYS = 100_000, 100, 68
MOST_STATEMENT_MS, MOST_WHATIF_MS = 300, 50
COLUMNS = ("id", "type", "event_date", "recorded_at", "source_type", "source_id", "owner_id", "net_minor", "currency")


def sales(desk: Desk, people: list[str]) -> Iterator[tuple[object, ...]]:
    """Return events of everybody in turn, day by day."""
    for number in range(LINES):
        on = (TODAY - timedelta(DAYS - number * DAYS // LINES)).isoformat()
        at, net = f"{on}T10:00:00.000Z", 10_000 + number * 7919 % 90_000
        owner = people[number % PEOPLE]
        yield desk.store.ids.new(), "booked", on, at, "sales_order", f"o{number}", owner, net, "USD"


def cpu_ms(work: Callable[[], object], rounds: int = 5) -> float:
    """Return the median CPU time of some rounds."""
    taken = []
    for _ in range(rounds):
        begun = time.process_time()
        work()
        taken.append((time.process_time() - begun) * 1000)
    return median(taken)


def test_one_rep_among_a_hundred(tmp_path: Path) -> None:
    desk = make_desk(tmp_path / "home")
    a_team(desk)
    a_plan(desk, TIERS)
    a_quota(desk, "500k")
    people = [user_id(desk), *(a_user(desk, name=f"Rep {number}") for number in range(PEOPLE - 1))]
    with desk.store.write("bench.fill") as work:
        work.insert_many("comp_event", COLUMNS, list(sales(desk, people)))
    before = commission_statements.statement(desk).payable_minor
    a_sale(desk, 100_000, "2026-03-10")
    assert commission_statements.statement(desk).payable_minor > before
    statement = cpu_ms(lambda: commission_statements.statement(desk))
    whatif = cpu_ms(lambda: commission_whatif.whatif(desk, ["win a deal in march at 40k"]))
    sys.stdout.write(
        f"\n  statement of one rep: {statement:.0f} ms; what if: {whatif:.0f} ms ({LINES:,} lines, {PEOPLE} people)\n"
    )
    assert statement < MOST_STATEMENT_MS
    assert whatif < MOST_WHATIF_MS
    desk.close()
