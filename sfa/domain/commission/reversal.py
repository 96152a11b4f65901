"""What a sale that is taken back takes with it: by restatement, or at its original rate (domain.md 1.8)."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from sfa.domain.commission.plan import Decay
from sfa.domain.commission.sums import steps
from sfa.domain.figures import PPM


class ReversalError(ValueError):
    """More is taken back than was sold."""


@dataclass(frozen=True, slots=True)
class Return:
    """A part of a sale taken back: positive minor units, so many days after it was earned."""

    net_minor: int
    days: int


def restatement(target_minor: int, posted_minor: int) -> int:
    """Return what is posted so that an earning period comes to what it is now known to be worth."""
    return target_minor - posted_minor


def share_ppm(decay: Sequence[Decay], days: int) -> int:
    """Return how much is still taken back after so many days: all without steps, nothing after the last."""
    if not decay:
        return PPM
    return next((step.share_ppm for step in decay if days <= step.until_day), 0)


def at_original_rate(line_minor: int, sold_minor: int, returns: Sequence[Return], decay: Sequence[Decay]) -> list[int]:
    """Return the clawback of each return of a sale; all of them never take back more than its line.

    Raises:
        ReversalError: more is returned than was sold.
    """
    if (
        sold_minor <= 0
        or any(one.net_minor < 0 for one in returns)
        or sum(one.net_minor for one in returns) > sold_minor
    ):
        raise ReversalError(f"{sum(one.net_minor for one in returns)} is returned of a sale of {sold_minor}.")
    parts = [Fraction(one.net_minor * share_ppm(decay, one.days), sold_minor * PPM) for one in returns]
    totals = [line_minor * sum(parts[: count + 1], Fraction(0)) for count in range(len(parts))]
    return [-step for step in steps(totals)]
