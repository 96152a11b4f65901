"""Who must approve a quote: its metrics, a matrix of rules, and what a revision needs again (domain.md 2.7)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sfa.domain.figures import from_dec6
from sfa.domain.pricing.amounts import PricingError, margin_ppm, part_ppm


class Metric(StrEnum):
    """What a rule looks at: shares in ppm, the total in minor units, days, or how many."""

    LINE_DISCOUNT = "line_discount"
    BLENDED_DISCOUNT = "blended_discount"
    MARGIN = "margin"
    TOTAL = "total"
    PAYMENT_DAYS = "payment_days"
    FLOOR_BREACHES = "floor_breaches"
    CLAUSES = "clauses"


SHARES = (Metric.LINE_DISCOUNT, Metric.BLENDED_DISCOUNT, Metric.MARGIN)


class Comparison(StrEnum):
    """How a value stands to the threshold where the rule fires; it also says which way is worse."""

    OVER = ">"
    AT_LEAST = ">="
    UNDER = "<"
    AT_MOST = "<="


@dataclass(frozen=True, slots=True)
class MeasuredLine:
    """A line in minor units, after its part of header discounts; a cost that may not be seen is None."""

    list_minor: int
    net_minor: int
    cost_minor: int | None = None
    is_below_floor: bool = False


Values = Mapping[Metric, int | None]
"""Metrics by name; None where one is undefined, and no key where it cannot be known here."""


def measure(
    lines: Sequence[MeasuredLine], payment_days: int = 0, clauses: int = 0, total_minor: int | None = None
) -> dict[Metric, int | None]:
    """Return the metrics of a quote.

    Args:
        lines: those that count.
        payment_days: how long the customer may take to pay.
        clauses: how many clauses are not the standard ones.
        total_minor: total value where it is not the sum of the lines.
    """
    net, listed = sum(line.net_minor for line in lines), sum(line.list_minor for line in lines)
    discounts = [part_ppm(line.list_minor - line.net_minor, line.list_minor) for line in lines]
    found: dict[Metric, int | None] = {
        Metric.LINE_DISCOUNT: max((part for part in discounts if part is not None), default=0),
        Metric.BLENDED_DISCOUNT: part_ppm(listed - net, listed) or 0,
        Metric.TOTAL: net if total_minor is None else total_minor,
        Metric.PAYMENT_DAYS: payment_days,
        Metric.FLOOR_BREACHES: sum(line.is_below_floor for line in lines),
        Metric.CLAUSES: clauses,
    }
    costs = [line.cost_minor for line in lines if line.cost_minor is not None]
    if len(costs) == len(lines):
        found[Metric.MARGIN] = margin_ppm(net, sum(costs))
    return found


@dataclass(frozen=True, slots=True)
class ApprovalCondition:
    """A threshold of a metric, in the unit of the metric."""

    metric: Metric
    comparison: Comparison
    threshold: int

    def holds(self, value: int | None) -> bool:
        """Tell whether a value is beyond the threshold; an undefined one is not."""
        if value is None:
            return False
        if self.comparison is Comparison.OVER:
            return value > self.threshold
        if self.comparison is Comparison.AT_LEAST:
            return value >= self.threshold
        if self.comparison is Comparison.UNDER:
            return value < self.threshold
        return value <= self.threshold

    def is_worse(self, value: int | None, approved: int | None) -> bool:
        """Tell whether a value is worse than one that was approved; an undefined one is the worst."""
        if value is None or approved is None:
            return approved is not None
        return value > approved if self.comparison in (Comparison.OVER, Comparison.AT_LEAST) else value < approved

    def why(self, value: int | None) -> str:
        """Return the comparison in words."""
        words = self.metric.replace("_", " ")
        if value is None:
            return f"{words} is undefined, because the net total is 0"
        return f"{words} {_shown(self.metric, value)} {self.comparison} {_shown(self.metric, self.threshold)}"


def _shown(metric: Metric, value: int) -> str:
    return f"{from_dec6(value * 100)} %" if metric in SHARES else str(value)


@dataclass(frozen=True, slots=True)
class ApprovalRule:
    """Where all its conditions hold, its approver must agree; approvers act by ascending sequence."""

    id: str
    approver: str
    conditions: tuple[ApprovalCondition, ...]
    sequence: int = 0

    def __post_init__(self) -> None:
        if not self.conditions:
            raise PricingError(f"Approval rule {self.id} has no condition: say when it applies.")


@dataclass(frozen=True, slots=True)
class Need:
    """An approval that is needed, why, and the values that are approved with it."""

    rule: ApprovalRule
    values: tuple[tuple[Metric, int | None], ...]
    why: str


def needed(matrix: Sequence[ApprovalRule], values: Values, approved: Mapping[str, Values] | None = None) -> list[Need]:
    """Return the approvals that a version needs, in the order in which they are given.

    Args:
        matrix: all rules.
        values: metrics of the version.
        approved: metrics last approved, by rule: a rule asks again only where one of its own is worse now than what was
            approved under it, or under a rule as high or higher: the director's yes to 25 % covers the manager's 15 %.
    """
    fired = [rule for rule in matrix if all(one.holds(values.get(one.metric)) for one in rule.conditions)]
    if _is_margin_undefined(values) and any(_asks(rule, Metric.MARGIN) for rule in matrix):
        top = max(rule.sequence for rule in matrix)
        fired += [rule for rule in matrix if rule.sequence == top and rule not in fired]
    return [
        _need(rule, values)
        for rule in sorted(fired, key=lambda rule: (rule.sequence, rule.id))
        if not _is_covered(rule, matrix, values, approved or {})
    ]


def undecided(matrix: Sequence[ApprovalRule], values: Values) -> list[ApprovalRule]:
    """Return the rules that cannot be judged here, because the cost is hidden: the server decides them."""
    return [
        rule
        for rule in matrix
        if any(one.metric not in values for one in rule.conditions)
        and all(one.metric not in values or one.holds(values[one.metric]) for one in rule.conditions)
    ]


def _is_margin_undefined(values: Values) -> bool:
    return Metric.MARGIN in values and values[Metric.MARGIN] is None


def _asks(rule: ApprovalRule, metric: Metric) -> bool:
    return any(one.metric is metric for one in rule.conditions)


def _is_covered(
    rule: ApprovalRule, matrix: Sequence[ApprovalRule], values: Values, approved: Mapping[str, Values]
) -> bool:
    """Of several conditions on one metric, as in a band, the first says which way is worse."""
    counting = [
        approved[other.id]
        for other in matrix
        if other.id in approved and (other.id == rule.id or other.sequence >= rule.sequence)
    ]
    first = {one.metric: one for one in reversed(rule.conditions)}
    if _is_margin_undefined(values):
        first.setdefault(Metric.MARGIN, ApprovalCondition(Metric.MARGIN, Comparison.UNDER, 0))
    return all(
        any(metric in given and not one.is_worse(values.get(metric), given[metric]) for given in counting)
        for metric, one in first.items()
    )


def _need(rule: ApprovalRule, values: Values) -> Need:
    asked = {one.metric: values.get(one.metric) for one in rule.conditions}
    if _is_margin_undefined(values):
        asked[Metric.MARGIN] = None
    why = " and ".join(one.why(values.get(one.metric)) for one in rule.conditions if one.holds(values.get(one.metric)))
    return Need(rule, tuple(asked.items()), why or "margin is undefined, because the net total is 0")
