"""What people type about prices: quantities, prices and discounts, tiers, days, categories."""

import json
from typing import Any

from sfa.domain.currencies import is_currency
from sfa.domain.figures import PPM, AmountError, dec6, from_dec6, ppm
from sfa.domain.pricing.amounts import Effect, PricingError
from sfa.errors import UsageError
from sfa.services.amounts import unit_price
from sfa.services.drafts import Draft
from sfa.services.prices_loading import schedule_of

LARGEST = 10**15
"""No price or quantity, DEC6, is larger: a billion."""


def read_quantity(label: str, text: str) -> int:
    """Return a quantity, DEC6.

    Raises:
        UsageError: it is none, or negative.
    """
    try:
        found = dec6(text)
    except AmountError as error:
        raise UsageError(f"{label}: {error}", hint="Write it as 12 or 2.5.") from error
    if found < 0:
        raise UsageError(f"{label}: “{text}” is negative; a quantity here is 0 or more.")
    return _limited(label, found)


def _limited(label: str, value: int) -> int:
    if abs(value) > LARGEST:
        raise UsageError(f"{label}: {from_dec6(value)} is too large.")
    return value


def read_price(label: str, text: str, currency: str) -> tuple[int, str]:
    """Return a price, DEC6, and its currency: the one named in the text, or the one given.

    Raises:
        UsageError: it is no price, negative, or in no known currency.
    """
    try:
        value, named = unit_price(text, currency)
    except AmountError as error:
        raise UsageError(f"{label}: {error}", hint="Write it as 12.50 or 12.50 EUR.") from error
    if value < 0:
        raise UsageError(f"{label}: “{text}” is negative; a price is 0 or more.")
    if not is_currency(named):
        raise UsageError(f"{label}: “{named}” is no currency.", hint="Write its code of three letters, such as EUR.")
    return _limited(label, value), named


def read_percent(label: str, text: str) -> int:
    """Return a discount in ppm; a minus in front says the same.

    Raises:
        UsageError: it is none, or more than 100 %.
    """
    try:
        found = abs(ppm(text))
    except AmountError as error:
        raise UsageError(f"{label}: {error}", hint="Write it as 8% or 12.5%.") from error
    if found > PPM:
        raise UsageError(f"{label}: “{text}” is over 100 %; a discount takes 100 % at most.")
    return found


def read_discount(label: str, text: str, currency: str, effect: str | None = None) -> tuple[Effect, int, str | None]:
    """Return what a discount does, its value, and its currency where it has one: `8%`, `2.50 EUR`.

    Args:
        label: what an error names.
        text: as typed.
        currency: of a price that names none.
        effect: what a value without % is: `price` where nobody says.
    """
    if "%" in text or "％" in text or effect == "percent":
        return Effect.PERCENT, read_percent(label, text), None
    value, named = read_price(label, text.strip().removeprefix("-"), currency)
    return Effect(effect or "price"), value, named


def read_tiers(text: str, effect: str | None, currency: str) -> tuple[str, Effect, str | None]:
    """Return tiers as stored, what they do, and their currency: `1:0% 10:10% 20:20%`, or `1:7 6:6.50 11:6`.

    Raises:
        UsageError: a tier that cannot be read, or percentages beside prices.
    """
    tiers: list[dict[str, int]] = []
    kinds: set[tuple[Effect, str | None]] = set()
    for part in text.replace(",", " ").replace("；", " ").split():
        lo, colon, value = part.replace("：", ":").partition(":")
        if not colon or not value:
            raise UsageError(
                f"Tiers: “{part}” is no tier.", hint='Write them as "1:0% 10:10% 20:20%": quantity, colon, discount.'
            )
        found, number, named = read_discount(f"The tier from {lo}", value, currency, effect)
        kinds.add((found, named))
        tiers.append({"lo": read_quantity(f"The tier from {lo}", lo), "value": number})
    if len(kinds) != 1:
        raise UsageError(
            "Tiers: percentages and prices cannot stand side by side." if kinds else "A schedule needs tiers.",
            hint='Write them as "1:0% 10:10% 20:20%" or "1:7 6:6.50 11:6".',
        )
    effect_of, named = kinds.pop()
    stored = json.dumps(tiers)
    return stored, effect_of, named


def check_schedule(row_id: str, kind: str, effect: str, scope: str, tiers: str) -> None:
    """Refuse tiers that overlap, do not rise, or a slab that counts more than its own line.

    Raises:
        UsageError: with the tier at fault.
    """
    if kind == "slab" and scope != "line":
        raise UsageError("A slab prices the units of its own line.", hint="Use --kind range for a whole quote or term.")
    try:
        schedule_of(row_id, kind, effect, scope, tiers)
    except PricingError as error:
        raise UsageError(str(error).replace(f"Schedule {row_id}", "The schedule")) from error


def check_days(row_from: str | None, row_to: str | None) -> None:
    """Refuse a validity that ends before it begins.

    Raises:
        UsageError: with both days.
    """
    if row_from and row_to and row_to <= row_from:
        raise UsageError(
            f"It would end on {row_to}, before it begins on {row_from}.", hint="--to is the first day after."
        )


def quantities(draft: Draft) -> None:
    """Turn the quantities of a draft into columns.

    Raises:
        UsageError: a negative one, or the largest below the smallest.
    """
    for name, column in (("min_quantity", "min_qty_dec6"), ("max_quantity", "max_qty_dec6")):
        if name in draft.parts:
            text = draft.parts.pop(name)
            empty = 0 if name == "min_quantity" else None
            draft.row[column] = read_quantity(name.replace("_", " ").capitalize(), str(text)) if text else empty
    least, most = draft.value("min_qty_dec6"), draft.value("max_qty_dec6")
    if most is not None and most < (least or 0):
        raise UsageError(f"The largest quantity {from_dec6(most)} is below the smallest, {from_dec6(least)}.")


def base_quantity(draft: Draft) -> None:
    """Turn `per` of a draft into the base quantity: 15.24 per 12."""
    if "per" in draft.parts:
        text = draft.parts.pop("per")
        draft.row["base_dec6"] = read_quantity("Per", str(text)) if text else 1_000_000
        if draft.row["base_dec6"] == 0:
            raise UsageError("Per: a price is per 1 or more.")


def tidy_category(text: str | None) -> str | None:
    """Return a category as it is kept: no spaces round its slashes, none at its ends."""
    parts = [part.strip() for part in (text or "").split("/")]
    return "/".join(part for part in parts if part) or None


def overlap(first: dict[str, Any], other: dict[str, Any]) -> bool:
    """Tell whether two rows hold on a common day."""
    return _before(first["valid_from"], other["valid_to"]) and _before(other["valid_from"], first["valid_to"])


def _before(start: str | None, end: str | None) -> bool:
    return start is None or end is None or start < end


def span_words(first: str | None, end: str | None) -> str:
    """Return a validity in words: `from 2026-04-01 to 2026-07-01`, `always`."""
    words = [f"from {first}" if first else "", f"to {end}" if end else ""]
    return " ".join(word for word in words if word) or "always"
