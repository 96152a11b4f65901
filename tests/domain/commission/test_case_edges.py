"""Where rules meet in a case: gates of other windows, unequal credit, sales below zero, shares that move, terms that end."""

from typing import Any

import pytest

from sfa.domain.commission.plan import PlanError
from sfa.errors import UsageError
from tests.domain.commission.simulating import lines_of, simulated

FLAT = [{"lo": 0, "rate_ppm": 100_000}]
RETRO = [{"lo": 0, "hi": 10_000_000, "rate_ppm": 60_000}, {"lo": 10_000_000, "rate_ppm": 80_000, "retro": True}]


def case(components: list[dict[str, Any]], events: list[dict[str, Any]], **parts: object) -> dict[str, Any]:
    """Return a case of ann's in the second half of 2026."""
    return {
        "plan": {"code": "P", "version": 1, "currency": "USD", "component": components},
        "assignments": [{"participant": "ann", "plan": "P"}],
        "periods": [
            {"id": "2026-Q3", "from": "2026-07-01", "to": "2026-10-01"},
            {"id": "2026-Q4", "from": "2026-10-01", "to": "2027-01-01"},
        ],
        "events": [{"owner": "ann", **event} for event in events],
        **parts,
    }


def sale(name: str, on: str, net: int, **facts: object) -> dict[str, Any]:
    return {"id": name, "on": f"2026-{on}", "net_minor": net, **facts}


def quota(component: str, window: str, amount: int) -> dict[str, Any]:
    return {"participant": "ann", "component": component, "window": window, "amount_minor": amount}


def test_a_gate_is_reached_in_its_own_window_however_long_its_component_adds_up() -> None:
    rules = [
        {"code": "base", "window": "year", "tiers": FLAT},
        {"code": "extra", "gate": "base", "gate_window": "quarter", "tiers": FLAT},
    ]
    events = [sale("e1", "07-05", 5000), sale("e2", "10-05", 700), sale("e3", "10-06", 300)]
    found = lines_of(case(rules, events, quotas=[quota("base", "2026-Q4", 1000)]))
    extra = [row for row in found if row not in {("e1", "earn", 500), ("e2", "earn", 70), ("e3", "earn", 30)}]
    assert extra == [("e1", "earn", 0), ("e2", "earn", 0), ("e3", "retro_trueup", 70)]


def test_a_gate_is_not_measured_by_less_than_what_waits_for_it() -> None:
    rules = [{"code": "base", "window": "month", "tiers": FLAT}, {"code": "extra", "gate": "base", "tiers": FLAT}]
    with pytest.raises(PlanError, match="gate_window = “quarter” or longer"):
        simulated(case(rules, [sale("e1", "07-05", 5000)]))


@pytest.mark.parametrize("kind", [{"kind": "bonus"}, {"kind": "spiff", "campaign": {"amount_minor": 5}}])
def test_a_gate_needs_an_attainment(kind: dict[str, Any]) -> None:
    with pytest.raises(PlanError, match="which has no attainment"):
        simulated(case([{"code": "base", **kind}, {"code": "extra", "gate": "base", "tiers": FLAT}], []))


@pytest.mark.parametrize(("value", "earned"), [(60, 100), (59, 0)])
def test_a_kpi_that_is_reached_opens_a_gate(value: int, earned: int) -> None:
    points = [{"attainment_ppm": 2_000_000, "payout_ppm": 0}]
    rules = [
        {"code": "nps", "measure": "kpi", "function": "curve", "points": points},
        {"code": "extra", "gate": "nps", "tiers": FLAT},
    ]
    scores = [{"participant": "ann", "component": "nps", "window": "2026-Q3", "value": value}]
    document = case(rules, [sale("e1", "07-05", 1000)], quotas=[quota("nps", "2026-Q3", 60)], scores=scores)
    assert lines_of(document)[0] == ("e1", "earn", earned)


def test_behind_a_closed_gate_a_retroactive_tier_shows_nothing() -> None:
    rules = [{"code": "base", "tiers": FLAT}, {"code": "extra", "gate": "base", "tiers": RETRO}]
    found = lines_of(case(rules, [sale("e1", "07-05", 20_000_000)], quotas=[quota("base", "2026-Q3", 10**9)]))
    assert found == [("e1", "earn", 2_000_000), ("e1", "earn", 0)]


def test_an_overlay_without_quota_credit_leaves_the_retroactive_tier_of_all_others_alone() -> None:
    events = [sale("e1", "07-05", 6_000_000), sale("e2", "07-06", 5_000_000), sale("e3", "07-07", 1_000_000)]
    shares = [
        {"event": "e3", "participant": "bob"},
        {"event": "e3", "participant": "ann", "commission_ppm": 200_000, "quota_ppm": 0, "type": "overlay"},
    ]
    assert lines_of(case([{"code": "base", "tiers": RETRO}], events, credits=shares)) == [
        ("e1", "earn", 360_000),
        ("e2", "earn", 400_000),
        ("e2", "retro_trueup", 120_000),
        ("e3", "earn", 16_000),
    ]


def test_a_retroactive_tier_pays_nothing_for_credit_that_only_counts() -> None:
    shares: list[dict[str, Any]] = [{"event": "e1", "participant": "bob"}]
    shares.append({"event": "e1", "participant": "ann", "commission_ppm": 0, "quota_ppm": 1_000_000, "type": "overlay"})
    events = [sale("e1", "07-05", 9_000_000), sale("e2", "07-06", 2_000_000)]
    found = lines_of(case([{"code": "base", "tiers": RETRO}], events, credits=shares))
    assert found == [("e2", "earn", 160_000)]


def test_credit_that_counts_for_nothing_else_adds_up_to_the_cent() -> None:
    shares = [
        {"event": "e4", "participant": "bob"},
        {"event": "e4", "participant": "ann", "commission_ppm": 0, "quota_ppm": 0, "type": "overlay"},
    ]
    events = [sale(f"e{number}", "07-05", 5) for number in range(1, 5)]
    found = lines_of(case([{"code": "base", "tiers": FLAT}], events, credits=shares))
    assert sum(amount for _, _, amount in found) == 2


def test_a_loss_by_itself_costs_the_rate_of_the_first_tier() -> None:
    tiers = [{"lo": 0, "hi": 1000, "rate_ppm": 100_000}, {"lo": 1000, "rate_ppm": 0}]
    rule = {"code": "base", "mode": "per_event", "measure": "signed_margin", "tiers": tiers}
    assert lines_of(case([rule], [sale("e1", "07-05", 5000, cost_minor=10_000)]))[0] == ("e1", "earn", -500)


def test_a_negative_sale_counts_against_the_others() -> None:
    events = [sale("e1", "07-05", 10_000), sale("e2", "07-06", -4000), sale("x2", "07-07", 4000, kind="cancelled")]
    events[2] |= {"reverses": "e2"}
    rules = [{"code": "base", "reversal": "current_period", "tiers": FLAT}]
    assert lines_of(case(rules, events)) == [("e1", "earn", 1000), ("e2", "earn", -400), ("x2", "earn", 400)]


def test_a_curve_that_begins_above_nothing_pays_what_it_says_at_the_total() -> None:
    points = [{"attainment_ppm": 0, "payout_ppm": 500_000}, {"attainment_ppm": 1_000_000, "payout_ppm": 1_000_000}]
    rule = {"code": "base", "function": "curve", "target_minor": 10_000, "points": points}
    events = [sale("e1", "07-05", 400), sale("e2", "07-06", 400)]
    found = lines_of(case([rule], events, quotas=[quota("base", "2026-Q3", 1000)]))
    assert found == [("e1", "earn", 7000), ("e2", "earn", 2000)]


def test_each_statement_says_that_a_quota_is_missing() -> None:
    rule = {"code": "base", "window": "half", "axis": "attainment", "tiers": FLAT}
    events = [sale("e1", "07-05", 400), sale("e2", "10-06", 400), sale("e3", "10-07", 400)]
    assert lines_of(case([rule], events)) == [("e1", "no_quota", 0), ("e2", "no_quota", 0)]


def test_a_campaign_is_paid_once_whoever_shares_in_the_deal_later() -> None:
    rule = {"code": "push", "kind": "spiff", "campaign": {"amount_minor": 500}}
    late = {"event": "e1", "recorded_at": "2026-11-01"}
    document = case([rule], [sale("e1", "07-05", 1000)])
    document["assignments"].append({"participant": "bob", "plan": "P"})
    document["periods"][0] |= {"status": "closed"}
    document["credits"] = [
        {"event": "e1", "participant": "ann"},
        {**late, "participant": "ann", "commission_ppm": 600_000},
        {**late, "participant": "bob", "commission_ppm": 400_000},
    ]
    statements = simulated(document)["statements"]
    assert sum(line["amount_minor"] for one in statements for line in one["lines"] if line["kind"] == "spiff") == 500


def test_what_is_still_owed_behind_a_draw_is_recovered_as_the_draw_said() -> None:
    draw = {"participant": "ann", "guarantee_minor": 1000, "draw_recovery_ppm": 500_000, "to": "2026-10-01"}
    found = lines_of(case([{"code": "base", "tiers": FLAT}], [sale("e1", "10-05", 10_000)], draws=[draw]))
    assert found == [("", "draw_advance", 1000), ("e1", "earn", 1000), ("", "draw_recovery", -500)]


def test_a_cap_below_the_threshold_is_refused() -> None:
    rule = {"code": "base", "threshold_ppm": 1_000_000, "attainment_cap_ppm": 900_000, "tiers": FLAT}
    with pytest.raises(PlanError, match="nothing would ever be paid"):
        simulated(case([rule], []))


def test_more_is_not_taken_back_than_was_sold() -> None:
    events = [sale("e1", "07-05", 1000)]
    events += [{"id": name, "on": "2026-08-01", "kind": "cancelled", "reverses": "e1"} for name in ("x1", "x2")]
    with pytest.raises(UsageError, match="x2”: it takes back more of “e1” than there is"):
        simulated(case([{"code": "base", "tiers": FLAT}], events))


def test_a_manager_is_paid_by_what_a_team_earns_by_kpis_too() -> None:
    points = [{"attainment_ppm": 0, "payout_ppm": 0}, {"attainment_ppm": 1_000_000, "payout_ppm": 1_000_000}]
    kpi = {"code": "nps", "measure": "kpi", "function": "curve", "target_minor": 10_000, "points": points}
    document = case([kpi], [], quotas=[quota("nps", "2026-Q3", 60)])
    document["scores"] = [{"participant": "ann", "component": "nps", "window": "2026-Q3", "value": 30}]
    share = {"code": "share", "kind": "override_commission", "tiers": FLAT}
    document["plans"] = [{"code": "M", "version": 1, "currency": "USD", "component": [share]}]
    document["assignments"].append({"participant": "max", "plan": "M"})
    document["hierarchy"] = [{"participant": "ann", "manager": "max"}]
    assert lines_of(document, "max")[0] == ("", "override", 500)


def test_what_is_taken_back_on_the_day_of_its_sale_comes_behind_it_whatever_it_is_called() -> None:
    back = {"id": "c1", "on": "2026-07-05", "kind": "cancelled", "reverses": "e1"}
    again = {"id": "b1", "on": "2026-07-05", "kind": "reinstated", "reverses": "c1"}
    rules = [{"code": "base", "tiers": FLAT}]
    events = [again, back, sale("e1", "07-05", 1000, recorded_at="2026-07-05T10:00:00Z")]
    assert lines_of(case(rules, events)) == [("e1", "earn", 100), ("c1", "earn", -100), ("b1", "earn", 100)]


def test_nothing_is_taken_back_on_the_day_before_its_sale() -> None:
    back = {"id": "c1", "on": "2026-07-04", "kind": "cancelled", "reverses": "e1"}
    with pytest.raises(ValueError, match="c1 refers to e1, which is no earlier event"):
        simulated(case([{"code": "base", "tiers": FLAT}], [back, sale("e1", "07-05", 1000)]))


def test_whoever_has_two_shares_of_a_sale_gives_both_back_once() -> None:
    events = [sale("e1", "07-05", 1000), sale("x1", "07-06", -400, kind="returned", reverses="e1")]
    shares = [
        {"event": "e1", "participant": "ann"},
        {"event": "e1", "participant": "ann", "commission_ppm": 200_000, "type": "overlay"},
    ]
    rule = {"code": "base", "reversal": "original_rate", "tiers": FLAT}
    found = lines_of(case([rule], events, credits=shares))
    assert found == [("e1", "earn", 100), ("e1", "earn", 20), ("x1", "clawback", -48)]


@pytest.mark.parametrize("reversal", ["restate", "current_period"])
@pytest.mark.parametrize("part", [1, 2])
def test_a_loss_that_is_taken_back_costs_nothing(reversal: str, part: int) -> None:
    tiers = [{"lo": 0, "hi": 1000, "rate_ppm": 100_000}, {"lo": 1000, "rate_ppm": 0}]
    rule = {"code": "base", "mode": "per_event", "measure": "signed_margin", "reversal": reversal, "tiers": tiers}
    events = [sale("e1", "07-05", 5000, cost_minor=10_000)]
    events += [sale(f"x{number}", "07-06", -5000 // part, kind="cancelled", reverses="e1") for number in range(part)]
    found = lines_of(case([rule], events))
    assert sum(amount for _, kind, amount in found if kind == "earn") == 0
