"""Amounts in few cells: the same size below zero as above."""

import pytest

from screens.words import short_money
from sfa.domain.money import Money


@pytest.mark.parametrize(
    ("minor", "told"),
    [
        (150_000, "1.5k USD"),
        (-150_000, "-1.5k USD"),
        (-150_001, "-1.5k USD"),
        (-204_999, "-2k USD"),
        (-99_950, "-999 USD"),
        (-99, "0 USD"),
        (-1_250_000_00, "-1.2m USD"),
    ],
)
def test_a_debt_is_cut_as_a_credit_is(minor: int, told: str) -> None:
    assert short_money(Money(minor, "USD")) == told
    assert short_money(Money(-minor, "USD")).removeprefix("-") == told.removeprefix("-")


def test_a_whole_figure_drops_its_tenths() -> None:
    assert short_money(Money(-159_900, "USD"), is_whole=True) == "-1k USD"
