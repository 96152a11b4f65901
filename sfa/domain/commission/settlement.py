"""What a statement pays: recovery of what was overpaid, draws and their recovery (domain.md 1.9)."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from sfa.domain.commission.sums import rounded
from sfa.domain.figures import PPM


class Draw(StrEnum):
    """Whether an advance is owed."""

    RECOVERABLE = "recoverable"
    NON_RECOVERABLE = "non_recoverable"
    FORGIVEN = "recoverable_balance_forgiven"


@dataclass(frozen=True, slots=True)
class Terms:
    """What may be recovered; shares in ppm, the guarantee in minor units and prorated."""

    guarantee_minor: int = 0
    draw: Draw = Draw.RECOVERABLE
    recovery_ppm: int = PPM
    draw_recovery_ppm: int = PPM
    has_recovery_started: bool = True
    is_end_of_term: bool = False


@dataclass(frozen=True, slots=True)
class Balances:
    """What a participant owes: overpaid commission, and draws."""

    overpaid_minor: int = 0
    draw_minor: int = 0


@dataclass(frozen=True, slots=True)
class Settlement:
    """The lines that settle a statement, what it pays, and the balances behind it."""

    overpay_balance_minor: int
    draw_advance_minor: int
    draw_recovery_minor: int
    forgiven_minor: int
    payable_minor: int
    closing: Balances


def settle(earned_minor: int, clawed_back_minor: int, opening: Balances, terms: Terms) -> Settlement:
    """Settle a statement; it never pays less than nothing.

    Args:
        earned_minor: N, the lines other than those of the next.
        clawed_back_minor: C, what clawback and negative restatement take, as a positive amount.
        opening: what is owed before.
        terms: what may be recovered.

    Raises:
        ValueError: the amount clawed back is negative.
    """
    if clawed_back_minor < 0:
        raise ValueError(f"What is clawed back is given as a positive amount, not {clawed_back_minor}.")
    owed = opening.overpaid_minor + clawed_back_minor
    gain = max(earned_minor, 0)
    recovered = min(owed, rounded(Fraction(gain * terms.recovery_ppm, PPM)))
    overpaid = owed + max(-earned_minor, 0) - recovered
    rest = gain - recovered
    advance = max(0, terms.guarantee_minor - rest)
    spare = rounded(Fraction(max(0, rest - terms.guarantee_minor) * terms.draw_recovery_ppm, PPM))
    recovery = min(opening.draw_minor, spare) if terms.has_recovery_started else 0
    draw = opening.draw_minor - recovery + (0 if terms.draw == Draw.NON_RECOVERABLE else advance)
    forgiven = draw if terms.draw == Draw.FORGIVEN and terms.is_end_of_term else 0
    return Settlement(
        overpay_balance_minor=overpaid - opening.overpaid_minor,
        draw_advance_minor=advance,
        draw_recovery_minor=recovery,
        forgiven_minor=forgiven,
        payable_minor=rest + advance - recovery,
        closing=Balances(overpaid, draw - forgiven),
    )
