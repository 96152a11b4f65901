"""A document as JSON - lines, allowances, charges, taxes - read for its totals, and the totals as JSON (docs/pricing.md)."""

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from enum import StrEnum

from sfa.domain import currencies
from sfa.domain.figures import DEC6, from_dec6
from sfa.domain.money import Money, Rounding
from sfa.domain.pricing.amounts import PricingError
from sfa.domain.pricing.documents import Adjustment, Document, Line, Recurrence, Role, Tax, TaxMethod
from sfa.domain.pricing.schedules import Slice
from sfa.domain.pricing.totals import Totals
from sfa.errors import UsageError
from sfa.exchange.json_nodes import Node

TAX_KEYS = ("tax_category", "tax_percent", "tax_name", "tax_reason", "taxes")
FRAME_KEYS = (
    *("currency", "type", "tax_method", "tax_inclusive", "rounding", "cash_rounding", "prepaid", "payable_rounding"),
    *("document_allowances_charges", "totals", "tax_subtotals", "tax_total"),
)
COUNTING_KEYS = ("role", "choice", "chosen", "periods", "days", "days_in_period", "allowances_charges")
_LINE_KEYS = (
    *("id", "name", "unit", "quantity", "price", "price_base_quantity", "price_allowances", "line_net"),
    *(*COUNTING_KEYS, *TAX_KEYS),
)
_SOURCE_KEYS = ("file", "recomputed_ok", "all_ok")
"""What published sets say about themselves: of no effect."""

_TAX_WORDS = ("category", "percent", "name", "reason")
_PLACES = 6


class Kind(StrEnum):
    """What a document is; a credit note has positive amounts, a return in another one negative quantities."""

    INVOICE = "Invoice"
    CREDITNOTE = "CreditNote"
    QUOTE = "Quote"
    ORDER = "Order"


@contextmanager
def placed(place: str) -> Iterator[None]:
    """Put a place before what the rules of pricing refuse."""
    try:
        yield
    except PricingError as error:
        raise UsageError(f"{place}: {error}" if place else str(error)) from error


def read_document(node: Node) -> Document:
    """Return a document to be totalled.

    Raises:
        UsageError: something is missing, unknown or contradictory; it names the place.
    """
    node.only("lines", *FRAME_KEYS, *_SOURCE_KEYS)
    currency = node.currency("currency")
    if not node.has("lines"):
        raise node.wrong("lines", "missing: a document needs a list of lines.")
    kind = read_kind(node)
    lines = tuple(_read_line(line, currency, place, kind) for place, line in enumerate(node.nodes("lines"), start=1))
    return framed(node, currency, lines)


def read_kind(node: Node) -> Kind | None:
    """Return what the document says it is; None where it says nothing."""
    if not node.has("type"):
        return None
    word = node.text("type").replace(" ", "").replace("_", "").lower()
    found = next((kind for kind in Kind if kind.lower() == word), None)
    if found is None:
        raise node.wrong("type", f"there is no such document; known: {', '.join(Kind)}.")
    return found


def framed(node: Node, currency: str, lines: tuple[Line, ...]) -> Document:
    """Return lines with what the whole document says: allowances and charges, tax method, rounding, prepayment."""
    with placed(node.place):
        return Document(
            currency,
            lines,
            tuple(read_adjustment(own, currency, is_header=True) for own in node.nodes("document_allowances_charges")),
            _stated(node, "prepaid", "PrepaidAmount", currency),
            node.choice("tax_method", TaxMethod, TaxMethod.TOTAL),
            node.flag("tax_inclusive"),
            node.choice("rounding", Rounding, Rounding.HALF_UP),
            node.minor("cash_rounding", currency, 0),
            _stated(node, "payable_rounding", "PayableRoundingAmount", currency),
        )


def _stated(node: Node, key: str, published: str, currency: str) -> int:
    """Return an amount that is given, not computed; a published document has it among its totals."""
    return node.minor(key, currency) if node.has(key) else node.node("totals").minor(published, currency, 0)


def _read_line(node: Node, currency: str, ordinal: int, kind: Kind | None) -> Line:
    node.only(*_LINE_KEYS)
    quantity = node.number("quantity")
    if quantity < 0 and kind in (Kind.QUOTE, Kind.ORDER):
        raise node.wrong("quantity", "not negative in a quote or order; a return is a document of its own.")
    price, base = node.number("price"), node.number("price_base_quantity", 1)
    if price < 0:
        raise node.wrong("price", "not negative; make the quantity negative instead.")
    if base <= 0:
        raise node.wrong("price_base_quantity", "the quantity that the price is for must be positive.")
    return counted_line(node, node.text("id", str(ordinal)), _exact(quantity, price, base), currency)


def _exact(quantity: Decimal, price: Decimal, base: Decimal) -> tuple[tuple[Slice, ...], int]:
    """Return a slice and its base quantity; decimals beyond the sixth go to the base, so that none is lost."""
    for_quantity, for_price, for_base = (max(_PLACES, _decimals(number)) for number in (quantity, price, base))
    worth = Slice(int(quantity.scaleb(for_quantity + for_base - _PLACES)), int(price.scaleb(for_price)))
    return (worth,), int(base.scaleb(for_base + for_quantity + for_price - 2 * _PLACES))


def _decimals(number: Decimal) -> int:
    return len(f"{number:f}".partition(".")[2])


def counted_line(node: Node, line_id: str, priced: tuple[tuple[Slice, ...], int], currency: str) -> Line:
    """Return a line from its slices and base quantity, and what its object says of taxes, allowances and its role."""
    with placed(node.place):
        return Line(
            line_id,
            priced[0],
            read_taxes(node) or (Tax("O", 0, reason="no tax is named"),),
            priced[1],
            tuple(read_adjustment(own, currency) for own in node.nodes("allowances_charges")),
            _recurrence(node),
            node.choice("role", Role, Role.NORMAL),
            node.text("choice", ""),
            node.flag("chosen"),
        )


def _recurrence(node: Node) -> Recurrence | None:
    keys = ("periods", "days", "days_in_period")
    if not any(node.has(key) for key in keys):
        return None
    return Recurrence(*(node.whole(key, 0) for key in keys))


def read_taxes(node: Node) -> tuple[Tax, ...]:
    """Return the taxes of a line or of a document's allowance: one by `tax_category`, or the list `taxes`."""
    if not node.has("taxes"):
        named = node.has("tax_category") or node.has("tax_percent")
        return (_tax(node, "tax_"),) if named else ()
    if node.has("tax_category") or node.has("tax_percent"):
        raise node.wrong("taxes", "leave tax_category and tax_percent out where there is a list.")
    return tuple(_tax(own.only(*_TAX_WORDS), "") for own in node.nodes("taxes"))


def _tax(node: Node, prefix: str) -> Tax:
    rate = node.ppm(f"{prefix}percent", 0)
    category = node.text(f"{prefix}category", "S" if rate else "Z")
    with placed(node.at(f"{prefix}category")):
        return Tax(category, rate, node.text(f"{prefix}name", ""), node.text(f"{prefix}reason", "not stated"))


def read_adjustment(node: Node, currency: str, *, is_header: bool = False) -> Adjustment:
    """Return an allowance or a charge: its amount, or a percentage of its base."""
    node.only("charge", "amount", "percent", "base", "of_rest", "reason", *TAX_KEYS)
    is_share = not node.has("amount")
    if is_share and not node.has("percent"):
        raise node.wrong("amount", "missing: give an amount or a percent.")
    with placed(node.at("percent")):
        return Adjustment(
            node.flag("charge"),
            node.text("reason", "charge" if node.flag("charge") else "allowance"),
            0 if is_share else node.minor("amount", currency),
            node.ppm("percent") if is_share else None,
            node.minor("base", currency) if is_share and node.has("base") else None,
            read_taxes(node) if is_header else (),
            node.flag("of_rest"),
        )


def totals_json(found: Totals) -> dict[str, object]:
    """Return totals with the names of EN 16931 in UBL, amounts as decimal strings."""

    def shown(minor: int) -> str:
        return Money(minor, found.currency).decimal_string()

    return {
        "currency": found.currency,
        "lines": [
            {
                "id": line.id,
                "amount": shown(line.amount_minor),
                "line_net": shown(line.net_minor),
                "line_tax": shown(line.tax_minor),
                "is_counted": line.is_counted,
            }
            for line in found.lines
        ],
        "document_allowances_charges": [
            {
                "charge": record.is_charge,
                "reason": record.reason,
                "amount": shown(record.net_minor),
                "taxes": [_tax_json(tax) for tax in record.taxes],
            }
            for record in found.records
        ],
        "tax_subtotals": [
            {"taxable": shown(group.taxable_minor), "tax": shown(group.tax_minor), **_tax_json(group.tax)}
            for group in found.tax_subtotals
        ],
        "tax_total": shown(found.tax_minor),
        "totals": {name: shown(minor) for name, minor in named_totals(found)},
    }


def _tax_json(tax: Tax) -> dict[str, str]:
    named = {"name": tax.name} if tax.name else {}
    return {"category": tax.category, "percent": from_dec6(tax.rate_ppm * (DEC6 // 10**4)), **named}


def named_totals(found: Totals) -> list[tuple[str, int]]:
    """Return the totals in minor units by their names in UBL."""
    return [
        ("LineExtensionAmount", found.lines_minor),
        ("AllowanceTotalAmount", found.allowances_minor),
        ("ChargeTotalAmount", found.charges_minor),
        ("TaxExclusiveAmount", found.net_minor),
        ("TaxInclusiveAmount", found.gross_minor),
        ("PrepaidAmount", found.prepaid_minor),
        ("PayableRoundingAmount", found.rounding_minor),
        ("PayableAmount", found.payable_minor),
    ]


def untaxed(document: Document) -> list[str]:
    """Return the ids of lines that name no tax, and are taken as out of scope."""
    return [line.id for line in document.lines if line.taxes[0].reason == "no tax is named"]


def differences(node: Node, found: Totals) -> list[str]:
    """Return where a document states other totals than those computed, as sentences."""
    own = node.node("totals").only(*(name for name, _ in named_totals(found)))
    unit = 10 ** currencies.exponent(found.currency)
    return [
        f"{own.at(name)}: the document says {own.values[name]}, computed is"
        f" {Money(minor, found.currency).decimal_string()}."
        for name, minor in named_totals(found)
        if own.has(name) and own.number(name) * unit != minor
    ]
