"""The board: what a column says of its deals at any width."""

import pytest

from screens.pipeline.board import _sums
from sfa.domain.money import Money
from sfa.services.board import StageColumn


def a_column(*sums: Money) -> StageColumn:
    return StageColumn(id="1", name="Negotiation", count=6, sums=sums, cards=())


@pytest.mark.parametrize(
    ("width", "words"),
    [(40, "6 · 211.2k GBP + 99.5k EUR"), (20, "6 · 211.2k GBP +"), (15, "6 · 211k GBP +"), (14, "6 · 211k GBP +")],
)
def test_a_column_says_the_worth_of_its_deals_as_far_as_it_fits(width: int, words: str) -> None:
    assert _sums(a_column(Money(9_950_000, "EUR"), Money(21_120_000, "GBP")), width) == words


def test_a_column_without_amounts_counts_its_deals() -> None:
    assert _sums(a_column(), 14) == "6"
