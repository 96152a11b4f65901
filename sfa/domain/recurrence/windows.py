"""Many sets in one window, as a day or a week on a screen asks for them."""

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo

from sfa.domain.recurrence.expanding import expand
from sfa.domain.recurrence.plans import Plan
from sfa.domain.recurrence.values import FIRST_MOMENT, LAST_MOMENT, Occurrence
from sfa.domain.recurrence.walking import moment_at
from sfa.domain.recurrence.zones import wall_time, zone_of

LONGEST_TABLE = 400
MOST_HITS = 500_000


# Which of the sets, by its place among those asked, and the occurrence. No named tuple: they are made by ten thousands.
Hit = tuple[int, Occurrence]


class _Window:
    """[low, high) in the wall time of one zone, with its midnights at hand."""

    __slots__ = ("day", "high", "last", "low", "midnights")

    def __init__(self, low: datetime, high: datetime) -> None:
        self.low, self.high = max(low, FIRST_MOMENT), min(high, LAST_MOMENT)
        self.day = self.low.toordinal()
        self.last = (self.high - timedelta(0, 1)).toordinal()
        self.midnights = {
            day: moment_at(day, 0) for day in range(self.day - 1, min(self.last, self.day + LONGEST_TABLE) + 1)
        }

    def holds(self, start: datetime, end: datetime) -> bool:
        """Tell whether something is on in it; what takes no time is on at its start."""
        return start < self.high and (start >= self.low or end > self.low)


def occurrences_in(plans: Sequence[Plan], low: datetime, high: datetime, zone: tzinfo) -> tuple[list[Hit], list[str]]:
    """Return what of many sets is on in [low, high), in the order of the sets, and sentences on what is missing.

    Args:
        plans: compiled sets.
        low: wall time in `zone`; sets of other zones are asked for the same moments by their own clocks, whole days
            and floating times for the same wall times.
        high: as `low`.
        zone: the zone of whoever looks.
    """
    windows = {"": _Window(low, high)}
    hits: list[Hit] = []
    stopped: list[str] = []
    for place, plan in enumerate(plans):
        if len(hits) > MOST_HITS:
            stopped.append("So many occurrences are not listed at once; ask for fewer days.")
            break
        window = windows.get(plan.base.zone)
        if window is None:
            window = windows[plan.base.zone] = _of_zone(plan.base.zone, low, high, zone)
        if plan.last + plan.reach < window.day or plan.first > window.last:
            continue
        if plan.rhythm is None:
            found = expand(plan, window.low, window.high, is_overlapping=True)
            hits += [(place, item) for item in found.occurrences]
            if found.stopped:
                stopped.append(found.stopped)
            continue
        _add_rhythm(hits, place, plan, window)
    return hits, stopped


def _of_zone(name: str, low: datetime, high: datetime, zone: tzinfo) -> _Window:
    own = zone_of(name)
    return _Window(wall_time(low.replace(tzinfo=zone), own), wall_time(high.replace(tzinfo=zone), own))


def _add_rhythm(hits: list[Hit], place: int, plan: Plan, window: _Window) -> None:
    """Add what a set without any bend has in a window."""
    rhythm = plan.rhythm
    if rhythm is None:
        return
    hits += [(place, item) for item in plan.apart if window.holds(item.start, item.end)]
    since, until = window.day - plan.reach, window.last + 1
    since, until = max(since, plan.begins), min(until, plan.ends + 1)
    if since >= until:
        return
    length, clock, skipped, midnights = plan.base.length, plan.clock, plan.skipped, window.midnights
    for day in rhythm.days(since, until):
        if day in skipped:
            continue
        start = (midnights.get(day) or moment_at(day, 0)) + clock
        if start < window.high and (start >= window.low or start + length.span > window.low):
            hits.append((place, Occurrence(start, length, start)))
