"""Cases as documents, and what comes of them as short lines of text."""

import json
from decimal import Decimal
from typing import Any

from sfa.domain.commission.sums import whole
from sfa.services.commission_case import read_request
from sfa.services.commission_result import simulate


def simulated(document: dict[str, Any]) -> dict[str, Any]:
    """Return what comes of a case; every line's explanation alone comes to its amount."""
    found = simulate(*read_request(json.loads(json.dumps(document), parse_float=Decimal)))
    plain: dict[str, Any] = json.loads(json.dumps(found))
    for statement in plain["statements"]:
        for line in statement["lines"]:
            assert whole(line["explain"]["sum"]) == line["amount_minor"], line
        paid = sum(line["amount_minor"] for line in statement["lines"] if not line["is_memo"])
        assert paid == statement["payable_minor"] >= 0
        for balance in statement["balances"]:
            moved = balance["opening_minor"] + balance["increase_minor"] - balance["decrease_minor"]
            assert moved == balance["closing_minor"] >= 0, balance
    return plain


def lines_of(document: dict[str, Any], participant: str = "ann") -> list[tuple[str, str, int]]:
    """Return event, kind and amount of each line of a participant."""
    return [
        (line["event"], line["kind"], line["amount_minor"])
        for statement in simulated(document)["statements"]
        if statement["participant"] == participant
        for line in statement["lines"]
    ]


def told(document: dict[str, Any]) -> str:
    """Return the lines and payments of a case, a line of text each."""
    found = simulated(document)
    rows = []
    for statement in found["statements"]:
        who, period = statement["participant"], statement["period"]
        for line in statement["lines"]:
            words = [who, period, line["component"] or "-", line["event"] or "-", line["kind"], line["amount"]]
            if line["earning_period"] != period:
                words.append(f"earned in {line['earning_period']}")
            if line["kind"] == "not_eligible":
                words.append(line["sentence"].split(": ", 1)[1])
            rows.append(" ".join(words))
        left = [f"{one['kind']} {one['closing_minor']}" for one in statement["balances"] if one["closing_minor"]]
        rows.append(f"{who} {period} pays {statement['payable']}" + (f" ({', '.join(left)})" if left else ""))
    rows += [f"{period['id']}: {sentence}" for period in found["periods"] for sentence in period["obstacles"]]
    if estimate := found.get("whatif"):
        rows += [f"{deal['id']} alone: {deal['alone_minor']}" for deal in estimate["deals"]]
        rows.append(f"together: {estimate['together_minor']}, expected: {estimate['expected_minor']}")
        rows += [
            f"next tier of {tier['component']}: {tier['distance_minor']} more pays {tier['pays_minor']}"
            for tier in estimate["next_tiers"]
        ]
    return "\n".join(rows)
