"""Exact arithmetic of prices: rounded quotients, spreading, telescoping, conversion (domain.md 0.1 - 0.4)."""

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum

from sfa.domain import currencies
from sfa.domain.figures import DEC6, PPM
from sfa.domain.money import Rounding, allocate

FX = 10**9
"""Exchange rates are whole numbers of this part."""


class PricingError(ValueError):
    """A price, discount or document that cannot be computed: one sentence with the place and a remedy."""


class Effect(StrEnum):
    """What a discount does to a unit price; its value is ppm for a percentage, else DEC6 per unit."""

    PERCENT = "percent"
    AMOUNT = "amount"
    PRICE = "price"


def divide(numerator: int, denominator: int, mode: Rounding = Rounding.HALF_UP) -> int:
    """Return the quotient rounded to a whole number; the sign is mirrored (domain.md 0.2).

    It agrees with `round_to` and is exact at any size, because no digits are cut before the rounding.

    Args:
        numerator: any whole number.
        denominator: a positive whole number.
        mode: what becomes of the rest.
    """
    whole, rest = divmod(abs(numerator), denominator)
    if rest and (
        2 * rest >= denominator if mode is Rounding.HALF_UP else _is_raised(whole, 2 * rest - denominator, mode)
    ):
        whole += 1
    return whole if numerator >= 0 else -whole


def _is_raised(whole: int, over_half: int, mode: Rounding) -> bool:
    if mode is Rounding.HALF_EVEN:
        return over_half > 0 or (over_half == 0 and whole % 2 == 1)
    return mode is Rounding.UP


def to_minor(numerator: int, denominator: int, currency: str, mode: Rounding = Rounding.HALF_UP) -> int:
    """Return an amount in major units, given as a fraction, as minor units of its currency."""
    return divide(numerator * 10 ** currencies.exponent(currency), denominator, mode)


def line_amount(price_dec6: int, quantity_dec6: int, base_dec6: int, currency: str, mode: Rounding) -> int:
    """Return `R(P / base_qty · qty)` in minor units: only the whole amount is rounded (domain.md 2.5)."""
    return to_minor(price_dec6 * quantity_dec6, DEC6 * base_dec6, currency, mode)


def to_coin(amount_minor: int, coin_minor: int, mode: Rounding = Rounding.HALF_UP) -> int:
    """Return an amount as it can be paid: a multiple of a coin, or itself where the coin is 0 (domain.md 0.2)."""
    return divide(amount_minor, coin_minor, mode) * coin_minor if coin_minor else amount_minor


def share(amount: int, part_ppm: int, mode: Rounding = Rounding.HALF_UP) -> int:
    """Return so many millionths of an amount, in the unit of the amount."""
    return divide(amount * part_ppm, PPM, mode)


def part_ppm(part: int, whole: int) -> int | None:
    """Return `part / whole` in ppm, None where the whole is 0: a ratio that is never typed, always computed."""
    return divide(part * PPM * (1 if whole > 0 else -1), abs(whole)) if whole else None


def margin_ppm(net_minor: int, cost_minor: int) -> int | None:
    """Return `(net - cost) / net`, None for a net of 0."""
    return part_ppm(net_minor - cost_minor, net_minor)


def markup_ppm(net_minor: int, cost_minor: int) -> int | None:
    """Return `(net - cost) / cost`, None for a cost of 0: not the margin."""
    return part_ppm(net_minor - cost_minor, cost_minor)


def spread(total: int, weights: Sequence[int]) -> list[int]:
    """Divide a total over weights of either sign by largest remainder, as `allocate` does over positive ones.

    Raises:
        PricingError: the weights add up to 0, the total does not.
    """
    whole = sum(weights)
    if not total:
        return [0] * len(weights)
    if not whole:
        raise PricingError("An amount cannot be spread over lines that add up to 0: name the tax it belongs to.")
    if whole < 0:
        weights, whole = [-weight for weight in weights], -whole
    if min(weights) >= 0:
        return allocate(total, weights)
    size = abs(total)
    parts = [size * weight // whole for weight in weights]
    by_rest = sorted(range(len(weights)), key=lambda index: (-(size * weights[index] % whole), index))
    for index in by_rest[: size - sum(parts)]:
        parts[index] += 1
    return parts if total >= 0 else [-part for part in parts]


def telescope(total: int, whole: int, steps: Iterable[int], mode: Rounding = Rounding.HALF_UP) -> list[int]:
    """Return what each step of a total is worth: `R(cum) - R(cum before)`, never `R(step)` (domain.md 0.4).

    Args:
        total: minor units that the whole is worth.
        whole: how much there is of it, positive.
        steps: how much of it each step takes.
        mode: rounding of the running amounts.
    """
    worth, taken, before = [], 0, 0
    for step in steps:
        taken += step
        after = divide(total * taken, whole, mode)
        worth.append(after - before)
        before = after
    return worth


def convert(amount_minor: int, source: str, target: str, rate_e9: int, mode: Rounding = Rounding.HALF_UP) -> int:
    """Return an amount in minor units of another currency at a stored rate.

    Args:
        amount_minor: minor units of the source.
        source: its currency.
        target: the other currency.
        rate_e9: units of the target for one of the source, times 10^9.
        mode: rounding to the minor unit of the target.

    Raises:
        PricingError: the rate is not positive.
    """
    if rate_e9 <= 0:
        raise PricingError(f"The rate from {source} to {target} must be positive.")
    return to_minor(amount_minor * rate_e9, FX * 10 ** currencies.exponent(source), target, mode)


def reduced(price_dec6: int, base_dec6: int, effect: Effect, value: int) -> int:
    """Return a price per base quantity after one discount, to six decimals and never below 0.

    Args:
        price_dec6: price of the base quantity.
        base_dec6: the base quantity.
        effect: what the value means.
        value: ppm off, DEC6 off per unit, or DEC6 as the new price per unit.
    """
    if effect is Effect.PERCENT:
        return (2 * price_dec6 * (PPM - value) + PPM) // (2 * PPM)  # as `share` has it, and asked for at every step
    per_base = divide(value * base_dec6, DEC6)
    return per_base if effect is Effect.PRICE else max(0, price_dec6 - per_base)


def check_value(effect: Effect, value: int, place: str) -> None:
    """Refuse a discount over 100 % or below 0.

    Raises:
        PricingError: it names the place.
    """
    if value < 0:
        raise PricingError(f"{place}: a discount or price is not negative; enter a charge instead.")
    if effect is Effect.PERCENT and value > PPM:
        raise PricingError(f"{place}: a discount over 100 % is none; 100 % is the most.")


def is_valid(valid_from: date | None, valid_to: date | None, on: date) -> bool:
    """Tell whether a day lies in `[from, to)`; None leaves a side open (domain.md 0.5)."""
    return (valid_from is None or valid_from <= on) and (valid_to is None or on < valid_to)
