"""The indicators of customer value against hand-calculated values, from what a rep enters (domain.md 5.1 and 5.6)."""

from collections.abc import Mapping

import pytest

from sfa.domain.money import Money
from sfa.errors import UsageError
from sfa.services import accounts, history, orders
from sfa.services.desk import Desk
from sfa.services.records import add_within
from sfa.services.report_catalogue import CATALOGUE
from sfa.services.report_costs import services
from sfa.services.report_request import request
from sfa.services.report_shelf import book
from sfa.services.report_value import measured, score_all
from tests.support.book_of_sales import a_sale
from tests.support.factories import an_account, column_of


def a_territory(desk: Desk, name: str) -> str:
    with desk.store.write("territory.add", "") as work:
        return add_within(desk, work, "territory", {"name": name})


def values(desk: Desk) -> dict[str, dict[str, float]]:
    """Return what is known of each indicator, by the name of the account."""
    shelf = book(desk, request(desk, "value"))
    bought = shelf.windows()
    found = measured(shelf, bought, services(shelf))
    return {
        name: {shelf.names[key][1]: value for key, value in known.items() if key in bought.ever}
        for name, known in found.items()
    }


def confidence(desk: Desk) -> Mapping[str, float]:
    shelf = book(desk, request(desk, "value"))
    scores = score_all(shelf, shelf.windows(), services(shelf))
    return {shelf.names[key][1]: found.confidence for key, found in scores.items()}


def test_the_delivered_price_is_what_stays_after_rebates_and_freight_against_the_list(desk: Desk) -> None:
    acme = an_account(desk)
    first = a_sale(desk, acme, "2026-02-01", (None, 900_00, None), listed=1000_00)
    a_sale(desk, acme, "2026-02-02", (None, 500_00, None), listed=600_00)
    unlisted = a_sale(desk, acme, "2026-02-03", (None, 70_00, None))
    orders.edit(desk, [first], {"freight": "40", "rebate": "20.50"})
    orders.edit(desk, [unlisted], {"freight": "999"})
    # (900 - 20.50 - 40 + 500) / (1,000 + 600); the order without a list price counts nowhere
    assert values(desk)["price"] == {"Acme": pytest.approx(1339.50 / 1600)}


def test_profit_is_margin_less_rebates_and_all_that_it_costs_to_serve(desk: Desk) -> None:
    order = a_sale(desk, an_account(desk), "2026-02-01", (None, 1000_00, 600_00))
    orders.edit(desk, [order], {"freight": "45.20", "rebate": "30", "extra_cost": "12.34"})
    found = CATALOGUE["abc"].run(desk, request(desk, "abc"))
    row = found.rows[0]
    usd = {name: row[name] for name in ("margin", "rebates", "service", "profit")}
    assert usd == {
        "margin": Money(400_00, "USD"), "rebates": Money(30_00, "USD"), "service": Money(57_54, "USD"),
        "profit": Money(312_46, "USD"),
    }  # fmt: skip
    assert "No rates are set" not in found.note
    history.undo(desk)
    assert CATALOGUE["abc"].run(desk, request(desk, "abc")).rows[0]["profit"] == Money(400_00, "USD")


def test_extra_cost_of_small_batches_is_a_share_of_the_net_of_all_once_any_is_written_down(desk: Desk) -> None:
    order = a_sale(desk, an_account(desk), "2026-02-01", (None, 400_00, None))
    a_sale(desk, an_account(desk, name="Beta"), "2026-02-01")
    assert "extra_cost" not in values(desk)
    orders.edit(desk, [order], {"extra_cost": "30"})
    assert values(desk)["extra_cost"] == {"Acme": 0.075, "Beta": 0}


def test_amounts_beside_an_order_are_in_its_currency_and_never_below_nothing(desk: Desk) -> None:
    order = a_sale(desk, an_account(desk), "2026-02-01")
    with pytest.raises(UsageError, match="is in USD, this amount in EUR"):
        orders.edit(desk, [order], {"freight": "40 EUR"})
    with pytest.raises(UsageError, match="Rebate must be 0 at least"):
        orders.edit(desk, [order], {"rebate": "-1"})
    assert column_of(desk, "order", order, "currency") == "USD"


def test_referral_value_is_the_margin_of_the_first_year_of_those_who_were_referred(desk: Desk) -> None:
    acme, beta = an_account(desk), an_account(desk, name="Beta")
    for account in (acme, beta):
        a_sale(desk, account, "2026-02-01")
    gamma = an_account(desk, name="Gamma", referrer="Acme")
    a_sale(desk, gamma, "2024-05-10", (None, 300_00, 180_00))
    a_sale(desk, gamma, "2025-05-09", (None, 100_00, 90_00))
    a_sale(desk, gamma, "2025-05-10", (None, 999_00, 0))  # a year after the first order
    a_sale(desk, gamma, "2024-06-01", (None, 50_00, None))  # its cost is not known
    a_sale(desk, gamma, "2024-06-02", (None, 800_00, 0), state="cancelled")
    assert values(desk)["referral"] == {"Acme": 130, "Beta": 0, "Gamma": 0}
    accounts.edit(desk, [gamma], {"referrer": ""})
    assert "referral" not in values(desk)


def test_nobody_refers_themselves(desk: Desk) -> None:
    acme = an_account(desk)
    with pytest.raises(UsageError, match="Acme did not refer itself"):
        accounts.edit(desk, [acme], {"referrer": acme})


def test_the_service_region_is_where_it_buys_of_where_it_operates(desk: Desk) -> None:
    for name in ("North", "South", "East"):
        a_territory(desk, name)
    acme = an_account(desk, territory="North", operates_in="south; East,north, South")
    assert column_of(desk, "account", acme, "operates_in") == "South, East, North"
    a_sale(desk, acme, "2026-02-01")
    site = an_account(desk, name="Site", parent="Acme", territory="South")
    a_sale(desk, an_account(desk, name="Other", territory="East"), "2026-02-01")
    assert values(desk)["regions"] == {"Acme": pytest.approx(1 / 3)}
    a_sale(desk, site, "2026-02-01")
    assert values(desk)["regions"] == {"Acme": pytest.approx(2 / 3)}
    with pytest.raises(UsageError, match="no territory is called Atlantis") as refusal:
        accounts.edit(desk, [acme], {"operates_in": "North, Atlantis"})
    assert refusal.value.hint == "There are: East, North, South."


def test_an_estimate_of_the_wallet_has_its_day_and_source(desk: Desk) -> None:
    acme = an_account(desk, category_spend="400 USD", spend_source="their buyer")
    assert column_of(desk, "account", acme, "spend_as_of") == "2026-03-10"
    accounts.edit(desk, [acme], {"category_spend": "500", "spend_as_of": "1 march"})
    assert column_of(desk, "account", acme, "spend_as_of") == "2026-03-01"
    a_sale(desk, acme, "2026-02-01", (None, 125_00, None))
    assert values(desk)["wallet"] == {"Acme": pytest.approx(0.25, abs=0.001)}
    with pytest.raises(UsageError, match="lies ahead"):
        accounts.edit(desk, [acme], {"spend_as_of": "next friday"})
    accounts.edit(desk, [acme], {"category_spend": ""})
    assert column_of(desk, "account", acme, "spend_source") is None


def test_an_estimate_in_another_currency_says_nothing_of_the_share(desk: Desk) -> None:
    a_sale(desk, an_account(desk, category_spend="400 EUR", credit_limit="5 EUR"), "2026-02-01")
    found = values(desk)
    assert (found["wallet"], found["payment"]) == ({}, {})


def test_volume_is_what_was_invoiced_less_credit_notes_else_what_was_ordered(desk: Desk) -> None:
    acme, beta = an_account(desk), an_account(desk, name="Beta")
    a_sale(desk, acme, "2026-02-01", (None, 300_00, None))
    order = a_sale(desk, beta, "2026-02-01", (None, 70_00, None))
    with desk.store.write("test", "") as work:
        bill = {
            "number": "C-1",
            "kind": "credit_note",
            "account_id": acme,
            "issued_on": "2026-02-03",
            "currency": "USD",
        }
        work.insert("invoice", {**bill, "net_minor": -40_00, "tax_minor": 0, "gross_minor": -40_00})
        work.execute(
            "DELETE FROM invoice_line WHERE invoice_id IN (SELECT id FROM invoice WHERE order_id = ?)", (order,)
        )
        work.execute("DELETE FROM invoice WHERE order_id = ?", (order,))
    assert values(desk)["volume"] == {"Acme": 260, "Beta": 70}


def test_cycle_and_repeats_are_those_of_the_last_twelve_months(desk: Desk) -> None:
    acme = an_account(desk)
    for day in ("2020-01-01", "2025-06-01", "2025-07-01", "2025-09-29"):
        a_sale(desk, acme, day)
    found = values(desk)
    assert found["cycle"] == {"Acme": 60}
    assert found["repeat"] == {"Acme": pytest.approx(2 / 3)}
    assert found["years"] == {"Acme": pytest.approx(6.19, abs=0.01)}


def test_ratings_and_size_come_from_the_account(desk: Desk) -> None:
    rated = {
        "influence": 4, "competitor_relation": 2, "switching_effort": 5, "management_level": 3, "credit_rating": 5,
    }  # fmt: skip
    a_sale(desk, an_account(desk, annual_revenue="10m", **rated), "2026-02-01")
    a_sale(desk, an_account(desk, name="Beta", annual_revenue="10m", employees=1000), "2026-02-01")
    found = values(desk)
    assert {name: found[name]["Acme"] for name in rated if name != "credit_rating"} == {
        "influence": 4, "competitor_relation": 2, "switching_effort": 5, "management_level": 3,
    }  # fmt: skip
    assert found["payment"] == {"Acme": 1}
    assert found["size"] == {"Acme": pytest.approx(2), "Beta": pytest.approx(3)}  # a head for 100,000 of revenue
    with pytest.raises(UsageError, match="Influence must be 5 at most"):
        an_account(desk, influence=6)


def test_a_customer_of_whom_all_is_told_is_known_wholly(desk: Desk) -> None:
    a_territory(desk, "North")
    acme = an_account(
        desk, territory="North", operates_in="North", employees=50, category_spend="5000", influence=3,
        competitor_relation=3, switching_effort=3, management_level=3, credit_rating=3,
    )  # fmt: skip
    for day in ("2025-01-15", "2025-06-01", "2026-02-01"):
        a_sale(desk, acme, day, (None, 100_00, 60_00), listed=120_00, due="2026-03-01")
    order = a_sale(desk, acme, "2026-02-02", (None, 100_00, 60_00))
    orders.edit(desk, [order], {"freight": "5", "extra_cost": "1"})
    a_sale(desk, an_account(desk, name="Friend", referrer="Acme"), "2026-02-01", (None, 100_00, 60_00))
    assert confidence(desk)["Acme"] == 1
