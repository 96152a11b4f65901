"""What the rows of an invoice come to: amounts of which two make the third, and lines where the rows tell of any."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sfa.domain.currencies import is_currency
from sfa.domain.figures import dec6
from sfa.domain.money import Money, parse_amount
from sfa.exchange.import_entries import RowProblem
from sfa.exchange.order_import import line_worth

Said = Mapping[str, str]
"""What a row says, by field."""
LINE_WORDS: Final = {
    "product": "product id|product|sku|item|item number|product code|产品",
    "description": "description|item description|text",
    "quantity": "quantity|qty|数量",
    "price": "unit price|price|单价",
    "discount": "discount|rebate|折扣",
}
_SUMS: Final = ("net", "tax", "gross")
_AMOUNTS: Final = (*_SUMS, "prepaid", "rounding", "payable")


@dataclass(frozen=True, slots=True)
class Amounts:
    """An invoice in minor units.

    Attributes:
        values: its columns.
        lines: what each row that is a line says, with quantity and net; none where no row is one.
    """

    values: dict[str, Any]
    lines: tuple[tuple[Said, dict[str, int]], ...] = ()


def is_line(said: Said) -> bool:
    """Tell whether a row is a line, and not an invoice as a whole."""
    return not {"product", "quantity", "price"}.isdisjoint(said)


def amounts_of(rows: Sequence[Said], currency: str) -> Amounts:
    """Return what an invoice comes to.

    What rows with lines say as sums is that of the invoice, where they all say the same and the lines come to it or
    where a row without a line says it; else it is that of the line.

    Args:
        rows: those of one invoice.
        currency: where none of them names one.

    Raises:
        RowProblem: no amount, amounts that do not add up, or lines that come to something else.
    """
    currency = next((said["currency"] for said in rows if "currency" in said), currency).upper()
    if not is_currency(currency):
        raise RowProblem(f"“{currency}” is no currency")
    lines = tuple((said, _line(said, currency)) for said in rows if is_line(said))
    whole = sum(line["net_minor"] for _, line in lines)
    heads = [_told(said, currency) for said in rows if not is_line(said)] or _shared(rows, whole, currency)
    values = _sums(heads[0], currency) if heads else _added([_told(said, currency) for said, _ in lines], currency)
    if lines and values["net_minor"] != whole:
        net = Money(values["net_minor"], currency)
        raise RowProblem(f"its lines come to {Money(whole, currency)}, not to {net}")
    return Amounts(values, lines)


def _line(said: Said, currency: str) -> dict[str, int]:
    quantity = dec6(said.get("quantity", "1"))
    if not quantity:
        raise RowProblem("a quantity of 0 is none")
    if "price" in said:
        own = {name: text for name, text in said.items() if name != "net"}
        net = int(line_worth(currency, own, quantity)["net_minor"])
    else:
        net = int(_sums(_told(said, currency), currency)["net_minor"])
    return {"quantity_dec6": -abs(quantity) if net < 0 else abs(quantity), "net_minor": net}


def _shared(rows: Sequence[Said], whole: int, currency: str) -> list[dict[str, int]]:
    """Return the sums of the invoice, where each of its lines repeats them or none says any."""
    told = [_told(said, currency) for said in rows]
    if not any(name in one for one in told for name in _SUMS):
        return [{**told[0], "net": whole}]
    is_same = all(one == told[0] for one in told)
    return told[:1] if is_same and _sums(told[0], currency)["net_minor"] == whole else []


def _added(told: Sequence[dict[str, int]], currency: str) -> dict[str, Any]:
    """Return the sums of lines that say their own."""
    each = [_sums({name: one[name] for name in _SUMS if name in one}, currency) for one in told]
    rest = {name: minor for name, minor in told[0].items() if name not in _SUMS}
    return _sums({name: sum(one[f"{name}_minor"] for one in each) for name in ("net", "gross")} | rest, currency)


def _told(said: Said, currency: str) -> dict[str, int]:
    """Return the amounts that a row says, in minor units."""
    given = {name: parse_amount(said[name], currency) for name in _AMOUNTS if name in said}
    other = next((money for money in given.values() if money.currency != currency), None)
    if other is not None:
        raise RowProblem(f"{other} is not in {currency}")
    return {str(name): money.amount_minor for name, money in given.items()}


def _sums(told: Mapping[str, int], currency: str) -> dict[str, Any]:
    """Return the columns of an invoice; one with an amount alone has no tax."""
    net, tax, gross = (told.get(name) for name in _SUMS)
    if net is None and gross is None:
        raise RowProblem("the amount is missing")
    net = (gross or 0) - (tax or 0) if net is None else net
    gross = net + (tax or 0) if gross is None else gross
    if tax is not None and net + tax != gross:
        raise RowProblem(f"net and tax come to {Money(net + tax, currency)}, not to {Money(gross, currency)}")
    taxes = [{"category": "S" if gross != net else "Z", "rate_ppm": 0, "reason": "", "taxable_minor": net,
              "tax_minor": gross - net}]  # fmt: skip
    sums = {"net_minor": net, "tax_minor": gross - net, "gross_minor": gross, **_paid_before(told, gross, currency)}
    return {"currency": currency, **sums, "taxes": json.dumps(taxes)}


def _paid_before(told: Mapping[str, int], gross: int, currency: str) -> dict[str, int]:
    """Return what of an invoice was paid before, and what its coin adds; of a payable amount alone, it is the latter."""
    prepaid, rounding, payable = told.get("prepaid", 0), told.get("rounding"), told.get("payable")
    if rounding is None:
        rounding = 0 if payable is None else payable - gross + prepaid
    if payable is not None and gross - prepaid + rounding != payable:
        due = Money(gross - prepaid + rounding, currency)
        raise RowProblem(f"{due} are to be paid after what was prepaid and rounded, not {Money(payable, currency)}")
    if abs(rounding) >= max(abs(gross), 1):
        raise RowProblem(f"{Money(rounding, currency)} are no rounding of {Money(gross, currency)}")
    return {"prepaid_minor": prepaid, "payable_rounding_minor": rounding}
