"""The desk over 1,000,000 deals: first paint and memory against a blank app in the same run, and queries it stands on."""

import sys
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

from db.queries.board import stage_sums
from sfa.services.desk import Desk, open_desk
from sfa.services.listing import RecordPages
from tests.support.big_store import build_big_store
from tests.support.shell import environment
from tests.support.terminal import paint

pytestmark = [pytest.mark.bench, pytest.mark.skipif(sys.platform != "linux", reason="reads memory from /proc")]
ROUNDS = 9
BLANK = """
from textual.app import App
from textual.widgets import Static
class Blank(App):
    def compose(self):
        yield Static("nothing here")
Blank().run()
"""


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace with 1,000,000 open deals of 500 owners, one of whom sits at the desk."""
    folder = tmp_path_factory.mktemp("big")
    store = build_big_store(folder)
    owner = store.value("SELECT id FROM app_user LIMIT 1")
    store.connection.execute("INSERT INTO setting (key, value) VALUES ('user_id', ?)", (owner,))
    store.close()
    return folder


def test_the_first_paint_and_its_memory_are_near_those_of_a_blank_app(big: Path) -> None:
    ratios, memory = [], []
    for _ in range(ROUNDS):
        blank, blank_mb = paint([sys.executable, "-c", BLANK], environment(big), b"nothing here")
        ours, ours_mb = paint([sys.executable, "-m", "sfa"], environment(big), b"At risk")
        ratios.append(ours / blank)
        memory.append(ours_mb / blank_mb)
    sys.stdout.write(f"\nfirst paint {median(ratios):.2f} x blank, memory {median(memory):.2f} x blank")
    assert median(ratios) <= 1.25
    assert median(memory) <= 1.4


@pytest.fixture
def desk(big: Path) -> Iterator[Desk]:
    """Return a desk over the big store."""
    opened = open_desk(big)
    yield opened
    opened.close()


def milliseconds(work: object) -> float:
    """Return the median of several runs."""
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        work()  # type: ignore[operator]
        times.append((time.perf_counter() - started) * 1000)
    return median(times)


def test_the_pipeline_of_one_owner_is_answered_by_a_covering_index_within_a_millisecond(desk: Desk) -> None:
    taken = milliseconds(lambda: stage_sums(desk.store, desk.user_id))
    plan = desk.store.rows(
        "EXPLAIN QUERY PLAN SELECT stage_id, currency, count(*), sum(amount_minor) FROM opportunity"
        " INDEXED BY opportunity_open WHERE owner_id = ? AND closed_on IS NULL AND deleted_at IS NULL"
        " GROUP BY stage_id, currency",
        (desk.user_id,),
    )
    sys.stdout.write(f"\npipeline of one owner {taken:.2f} ms")
    assert any("COVERING INDEX" in str(row) for row in plan)
    assert taken <= 1.0


def test_a_page_in_the_middle_of_a_million_costs_what_the_first_one_costs(desk: Desk) -> None:
    pages = RecordPages(desk, "opportunity", "status=open", "close_date", ("name", "account", "stage", "amount"))
    count, anchors = pages.read_anchors(64)
    first = milliseconds(lambda: pages.read_from(None, 64))
    middle = milliseconds(lambda: pages.read_from(anchors[len(anchors) // 2], 64))
    sys.stdout.write(f"\nfirst page {first:.2f} ms, a page in the middle {middle:.2f} ms of {count:,} deals")
    assert count == 1_000_000
    assert middle <= 5.0
