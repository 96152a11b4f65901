"""Published commission cases, where the sample data folder is present."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from sfa.domain.commission.credit import CreditError, check_shares, divide
from sfa.domain.commission.earnings import NO_QUOTA, Quota, earned
from sfa.domain.commission.events import Share
from sfa.domain.commission.plan import Axis, Component, Plan, PlanError, Tier
from sfa.domain.commission.plan_check import check
from sfa.domain.commission.settlement import Balances, Draw, Terms, settle
from sfa.domain.commission.sums import evaluate, rounded
from tests.support.commissions import minor


def tiers_of(case: Mapping[str, Any], *, retro: bool) -> Component:
    rows = case["rule"]["tiers"]
    ends = [*[minor(row["to"]) for row in rows[:-1]], None]
    made = tuple(
        Tier(minor(row["from"]), end, row["percent"] * 10_000, retro) for row, end in zip(rows, ends, strict=True)
    )
    return check(Plan("p", 1, "USD", (Component("base", tiers=made),))).components[0]


def earns(component: Component, amount: object, quota: Quota = NO_QUOTA) -> int:
    return rounded(evaluate(earned(component, quota, minor(amount))))


@pytest.mark.parametrize(("case", "retro"), [("oracle-flat-rate-lookup", True), ("oracle-step-lookup", False)])
def test_rates_for_the_whole_amount_or_in_steps(commission_cases: Mapping[str, Any], case: str, retro: bool) -> None:  # noqa: FBT001
    component = tiers_of(commission_cases[case], retro=retro)
    found = [earns(component, amount) for amount in commission_cases[case]["input"]["amounts"]]
    assert found == [minor(amount) for amount in commission_cases[case]["expected"]["commission"]]


@pytest.mark.parametrize("case", ["spiff-mamount-220k", "excelforum-accelerator"])
def test_accelerators(commission_cases: Mapping[str, Any], case: str) -> None:
    component = tiers_of(commission_cases[case], retro=False)
    assert earns(component, commission_cases[case]["input"]["amount"]) == minor(
        commission_cases[case]["expected"]["commission"]
    )


def test_bands_by_attainment(commission_cases: Mapping[str, Any]) -> None:
    case = commission_cases["salescookie-cumulative-vs-not"]
    quota, low = Quota(minor(case["rule"]["quota"])), 0
    for key, retro in (("non_cumulative_whole_amount", True), ("cumulative_marginal", False)):
        rows, low = [], 0
        for band in case["rule"]["bands"]:
            end = None if band["to"] is None else int(Decimal(str(band["to"])) * 1_000_000)
            rows.append(Tier(low, end, band["percent"] * 10_000, retro))
            low = end or 0
        component = Component("base", tiers=tuple(rows), axis=Axis.ATTAINMENT)
        assert earns(component, case["input"]["actual"], quota) == minor(case["expected"][key])


def test_a_draw_that_is_not_paid_back(commission_cases: Mapping[str, Any]) -> None:
    case = commission_cases["siebel-nonrecoverable-draw"]
    terms = Terms(minor(case["rule"]["draw"]), Draw.NON_RECOVERABLE)
    done = settle(minor(case["input"]["gross"][0]), 0, Balances(), terms)
    assert done.payable_minor == minor(case["expected"]["net"][0])
    assert done.draw_advance_minor == minor(case["expected"]["top_up"][0])
    assert done.closing == Balances()


def test_shares_with_an_overlay(commission_cases: Mapping[str, Any]) -> None:
    case = commission_cases["spiff-split-with-overlay"]
    shares = [
        Share(row["rep"], row["percent"] * 10_000, row["percent"] * 10_000, row["type"] == "overlay")
        for row in case["rule"]["splits"]
    ]
    found = [part.commission_minor for part in divide(minor(case["input"]["deal"]), shares)]
    assert sorted(found) == sorted(minor(amount) for amount in case["expected"]["credit"].values())


def test_what_is_refused(commission_cases: Mapping[str, Any]) -> None:
    parts = commission_cases["erpnext-contribution-must-be-100"]["input"]["percent"]
    with pytest.raises(CreditError):
        check_shares("e", [Share(str(part), part * 10_000, part * 10_000) for part in parts])
    section = commission_cases["oca-wrong-section"]["input"]["section"]
    rows = (Tier(0, section["from"]), Tier(section["from"], section["to"]), Tier(section["to"], None))
    with pytest.raises(PlanError, match="tier 2 ends at"):
        check(Plan("p", 1, "USD", (Component("base", tiers=rows),)))
