"""A component as it applies to one participant in one window, made ready for rating many sales."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil
from typing import NamedTuple

from sfa.domain.commission.earnings import Quota, bound
from sfa.domain.commission.events import Credit
from sfa.domain.commission.plan import Component, Function, Threshold
from sfa.domain.commission.rater import Rater, rater
from sfa.domain.commission.sums import rounded
from sfa.domain.figures import PPM


@dataclass(frozen=True, slots=True)
class Rule:
    """Who, by which rule, measured by what.

    Attributes:
        name: plan and version.
        said: what explains all of its lines: window, plan, proration.
        free: rates credit as if there were no caps; `limited`: under the cap of attainment.
        retro: from which credit on each retroactive tier holds.
        opens_at: credit from which on its own threshold lets everything through.
    """

    participant: str
    name: str
    component: Component
    quota: Quota
    said: Mapping[str, object] = field(default_factory=dict)
    free: Rater = field(init=False)
    limited: Rater = field(init=False)
    retro: tuple[int, ...] = field(init=False)
    opens_at: int | None = field(init=False)
    most: int | None = field(init=False)

    def __post_init__(self) -> None:
        component, quota = self.component, self.quota
        made: dict[str, object] = {"retro": (), "opens_at": None, "most": self._most()}
        if component.threshold_mode == Threshold.GATE and component.threshold_ppm:
            made["opens_at"] = ceil(Fraction(quota.amount_minor * component.threshold_ppm, PPM))
        if component.function in {Function.TIERS, Function.MULTIPLIER}:
            made["retro"] = tuple(ceil(bound(component, quota, tier.lo)) for tier in component.tiers[1:] if tier.retro)
        if component.function != Function.MATRIX and not self.is_void:
            has_threshold = component.is_joint
            free = rater(component, quota, is_limited=False, has_threshold=has_threshold)
            is_same = component.attainment_cap_ppm is None
            made["free"] = free
            made["limited"] = free if is_same else rater(component, quota, is_limited=True, has_threshold=has_threshold)
        for name, value in made.items():
            object.__setattr__(self, name, value)

    def _most(self) -> int | None:
        cap = self.component.period_cap_minor if self.quota.period_cap_minor is None else self.quota.period_cap_minor
        return None if cap is None else rounded(Fraction(cap * self.component.weight_ppm, PPM))

    @property
    def is_void(self) -> bool:
        """Return whether it says nothing, for want of a quota."""
        return self.component.needs_quota and self.quota.amount_minor <= 0

    def retro_place(self, x: int) -> int:
        """Return how many retroactive tiers x has entered."""
        return sum(start <= x for start in self.retro)


class Step(NamedTuple):
    """Where a window stands before and behind a credit.

    Attributes:
        before: quota credit before, in minor units; `after`: behind it.
        sold: what is left of the sale that this credit takes back, 0 where it takes none back.
        sale_due: what that sale is due so far.
        total: what all earlier credits are due under the caps of event and attainment.
        behind: what all earlier credits were due by themselves, without and with caps, open or not.
        is_joint: whether all credit of the window is rated together.
        by_tier: in which tiers earlier commission credit lies, without and with the cap of attainment.
    """

    credit: Credit
    before: int
    after: int
    was_open: bool
    is_open: bool
    sold: int = 0
    sale_due: int = 0
    total: int = 0
    behind: tuple[int, int] = (0, 0)
    is_joint: bool = True
    by_tier: tuple[Mapping[int, Fraction], Mapping[int, Fraction]] = ({}, {})

    @property
    def is_back(self) -> bool:
        """Return whether the credit takes a sale back that lies before the window, or a share that somebody had."""
        side, is_less = self.credit.side, self.credit.commission_minor < 0
        return is_less and self.sold <= 0 and (bool(side.root) or side.share_ppm < 0)
