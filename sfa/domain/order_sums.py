"""What the lines of an order and of an invoice come to: bases and taxes by group, and the sums of what is kept (domain.md 2.5, 2.9)."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sfa.domain.money import Rounding
from sfa.domain.orders import due, tax_due
from sfa.domain.pricing.amounts import to_coin
from sfa.domain.quoting.totals import rounding_of

Row = Mapping[str, Any]
Group = tuple[str, int]
"""Category and rate of a tax."""


def tax_key(line: Row) -> Group:
    """Return category and rate of a line's tax."""
    return line["tax_category"] or "Z", line["tax_rate_ppm"] or 0


def groups_of(lines: Iterable[Row]) -> dict[Group, int]:
    """Return the base of each tax group, of lines."""
    found: dict[Group, int] = {}
    for line in lines:
        found[tax_key(line)] = found.get(tax_key(line), 0) + line["net_minor"] + line["share_minor"]
    return found


def counted(lines: Iterable[Row]) -> list[Row]:
    """Return the lines of an order that are delivered and invoiced by themselves."""
    return [line for line in lines if not line["is_part"]]


def kept_groups(lines: Sequence[Row], mode: Rounding) -> tuple[dict[Group, int], dict[Group, int]]:
    """Return base and tax of each tax group of an order, of what is not cancelled; taxed as its invoices are."""
    whole: dict[Group, tuple[int, int]] = {}
    bases: dict[Group, int] = {}
    for line in counted(lines):
        key, left = tax_key(line), kept(line)
        base, tax = whole.get(key, (0, 0))
        whole[key] = base + line["net_minor"] + line["share_minor"], tax + line["tax_minor"]
        own = due(line["net_minor"], line["quantity_dec6"], left, mode)
        bases[key] = bases.get(key, 0) + own + _share_of(line, left, mode)
    taxes = {key: tax_due(tax, base, key[1], bases[key], mode) for key, (base, tax) in whole.items()}
    return bases, taxes


def sums_of_order(order: Row, lines: Sequence[Row]) -> dict[str, int | None]:
    """Return the sums of an order, of what is not cancelled; cost and list None where one of its lines has none."""
    mode = rounding_of(order)
    bases, taxes = kept_groups(lines, mode)
    net, tax = sum(bases.values()), sum(taxes.values())
    unpaid = net + tax - (order["prepaid_minor"] or 0)
    beside = {name: _sum_of(lines, name, mode) for name in ("cost_minor", "list_minor")}
    rounding = to_coin(unpaid, order["cash_minor"], mode) - unpaid
    return {"net_minor": net, "tax_minor": tax, "gross_minor": net + tax, "payable_rounding_minor": rounding, **beside}


def prepaid_part(left_minor: int, gross_minor: int, *, is_last: bool) -> int:
    """Return how much of what was paid before settles one of several documents: the first ones take it, the last the rest.

    Args:
        left_minor: what none of those before has taken.
        gross_minor: of the document.
        is_last: whether no other one follows.
    """
    return left_minor if is_last else min(left_minor, max(gross_minor, 0))


def payable(document: Row) -> int:
    """Return what is to be paid of an order or invoice after what was paid before, rounded to its coin (BT-115)."""
    gross, rounding = document["gross_minor"] or 0, document["payable_rounding_minor"] or 0
    return int(gross - (document["prepaid_minor"] or 0) + rounding)


def owed(bill: Row) -> int:
    """Return what is still owed on an invoice, negative where too much came."""
    return payable(bill) - int(bill["credited_minor"]) - int(bill["paid_minor"])


def next_rounding(bills: Iterable[Row], unpaid_minor: int, coin_minor: int, mode: Rounding) -> int:
    """Return the rounding of one more invoice of an order: all of them together are rounded once (domain.md 0.4).

    Args:
        bills: those before it.
        unpaid_minor: its gross less what was prepaid of it.
        coin_minor: the coin of the order.
        mode: rounding.
    """
    before = [(payable(bill), bill["payable_rounding_minor"]) for bill in bills]
    due_before = sum(minor - rounding for minor, rounding in before)
    return to_coin(due_before + unpaid_minor, coin_minor, mode) - sum(minor for minor, _ in before) - unpaid_minor


def kept(line: Row) -> int:
    """Return how much of a line is not cancelled."""
    return int(line["quantity_dec6"]) - int(line["cancelled_dec6"])


def _share_of(line: Row, quantity_dec6: int, mode: Rounding) -> int:
    """Return what of the order's discounts and charges so much of a line bears: each of them rounded by itself."""
    shares = json.loads(line["shares"] or "[]")
    return sum(due(int(part["minor"]), line["quantity_dec6"], quantity_dec6, mode) for part in shares)


def _sum_of(lines: Sequence[Row], name: str, mode: Rounding) -> int | None:
    own = counted(lines)
    if not own or any(line[name] is None for line in own):
        return None
    return sum(due(int(line[name]), line["quantity_dec6"], kept(line), mode) for line in own)
