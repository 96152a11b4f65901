"""What deals are worth to somebody: the same engine on a copy in memory; nothing is written (domain.md 1.12)."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import NamedTuple

from sfa.domain.commission.boxes import Box, CampaignCredit
from sfa.domain.commission.case import CaseError
from sfa.domain.commission.earnings import bound, place, rate
from sfa.domain.commission.events import Event
from sfa.domain.commission.later import Spent, in_turn
from sfa.domain.commission.plan import Function, Kind
from sfa.domain.commission.rules import Rule
from sfa.domain.commission.run import Run
from sfa.domain.commission.sums import rounded
from sfa.domain.figures import PPM

MOST_DEALS = 20


@dataclass(frozen=True, slots=True)
class Deal:
    """A sale that may come."""

    event: Event
    probability_ppm: int = PPM


@dataclass(frozen=True, slots=True)
class NextTier:
    """How far the next tier is, in minor units of credit, and what reaching it pays."""

    component: str
    window: str
    distance_minor: int
    pays_minor: int
    rate_ppm: int
    next_rate_ppm: int


@dataclass(frozen=True, slots=True)
class Estimate:
    """What deals are worth, in minor units.

    Attributes:
        alone_minor: each deal as if it were the only one; `together_minor`: all of them.
        expected_minor: the mean over which of them are won, which is not the plan applied to the mean.
        marginal_ppm: what they pay together, as a part of what is credited for them.
        next_tiers: how it stands before them.
    """

    alone_minor: Sequence[int]
    together_minor: int
    expected_minor: int
    marginal_ppm: int
    next_tiers: Sequence[NextTier]


class Estimator:
    """Estimates for one participant of a run, which it leaves as it found it."""

    def __init__(self, ready: Run, participant: str) -> None:
        self._run, self._person = ready, participant
        self._totals: dict[int, int] = {}
        self._sure = _sure(ready.credited.campaigns, participant)
        self._sums = {id(box): _summed(box, 0, _Sum(0, 0, is_equal=True)) for box in self._boxes()}

    def estimate(self, deals: Sequence[Deal]) -> Estimate:
        """Return what deals are worth.

        Raises:
            CaseError: a deal refers to another sale, or more are uncertain than can be gone through.
        """
        if any(deal.event.reverses for deal in deals):
            raise CaseError("What is estimated is a sale; it cannot take another one back.")
        uncertain = [deal for deal in deals if deal.probability_ppm < PPM]
        if len(uncertain) > MOST_DEALS:
            raise CaseError(
                f"At most {MOST_DEALS} uncertain deals can be gone through one by one, not {len(uncertain)}."
            )
        together = self.worth([deal.event for deal in deals])
        credit = self._credit([deal.event for deal in deals])
        return Estimate(
            alone_minor=[self.worth([deal.event]) for deal in deals],
            together_minor=together,
            expected_minor=rounded(self._expected(deals)),
            marginal_ppm=rounded(Fraction(together * PPM, credit)) if credit else 0,
            next_tiers=list(self.next_tiers()),
        )

    def worth(self, events: Sequence[Event]) -> int:
        """Return how much more is earned with some events than without."""
        before: dict[int, int] = {}
        with self._with(events) as touched:
            waiting = [box for box in self._boxes() if box.stretches[-1].component.gate] if touched else []
            boxes = {id(box): box for box in [*touched, *waiting]}
            after = {key: self._total(box) for key, box in boxes.items()}
            campaigns = self._campaigns()
        for key, box in boxes.items():
            if key not in self._totals:
                self._totals[key] = self._total(box)
            before[key] = self._totals[key]
        return sum(after.values()) - sum(before.values()) + campaigns

    def _campaigns(self) -> int:
        """Return how much more campaigns pay the participant than without what is credited for a while."""
        rows, sure = self._run.credited.campaigns, self._sure
        more = in_turn(rows[sure.credited :])
        if not more:
            return 0
        if more[0].credit.side.posting >= sure.last_posting:
            return _spent_on(self._person, more, sure.spent.copy())
        return _spent_on(self._person, in_turn(rows), Spent()) - sure.paid

    def _boxes(self) -> list[Box]:
        boxes = self._run.credited.boxes.values()
        return [
            box for box in boxes if box.participant == self._person and box.stretches[-1].component.kind != Kind.SPIFF
        ]

    @contextmanager
    def _with(self, events: Sequence[Event]) -> Iterator[list[Box]]:
        """Credit events for a while; yields the participant's boxes that they fall into."""
        with self._run.crediting.for_a_while(events) as touched:
            yield [
                box
                for box in touched
                if box.participant == self._person and box.stretches[-1].component.kind != Kind.SPIFF
            ]

    def _total(self, box: Box) -> int:
        rule = self._plain(box)
        if rule is None:
            return sum(line.amount_minor for line in self._run.posting.rated(box, None) if not line.is_memo)
        return _worth(rule, self._sum(box).x)

    def _sum(self, box: Box) -> "_Sum":
        """Return what a box comes to; only what an estimate added is added up anew."""
        before = self._sums.get(id(box), _Sum(0, 0, is_equal=True))
        return _summed(box, before.length, before)

    def _plain(self, box: Box) -> Rule | None:
        """Return the rule of a box whose earnings follow from the sum of its credit alone; None for another."""
        stretch = box.stretches[0]
        component = stretch.component
        is_plain = component.is_joint and component.event_cap_minor is None and not component.gate
        if len(box.stretches) > 1 or not is_plain:
            return None
        if not self._sum(box).is_equal:
            return None
        return self._run.targets.rule(box.participant, stretch.plan, component, box.span)

    def _credit(self, events: Sequence[Event]) -> int:
        """Return the most that a component credits for events."""
        before = {id(stretch): len(stretch.credits) for box in self._boxes() for stretch in box.stretches}
        found: dict[str, int] = {}
        with self._with(events) as touched:
            for box in touched:
                for stretch in box.stretches:
                    more = stretch.credits[before.get(id(stretch), 0) :]
                    amount = sum(credit.commission_minor for credit in more)
                    if stretch.component.measure.is_money:
                        found[box.code] = found.get(box.code, 0) + amount
        return max(found.values(), default=0)

    def _expected(self, deals: Sequence[Deal]) -> Fraction:
        """Return the mean over all scenarios, each worth what the engine says."""
        sure = [deal.event for deal in deals if deal.probability_ppm >= PPM]
        maybe = [deal for deal in deals if deal.probability_ppm < PPM]
        if not maybe:
            return Fraction(self.worth(sure))
        by_sum = self._by_sum([*sure, *(deal.event for deal in maybe)])
        if by_sum is None:
            return self._by_scenario(sure, maybe)
        total = Fraction(0)
        odds = [PPM] * len(sure) + [deal.probability_ppm for deal in maybe]
        for rule, x, parts in by_sum:
            spread = {x: 1}
            for part, chance in zip(parts, odds, strict=True):
                spread = _spread(spread, part, chance)
            worth = sum(weight * _worth(rule, at) for at, weight in spread.items())
            total += Fraction(worth, PPM ** len(odds)) - _worth(rule, x)
        return total

    def _by_sum(self, events: Sequence[Event]) -> list[tuple[Rule, int, list[int]]] | None:
        """Return rule, credit and the credit of each event of the plain boxes; None where one is not plain."""
        if any(box.stretches[-1].component.gate for box in self._boxes()) or self._run.credited.campaigns:
            return None
        rows: dict[int, tuple[Box, list[int]]] = {}
        for index, event in enumerate(events):
            before = {id(box): self._sum(box).x for box in self._boxes()}
            with self._with([event]) as touched:
                if self._run.credited.campaigns or any(self._plain(box) is None for box in touched):
                    return None
                for box in touched:
                    parts = rows.setdefault(id(box), (box, [0] * len(events)))[1]
                    parts[index] = self._sum(box).x - before.get(id(box), 0)
        found = []
        for box, parts in rows.values():
            rule = self._plain(box)
            if rule is None:
                return None
            found.append((rule, self._sum(box).x, parts))
        return found

    def _by_scenario(self, sure: Sequence[Event], maybe: Sequence[Deal]) -> Fraction:
        total = Fraction(0)
        for number in range(2 ** len(maybe)):
            won = [deal.event for index, deal in enumerate(maybe) if number >> index & 1]
            weight = Fraction(1)
            for index, deal in enumerate(maybe):
                chance = deal.probability_ppm if number >> index & 1 else PPM - deal.probability_ppm
                weight *= Fraction(chance, PPM)
            if weight:
                total += weight * self.worth([*sure, *won])
        return total

    def next_tiers(self) -> Iterator[NextTier]:
        """Return how far the next tier of each component is, in the newest window that has credit."""
        newest: dict[str, Box] = {}
        for box in self._boxes():
            if box.code not in newest or newest[box.code].span.start < box.span.start:
                newest[box.code] = box
        for box in newest.values():
            stretch = box.stretches[-1]
            component = stretch.component
            rule = self._run.targets.rule(box.participant, stretch.plan, component, box.span)
            if component.function not in {Function.TIERS, Function.MULTIPLIER} or rule.is_void:
                continue
            x = self._sum(box).x
            index = place(component, rule.quota, x)
            high = component.tiers[index].hi
            if high is None:
                continue
            edge = ceil(bound(component, rule.quota, high))
            pays = _worth(rule, edge) - _worth(rule, x)
            rates = [rounded(rate(component, rule.quota, at) * PPM) for at in (index, index + 1)]
            yield NextTier(box.code, box.span.id, edge - x, pays, *rates)


class _Sure(NamedTuple):
    """What campaigns pay without any deal: of how many credits, to the last period that one is posted in."""

    credited: int
    spent: Spent
    paid: int
    last_posting: int


def _sure(rows: Sequence[CampaignCredit], person: str) -> _Sure:
    spent = Spent()
    ordered = in_turn(rows)
    paid = _spent_on(person, ordered, spent)
    return _Sure(len(rows), spent, paid, ordered[-1].credit.side.posting if ordered else 0)


def _spent_on(person: str, rows: Sequence[CampaignCredit], spent: Spent) -> int:
    """Return what credits of campaigns pay a person."""
    taken = [(row.route.box.participant, spent.take(row)[1]) for row in rows]
    return sum(amount for who, amount in taken if who == person)


class _Sum(NamedTuple):
    """How many credits a box has, what they count for the quota, and whether each pays for as much."""

    length: int
    x: int
    is_equal: bool


def _summed(box: Box, start: int, before: _Sum) -> _Sum:
    if len(box.stretches) == 1:
        credits_in = box.stretches[0].credits
    else:
        credits_in, start = [credit for stretch in box.stretches for credit in stretch.credits], 0
        before = _Sum(0, 0, is_equal=True)
    more = credits_in[start:]
    is_equal = before.is_equal and all(credit.commission_minor == credit.quota_minor for credit in more)
    return _Sum(len(credits_in), before.x + sum(credit.quota_minor for credit in more), is_equal)


def _worth(rule: Rule, x: int) -> int:
    """Return what credit of x minor units earns in a window, under its caps."""
    if rule.is_void:
        return 0
    value = rule.limited.value(x)
    return value if rule.most is None else min(value, rule.most)


def _spread(spread: dict[int, int], part: int, chance: int) -> dict[int, int]:
    """Return how probable each sum is once a deal is won or lost; weights are scaled by a million for each deal."""
    found: dict[int, int] = {}
    for x, weight in spread.items():
        for at, odds in ((x, PPM - chance), (x + part, chance)):
            if odds:
                found[at] = found.get(at, 0) + weight * odds
    return found
