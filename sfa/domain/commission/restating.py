"""Closed statements that came to something else than a calculation does: the difference, in the oldest open period (1.8)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from sfa.domain.commission.events import Given, Line, LineKind
from sfa.domain.commission.periods import Calendar
from sfa.domain.commission.statement import HOLDING
from sfa.domain.commission.sums import do


class Place(NamedTuple):
    """What is compared: a component in the period that it is earned in; what is held of it by itself."""

    component: str
    earning: int
    is_held: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """What closed statements hold of a place, and by which rule."""

    amount_minor: int = 0
    rule: str = ""


NOTHING_KEPT = Kept()


@dataclass(frozen=True, slots=True)
class Restating:
    """Puts one person's lines right whose closed statements are given.

    Attributes:
        posted: what closed statements hold.
        covered: component and period that there is credit for; others are left alone where `is_whole` is not said.
        is_whole: whether all that was posted comes of what is known, so that what is gone is taken back.
    """

    calendar: Calendar
    posted: Mapping[Place, Kept]
    covered: Collection[tuple[str, int]]
    is_whole: bool

    def lines(self, person: str, lines: Iterable[Line]) -> Iterator[Line]:
        """Yield the lines of open periods, and what the closed ones should have been beside what they were."""
        oldest = self.calendar.oldest_open
        if oldest == len(self.calendar.periods):
            return
        sums: dict[Place, int] = defaultdict(int)
        rules: dict[Place, str] = {}
        late: dict[Place, Line] = {}
        for line in lines:
            place = Place(line.component, line.earning, line.kind in HOLDING)
            is_late = line.kind == LineKind.RESTATEMENT and line.posting == oldest
            if not line.is_memo and self._is_compared(place) and (is_late or line.posting < oldest):
                sums[place] += line.amount_minor
                rules[place] = line.rule
                if is_late:
                    late[place] = line
            elif line.posting >= oldest:
                yield line
        for place in sorted({*sums, *filter(self._is_compared, self.posted)}):
            given = self.posted.get(place, NOTHING_KEPT)
            if sums[place] != given.amount_minor:
                rule = rules.get(place) or given.rule
                yield self._difference(person, rule, place, sums[place], given.amount_minor, late.get(place))

    def _is_compared(self, place: Place) -> bool:
        is_known = self.is_whole or (place.component, place.earning) in self.covered
        return is_known and (self.is_whole or not place.is_held)

    def _difference(self, person: str, rule: str, place: Place, target: int, posted: int, late: Line | None) -> Line:
        number, amount = self.calendar.oldest_open, target - posted
        kind = LineKind.RESTATEMENT
        if place.is_held:
            kind = LineKind.HOLDBACK_WITHHOLD if amount < 0 else LineKind.HOLDBACK_RELEASE
        facts: dict[str, object] = {"why": "what is known now of a closed period, less what was posted"}
        facts |= late.basis.facts() if late else {}
        facts |= {"target_minor": target, "posted_minor": posted}
        basis = Given(do("minus", target, posted), facts)
        where = (self.calendar.periods[number].start, place.earning, number, basis)
        return Line(person, rule, place.component, "", kind, amount, *where)
