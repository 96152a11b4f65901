"""What customers bring: ABC by profit, cost to serve, the whale curve, indicators of orders and invoices."""

from collections.abc import Mapping

import pytest

from sfa.config import load_config
from sfa.domain.money import Money
from sfa.errors import UsageError
from sfa.services import report_team, settings
from sfa.services.desk import Desk
from sfa.services.report_catalogue import CATALOGUE, records_of
from sfa.services.report_costs import services
from sfa.services.report_request import request
from sfa.services.report_shelf import book
from sfa.services.report_table import Report, Row
from sfa.services.report_value import score_all
from tests.support.book_of_sales import a_sale
from tests.support.commissions import a_plan, a_team, closed_quarter
from tests.support.commissions import a_sale as a_booking
from tests.support.factories import an_account, an_activity


def report(desk: Desk, name: str, **words: str) -> Report:
    return CATALOGUE[name].run(desk, request(desk, name, **words))  # type: ignore[arg-type]


def by_account(found: Report) -> dict[str, Row]:
    return {row["account"]: row for row in found.rows}


def usd(minor: int) -> Money:
    return Money(minor, "USD")


def rated(desk: Desk, **rates: object) -> None:
    """Set rates of the cost to serve."""
    for name, value in rates.items():
        settings.change(desk, f"service_cost.{name}", str(value))
    desk.config = load_config(desk.store.workspace.config)


def parts(desk: Desk) -> Mapping[str, Mapping[str, float]]:
    """Return the scores of each account's indicators, by its name."""
    shelf = book(desk, request(desk, "value"))
    scores = score_all(shelf, shelf.windows(), services(shelf))
    return {shelf.names[key][1]: found.parts for key, found in scores.items()}


def test_abc_goes_by_profit_and_lists_those_that_cost_more_than_they_bring_apart(desk: Desk) -> None:
    for name, net, cost in (("Big", 900_00, 850_00), ("Fine", 500_00, 100_00), ("Loss", 300_00, 330_00)):
        a_sale(desk, an_account(desk, name=name), "2026-02-01", (None, net, cost))
    found = report(desk, "abc")
    assert [(row["account"], row["class"], row["profit"]) for row in found.rows] == [
        ("Fine", "A", usd(400_00)), ("Big", "B", usd(50_00)), ("Loss", "C", usd(-30_00)),
    ]  # fmt: skip
    assert [row["share"] for row in found.rows] == [0.8889, 0.1111, None]
    assert [row["revenue_rank"] for row in found.rows] == [2, 1, 3]
    assert found.totals == [
        {"profit": usd(420_00), "revenue": usd(1700_00), "margin": usd(420_00), "rebates": usd(0), "service": usd(0)}
    ]
    assert "1 customers cost more than they bring" in found.note
    assert "peaks at 107.1% after 2 customers" in found.note
    assert "No rates are set" in found.note


def test_abc_by_revenue_is_another_order(desk: Desk) -> None:
    for name, net, cost in (("Big", 900_00, 850_00), ("Fine", 500_00, 100_00)):
        a_sale(desk, an_account(desk, name=name), "2026-02-01", (None, net, cost))
    found = report(desk, "abc", by="revenue")
    assert [row["account"] for row in found.rows] == ["Big", "Fine"]
    assert "profit" not in found.rows[0]
    with pytest.raises(UsageError, match="goes by one thing"):
        report(desk, "abc", by="profit,revenue")


def test_a_purchase_without_a_cost_has_no_class(desk: Desk) -> None:
    a_sale(desk, an_account(desk, name="Known"), "2026-02-01", (None, 100_00, 40_00))
    a_sale(desk, an_account(desk, name="Unknown"), "2026-02-01", (None, 900_00, None))
    found = report(desk, "abc")
    assert [(row["account"], row["class"], row["profit"]) for row in found.rows] == [
        ("Known", "A", usd(60_00)), ("Unknown", None, None),
    ]  # fmt: skip
    assert "1 customers have purchases without a cost" in found.note


def test_without_any_cost_abc_says_that_it_goes_by_revenue(desk: Desk) -> None:
    a_sale(desk, an_account(desk), "2026-02-01")
    assert "No costs are kept: by revenue." in report(desk, "abc").note


def test_the_cost_to_serve_counts_visits_calls_orders_and_money_outstanding(desk: Desk) -> None:
    acme = an_account(desk)
    a_sale(desk, acme, "2026-02-01", (None, 1000_00, 0))
    an_activity(desk, kind="visit", account=acme, started="2026-02-02T10:00")
    an_activity(desk, kind="visit", account=acme, started="2026-02-03T10:00", outcome="cancelled")
    an_activity(desk, kind="call", account=acme, started="2026-02-04T10:00", duration_min=20)
    rated(desk, visit="85", call_minute="0.50", order="12", capital_percent=10)
    row = report(desk, "abc").rows[0]
    # 85 + 20 x 0.50 + 12, and 1,000 outstanding for the 38 days to 11 March at 10 %: 10.41
    assert row["service"] == usd(85_00 + 10_00 + 12_00 + 10_41)
    assert row["profit"] == usd(1000_00) - row["service"]
    rated(desk, visit="lots")
    with pytest.raises(UsageError, match=r"service_cost\.visit"):
        report(desk, "abc")


def test_commission_on_what_was_sold_is_a_cost_to_serve(desk: Desk) -> None:
    a_team(desk)
    a_plan(desk)
    acme, beta = an_account(desk), an_account(desk, name="Beta")
    for account in (acme, beta):
        a_sale(desk, account, "2026-02-01", (None, 1000_00, 0))
    event = a_booking(desk, 1000_00, "2026-02-01")
    with desk.store.write("test", "") as work:
        work.update("comp_event", event, {"account_id": acme})
    closed_quarter(desk)
    found = by_account(report(desk, "abc"))
    assert (found["Acme"]["service"], found["Beta"]["service"]) == (usd(50_00), usd(0))


def test_a_customer_who_pays_late_has_the_lower_credit_record(desk: Desk) -> None:
    for name, paid in (("Prompt", "2026-01-31"), ("Late", "2026-02-15")):
        a_sale(desk, an_account(desk, name=name), "2026-01-01", due="2026-01-31", paid=(paid, 100_00))
    a_sale(desk, an_account(desk, name="Cash"), "2026-01-01")
    found = parts(desk)
    assert (found["Prompt"]["credit"], found["Late"]["credit"]) == (100, 50)  # 15 of 30 days late
    assert "credit" not in found["Cash"]


def test_what_is_owed_and_overdue_counts_to_the_day(desk: Desk) -> None:
    a_sale(desk, an_account(desk, name="Owes"), "2026-01-30", due="2026-02-27", paid=("2026-02-20", 40_00))
    assert parts(desk)["Owes"]["credit"] == pytest.approx(100 * (1 - 60 * 12 / (100 * 28)))


def test_the_price_that_is_realised_is_what_was_sold_for_against_the_list(desk: Desk) -> None:
    a_sale(desk, an_account(desk, name="Full"), "2026-02-01", listed=100_00)
    a_sale(desk, an_account(desk, name="Cheap"), "2026-02-01", listed=160_00)
    found = parts(desk)
    assert (found["Full"]["price"], found["Cheap"]["price"]) == (100, 25)  # 1.0 and 0.625 between 0.5 and 1


def test_the_share_of_wallet_and_the_use_of_credit_come_from_the_account(desk: Desk) -> None:
    acme = an_account(desk, credit_limit="400", category_spend="400", influence=5)
    a_sale(desk, acme, "2026-02-01", due="2026-04-01")
    found = parts(desk)["Acme"]
    assert found["wallet"] == pytest.approx(25, abs=0.1)
    assert (found["payment"], found["influence"]) == (75, 100)


def test_customers_are_compared_within_their_size(desk: Desk) -> None:
    for number in range(24):
        account = an_account(desk, name=f"A{number:02}", employees=5 if number % 2 else 500)
        a_sale(desk, account, "2026-02-01", (None, 100_00 * (number + 1), None))
    within = by_account(report(desk, "value", by="size"))
    assert within["A23"]["value"] == within["A22"]["value"], "each is the best of its size"
    overall = by_account(report(desk, "value"))
    assert overall["A23"]["value"] != overall["A22"]["value"]


def test_lifetime_is_that_of_the_margin_where_costs_are_kept(desk: Desk) -> None:
    kept, new = an_account(desk, name="Kept"), an_account(desk, name="New")
    for account, day, cost in ((kept, "2024-06-01", None), (kept, "2025-06-01", 700_00), (new, "2025-06-01", None)):
        a_sale(desk, account, day, (None, 1000_00, cost))
    for number in range(1, 5):
        gone = an_account(desk, name=f"Other {number}")
        a_sale(desk, gone, "2024-06-01")
        if number > 1:
            a_sale(desk, gone, "2025-06-01", (None, 10_00, 9_00))
    found = report(desk, "clv")
    # four of five stayed: 300 x 0.8 / (1 + 0.1 - 0.8)
    assert by_account(found)["Kept"]["lifetime"] == usd(800_00)
    assert (found.rows[-1]["account"], found.rows[-1]["lifetime"]) == ("New", None)
    assert "of the margin" in found.note


def test_the_margin_of_an_order_is_compared_with_its_baseline(desk: Desk) -> None:
    acme = an_account(desk)
    for day, cost in (("2026-01-10", 60_00), ("2026-02-10", 50_00), ("2026-02-11", 58_00), ("2026-02-12", None)):
        a_sale(desk, acme, day, (None, 100_00, cost))
    report_team.keep_baseline(desk, request(desk, "measures", period="2026-01"))
    row = next(row for row in report(desk, "measures", period="2026-02").rows if row["kpi"] == "deal_margin")
    assert (row["baseline"], row["now"], row["change"]) == ("40.00 USD", "46.00 USD", 0.15)
    assert len(records_of(desk, report(desk, "measures", period="2026-02"), row)[1].rows) == 3
