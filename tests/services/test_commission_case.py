"""A case that is off is refused in one sentence with the row at fault, whatever is in it."""

from typing import Any

import pytest

from sfa.errors import UsageError
from sfa.services.commission_case import read_request

PLAN = {"code": "P", "version": 1, "currency": "USD", "component": [{"code": "base", "tiers": [{"lo": 0}]}]}
EVENT = {"id": "e1", "on": "2026-10-05", "net_minor": 1, "owner": "ann"}
BACK = {"id": "x1", "on": "2026-10-06", "kind": "cancelled"}
CASE = {
    "plan": PLAN,
    "periods": [{"id": "2026-Q4", "from": "2026-10-01", "to": "2027-01-01"}],
    "assignments": [{"participant": "ann", "plan": "P"}],
    "events": [EVENT],
}
SCORE = {"participant": "ann", "component": "base", "window": "2026-Q4", "value": 1}
ADJUSTED = {"id": "a", "participant": "ann", "period": "2026-Q4", "amount_minor": 1, "requested_by": "eva"}
DRAW = {"participant": "ann", "guarantee_minor": 5}


def asked(**part: object) -> dict[str, Any]:
    return {"participant": "ann", "window": "2026-Q4", "amount_minor": 1, **part}


@pytest.mark.parametrize(
    ("part", "sentence"),
    [
        ({"events": [EVENT, {**EVENT, "on": "2026-10-06"}]}, "events 2: “e1” stands in events 1 too"),
        ({"scores": [SCORE, SCORE]}, "scores 2: “ann” “base” “2026-Q4” stands in scores 1 too"),
        ({"adjustments": [ADJUSTED, ADJUSTED]}, "adjustments 2: “a” stands in adjustments 1 too"),
        ({"openings": [{"participant": "ann"}] * 2}, "openings 2: “ann” stands in openings 1 too"),
        (
            {"openings": [{"participant": "ann", "draw_minor": -1}]},
            "openings 1: draw_minor is -1, and must not be negative",
        ),
        ({"draws": [DRAW, DRAW]}, "“ann” has two of them on"),
        ({"draws": [{**DRAW, "recovery_ppm": 1_000_001}]}, "draws 1: recovery_ppm is 1000001, and at most 1000000"),
        ({"assignments": [{"participant": "ann", "plan": "Q"}]}, "assignments 1: there is no plan “Q”"),
        ({"quotas": [asked(component="bsae")]}, "quotas 1: no plan has a component “bsae”"),
        ({"quotas": [asked(window="2026-Q5")]}, "quotas 1: “2026-Q5” is no window"),
        ({"whatif": {"participant": "bob", "deals": []}}, "whatif: no plan is assigned to “bob”"),
        ({"whatif": {"participant": "ann", "deal": []}}, "whatif: “deal” is no part of it"),
        ({"whatif": {"participant": "ann", "deals": 5}}, "whatif, deals: it is 5, no list"),
        ({"events": [EVENT, {**BACK, "reverses": "x1"}]}, "event “x1”: it refers back to itself"),
        ({"events": [{**EVENT, "on": "9999-12-31"}]}, "events 1: on is 9999-12-31, which is too far away"),
        ({"events": [{**EVENT, "owner": "\ud800"}]}, "events 1: owner is “\ufffd”, which has half a character"),
        ({"events": [{**EVENT, "net_minor": "x" * 10**6}]}, f"events 1: net_minor is “{'x' * 60}…”, no whole number"),
        ({"events": [{**EVENT, "net_minor": "\x1b[31m5"}]}, "net_minor is “\ufffd[31m5”, no whole number"),
        ({"events": [{**EVENT, "recorded_at": "noon"}]}, "events 1: recorded_at is “noon”, no time"),
        ({"holidays": 5}, "holidays: it is 5, no list"),
        ({"holidays": ["soon"]}, "holidays 1: day is “soon”, no day"),
        ({"plans": 5}, "plans: it is 5, no list"),
        ({"fiscal_year_start": 13}, "fiscal_year_start is 13, no month from 1 to 12"),
        ({"leaves": [{"participant": "ann", "from": "2026-11-02", "to": "2026-11-01"}]}, "leaves 1: to, 2026-11-01,"),
    ],
)
def test_a_row_at_fault_is_named(part: dict[str, Any], sentence: str) -> None:
    with pytest.raises(UsageError) as refused:
        read_request({**CASE, **part})
    assert sentence in str(refused.value)


def test_times_of_other_zones_are_put_in_order() -> None:
    late = {**EVENT, "id": "e2", "recorded_at": "2026-10-05T10:00:00+02:00"}
    early = {**EVENT, "id": "e3", "recorded_at": "2026-10-05T07:30:00Z"}
    found = read_request({**CASE, "events": [late, early]}).case.events
    assert [(event.id, event.recorded_at) for event in found] == [
        ("e3", "2026-10-05T07:30:00Z"),
        ("e2", "2026-10-05T08:00:00Z"),
    ]
