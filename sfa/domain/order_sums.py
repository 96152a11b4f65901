"""What the lines of an order and of an invoice come to: bases and taxes by group, and the sums of what is kept (domain.md 2.5, 2.9)."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sfa.domain.money import Rounding
from sfa.domain.orders import due, tax_due

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
        key, kept = tax_key(line), _kept(line)
        base, tax = whole.get(key, (0, 0))
        whole[key] = base + line["net_minor"] + line["share_minor"], tax + line["tax_minor"]
        own = due(line["net_minor"], line["quantity_dec6"], kept, mode)
        bases[key] = bases.get(key, 0) + own + _share_of(line, kept, mode)
    taxes = {key: tax_due(tax, base, key[1], bases[key], mode) for key, (base, tax) in whole.items()}
    return bases, taxes


def sums_of_kept(lines: Sequence[Row], mode: Rounding) -> dict[str, int | None]:
    """Return the sums of an order, of what is not cancelled; cost and list None where one of its lines has none."""
    bases, taxes = kept_groups(lines, mode)
    net, tax = sum(bases.values()), sum(taxes.values())
    beside = {name: _sum_of(lines, name, mode) for name in ("cost_minor", "list_minor")}
    return {"net_minor": net, "tax_minor": tax, "gross_minor": net + tax, **beside}


def _kept(line: Row) -> int:
    return int(line["quantity_dec6"]) - int(line["cancelled_dec6"])


def _share_of(line: Row, quantity_dec6: int, mode: Rounding) -> int:
    """Return what of the order's discounts and charges so much of a line bears: each of them rounded by itself."""
    shares = json.loads(line["shares"] or "[]")
    return sum(due(int(part["minor"]), line["quantity_dec6"], quantity_dec6, mode) for part in shares)


def _sum_of(lines: Sequence[Row], name: str, mode: Rounding) -> int | None:
    own = counted(lines)
    if not own or any(line[name] is None for line in own):
        return None
    return sum(due(int(line[name]), line["quantity_dec6"], _kept(line), mode) for line in own)
