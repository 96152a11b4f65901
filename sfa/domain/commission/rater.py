"""Earnings as whole-number lines, so that a million sales are rated without a fraction each (domain.md 1.3)."""

from bisect import bisect_right
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import ceil, lcm

from sfa.domain.commission.earnings import Quota, bound, rate
from sfa.domain.commission.plan import Component, Function, Threshold
from sfa.domain.figures import PPM


@dataclass(frozen=True, slots=True)
class Piece:
    """From `start` on (None: from everywhere), x earns `offset + slope · x` minor units."""

    start: Fraction | None
    offset: Fraction
    slope: Fraction


NOTHING = Piece(None, Fraction(0), Fraction(0))


@dataclass(frozen=True, slots=True)
class Rater:
    """The pieces scaled to whole numbers: `(offset + slope · x) / scale` from each start on."""

    starts: list[int]
    offsets: list[int]
    slopes: list[int]
    scale: int

    def value(self, x: int) -> int:
        """Return what credit of x minor units earns, in whole minor units."""
        index = bisect_right(self.starts, x)
        sized = self.offsets[index] + self.slopes[index] * x
        if sized < 0:
            return -((self.scale - 2 * sized) // (2 * self.scale))
        return (2 * sized + self.scale) // (2 * self.scale)


def rater(component: Component, quota: Quota, *, is_limited: bool, has_threshold: bool = True) -> Rater:
    """Return what rates the credit of a window, weighed; with or without the cap on attainment."""
    pieces = _pieces(component, quota)
    if has_threshold:
        pieces = _behind_threshold(component, quota, pieces)
    if is_limited and component.attainment_cap_ppm is not None:
        most = Fraction(quota.amount_minor * component.attainment_cap_ppm, PPM)
        pieces = [*_below(pieces, most), Piece(most, _at(pieces, most), Fraction(0))]
    weight = Fraction(component.weight_ppm, PPM)
    offsets, slopes = [piece.offset * weight for piece in pieces], [piece.slope * weight for piece in pieces]
    scale = lcm(*(one.denominator for one in [*offsets, *slopes]))
    return Rater(
        [ceil(piece.start) for piece in pieces if piece.start is not None],
        [int(one * scale) for one in offsets],
        [int(one * scale) for one in slopes],
        scale,
    )


def _below(pieces: list[Piece], x: Fraction) -> list[Piece]:
    return [piece for piece in pieces if piece.start is None or piece.start < x]


def _at(pieces: list[Piece], x: Fraction) -> Fraction:
    piece = [piece for piece in pieces if piece.start is None or piece.start <= x][-1]
    return piece.offset + piece.slope * x


def _behind_threshold(component: Component, quota: Quota, pieces: list[Piece]) -> list[Piece]:
    if not component.threshold_ppm:
        return pieces
    theta = Fraction(quota.amount_minor * component.threshold_ppm, PPM)
    less = _at(pieces, theta) if component.threshold_mode == Threshold.ABOVE_ONLY else Fraction(0)
    reached = [piece for piece in pieces if piece.start is None or piece.start <= theta][-1]
    later = [piece for piece in pieces if piece.start is not None and piece.start > theta]
    behind = [Piece(theta, reached.offset, reached.slope), *later]
    return [NOTHING, *(Piece(piece.start, piece.offset - less, piece.slope) for piece in behind)]


def _pieces(component: Component, quota: Quota) -> list[Piece]:
    if component.function == Function.CURVE:
        return _of_curve(component, quota)
    if component.function == Function.INTERPOLATED:
        return _of_amounts(component, quota)
    return _of_tiers(component, quota)


def _of_tiers(component: Component, quota: Quota) -> list[Piece]:
    found: list[Piece] = []
    for index, tier in enumerate(component.tiers):
        slope = rate(component, quota, index)
        start = bound(component, quota, tier.lo)
        offset = Fraction(0)
        if found and not tier.retro:
            offset = found[-1].offset + (found[-1].slope - slope) * start
        found.append(Piece(start if found else None, offset, slope))
    return found


def _of_amounts(component: Component, quota: Quota) -> list[Piece]:
    """A tier pays its amount when it is full; the last, which is open, adds nothing."""
    found: list[Piece] = []
    full = Fraction(0)
    for tier in component.tiers:
        start = bound(component, quota, tier.lo)
        slope = Fraction(0)
        if tier.hi is not None:
            slope = tier.amount_minor / (bound(component, quota, tier.hi) - start)
        found.append(Piece(start if found else None, full - slope * start, slope))
        full += tier.amount_minor
    return found


def _of_curve(component: Component, quota: Quota) -> list[Piece]:
    to_x = Fraction(quota.amount_minor, PPM)
    pays = Fraction(quota.target_minor, PPM)
    found = [NOTHING]
    slope = Fraction(0)
    for before, after in pairwise(component.points):
        slope = Fraction(after.payout_ppm - before.payout_ppm, after.attainment_ppm - before.attainment_ppm)
        offset = before.payout_ppm - slope * before.attainment_ppm
        found.append(Piece(_behind_nothing(before.attainment_ppm * to_x), offset * pays, slope * pays / to_x))
    last = component.points[-1]
    slope = slope if component.extend_curve else Fraction(0)
    offset = last.payout_ppm - slope * last.attainment_ppm
    return [*found, Piece(_behind_nothing(last.attainment_ppm * to_x), offset * pays, slope * pays / to_x)]


def _behind_nothing(start: Fraction) -> Fraction:
    """Nothing earns nothing: a piece that starts at 0 starts behind it, below the first whole unit."""
    return start or Fraction(1, 2)
