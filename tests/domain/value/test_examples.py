"""The worked examples of customer value (domain.md 5)."""

import random
from fractions import Fraction

import pytest

from sfa.domain.value.customers import abc, concentration, quintiles, retention, whale
from sfa.domain.value.lifetime import (
    BgNbd,
    Buyer,
    by_retention,
    by_retention_within,
    fit,
    fit_spend,
    hypergeometric,
    simple,
)
from sfa.domain.value.scoring import (
    INDICATORS,
    Purchases,
    Side,
    lifecycle,
    mid_ranks,
    normalised,
    of_rating,
    quadrant,
    score,
    side,
)

CDNOW = BgNbd(0.243, 4.414, 0.793, 2.426)


def test_mid_ranks_of_the_illustration() -> None:
    assert mid_ranks([900, 400, 400, 250, 50]) == [90, 60, 60, 30, 10]
    assert mid_ranks([900, 400, 400, 250, 50], is_better_high=False) == [10, 40, 40, 70, 90]


def test_weights_of_each_dimension_add_up_to_a_hundred() -> None:
    for dimension in "VLGS":
        assert sum(item.weight for item in INDICATORS if item.dimension == dimension) == 100


def test_ratings_and_small_segments_are_scored_by_targets() -> None:
    assert [of_rating(value) for value in (1, 3, 5)] == [0, 50, 100]
    years = next(item for item in INDICATORS if item.name == "years")
    assert normalised({"a": 5.0, "b": 20.0, "c": -1.0}, {}, years) == {"a": 50, "b": 100, "c": 0}


def test_what_is_missing_is_left_out_and_lowers_the_confidence() -> None:
    found = score({"volume": 80.0, "growth": 40.0, "years": 30.0})
    assert found.dimensions == {"V": 80, "L": 30, "G": 40}
    assert found.value == pytest.approx((0.6 * 80 + 0.2 * 40) / 0.8)
    assert (found.loyalty, found.is_provisional) == (30, True)
    assert score({}).value is None


def test_quadrants() -> None:
    high, low = side(50), side(49.9)
    assert [quadrant(value, loyalty)[0] for value in (high, low) for loyalty in (high, low)] == [
        "Key partner", "Win-over", "Cultivate", "Economise",
    ]  # fmt: skip


def test_a_customer_changes_sides_by_five_points_or_by_two_monthly_runs() -> None:
    stood = side(60)
    assert side(45, stood) == Side(is_high=False)
    once = side(48, stood, is_run=True)
    assert once == Side(is_high=True, runs=1)
    assert side(48, once) == once, "looking between two runs is no run"
    assert side(47, once, is_run=True) == Side(is_high=False)
    assert side(51, once, is_run=True) == Side(is_high=True), "back across the limit, the count begins anew"


def test_the_lifecycle_of_a_customer() -> None:
    assert lifecycle(Purchases(0, None, None, None), None) == "potential_new"
    assert lifecycle(Purchases(1, 30, 30, None), None) == "new"
    assert lifecycle(Purchases(9, 900, 50, 30.0), 70.0) == "at_risk"
    assert lifecycle(Purchases(9, 900, 400, 30.0), 70.0) == "lost"
    assert lifecycle(Purchases(9, 900, 20, 30.0), 70.0) == "existing_valued"
    assert lifecycle(Purchases(9, 900, 20, 30.0), 20.0) == "existing"


def test_abc_by_the_share_before_the_customer() -> None:
    profits = dict(zip("abcdefg", (400, 250, 150, 90, 60, 30, 20), strict=True))
    assert "".join(abc(profits).values()) == "AAABBCC"
    assert abc({"x": -5, "y": 10}) == {"x": "C", "y": "A"}
    assert concentration([50, 50]) == (Fraction(1, 2), Fraction(1))
    assert concentration([-1]) == (None, None)
    assert whale([100, 50, -30]) == (Fraction(150, 120), 2)
    assert whale([-1, 0]) is None


def test_quintiles_are_those_of_ntile() -> None:
    assert list(quintiles({str(number): number for number in range(7)}).values()) == [1, 1, 2, 2, 3, 4, 5]
    assert quintiles({"a": 1, "b": 1, "c": 2}, has_exact_ties=True)["a"] == 2


def test_retention_of_a_thousand_customers_of_whom_a_hundred_leave() -> None:
    before = {f"c{number}": 100 for number in range(1000)}
    after = {f"c{number}": 100 for number in range(100, 1000)} | {f"n{number}": 100 for number in range(100)}
    found = retention(before, after)
    assert (found.retention, found.churn, found.new, found.grr) == (
        Fraction(9, 10), Fraction(1, 10), 100, Fraction(9, 10),
    )  # fmt: skip
    assert retention({"a": 100, "b": 100}, {"a": 150, "b": 80}).nrr == Fraction(230, 200)
    assert retention({}, {"a": 1}).retention is None


def test_lifetime_by_the_simple_rule_and_by_retention() -> None:
    kept, discount = Fraction(8, 10), Fraction(1, 10)
    assert simple(100_000, 10) == 1_000_000
    assert by_retention(30_000, kept, discount) == 80_000
    assert by_retention(30_000, kept, discount, is_paid_at_once=True) == 110_000
    assert by_retention_within(30_000_00, kept, discount, 5) == 63_722_92


@pytest.mark.parametrize(("weeks", "purchases"), [(1, 0.053), (3, 0.151), (32, 1.044), (78, 1.858)])
def test_expected_purchases_of_the_published_fit(weeks: int, purchases: float) -> None:
    assert CDNOW.expected(weeks) == pytest.approx(purchases, abs=0.003)


def test_the_series_of_a_function_that_is_known() -> None:
    assert hypergeometric(1, 1, 1, 0.5) == pytest.approx(2)
    with pytest.raises(ValueError, match="converges"):
        hypergeometric(1, 1, 1, 1.0)


def test_a_customer_who_stopped_is_hardly_alive() -> None:
    assert CDNOW.alive(Buyer(0, 0, 30)) == 1
    assert CDNOW.alive(Buyer(9, 10, 60)) < 0.3 < CDNOW.alive(Buyer(9, 58, 60))
    assert CDNOW.expected_of(Buyer(9, 10, 60), 20) < CDNOW.expected_of(Buyer(9, 58, 60), 20)


def test_the_fit_explains_drawn_customers_at_least_as_well_as_what_they_were_drawn_by() -> None:
    chance = random.Random(5)
    buyers = [_drawn(CDNOW, chance, 39.0) for _ in range(300)]
    found = fit(buyers)
    assert found.log_likelihood(buyers) >= CDNOW.log_likelihood(buyers) - 0.01


def _drawn(model: BgNbd, chance: random.Random, observed: float) -> Buyer:
    rate = chance.gammavariate(model.r, 1 / model.alpha)
    stop = chance.betavariate(model.a, model.b)
    time = last = 0.0
    repeats = 0
    while True:
        time += chance.expovariate(rate) if rate > 0 else observed + 1
        if time > observed:
            return Buyer(repeats, last, observed)
        repeats, last = repeats + 1, time
        if chance.random() < stop:
            return Buyer(repeats, last, observed)


def test_spend_of_few_purchases_is_drawn_to_that_of_all() -> None:
    model = fit_spend([(number % 9 + 1, 50.0 + number % 7 * 10) for number in range(60)])
    low, high = model.expected(1, 300.0), model.expected(50, 300.0)
    assert 60 < low < high < 300
