"""The lines of one participant and component in one window: accumulated, gated, capped, without a cent lost (1.2, 1.3)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias

from sfa.domain.commission.events import Credit, Line, LineKind
from sfa.domain.commission.plan import Function, Mode, Threshold
from sfa.domain.commission.rules import Rule, Step
from sfa.domain.commission.step_terms import StepBasis, alone, by_tier, own_part, weighed
from sfa.domain.commission.sums import whole
from sfa.domain.figures import PPM

ByTier: TypeAlias = tuple[Mapping[int, Fraction], Mapping[int, Fraction]]


@dataclass(slots=True)
class Standing:
    """Where a window stands; a plan that carries on begins where the one before it ended.

    Attributes:
        x: quota credit so far, in minor units.
        is_open: whether the gate was open at the last credit.
        values: rounded earnings so far, without and with the cap of attainment.
        total: what is due so far under the caps of event and attainment; `paid` is what the window's cap leaves.
        behind: what all credits were due by themselves, without and with caps, open or not.
        sold: what is left of sales that are taken back later; `sale_due`: what they are due.
        by_tier: in which tiers the commission credit so far lies, where it is not rated together.
    """

    x: int = 0
    is_open: bool | None = None
    values: tuple[int, int] = (0, 0)
    total: int = 0
    paid: int = 0
    withheld: int = 0
    behind: tuple[int, int] = (0, 0)
    sold: dict[str, int] = field(default_factory=dict)
    sale_due: dict[str, int] = field(default_factory=dict)
    by_tier: ByTier = ({}, {})


def window_lines(
    rule: Rule, credits_in: Sequence[Credit], gates: Sequence[bool] = (), standing: Standing | None = None
) -> Iterator[Line]:
    """Return the lines of the credits of one participant in one window, in the order of their events.

    Args:
        rule: the component and what it is measured by.
        credits_in: in the order of their events.
        gates: whether the component that this one waits for has got there, at each credit; none: it waits for none.
        standing: where the window stands; it is moved along.

    Raises:
        CreditError: commission and quota credit differ where the rule has no rate to apply.
    """
    if rule.is_void:
        yield from _void_lines(rule, credits_in)
        return
    stand = standing if standing is not None else Standing()
    is_joint = rule.component.is_joint and all(one.commission_minor == one.quota_minor for one in credits_in)
    roots = {credit.side.root for credit in credits_in if credit.side.root}
    if stand.is_open is None:
        stand.is_open = not rule.component.gate and not rule.opens_at
    if is_joint:
        stand.values = _values(rule, stand.x, is_open=stand.is_open)
    for index, credit in enumerate(credits_in):
        before, was_open = stand.x, stand.is_open
        after = before + credit.quota_minor
        is_open = (not gates or gates[index]) and (rule.opens_at is None or after >= rule.opens_at)
        name = credit.side.root or credit.event_id
        is_tied = name in roots
        sold, sale_due = (stand.sold.get(name, 0), stand.sale_due.get(name, 0)) if is_tied else (0, 0)
        states = (was_open, is_open, sold, sale_due, stand.total, stand.behind, is_joint, stand.by_tier)
        step = Step(credit, before, after, *states)
        free, due = _joint_due(rule, step, stand) if is_joint else _alone_due(rule, step, stand)
        paid = due
        if rule.most is not None:
            paid = min(stand.total + due, rule.most) - min(stand.total, rule.most)
        if free == paid and is_open == was_open and not rule.retro:
            if paid or credit.side.share_ppm:
                yield _line(rule, credit, LineKind.EARN, paid, StepBasis(rule, step))
        else:
            yield from _step_lines(rule, step, free, paid)
        if is_tied:
            stand.sold[name] = sold + credit.commission_minor
        stand.x, stand.is_open = after, is_open
        stand.total += due
        stand.paid += paid
        stand.withheld += free - paid


def _void_lines(rule: Rule, credits_in: Sequence[Credit]) -> Iterator[Line]:
    """Return a memo for each period: without a quota nothing is reckoned."""
    first = {credit.side.earning: credit for credit in reversed(credits_in)}
    for credit in sorted(first.values(), key=lambda credit: credit.sequence):
        basis = StepBasis(rule, Step(credit, 0, 0, was_open=True, is_open=True))
        yield _line(rule, credit, LineKind.NO_QUOTA, 0, basis)


def _values(rule: Rule, x: int, *, is_open: bool) -> tuple[int, int]:
    if not is_open:
        return (0, 0)
    value = rule.free.value(x)
    return (value, value if rule.limited is rule.free else rule.limited.value(x))


def _joint_due(rule: Rule, step: Step, stand: Standing) -> tuple[int, int]:
    """Return what a step is due: without caps, and with those of the event and of attainment."""
    values = _values(rule, step.after, is_open=step.is_open)
    free, due = values[0] - stand.values[0], values[1] - stand.values[1]
    stand.values = values
    return free, due if rule.component.event_cap_minor is None else _capped(rule, step, due, stand)


def _alone_due(rule: Rule, step: Step, stand: Standing) -> tuple[int, int]:
    free, raw = _by_itself(rule, step, is_limited=False), _by_itself(rule, step, is_limited=True)
    due = _capped(rule, step, raw, stand)
    if rule.retro and rule.component.is_joint:
        stand.by_tier = (_added(rule, step, is_limited=False), _added(rule, step, is_limited=True))
    behind = stand.behind
    stand.behind = (behind[0] + free, behind[1] + due)
    if step.is_open == step.was_open:
        return (free, due) if step.is_open else (0, 0)
    return stand.behind if step.is_open else (-behind[0], -behind[1])


def _by_itself(rule: Rule, step: Step, *, is_limited: bool) -> int:
    component, side = rule.component, step.credit.side
    if component.mode == Mode.CUMULATIVE or component.function == Function.MATRIX or side.rate_ppm >= 0:
        return whole(alone(rule, step, is_limited=is_limited))
    rater = rule.limited if is_limited else rule.free
    sold, after = step.sold, step.sold + step.credit.commission_minor
    if step.is_back:
        return rater.value(-sold) - rater.value(-after)
    return rater.value(after) - (rater.value(sold) if sold else 0)


def _added(rule: Rule, step: Step, *, is_limited: bool) -> Mapping[int, Fraction]:
    found = dict(step.by_tier[is_limited])
    for index, amount in by_tier(rule, step, is_limited=is_limited).items():
        found[index] = found.get(index, Fraction(0)) + amount
    return found


def _capped(rule: Rule, step: Step, due: int, stand: Standing) -> int:
    """What takes a capped sale back is capped alike, together with the sale."""
    cap = rule.component.event_cap_minor
    if cap is None:
        return due
    most = whole(weighed(rule.component, cap))
    after = step.sale_due + due
    stand.sale_due[step.credit.side.root or step.credit.event_id] = after
    return max(min(after, most), -most) - max(min(step.sale_due, most), -most)


def _line(rule: Rule, credit: Credit, kind: LineKind, amount: int, basis: StepBasis) -> Line:
    side = credit.side
    return Line(
        rule.participant,
        rule.name,
        rule.component.code,
        credit.event_id,
        kind,
        amount,
        credit.on,
        side.earning,
        side.posting,
        basis,
    )


def _step_lines(rule: Rule, step: Step, free: int, paid: int) -> Iterator[Line]:
    """Part what is paid in two where a retroactive tier is entered or a gate opens (step 8); a cap adds a memo."""
    credit = step.credit
    if free != paid:
        if paid or credit.side.share_ppm:
            yield _line(rule, credit, LineKind.EARN, paid, StepBasis(rule, step))
        yield _line(rule, credit, LineKind.CAP_WITHHELD, free - paid, StepBasis(rule, step))
        return
    if not paid and not credit.side.share_ppm:
        return
    if _parts_in_two(rule, step):
        own = whole(own_part(rule, step))
        if own != paid:
            basis = StepBasis(rule, step, is_split=True)
            if credit.side.share_ppm:
                yield _line(rule, credit, LineKind.EARN, own, basis)
            yield _line(rule, credit, LineKind.RETRO_TRUEUP, paid - own, basis)
            return
    elif not step.is_joint and step.is_open and not step.was_open and not credit.side.share_ppm:
        yield _line(rule, credit, LineKind.RETRO_TRUEUP, paid, StepBasis(rule, step))
        return
    yield _line(rule, credit, LineKind.EARN, paid, StepBasis(rule, step))


def _parts_in_two(rule: Rule, step: Step) -> bool:
    """Return whether a step changes what earlier sales earn too; behind a closed gate nobody earns anything."""
    if not step.is_joint and step.is_open != step.was_open:
        return False
    if step.is_open != step.was_open:
        return True
    if not step.is_open or not rule.retro or rule.retro_place(step.after) == rule.retro_place(step.before):
        return False
    component = rule.component
    is_above_only = component.threshold_mode == Threshold.ABOVE_ONLY
    return not is_above_only or step.before * PPM >= rule.quota.amount_minor * component.threshold_ppm
