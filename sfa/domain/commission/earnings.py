"""What credit earns: tiers, interpolated amounts, curves, multipliers, matrices (domain.md 1.3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from sfa.domain.commission.plan import Axis, Component, Function, Point, Threshold, Tier
from sfa.domain.commission.sums import Term, do, exactly
from sfa.domain.figures import PPM


@dataclass(frozen=True, slots=True)
class Quota:
    """What a participant is measured by in a window, prorated (domain.md 1.5); 0 is none.

    Attributes:
        amount_minor: Q'.
        target_minor: TI', the incentive at target.
        base_rate: BCR = TI / Q, unrounded.
        period_cap_minor: K', where proration changes that of the component.
        facts: how it came about, for the explanation.
    """

    amount_minor: int = 0
    target_minor: int = 0
    base_rate: Fraction = Fraction(0)
    period_cap_minor: int | None = None
    facts: tuple[tuple[str, object], ...] = ()


NO_QUOTA = Quota()


def bound(component: Component, quota: Quota, value: int) -> Fraction:
    """Return a bound of a tier in minor units, unrounded."""
    return Fraction(quota.amount_minor * value, PPM) if component.axis == Axis.ATTAINMENT else Fraction(value)


def place(component: Component, quota: Quota, x: Fraction | int, band: int = 0) -> int:
    """Return the index of the tier that x lies in; a value equal to a bound belongs to the upper one."""
    found = [index for index, tier in enumerate(component.tiers) if _in_band(component, tier, band)]
    reached = [index for index in found if bound(component, quota, component.tiers[index].lo) <= x]
    return reached[-1] if reached else found[0]


def _in_band(component: Component, tier: Tier, band: int) -> bool:
    within = max(band, 0)
    above = tier.band_lo <= within
    return component.function != Function.MATRIX or (above and (tier.band_hi is None or within < tier.band_hi))


def rate(component: Component, quota: Quota, index: int) -> Fraction:
    """Return the rate of a tier, 1 being all."""
    tier = component.tiers[index]
    if component.function == Function.MULTIPLIER:
        return Fraction(tier.multiple_ppm, PPM) * quota.base_rate
    return Fraction(tier.rate_ppm or tier.per_unit_minor, PPM)


def earned(component: Component, quota: Quota, x: Fraction | int) -> Term:
    """Return E(x): what credit of x minor units earns before threshold, caps and weight."""
    if component.function == Function.CURVE:
        return _by_curve(component, quota, Fraction(x))
    if component.function == Function.INTERPOLATED:
        return _by_amounts(component, quota, Fraction(x))
    return _by_tiers(component, quota, Fraction(x))


def above_threshold(component: Component, quota: Quota, x: Fraction | int) -> Term:
    """Return E(x) behind the component's own threshold."""
    theta = Fraction(quota.amount_minor * component.threshold_ppm, PPM)
    if component.threshold_ppm == 0:
        return earned(component, quota, x)
    if x < theta:
        return do("sum", below_threshold=exactly(theta))
    if component.threshold_mode == Threshold.GATE:
        return earned(component, quota, x)
    return do("minus", earned(component, quota, x), earned(component, quota, theta), above=exactly(theta))


def _segment(component: Component, quota: Quota, index: int, start: Fraction, end: Fraction) -> Term:
    """Return what the part of the credit earns that lies in a tier."""
    tier = component.tiers[index]
    edges = {"tier": index + 1, "lo": tier.lo, "hi": tier.hi, "retro": tier.retro, "axis": component.axis.value}
    return do("product", exactly(end - start), exactly(rate(component, quota, index)), **edges)


def _by_tiers(component: Component, quota: Quota, x: Fraction) -> Term:
    if x < 0:
        return do("sum", _segment(component, quota, 0, Fraction(0), x))
    last = place(component, quota, x)
    first = max((index for index in range(last + 1) if component.tiers[index].retro), default=0)
    parts = []
    for index in range(first, last + 1):
        start = Fraction(0) if index == first else bound(component, quota, component.tiers[index].lo)
        parts.append(_segment(component, quota, index, start, min(x, _end(component, quota, index, x))))
    return do("sum", *parts)


def _end(component: Component, quota: Quota, index: int, x: Fraction) -> Fraction:
    high = component.tiers[index].hi
    return x if high is None else bound(component, quota, high)


def _by_amounts(component: Component, quota: Quota, x: Fraction) -> Term:
    """A tier pays its amount when it is full; the last, which is open, adds nothing."""
    parts: list[Term] = []
    for index, tier in enumerate(component.tiers):
        low = bound(component, quota, tier.lo)
        if tier.hi is None or (x < low and index):
            break
        high = bound(component, quota, tier.hi)
        if x >= high:
            parts.append(do("sum", tier.amount_minor, tier=index + 1, full=True))
            continue
        share = do("over", exactly(x - low), exactly(high - low))
        parts.append(do("product", tier.amount_minor, share, tier=index + 1, full=False))
        break
    return do("sum", *parts)


def _by_curve(component: Component, quota: Quota, x: Fraction) -> Term:
    """Nothing earns nothing, whatever the first point pays: what all lines add up to is the curve at their total."""
    if not x:
        return do("sum", attainment_ppm=0)
    attainment = x * PPM / quota.amount_minor
    payout = _payout(component.points, attainment, extend=component.extend_curve)
    return do(
        "over",
        do("product", quota.target_minor, exactly(payout)),
        PPM,
        attainment_ppm=exactly(attainment),
        payout_ppm=exactly(payout),
    )


def _payout(points: Sequence[Point], attainment: Fraction, *, extend: bool) -> Fraction:
    """Return the share of the target that a curve pays, in ppm."""
    if attainment < points[0].attainment_ppm:
        return Fraction(0)
    for before, after in pairwise(points):
        if attainment < after.attainment_ppm:
            return _on_line(before, after, attainment)
    if extend and len(points) > 1:
        return _on_line(points[-2], points[-1], attainment)
    return Fraction(points[-1].payout_ppm)


def _on_line(before: Point, after: Point, attainment: Fraction) -> Fraction:
    slope = Fraction(after.payout_ppm - before.payout_ppm, after.attainment_ppm - before.attainment_ppm)
    return before.payout_ppm + slope * (attainment - before.attainment_ppm)
