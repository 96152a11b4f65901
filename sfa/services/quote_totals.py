"""The totals of a version: lines priced, summed and taxed by the engine, and written where they changed."""

import json
from collections.abc import Mapping
from typing import Any, Final

from db.queries import quotes as queries
from db.store import UnitOfWork
from sfa.domain.money import Money
from sfa.domain.pricing.amounts import PricingError
from sfa.domain.pricing.bundles import bundle_amounts
from sfa.domain.pricing.documents import Adjustment, Document, Line, Recurrence, Role, Tax, TaxMethod
from sfa.domain.pricing.schedules import Slice
from sfa.domain.pricing.totals import Totals, total
from sfa.errors import UsageError
from sfa.services import quote_prices
from sfa.services.desk import Desk
from sfa.services.quote_deals import follow
from sfa.services.quote_sheet import Row, Sheet, load_version

DERIVED: Final = (
    "base_dec6", "list_dec6", "net_dec6", "steps", "slices", "list_minor", "net_minor", "cost_minor", "tax_category",
    "tax_rate_ppm", "tax_reason", "tax_minor",
)  # fmt: skip
SUMS: Final = (
    "is_tax_inclusive", "list_minor", "line_sum_minor", "net_minor", "tax_minor", "gross_minor",
    "payable_rounding_minor", "payable_minor", "cost_minor",
)  # fmt: skip


def recalculate(desk: Desk, work: UnitOfWork, sheet: Sheet) -> Totals:
    """Price and total a version anew, write what changed, and let the deal follow.

    Raises:
        UsageError: a line cannot be priced, or the document cannot be totalled; nothing is changed then.
    """
    quote, version = sheet.quote, sheet.version
    fresh = load_version(desk, quote, dict(version))
    before = {line["id"]: dict(line) for line in fresh.lines}
    quote_prices.price_lines(desk, fresh)
    totals = retotal(fresh)
    changed = [line for line in fresh.lines if any(line[name] != before[line["id"]][name] for name in DERIVED)]
    if changed:
        queries.write_lines(work, DERIVED, changed)
    sums = {name: fresh.version[name] for name in SUMS}
    if any(version[name] != value for name, value in sums.items()):
        work.update("quote_version", sheet.version_id, sums)
    sheet.version, sheet.lines, sheet.allowances = fresh.version, fresh.lines, fresh.allowances
    follow(desk, work, sheet)
    return totals


def retotal(sheet: Sheet) -> Totals:
    """Total the priced lines of a version, in memory: amounts of lines and sums of the version.

    Raises:
        UsageError: a header allowance has nothing to be spread over, or two alternatives of a choice are chosen.
    """
    try:
        totals = total(document_of(sheet))
    except PricingError as error:
        raise UsageError(str(error)) from error
    amounts = {line.id: line for line in totals.lines}
    for line in sheet.lines:
        own = amounts.get(line["id"])
        line |= {"net_minor": own.net_minor if own else None, "tax_minor": own.tax_minor if own else None}
    _share_bundles(sheet)
    sheet.version |= _sums(sheet, totals)
    return totals


def document_of(sheet: Sheet) -> Document:
    """Return a version for the engine: lines that were priced, allowances and charges.

    Raises:
        PricingError: two alternatives of a choice are chosen.
    """
    version = sheet.version
    own: dict[str | None, list[Adjustment]] = {}
    for row in sheet.allowances:
        own.setdefault(row["line_id"], []).append(_adjustment(row))
    return Document(
        sheet.currency,
        tuple(_line(line, tuple(own.get(line["id"], ()))) for line in amounting(sheet)),
        tuple(own.get(None, ())),
        version["prepaid_minor"] or 0,
        TaxMethod(version["tax_method"]),
        bool(version["is_tax_inclusive"]),
        quote_prices.rounding_of(version),
        version["cash_minor"],
    )


def amounting(sheet: Sheet) -> list[Row]:
    """Return the lines that have an amount of their own: the parts of a bundle of one price are in that price."""
    fixed = {line["id"] for line in sheet.lines if is_fixed_bundle(line)}
    return [line for line in sheet.lines if line["kind"] == "product" and line["parent_line_id"] not in fixed]


def is_fixed_bundle(line: Row) -> bool:
    """Tell whether the parts of a line are in its price."""
    return bool(line["options"]) and json.loads(line["options"]).get("price") == "fixed"


def is_counted(line: Mapping[str, Any]) -> bool:
    """Tell whether a line is part of the totals."""
    return line["kind"] == "product" and (line["role"] == "normal" or bool(line["is_chosen"]))


def _line(line: Row, adjustments: tuple[Adjustment, ...]) -> Line:
    tax = Tax(line["tax_category"], line["tax_rate_ppm"], reason=line["tax_reason"] or "")
    return Line(
        line["id"],
        tuple(Slice(quantity, price) for quantity, price in json.loads(line["slices"])),
        (tax,),
        line["base_dec6"],
        adjustments,
        None if line["periods"] is None else Recurrence(line["periods"]),
        Role(line["role"]),
        line["choice_of"] or "",
        bool(line["is_chosen"]),
    )


def _adjustment(row: Row) -> Adjustment:
    return Adjustment(
        bool(row["is_charge"]), row["reason"], row["amount_minor"] or 0, row["percent_ppm"], row["base_minor"]
    )


def _share_bundles(sheet: Sheet) -> None:
    """Divide the amount of a bundle of one price over its parts, for revenue and commission (domain.md 2.6, P12)."""
    for head in filter(is_fixed_bundle, sheet.lines):
        parts = [line for line in sheet.lines if line["parent_line_id"] == head["id"] and line["kind"] == "product"]
        if not parts or not any(part["list_minor"] for part in parts):
            continue
        shares = bundle_amounts(head["net_minor"], [part["list_minor"] for part in parts])
        for part, share in zip(parts, shares, strict=True):
            part["net_minor"] = share
        costs = [part["cost_minor"] for part in parts]
        if head["cost_minor"] is None and None not in costs:
            head["cost_minor"] = sum(costs)


def _sums(sheet: Sheet, totals: Totals) -> Row:
    counted = [line for line in amounting(sheet) if is_counted(line)]
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


def commission_estimate(_desk: Desk, _sheet: Sheet) -> Money | None:
    """Return what the rep would earn with a version: the place where that will show; nothing knows it yet."""
    return None
