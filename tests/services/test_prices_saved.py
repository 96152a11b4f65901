"""What is refused when prices are saved, what a price change ends, and that all of it can be undone."""

from collections.abc import Callable
from typing import Any

import pytest

from sfa.errors import ConflictError, SfaError, UsageError
from sfa.services import contract_prices, costs, history, listing, price_entries, settings, tax_codes, writing
from sfa.services.desk import Desk
from sfa.services.discount_schedules import VERBS as SCHEDULES
from tests.support.contents import contents
from tests.support.factories import a_product, an_account
from tests.support.prices import a_book, a_price, a_promotion, a_schedule, an_agreement


@pytest.fixture
def sensor(desk: Desk) -> str:
    """A product, and a standard book."""
    a_book(desk)
    return a_product(desk, name="Sensor", category=" Sensors / Pressure ", cost="40 USD")


def spans(desk: Desk) -> list[tuple[Any, ...]]:
    """Return price, first day and day after the last of all prices, by their beginning."""
    rows = listing.select(desk, "price_entry", sort="valid_from", columns=("price", "valid_from", "valid_to")).rows
    return [(row["price"], row["valid_from"], row["valid_to"]) for row in rows]


def test_a_new_price_ends_the_older_one(desk: Desk, sensor: str) -> None:
    a_price(desk, sensor, "100")
    a_price(desk, sensor, "110", valid_from="2026-07-01")
    assert spans(desk) == [("100", None, "2026-07-01"), ("110", "2026-07-01", None)]
    a_price(desk, sensor, "105")
    assert spans(desk) == [
        ("100", None, "2026-03-10"), ("105", "2026-03-10", "2026-07-01"), ("110", "2026-07-01", None),
    ]  # fmt: skip


def test_after_a_price_for_a_while_the_older_one_goes_on(desk: Desk, sensor: str) -> None:
    a_price(desk, sensor, "100")
    a_price(desk, sensor, "90", valid_from="2026-06-01", valid_to="2026-07-01")
    assert spans(desk) == [
        ("100", None, "2026-06-01"), ("90", "2026-06-01", "2026-07-01"), ("100", "2026-07-01", None),
    ]  # fmt: skip


def test_a_price_of_the_same_days_takes_the_place_of_the_other(desk: Desk, sensor: str) -> None:
    a_price(desk, sensor, "100", valid_from="2026-01-01")
    a_price(desk, sensor, "101", valid_from="2026-01-01")
    assert spans(desk) == [("101", "2026-01-01", None)]


def test_a_price_that_runs_into_a_later_one_is_refused(desk: Desk, sensor: str) -> None:
    a_price(desk, sensor, "110", valid_from="2026-07-01")
    with pytest.raises(ConflictError, match="List has 110 for this product from 2026-07-01 already"):
        a_price(desk, sensor, "100", valid_from="2026-05-01", valid_to="2026-08-01")


Change = Callable[[Desk, str], object]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda desk, sensor: a_price(desk, sensor, "-5"), "negative; a price is 0 or more"),
        (lambda desk, sensor: a_price(desk, sensor, "5 EUR"), "List is in USD, this price in EUR"),
        (lambda desk, sensor: a_price(desk, sensor, "5", valid_from="2026-02-01", valid_to="2026-02-01"), "end on"),
        (lambda desk, sensor: a_price(desk, sensor, "5", per="0"), "Per: a price is per 1 or more"),
        (lambda desk, sensor: an_agreement(desk, "-101%", price_group="G", product=sensor), "over 100 %"),
        (lambda desk, sensor: an_agreement(desk, "5", product=sensor), "with one account or with one price group"),
        (lambda desk, _: an_agreement(desk, "5", price_group="G"), "about one product or about one category"),
        (lambda desk, sensor: an_agreement(desk, "5", price_group="G", product=sensor, currency="XQQ"), "no currency"),
        (lambda desk, sensor: an_agreement(desk, "5", price_group="G", product=sensor, min_quantity="-1"), "negative"),
        (
            lambda desk, sensor: an_agreement(
                desk, "5", price_group="G", product=sensor, min_quantity="5", max_quantity="4"
            ),
            "The largest quantity 4 is below the smallest, 5",
        ),
        (lambda desk, _: a_schedule(desk, "10:5% 1:3%"), "the tier from 1 overlaps the one from 10"),
        (lambda desk, _: a_schedule(desk, "1:5% 1:3%"), "the tier from 1 overlaps the one from 1"),
        (lambda desk, _: a_schedule(desk, "1:5% 10:7"), "cannot stand side by side"),
        (lambda desk, _: a_schedule(desk, "1:105%"), "over 100 %"),
        (lambda desk, _: a_schedule(desk, "-1:5%"), "negative"),
        (lambda desk, _: a_schedule(desk, "5%"), "is no tier"),
        (lambda desk, _: a_schedule(desk, "1:5%", kind="slab", scope="quote"), "units of its own line"),
        (lambda desk, _: a_promotion(desk, "120%"), "over 100 %"),
        (lambda desk, _: a_promotion(desk, "5%", min_quantity="9", max_quantity="2"), "largest quantity is below"),
        (lambda desk, _: writing.add(desk, "tax_code", {"name": "X", "code": "X", "category": "E"}), "needs a reason"),
        (lambda desk, sensor: writing.edit(desk, "product", [sensor], {"min_margin": "100%"}), "below 100 %"),
        (lambda desk, _: tax_codes.set_exchange_rate(desk, "USD", "EUR", "0"), "no exchange rate"),
        (lambda desk, _: tax_codes.set_exchange_rate(desk, "USD", "ABC", "1"), "“ABC” is no currency"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence_and_changes_nothing(
    desk: Desk, sensor: str, change: Change, told: str
) -> None:
    before = contents(desk)
    with pytest.raises(UsageError) as caught:
        change(desk, sensor)
    assert told in caught.value.message
    assert contents(desk) == before


def _twice(verb: Change) -> tuple[Change, Change]:
    return verb, verb


@pytest.mark.parametrize(
    "twice",
    [
        _twice(lambda desk, sensor: an_agreement(desk, "5", price_group="G", product=sensor)),
        _twice(lambda desk, sensor: a_schedule(desk, "1:5%", product=sensor)),
        _twice(lambda desk, _: a_promotion(desk, "5%", is_stackable="no")),
        _twice(lambda desk, _: writing.add(desk, "tax_code", {"name": "Tax", "code": "VAT"})),
        (None, lambda desk, _: a_book(desk, "Other standard", is_standard="yes")),
    ],
)
def test_what_would_leave_open_which_one_holds_is_refused(
    desk: Desk, sensor: str, twice: tuple[Change | None, Change]
) -> None:
    first, second = twice
    if first:
        first(desk, sensor)
    before = contents(desk)
    with pytest.raises(ConflictError):
        second(desk, sensor)
    assert contents(desk) == before


def test_two_promotions_that_stand_alone_for_different_products_are_fine(desk: Desk, sensor: str) -> None:
    valve = a_product(desk, name="Valve")
    a_promotion(desk, "5%", name="One", is_stackable="no", product=sensor)
    a_promotion(desk, "5%", name="Other", is_stackable="no", product=valve)
    assert len(listing.select(desk, "price_rule").rows) == 2


def test_a_schedule_warns_where_more_costs_less(desk: Desk, sensor: str) -> None:
    a_price(desk, sensor, "10")
    steep = a_schedule(desk, "1:0% 100:10%", product=sensor)
    assert SCHEDULES.warnings(desk, steep) == ["100 cost less in all than 99."]
    gentle = a_schedule(desk, "1:10 100:9.95", name="Gentle")
    assert SCHEDULES.warnings(desk, gentle) == []


def test_rates_of_a_tax_leave_no_day_without_one(desk: Desk) -> None:
    code = str(writing.add(desk, "tax_code", {"name": "Tax", "code": "VAT"}).id)
    tax_codes.set_rate(desk, code, "19%", until="2026-07-01")
    with pytest.raises(UsageError, match="From 2026-07-01 to 2026-08-01 VAT would have no rate"):
        tax_codes.set_rate(desk, code, "16%", since="2026-08-01")
    tax_codes.set_rate(desk, code, "16%", since="2026-07-01")
    tax_codes.set_rate(desk, code, "5%", since="2026-09-01", until="2026-10-01")
    assert listing.record(desk, "tax_code", code)["rates"] == (
        "19% to 2026-07-01; 16% from 2026-07-01 to 2026-09-01; 5% from 2026-09-01 to 2026-10-01; 16% from 2026-10-01"
    )


def test_a_book_takes_prices_from_no_book_of_another_currency_nor_from_itself(desk: Desk) -> None:
    euro, dollar = a_book(desk, "Euro", currency="EUR"), a_book(desk, "Dollar")
    with pytest.raises(UsageError, match="Euro has another currency"):
        writing.edit(desk, "price_book", [dollar], {"parent": euro})
    below = a_book(desk, "Below", parent=dollar)
    with pytest.raises(SfaError):
        writing.edit(desk, "price_book", [dollar], {"parent": below})


def test_a_book_with_prices_keeps_its_currency_and_goes_only_by_force(desk: Desk, sensor: str) -> None:
    a_price(desk, sensor, "5")
    book = listing.ids(desk, "price_book")[0]
    with pytest.raises(UsageError, match="List holds 1 price in USD"):
        writing.edit(desk, "price_book", [book], {"currency": "EUR"})
    with pytest.raises(ConflictError, match="holds 1 price"):
        writing.remove(desk, "price_book", [book])


VERBS: tuple[Change, ...] = (
    lambda desk, sensor: price_entries.set_price(desk, {"product": sensor, "price": "90", "valid_from": "2026-05-01"}),
    lambda desk, sensor: contract_prices.agree(desk, {"account": "Acme", "product": sensor, "price": "5"}),
    lambda desk, sensor: writing.add(desk, "discount_schedule", {"name": "V", "tiers": "1:5%", "product": sensor}),
    lambda desk, sensor: writing.add(desk, "price_rule", {"name": "P", "discount": "5%", "product": sensor}),
    lambda desk, _: tax_codes.set_rate(desk, listing.ids(desk, "tax_code")[0], "7%", since="2026-05-01"),
    lambda desk, _: tax_codes.set_exchange_rate(desk, "EUR", "USD", "1.1"),
    lambda desk, _: writing.remove(desk, "price_entry", listing.ids(desk, "price_entry")),
    lambda desk, sensor: writing.edit(desk, "product", [sensor], {"tax_code": "VAT", "period": "month", "cost": "9"}),
)


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_is_one_operation_that_can_be_undone_and_redone(desk: Desk, sensor: str, verb: Change) -> None:
    an_account(desk, name="Acme")
    a_price(desk, sensor, "100")
    code = str(writing.add(desk, "tax_code", {"name": "Tax", "code": "VAT"}).id)
    tax_codes.set_rate(desk, code, "19%")
    before = contents(desk)
    verb(desk, sensor)
    after = contents(desk)
    assert after != before
    history.undo(desk)
    assert contents(desk) == before
    history.redo(desk)
    assert contents(desk) == after


def test_a_promotion_keeps_what_an_edit_does_not_name(desk: Desk, sensor: str) -> None:
    spring = a_promotion(desk, "5%", product=sensor, category="Sensors", min_quantity="3")
    writing.edit(desk, "price_rule", [spring], {"discount": "7%", "category": None})
    found = listing.record(desk, "price_rule", spring)
    assert (found["discount"], found["product"], found["category"], found["min_quantity"]) == (
        "7%",
        "Sensor",
        None,
        "3",
    )


def test_a_form_reads_back_what_it_shows(desk: Desk, sensor: str) -> None:
    an_account(desk, name="Acme")
    made = {
        "discount_schedule": a_schedule(desk, "1:0% 10:12.5%", product=sensor, valid_from="2026-01-01"),
        "price_rule": a_promotion(desk, "2.50 USD", product=sensor, min_quantity="3"),
        "contract_price": an_agreement(desk, "-8%", account="Acme", category="Sensors", min_quantity="5"),
        "price_entry": a_price(desk, sensor, "15.24", per="12"),
    }
    for noun, record_id in made.items():
        assert writing.edit(desk, noun, [record_id], listing.editable(desk, noun, record_id)).operation_id is None, noun


def test_cost_is_for_who_may_see_it(desk: Desk, sensor: str) -> None:
    assert "cost" not in listing.record(desk, "product", sensor)
    with pytest.raises(UsageError, match="has no field cost"):
        listing.select(desk, "product", columns=("name", "cost"))
    with pytest.raises(UsageError):
        listing.select(desk, "product", where="cost>5")
    writing.edit(desk, "product", [sensor], {"cost": "41 USD"})
    shown = [(line.old, line.new) for line in history.record_history(desk, "product", sensor) if line.field == "cost"]
    assert shown == [(None, "…")]
    settings.change(desk, "price.cost_roles", "rep")
    assert costs.may_see_cost(desk)
    assert listing.record(desk, "product", sensor)["cost"] == "41"


def test_the_roles_of_management_see_cost(desk: Desk, sensor: str) -> None:
    an_account(desk)
    for role, is_seen in (("rep", False), ("manager", True), ("finance", True), ("admin", True)):
        writing.edit(desk, "user", [str(desk.user_id)], {"role": role})
        assert ("cost" in listing.record(desk, "product", sensor)) is is_seen
