"""Amounts of a record: one currency for all of them, minor units or millionths in the store."""

import re
from decimal import Decimal
from fractions import Fraction
from typing import Any

from sfa.domain.currencies import SYMBOLS, exponent, is_currency
from sfa.domain.fields import FieldSpec
from sfa.domain.money import DEC6, AmountError, Money, dec6, parse_amount
from sfa.errors import UsageError
from sfa.services.drafts import Draft

DEC6_PLACES = 6
_CODE = re.compile(r"^([A-Za-z]{3})(?![A-Za-z])|(?<![A-Za-z])([A-Za-z]{3})$")


def settle_amounts(draft: Draft) -> None:
    """Turn the amounts of a draft into whole numbers and agree on the record's currency.

    Raises:
        UsageError: no amount, or amounts in two currencies.
    """
    specs = [spec for spec in draft.noun.fields.values() if spec.kind in ("money", "decimal")]
    if not specs:
        return
    present = {spec: draft.row[str(spec.column)] for spec in specs if draft.row.get(str(spec.column)) is not None}
    default = draft.value("currency") or draft.desk.currency
    amounts = {spec: _read(spec, value, default) for spec, value in present.items()}
    foreign = {currency for _, currency in amounts.values()} - {default}
    if len(foreign) == 1:  # one amount names a currency: the others that name none are of the same
        amounts = {spec: _read(spec, value, *foreign) for spec, value in present.items()}
    _agree(draft, specs, {currency for _, currency in amounts.values()}, default)
    for spec, (number, _) in amounts.items():
        draft.row[str(spec.column)] = number


def _read(spec: FieldSpec, value: Any, currency: str) -> tuple[int, str]:  # noqa: ANN401 - Money or text
    """Return whole units of the column and the currency."""
    if isinstance(value, int):
        return value, currency
    try:
        if spec.kind == "decimal":
            return unit_price(value, currency)
        amount = value if isinstance(value, Money) else parse_amount(value, currency)
    except AmountError as error:
        raise UsageError(f"{spec.label}: {error}") from error
    return amount.amount_minor, amount.currency


def unit_price(value: Any, currency: str) -> tuple[int, str]:  # noqa: ANN401 - Money or text
    """Return a price per unit scaled by 10^6, and its currency."""
    if isinstance(value, Money):
        return value.amount_minor * 10 ** (DEC6_PLACES - exponent(value.currency)), value.currency
    text = str(value).strip()
    match = _CODE.search(text)
    code = (match[1] or match[2]).upper() if match else ""
    if match and is_currency(code):
        return dec6(text[: match.start()] + text[match.end() :]), code
    for sign, named in SYMBOLS.items():
        if text.startswith(sign) or text.endswith(sign):
            return dec6(text.removeprefix(sign).removesuffix(sign)), named
    return dec6(text), currency


def _agree(draft: Draft, specs: list[FieldSpec], named: set[str], default: str) -> None:
    """Set the one currency of the record's amounts, or say why there is none."""
    if len(named) > 1:
        raise UsageError(f"The amounts are in {' and '.join(sorted(named))}: a record has one currency.")
    currency = next(iter(named), default)
    if "currency" not in draft.noun.fields and currency != default:
        raise UsageError(f"{draft.label} is in {default}, this amount in {currency}.", hint=f"Give it in {default}.")
    others = [spec for spec in specs if spec.column not in draft.row and draft.before.get(str(spec.column)) is not None]
    if draft.row.get("currency") not in (None, currency):
        raise UsageError(f"The amount is in {currency}, but the currency was given as {draft.row['currency']}.")
    if "currency" in draft.row and draft.row["currency"] is None and (named or others):
        raise UsageError("An amount needs a currency.")
    if others and currency != draft.before.get("currency") and named:
        label = others[0].label.lower()
        raise UsageError(
            f"The {label} of {draft.label} is in {draft.before.get('currency')}, this amount in {currency}.",
            hint="A record has one currency: give both amounts together.",
        )
    if named:
        draft.row["currency"] = currency
    elif "currency" in draft.row and others and draft.before.get("currency"):
        _restate(draft, others)


def _restate(draft: Draft, specs: list[FieldSpec]) -> None:
    """Keep the numbers that people see where only the currency was corrected: 1,000 USD becomes 1,000 JPY."""
    shift = exponent(draft.row["currency"]) - exponent(draft.before["currency"])
    for spec in specs:
        if spec.kind != "money":
            continue
        number = Decimal(draft.before[str(spec.column)]).scaleb(shift)
        if number != number.to_integral_value():
            raise UsageError(f"The {spec.label.lower()} has more decimals than {draft.row['currency']} has.")
        draft.row[str(spec.column)] = int(number)


def line_amount(price_dec6: int, quantity_dec6: int, currency: str) -> int:
    """Return price times quantity in minor units, rounded half away from zero; both scaled by 10^6."""
    return Money(10 ** exponent(currency), currency).times(Fraction(price_dec6 * quantity_dec6, DEC6**2)).amount_minor
