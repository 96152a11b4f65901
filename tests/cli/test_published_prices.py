"""Published invoices, cases of rules and orders, through the shell; absent, they are skipped."""

import csv
import json
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

from tests.support.shell import call_cli


def _simulated(home: Path, case: object) -> Any:  # noqa: ANN401 - JSON
    told = call_cli(["price", "simulate", "--input", "-", "--json"], home, typed=json.dumps(case))
    assert told.code == 0, told.stderr
    return told.value


def test_published_invoices_come_out_to_the_cent(tmp_path: Path, shared_data: Path) -> None:
    path = shared_data / "invoice_totals" / "xrechnung_10_invoices.json"
    told = call_cli(["quote", "total", "--input", str(path), "--json"], tmp_path)
    assert (told.code, told.stderr) == (0, "")
    for invoice, found in zip(json.loads(path.read_text(encoding="utf-8")), told.value, strict=True):
        stated = {name: Decimal(amount or 0) for name, amount in invoice["totals"].items()}
        assert {name: Decimal(amount) for name, amount in found["totals"].items()} == stated
        nets = [Decimal(line["line_net"]) for line in invoice["lines"]]
        assert [Decimal(line["line_net"]) for line in found["lines"]] == nets
        assert Decimal(found["tax_total"]) == Decimal(invoice["tax_total"])
        assert _groups(found) == _groups(invoice)


def _groups(one: dict[str, Any]) -> list[tuple[str, Decimal, Decimal, Decimal]]:
    return sorted(
        (group["category"], Decimal(group["percent"] or 0), Decimal(group["taxable"]), Decimal(group["tax"]))
        for group in one["tax_subtotals"]
    )


def _as_case(given: dict[str, Any]) -> dict[str, object]:
    """Restate a published case of rules in our shape."""
    if "rule" in given:
        rule = given["rule"]
        own = {"min_quantity": rule["min_qty"], "max_quantity": rule["max_qty"], "percent": rule["discount_percent"]}
        return {"currency": "EUR", "rules": [own], "lines": [{"price": given["price"], "quantity": given["qty"]}]}
    lines = []
    for row in given["lines"]:
        rates = row.get("taxes_percent") or [row["tax_percent"]]
        fixed = [{"amount": row["discount_fixed_per_unit"]}] if "discount_fixed_per_unit" in row else []
        taxes = [{"percent": rate, "name": str(place)} for place, rate in enumerate(rates)]
        own = {"price": row["unit_price"], "quantity": row["qty"], "discounts": fixed + row.get("discounts", [])}
        lines.append({**own, "taxes": taxes})
    return {"currency": "EUR", "lines": lines}


def test_published_cases_of_rules_come_out_to_the_cent(tmp_path: Path, shared_data: Path) -> None:
    for case in json.loads((shared_data / "quote_rules" / "cases.json").read_text(encoding="utf-8")):
        told, expected = _simulated(tmp_path, _as_case(case["input"])), case["expected"]
        found, lines = told["totals"], told["lines"]
        got = {
            "line_net": [Decimal(line["line_net"]) for line in lines],
            "net": Decimal(found["TaxExclusiveAmount"]),
            "tax": Decimal(told["tax_total"]),
            "total": Decimal(found["TaxInclusiveAmount"]),
            "discount_percent": Decimal(lines[0]["discount_percent"]),
            "rate": Decimal(lines[0]["net_price"]),
        }
        for key, value in expected.items():
            wanted = list(map(Decimal, value)) if isinstance(value, list) else Decimal(value)
            assert got[key] == wanted, (case["id"], key)


def test_orders_of_a_wholesaler_come_out_to_the_cent(tmp_path: Path, shared_data: Path) -> None:
    orders: dict[str, list[dict[str, str]]] = {}
    with (shared_data / "northwind" / "order-details_1996.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            orders.setdefault(row["orderID"], []).append(row)
    cases = [
        {
            "currency": "USD",
            "lines": [
                {
                    "price": row["unitPrice"],
                    "quantity": row["quantity"],
                    "discounts": [str(Decimal(row["discount"]) * 100)],
                    "tax_category": "O",
                }
                for row in rows
            ],
        }
        for rows in orders.values()
    ]
    assert len(cases) > 100
    for rows, case in zip(orders.values(), cases, strict=True):
        found = _simulated(tmp_path, case)
        exact = [Decimal(row["unitPrice"]) * Decimal(row["quantity"]) * (1 - Decimal(row["discount"])) for row in rows]
        cents = [net.quantize(Decimal("0.01"), ROUND_HALF_UP) for net in exact]
        assert found["totals"]["PayableAmount"] == str(sum(cents))
