"""Published commission cases, sold in a book and read off its statement; where the sample data folder is present."""

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from sfa.services import commission_plans, commission_statements
from sfa.services.desk import Desk
from tests.support.commissions import BOSS, FLAT, ME, a_plan, a_quota, a_sale, a_team, at_the_desk
from tests.support.factories import make_desk

HEAD = 'code = "P"\nversion = 1\ncurrency = "USD"\n[[component]]\ncode = "sales"\n'


@pytest.fixture
def cases(shared_data: Path) -> Mapping[str, Any]:
    path = shared_data / "commission_cases" / "cases.json"
    if not path.exists():
        pytest.skip("the published commission cases are absent")
    return {case["id"]: case for case in json.loads(path.read_text(encoding="utf-8"))}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = make_desk(tmp_path / "home")
    a_team(opened)
    yield opened
    opened.close()


def minor(amount: object) -> int:
    return int(Decimal(str(amount)) * 100)


def tiers(rows: list[tuple[int, int]], *, retro: bool = False) -> str:
    """Return tiers as a plan spells them: where each begins, and its rate in ppm."""
    ends = [*(f"hi = {start}, " for start, _ in rows[1:]), ""]
    made = [
        f"{{ lo = {start}, {end}rate_ppm = {rate}, retro = {str(retro).lower()} }}"
        for (start, rate), end in zip(rows, ends, strict=True)
    ]
    return f"tiers = [{', '.join(made)}]\n"


def paid(desk: Desk) -> int:
    return commission_statements.statement(desk).payable_minor


@pytest.mark.parametrize(
    ("case", "retro"),
    [
        ("oracle-flat-rate-lookup", True),
        ("oracle-step-lookup", False),
        ("spiff-mamount-220k", False),
        ("excelforum-accelerator", False),
    ],
)
def test_tiers_and_accelerators(cases: Mapping[str, Any], desk: Desk, case: str, retro: bool) -> None:  # noqa: FBT001
    found = cases[case]
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


@pytest.mark.parametrize("case", ["accelerator-whole-overage-80pct", "accelerator-whole-overage-110pct"])
def test_an_accelerator_on_what_lies_above_the_quota(cases: Mapping[str, Any], desk: Desk, case: str) -> None:
    rule = cases[case]["rule"]
    base = Decimal(rule["base_rate"])
    rows = [
        (int(Decimal(str(row["from_attainment"])) * 1_000_000), int(base * Decimal(str(row["x"])) * 1_000_000))
        for row in rule["multipliers"]
    ]
    a_plan(desk, HEAD + 'axis = "attainment"\n' + tiers(rows))
    a_quota(desk, str(rule["quota"]))
    a_sale(desk, minor(cases[case]["input"]["revenue"]))
    assert paid(desk) == minor(cases[case]["expected"]["total"])


def test_a_clawback_of_a_share(cases: Mapping[str, Any], desk: Desk) -> None:
    case = cases["clawback-50pct"]
    share = int(Decimal(case["rule"]["clawback_share"]) * 1_000_000)
    reversal = f'reversal = "original_rate"\ndecay = [{{ until_day = 365, share_ppm = {share} }}]\n'
    a_plan(desk, HEAD + reversal + tiers([(0, 100_000)]))
    earned = minor(case["input"]["earned"])
    sale = a_sale(desk, earned * 10, "2026-01-10")
    a_sale(desk, -earned * 10, "2026-02-10", kind="cancelled", reverses=sale)
    back = next(line for line in commission_statements.statement(desk).lines if line.kind == "clawback")
    assert back.amount_minor == minor(case["expected"]["adjustment"])


def test_a_draw_that_is_not_paid_back(cases: Mapping[str, Any], desk: Desk) -> None:
    case = cases["siebel-nonrecoverable-draw"]
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
