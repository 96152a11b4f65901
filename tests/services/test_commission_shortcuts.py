"""The quick ways of commission come to what the plain one comes to: sales added up, people one by one."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sfa.domain.commission.events import Event, EventKind
from sfa.domain.commission.run import Run
from sfa.domain.commission.whatif import Deal, Estimate, Estimator
from sfa.services import commission_book, commission_runs, commission_splits
from sfa.services.commission_sums import adds_up
from sfa.services.desk import Desk
from tests.support.commissions import BOSS, ME, a_plan, a_quota, a_sale, a_team, a_won_deal, user_id
from tests.support.factories import make_desk

PLANS = {
    "tiers": """
code = "P"
version = 1
currency = "USD"
[[component]]
code = "sales"
axis = "attainment"
threshold_ppm = 300000
period_cap_minor = 900000
tiers = [{ lo = 0, hi = 500000, rate_ppm = 40000 }, { lo = 500000, rate_ppm = 60000, retro = true }]
[[component]]
code = "monthly"
window = "month"
reversal = "current_period"
weight_ppm = 333333
tiers = [{ lo = 0, hi = 700000, rate_ppm = 12345 }, { lo = 700000, rate_ppm = 23456 }]
""",
    "delivered and paid": """
code = "P"
version = 1
currency = "USD"
[[component]]
code = "delivered"
trigger = "delivery"
reversal = "original_rate"
axis = "attainment"
attainment_cap_ppm = 1500000
tiers = [{ lo = 0, rate_ppm = 31000 }]
[[component]]
code = "paid"
trigger = "payment"
measure = "paid"
window = "half"
tiers = [{ lo = 0, hi = 300000, rate_ppm = 10000 }, { lo = 300000, rate_ppm = 30000 }]
""",
    "filters, a gate and caps": """
code = "P"
version = 1
currency = "USD"
[[component]]
code = "base"
axis = "attainment"
only = { category = ["Hardware"] }
tiers = [{ lo = 0, hi = 500000, rate_ppm = 40000 }, { lo = 500000, rate_ppm = 60000, retro = true }]
[[component]]
code = "more"
gate = "base"
gate_ppm = 400000
window = "month"
period_cap_minor = 20000
tiers = [{ lo = 0, rate_ppm = 10000 }]
[[component]]
code = "small"
event_cap_minor = 3000
only = { category = ["Hardware"], product = ["P2", "P3"] }
tiers = [{ lo = 0, hi = 400000, rate_ppm = 10000 }, { lo = 400000, rate_ppm = 30000 }]
""",
    "each by itself": """
code = "P"
version = 1
currency = "USD"
[[component]]
code = "alone"
mode = "per_event"
event_cap_minor = 3000
tiers = [{ lo = 0, hi = 400000, rate_ppm = 10000 }, { lo = 400000, rate_ppm = 30000 }]
[[component]]
code = "matrix"
function = "matrix"
axis = "attainment"
only = { category = ["Hardware"] }
tiers = [{ lo = 0, hi = 900000, rate_ppm = 50000 }, { lo = 900000, rate_ppm = 70000 }]
[[component]]
code = "rates"
trigger = "delivery"
rates = [{ category = "Hardware", rate_ppm = 33333 }]
tiers = [{ lo = 0, rate_ppm = 10000 }]
[[component]]
code = "push"
kind = "spiff"
campaign = { amount_minor = 5000 }
[[component]]
code = "nps"
measure = "kpi"
tiers = [{ lo = 0, per_unit_minor = 5 }]
""",
}
GATED = """
code = "G"
version = 1
currency = "USD"
[[component]]
code = "base"
tiers = [{ lo = 0, rate_ppm = 50000 }]
[[component]]
code = "more"
gate = "base"
mode = "per_event"
tiers = [{ lo = 0, rate_ppm = 10000 }]
"""
TEAM = """
code = "T"
version = 1
currency = "USD"
[[component]]
code = "sales"
axis = "attainment"
reversal = "original_rate"
holdback_ppm = 200000
release = { on = "schedule", parts = 3 }
tiers = [{ lo = 0, hi = 1000000, rate_ppm = 60000 }, { lo = 1000000, rate_ppm = 100000, retro = true }]
"""
LEAD = """
code = "L"
version = 1
currency = "USD"
[[component]]
code = "team"
kind = "override_revenue"
tiers = [{ lo = 0, rate_ppm = 10000 }]
[[component]]
code = "paid"
kind = "override_commission"
tiers = [{ lo = 0, rate_ppm = 100000 }]
"""
BACK = {"booked": ["cancelled"], "delivered": ["returned"], "invoiced": ["credited", "paid", "paid", "written_off"]}
TRAITS = {"category": "Hardware", "product": "P2"}
FIRST, LAST = date(2026, 1, 1), date(2026, 3, 9)
rows = st.lists(
    st.tuples(
        st.sampled_from([*BACK]),
        st.integers(0, 400_000),
        st.dates(min_value=FIRST, max_value=LAST),
        st.integers(0, 2),
        st.integers(0, 100),
    ),
    max_size=14,
)
quickly = settings(max_examples=16, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def a_book(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    desk = make_desk(tmp_path_factory.mktemp("book") / "home")
    a_team(desk)
    return desk


def sell(desk: Desk, found: Any, owners: tuple[str, ...] = (ME,)) -> list[str]:  # noqa: ANN401 - drawn rows
    """Append sales, and to some of them what takes back or pays a part of them later."""
    sold = []
    with desk.store.write("product.add") as work:
        kinds = [("P1", "Hardware"), ("P2", "Hardware/Servers"), ("P3", "Software")]
        rows = ({"code": code, "name": code, "category": category} for code, category in kinds)
        products = [None, *(work.insert("product", row) for row in rows)]
    for number, (kind, net, on, backs, part) in enumerate(found):
        owner = owners[number % len(owners)]
        sale = a_sale(desk, net, on.isoformat(), kind=kind, owner=owner, product=products[number % len(products)])
        sold.append(sale)
        for back in BACK[kind][:backs]:
            later = min(on + timedelta(part), LAST).isoformat()
            amount = net * part // 200
            a_sale(desk, amount if back == "paid" else -amount, later, kind=back, reverses=sale, owner=owner)
    return sold


def estimated(desk: Desk, book: commission_book.Book, nets: list[int]) -> Estimate:
    """Return what a booked and a delivered deal of each amount would earn, every other pair for sure."""
    deals = [
        Deal(
            Event(f"~{number} {kind}", kind, LAST, net, currency="USD", owner=user_id(desk), traits=TRAITS),
            400_000 if number % 2 else 1_000_000,
        )
        for number, net in enumerate(nets)
        for kind in (EventKind.BOOKED, EventKind.DELIVERED)
    ]
    return Estimator(Run(book.case), user_id(desk)).estimate(deals)


@given(found=rows, nets=st.lists(st.integers(1, 900_000), min_size=1, max_size=3), plan=st.sampled_from([*PLANS]))
@quickly
def test_a_what_if_on_sums_is_that_on_all_sales(
    found: Any,  # noqa: ANN401 - drawn rows
    nets: list[int],
    plan: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    desk = a_book(tmp_path_factory)
    a_plan(desk, PLANS[plan])
    a_quota(desk, "5k")
    a_sale(desk, 12_345, "2026-02-02")
    sell(desk, found)
    a_won_deal(desk, "Acme renewal", "1000", "2026-03-02")
    book = commission_book.load_since(desk, user_id(desk), LAST, LAST)
    assert isinstance(book.case.events, list)
    plain = commission_book.facts(desk).book([user_id(desk)])
    assert estimated(desk, book, nets) == estimated(desk, plain, nets)
    desk.close()


@pytest.mark.parametrize(
    "terms", [GATED, TEAM.replace('code = "sales"', 'code = "sales"\nevent_cap_minor = 100\nperiod_cap_minor = 1000')]
)
def test_what_looks_at_each_sale_is_not_added_up(tmp_path_factory: pytest.TempPathFactory, terms: str) -> None:
    desk = a_book(tmp_path_factory)
    a_plan(desk, terms)
    assert not adds_up(commission_book.facts(desk).plans_of([user_id(desk)]))
    desk.close()


def test_a_foreign_sale_is_not_added_up(tmp_path_factory: pytest.TempPathFactory) -> None:
    desk = a_book(tmp_path_factory)
    a_plan(desk, PLANS["tiers"])
    sale = a_sale(desk, 1_000)
    desk.store.connection.execute("DROP TRIGGER rule_comp_event_update")
    desk.store.connection.execute("UPDATE comp_event SET currency = 'EUR' WHERE id = ?", (sale,))
    book = commission_book.load_since(desk, user_id(desk), LAST, LAST)
    assert [event.id for event in book.case.events] == [sale]
    desk.close()


@given(found=rows)
@quickly
def test_people_one_by_one_come_to_what_all_come_to_together(
    found: Any,  # noqa: ANN401 - drawn rows
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    desk = a_book(tmp_path_factory)
    a_plan(desk, TEAM, ME, "Pat Peer")
    a_plan(desk, LEAD, BOSS)
    a_quota(desk, "5k")
    sell(desk, found, (ME, "Pat Peer"))
    a_won_deal(desk, "Acme renewal", "1000", "2026-03-02")
    commission_splits.split(desk, "Acme renewal", [f"{ME} 70%", "Pat Peer 30%"], ["Pat Peer 10%"])
    together = {(one.participant, one.period.id): one.hash for one in commission_runs.calculate(desk).statements}
    alone = {
        (one.participant, one.period.id): one.hash
        for found in commission_runs.calculations(desk)
        for one in found.statements
    }
    assert alone == together
    assert len(alone) == 3
    desk.close()
