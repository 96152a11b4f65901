"""Whether the component that another waits for has got there, at each credit (domain.md 1.3)."""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from sfa.domain.commission.boxes import Box, Stretch
from sfa.domain.commission.case import Score
from sfa.domain.commission.events import Credit
from sfa.domain.commission.periods import Calendar, Span
from sfa.domain.commission.plan import Component, Measure
from sfa.domain.commission.targets import Targets
from sfa.domain.figures import PPM

Visible = Callable[[Sequence[Credit]], Sequence[Credit]]


class Change(NamedTuple):
    """A credit at which a gate opens or closes."""

    at: tuple[date, int]
    credit: Credit
    is_open: bool


class Gates:
    """Follows the attainment of the components that others wait for."""

    def __init__(
        self, boxes: Mapping[tuple[str, ...], Box], targets: Targets, calendar: Calendar, scores: Sequence[Score]
    ) -> None:
        self._boxes, self._targets, self._calendar = boxes, targets, calendar
        self._scores = {(row.participant, row.component, row.window): row.value for row in scores}
        self._by_code: dict[tuple[str, str, str], list[Box]] = {}
        self._known = 0

    def at(
        self, box: Box, stretch: Stretch, credits_in: Sequence[Credit], visible: Visible
    ) -> tuple[Sequence[Credit], list[bool]]:
        """Return the credits of a gated component and whether its gate is open at each.

        An event that opens or closes the gate and is none of its own is added without credit.
        """
        changes = self._changes(box, stretch, visible)
        own = {credit.event_id for credit in credits_in}
        span = box.span
        added = [
            change.credit._replace(commission_minor=0, quota_minor=0, side=change.credit.side._replace(share_ppm=0))
            for change in changes
            if change.credit.event_id not in own and span.start <= change.credit.on < span.end
        ]
        found = sorted([*credits_in, *added], key=place) if added else credits_in
        places = [change.at for change in changes]
        states = [self._is_reached(box, stretch), *(change.is_open for change in changes)]
        return found, [states[bisect_right(places, place(credit))] for credit in found]

    def _of(self, person: str, plan: str, code: str) -> list[Box]:
        """Return the boxes of a component; those that an estimate made are among them."""
        if len(self._boxes) != self._known:
            self._by_code.clear()
            for key, box in self._boxes.items():
                self._by_code.setdefault((box.participant, key[1], box.code), []).append(box)
            self._known = len(self._boxes)
        return self._by_code.get((person, plan, code), [])

    def _is_reached(self, box: Box, stretch: Stretch) -> bool:
        """Return whether a gate stands open from the beginning: a KPI is a value of its whole window."""
        gate, span, wanted = self._wanted(box, stretch)
        reached = self._scores.get((box.participant, gate.code, span.id), 0) if gate.measure == Measure.KPI else 0
        return wanted is not None and reached >= wanted

    def _wanted(self, box: Box, stretch: Stretch) -> tuple[Component, Span, Fraction | None]:
        """Return the component that is waited for, in which window, and what it must reach; None without a quota."""
        component = stretch.component
        gate = next(one for one in stretch.plan.components if one.code == component.gate)
        span = self._calendar.window(component.gate_window or gate.window, box.span.start)
        quota = self._targets.quota(box.participant, stretch.plan, gate, span).amount_minor
        return gate, span, Fraction(quota * component.gate_ppm, PPM) if quota > 0 else None

    def _changes(self, box: Box, stretch: Stretch, visible: Visible) -> list[Change]:
        gate, span, wanted = self._wanted(box, stretch)
        if wanted is None or gate.measure == Measure.KPI:
            return []
        credits_of = [
            credit
            for other in self._of(box.participant, stretch.plan.code, gate.code)
            if other.span.start < span.end and span.start < other.span.end
            for part in other.stretches
            for credit in visible(part.credits)
            if span.start <= credit.on < span.end
        ]
        total, is_open, found = 0, wanted <= 0, []
        for credit in sorted(credits_of, key=place):
            total += credit.quota_minor
            if (total >= wanted) != is_open:
                is_open = not is_open
                found.append(Change(place(credit), credit, is_open))
        return found


def place(credit: Credit) -> tuple[date, int]:
    """Return what the credits of a window are ordered by."""
    return (credit.on, credit.sequence)
