"""Parts of a period: proration and ramp, payments, deferral and holdback (domain.md 1.5 to 1.7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from sfa.domain.commission.earnings import Quota
from sfa.domain.commission.sums import rounded, steps
from sfa.domain.figures import PPM
from sfa.domain.money import allocate


class PeriodError(ValueError):
    """Days, payments or releases that cannot be."""


@dataclass(frozen=True, slots=True)
class Target:
    """What a participant is set for a whole period, in minor units."""

    quota_minor: int
    target_minor: int = 0
    ramp_ppm: int = PPM
    period_cap_minor: int | None = None


def prorate(target: Target, active_days: int, days: int) -> Quota:
    """Return the quota of so many active days of a period (domain.md 1.5).

    Raises:
        PeriodError: there are more active days than days, or none at all.
    """
    if not 0 <= active_days <= days or days <= 0:
        raise PeriodError(f"{active_days} active days do not fit into a period of {days} days.")
    part = Fraction(active_days, days)
    cap = target.period_cap_minor
    return Quota(
        amount_minor=rounded(target.quota_minor * part * Fraction(target.ramp_ppm, PPM)),
        target_minor=rounded(target.target_minor * part),
        base_rate=Fraction(target.target_minor, target.quota_minor) if target.quota_minor else Fraction(0),
        period_cap_minor=None if cap is None else rounded(cap * part),
    )


def factors(active_days: Sequence[int]) -> list[int]:
    """Return the parts of consecutive assignments that fill a period, in ppm; they add up to 100 %."""
    return allocate(PPM, active_days)


def payment_steps(commission_minor: int, gross_minor: int, payments: Sequence[int]) -> list[int]:
    """Return what each payment of an invoice makes due, `Cₖ − Cₖ₋₁` (domain.md 1.6).

    Raises:
        PeriodError: the invoice is not positive.
    """
    if gross_minor <= 0:
        raise PeriodError(f"An invoice of {gross_minor} cannot be paid by parts.")
    paid = [sum(payments[: count + 1]) for count in range(len(payments))]
    return steps(commission_minor * min(Fraction(1), Fraction(total, gross_minor)) for total in paid)


def deferred(amount_minor: int, parts: int) -> list[int]:
    """Return an amount in so many equal steps (domain.md 1.7).

    Raises:
        PeriodError: there is no part.
    """
    if parts < 1:
        raise PeriodError(f"{amount_minor} cannot be deferred in {parts} parts.")
    return steps(Fraction(amount_minor * count, parts) for count in range(1, parts + 1))


def withheld(line_minor: int, holdback_ppm: int) -> int:
    """Return what of a line is held back; its line on the statement is the negative of it."""
    return rounded(Fraction(line_minor * holdback_ppm, PPM))


def held(opening: int, withheld_minor: int, released_minor: int, forfeited_minor: int = 0) -> int:
    """Return the closing balance of what is held back.

    Raises:
        PeriodError: more is released or forfeited than is held.
    """
    closing = opening + withheld_minor - released_minor - forfeited_minor
    if closing < 0:
        raise PeriodError(f"{released_minor + forfeited_minor} cannot be released: {opening + withheld_minor} is held.")
    return closing
