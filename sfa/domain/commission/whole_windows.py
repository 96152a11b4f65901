"""Lines of a whole window: bonuses, KPIs, what a team's commission earns its manager, caps paid out later (1.3, 1.4)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from sfa.domain.commission.bonus import bonus
from sfa.domain.commission.boxes import Box, Stretch
from sfa.domain.commission.case import Score
from sfa.domain.commission.crediting import Crediting
from sfa.domain.commission.events import Given, Line, LineKind
from sfa.domain.commission.periods import Calendar, Span
from sfa.domain.commission.plan import Component, Kind, Measure, Plan, Window
from sfa.domain.commission.posting import Posting, single
from sfa.domain.commission.sums import do
from sfa.domain.commission.targets import Targets
from sfa.domain.commission.team import Hierarchy
from sfa.domain.figures import PPM

COMMISSION = frozenset({LineKind.EARN, LineKind.RETRO_TRUEUP, LineKind.CLAWBACK, LineKind.RESTATEMENT})


@dataclass(slots=True)
class WholeWindows:
    """Makes the lines that no single event brings.

    Attributes:
        team: what the teams of managers were paid, by manager, component and statement period.
    """

    calendar: Calendar
    targets: Targets
    crediting: Crediting
    posting: Posting
    scores: Sequence[Score]
    hierarchy: Hierarchy
    team: dict[tuple[str, str, str, int], int] = field(default_factory=lambda: defaultdict(int))

    def lines(self, participant: str) -> Iterator[Line]:
        """Return the bonuses, KPIs and overrides on commission of a participant."""
        scores = {(row.component, row.window): row.value for row in self.scores if row.participant == participant}
        for plan, component, span, on in self._windows(participant):
            score = scores.get((component.code, span.id))
            if component.kind == Kind.BONUS and score is not None:
                yield self._bonus(participant, plan, component, span, on, score)
            elif component.measure == Measure.KPI and component.kind == Kind.EARNINGS and score is not None:
                number = self._number(on)
                yield from self._rated(participant, plan, component, span, {number: (on, score)})
            elif component.kind == Kind.OVERRIDE_COMMISSION:
                sums = {
                    number: (min(self.calendar.periods[number].end, span.end) - timedelta(1), amount)
                    for (manager, name, code, number), amount in sorted(self.team.items())
                    if (manager, name, code) == (participant, plan.code, component.code)
                    and span.start <= self.calendar.periods[number].start < span.end
                }
                yield from self._rated(participant, plan, component, span, sums)

    def _number(self, on: date) -> int:
        return self.calendar.number(min(on, self.calendar.periods[-1].end - timedelta(1)))

    def _windows(self, participant: str) -> Iterator[tuple[Plan, Component, Span, date]]:
        """Return each component without events, with its windows and the last day that it applies in each."""
        seen: dict[tuple[str, int, str, str], tuple[Plan, Component, Span, date]] = {}
        for on in self._days():
            for plan in self.crediting.plans_of(participant, on):
                for component in plan.components:
                    is_bare = component.kind in {Kind.BONUS, Kind.OVERRIDE_COMMISSION}
                    if is_bare or component.measure == Measure.KPI:
                        span = self.calendar.window(component.window, on)
                        seen[plan.code, plan.version, component.code, span.id] = (plan, component, span, on)
        last: dict[tuple[str, str, str], tuple[Plan, Component, Span, date]] = {}
        for (code, _, component_code, span_id), row in seen.items():
            last[code, component_code, span_id] = row
        return iter(last.values())

    def _days(self) -> Iterator[date]:
        """Return the days at which a window may end or an assignment change: the last of each month, and the changes."""
        begin, end = self.calendar.periods[0].start, self.calendar.periods[-1].end
        days = {period.end - timedelta(1) for period in self.calendar.periods}
        day = begin
        while day < end:
            span = self.calendar.window(Window.MONTH, day)
            days.add(min(span.end, end) - timedelta(1))
            day = span.end
        days |= {change - timedelta(1) for change in self.crediting.changes if begin < change <= end}
        return iter(sorted(days))

    def _bonus(self, participant: str, plan: Plan, component: Component, span: Span, on: date, score: int) -> Line:
        rule = self.targets.rule(participant, plan, component, span)
        target, most = rule.quota.target_minor, component.most_ppm
        amount = bonus(target, component.weight_ppm, score, most)
        share = do("most", 0, do("least", score, most))
        term = do("round", do("over", do("product", target, component.weight_ppm, share), PPM * PPM))
        facts = {**rule.said, "score_ppm": score, "target_minor": target, **dict(rule.quota.facts)}
        number = self._number(on)
        where = (on, number, number)
        return Line(participant, rule.name, component.code, "", LineKind.BONUS, amount, *where, Given(term, facts))

    def _rated(
        self, participant: str, plan: Plan, component: Component, span: Span, sums: Mapping[int, tuple[date, int]]
    ) -> Iterator[Line]:
        credits_in = [single(on, value, number) for number, (on, value) in sorted(sums.items())]
        box = Box(participant, component.code, span, [Stretch(plan, component, credits_in)])
        return self.posting.rated(box, None)

    def add_to_teams(self, line: Line) -> None:
        """Count a line towards what the managers above its owner are paid by."""
        if line.kind not in COMMISSION:
            return
        for depth, manager in enumerate(self.hierarchy.above(line.participant, line.on), 1):
            for plan in self.crediting.plans_of(manager, line.on):
                for component in plan.components:
                    if component.kind == Kind.OVERRIDE_COMMISSION and depth <= component.depth:
                        self.team[manager, plan.code, component.code, line.posting] += line.amount_minor

    def refunds(self, participant: str, boxes: Sequence[Box]) -> Iterator[Line]:
        """Return what a refundable cap withheld and a later window of the plan's year has room for."""
        by_rule: dict[tuple[str, str, str], dict[date, Box]] = defaultdict(dict)
        for box in boxes:
            stretch = box.stretches[-1]
            if stretch.component.refundable_cap:
                year = self.calendar.window(Window.YEAR, box.span.start)
                by_rule[stretch.plan.code, box.code, year.id][box.span.start] = box
        for by_start in by_rule.values():
            first = by_start[min(by_start)]
            carried = 0
            for span in self._spans(first):
                own = by_start.get(span.start)
                stretch = (own or first).stretches[-1]
                rule = self.targets.rule(participant, stretch.plan, stretch.component, span)
                stand = self.posting.standings.get(id(own)) if own else None
                room = max(0, (rule.most or 0) - (stand.paid if stand else 0))
                amount = min(room, carried)
                if amount:
                    yield from self._refund(rule.name, participant, stretch.component, span, amount, carried)
                carried += (stand.withheld if stand else 0) - amount

    def _spans(self, first: Box) -> Iterator[Span]:
        """Return the windows from a box to the end of its year, as far as statements go."""
        kind = first.stretches[-1].component.window
        year = self.calendar.window(Window.YEAR, first.span.start)
        end = min(year.end, self.calendar.periods[-1].end)
        span = first.span
        while True:
            yield span
            if span.end >= end:
                return
            span = self.calendar.window(kind, span.end)

    def _refund(
        self, rule: str, participant: str, component: Component, span: Span, amount: int, carried: int
    ) -> Iterator[Line]:
        on = span.end - timedelta(1)
        number = self._number(on)
        facts = {"why": "withheld by the cap of an earlier window", "window": span.id, "withheld_minor": carried}
        line = Line(
            participant, rule, component.code, "", LineKind.EARN, amount, on, number, number, Given(amount, facts)
        )
        yield line
        memo = Given(do("minus", 0, amount), facts)
        yield line._replace(kind=LineKind.CAP_WITHHELD, amount_minor=-amount, basis=memo)
