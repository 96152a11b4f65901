"""Published commission cases, sold in a book and read off its statement; where the sample data folder is present."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from sfa.services import commission_plans, commission_runs, commission_statements
from sfa.services.desk import Desk
from tests.support.commissions import (
    BOSS,
    FLAT,
    ME,
    a_plan,
    a_quota,
    a_sale,
    at_the_desk,
    closed_quarter,
    minor,
    user_id,
)

HEAD = 'code = "P"\nversion = 1\ncurrency = "USD"\n[[component]]\ncode = "sales"\n'


def tiers(rows: list[tuple[int, int]], *, retro: bool = False) -> str:
    """Return tiers as a plan spells them: where each begins, and its rate in ppm."""
    ends = [*(f"hi = {start}, " for start, _ in rows[1:]), ""]
    made = [
        f"{{ lo = {start}, {end}rate_ppm = {rate}, retro = {str(retro).lower()} }}"
        for (start, rate), end in zip(rows, ends, strict=True)
    ]
    return f"tiers = [{', '.join(made)}]\n"


def paid(desk: Desk, period: str = "") -> int:
    return commission_statements.statement(desk, period).payable_minor


@pytest.mark.parametrize(
    ("case", "retro"),
    [
        ("oracle-flat-rate-lookup", True),
        ("oracle-step-lookup", False),
        ("spiff-mamount-220k", False),
        ("excelforum-accelerator", False),
    ],
)
def test_tiers_and_accelerators(commission_cases: Mapping[str, Any], desk: Desk, case: str, retro: bool) -> None:  # noqa: FBT001
    found = commission_cases[case]
    rows = [(minor(row["from"]), row["percent"] * 10_000) for row in found["rule"]["tiers"]]
    a_plan(desk, HEAD + 'mode = "per_event"\n' + tiers(rows, retro=retro))
    amounts = found["input"].get("amounts") or [found["input"]["amount"]]
    for number, amount in enumerate(amounts, 1):
        a_sale(desk, minor(amount), f"2026-02-{number:02}")
    expected = found["expected"]["commission"]
    expected = expected if isinstance(expected, list) else [expected]
    lines = commission_statements.statement(desk).lines
    sums = {line.event_id: 0 for line in lines}
    for line in lines:
        sums[line.event_id] += line.amount_minor
    assert list(sums.values()) == [minor(amount) for amount in expected]


def overage(rule: Mapping[str, Any]) -> str:
    """Return a plan that pays all revenue above the quota at the rate of the band that was reached.

    Up to the quota the base rate; each band adds what its multiplier has more than the one before, for all above the
    quota, once its gate is reached.
    """
    base, before = Decimal(rule["base_rate"]), Decimal(0)
    made = ['code = "P"\nversion = 1\ncurrency = "USD"\n']
    for number, row in enumerate(rule["multipliers"]):
        more = int(base * (Decimal(str(row["x"])) - before) * 1_000_000)
        rows = [(0, 0), (1_000_000, more)] if number else [(0, more), (1_000_000, 0)]
        gate = f"threshold_ppm = {int(Decimal(str(row['from_attainment'])) * 1_000_000)}\n"
        before = Decimal(str(row["x"])) if number else Decimal(0)
        made.append(f'[[component]]\ncode = "band{number}"\naxis = "attainment"\n{gate}{tiers(rows)}')
    return "".join(made)


def kept(desk: Desk, period: str = "2026-Q1") -> int:
    """Return what a run keeps as payable."""
    with at_the_desk(desk, BOSS):
        commission_runs.run(desk)
    sql = "SELECT payable_minor FROM comp_statement WHERE participant_id = ? AND period_code = ?"
    return int(desk.store.value(sql, (user_id(desk), period)))


@pytest.mark.parametrize("case", ["accelerator-whole-overage-80pct", "accelerator-whole-overage-110pct"])
def test_an_accelerator_on_all_that_lies_above_the_quota(
    commission_cases: Mapping[str, Any], desk: Desk, case: str
) -> None:
    rule = commission_cases[case]["rule"]
    a_plan(desk, overage(rule))
    a_quota(desk, str(rule["quota"]))
    a_sale(desk, minor(commission_cases[case]["input"]["revenue"]))
    assert kept(desk) == minor(commission_cases[case]["expected"]["total"])


@pytest.mark.parametrize(("revenue", "rate"), [(124_999, "1.5"), (125_000, "2.0"), (149_999, "2.0"), (170_000, "2.5")])
def test_the_band_that_is_reached_counts_for_all_above_the_quota(
    commission_cases: Mapping[str, Any], desk: Desk, revenue: int, rate: str
) -> None:
    rule = commission_cases["accelerator-whole-overage-110pct"]["rule"]
    a_plan(desk, overage(rule))
    a_quota(desk, str(rule["quota"]))
    a_sale(desk, minor(revenue))
    base, above = Decimal(rule["base_rate"]), revenue - rule["quota"]
    assert kept(desk) == minor(rule["quota"] * base + above * base * Decimal(rate))


def test_a_clawback_of_a_share_in_a_later_period(commission_cases: Mapping[str, Any], desk: Desk) -> None:
    case = commission_cases["clawback-50pct"]
    share = int(Decimal(case["rule"]["clawback_share"]) * 1_000_000)
    reversal = f'reversal = "original_rate"\ndecay = [{{ until_day = 365, share_ppm = {share} }}]\n'
    a_plan(desk, HEAD + reversal + tiers([(0, 100_000)]))
    earned = minor(case["input"]["earned"])
    sale = a_sale(desk, earned * 10, "2026-01-10")
    closed_quarter(desk)
    assert paid(desk, "2026-Q1") == earned
    a_sale(desk, -earned * 10, "2026-04-10", kind="cancelled", reverses=sale)
    a_sale(desk, earned * 10, "2026-04-11")
    back = next(line for line in commission_statements.statement(desk, "2026-Q2").lines if line.kind == "clawback")
    assert back.amount_minor == minor(case["expected"]["adjustment"])
    assert kept(desk, "2026-Q2") == earned + minor(case["expected"]["adjustment"])
    assert paid(desk, "2026-Q1") == earned


def test_a_draw_that_is_not_paid_back(commission_cases: Mapping[str, Any], desk: Desk) -> None:
    case = commission_cases["siebel-nonrecoverable-draw"]
    a_plan(desk, FLAT, "Pat Peer")
    with at_the_desk(desk, BOSS):
        draw = str(case["rule"]["draw"])
        commission_plans.assign(desk, "FLAT", ME, "2026-01-01", guarantee=draw, draw="non_recoverable")
    a_sale(desk, minor(case["input"]["gross"][0]) * 20)
    view = commission_statements.statement(desk)
    assert view.payable_minor == minor(case["expected"]["net"][0])
    assert [line.amount_minor for line in view.lines if line.kind == "draw_advance"] == [
        minor(case["expected"]["top_up"][0])
    ]
    assert [one.closing_minor for one in view.balances if one.kind == "draw"] == [0]
