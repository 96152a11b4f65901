"""What holds for every case, from its events to its statements (domain.md 1.14)."""

import random
from collections import defaultdict
from copy import deepcopy
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sfa.domain.commission.run import Run
from sfa.domain.commission.whatif import Estimator
from sfa.services.commission_case import read_case
from tests.domain.commission.simulating import simulated

PPM = 1_000_000
MONTHS = [{"id": f"2026-{n:02}", "from": f"2026-{n:02}-01", "to": f"2026-{n + 1:02}-01"} for n in range(1, 7)]
PEOPLE = ("ann", "bob", "max")
KEPT = {"earn", "retro_trueup", "clawback", "restatement", "spiff", "override"}


@st.composite
def components(draw: st.DrawFn, code: str, gate: str = "") -> dict[str, Any]:
    """Return a component with rising tiers, and any threshold, cap, window and way of taking back."""
    lows = [0, *sorted(draw(st.sets(st.integers(1, 2 * PPM), max_size=2)))]
    rates = sorted(draw(st.lists(st.integers(0, 200_000), min_size=len(lows), max_size=len(lows))))
    found: dict[str, Any] = {
        "code": code,
        "axis": "attainment",
        "window": draw(st.sampled_from(["month", "quarter"])),
        "mode": draw(st.sampled_from(["cumulative", "cumulative", "per_event"])),
        "reversal": draw(st.sampled_from(["restate", "restate", "original_rate", "current_period"])),
        "threshold_ppm": draw(st.sampled_from([0, 0, 400_000])),
        "weight_ppm": draw(st.sampled_from([PPM, 333_333])),
        "tiers": [
            {"lo": low, "hi": high, "rate_ppm": rate, "retro": draw(st.booleans())}
            for low, high, rate in zip(lows, [*lows[1:], None], rates, strict=True)
        ],
    }
    for cap in ("event_cap_minor", "period_cap_minor"):
        if draw(st.integers(0, 3)) == 0:
            found[cap] = draw(st.integers(0, 10**6))
    if draw(st.integers(0, 3)) == 0:
        found |= {"holdback_ppm": 200_000, "release": {"on": "schedule", "parts": 3, "after_months": 1}}
    return {**found, "gate": gate, "gate_window": "quarter"} if gate else found


@st.composite
def cases(draw: st.DrawFn) -> dict[str, Any]:
    """Return half a year of sales, shares and returns of two people, some entered late."""
    first = draw(components("base"))
    rules = [first, draw(components("extra", draw(st.sampled_from(["", "base"]))))]
    events: list[dict[str, Any]] = []
    for number in range(draw(st.integers(1, 7))):
        month, day = draw(st.integers(1, 6)), draw(st.integers(1, 28))
        event = {"id": f"e{number}", "on": f"2026-{month:02}-{day:02}", "net_minor": draw(st.integers(1, 10**7))}
        event["owner"] = draw(st.sampled_from(["ann", "bob"]))
        if draw(st.integers(0, 3)) == 0:
            event["recorded_at"] = f"2026-{min(month + draw(st.integers(0, 2)), 6):02}-28"
        events.append(event)
        if draw(st.integers(0, 2)) == 0:
            back = {"id": f"r{number}", "kind": "returned", "reverses": event["id"]}
            later = min(month + draw(st.integers(0, 3)), 6)
            back["on"] = f"2026-{later:02}-{28 if later > month else max(day, 28)}"
            back["recorded_at"] = max(str(event.get("recorded_at", "")), str(back["on"]) + "T12")
            back["net_minor"] = -draw(st.integers(1, int(str(event["net_minor"]))))
            events.append(back)
    quotas = [
        {"participant": name, "window": window, "amount_minor": draw(st.integers(10**5, 10**7))}
        for name in ("ann", "bob")
        for window in [*(month["id"] for month in MONTHS), "2026-Q1", "2026-Q2"]
    ]
    closed = draw(st.integers(0, 5))
    periods = [{**month, "status": "closed" if n < closed else "open"} for n, month in enumerate(MONTHS)]
    credits_of = [
        {"event": "e0", "participant": "ann", "commission_ppm": 600_000},
        {"event": "e0", "participant": "bob", "commission_ppm": 400_000},
    ]
    draws = [{"participant": "bob", "guarantee_minor": draw(st.integers(0, 10**5)), "recovery_ppm": 500_000}]
    return {
        "plan": {"code": "AE", "version": 1, "currency": "USD", "component": rules},
        "periods": periods,
        "assignments": [{"participant": name, "plan": "AE"} for name in ("ann", "bob")],
        "events": events,
        "credits": credits_of if draw(st.booleans()) else [],
        "quotas": quotas,
        "draws": draws,
    }


def earned(found: dict[str, Any]) -> dict[tuple[str, str], int]:
    """Return what each person's components came to over all periods."""
    sums: dict[tuple[str, str], int] = defaultdict(int)
    for statement in found["statements"]:
        for line in statement["lines"]:
            if line["kind"] in KEPT:
                sums[statement["participant"], line["component"]] += line["amount_minor"]
    return {key: amount for key, amount in sums.items() if amount}


@settings(deadline=None, max_examples=60)
@given(cases(), st.randoms(use_true_random=False))
def test_the_same_case_gives_the_same_answer_in_any_order(case: dict[str, Any], dice: random.Random) -> None:
    shuffled = deepcopy(case)
    for rows in shuffled.values():
        if isinstance(rows, list):
            dice.shuffle(rows)
    assert simulated(case) == simulated(case) == simulated(shuffled)


@settings(deadline=None, max_examples=60)
@given(cases())
def test_what_is_paid_is_what_was_earned_less_what_is_still_owed(case: dict[str, Any]) -> None:
    found = simulated(case)
    for total in found["totals"]:
        net = total["earned_minor"] - total["clawed_back_minor"]
        assert total["payable_minor"] == net + total["overpaid_minor"] + total["draw_minor"]


@settings(deadline=None, max_examples=60)
@given(cases())
def test_restated_periods_add_up_to_what_the_final_events_earn(case: dict[str, Any]) -> None:
    for rule in case["plan"]["component"]:
        rule["reversal"] = "restate"
    late = simulated(case)
    at_once = deepcopy(case)
    for period in at_once["periods"]:
        period["status"] = "open"
    expected = earned(simulated(at_once))
    exact = {rule["code"] for rule in case["plan"]["component"] if rule["mode"] == "cumulative" or not rule.get("gate")}
    assert {key: value for key, value in earned(late).items() if key[1] in exact} == {
        key: value for key, value in expected.items() if key[1] in exact
    }


@settings(deadline=None, max_examples=40)
@given(cases())
def test_what_comes_later_never_changes_a_closed_statement(case: dict[str, Any]) -> None:
    before = simulated(case)["statements"]
    more = {"id": "zz", "on": "2026-01-15", "net_minor": 12_345, "owner": "ann", "recorded_at": "2026-06-29T23"}
    after = simulated({**case, "events": [*case["events"], more]})["statements"]
    for one, other in zip(before, after, strict=True):
        if one["status"] == "closed":
            assert (one["hash"], one["lines"]) == (other["hash"], other["lines"])


@settings(deadline=None, max_examples=40)
@given(cases())
def test_an_estimate_of_nothing_is_nothing_and_changes_nothing(case: dict[str, Any]) -> None:
    ready = Run(read_case(case))
    before = [statement.hash for statement in ready.statements()]
    estimator = Estimator(ready, "ann")
    assert estimator.worth([]) == 0
    event = read_case(
        {**case, "events": [{"id": "x", "on": "2026-06-10", "net_minor": 10**6, "owner": "ann"}], "credits": []}
    )
    worth = estimator.worth(list(event.events))
    assert [statement.hash for statement in ready.statements()] == before
    opened = deepcopy(case)
    for period in opened["periods"]:
        period["status"] = "open"
    with_it = {
        **opened,
        "events": [*opened["events"], {"id": "x", "on": "2026-06-10", "net_minor": 10**6, "owner": "ann"}],
    }
    sums = earned(simulated(with_it)), earned(simulated(opened))
    ours = [sum(amount for (name, _), amount in found.items() if name == "ann") for found in sums]
    is_plain = all(rule["reversal"] == "restate" for rule in case["plan"]["component"])
    assert not is_plain or worth == ours[0] - ours[1]


@settings(deadline=None, max_examples=30)
@given(cases())
def test_nobody_is_paid_without_a_plan(case: dict[str, Any]) -> None:
    found = simulated({**case, "assignments": [{"participant": "eva", "plan": "AE"}], "draws": []})
    assert [line for statement in found["statements"] for line in statement["lines"]] == []


@settings(deadline=None, max_examples=30)
@given(st.integers(1, 10**8), st.integers(1, 10**8), components("base"))
def test_a_sale_and_its_whole_return_in_an_open_period_come_to_nothing(
    amount: int, quota: int, rule: dict[str, Any]
) -> None:
    rule = {key: value for key, value in rule.items() if key not in {"holdback_ppm", "release"}}
    case = {
        "plan": {"code": "AE", "version": 1, "currency": "USD", "component": [rule]},
        "periods": MONTHS[:1],
        "assignments": [{"participant": "ann", "plan": "AE"}],
        "events": [
            {"id": "e", "on": "2026-01-05", "net_minor": amount, "owner": "ann"},
            {"id": "r", "kind": "cancelled", "on": "2026-01-06", "reverses": "e"},
        ],
        "quotas": [{"participant": "ann", "window": name, "amount_minor": quota} for name in ("2026-01", "2026-Q1")],
    }
    assert earned(simulated(case)) == {}


def test_a_decimal_rate_of_exchange_stays_exact() -> None:
    case = {
        "plan": {"code": "AE", "version": 1, "currency": "USD", "component": [{"code": "b", "tiers": [{"lo": 0}]}]},
        "periods": MONTHS,
        "assignments": [{"participant": name, "plan": "AE"} for name in PEOPLE],
        "events": [
            {
                "id": "e",
                "on": "2026-01-05",
                "net_minor": 100,
                "currency": "EUR",
                "fx_rate": Decimal("0.1"),
                "owner": "ann",
            }
        ],
    }
    (event,) = read_case(case).events
    assert event.fx_e9 == 100_000_000
