"""Which price and which rules win, and what is refused."""

from dataclasses import replace
from datetime import date
from random import Random

import pytest

from sfa.domain.figures import DEC6
from sfa.domain.pricing.amounts import Effect, PricingError
from sfa.domain.pricing.documents import Tax
from sfa.domain.pricing.lookup import (
    ContractPrice,
    Policy,
    PriceBook,
    PriceEntry,
    PriceQuery,
    choose_price,
    price_table,
)
from sfa.domain.pricing.rules import Discount, PriceRule, applying
from sfa.domain.pricing.schedules import Schedule, ScheduleKind, Slice, Tier

DAY = date(2026, 5, 1)
BOOKS = [PriceBook("std", "EUR"), PriceBook("own", "EUR", parent_id="std")]
QUERY = PriceQuery("P", DAY, "EUR", accounts=("A", "parent"), books=("own",), standard_book="std")


def test_the_nearest_account_wins_or_the_lowest_price_in_any_order() -> None:
    contracts = [
        ContractPrice("near", "A", "P", Effect.PRICE, 90 * DEC6, "EUR"),
        ContractPrice("far", "parent", "P", Effect.PERCENT, 200_000),
        ContractPrice("over", "A", "P", Effect.PRICE, DEC6, "EUR", valid_to=DAY),
    ]
    for seed in range(6):
        Random(seed).shuffle(contracts)
        table = price_table(BOOKS, [PriceEntry("e", "std", "P", 100 * DEC6)], contracts)
        assert choose_price(QUERY, table).winner.source_id == "near"
        best = choose_price(QUERY, table, Policy.BEST_PRICE)
        assert (best.winner.source_id, best.winner.price_dec6) == ("far", 80 * DEC6)
        assert best.list_price.source_id == "e"


LEVELS = [
    ("account", "A", "P"),
    ("parent account", "parent", "P"),
    ("account group", "G", "P"),
    ("account on the deepest category", "A", "deep"),
    ("parent account on the deepest category", "parent", "deep"),
    ("account on the next category", "A", "wide"),
    ("group on the deepest category", "G", "deep"),
    ("group on the next category", "G", "wide"),
]
WIDE = PriceQuery(
    "P",
    DAY,
    "EUR",
    accounts=("A", "parent"),
    groups=("G",),
    categories=("deep", "wide"),
    books=("quote", "customer"),
    standard_book="std",
)


def test_each_level_wins_where_those_above_it_are_silent() -> None:
    contracts = [
        ContractPrice(name, holder, target, Effect.PRICE, (50 + place) * DEC6, "EUR")
        for place, (name, holder, target) in enumerate(LEVELS)
    ]
    names = ("quote", "customer", "std")
    entries = [PriceEntry(f"in {name}", name, "P", 100 * DEC6) for name in names]
    books = [PriceBook(name, "EUR") for name in names]
    tables = [price_table(books, entries, contracts[silent:][::-1]) for silent in range(len(contracts) + 1)]
    tables += [price_table(books, entries[silent:][::-1]) for silent in range(1, len(entries))]
    winners = [choose_price(WIDE, table).winner.source_id for table in tables]
    assert winners == [*(name for name, _, _ in LEVELS), "in quote", "in customer", "in std"]


def test_ties_go_to_the_priority_then_the_later_start_then_the_lower_id() -> None:
    rows = [
        ContractPrice("d", "A", "P", Effect.PRICE, 1, "EUR", priority=1),
        ContractPrice("c", "A", "P", Effect.PRICE, 2, "EUR", valid_from=DAY),
        ContractPrice("a", "A", "P", Effect.PRICE, 3, "EUR"),
        ContractPrice("b", "A", "P", Effect.PRICE, 4, "EUR"),
    ]
    entry = PriceEntry("e", "std", "P", 100 * DEC6)
    found = choose_price(WIDE, price_table([PriceBook("std", "EUR")], [entry], rows[::-1]))
    assert [candidate.source_id for candidate in found.candidates] == ["d", "c", "a", "b", "e"]


def test_a_price_holds_for_its_quantities_unit_channel_and_days_alone() -> None:
    others = {
        "min": ContractPrice("min", "A", "P", Effect.PRICE, 1, "EUR", min_qty_dec6=2 * DEC6),
        "max": ContractPrice("max", "A", "P", Effect.PRICE, 1, "EUR", max_qty_dec6=DEC6 // 2),
        "unit": ContractPrice("unit", "A", "P", Effect.PRICE, 1, "EUR", uom="box"),
        "currency": ContractPrice("currency", "A", "P", Effect.PRICE, 1, "USD"),
        "over": ContractPrice("over", "A", "P", Effect.PRICE, 1, "EUR", valid_to=DAY),
    }
    entries = [
        PriceEntry("shop", "std", "P", 1, channel="shop"),
        PriceEntry("box", "std", "P", 1, uom="box"),
        PriceEntry("later", "std", "P", 1, valid_from=date(2026, 5, 2)),
        PriceEntry("e", "std", "P", 100 * DEC6),
    ]
    found = choose_price(WIDE, price_table([PriceBook("std", "EUR")], entries, others.values()))
    assert [candidate.source_id for candidate in found.candidates] == ["e"]


def test_another_currency_is_converted_from_the_standard_book_only_where_it_has_no_book() -> None:
    query = PriceQuery("P", DAY, "USD", books=("std",), standard_book="std", rates_e9=(("EUR", 1_085_500_000),))
    entries = [PriceEntry("e", "std", "P", 12_345_678), PriceEntry("u", "dollars", "P", 99 * DEC6)]
    table = price_table([PriceBook("std", "EUR"), PriceBook("dollars", "USD")], entries)
    found = choose_price(query, table).winner
    assert found.price_dec6 == 13_401_233  # 12.345678 x 1.0855 = 13.401233469
    assert found.why == "price book std, converted from 12.345678 EUR at 1.0855"
    own = choose_price(replace(query, books=("dollars",)), table).winner
    assert (own.source_id, own.price_dec6) == ("u", 99 * DEC6)


def test_a_price_without_rate_is_refused() -> None:
    table = price_table(BOOKS, [PriceEntry("e", "std", "P", 100 * DEC6)])
    with pytest.raises(PricingError, match="No rate from EUR to USD"):
        choose_price(PriceQuery("P", DAY, "USD", standard_book="std"), table)


def test_one_rule_of_an_exclusive_group_and_one_that_stands_alone() -> None:
    small = PriceRule(Discount("a", Effect.PERCENT, 50_000), exclusive_group="g")
    large = PriceRule(Discount("b", Effect.PERCENT, 90_000), exclusive_group="g")
    alone = PriceRule(Discount("c", Effect.PERCENT, 10_000), is_stackable=False)
    slices = [Slice(DEC6, 100 * DEC6)]
    assert applying([small, large], QUERY, slices, DEC6, Policy.MOST_SPECIFIC) == (large.discount,)
    assert applying([small, alone], QUERY, slices, DEC6, Policy.MOST_SPECIFIC) == (alone.discount,)
    assert applying([small, alone], QUERY, slices, DEC6, Policy.BEST_PRICE) == (small.discount,)


def test_bad_input_gets_a_sentence() -> None:
    with pytest.raises(PricingError, match="over 100 %"):
        Discount("d", Effect.PERCENT, 1_000_001)
    with pytest.raises(PricingError, match="overlaps"):
        Schedule("s", ScheduleKind.RANGE, Effect.PERCENT, (Tier(DEC6, 1), Tier(DEC6, 2)))
    with pytest.raises(PricingError, match="needs a reason"):
        Tax("AE", 0)
