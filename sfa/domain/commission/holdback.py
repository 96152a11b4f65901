"""What is held back of a line, and when it is let go (domain.md 1.7)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from sfa.domain.commission.boxes import Credited
from sfa.domain.commission.case import DatedRelease
from sfa.domain.commission.events import EventKind, Given, Line, LineKind
from sfa.domain.commission.later import Later
from sfa.domain.commission.period import withheld
from sfa.domain.commission.periods import months_later
from sfa.domain.commission.plan import Component, ReleaseOn
from sfa.domain.commission.sums import do, rounded
from sfa.domain.figures import PPM

HELD_BACK = frozenset({LineKind.EARN, LineKind.RETRO_TRUEUP, LineKind.SPIFF})
FIRST, LAST = 0, 2**62


class _Step(NamedTuple):
    """Something that changes what is held of a sale, or how much of it may go.

    Attributes:
        held: what is withheld; `share`: how much of all that is held may be let go from here on, None: as before.
        forfeited: how much of it is lost.
    """

    on: date
    sequence: int
    event_id: str
    earning: int
    posting: int
    held: int = 0
    share: Fraction | None = None
    forfeited: Fraction = Fraction(0)
    line: Line | None = None


@dataclass(slots=True)
class Holdback:
    """Withholds and lets go for one participant.

    Attributes:
        forfeits: what is lost, by statement period.
    """

    credited: Credited
    later: Later
    releases: Sequence[DatedRelease]
    until: date
    forfeits: dict[int, int] = field(default_factory=lambda: defaultdict(int))

    def lines(self, lines: Sequence[Line], components: Mapping[tuple[str, str], Component]) -> Iterator[Line]:
        """Return what is withheld of lines, and what is let go of it, sale by sale."""
        by_sale: dict[tuple[str, str, str], list[Line]] = defaultdict(list)
        roots = {event.id: root for root, rows in self.credited.followers.items() for _, event in rows}
        for line in lines:
            component = components.get((line.rule, line.component))
            if component is not None and component.holdback_ppm and line.kind in HELD_BACK and line.event_id:
                by_sale[line.rule, line.component, roots.get(line.event_id, line.event_id)].append(line)
        for (rule, code, root), own in by_sale.items():
            component = components[rule, code]
            steps = [*self._withheld(own, component), *self._let_go(root, own[0], component)]
            yield from self._walk(sorted(steps, key=lambda step: (step.on, step.sequence)), own[0], component)

    def _withheld(self, lines: Sequence[Line], component: Component) -> Iterator[_Step]:
        by_event: dict[tuple[str, int, int], list[Line]] = defaultdict(list)
        for line in lines:
            by_event[line.event_id, line.earning, line.posting].append(line)
        for (event_id, earning, posting), rows in by_event.items():
            held = withheld(sum(line.amount_minor for line in rows), component.holdback_ppm)
            yield _Step(rows[0].on, FIRST, event_id, earning, posting, held)

    def _let_go(self, root: str, first: Line, component: Component) -> Iterator[_Step]:
        release = component.release
        if release.on == ReleaseOn.PAYMENT:
            yield from self._with_payments(root)
        elif release.on == ReleaseOn.SCHEDULE:
            for part in range(release.parts):
                on = months_later(first.on, release.after_months + part)
                yield from self._dated(on, first.event_id, Fraction(part + 1, release.parts))
        rows = sorted((row for row in self.releases if row.event_id == root), key=lambda row: row.on)
        share = Fraction(0)
        for row in rows:
            if row.is_forfeit:
                for step in self._dated(row.on, root, None):
                    yield step._replace(forfeited=Fraction(row.share_ppm, PPM))
            elif release.on == ReleaseOn.DATE:
                share += Fraction(row.share_ppm, PPM)
                yield from self._dated(row.on, root, min(Fraction(1), share))

    def _dated(self, on: date, event_id: str, share: Fraction | None) -> Iterator[_Step]:
        if on < self.until:
            number = self.later.calendar.number(on)
            yield _Step(on, LAST, event_id, number, number, share=share)

    def _with_payments(self, root: str) -> Iterator[_Step]:
        paid, sale = 0, self.credited.originals.get(root)
        for sequence, event in self.credited.followers.get(root, ()):
            if event.kind == EventKind.PAID and sale is not None and sale.gross > 0:
                paid += event.gross
                share = min(Fraction(1), Fraction(paid, sale.gross))
                yield _Step(event.on, sequence, event.id, *self.later.posting(event), share=share)

    def _walk(self, steps: Sequence[_Step], first: Line, component: Component) -> Iterator[Line]:
        """Each release is the step between two rounded totals; a return gives back at most what is still held."""
        held, released, lost, share = 0, 0, 0, Fraction(0)
        for step in steps:
            more = max(step.held, released + lost - held)
            held += more
            if more:
                facts: dict[str, object] = {"event": step.event_id, "holdback_ppm": component.holdback_ppm}
                yield _line(first, step, LineKind.HOLDBACK_WITHHOLD, -more, Given(do("minus", 0, more), facts))
            if step.forfeited:
                gone = rounded((held - released - lost) * step.forfeited)
                lost += gone
                self.forfeits[step.posting] += gone
            share = share if step.share is None else step.share
            after = max(released, min(rounded(held * share), held - lost))
            if after != released:
                full = do("round", do("product", held, _term(share)))
                term = do("minus", do("least", full, held - lost) if lost else full, released)
                facts = {"event": step.event_id, "held_minor": held, "released_before_minor": released}
                yield _line(first, step, LineKind.HOLDBACK_RELEASE, after - released, Given(term, facts))
            released = after


def _term(share: Fraction) -> dict[str, object]:
    return {"do": "over", "of": [share.numerator, share.denominator]}


def _line(first: Line, step: _Step, kind: LineKind, amount: int, basis: Given) -> Line:
    own = (step.event_id, kind, amount, step.on, step.earning, step.posting, basis)
    return Line(first.participant, first.rule, first.component, *own)
