"""The sums that explain a line of a window, made when they are asked for (domain.md 1.11)."""

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from sfa.domain.commission.credit import CreditError
from sfa.domain.commission.earnings import above_threshold, bound, earned, place, rate
from sfa.domain.commission.events import LineKind
from sfa.domain.commission.plan import Component, Function, Mode, Threshold
from sfa.domain.commission.rules import Rule, Step
from sfa.domain.commission.sums import Term, at_ppm, do, exactly, whole
from sfa.domain.figures import PPM


class StepBasis(NamedTuple):
    """A rule and a step of its window; a step that changes what earlier sales earn has two lines."""

    rule: Rule
    step: Step
    is_split: bool = False

    def term(self, kind: LineKind) -> Term:
        """Return the sum of the step's line of a kind."""
        if kind == LineKind.NO_QUOTA:
            return 0
        full = paid(self.rule, self.step)
        if kind == LineKind.CAP_WITHHELD:
            return do("minus", due(self.rule, self.step, is_limited=False), full)
        if not self.is_split:
            return full
        own = own_part(self.rule, self.step)
        return do("minus", full, own) if kind == LineKind.RETRO_TRUEUP else own

    def facts(self) -> Mapping[str, object]:
        """Return where the window stands before and behind the credit, and by what it is measured."""
        step, quota, side = self.step, self.rule.quota, self.step.credit.side
        found: dict[str, object] = {
            "event": step.credit.event_id,
            "date": step.credit.on.isoformat(),
            "measure": self.rule.component.measure.value,
            "share_ppm": side.share_ppm,
            "fx_e9": side.fx_e9,
            "commission_credit_minor": step.credit.commission_minor,
            "quota_credit_minor": step.credit.quota_minor,
            "before_minor": step.before,
            "after_minor": step.after,
            **self.rule.said,
        }
        if self.rule.is_void:
            return {**found, "why": "no quota is set for this window"}
        if quota.amount_minor:
            found |= {
                "quota_minor": quota.amount_minor,
                "attainment_before_ppm": step.before * PPM // quota.amount_minor,
                "attainment_after_ppm": step.after * PPM // quota.amount_minor,
                **dict(quota.facts),
            }
        component = self.rule.component
        if component.weight_ppm != PPM:
            found["weight_ppm"] = component.weight_ppm
        if component.threshold_ppm:
            found["threshold_ppm"] = component.threshold_ppm
        if component.gate:
            found |= {"gate": component.gate, "gate_ppm": component.gate_ppm, "is_open": step.is_open}
        review = component.review_over_minor
        if review is not None and abs(step.credit.commission_minor) > review:
            found["needs_review"] = True
        return found


def paid(rule: Rule, step: Step) -> Term:
    """Return what is paid of a step: the window's total stays under its cap."""
    term = due(rule, step, is_limited=True)
    if rule.most is None:
        return term
    after = do("least", do("sum", term, step.total), rule.most, period_cap_minor=rule.most)
    return do("minus", after, min(step.total, rule.most))


def due(rule: Rule, step: Step, *, is_limited: bool) -> Term:
    """Return what a step is due before the cap of the window; unlimited: before all caps."""
    if step.is_joint:
        return _under_event_cap(rule, step, _between(rule, step, is_limited=is_limited), is_limited=is_limited)
    term = _under_event_cap(rule, step, alone(rule, step, is_limited=is_limited), is_limited=is_limited)
    return _opened(step, term, step.behind[is_limited])


def _opened(step: Step, term: Term, earlier: int) -> Term:
    """What was earned behind a closed gate comes when it opens, and goes when it closes again."""
    if step.is_open == step.was_open:
        return term if step.is_open else do("sum", gate="closed")
    if step.is_open:
        return do("sum", term, earlier, gate="opened", earned_behind_the_gate=earlier)
    return do("minus", 0, earlier, gate="closed again")


def weighed(component: Component, term: Term) -> Term:
    """Weight, then round: the last of the modifiers."""
    return do("round", term if component.weight_ppm == PPM else at_ppm(term, component.weight_ppm))


def _between(rule: Rule, step: Step, *, is_limited: bool) -> Term:
    """Return the step of the rounded earnings from before to behind a credit (domain.md 0.4)."""
    after = _standing(rule, step.after, is_open=step.is_open, is_limited=is_limited)
    before = _standing(rule, step.before, is_open=step.was_open, is_limited=is_limited)
    return do("minus", after, before)


def _standing(rule: Rule, x: int, *, is_open: bool, is_limited: bool) -> Term:
    if not is_open:
        return do("sum", gate="closed")
    counted = _limited(rule, x, is_limited=is_limited)
    return weighed(rule.component, above_threshold(rule.component, rule.quota, counted))


def _limited(rule: Rule, x: int, *, is_limited: bool) -> Fraction | int:
    """Return what counts of an attainment under its cap."""
    most = rule.component.attainment_cap_ppm
    return x if not is_limited or most is None else min(Fraction(x), Fraction(rule.quota.amount_minor * most, PPM))


def alone(rule: Rule, step: Step, *, is_limited: bool) -> Term:
    """Return what a credit is due by itself, rounded.

    Raises:
        CreditError: commission and quota credit differ where the rule has no rate to apply.
    """
    component, amount = rule.component, step.credit.commission_minor
    if step.credit.side.rate_ppm >= 0:
        return weighed(component, at_ppm(amount, step.credit.side.rate_ppm, by="product or category"))
    if component.function == Function.MATRIX:
        index = place(component, rule.quota, step.after, step.credit.side.band)
        facts = {"tier": index + 1, "band": step.credit.side.band}
        return weighed(component, do("product", amount, exactly(rate(component, rule.quota, index)), **facts))
    if component.mode == Mode.CUMULATIVE:
        own, raised = own_apart(rule, step, is_limited=is_limited), _raised(rule, step, is_limited=is_limited)
        return do("sum", own, raised) if raised else own
    after = _by_itself(rule, step, step.sold + amount, is_limited=is_limited)
    return do("minus", after, _by_itself(rule, step, step.sold, is_limited=is_limited)) if step.sold else after


def _by_itself(rule: Rule, step: Step, amount: int, *, is_limited: bool) -> Term:
    """Return what a sale earns by itself; what takes one back mirrors it."""
    is_mirrored = step.is_back
    counted = _limited(rule, -amount if is_mirrored else amount, is_limited=is_limited)
    size = weighed(rule.component, earned(rule.component, rule.quota, counted))
    return do("minus", 0, size) if is_mirrored else size


def own_apart(rule: Rule, step: Step, *, is_limited: bool) -> Term:
    """Return commission credit at the rates that the quota credit passes through (domain.md 1.2, step 7)."""
    component, credit = rule.component, step.credit
    amount, quota_credit = credit.commission_minor, credit.quota_minor
    if component.function not in {Function.TIERS, Function.MULTIPLIER}:
        raise CreditError(
            f"Component {component.code}: somebody's commission and quota credit differ in this window, "
            f"and {component.function} needs them to be equal; look at the shares of {credit.event_id}."
        )
    base = _base(rule, step.after, is_limited=is_limited)
    if amount == quota_credit:
        ends = [
            weighed(component, do("sum", *_rated(rule, _widths(rule, 0, x, is_limited=is_limited), base)))
            for x in (step.after, step.before)
        ]
        return do("minus", *ends)
    return weighed(component, do("sum", *_rated(rule, by_tier(rule, step, is_limited=is_limited), base)))


def by_tier(rule: Rule, step: Step, *, is_limited: bool) -> Mapping[int, Fraction]:
    """Return how much of the commission credit falls into each tier that the quota credit passes through."""
    amount, quota_credit = step.credit.commission_minor, step.credit.quota_minor
    if quota_credit == 0:
        return {place(rule.component, rule.quota, step.after): Fraction(amount)}
    widths = _widths(rule, step.before, step.after, is_limited=is_limited)
    return {index: amount * width / quota_credit for index, width in widths.items()}


def _widths(rule: Rule, start: int, end: int, *, is_limited: bool) -> Mapping[int, Fraction]:
    """Return how much of the way from one attainment to another lies in each tier; below zero, in the first."""
    component, quota = rule.component, rule.quota
    low, high = sorted((start, end))
    floor = Fraction(low)
    if component.threshold_mode == Threshold.ABOVE_ONLY:
        floor = max(floor, Fraction(quota.amount_minor * component.threshold_ppm, PPM))
    most = Fraction(_limited(rule, high, is_limited=is_limited))
    found = {}
    for index, tier in enumerate(component.tiers):
        upper = most if tier.hi is None else min(most, bound(component, quota, tier.hi))
        lower = max(floor, bound(component, quota, tier.lo)) if index else floor
        if upper > lower:
            found[index] = upper - lower if end > start else lower - upper
    return found


def _rated(rule: Rule, parts: Mapping[int, Fraction], base: int) -> list[Term]:
    """Return what amounts in tiers earn; up to a retroactive tier that is reached all earn its rate."""
    rates = {index: exactly(rate(rule.component, rule.quota, max(index, base))) for index in parts}
    return [do("product", exactly(amount), rates[index], tier=index + 1) for index, amount in parts.items()]


def _base(rule: Rule, x: int, *, is_limited: bool) -> int:
    return _retro_tier(rule, _limited(rule, x, is_limited=is_limited))


def _raised(rule: Rule, step: Step, *, is_limited: bool) -> Term | None:
    """Return what earlier sales gain where a retroactive tier is reached, and lose where it is left."""
    now, before = (_base(rule, x, is_limited=is_limited) for x in (step.after, step.before))
    earlier = step.by_tier[is_limited]
    if now == before or not earlier:
        return None
    ends = [do("sum", *_rated(rule, earlier, base)) for base in (now, before)]
    return weighed(rule.component, do("minus", *ends))


def _under_event_cap(rule: Rule, step: Step, term: Term, *, is_limited: bool) -> Term:
    """What takes a capped sale back is capped alike, together with the sale."""
    cap = rule.component.event_cap_minor
    if cap is None or not is_limited:
        return term
    most = whole(weighed(rule.component, cap))
    term = do("sum", term, step.sale_due) if step.sale_due else term
    after = do("most", do("least", term, most), -most, event_cap_minor=cap)
    return do("minus", after, max(min(step.sale_due, most), -most)) if step.sale_due else after


def own_part(rule: Rule, step: Step) -> Term:
    """Return what the credit itself earns where a step also changes what earlier ones do."""
    if not step.is_joint:
        return own_apart(rule, step, is_limited=True)
    component, quota, amount = rule.component, rule.quota, step.credit.commission_minor
    after, before = _retro_tier(rule, step.after), _retro_tier(rule, step.before)
    if after < before:
        here = rate(component, quota, place(component, quota, step.after))
        return weighed(component, do("product", amount, exactly(here)))
    now = earned(component, quota, step.after)
    if after > before:
        then = do("product", step.before, exactly(rate(component, quota, after)))
        return weighed(component, do("minus", now, then))
    return do("minus", weighed(component, now), weighed(component, earned(component, quota, step.before)))


def _retro_tier(rule: Rule, x: Fraction | int) -> int:
    if not rule.retro:
        return 0
    last = place(rule.component, rule.quota, x)
    return max((index for index in range(last + 1) if rule.component.tiers[index].retro), default=0)
