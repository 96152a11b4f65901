"""The occurrences of one set inside a window."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from sfa.domain.recurrence.days import Budget, OutOfStepsError
from sfa.domain.recurrence.plans import Plan
from sfa.domain.recurrence.values import FIRST_MOMENT, LAST_MOMENT, Expansion, Length, Occurrence, Override

MOST_OCCURRENCES = 10_000
NO_SHIFT = timedelta(0)
FAR_DAYS = 400
"""How far the first look for the next occurrence of a rule goes that has to be walked."""


class _Stretch:
    """Originals in [low, high) that are moved by the same shift and last equally long."""

    __slots__ = ("high", "is_cancelled", "length", "low", "shift")

    def __init__(self, low: datetime, high: datetime, override: Override | None, length: Length) -> None:
        self.low = low
        self.high = high
        self.shift = override.shift if override else NO_SHIFT
        self.length = override.length if override and override.length is not None else length
        self.is_cancelled = override.is_cancelled if override else False


def expand(
    plan: Plan,
    low: datetime,
    high: datetime,
    *,
    is_overlapping: bool = False,
    has_cancelled: bool = False,
    budget: Budget | None = None,
) -> Expansion:
    """Return what of a set starts in the window [low, high) of wall times in its zone.

    Args:
        plan: the set, compiled.
        low: the window's start, in wall time of the set's zone.
        high: its end, itself not in it.
        is_overlapping: also what started before and is still on; what takes no time is on at its start.
        has_cancelled: also what was cancelled by an override.
        budget: the steps to take at most; its own where several questions share them.
    """
    reach = plan.longest if is_overlapping else NO_SHIFT
    low, high = max(low, FIRST_MOMENT + reach), min(high, LAST_MOMENT)
    if low >= high:
        return Expansion()
    budget = budget or Budget()
    found: list[Occurrence] = []
    stopped = ""
    for stretch in _stretches(plan):
        begins, ends = _shifted(low - reach, stretch.shift), _shifted(high, stretch.shift)
        originals, stop = _originals(plan, max(begins, stretch.low), min(ends, stretch.high), budget)
        stopped = stopped or stop
        found += _occurrences(plan, stretch, originals)
    found += _moved(plan)
    kept = [
        item
        for item in found
        if (has_cancelled or not item.is_cancelled)
        and item.start < high
        and (item.start >= low or (is_overlapping and item.end > low))
    ]
    kept.sort()
    return Expansion(tuple(kept), stopped)


def _shifted(moment: datetime, shift: timedelta) -> datetime:
    try:
        return moment - shift
    except OverflowError:
        return LAST_MOMENT if shift < NO_SHIFT else FIRST_MOMENT


def _stretches(plan: Plan) -> Iterator[_Stretch]:
    onward = sorted((item for item in plan.base.overrides if item.is_onward), key=lambda item: item.original)
    bounds = [FIRST_MOMENT, *(item.original for item in onward), LAST_MOMENT]
    for at, override in enumerate([None, *onward]):
        yield _Stretch(bounds[at], bounds[at + 1], override, plan.base.length)


def _originals(plan: Plan, low: datetime, high: datetime, budget: Budget) -> tuple[list[datetime], str]:
    """Return the instances of a set in [low, high) before overrides, and why it is not all of them."""
    found: set[datetime] = set()
    base, stopped = plan.base, ""
    if plan.has_start and low <= base.start < high:
        found.add(base.start)
    found.update(extra.start for extra in base.extras if low <= extra.start < high)
    for beat in plan.beats if low < high else ():
        try:
            for moment in beat.moments(low, high, budget):
                if len(found) >= MOST_OCCURRENCES:
                    stopped = f"Only the first {MOST_OCCURRENCES} occurrences are here; ask for a shorter time."
                    break
                found.add(moment)
        except OutOfStepsError:
            stopped = "The rule takes too many steps to follow; what is here may not be all."
    return sorted(moment for moment in found if not is_excluded(plan, moment)), stopped


def is_excluded(plan: Plan, moment: datetime) -> bool:
    """Tell whether an EXDATE takes an instance out."""
    excluded = plan.base.excluded
    return bool(excluded) and (moment in excluded or moment.date() in excluded)


def _occurrences(plan: Plan, stretch: _Stretch, originals: list[datetime]) -> Iterator[Occurrence]:
    singles = plan.singles
    lengths = {extra.start: extra.length for extra in plan.base.extras if extra.length is not None}
    for original in originals:
        if original not in singles:
            length = lengths.get(original, stretch.length)
            # Adding nothing would still forget which of a time that comes twice is meant.
            start = original + stretch.shift if stretch.shift else original
            yield Occurrence(start, length, original, stretch.is_cancelled)


def _moved(plan: Plan) -> Iterator[Occurrence]:
    """Yield the instances that have overrides of their own, wherever they went."""
    stretches = list(_stretches(plan))
    for original, override in plan.singles.items():
        if is_excluded(plan, original):
            continue
        stretch = next(item for item in stretches if item.low <= original < item.high)
        start = override.start or original + stretch.shift
        length = override.length if override.length is not None else stretch.length
        yield Occurrence(start, length, original, override.is_cancelled or stretch.is_cancelled)


def next_after(plan: Plan, moment: datetime) -> tuple[Occurrence | None, str]:
    """Return the first occurrence that starts after a wall time, and why it may not be known whether there is one."""
    budget = Budget()
    # A rule that is walked, because it is counted, is walked from its start each time: the first look goes far.
    days = 1 if all(beat.rhythm is not None for beat in plan.beats) else FAR_DAYS
    low = max(moment, FIRST_MOMENT)
    low = max(low, datetime.combine(date.fromordinal(plan.first), datetime.min.time()))
    while low < LAST_MOMENT and low.toordinal() <= plan.last:
        high = low + timedelta(days) if low.toordinal() + days < LAST_MOMENT.toordinal() else LAST_MOMENT
        found = expand(plan, low, high, budget=budget)
        for item in found.occurrences:
            if item.start > moment:
                return item, ""
        if found.stopped and budget.left < 0:
            return None, found.stopped
        low, days = high, days * 4
    return None, ""
