"""The calendar over 10,000 recurring appointments: a week from stored rows, cold and once plans are kept; first paint."""

import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from statistics import median

import pytest

from db.queries.agenda import series
from sfa.services.agenda import agenda
from sfa.services.calendar_page import calendar_page
from sfa.services.desk import Desk
from sfa.services.reminders import due
from sfa.services.series_shelf import FIRST, LAST
from tests.support.driver import LARGE, desk_driver
from tests.support.factories import make_desk

pytestmark = pytest.mark.bench
ROUNDS = 9
SERIES = 10_000
WEEK = (date(2026, 3, 9), date(2026, 3, 16))
RHYTHMS = (
    (50, "FREQ=YEARLY"),
    (30, "FREQ=WEEKLY;UNTIL=20260101T000000Z"),
    (10, "FREQ=MONTHLY"),
    (9, "FREQ=MONTHLY;BYDAY=2TU"),
    (1, "FREQ=WEEKLY"),
)
"""Of 100 series so many have this rule: birthdays, series that are over, monthly and weekly ones."""


def a_book_of_series(desk: Desk) -> None:
    """Fill a book with series of four time zones that began in the fifteen months before the week."""
    dice = Random(1)
    rules = [rule for share, rule in RHYTHMS for _ in range(share)]
    with desk.store.write("bench.fill", "Filled") as work:
        for number in range(SERIES):
            day = date(2025, 1, 1) + timedelta(days=dice.randrange(400))
            starts = f"{day}T{dice.randrange(8, 17):02d}:{dice.choice((0, 15, 30)):02d}"
            ends = f"{day}T{dice.randrange(17, 20):02d}:00"
            work.insert(
                "event",
                {
                    "subject": f"Appointment {number}",
                    "starts_wall": starts,
                    "ends_wall": ends,
                    "zone": dice.choice(("Europe/Berlin", "America/New_York", "Asia/Shanghai", "UTC")),
                    "starts_at": f"{starts}:00.000Z",
                    "ends_at": f"{ends}:00.000Z",
                    "rule": f"RRULE:{dice.choice(rules)}",
                },
            )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace with 10,000 series."""
    place = tmp_path_factory.mktemp("series")
    desk = make_desk(place)
    a_book_of_series(desk)
    desk.close()
    return place


@pytest.fixture
def desk(folder: Path) -> Iterator[Desk]:
    """Return a desk over the book."""
    opened = make_desk(folder)
    yield opened
    opened.close()


def cpu_ms(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Return the median CPU time of several runs, in milliseconds."""
    times = []
    for _ in range(rounds):
        started = time.process_time()
        work()
        times.append((time.process_time() - started) * 1000)
    return median(times)


def test_a_week_costs_no_more_than_reading_the_series_once_their_plans_are_kept(desk: Desk) -> None:
    cold = cpu_ms(lambda: agenda(desk, *WEEK), rounds=1)
    found = len(agenda(desk, *WEEK).appointments)
    warm = cpu_ms(lambda: agenda(desk, *WEEK))
    page = cpu_ms(lambda: calendar_page(desk, *WEEK))
    floor = cpu_ms(lambda: series(desk.store, desk.user_id, FIRST, LAST))
    bells = cpu_ms(lambda: due(desk, "screens"))
    sys.stdout.write(
        f"\nweek of {SERIES:,} series: cold {cold:.0f} ms, kept {warm:.1f} ms ({warm / floor:.2f} x reading them), page {page:.1f} ms,"
        f" reminders {bells:.1f} ms; {found} appointments"
    )
    assert found > 300
    assert warm <= 1.25 * floor


async def test_the_calendar_paints_as_soon_as_another_area(tmp_path: Path) -> None:
    async def first_paint(key: str, place: Path) -> float:
        async with desk_driver(place, size=LARGE) as drive:
            await drive.press("8", "1")
            started = time.process_time()
            await drive.press(key)
            return time.process_time() - started

    await first_paint("2", tmp_path)
    await first_paint("3", tmp_path)
    ratios = []
    for _ in range(ROUNDS):
        calendar = await first_paint("2", tmp_path)
        ratios.append(calendar / await first_paint("3", tmp_path))
    sys.stdout.write(f"\nfirst paint of the calendar: {median(ratios):.2f} x that of the accounts")
    assert median(ratios) <= 1.25
