"""What a line costs, out of the book: which price wins, its schedule, its promotions, tax, cost, the next break."""

from dataclasses import replace
from datetime import date

import pytest

from sfa.domain.pricing.amounts import Effect
from sfa.domain.pricing.rules import Discount
from sfa.errors import UsageError
from sfa.services import settings, tax_codes, writing
from sfa.services.desk import Desk
from sfa.services.pricing import cost_of, next_break, price_all, tax_of
from tests.support.factories import a_product, an_account
from tests.support.prices import (
    DEC6,
    a_book,
    a_price,
    a_promotion,
    a_schedule,
    a_wish,
    an_agreement,
    priced,
    unit,
)


@pytest.fixture
def sensor(desk: Desk) -> str:
    """A product at 100.00 in the standard book."""
    a_book(desk)
    product = a_product(
        desk, name="Sensor", code="S1", category="Sensors/Pressure/Digital", cost="40 USD", unit="piece"
    )
    a_price(desk, product, "100")
    return product


@pytest.fixture
def acme(desk: Desk) -> str:
    """A customer of a group, with a parent."""
    group = an_account(desk, name="Acme Group")
    return an_account(desk, name="Acme", parent=group, price_group="Gold")


def test_the_waterfall_of_p3_out_of_the_book(desk: Desk, sensor: str, acme: str) -> None:
    an_agreement(desk, "92.50", account=acme, product=sensor, document_ref="C-17")
    a_schedule(desk, "1:0% 10:10%", product=sensor)
    a_promotion(desk, "5%")
    goodwill = (Discount("rep", Effect.PERCENT, 30_000, "Goodwill"),)
    line = priced(desk, a_wish(sensor, 60, acme, representative=goodwill))
    assert [step.after_dec6 for step in line.steps] == [100_000000, 92_500000, 83_250000, 79_087500, 76_714875]
    assert line.amount_minor == 460_289
    assert line.discount_ppm == 232_851
    assert [step.why for step in line.steps] == [
        "price book List",
        "contract price C-17 (account)",
        "range schedule Volume, from 10",
        "Spring: 5 % off",
        "Goodwill: 3 % off",
    ]


def test_the_most_specific_price_wins_down_the_ladder(desk: Desk, sensor: str, acme: str) -> None:
    """Each agreement is more specific than all before it, whatever it costs (domain.md 2.3)."""
    parent = desk.store.value("SELECT parent_id FROM account WHERE id = ?", (acme,))
    assert unit(desk, a_wish(sensor, account=acme)) == "100"
    for number, (holder, target) in enumerate(
        (
            ({"price_group": "Gold"}, {"category": "Sensors"}),
            ({"price_group": "Gold"}, {"category": "Sensors/Pressure"}),
            ({"account": acme}, {"category": "sensors / pressure"}),
            ({"account": parent}, {"category": "Sensors/Pressure/Digital"}),
            ({"price_group": "Gold"}, {"product": sensor}),
            ({"account": parent}, {"product": sensor}),
            ({"account": acme}, {"product": sensor}),
        )
    ):
        an_agreement(desk, f"{90 + number}", **holder, **target)
        assert unit(desk, a_wish(sensor, account=acme)) == str(90 + number)


def test_the_lowest_price_wins_where_the_company_chose_so(desk: Desk, sensor: str, acme: str) -> None:
    settings.change(desk, "price.policy", "best_price")
    an_agreement(desk, "95", account=acme, product=sensor)
    an_agreement(desk, "-8%", price_group="Gold", category="Sensors")
    a_schedule(desk, "1:1%", product=sensor)
    a_schedule(desk, "1:3%", name="Wide", category="Sensors")
    assert unit(desk, a_wish(sensor, account=acme)) == "89.24"
    settings.change(desk, "price.policy", "most_specific")
    assert unit(desk, a_wish(sensor, account=acme)) == "94.05"


def test_no_policy_but_the_two(desk: Desk) -> None:
    with pytest.raises(UsageError, match="“cheapest” is no way to choose a price"):
        settings.change(desk, "price.policy", "cheapest")


def test_the_book_of_the_quote_then_of_the_account_then_the_standard_one(desk: Desk, sensor: str, acme: str) -> None:
    partner, special = a_book(desk, "Partners"), a_book(desk, "Special")
    a_price(desk, sensor, "80", book=partner)
    a_price(desk, sensor, "70", book=special)
    assert unit(desk, a_wish(sensor, account=acme)) == "100"
    writing.edit(desk, "account", [acme], {"price_book": partner})
    assert unit(desk, a_wish(sensor, account=acme)) == "80"
    assert unit(desk, a_wish(sensor, account=acme, book_id=special)) == "70"


def test_what_a_book_lacks_comes_from_its_parent(desk: Desk, sensor: str) -> None:
    parent = a_book(desk, "Parent")
    child = a_book(desk, "Child", parent=parent)
    a_price(desk, sensor, "77", book=parent)
    assert unit(desk, a_wish(sensor, book_id=child)) == "77"


def test_without_any_book_the_product_s_own_price_holds(desk: Desk) -> None:
    product = a_product(desk, price="12.50 EUR")
    assert unit(desk, a_wish(product, currency="EUR")) == "12.5"


def test_prices_hold_from_their_day_to_the_day_before_the_next(desk: Desk, sensor: str) -> None:
    a_price(desk, sensor, "110", valid_from="2026-07-01")
    days = {date(2026, 6, 30): "100", date(2026, 7, 1): "110"}
    assert {day: unit(desk, a_wish(sensor, on=day)) for day in days} == days


def test_prices_of_a_channel_and_of_another_unit(desk: Desk, sensor: str) -> None:
    a_price(desk, sensor, "90", channel="web", priority="1")
    a_price(desk, sensor, "1140", unit="box")
    assert unit(desk, a_wish(sensor)) == "100"
    assert unit(desk, a_wish(sensor, unit="Piece")) == "100"
    assert unit(desk, a_wish(sensor, channel="web")) == "90"
    assert unit(desk, a_wish(sensor, unit="box")) == "1140"


def test_another_currency_is_converted_at_the_last_stored_rate(desk: Desk, sensor: str) -> None:
    with pytest.raises(UsageError, match="No rate from USD to EUR is stored"):
        unit(desk, a_wish(sensor, currency="EUR"))
    tax_codes.set_exchange_rate(desk, "USD", "EUR", "0.9", on="2026-01-01")
    tax_codes.set_exchange_rate(desk, "USD", "EUR", "0.8", on="2026-03-11")
    assert unit(desk, a_wish(sensor, currency="EUR")) == "90"
    assert unit(desk, a_wish(sensor, currency="EUR", rate_e9=850_000_000)) == "85"
    tax_codes.set_exchange_rate(desk, "GBP", "USD", "1.25", on="2026-01-01")
    assert unit(desk, a_wish(sensor, currency="GBP")) == "80"


def test_a_book_of_the_currency_goes_before_a_conversion(desk: Desk, sensor: str) -> None:
    tax_codes.set_exchange_rate(desk, "USD", "EUR", "0.9", on="2026-01-01")
    euro = a_book(desk, "Europe", currency="EUR")
    a_price(desk, sensor, "99", book=euro)
    assert unit(desk, a_wish(sensor, currency="EUR")) == "99"


def test_a_schedule_over_a_section_or_a_quote_counts_its_lines(desk: Desk, sensor: str) -> None:
    other = a_product(desk, name="Valve", price="50", category="Sensors")
    a_schedule(desk, "1:0% 10:10%", category="Sensors", scope="group")
    lines = [a_wish(sensor, 6, section="A"), a_wish(other, 6, section="A"), a_wish(sensor, 6, section="B")]
    assert [line.net_dec6 for line in price_all(desk, lines)] == [90 * DEC6, 45 * DEC6, 100 * DEC6]


def test_a_schedule_over_the_whole_quote(desk: Desk, sensor: str) -> None:
    a_schedule(desk, "1:0% 10:10%", product=sensor, scope="quote")
    lines = price_all(desk, [a_wish(sensor, 6), a_wish(sensor, 6)])
    assert [line.net_dec6 for line in lines] == [90 * DEC6] * 2
    assert unit(desk, a_wish(sensor, 6)) == "100"


def test_a_schedule_of_terms_counts_periods(desk: Desk, sensor: str) -> None:
    a_schedule(desk, "1:0% 12:10% 36:20%", product=sensor, scope="term")
    assert [unit(desk, a_wish(sensor, term=term)) for term in (None, 1, 12, 36)] == ["100", "100", "90", "80"]


def test_a_tier_of_what_is_measured_begins_where_it_says(desk: Desk) -> None:
    """Of pieces the 6th is the first of its tier; of kilograms 6 kg are the last at the price before."""
    a_book(desk)
    pieces, weight = a_product(desk, name="Bolts", unit="piece"), a_product(desk, name="Sand", unit="kg")
    for product in (pieces, weight):
        a_price(desk, product, "7")
        a_schedule(desk, "1:7 6:6.5 11:6", name=f"of {product}", product=product, kind="slab")
    assert [priced(desk, a_wish(product, 6)).amount_minor for product in (pieces, weight)] == [4150, 4200]


def test_promotions_are_for_whom_and_what_they_say(desk: Desk, sensor: str, acme: str) -> None:
    a_promotion(desk, "10%", name="Gold sensors", price_group="gold", category="sensors", min_quantity="5")
    a_promotion(desk, "1 USD", name="Other", product=a_product(desk, name="Valve"))
    assert unit(desk, a_wish(sensor, 5, acme)) == "90"
    assert unit(desk, a_wish(sensor, 4, acme)) == "100"
    assert unit(desk, a_wish(sensor, 5)) == "100"


def test_below_the_floor_somebody_must_approve(desk: Desk, sensor: str) -> None:
    off = (Discount("rep", Effect.PERCENT, 150_000),)
    wish = a_wish(sensor, representative=off)
    assert not priced(desk, wish).is_below_floor
    writing.edit(desk, "product", [sensor], {"floor": "90"})
    assert priced(desk, wish).is_below_floor
    writing.edit(desk, "product", [sensor], {"floor": None, "min_margin": "55%"})
    assert priced(desk, wish).is_below_floor
    writing.edit(desk, "product", [sensor], {"min_margin": "50%"})
    assert not priced(desk, wish).is_below_floor


def test_a_price_agreed_by_hand_is_the_rep_s_first_step(desk: Desk, sensor: str) -> None:
    off = (Discount("rep", Effect.PERCENT, 100_000, "Goodwill"),)
    line = priced(desk, a_wish(sensor, fixed_dec6=80 * DEC6, representative=off))
    assert [step.after_dec6 for step in line.steps] == [100 * DEC6, 80 * DEC6, 72 * DEC6]


def test_the_next_break_says_how_many_more_save_how_much(desk: Desk, sensor: str) -> None:
    a_schedule(desk, "1:0% 24:7%", product=sensor)
    ahead = next_break(desk, a_wish(sensor, 12))
    assert ahead is not None
    assert (ahead.missing_dec6, ahead.saved_minor, ahead.amount_minor) == (12 * DEC6, 168_00, 2232_00)
    assert next_break(desk, a_wish(sensor, 24)) is None


def test_an_agreement_from_a_quantity_on_is_a_break_too(desk: Desk, sensor: str, acme: str) -> None:
    an_agreement(desk, "90", account=acme, product=sensor, min_quantity="10")
    ahead = next_break(desk, a_wish(sensor, 4, acme))
    assert ahead is not None
    assert (ahead.missing_dec6, ahead.saved_minor) == (6 * DEC6, 100_00)


@pytest.mark.parametrize("scope", ["group", "quote"])
def test_the_next_break_of_several_lines_counts_and_saves_on_all_of_them(desk: Desk, sensor: str, scope: str) -> None:
    a_schedule(desk, "1:0% 10:10%", product=sensor, scope=scope)
    ahead = next_break(desk, a_wish(sensor, 4, section="A"), [a_wish(sensor, 5, section="A")])
    assert ahead is not None
    assert (ahead.missing_dec6, ahead.saved_minor) == (1 * DEC6, 100_00)
    assert next_break(desk, a_wish(sensor, 4, section="A"), [a_wish(sensor, 7, section="A")]) is None


def test_the_tax_of_a_line_is_that_of_its_day_and_its_country(desk: Desk, sensor: str) -> None:
    code = writing.add(desk, "tax_code", {"name": "Value added tax", "code": "VAT"}).id
    assert code
    german = an_account(desk, name="Gmbh", country="Germany")
    assert tax_of(desk, [a_wish(sensor)]) == (None,)
    writing.edit(desk, "product", [sensor], {"tax_code": "VAT"})
    with pytest.raises(UsageError, match="Tax VAT has no rate on 2026-03-10"):
        tax_of(desk, [a_wish(sensor)])
    tax_codes.set_rate(desk, code, "20%")
    tax_codes.set_rate(desk, code, "21%", since="2026-07-01")
    tax_codes.set_rate(desk, code, "19%", country="germany")
    wishes = [a_wish(sensor), a_wish(sensor, on=date(2026, 7, 1)), a_wish(sensor, account=german)]
    assert [found.tax.rate_ppm for found in tax_of(desk, wishes) if found] == [200_000, 210_000, 190_000]


def test_a_category_without_tax_carries_its_reason(desk: Desk, sensor: str) -> None:
    writing.add(desk, "tax_code", {"name": "Reverse", "code": "RC", "category": "AE", "reason": "Customer owes it"})
    writing.edit(desk, "product", [sensor], {"tax_code": "RC"})
    (found,) = tax_of(desk, [a_wish(sensor)])
    assert found is not None
    assert (found.tax.category, found.tax.rate_ppm, found.tax.reason) == ("AE", 0, "Customer owes it")


def test_what_lines_cost_us(desk: Desk, sensor: str) -> None:
    unknown = a_product(desk, name="Valve", price="5")
    assert cost_of(desk, [a_wish(sensor, 3), a_wish(unknown)]) == (120_00, None)
    assert cost_of(desk, [a_wish(sensor, 3, currency="JPY")]) == (None,)
    tax_codes.set_exchange_rate(desk, "USD", "JPY", "150", on="2026-01-01")
    assert cost_of(desk, [a_wish(sensor, 3, currency="JPY")]) == (18_000,)


def test_errors_name_the_product_and_not_its_id(desk: Desk, sensor: str) -> None:
    with pytest.raises(UsageError, match=r"^Sensor: a quantity of 0 has no price"):
        unit(desk, a_wish(sensor, 0))
    with pytest.raises(UsageError, match=r"^No price of Bare in USD on 2026-03-10"):
        unit(desk, a_wish(a_product(desk, name="Bare")))


def test_two_hundred_lines_ask_as_few_questions_as_one(desk: Desk, sensor: str, acme: str) -> None:
    products = [sensor, *(a_product(desk, name=f"Part {number}", price="5") for number in range(20))]
    a_schedule(desk, "1:0% 10:10%")
    asked: list[str] = []
    desk.store.connection.set_trace_callback(asked.append)
    one = price_all(desk, [a_wish(sensor, 3, acme)])
    few = len(asked)
    many = price_all(desk, [a_wish(products[number % 21], number + 1, acme) for number in range(200)])
    desk.store.connection.set_trace_callback(None)
    assert len(asked) == 2 * few
    assert many[0].net_dec6 == one[0].net_dec6


def test_a_return_mirrors_its_sale(desk: Desk, sensor: str) -> None:
    a_schedule(desk, "1:0% 10:10%", product=sensor)
    sale = a_wish(sensor, 12)
    assert priced(desk, replace(sale, quantity_dec6=-12 * DEC6)).amount_minor == -priced(desk, sale).amount_minor
