"""Schedules over several lines and over terms, what is said when they are saved, and what the next break brings."""

import pytest

from sfa.domain.figures import DEC6
from sfa.domain.pricing.amounts import Effect, PricingError
from sfa.domain.pricing.breaks import NextBreak, next_break
from sfa.domain.pricing.checks import rule_warnings, schedule_warnings, tiers_of
from sfa.domain.pricing.lookup import ContractPrice, PriceBook, PriceEntry, price_table
from sfa.domain.pricing.rules import Condition, Discount, PriceRule
from sfa.domain.pricing.schedules import Measure, Schedule, ScheduleKind, Scope, Tier
from sfa.domain.pricing.waterfall import price_line, price_lines
from tests.support.pricing import DAY, asked, d6, tiers

TEN_OFF = tiers(("1", "0"), ("10", "10"), percent=True)


def by_tens(scope: Scope) -> Schedule:
    return Schedule("V", ScheduleKind.RANGE, Effect.PERCENT, TEN_OFF, scope)


def test_a_schedule_of_the_quote_counts_all_its_lines_and_one_of_a_group_those_of_the_group() -> None:
    for scope, prices in ((Scope.LINE, [100, 100, 100]), (Scope.GROUP, [90, 90, 100]), (Scope.QUOTE, [90, 90, 90])):
        requests = [
            asked(quantity, schedule=by_tens(scope), group=group)
            for quantity, group in (("6", "a"), ("4", "a"), ("5", "b"))
        ]
        assert [line.net_dec6 // DEC6 for line in price_lines(requests)] == prices


def test_a_line_that_is_only_offered_sees_the_others_and_does_not_count_for_them() -> None:
    requests = [
        asked("6", schedule=by_tens(Scope.QUOTE)),
        asked("4", schedule=by_tens(Scope.QUOTE), is_counted=False),
    ]
    assert [line.net_dec6 for line in price_lines(requests)] == [d6("100"), d6("90")]


@pytest.mark.parametrize(("kind", "minor"), [(ScheduleKind.RANGE, 2 * 18 * 9000), (ScheduleKind.SLAB, 2 * 171_000)])
def test_a_schedule_of_terms_prices_all_periods(kind: ScheduleKind, minor: int) -> None:
    """18 months of two licences at 100: from the 10th month on, 10 % off."""
    schedule = Schedule("T", kind, Effect.PERCENT, TEN_OFF, measure=Measure.TERM)
    line = price_line(asked("2", schedule=schedule, term_dec6=d6("18")))
    assert (line.amount_minor, line.list_minor, line.is_whole_term) == (minor, 360_000, True)
    assert line.quantity_dec6 == d6("2")
    assert "of 18 periods" in line.steps[1].why


def test_a_schedule_of_terms_without_whole_periods_is_refused() -> None:
    schedule = Schedule("T", ScheduleKind.SLAB, Effect.PERCENT, TEN_OFF, measure=Measure.TERM)
    for term in (None, d6("1.5"), 0, -DEC6):
        with pytest.raises(PricingError, match="counts periods"):
            price_line(asked("2", schedule=schedule, term_dec6=term))


def test_slabs_and_terms_are_those_of_one_line() -> None:
    with pytest.raises(PricingError, match="only a range schedule"):
        Schedule("V", ScheduleKind.SLAB, Effect.PERCENT, TEN_OFF, Scope.GROUP)
    with pytest.raises(PricingError, match="a term is that of one line"):
        Schedule("V", ScheduleKind.RANGE, Effect.PERCENT, TEN_OFF, Scope.QUOTE, measure=Measure.TERM)


def test_tiers_with_both_bounds_are_read_without_gaps_and_overlaps() -> None:
    rows = [(d6("1"), d6("9"), 0), (d6("10"), d6("19"), 1), (d6("20"), None, 2)]
    assert tiers_of(rows) == (Tier(d6("1"), 0), Tier(d6("10"), 1), Tier(d6("20"), 2))
    kilos = [(0, d6("6"), 0), (d6("6"), None, 1)]
    assert tiers_of(kilos, unit_dec6=0) == (Tier(0, 0), Tier(d6("6"), 1))


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([(1, 9, 0), (12, None, 1)], r"tiers\[1\]: there is a gap between 9 and 12.*Begin this tier at 10"),
        ([(1, 9, 0), (9, None, 1)], r"tiers\[1\]: the tier from 9 overlaps the one from 1 to 9"),
        ([(1, None, 0), (1, None, 1)], r"tiers\[1\]: the tier from 1 overlaps the one from 1"),
        ([(5, 3, 0)], r"tiers\[0\]: it ends at 3, before it begins at 5"),
    ],
)
def test_gaps_and_overlaps_are_refused_with_their_place(rows: list[tuple[int, int | None, int]], sentence: str) -> None:
    with pytest.raises(PricingError, match=sentence):
        tiers_of([(lo * DEC6, None if hi is None else hi * DEC6, value) for lo, hi, value in rows])


def test_a_schedule_warns_where_more_costs_less() -> None:
    rows = tiers(("1", "10"), ("100", "9"))
    warned = schedule_warnings(Schedule("V", ScheduleKind.RANGE, Effect.PRICE, rows), 0)
    assert warned == ["Schedule V: 100 cost less in all than 99; the type slab avoids that."]
    assert schedule_warnings(Schedule("V", ScheduleKind.SLAB, Effect.PRICE, rows), 0) == []


def alone(name: str, priority: int = 0, **condition: object) -> PriceRule:
    return PriceRule(Discount(name, Effect.PERCENT, 1), priority, Condition(**condition), is_stackable=False)  # type: ignore[arg-type]


def test_two_rules_that_stand_alone_with_one_priority_are_reported() -> None:
    assert len(rule_warnings([alone("a"), alone("b")])) == 1
    assert rule_warnings([alone("a"), alone("b", 1)]) == []
    assert rule_warnings([alone("a", products=frozenset("P")), alone("b", products=frozenset("Q"))]) == []
    assert rule_warnings([alone("a", max_qty_dec6=DEC6), alone("b", min_qty_dec6=2 * DEC6)]) == []


def test_the_next_break_says_how_much_is_missing_and_what_it_saves() -> None:
    """8 at 100; from 10 on, 90 each: two more cost 100 more in all, and save 100."""
    found = next_break([asked("8", schedule=by_tens(Scope.LINE))], 0)
    assert found == NextBreak(d6("2"), d6("10"), 90_000, 10_000, 10_000)
    assert next_break([asked("10", schedule=by_tens(Scope.LINE))], 0) is None
    assert next_break([asked("-8", schedule=by_tens(Scope.LINE))], 0) is None


def test_the_next_break_of_a_quote_saves_on_all_its_lines() -> None:
    requests = [asked("6", schedule=by_tens(Scope.QUOTE)), asked("3", schedule=by_tens(Scope.QUOTE))]
    found = next_break(requests, 1)
    assert found == NextBreak(d6("1"), d6("4"), 90_000, 0, 10_000)


def test_rules_and_contracts_that_begin_at_a_quantity_are_breaks_too() -> None:
    rule = PriceRule(Discount("r", Effect.PERCENT, 50_000), condition=Condition(min_qty_dec6=d6("5")))
    by_rule = next_break([asked("4", rules=(rule,))], 0)
    assert by_rule
    assert (by_rule.missing_dec6, by_rule.saved_minor) == (DEC6, 2500)
    request = asked("4")
    query = type(request.query)("P", DAY, "EUR", d6("4"), accounts=("A",), books=("std",))
    agreed = [ContractPrice("c", "A", "P", Effect.PRICE, d6("80"), "EUR", min_qty_dec6=d6("6"))]
    table = price_table([PriceBook("std", "EUR")], [PriceEntry("e", "std", "P", d6("100"))], agreed)
    by_contract = next_break([asked("4", query=query)], 0, table)
    assert by_contract
    assert (by_contract.missing_dec6, by_contract.saved_minor) == (d6("2"), 12_000)


def test_percentages_of_an_additive_group_count_together_wherever_they_stand() -> None:
    own = [Discount(name, Effect.PERCENT, 100_000, additive_group="g") for name in ("a", "c")]
    line = price_line(asked("1", representative=(own[0], Discount("b", Effect.PERCENT, 500_000), own[1])))
    assert [step.after_dec6 // DEC6 for step in line.steps] == [100, 90, 80, 40]


@pytest.mark.parametrize(
    ("order", "net"),
    [(("10 %", "5 %"), "85.5"), (("10", "5 %"), "85.5"), (("5 %", "10"), "85"), (("10 +", "5 +"), "85")],
)
def test_the_order_of_discounts_matters(order: tuple[str, str], net: str) -> None:
    """10 % then 5 % of 100; 10 off then 5 %; 5 % then 10 off; both in an additive group (domain.md 2.2)."""
    own = []
    for words in order:
        number, _, unit = words.partition(" ")
        effect, value = (Effect.PERCENT, int(number) * 10_000) if unit else (Effect.AMOUNT, d6(number))
        own.append(Discount(words, effect, value, additive_group="g" if unit == "+" else ""))
    assert price_line(asked("1", representative=tuple(own))).net_dec6 == d6(net)


def test_an_amount_that_takes_more_than_the_price_is_refused_where_somebody_typed_it() -> None:
    more = Discount("d", Effect.AMOUNT, d6("100.01"), "goodwill")
    with pytest.raises(
        PricingError, match=r"goodwill: 100\.01 off per unit takes more than the price, 100: that is over"
    ):
        price_line(asked("1", representative=(more,)))
    assert price_line(asked("1", rules=(PriceRule(more),))).amount_minor == 0
    whole = Discount("d", Effect.AMOUNT, d6("100"))
    assert price_line(asked("1", partner=(whole,))).amount_minor == 0
