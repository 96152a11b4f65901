"""What changes behind a closed period is put right in the oldest open one: nothing is paid twice, nothing vanishes."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sfa.services import commission_runs, commission_statements, history
from sfa.services.desk import Desk
from tests.support.commissions import (
    BOSS,
    FLAT,
    TIERS,
    a_plan,
    a_quota,
    a_sale,
    a_team,
    a_won_deal,
    at_the_desk,
    closed_quarter,
    payable,
)
from tests.support.factories import clock_of, make_desk

HELD = TIERS.replace(
    "[[component]]", "[[component]]\nholdback_ppm = 300000\nrelease = { on = 'schedule', parts = 3, after_months = 2 }"
)
SPIFF = """
code = "S"
version = 1
currency = "USD"
[[component]]
code = "deal"
kind = "spiff"
campaign = { amount_minor = 5000 }
"""


def lines(desk: Desk, period: str = "2026-Q2") -> list[tuple[str, int, str]]:
    view = commission_statements.statement(desk, period)
    return [(line.kind, line.amount_minor, line.earning_period) for line in view.lines]


def held(desk: Desk, period: str) -> tuple[int, int]:
    (one,) = [row for row in commission_statements.statement(desk, period).balances if row.kind == "holdback"]
    return one.opening_minor, one.closing_minor


def the_deal_goes(desk: Desk) -> None:
    with desk.store.write("opportunity.delete", "Deleted a deal") as work:
        work.update("opportunity", desk.store.value("SELECT id FROM opportunity"), {"deleted_at": work.at})


def test_holdback_of_a_closed_period_is_let_go_after_its_quota_changed(desk: Desk) -> None:
    a_plan(desk, HELD)
    a_quota(desk, "1000")
    a_sale(desk, 100_000, "2026-03-02")
    closed_quarter(desk)
    assert (payable(desk), held(desk, "2026-Q1")) == (6_000 - 1_800, (0, 1_800))
    a_quota(desk, "500")
    found = lines(desk)
    assert ("restatement", 8_000 - 6_000, "2026-Q1") in found
    assert [one for one in found if one[0] == "holdback_withhold"] == [("holdback_withhold", -600, "2026-Q1")]
    assert sum(amount for kind, amount, _ in found if kind == "holdback_release") == 2_400 * 2 // 3
    assert held(desk, "2026-Q2") == (1_800, 800)


def test_a_deal_that_is_gone_is_taken_back_in_the_oldest_open_period(desk: Desk) -> None:
    a_plan(desk)
    a_won_deal(desk, "Acme renewal", "1000", "2026-03-02")
    closed_quarter(desk)
    with at_the_desk(desk, BOSS):
        commission_runs.run(desk)
    assert payable(desk) == 5_000
    the_deal_goes(desk)
    assert lines(desk)[0] == ("restatement", -5_000, "2026-Q1")
    assert (payable(desk), payable(desk, "2026-Q2")) == (5_000, 0)
    history.undo(desk)
    assert lines(desk) == []


def test_an_order_that_is_taken_out_is_taken_back_beside_others_of_its_window(desk: Desk) -> None:
    a_plan(desk, TIERS)
    a_quota(desk, "1000")
    a_sale(desk, 100_000)
    a_won_deal(desk, "Acme renewal", "500", "2026-03-02")
    closed_quarter(desk)
    assert payable(desk) == 6_000 + 5_000
    the_deal_goes(desk)
    assert lines(desk)[0] == ("restatement", -5_000, "2026-Q1")


def test_a_campaign_pays_back_for_a_deal_that_is_gone(desk: Desk) -> None:
    a_plan(desk, SPIFF)
    a_won_deal(desk, "Acme renewal", "500", "2026-03-02")
    closed_quarter(desk)
    assert payable(desk) == 5_000
    the_deal_goes(desk)
    assert lines(desk)[0] == ("restatement", -5_000, "2026-Q1")


def test_two_versions_of_a_plan_in_a_window_are_compared_as_one(desk: Desk) -> None:
    a_plan(desk)
    a_plan(desk, FLAT.replace("version = 1", 'version = 2\nvalid_from = "2026-02-15"'), BOSS)
    a_sale(desk, 100_000, "2026-02-10")
    a_sale(desk, 100_000, "2026-03-10")
    a_won_deal(desk, "Acme renewal", "500", "2026-03-02")
    closed_quarter(desk)
    assert payable(desk) == 12_500
    the_deal_goes(desk)
    assert lines(desk)[0] == ("restatement", -2_500, "2026-Q1")


def test_a_late_sale_and_a_changed_quota_make_one_line(desk: Desk) -> None:
    a_plan(desk, TIERS)
    a_quota(desk, "1000")
    a_sale(desk, 100_000)
    closed_quarter(desk)
    a_quota(desk, "500")
    a_sale(desk, 50_000, "2026-03-20", recorded_at="2026-04-19T10:00:00.000Z")
    assert lines(desk) == [("restatement", (3_000 + 10_000) - 6_000, "2026-Q1")]


amounts = st.lists(st.integers(0, 300_000), min_size=1, max_size=4)


@given(early=amounts, late=amounts, quotas=st.tuples(st.integers(1, 4000), st.integers(1, 4000)), is_gone=st.booleans())
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_all_statements_together_come_to_what_the_facts_come_to(
    early: list[int],
    late: list[int],
    quotas: tuple[int, int],
    is_gone: bool,  # noqa: FBT001 - drawn
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    def sold(desk: Desk, quota: int) -> None:
        a_team(desk)
        a_plan(desk, HELD)
        a_quota(desk, str(quota))
        for number, net in enumerate(early):
            a_sale(desk, net, f"2026-02-1{number}")

    desk = make_desk(tmp_path_factory.mktemp("closed") / "home")
    sold(desk, quotas[0])
    a_won_deal(desk, "Acme renewal", "500", "2026-03-02")
    closed_quarter(desk)
    a_quota(desk, str(quotas[1]))
    for number, net in enumerate(late):
        a_sale(desk, net, f"2026-03-2{number}", recorded_at=f"2026-04-19T10:00:0{number}.000Z")
    if is_gone:
        the_deal_goes(desk)
    views = [commission_statements.statement(desk, code) for code in ("2026-Q1", "2026-Q2")]
    paid = sum(view.earned_minor - view.clawed_back_minor for view in views)

    other = make_desk(tmp_path_factory.mktemp("open") / "home")
    sold(other, quotas[1])
    if not is_gone:
        a_won_deal(other, "Acme renewal", "500", "2026-03-02")
    for number, net in enumerate(late):
        a_sale(other, net, f"2026-03-2{number}")
    clock_of(other).advance(days=40)
    fresh = [commission_statements.statement(other, code) for code in ("2026-Q1", "2026-Q2")]
    assert paid == sum(view.earned_minor - view.clawed_back_minor for view in fresh)
    desk.close()
    other.close()
