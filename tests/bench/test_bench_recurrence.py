"""A week of ten thousand recurring appointments, against a bare loop over as many tuples in the same run."""

import random
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from statistics import median
from zoneinfo import ZoneInfo

import pytest

from sfa.domain.recurrence.plans import Plan
from sfa.domain.recurrence.reading import read_rule
from sfa.domain.recurrence.values import Length, Override, RecurrenceSet
from sfa.domain.recurrence.windows import occurrences_in

pytestmark = pytest.mark.bench
SETS = 10_000
ROUNDS = 15
WEEK = (datetime(2026, 11, 23), datetime(2026, 11, 30))  # noqa: DTZ001 - wall time
BERLIN = ZoneInfo("Europe/Berlin")
MOST_RATIO = 150  # the week of 10,000 sets costs as much as this many bare loops over them, at most
MIX = (
    (40, "FREQ=WEEKLY;BYDAY={day}"),
    (8, "FREQ=WEEKLY;INTERVAL=2;BYDAY={day}"),
    (6, "FREQ=WEEKLY;BYDAY=MO,WE,FR"),
    (6, "FREQ=WEEKLY;BYDAY={day};UNTIL={until}"),
    (6, "FREQ=WEEKLY;COUNT={count}"),
    (5, "FREQ=DAILY"),
    (5, "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
    (10, "FREQ=MONTHLY;BYMONTHDAY={number}"),
    (6, "FREQ=MONTHLY;BYDAY={nth}{day}"),
    (2, "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"),
    (6, "FREQ=YEARLY"),
)


def sets() -> list[RecurrenceSet]:
    """Return a realistic mix, begun up to five years ago; a twentieth has an exclusion, a twentieth a moved instance."""
    dice = random.Random(7)
    weights = [weight for weight, _ in MIX]
    found = []
    for pattern in dice.choices([text for _, text in MIX], weights, k=SETS):
        start = WEEK[0] - timedelta(dice.randrange(5 * 365), 0) + timedelta(minutes=15 * dice.randrange(28, 72))
        text = pattern.format(
            day=("MO", "TU", "WE", "TH", "FR", "SA", "SU")[start.weekday()],
            until=f"{start + timedelta(dice.randrange(30, 900)):%Y%m%d}T220000Z",
            count=dice.randrange(4, 80),
            number=start.day,
            nth=min((start.day - 1) // 7 + 1, 4),
        )
        zone = dice.choices(["Europe/Berlin", "America/New_York", "UTC"], [8, 1, 1])[0]
        own = RecurrenceSet(start, zone=zone, length=Length(0, 3600), rules=(read_rule(text),))
        kind = dice.randrange(20)
        later = start + timedelta(7)
        excluded = (later,) if kind == 0 else ()
        overrides = (Override(later, later + timedelta(hours=2)),) if kind == 1 else ()
        found.append(replace(own, excluded=excluded, overrides=overrides))
    return found


def cpu_ms(work: Callable[[], object]) -> float:
    """Return the median CPU time of some rounds."""
    taken = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        work()
        taken.append((time.process_time() - begun) * 1000)
    return median(taken)


def test_a_week_of_ten_thousand_recurring_appointments() -> None:
    found = sets()
    begun = time.process_time()
    plans = [Plan(item) for item in found]
    compiled = (time.process_time() - begun) * 1000
    rows = [(plan.first, plan.last, plan.base.zone, index) for index, plan in enumerate(plans)]
    low, high = WEEK[0].toordinal(), WEEK[1].toordinal()
    floor = cpu_ms(lambda: [row for row in rows if row[0] < high and row[1] >= low])
    ours = cpu_ms(lambda: occurrences_in(plans, *WEEK, BERLIN))
    hits, stopped = occurrences_in(plans, *WEEK, BERLIN)
    sys.stdout.write(
        f"\nweek of {SETS} recurring sets: {ours:.1f} ms CPU for {len(hits)} occurrences, floor {floor:.2f} ms, "
        f"ratio {ours / floor:.0f}; compiling them once {compiled:.0f} ms"
    )
    assert stopped == []
    assert ours / floor <= MOST_RATIO
