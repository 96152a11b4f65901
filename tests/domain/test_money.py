"""Money is exact, is rounded as the domain says, and is divided without loss."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sfa.domain.currencies import SYMBOLS, currency_of, exponent, is_currency
from sfa.domain.money import Money, MoneyError, Rounding, allocate, round_increment, round_to

AMOUNTS = st.integers(-(10**15), 10**15)
DECIMALS = st.decimals(-(10**12), 10**12, places=6)
WEIGHTS = st.lists(st.integers(0, 10**6), min_size=1, max_size=12).filter(any)


def test_amounts_of_one_currency_add_up() -> None:
    assert Money(1050, "EUR") + Money(-50, "EUR") == Money(1000, "EUR")
    assert Money(1000, "EUR") - Money(1, "EUR") == Money(999, "EUR")
    assert -Money(5, "JPY") == Money(-5, "JPY")
    assert Money(1, "EUR") < Money(2, "EUR") <= Money(2, "EUR")
    assert Money(3, "EUR") > Money(2, "EUR") >= Money(2, "EUR")


def test_amounts_of_two_currencies_do_not_mix() -> None:
    euro, dollar = Money(100, "EUR"), Money(100, "USD")
    assert euro != dollar
    with pytest.raises(MoneyError, match=r"1\.00 EUR and 1\.00 USD"):
        _ = euro + dollar
    with pytest.raises(MoneyError):
        _ = euro - dollar
    with pytest.raises(MoneyError):
        _ = euro < dollar
    with pytest.raises(MoneyError):
        _ = euro >= dollar


@pytest.mark.parametrize(
    ("money", "plain", "for_people"),
    [
        (Money(123400, "USD"), "1234.00", "1,234.00 USD"),
        (Money(-5, "EUR"), "-0.05", "-0.05 EUR"),
        (Money(-123456789, "EUR"), "-1234567.89", "-1,234,567.89 EUR"),
        (Money(20000, "JPY"), "20000", "20,000 JPY"),
        (Money(1234567, "KWD"), "1234.567", "1,234.567 KWD"),
        (Money(0, "CLF"), "0.0000", "0.0000 CLF"),
    ],
)
def test_amounts_show_the_decimals_of_their_currency(money: Money, plain: str, for_people: str) -> None:
    assert money.decimal_string() == plain
    assert str(money) == for_people


@given(AMOUNTS, st.sampled_from(["USD", "JPY", "KWD", "CLF"]))
def test_a_decimal_string_is_the_exact_amount(amount: int, currency: str) -> None:
    assert Decimal(Money(amount, currency).decimal_string()).scaleb(exponent(currency)) == amount


@pytest.mark.parametrize(
    ("amount", "factor", "product"),
    [
        (5, Fraction(1, 2), 3),
        (-5, Fraction(1, 2), -3),
        (267, Decimal("1.005"), 268),
        (100, 3, 300),
        (1, Fraction(1, 3), 0),
        (10**15, Decimal("0.05"), 5 * 10**13),
    ],
)
def test_products_round_half_away_from_zero(amount: int, factor: Fraction | Decimal | int, product: int) -> None:
    assert Money(amount, "EUR").times(factor) == Money(product, "EUR")


@given(AMOUNTS, st.fractions(-10, 10, max_denominator=10**6))
def test_a_product_is_never_off_by_more_than_half_a_unit(amount: int, factor: Fraction) -> None:
    product = Money(amount, "EUR").times(factor).amount_minor
    assert abs(product - factor * amount) <= Fraction(1, 2)
    assert Money(-amount, "EUR").times(factor).amount_minor == -product


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        (Rounding.HALF_UP, ("987.35", "987.30", "987", "990", "987.34", "987.35", "987.25")),
        (Rounding.DOWN, ("987.34", "987.30", "987", "980", "987.34", "987.30", "987.25")),
        (Rounding.UP, ("987.35", "987.40", "988", "990", "987.36", "987.35", "987.50")),
    ],
)
def test_the_published_table_of_increments(mode: Rounding, expected: tuple[str, ...]) -> None:
    increments = ("0.01", "0.10", "1", "10", "0.02", "0.05", "0.25")
    rounded = [round_increment(Decimal("987.345"), Decimal(step), mode) for step in increments]
    assert rounded == [Decimal(text) for text in expected]


@pytest.mark.parametrize(
    ("value", "places", "mode", "expected"),
    [
        ("2.675", 2, Rounding.HALF_UP, "2.68"),
        ("-2.675", 2, Rounding.HALF_UP, "-2.68"),
        ("2.665", 2, Rounding.HALF_EVEN, "2.66"),
        ("2.675", 2, Rounding.HALF_EVEN, "2.68"),
        ("-2.001", 2, Rounding.UP, "-2.01"),
        ("-2.009", 2, Rounding.DOWN, "-2.00"),
        ("1234.5", 0, Rounding.HALF_UP, "1235"),
        ("1.0005", 3, Rounding.HALF_UP, "1.001"),
    ],
)
def test_rounding_to_the_decimals_of_a_currency(value: str, places: int, mode: Rounding, expected: str) -> None:
    assert round_to(Decimal(value), places, mode) == Decimal(expected)


@given(DECIMALS, st.integers(0, 4), st.sampled_from(list(Rounding)))
def test_a_credit_note_mirrors_its_invoice(value: Decimal, places: int, mode: Rounding) -> None:
    rounded = round_to(value, places, mode)
    assert round_to(-value, places, mode) == -rounded
    assert round_to(rounded, places, mode) == rounded
    assert abs(rounded - value) < Decimal(1).scaleb(-places)


@given(DECIMALS, st.sampled_from(["0.01", "0.05", "0.25", "1", "10"]), st.sampled_from(list(Rounding)))
def test_a_rounded_value_is_a_multiple_near_by(value: Decimal, step: str, mode: Rounding) -> None:
    increment = Decimal(step)
    rounded = round_increment(value, increment, mode)
    assert rounded % increment == 0
    assert abs(rounded - value) < increment


def test_an_increment_is_positive() -> None:
    with pytest.raises(ValueError, match="must be positive"):
        round_increment(Decimal(1), Decimal(0))


@pytest.mark.parametrize(
    ("total", "weights", "parts"),
    [
        (10000, (1, 1, 1), [3334, 3333, 3333]),
        (123457, (50, 30, 20), [61729, 37037, 24691]),
        (-10000, (1, 1, 1), [-3334, -3333, -3333]),
        (5, (0, 1, 0), [0, 5, 0]),
        (0, (1, 2), [0, 0]),
        (1, (1, 1), [1, 0]),
    ],
)
def test_the_examples_of_allocation(total: int, weights: Sequence[int], parts: list[int]) -> None:
    assert allocate(total, weights) == parts


@given(AMOUNTS, WEIGHTS)
def test_allocation_loses_nothing_and_is_fair(total: int, weights: list[int]) -> None:
    parts = allocate(total, weights)
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - Fraction(total * weight, sum(weights))) < 1
        assert weight or not part
    assert allocate(-total, weights) == [-part for part in parts]


@pytest.mark.parametrize("weights", [(), (0, 0), (2, -1)])
def test_weights_that_divide_nothing_are_refused(weights: Sequence[int]) -> None:
    with pytest.raises(ValueError, match="Weights"):
        allocate(100, weights)


@given(st.lists(DECIMALS, min_size=1, max_size=12), st.sampled_from(list(Rounding)))
def test_steps_rounded_as_differences_add_up_to_the_rounded_total(amounts: list[Decimal], mode: Rounding) -> None:
    running = [sum(amounts[:count], Decimal(0)) for count in range(len(amounts) + 1)]
    rounded = [round_to(total, 2, mode) for total in running]
    steps = [after - before for before, after in pairwise(rounded)]
    assert sum(steps) == round_to(sum(amounts, Decimal(0)), 2, mode)


@pytest.mark.parametrize(
    ("code", "decimals"), [("USD", 2), ("CNY", 2), ("JPY", 0), ("KWD", 3), ("CLF", 4), ("XCG", 2), ("ISK", 0)]
)
def test_currencies_have_their_decimals(code: str, decimals: int) -> None:
    assert is_currency(code)
    assert exponent(code) == decimals


def test_what_is_no_currency_is_told() -> None:
    assert not any(is_currency(code) for code in ("usd", "XXX", "", "EURO", "MIO"))
    with pytest.raises(KeyError):
        exponent("XXX")


def test_every_sign_means_a_currency() -> None:
    assert all(is_currency(code) for code in SYMBOLS.values())
    assert currency_of("$", "EUR") == "USD"
    assert currency_of("$", "CAD") == "CAD"
    assert currency_of("¥", "JPY") == "JPY"
    assert currency_of("€", "USD") == "EUR"


def test_a_sign_stands_before_those_that_it_ends_in() -> None:
    signs = list(SYMBOLS)
    for at, sign in enumerate(signs):
        assert not any(later.endswith(sign) for later in signs[at + 1 :])
