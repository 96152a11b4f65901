"""What a version of a quote comes to: its rows as a document for the engine, and the amounts that follow (domain.md 2.5)."""

import json
from collections.abc import Mapping
from typing import Any, Final, Protocol

from sfa.domain.money import Rounding
from sfa.domain.pricing.bundles import bundle_amounts
from sfa.domain.pricing.documents import Adjustment, Document, Line, Recurrence, Role, Tax, TaxMethod
from sfa.domain.pricing.schedules import Slice
from sfa.domain.pricing.totals import Totals, total

Row = dict[str, Any]
LINE_AMOUNTS: Final = ("net_minor", "tax_minor")
"""What `retotal` gives to a line."""


class Offer(Protocol):
    """A version of a quote with its lines, allowances and charges, as rows."""

    version: Row
    lines: list[Row]
    allowances: list[Row]

    @property
    def currency(self) -> str:
        """Return the currency of all amounts."""


def retotal(offer: Offer) -> Totals:
    """Total the priced lines of a version, in memory: amounts of lines and sums of the version.

    Raises:
        PricingError: a header allowance has nothing to be spread over, or two alternatives of a choice are chosen.
    """
    totals = total(document_of(offer))
    amounts = {line.id: line for line in totals.lines}
    for line in offer.lines:
        own = amounts.get(line["id"])
        line |= {"net_minor": own.net_minor if own else None, "tax_minor": own.tax_minor if own else None}
    _share_bundles(offer)
    offer.version |= _sums(offer, totals)
    return totals


def document_of(offer: Offer) -> Document:
    """Return a version for the engine: lines that were priced, allowances and charges.

    Raises:
        PricingError: two alternatives of a choice are chosen.
    """
    version = offer.version
    own: dict[str | None, list[Adjustment]] = {}
    for row in offer.allowances:
        own.setdefault(row["line_id"], []).append(_adjustment(row))
    return Document(
        offer.currency,
        tuple(_line(line, tuple(own.get(line["id"], ()))) for line in amounting(offer)),
        tuple(own.get(None, ())),
        version["prepaid_minor"] or 0,
        TaxMethod(version["tax_method"]),
        bool(version["is_tax_inclusive"]),
        rounding_of(version),
        version["cash_minor"],
    )


def rounding_of(row: Mapping[str, Any]) -> Rounding:
    """Return how a version or an order rounds."""
    return Rounding[row["rounding"].upper()]


def amounting(offer: Offer) -> list[Row]:
    """Return the lines that have an amount of their own: the parts of a bundle of one price are in that price."""
    fixed = {line["id"] for line in offer.lines if is_fixed_bundle(line)}
    return [line for line in offer.lines if is_priced(line) and line["parent_line_id"] not in fixed]


def is_fixed_bundle(line: Row) -> bool:
    """Tell whether the parts of a line are in its price."""
    return bool(line["options"]) and json.loads(line["options"]).get("price") == "fixed"


def is_priced(line: Mapping[str, Any]) -> bool:
    """Tell whether a line has a price, and not words alone."""
    return bool(line["kind"] == "product")


def is_counted(line: Mapping[str, Any]) -> bool:
    """Tell whether a line is part of the totals."""
    return is_priced(line) and (line["role"] == "normal" or bool(line["is_chosen"]))


def _line(line: Row, adjustments: tuple[Adjustment, ...]) -> Line:
    tax = Tax(line["tax_category"], line["tax_rate_ppm"], reason=line["tax_reason"] or "")
    return Line(
        line["id"],
        slices_of(line),
        (tax,),
        line["base_dec6"],
        adjustments,
        None if line["periods"] is None else Recurrence(line["periods"]),
        Role(line["role"]),
        line["choice_of"] or "",
        bool(line["is_chosen"]),
    )


def slices_of(line: Row) -> tuple[Slice, ...]:
    """Return the quantities and prices that make the amount of a line."""
    return tuple(Slice(quantity, price) for quantity, price in json.loads(line["slices"]))


def _adjustment(row: Row) -> Adjustment:
    return Adjustment(
        bool(row["is_charge"]), row["reason"], row["amount_minor"] or 0, row["percent_ppm"], row["base_minor"]
    )


def _share_bundles(offer: Offer) -> None:
    """Divide the amount of a bundle of one price over its parts, for revenue and commission (domain.md 2.6, P12)."""
    for head in filter(is_fixed_bundle, offer.lines):
        parts = [line for line in offer.lines if line["parent_line_id"] == head["id"] and is_priced(line)]
        if not parts or not any(part["list_minor"] for part in parts):
            continue
        shares = bundle_amounts(head["net_minor"], [part["list_minor"] for part in parts])
        for part, share in zip(parts, shares, strict=True):
            part["net_minor"] = share
        costs = [part["cost_minor"] for part in parts]
        if head["cost_minor"] is None and None not in costs:
            head["cost_minor"] = sum(costs)


def _sums(offer: Offer, totals: Totals) -> Row:
    counted = [line for line in amounting(offer) if is_counted(line)]
    costs = [line["cost_minor"] for line in counted]
    return {
        "list_minor": sum(line["list_minor"] for line in counted),
        "line_sum_minor": totals.lines_minor,
        "net_minor": totals.net_minor,
        "tax_minor": totals.tax_minor,
        "gross_minor": totals.gross_minor,
        "payable_rounding_minor": totals.rounding_minor,
        "payable_minor": totals.payable_minor,
        "cost_minor": None if None in costs else sum(costs),
    }
