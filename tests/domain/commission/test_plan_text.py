"""A plan is refused with a sentence that names the part and its line."""

from pathlib import Path

import pytest

from sfa.domain.commission.plan import Axis, PlanError
from sfa.domain.commission.plan_check import in_order
from sfa.domain.commission.plan_text import read_plan

HEAD = 'code = "AE"\nversion = 1\ncurrency = "USD"\n\n[[component]]\ncode = "new"\n'


def test_a_plan_is_read() -> None:
    text = (
        HEAD
        + 'axis = "attainment"\ntiers = [{lo = 0, hi = 1000000, rate_ppm = 60000}, {lo = 1000000, rate_ppm = 90000}]\n'
    )
    plan = read_plan(text + '[[component]]\ncode = "extra"\ngate = "new"\ntiers = [{lo = 0, rate_ppm = 1000}]\n')
    assert [component.code for component in plan.components] == ["new", "extra"]
    assert plan.components[0].axis == Axis.ATTAINMENT
    assert [tier.hi for tier in plan.components[0].tiers] == [1_000_000, None]


def test_the_plan_of_the_page_is_one() -> None:
    page = Path(__file__).parents[3] / "docs" / "commission.md"
    plan = read_plan(page.read_text(encoding="utf-8").split("```toml")[1].split("```")[0])
    assert plan.components[0].tiers[1].rate_ppm == 90_000


def test_what_a_gate_waits_for_comes_first() -> None:
    text = HEAD + 'gate = "base"\ntiers = [{lo = 0}]\n[[component]]\ncode = "base"\ntiers = [{lo = 0}]\n'
    assert [component.code for component in in_order(read_plan(text))] == ["base", "new"]


@pytest.mark.parametrize(
    ("rest", "sentence"),
    [
        (
            "tiers = [\n {lo = 0, hi = 10},\n {lo = 11},\n]",
            r"new: there is a gap from 10 to 11 before tier 2.* \(line 9\)",
        ),
        ("tiers = [\n {lo = 0, hi = 10},\n {lo = 9},\n]", r"tier 2 overlaps the one before, .* 10.* \(line 9\)"),
        ("tiers = [\n {lo = 0, hi = 10},\n]", r"last tier ends at 10; it must be open.* \(line 8\)"),
        ("tiers = [{lo = 5}]", r"tier 1 starts at 5, not at 0.* \(line 7\)"),
        ("tiers = [{lo = 0, hi = -1}]", r"ends at -1, which is not above its start.* \(line 7\)"),
        ("tiers = [{lo = 0}]\nrate = 5", r"“rate” is no part of a component.* \(line 8\)"),
        ("tiers = [{lo = 0, rate_ppm = 0.06}]", r"rate_ppm must be a whole number.* 0\.06.* \(line 7\)"),
        ('tiers = [{lo = 0}]\ngate = "new"', r"gate waits for itself: new → new.* \(line 8\)"),
        ('tiers = [{lo = 0}]\ngate = "old"', r"“old” is no component of the plan.* \(line 8\)"),
        ('function = "steps"', r"function is one of tiers, .*not “steps”.* \(line 7\)"),
        ("[[component.tiers]]\nlo = 0\nhi = 5\n[[component.tiers]]\nlo = 6", r"gap from 5 to 6.* \(line 10\)"),
        ("tiers = [{hi = 5}]", r"tiers 1 lacks lo.* \(line 7\)"),
        ("", r"it has no tiers.* \(line 5\)"),
        ("tiers = }", r"is no TOML: .*line 7"),
    ],
)
def test_a_fault_is_named_with_its_line(rest: str, sentence: str) -> None:
    with pytest.raises(PlanError, match=sentence):
        read_plan(HEAD + rest + "\n")
