"""A line of a quote as people type it, and the columns that it fills."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from db.queries import quotes as queries
from db.queries.records import record
from sfa.domain.figures import DEC6, PPM, AmountError, dec6, ppm
from sfa.domain.text import clean
from sfa.errors import NotFoundError, UsageError
from sfa.services.amounts import unit_price
from sfa.services.coercion import read_choice
from sfa.services.desk import Desk
from sfa.services.moments import read_day
from sfa.services.quote_sheet import Row, Sheet
from sfa.services.references import resolve

KINDS: Final = ("product", "text", "section")
ROLES: Final = ("normal", "optional", "alternative")
PERIODS: Final = ("month", "quarter", "half", "year")
STAGES: Final = ("representative", "partner")
MOST_PERIODS: Final = 1200
_PERIODS = re.compile(r"(\d{1,4})(?:\s*x?\s*(month|quarter|half|year)s?)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class LineText:
    """A line as typed; None leaves a field as it is, an empty text clears it.

    Attributes:
        product: code, name or reference; without one the description says what it is.
        price: of a product the net price per unit that is aimed at; of words alone their price per unit.
        discount: the rep's own: `10%`, `5 EUR` per unit, or several after each other: `10%+5%`.
        partner: the same of a partner or distributor.
        choice: what alternatives are alternatives for.
        periods: how many, with their length: `12`, `12 months`.
        tax: code of a tax that goes before that of the product.
        is_credit: a negative quantity is meant.
        options: a configuration, as JSON of an object.
    """

    kind: str | None = None
    product: str | None = None
    description: str | None = None
    quantity: str | None = None
    unit: str | None = None
    price: str | None = None
    discount: str | None = None
    partner: str | None = None
    role: str | None = None
    choice: str | None = None
    is_chosen: bool | None = None
    periods: str | None = None
    tax: str | None = None
    delivery: str | None = None
    cost: str | None = None
    note: str | None = None
    options: str | None = None
    is_credit: bool = False


def columns_of(desk: Desk, sheet: Sheet, text: LineText, line: Row | None = None) -> dict[str, Any]:
    """Return the columns that a text fills; of a new line all that it needs.

    Raises:
        UsageError: something cannot be read, or the line says nothing.
        NotFoundError: a product or tax that is none.
        ConflictError: several are called so.
    """
    row: dict[str, Any] = {}
    for name, read in _READERS.items():
        value = getattr(text, name)
        if value is not None:
            row |= read(desk, sheet, clean(value, multiline=name in ("description", "note")).strip())
    if text.is_chosen is not None:
        row["is_chosen"] = int(text.is_chosen)
    _join_discounts(row, line or {})
    if line is None:
        _complete(desk, row)
    _check(row, line or {}, is_credit=text.is_credit)
    return row


def _complete(desk: Desk, row: dict[str, Any]) -> None:
    row.setdefault("kind", "product")
    if row["kind"] != "product":
        row.pop("quantity_dec6", None)
        return
    row.setdefault("quantity_dec6", DEC6)
    product = record(desk.store, "product", row.get("product_id") or "")
    if product is None:
        if "fixed_dec6" not in row and row.get("description"):
            raise UsageError("A line without a product needs its price.", hint="--price 120, or --kind text for words.")
        return
    if not product["is_active"]:
        raise UsageError(f"{product['name']} is not sold any more.", hint=f"sfa product show {product['ref']}")
    row.setdefault("unit", product["unit"])
    if product["period"]:
        row.setdefault("period", product["period"])
        row.setdefault("periods", 1)


def _check(row: dict[str, Any], line: Row, *, is_credit: bool) -> None:
    now = {**line, **row}
    if not now.get("product_id") and not now.get("description"):
        raise UsageError("A line needs a product or words.", hint="sfa quote line add QUOTE PRODUCT, or --description")
    quantity = row.get("quantity_dec6")
    if quantity == 0:
        raise UsageError("A quantity of 0 has no price.", hint="Give one, or remove the line.")
    if quantity is not None and quantity < 0 and not is_credit:
        raise UsageError("A negative quantity gives something back.", hint="Where that is meant: --credit")
    if now["kind"] != "product" and any(
        row.get(name) is not None for name in ("product_id", "quantity_dec6", "fixed_dec6")
    ):
        raise UsageError(f"A line that is a {now['kind']} has neither product nor price.")
    if now.get("role") == "alternative" and not now.get("choice_of"):
        raise UsageError("An alternative needs to say for what.", hint="--choice Colour")


def _kind(_desk: Desk, _sheet: Sheet, value: str) -> Row:
    return {"kind": read_choice(value, KINDS)}


def _product(desk: Desk, _sheet: Sheet, value: str) -> Row:
    return {"product_id": resolve(desk, "product", value).id if value else None}


def _text(column: str) -> Callable[[Desk, Sheet, str], Row]:
    return lambda _desk, _sheet, value: {column: value or None}


def _quantity(_desk: Desk, _sheet: Sheet, value: str) -> Row:
    return {"quantity_dec6": _number("Quantity", dec6, value)}


def _number(label: str, read: Callable[[str], int], value: str) -> int:
    try:
        return read(value)
    except AmountError as error:
        raise UsageError(f"{label}: {error}") from error


def _price(column: str, label: str) -> Callable[[Desk, Sheet, str], Row]:
    def read(_desk: Desk, sheet: Sheet, value: str) -> Row:
        return {column: _unit_price(sheet, label, value) if value else None}

    return read


def _unit_price(sheet: Sheet, label: str, value: str) -> int:
    try:
        found, currency = unit_price(value, sheet.currency)
    except AmountError as error:
        raise UsageError(f"{label}: {error}") from error
    if currency != sheet.currency:
        raise UsageError(f"{label}: {value} is in {currency}, the quote in {sheet.currency}.")
    if found < 0:
        raise UsageError(f"{label}: a price is not negative.", hint="Make the quantity negative instead: --credit")
    return found


def _discounts(stage: str) -> Callable[[Desk, Sheet, str], Row]:
    """Discounts of one stage take the place of those before; the other stage keeps its own."""

    def read(_desk: Desk, sheet: Sheet, value: str) -> Row:
        found = (
            [_discount(sheet, stage, part.strip()) for part in value.split("+")] if value and value != "none" else []
        )
        return {f"discounts {stage}": found}

    return read


def _discount(sheet: Sheet, stage: str, value: str) -> dict[str, object]:
    if value.endswith("%"):
        share = _number("Discount", ppm, value)
        if not 0 <= share <= PPM:
            raise UsageError(f"A discount of {value} is none.", hint="It is from 0% to 100%.")
        return {"stage": stage, "effect": "percent", "value": share}
    if value.replace(".", "").replace(",", "").isdigit():
        raise UsageError(
            f"Discount: is {value} a share or an amount?", hint=f"Write {value}% or {value} {sheet.currency}."
        )
    return {"stage": stage, "effect": "amount", "value": _unit_price(sheet, "Discount", value)}


def _join_discounts(row: dict[str, Any], line: Row) -> None:
    said = {stage: row.pop(f"discounts {stage}") for stage in STAGES if f"discounts {stage}" in row}
    if not said:
        return
    before = json.loads(line.get("discounts") or "[]")
    found = [one for stage in STAGES for one in said.get(stage, [old for old in before if old["stage"] == stage])]
    row["discounts"] = json.dumps(found) if found else None


def _role(_desk: Desk, _sheet: Sheet, value: str) -> Row:
    return {"role": read_choice(value, ROLES)}


def _periods(_desk: Desk, _sheet: Sheet, value: str) -> Row:
    if not value:
        return {"periods": None, "period": None}
    found = _PERIODS.fullmatch(value)
    if not found or not 0 < int(found[1]) <= MOST_PERIODS:
        raise UsageError(f"“{value}” is no number of periods.", hint=f"Such as 12 months; {MOST_PERIODS:,} at most.")
    return {"periods": int(found[1]), **({"period": found[2].lower()} if found[2] else {})}


def _tax(desk: Desk, _sheet: Sheet, value: str) -> Row:
    if not value:
        return {"tax_code_id": None}
    found = queries.tax_named(desk.store, value)
    if found is None:
        raise NotFoundError(
            f"There is no tax {value}.", hint=f"It has: {', '.join(queries.tax_codes(desk.store)) or 'none'}."
        )
    return {"tax_code_id": found}


def _delivery(desk: Desk, _sheet: Sheet, value: str) -> Row:
    return {"delivery_on": read_day(desk, value).isoformat() if value else None}


def _options(_desk: Desk, _sheet: Sheet, value: str) -> Row:
    if not value:
        return {"options": None}
    try:
        found = json.loads(value)
    except ValueError as error:
        raise UsageError(f"The options are no JSON: {error}.") from error
    if not isinstance(found, dict):
        raise UsageError("The options are no JSON object.")
    return {"options": json.dumps(found, ensure_ascii=False, sort_keys=True)}


_READERS: Final[dict[str, Callable[[Desk, Sheet, str], Row]]] = {
    "kind": _kind,
    "product": _product,
    "description": _text("description"),
    "quantity": _quantity,
    "unit": _text("unit"),
    "price": _price("fixed_dec6", "Price"),
    "discount": _discounts("representative"),
    "partner": _discounts("partner"),
    "role": _role,
    "choice": _text("choice_of"),
    "periods": _periods,
    "tax": _tax,
    "delivery": _delivery,
    "cost": _price("cost_dec6", "Cost"),
    "note": _text("note"),
    "options": _options,
}
