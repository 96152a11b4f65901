"""Which price and which rules win, and what is refused."""

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
