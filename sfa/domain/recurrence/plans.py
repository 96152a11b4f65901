"""A set made ready: where it begins and ends, its rules as beats, its exceptions by their day."""

from datetime import date, datetime, timedelta
from functools import lru_cache

from sfa.domain.recurrence.beats import Beat
from sfa.domain.recurrence.clock import seconds_of
from sfa.domain.recurrence.days import LAST_DAY, Budget, OutOfStepsError
from sfa.domain.recurrence.rhythms import Months, Strides
from sfa.domain.recurrence.values import LAST_MOMENT, Occurrence, Override, RecurrenceSet

CACHED_PLANS = 1024
DAY = timedelta(1)


class Plan:
    """A compiled set; keep it as long as the set stands, it answers any window.

    Attributes:
        base: the set.
        beats: its rules.
        first, last: days (ordinals) outside of which nothing of it starts.
        rhythm: its one rule as arithmetic, where no extra date, second time of day or onward override bends it.
        skipped: days that the rhythm leaves out.
        begins, ends: days between which the rhythm is heard, both included.
        apart: what takes place beside the rhythm: instances with overrides of their own, a start that is off the rule.
        longest: how long its longest occurrence lasts, by the wall clock.
        reach: the days before a window on which what is on in it can have begun, at most.
        has_start: whether the first instance is one of the set's.
    """

    __slots__ = (
        "apart",
        "base",
        "beats",
        "begins",
        "clock",
        "ends",
        "first",
        "has_start",
        "last",
        "longest",
        "reach",
        "rhythm",
        "skipped",
    )

    def __init__(self, base: RecurrenceSet) -> None:
        self.base = base
        self.beats = tuple([Beat(rule, base) for rule in base.rules])
        self.has_start = not base.rules or self._begins_in_time()
        self.clock = timedelta(0, seconds_of(base.start))
        self.rhythm = self._only_rhythm()
        self.skipped: frozenset[int] = frozenset()
        self.apart: tuple[Occurrence, ...] = ()
        self.begins = self.ends = base.start.toordinal()
        if self.rhythm:
            self._hear(base, self.rhythm)
        self.longest = base.length.span
        self.first = today = base.start.toordinal()
        self.last = today
        for beat in self.beats:
            self.last = max(self.last, beat.until.toordinal())
        if self.rhythm and self.beats[0].until.time() < base.start.time():
            self.last -= 1  # it ends on that day before it would begin
        if base.extras or base.overrides:
            self._widen(base)
        is_one_clock = not (base.extras or base.overrides)
        self.reach = max(-(-(self.longest + (self.clock if is_one_clock else DAY)) // DAY) - 1, 0)

    def _begins_in_time(self) -> bool:
        start = self.base.start
        for beat in self.beats:  # noqa: SIM110 - this runs for each of 10,000 sets, and a generator costs as much as the rest
            if beat.rule.until is None or beat.until >= start:
                return True
        return False

    def _only_rhythm(self) -> Strides | Months | None:
        """Return the rhythm of a set whose exceptions are a matter of whole days."""
        base = self.base
        if len(self.beats) != 1 or base.extras or not self.has_start:
            return None
        if base.overrides and any(
            item.is_onward or item.original.time() != base.start.time() for item in base.overrides
        ):
            return None
        beat = self.beats[0]
        if beat.rhythm is None or not beat.is_counted:
            return None
        clock = base.start.time()
        if base.excluded and any(isinstance(moment, datetime) and moment.time() != clock for moment in base.excluded):
            return None
        return beat.rhythm

    def _hear(self, base: RecurrenceSet, rhythm: Strides | Months) -> None:
        """Note from when to when the rhythm is heard, which days it leaves out, and what stands in their place."""
        until = self.beats[0].until
        self.ends = until.toordinal() - (until.time() < base.start.time())
        is_odd = not rhythm.days(self.begins, self.begins + 1)
        if is_odd or base.excluded or base.overrides:
            self._except(base, is_odd=is_odd)

    def _except(self, base: RecurrenceSet, *, is_odd: bool) -> None:
        excluded = {moment.toordinal() for moment in base.excluded}
        own = [item for item in base.overrides if item.original.toordinal() not in excluded]
        self.skipped = frozenset(excluded | {item.original.toordinal() for item in own})
        apart = [
            Occurrence(item.start or item.original, base.length if item.length is None else item.length, item.original)
            for item in own
            if not item.is_cancelled
        ]
        if is_odd and self.begins not in self.skipped:
            apart.append(Occurrence(base.start, base.length, base.start))
        self.apart = tuple(apart)

    def _widen(self, base: RecurrenceSet) -> None:
        """Take in what lies outside of the rules, and what overrides move."""
        days = [extra.start.toordinal() for extra in base.extras]
        days += [(item.start or item.original).toordinal() for item in base.overrides]
        shifts = [item.shift.days for item in base.overrides if item.is_onward]
        self.first = min([self.first + min([0, *shifts]), *days])
        self.last = min(max([self.last + max([0, *shifts]) + 1, *days]), LAST_DAY)
        lengths = [extra.length for extra in base.extras] + [item.length for item in base.overrides]
        self.longest = max([self.longest, *[length.span for length in lengths if length is not None]])

    @property
    def singles(self) -> dict[datetime, Override]:
        """Return the overrides of one instance, by its original time."""
        return {item.original: item for item in self.base.overrides if not item.is_onward}

    @property
    def is_start_odd(self) -> bool:
        """Tell whether the first instance is one that no rule hits."""
        start = self.base.start
        if not self.has_start or not self.beats or start in [extra.start for extra in self.base.extras]:
            return False
        budget = Budget()
        try:
            return not any(list(beat.moments(start, start + timedelta(0, 1), budget)) for beat in self.beats)
        except OutOfStepsError:
            return False

    @property
    def end(self) -> date | None:
        """Return the last day on which something starts; None where it goes on for ever."""
        return None if self.last >= LAST_MOMENT.toordinal() else date.fromordinal(self.last)


@lru_cache(CACHED_PLANS)
def plan_of(base: RecurrenceSet) -> Plan:
    """Return the plan of a set, made once."""
    return Plan(base)
