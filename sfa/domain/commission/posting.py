"""From the credits of a window to lines, each in the statement that it belongs to (domain.md 1.8, 1.10)."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sfa.domain.commission.boxes import Box
from sfa.domain.commission.events import Credit, Given, Line, LineKind, Side
from sfa.domain.commission.gates import Gates, place
from sfa.domain.commission.periods import Calendar
from sfa.domain.commission.plan import Kind
from sfa.domain.commission.sums import do
from sfa.domain.commission.targets import Targets
from sfa.domain.commission.window import Standing, window_lines


@dataclass(slots=True)
class Posting:
    """Makes the lines of windows.

    Attributes:
        wanted: ids of events whose own amounts are asked for later.
        amounts: those amounts, by participant, component and event.
        standings: where each window ended.
    """

    calendar: Calendar
    targets: Targets
    gates: Gates
    wanted: Mapping[str, object]
    amounts: dict[tuple[str, str, str], int] = field(default_factory=dict)
    standings: dict[int, Standing] = field(default_factory=dict)

    def lines(self, box: Box) -> Iterator[Line]:
        """Return the lines of a box; what changes a closed period is one restatement in the oldest open one."""
        if box.has_late:
            yield from self._generations(box)
        else:
            yield from self._seen(box, self.rated(box, None))

    def _generations(self, box: Box) -> Iterator[Line]:
        """Rate the window as it was known when each statement was made."""
        sides = [credit.side for stretch in box.stretches for credit in stretch.credits]
        held: dict[int, int] = {}
        known: set[str] = set()
        for number in sorted({side.posting for side in sides} | {side.earning for side in sides}):
            found = list(self._seen(box, self.rated(box, number), known))
            known |= {line.event_id for line in found}
            sums: dict[int, int] = defaultdict(int)
            for line in found:
                sums[line.earning] += 0 if line.is_memo else line.amount_minor
            yield from (line for line in found if line.earning == number)
            held[number] = sums[number]
            for earning in sorted(set(sums) | set(held)):
                if earning < number and sums[earning] != held.get(earning, 0):
                    yield self._restated(box, earning, number, sums[earning], held.get(earning, 0))
                    held[earning] = sums[earning]

    def _seen(self, box: Box, lines: Iterator[Line], known: Collection[str] = ()) -> Iterator[Line]:
        """Keep the amounts of events that are asked for later, as they were posted first."""
        if not self.wanted:
            yield from lines
            return
        sums: dict[str, int] = defaultdict(int)
        for line in lines:
            if line.event_id in self.wanted and line.event_id not in known and not line.is_memo:
                sums[line.event_id] += line.amount_minor
            yield line
        for event_id, amount in sums.items():
            self.amounts[box.participant, box.code, event_id] = amount

    def _restated(self, box: Box, earning: int, posting: int, target: int, posted: int) -> Line:
        stretch = box.stretches[-1]
        rule = self.targets.rule(box.participant, stretch.plan, stretch.component, box.span)
        sides = [
            (credit.side.posting, credit.quota_minor, credit.event_id)
            for part in box.stretches
            for credit in part.credits
            if credit.side.earning == earning
        ]
        facts = {
            **rule.said,
            "why": "what is known now of a closed period, less what was posted",
            "target_minor": target,
            "posted_minor": posted,
            "credit_before_minor": sum(quota for known, quota, _ in sides if known < posting),
            "credit_after_minor": sum(quota for known, quota, _ in sides if known <= posting),
            "because_of": [event_id for known, _, event_id in sides if known == posting],
        }
        basis = Given(do("minus", target, posted), facts)
        on = self.calendar.periods[posting].start
        kind, amount = LineKind.RESTATEMENT, target - posted
        return Line(box.participant, rule.name, box.code, "", kind, amount, on, earning, posting, basis)

    def rated(self, box: Box, known: int | None) -> Iterator[Line]:
        """Return the lines of all credits that were known when a statement was made, in their order."""
        stand = self.standings[id(box)] = Standing()

        def visible(credits_in: Sequence[Credit]) -> Sequence[Credit]:
            return credits_in if known is None else [one for one in credits_in if one.side.posting <= known]

        for stretch in box.stretches:
            credits_in = visible(stretch.credits)
            if box.is_mixed or box.has_late:
                credits_in = sorted(credits_in, key=place)
            if box.has_late:
                credits_in = _without_late_returns(credits_in)
            gates: list[bool] = []
            if stretch.component.gate:
                credits_in, gates = self.gates.at(box, stretch, credits_in, visible)
            rule = self.targets.rule(box.participant, stretch.plan, stretch.component, box.span)
            if len(box.stretches) > 1 and stand.is_open is not None:
                stand.is_open = rule.opens_at is None or stand.x >= rule.opens_at
            lines = window_lines(rule, credits_in, gates, stand)
            yield from map(_as_override, lines) if stretch.component.kind in _OVERRIDES else lines


_OVERRIDES = frozenset({Kind.OVERRIDE_REVENUE, Kind.OVERRIDE_COMMISSION})


def _as_override(line: Line) -> Line:
    return line._replace(kind=LineKind.OVERRIDE) if line.kind == LineKind.EARN else line


def _without_late_returns(credits_in: Sequence[Credit]) -> Sequence[Credit]:
    """Take what comes back late off the sale itself, as if it had never been sold."""
    late = [one for one in credits_in if one.side.root and one.side.posting != one.side.earning]
    if not late:
        return credits_in
    by_id = {one.event_id: index for index, one in enumerate(credits_in) if not one.side.root}
    found: list[Credit | None] = list(credits_in)
    for index, one in enumerate(credits_in):
        at = by_id.get(one.side.root) if one.side.root and one.side.posting != one.side.earning else None
        sale = found[at] if at is not None else None
        if at is not None and sale is not None:
            pay, quota = sale.commission_minor + one.commission_minor, sale.quota_minor + one.quota_minor
            found[at], found[index] = sale._replace(commission_minor=pay, quota_minor=quota), None
    return [one for one in found if one is not None]


def single(on: date, value: int, number: int) -> Credit:
    """Return credit of a whole window or period that comes of no single event."""
    return Credit(number, "", on, value, value, Side(earning=number, posting=number))
