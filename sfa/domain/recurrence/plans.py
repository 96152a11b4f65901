"""A set made ready: where it begins and ends, its rules as beats, its exceptions by their day."""

from datetime import date, datetime, timedelta
from functools import lru_cache

from sfa.domain.recurrence.beats import Beat
from sfa.domain.recurrence.clock import seconds_of
from sfa.domain.recurrence.days import LAST_DAY, Budget, OutOfStepsError
from sfa.domain.recurrence.rhythms import Months, Strides
from sfa.domain.recurrence.values import LAST_MOMENT, Length, Override, RecurrenceSet

CACHED_PLANS = 1024


class Plan:
    """A compiled set; keep it as long as the set stands, it answers any window.

    Attributes:
        base: the set.
        beats: its rules.
        first, last: days (ordinals) outside of which nothing of it starts.
        rhythm: its one rule as arithmetic, where no override, extra date or second time of day bends it.
        skipped: days that the rhythm leaves out.
        reach: the most days by which something that started earlier can still be on.
        has_start: whether the first instance is one of the set's.
    """

    __slots__ = ("base", "beats", "clock", "first", "has_start", "last", "reach", "rhythm", "skipped")

    def __init__(self, base: RecurrenceSet) -> None:
        self.base = base
        self.beats = tuple([Beat(rule, base) for rule in base.rules])
        self.has_start = not base.rules or any(rule.until is None for rule in base.rules) or self._begins_in_time()
        self.clock = timedelta(0, seconds_of(base.start))
        self.rhythm = self._only_rhythm()
        self.skipped = frozenset([moment.toordinal() for moment in base.excluded]) if self.rhythm else frozenset()
        self.reach = _reach(base.length, self.clock)
        self.first = today = base.start.toordinal()
        self.last = max([today, *[beat.until.toordinal() for beat in self.beats]]) if self.beats else today
        if self.rhythm and self.beats[0].until.time() < base.start.time():
            self.last -= 1  # it ends on that day before it would begin
        if base.extras or base.overrides:
            self._widen(base)

    def _begins_in_time(self) -> bool:
        return any(beat.until >= self.base.start for beat in self.beats)

    def _only_rhythm(self) -> Strides | Months | None:
        """Return the rhythm of a set that is one rule, its start, and whole days left out."""
        base = self.base
        if len(self.beats) != 1 or base.extras or base.overrides or not self.has_start:
            return None
        beat, today = self.beats[0], base.start.toordinal()
        if beat.rhythm is None or not beat.is_counted or today not in beat.rhythm.days(today, today + 1):
            return None
        clock = base.start.time()
        if any(isinstance(moment, datetime) and moment.time() != clock for moment in base.excluded):
            return None
        return beat.rhythm

    def _widen(self, base: RecurrenceSet) -> None:
        """Take in what lies outside of the rules, and what overrides move."""
        days = [extra.start.toordinal() for extra in base.extras]
        days += [(item.start or item.original).toordinal() for item in base.overrides]
        shifts = [item.shift.days for item in base.overrides if item.is_onward]
        self.first = min([self.first + min([0, *shifts]), *days])
        self.last = min(max([self.last + max([0, *shifts]) + 1, *days]), LAST_DAY)
        lengths = [extra.length for extra in base.extras] + [item.length for item in base.overrides]
        self.reach = max([self.reach, *[_reach(length, timedelta(1)) for length in lengths if length is not None]])

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


def _reach(length: Length, clock: timedelta) -> int:
    """Return on how many days after its first an occurrence is still on; a clock change may make it an hour longer."""
    span = clock + length.span
    if length.seconds:
        span += timedelta(hours=1)
    return -(-span // timedelta(1)) - 1 if span > timedelta(1) else 0


@lru_cache(CACHED_PLANS)
def plan_of(base: RecurrenceSet) -> Plan:
    """Return the plan of a set, made once."""
    return Plan(base)
