"""Who is credited with how much of an event, in the plan's currency (domain.md 1.2, steps 3 to 5)."""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from sfa.domain.commission.events import TAKING_BACK, Event, EventKind, Share
from sfa.domain.commission.plan import Measure
from sfa.domain.commission.sums import rounded
from sfa.domain.figures import DEC6, PPM
from sfa.domain.money import allocate

FX = 1_000_000_000


class CreditError(ValueError):
    """Shares or amounts of an event that cannot be credited."""


class Part(NamedTuple):
    """A share of an event and what it is credited with."""

    share: Share
    commission_minor: int
    quota_minor: int


def base(event: Event, measure: Measure) -> int:
    """Return what of an event counts, in minor units of its currency; a negative amount mirrors a positive one."""
    is_back = event.kind in TAKING_BACK
    if measure in {Measure.NET, Measure.PAID}:
        return event.net_minor
    if measure == Measure.QUANTITY:
        return event.quantity
    if measure == Measure.COUNT:
        return (-DEC6 if is_back else DEC6) if event.kind != EventKind.PAID else 0
    margin = event.net_minor - event.cost_minor
    if measure == Measure.SIGNED_MARGIN:
        return margin
    return min(0, margin) if event.net_minor < 0 or (event.net_minor == 0 and is_back) else max(0, margin)


def check_shares(event_id: str, shares: Sequence[Share]) -> None:
    """Refuse shares that cannot be.

    Raises:
        CreditError: the primary shares do not add up to 100 %, or one is negative.
    """
    whole = sum(share.commission_ppm for share in shares if not share.is_overlay)
    if any(min(share.commission_ppm, share.quota_ppm) < 0 for share in shares):
        raise CreditError(f"Event {event_id}: a share is negative.")
    if whole != PPM:
        raise CreditError(f"Event {event_id}: its shares add up to {whole} ppm; they must add up to {PPM}.")


def divide(amount: int, shares: Sequence[Share], rate: Fraction | int = 1) -> list[Part]:
    """Return the parts of an amount: the primary shares add up to it, overlays come on top; then the rate applies."""
    primary = [share for share in shares if not share.is_overlay]
    pay = _parts(amount, [share.commission_ppm for share in primary])
    quota = _parts(amount, [share.quota_ppm for share in primary])
    overlays = [share for share in shares if share.is_overlay]
    pay += [rounded(Fraction(amount * share.commission_ppm, PPM)) for share in overlays]
    quota += [rounded(Fraction(amount * share.quota_ppm, PPM)) for share in overlays]
    if rate != 1:
        pay, quota = [rounded(one * rate) for one in pay], [rounded(one * rate) for one in quota]
    return [Part(*row) for row in zip([*primary, *overlays], pay, quota, strict=True)]


def _parts(amount: int, weights: list[int]) -> list[int]:
    """Shares that make up the whole are divided without loss, others are rounded one by one."""
    if sum(weights) == PPM:
        return allocate(amount, weights)
    return [rounded(Fraction(amount * weight, PPM)) for weight in weights]
