"""The lines of one participant and component in one window: accumulated, gated, capped, without a cent lost (1.2, 1.3)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sfa.domain.commission.credit import CreditError
from sfa.domain.commission.earnings import Quota, above_threshold, bound, earned, place, rate
from sfa.domain.commission.events import Credit, Line, LineKind
from sfa.domain.commission.plan import Component, Function, Mode, Threshold
from sfa.domain.commission.sums import Term, at_ppm, do, exactly, whole
from sfa.domain.figures import PPM


@dataclass(frozen=True, slots=True)
class _Step:
    """Where the window stands before and behind a credit."""

    credit: Credit
    before: int
    after: int
    was_open: bool
    is_open: bool


@dataclass(frozen=True, slots=True)
class _Due:
    """What a step is due: without caps, and with those of the event and of attainment."""

    uncapped: Term
    capped: Term


def window_lines(
    component: Component, quota: Quota, credits_in: Sequence[Credit], gates: Sequence[bool] = ()
) -> list[Line]:
    """Return the lines of the credits of one participant in one window, in the order of their events.

    Args:
        component: the rule.
        quota: what attainment is measured by.
        credits_in: in the order of their events.
        gates: whether the component that this one waits for has got there, at each credit; none: it waits for none.

    Raises:
        CreditError: commission and quota credit differ where the rule has no rate to apply.
    """
    if component.needs_quota and quota.amount_minor <= 0:
        return _without_quota(component, credits_in)
    found: list[Line] = []
    total = 0
    steps = list(_steps(component, quota, credits_in, gates))
    for step, due in zip(steps, _dues(component, quota, steps), strict=True):
        paid, term = _under_period_cap(component, quota, due.capped, total)
        total += whole(due.capped)
        facts = _facts(component, quota, step)
        is_whole = whole(due.uncapped) == paid
        found += _paid(component, quota, step, term, facts, may_split=is_whole)
        if not is_whole:
            found.append(_line(component, step.credit, LineKind.CAP_WITHHELD, do("minus", due.uncapped, term), facts))
    return found


def _without_quota(component: Component, credits_in: Sequence[Credit]) -> list[Line]:
    facts: dict[str, object] = {"why": "no quota is set for this window"}
    return [_line(component, credit, LineKind.NO_QUOTA, 0, facts) for credit in credits_in[:1]]


def _line(component: Component, credit: Credit, kind: LineKind, term: Term, facts: dict[str, object]) -> Line:
    return Line(credit.participant, component.code, credit.event.id, kind, term, facts)


def _facts(component: Component, quota: Quota, step: _Step) -> dict[str, object]:
    event, credit = step.credit.event, step.credit
    facts: dict[str, object] = {
        "event": event.id,
        "date": event.on.isoformat(),
        "measure": component.measure.value,
        "net_minor": event.net_minor,
        "cost_minor": event.cost_minor,
        "fx_e9": event.fx_e9,
        "commission_credit_minor": credit.commission_minor,
        "quota_credit_minor": credit.quota_minor,
        "before_minor": step.before,
        "after_minor": step.after,
    }
    if quota.amount_minor:
        facts |= {
            "quota_minor": quota.amount_minor,
            "attainment_before_ppm": step.before * PPM // quota.amount_minor,
            "attainment_after_ppm": step.after * PPM // quota.amount_minor,
        }
    return facts


def _steps(component: Component, quota: Quota, credits_in: Sequence[Credit], gates: Sequence[bool]) -> Iterator[_Step]:
    total, was_open = 0, not component.gate
    theta = Fraction(quota.amount_minor * component.threshold_ppm, PPM)
    has_gate = component.threshold_mode == Threshold.GATE and theta > 0
    was_open = was_open and not has_gate
    for index, credit in enumerate(credits_in):
        before, total = total, total + credit.quota_minor
        is_open = (not gates or gates[index]) and not (has_gate and total < theta)
        yield _Step(credit, before, total, was_open, is_open)
        was_open = is_open


def _dues(component: Component, quota: Quota, steps: Sequence[_Step]) -> Iterator[_Due]:
    """Rate all together where that can be; event by event where the rule or unequal credits say so."""
    is_equal = all(step.credit.commission_minor == step.credit.quota_minor for step in steps)
    if component.mode == Mode.CUMULATIVE and component.function != Function.MATRIX and is_equal:
        for step in steps:
            uncapped = _between(component, quota, step, is_limited=False)
            limited = _between(component, quota, step, is_limited=True)
            yield _Due(uncapped, _under_event_cap(component, limited))
        return
    uncapped_total = capped_total = 0
    for step in steps:
        uncapped = _alone(component, quota, step, is_limited=False)
        capped = _under_event_cap(component, _alone(component, quota, step, is_limited=True))
        yield _Due(_opened(step, uncapped, uncapped_total), _opened(step, capped, capped_total))
        uncapped_total, capped_total = uncapped_total + whole(uncapped), capped_total + whole(capped)


def _opened(step: _Step, term: Term, earlier: int) -> Term:
    """What was earned behind a closed gate comes when it opens, and goes when it closes again."""
    if step.is_open == step.was_open:
        return term if step.is_open else do("sum", gate="closed")
    if step.is_open:
        return do("sum", term, earlier, gate="opened", earned_behind_the_gate=earlier)
    return do("minus", 0, earlier, gate="closed again")


def _weighed(component: Component, term: Term) -> Term:
    """Weight, then round: the last of the modifiers."""
    return do("round", term if component.weight_ppm == PPM else at_ppm(term, component.weight_ppm))


def _between(component: Component, quota: Quota, step: _Step, *, is_limited: bool) -> Term:
    """Return the step of the rounded earnings from before to behind a credit (domain.md 0.4)."""
    after = _standing(component, quota, step.after, is_open=step.is_open, is_limited=is_limited)
    before = _standing(component, quota, step.before, is_open=step.was_open, is_limited=is_limited)
    return do("minus", after, before)


def _standing(component: Component, quota: Quota, x: int, *, is_open: bool, is_limited: bool) -> Term:
    if not is_open:
        return do("sum", gate="closed")
    return _weighed(component, above_threshold(component, quota, _limited(component, quota, x, is_limited=is_limited)))


def _limited(component: Component, quota: Quota, x: int, *, is_limited: bool) -> Fraction | int:
    """Return what counts of an attainment under its cap."""
    if not is_limited or component.attainment_cap_ppm is None:
        return x
    return min(Fraction(x), Fraction(quota.amount_minor * component.attainment_cap_ppm, PPM))


def _alone(component: Component, quota: Quota, step: _Step, *, is_limited: bool) -> Term:
    """Return what a credit is due by itself, rounded."""
    amount = step.credit.commission_minor
    if component.mode == Mode.CUMULATIVE and component.function != Function.MATRIX:
        return _weighed(component, _by_shares(component, quota, step, is_limited=is_limited))
    if component.function == Function.MATRIX:
        index = place(component, quota, step.after, step.credit.event.band)
        facts = {"tier": index + 1, "band": step.credit.event.band}
        return _weighed(component, do("product", amount, exactly(rate(component, quota, index)), **facts))
    size = _weighed(component, earned(component, quota, _limited(component, quota, abs(amount), is_limited=is_limited)))
    return size if amount >= 0 else do("minus", 0, size)


def _by_shares(component: Component, quota: Quota, step: _Step, *, is_limited: bool) -> Term:
    """Return commission credit at the rates that the quota credit passes through (domain.md 1.2, step 7)."""
    if component.function not in {Function.TIERS, Function.MULTIPLIER}:
        raise CreditError(
            f"Component {component.code}: event {step.credit.event.id} has a commission credit of "
            f"{step.credit.commission_minor} and a quota credit of {step.credit.quota_minor}; "
            f"{component.function} needs them to be equal."
        )
    amount, quota_credit = step.credit.commission_minor, abs(step.credit.quota_minor)
    if quota_credit == 0:
        here = rate(component, quota, place(component, quota, step.after))
        return do("product", amount, exactly(here), at_minor=step.after)
    low, high = sorted((step.before, step.after))
    floor = Fraction(0)
    if component.threshold_mode == Threshold.ABOVE_ONLY:
        floor = Fraction(quota.amount_minor * component.threshold_ppm, PPM)
    start = max(Fraction(low), floor) if floor else Fraction(low)
    end = Fraction(_limited(component, quota, high, is_limited=is_limited))
    parts = []
    for index, tier in enumerate(component.tiers):
        upper = end if tier.hi is None else min(end, bound(component, quota, tier.hi))
        lower = max(start, bound(component, quota, tier.lo)) if index else start
        if upper > lower:
            share, at = (upper - lower) / quota_credit, rate(component, quota, index)
            parts.append(do("product", amount, exactly(share), exactly(at), tier=index + 1))
    return do("sum", *parts)


def _under_event_cap(component: Component, term: Term) -> Term:
    """What takes a capped sale back is capped alike."""
    cap = component.event_cap_minor
    if cap is None:
        return term
    most = whole(_weighed(component, cap))
    return do("most", do("least", term, most), -most, event_cap_minor=cap)


def _under_period_cap(component: Component, quota: Quota, term: Term, earlier: int) -> tuple[int, Term]:
    """Return what is paid of a step, and its sum; the window's total stays under its cap."""
    cap = component.period_cap_minor if quota.period_cap_minor is None else quota.period_cap_minor
    if cap is not None:
        most = whole(_weighed(component, cap))
        after = do("least", do("sum", term, earlier), most, period_cap_minor=cap)
        term = do("minus", after, min(earlier, most))
    return whole(term), term


def _paid(
    component: Component, quota: Quota, step: _Step, term: Term, facts: dict[str, object], *, may_split: bool
) -> list[Line]:
    """Return the line of what is paid, parted in two where a retroactive tier is entered or a gate opens (step 8)."""
    credit, amount = step.credit, whole(term)
    if not amount and not credit.commission_minor:
        return []
    is_split = may_split and component.mode == Mode.CUMULATIVE and component.function != Function.MATRIX
    own = _own_part(component, quota, step) if is_split else None
    if own is None or whole(own) == amount:
        return [_line(component, credit, LineKind.EARN, term, facts)]
    rest = _line(component, credit, LineKind.RETRO_TRUEUP, do("minus", term, own), facts)
    if not credit.commission_minor:
        return [rest]
    return [_line(component, credit, LineKind.EARN, own, facts), rest]


def _own_part(component: Component, quota: Quota, step: _Step) -> Term | None:
    """Return what the credit itself earns where a step also changes what earlier ones do; None where it does not."""
    after, before = _retro_place(component, quota, step.after), _retro_place(component, quota, step.before)
    if after == before and step.is_open == step.was_open:
        return None
    amount = step.credit.commission_minor
    if after < before:
        here = rate(component, quota, place(component, quota, step.after))
        return _weighed(component, do("product", amount, exactly(here)))
    now = earned(component, quota, step.after)
    if after > before:
        then = do("product", step.before, exactly(rate(component, quota, after)))
        return _weighed(component, do("minus", now, then))
    return do("minus", _weighed(component, now), _weighed(component, earned(component, quota, step.before)))


def _retro_place(component: Component, quota: Quota, x: int) -> int:
    if component.function not in {Function.TIERS, Function.MULTIPLIER}:
        return 0
    last = place(component, quota, x)
    return max((index for index in range(last + 1) if component.tiers[index].retro), default=0)
