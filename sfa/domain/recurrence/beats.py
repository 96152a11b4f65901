"""One rule with its start: its hits in wall time, with UNTIL and COUNT."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time

from sfa.domain.recurrence.days import Budget
from sfa.domain.recurrence.rhythms import days_after, nth_day, rhythm_of
from sfa.domain.recurrence.values import LAST_MOMENT, RecurrenceSet, Rule
from sfa.domain.recurrence.walking import is_unfiltered, nth_of_unfiltered, walk
from sfa.domain.recurrence.zones import midnight, wall_time, zone_of

LAST_SECOND = time(23, 59, 59)


class Beat:
    """A rule that is followed from a start.

    Attributes:
        until: wall time of the last hit that may be; where the rule has a COUNT that is not counted out yet, the end
            of the calendar.
        is_counted: whether `until` holds the COUNT.
    """

    __slots__ = ("count", "is_counted", "rhythm", "rule", "start", "until")

    def __init__(self, rule: Rule, base: RecurrenceSet) -> None:
        self.rule = rule
        self.start = base.start
        self.rhythm = rhythm_of(rule, base.start)
        self.until = wall_until(rule.until, base)
        self.count = 0
        self.is_counted = True
        if rule.count is not None:
            self._count(rule.count)

    def _count(self, count: int) -> None:
        """Turn a COUNT into an end where arithmetic can; DTSTART always is the first of them (RFC 5545 3.3.10)."""
        start, today = self.start, self.start.toordinal()
        if self.rhythm is not None:
            is_hit = bool(self.rhythm.days(today, today + 1))
            self.count = count if is_hit else count - 1
            day = nth_day(self.rhythm, today, self.count) if self.count else today - 1
            if day is not None:
                self.until = datetime.combine(date.fromordinal(day), start.time())
                return
        elif is_unfiltered(self.rule):
            self.until = nth_of_unfiltered(self.rule, start, count) or LAST_MOMENT
            return
        else:
            self.count = count
        self.is_counted = False

    def moments(self, since: datetime, before: datetime, budget: Budget) -> Iterator[datetime]:
        """Yield the hits in [since, before), ascending.

        Raises:
            OutOfStepsError: the budget is spent.
        """
        if not self.is_counted:
            yield from self._counted(since, before, budget)
            return
        for moment in self._endless(max(since, self.start), before, budget):
            if moment > self.until:
                return
            yield moment

    def _endless(self, since: datetime, before: datetime, budget: Budget) -> Iterator[datetime]:
        if self.rhythm is None:
            yield from walk(self.rule, self.start, since, before, budget)
            return
        clock = self.start.time()
        for day in days_after(self.rhythm, since.toordinal(), before.toordinal()):
            budget.spend()
            moment = datetime.combine(date.fromordinal(day), clock)
            if since <= moment < before:
                yield moment

    def _counted(self, since: datetime, before: datetime, budget: Budget) -> Iterator[datetime]:
        """Count from the start; remember the end once it has been reached."""
        left = self.count
        last = self.start
        for at, moment in enumerate(self._endless(self.start, before, budget)):
            if at == 0 and moment != self.start and self.rhythm is None:
                left -= 1  # the start is none of the rule's own hits, and yet the first that counts
            if left == 0:
                break
            left -= 1
            last = moment
            if moment >= since:
                yield moment
            if left == 0:
                break
        if left == 0:
            self.until, self.is_counted = last, True


def wall_until(until: date | None, base: RecurrenceSet) -> datetime:
    """Return UNTIL as wall time of the set; a date is the whole of it."""
    if until is None:
        return LAST_MOMENT
    if base.is_all_day:
        return midnight(until)
    if not isinstance(until, datetime):
        return datetime.combine(until, LAST_SECOND)
    return wall_time(until, zone_of(base.zone) or UTC)
