"""A line in words that a rep can check with a pencil: tiers, what comes off, and why nothing is paid."""

import pytest

from sfa.services import commission_explained, commission_statements
from sfa.services.desk import Desk
from tests.support.commissions import a_plan, a_quota, a_sale

RETRO = """
code = "R"
version = 1
currency = "USD"
[[component]]
code = "sales"
axis = "attainment"
event_cap_minor = 100000000
tiers = [{ lo = 0, hi = 500000, rate_ppm = 40000 }, { lo = 500000, rate_ppm = 60000, retro = true }]
"""
GATED = """
code = "G"
version = 1
currency = "USD"
[[component]]
code = "base"
tiers = [{ lo = 0, rate_ppm = 50000 }]
[[component]]
code = "extra"
gate = "base"
gate_ppm = 800000
tiers = [{ lo = 0, rate_ppm = 10000 }]
"""


def told(desk: Desk, number: int) -> dict[str, str]:
    view = commission_statements.statement(desk)
    return dict(commission_explained.tiers(view.lines[number - 1].explain, view.currency))


def test_the_tiers_of_a_line_and_what_comes_off_make_its_amount(desk: Desk) -> None:
    a_plan(desk, RETRO)
    a_quota(desk, "300k")
    a_sale(desk, 12_000_000, "2026-02-01")
    a_sale(desk, 9_000_000, "2026-02-02")
    first, own, more = (told(desk, number) for number in (1, 2, 3))
    assert first["Tier 1"] == "120,000.00 USD × 4 % = 4,800.00 USD"
    assert own["Tier 2"] == more["Tier 2"] == "210,000.00 USD × 6 % = 12,600.00 USD"
    assert own["Less for earlier sales"] == "7,200.00 USD"
    assert (more["Less for earlier sales"], more["Less for the sale itself"]) == ("4,800.00 USD", "5,400.00 USD")


@pytest.mark.parametrize(
    ("terms", "sentence"),
    [
        (GATED, "earns nothing yet: base has not reached 80 % of its quota."),
        (RETRO.replace("axis", "threshold_ppm = 500000\naxis"), "earns nothing yet: 50 % of the quota is not reached."),
    ],
)
def test_a_line_that_pays_nothing_yet_says_what_it_waits_for(desk: Desk, terms: str, sentence: str) -> None:
    a_plan(desk, terms)
    a_quota(desk, "300k")
    a_sale(desk, 1_000_000)
    assert commission_statements.statement(desk).lines[-1].sentence.endswith(sentence)


def test_what_is_lost_for_earlier_sales_is_not_called_more(desk: Desk) -> None:
    a_plan(desk, RETRO.replace("rate_ppm = 60000", "rate_ppm = 20000"))
    a_quota(desk, "300k")
    a_sale(desk, 12_000_000, "2026-02-01")
    a_sale(desk, 9_000_000, "2026-02-02")
    assert (
        commission_statements.statement(desk).lines[-1].sentence.endswith("earlier sales too: -2,400.00 USD for them.")
    )
