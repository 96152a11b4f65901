"""Every number opens into its records: what a row counts and sums is what its filter lists."""

from collections.abc import Sequence
from typing import Any

import pytest

from sfa.domain.money import Money
from sfa.services import listing, opportunities
from sfa.services.desk import Desk
from sfa.services.records import add_within
from sfa.services.report_catalogue import CATALOGUE, records_of
from sfa.services.report_request import request
from sfa.services.report_table import Report, Row
from tests.support.book_of_sales import a_sale
from tests.support.factories import a_lead, a_product, a_user, an_account, an_opportunity


@pytest.fixture
def shop(desk: Desk) -> Desk:
    """Return a desk with customers, orders of several products over two years, leads and campaigns."""
    belt, nut = (a_product(desk, name=name, category=kind) for name, kind in (("Belt", "Drives"), ("Nut", "Small")))
    washer = a_product(desk, name="Nut and washer")
    with desk.store.write("territory.add", "") as work:
        add_within(desk, work, "territory", {"name": "North"})
    for number in range(6):
        account = an_account(
            desk,
            name=f"A{number}",
            industry="Tech" if number % 2 else None,
            segment="B",
            employees=9 * number,
            territory="North" if number % 2 else None,
        )
        for month in (1, 2, 3):
            lines = [(belt, 100_00 + number, 60_00), (nut, 10_00, 9_00), (washer, 5_00, None)][
                : 1 + (number + month) % 3
            ]
            channel = "web" if month == 1 else None
            a_sale(desk, account, f"2026-0{month}-0{number + 1}", *lines, channel=channel)
            a_sale(desk, account, f"2025-0{month}-05", (None, 77_00, None))
        a_sale(desk, account, "2026-02-09", (belt, 999_00, 1_00), (nut, 1_00, 1_00), state="cancelled")
        a_lead(
            desk,
            name=f"L{number}",
            source="fair" if number % 2 else None,
            segment="B" if number > 3 else None,
            created=f"2026-0{1 + number % 2}-11",
        )
        deal = an_opportunity(desk, name=f"D{number}", amount="50", campaign="Spring", created="2026-01-05")
        if number % 2:
            opportunities.win(desk, [deal], on="2026-02-01")
    return desk


def opened(desk: Desk, found: Report, row: Row) -> Sequence[Row]:
    return records_of(desk, found, row)[1].rows


def report(desk: Desk, name: str, **words: Any) -> Report:  # noqa: ANN401 - see request
    return CATALOGUE[name].run(desk, request(desk, name, **words))


def worth(rows: Sequence[Row], field: str = "net") -> Money:
    return Money(sum(row[field].amount_minor for row in rows), "USD")


@pytest.mark.parametrize(("name", "count", "amount"), [
    ("rfm", "purchases", "revenue"), ("abc", None, "revenue"), ("persistence", "purchases", None),
])  # fmt: skip
def test_a_customer_opens_into_the_purchases_that_count(
    shop: Desk, name: str, count: str | None, amount: str | None
) -> None:
    found = report(shop, name)
    assert len(found.rows) == 6
    for row in found.rows:
        orders = opened(shop, found, row)
        assert orders
        assert count is None or len(orders) == row[count]
        assert amount is None or worth(orders) == row[amount]


def test_who_was_lost_opens_too(shop: Desk) -> None:
    account = an_account(shop, name="Gone")
    a_sale(shop, account, "2025-02-01", (None, 31_00, None))
    found = report(shop, "retention")
    lost = next(row for row in found.rows if row["measure"] == "lost: Gone")
    assert worth(opened(shop, found, lost)) == lost["revenue"]


def test_customer_and_product_open_into_the_invoices_that_have_it(shop: Desk) -> None:
    found = report(shop, "profitability")
    for row in found.rows:
        bills = opened(shop, found, row)
        assert {bill["account"] for bill in bills} == {row["account"]}
        sold = [line for bill in bills for line in lines_of(shop, bill["id"]) if line[0] == row["product"]]
        assert sum(net for _, net in sold) == row["revenue"].amount_minor
    assert {row["product"] for row in found.rows} >= {"Belt", "Nut", "Nut and washer"}


def lines_of(desk: Desk, invoice: str) -> list[tuple[str, int]]:
    return desk.store.rows(
        "SELECT COALESCE(p.name, l.description), l.net_minor FROM invoice_line l LEFT JOIN product p ON p.id = l.product_id"
        " WHERE l.invoice_id = ?",
        (invoice,),
    )


def test_category_channel_and_territory_open_into_their_invoices(shop: Desk) -> None:
    found = report(shop, "performance")
    assert sum(row["net"].amount_minor for row in found.rows) == found.totals[0]["net"].amount_minor
    for row in found.rows:
        columns = ("channel", "territory", "product_category")
        bills = listing.select(shop, "invoice", where=row["where"], columns=columns).rows
        assert bills
        assert {(bill["channel"], bill["territory"]) for bill in bills} == {(row["channel"], row["territory"])}
        assert all((row["category"] or "") in (bill["product_category"] or "") for bill in bills)


def test_leads_pairs_and_campaigns_open_into_as_many_records_as_they_count(shop: Desk) -> None:
    for name, count in (
        ("prospecting", "leads"),
        ("products", "together"),
        ("promotion", "deals"),
        ("profiling", "count"),
    ):
        found = report(shop, name)
        assert found.rows
        for row in found.rows:
            assert len(opened(shop, found, row)) == row[count], (name, row)


def test_the_lift_is_how_much_more_often_than_by_chance(shop: Desk) -> None:
    row = report(shop, "products", period="2026").rows[0]
    assert (row["product"], row["other"], row["together"]) == ("Belt", "Nut", 12)
    assert row["lift"] == 1.0  # Belt is in all of 18 orders


def test_a_manager_has_everybody_below_and_opens_into_their_deals(desk: Desk) -> None:
    mary = a_user(desk, name="Mary", role="manager")
    reps = [a_user(desk, name=name, manager=mary) for name in ("Ann", "Bob")]
    for owner, amount in zip([mary, *reps], ("10", "20", "30"), strict=True):
        opportunities.win(
            desk, [an_opportunity(desk, amount=amount, owner=owner, created="2026-01-05")], on="2026-02-01"
        )
        an_opportunity(desk, amount="7", owner=owner)
    an_opportunity(desk, amount="9 EUR", owner=mary)
    found = report(desk, "leaderboard", is_rolled_up=True)
    assert [(row["owner"], str(row["amount"])) for row in found.rows] == [
        ("Bob", "30.00 USD"), ("Ann", "20.00 USD"), ("Mary", "10.00 USD"), ("Mary's team", "60.00 USD"),
    ]  # fmt: skip
    assert str(found.totals[0]["amount"]) == "60.00 USD"
    assert worth(opened(desk, found, found.rows[-1]), "amount") == found.rows[-1]["amount"]
    coached = report(desk, "coaching", is_rolled_up=True)
    team = next(row for row in coached.rows if row["owner"] == "Mary's team")
    assert (team["open"], team["without_step"]) == (4, 4), "a deal in another currency is a deal too"
    assert len(opened(desk, coached, team)) == 4
    only = report(desk, "leaderboard", owner="Mary", is_rolled_up=True)
    assert len(only.rows) == 4
