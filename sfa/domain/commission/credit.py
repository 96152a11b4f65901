"""Who is credited with how much of an event, in the plan's currency (domain.md 1.2, steps 3 to 5)."""

from collections.abc import Sequence
from fractions import Fraction

from sfa.domain.commission.events import Credit, Event, EventKind, Share
from sfa.domain.commission.plan import Measure
from sfa.domain.commission.sums import rounded
from sfa.domain.currencies import exponent
from sfa.domain.figures import PPM
from sfa.domain.money import allocate

_FX = 1_000_000_000
_REVERSING = {EventKind.CANCELLED, EventKind.RETURNED, EventKind.CREDITED, EventKind.WRITTEN_OFF}


class CreditError(ValueError):
    """Shares or amounts of an event that cannot be credited."""


def base(event: Event, measure: Measure) -> int:
    """Return what of an event counts, in minor units of its currency; what takes a sale back mirrors the sale.

    Raises:
        CreditError: a sale is negative, or what takes one back is positive.
    """
    sign = -1 if event.kind in _REVERSING else 1
    if sign * event.net_minor < 0:
        raise CreditError(f"Event {event.id} is {event.kind} and cannot have an amount of {event.net_minor}.")
    if measure == Measure.NET:
        return event.net_minor
    margin = sign * (event.net_minor - event.cost_minor)
    return sign * (margin if measure == Measure.SIGNED_MARGIN else max(0, margin))


def divide(event: Event, shares: Sequence[Share], measure: Measure, currency: str) -> list[Credit]:
    """Return the credits of an event: the primary shares add up to its base, overlays come on top.

    Raises:
        CreditError: the primary shares do not add up to 100 %, or one is negative.
    """
    primary = [share for share in shares if not share.is_overlay]
    whole = sum(share.commission_ppm for share in primary)
    if any(min(share.commission_ppm, share.quota_ppm) < 0 for share in shares):
        raise CreditError(f"Event {event.id}: a share is negative.")
    if whole != PPM:
        raise CreditError(f"Event {event.id}: its shares add up to {whole} ppm; they must add up to {PPM}.")
    amount = base(event, measure)
    pay = _parts(amount, [share.commission_ppm for share in primary])
    quota = _parts(amount, [share.quota_ppm for share in primary])
    overlays = [share for share in shares if share.is_overlay]
    pay += [rounded(Fraction(amount * share.commission_ppm, PPM)) for share in overlays]
    quota += [rounded(Fraction(amount * share.quota_ppm, PPM)) for share in overlays]
    rate = _rate(event, currency)
    return [
        Credit(event, share.participant, rounded(one * rate), rounded(other * rate))
        for share, one, other in zip([*primary, *overlays], pay, quota, strict=True)
    ]


def _parts(amount: int, weights: list[int]) -> list[int]:
    """Shares that make up the whole are divided without loss, others are rounded one by one."""
    if sum(weights) == PPM:
        return allocate(amount, weights)
    return [rounded(Fraction(amount * weight, PPM)) for weight in weights]


def _rate(event: Event, currency: str) -> Fraction:
    """Return how many minor units of the plan's currency one of the event's is."""
    if event.currency in {"", currency}:
        return Fraction(1)
    places = exponent(currency) - exponent(event.currency)
    return Fraction(event.fx_e9, _FX) * Fraction(10) ** places
