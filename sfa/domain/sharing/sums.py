"""Money documents that come from laptops: what they say they come to must follow from their own lines (domain.md 2.5).

The amounts are computed by what computes them on a laptop; here is only what is compared.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sfa.domain.figures import from_dec6
from sfa.domain.money import Money
from sfa.domain.order_sums import counted, groups_of, kept, kept_groups, sums_of_order
from sfa.domain.orders import commissionable, due
from sfa.domain.pricing.amounts import PricingError, divide, line_amount
from sfa.domain.pricing.totals import total
from sfa.domain.quoting.totals import LINE_AMOUNTS, Offer, Row, document_of, is_priced, retotal, rounding_of, slices_of
from sfa.domain.sharing.documents import SUMS_OF_ORDER
from sfa.domain.sharing.homes import Row as AnyRow

FAULTS: Final = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What the engine may raise over values that no laptop writes."""
MOST_SLICES: Final = 20_000
"""So many characters of them are more than any schedule makes."""
_SUMS: Final = {
    "list_minor": "at list prices",
    "line_sum_minor": "in lines",
    "net_minor": "net",
    "tax_minor": "tax",
    "gross_minor": "gross",
    "payable_rounding_minor": "rounding",
    "payable_minor": "to pay",
}


@dataclass(slots=True)
class Offered:
    """A version of a quote with its lines, allowances and charges, as rows; the lines by their place."""

    currency: str
    version: Row
    lines: list[Row]
    allowances: list[Row]


def fault_of_offer(offer: Offer) -> str | None:
    """Return why the totals of a version do not follow from its lines, discounts, charges and taxes, or None."""
    for line in offer.lines:
        sentence = _fault_of_line(line, offer)
        if sentence:
            return sentence
    found = Offered(offer.currency, dict(offer.version), [dict(line) for line in offer.lines], offer.allowances)
    try:
        retotal(found)
    except PricingError as error:
        return f"This quote cannot be totalled: {error}"
    except FAULTS:
        return "This quote cannot be totalled: one of its lines, discounts or charges is none."
    for line, own in zip(offer.lines, found.lines, strict=True):
        if any(line[name] != own[name] for name in LINE_AMOUNTS):
            return _unlike(f"Line {line['ordinal']} of this quote", "net", (line, own), "net_minor", offer.currency)
    # A version that was never priced says nothing yet, and offers nothing.
    given = offer.version if any(map(is_priced, offer.lines)) else {name: offer.version[name] or 0 for name in _SUMS}
    wrong = next((name for name in _SUMS if given[name] != found.version[name]), None)
    return wrong and _unlike("This quote", _SUMS[wrong], (given, found.version), wrong, offer.currency)


def _fault_of_line(line: Row, offer: Offer) -> str | None:
    """Return why the price of a line is not that of its quantity, or None."""
    place = f"Line {line['ordinal']} of this quote"
    if not is_priced(line):
        return None if line["net_minor"] is None else f"{place} has an amount, and nothing that it is for."
    try:
        if len(line["slices"]) > MOST_SLICES or not _is_whole(json.loads(line["slices"])):
            return f"{place} has no price."
        slices = slices_of(line)
        worth = sum(abs(part.quantity_dec6) * part.price_dec6 for part in slices)
        quantity = line["quantity_dec6"]
        fits = sum(part.quantity_dec6 for part in slices) == quantity
        mean = slices[0].price_dec6 if len(slices) == 1 else divide(worth, abs(quantity))
        if not fits or mean != line["net_dec6"]:
            return f"{place} says {from_dec6(quantity)} at {from_dec6(line['net_dec6'])}, and is priced otherwise."
        listed = line_amount(line["list_dec6"], quantity, line["base_dec6"], offer.currency, rounding_of(offer.version))
        whole = listed * (1 if line["periods"] is None else line["periods"])
    except FAULTS:
        return f"{place} has no price."
    return None if whole == line["list_minor"] else f"{place} is worth another amount at its list price than it says."


def _is_whole(slices: Any) -> bool:  # noqa: ANN401 - whatever JSON holds
    return all(type(number) is int for part in slices for number in part)


def is_untold(order: AnyRow) -> bool:
    """Tell whether an order says no sums yet: they come behind its lines."""
    return all(order[name] is None for name in SUMS_OF_ORDER)


def sums_as_told(order: AnyRow, lines: Sequence[AnyRow]) -> dict[str, int | None] | None:
    """Return the sums of an order whose lines came from a laptop, None where one of them is none."""
    try:
        return sums_of_order(order, lines)
    except FAULTS:
        return None


def fault_of_order(order: AnyRow, lines: Sequence[AnyRow]) -> str | None:
    """Return why the sums of an order are not those of its lines, or None."""
    found = sums_as_told(order, lines)
    if found is None:
        return "This order cannot be totalled: one of its lines is none."
    said = {**order, "payable_rounding_minor": order["payable_rounding_minor"] or 0}
    wrong = next((name for name in SUMS_OF_ORDER if said[name] != found[name]), None)
    return wrong and _unlike("This order", _SUMS[wrong], (said, found), wrong, str(order["currency"]))


def fault_of_ordering(offer: Offer, lines: Sequence[AnyRow]) -> str | None:
    """Return why the orders of a quote come to more than it offers, or None; charges of the whole are held by themselves.

    Args:
        offer: the accepted version.
        lines: those of all of its orders.
    """
    try:
        totals, mode = total(document_of(offer)), rounding_of(offer.version)
        own = counted(lines)
        worth = sum(due(commissionable(line), line["quantity_dec6"], kept(line), mode) for line in own)
        whole = sum(kept_groups(lines, mode)[0].values())
    except FAULTS:
        return "This order cannot be totalled: one of its lines is none."
    sold = [line.net_minor for line in totals.lines if line.is_counted]
    # What gives something back may be left out of an order, and then its part of a discount too.
    most = totals.lines_minor - totals.allowances_minor if min(sold, default=0) >= 0 else sum(x for x in sold if x > 0)
    # Each part of a line that was cancelled is rounded by itself.
    if max(worth - most, whole - most - totals.charges_minor) <= len(own):
        return None
    shown, offered = Money(whole, offer.currency), Money(most + totals.charges_minor, offer.currency)
    return f"The orders of this quote come to {shown}, and it offers {offered}."


def fault_of_invoice(bill: AnyRow, lines: Sequence[AnyRow]) -> str | None:
    """Return why the amounts of an invoice or credit note are not those of its lines and taxes, or None.

    Args:
        bill: the invoice.
        lines: its lines; none where they are not known.
    """
    try:
        taxes = json.loads(bill["taxes"] or "[]")
        found = [{"gross_minor": bill["net_minor"] + bill["tax_minor"]}]
        if taxes:
            found.append({"net_minor": sum(one["taxable_minor"] for one in taxes)})
            found.append({"tax_minor": sum(one["tax_minor"] for one in taxes)})
        if lines:
            found.append({"net_minor": sum(groups_of(lines).values())})
    except FAULTS:
        return "This invoice cannot be totalled: its taxes or one of its lines are none."
    for sums in found:
        for name, minor in sums.items():
            if bill[name] != minor:
                return _unlike("This invoice", _SUMS[name], (bill, sums), name, str(bill["currency"]))
    return None


def _unlike(what: str, word: str, sides: tuple[AnyRow, AnyRow], name: str, currency: str) -> str:
    said, comes_to = (
        "nothing" if one[name] is None else str(Money(one[name], currency)) if type(one[name]) is int else "no amount"
        for one in sides
    )
    return f"{what} says {said} {word}, and comes to {comes_to}: price it anew, and send that."
