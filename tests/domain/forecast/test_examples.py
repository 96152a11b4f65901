"""The worked examples of the forecast (domain.md 3.2 to 3.6)."""

from datetime import date
from fractions import Fraction

import pytest

from sfa.domain.forecast import accuracy
from sfa.domain.forecast.book import take
from sfa.domain.forecast.bridge import slip
from sfa.domain.forecast.conversion import smoothed
from sfa.domain.forecast.estimate import Chance, Estimate, Task, total_of
from sfa.domain.forecast.interval import Model, analytic, distribution, interval, quantile, seed_of
from sfa.domain.pipeline import coverage, slippage, velocity
from tests.support.forecasting import Q3, a_deal, state

F6 = (Chance(60, 500_000), Chance(40, 250_000), Chance(100, 300_000))


def test_f1_the_weighted_sum() -> None:
    deals = [Chance(100_000, 500_000), Chance(40_000, 750_000), Chance(200_000, 100_000)]
    assert total_of(deals) == 100_000


def test_f2_velocity_per_day() -> None:
    found = velocity(40, 25_000_00, Fraction(1, 4), 90)
    assert found is not None
    assert round(float(found) / 100, 2) == 2777.78


def test_f3_coverage() -> None:
    assert coverage(800_000, 500_000, 180_000) == Fraction(5, 2)


def test_f4_seven_of_twenty_slipped() -> None:
    deals = []
    for number in range(20):
        began = state(date(2026, 6, 1), close=date(2026, 9, 1))
        if number < 13:
            later = state(date(2026, 8, 1), close=date(2026, 9, 1), is_won=number < 8)
        else:
            later = state(date(2026, 8, 1), close=date(2026, 11, 1))
        deals.append(a_deal(f"{number}", began, later))
    found = slip(take(deals, Q3.start), take(deals, date(2026, 9, 30)), Q3)
    assert (len(found.due), len(found.won), len(found.lost), len(found.slipped)) == (20, 8, 5, 7)
    assert slippage(len(found.due), len(found.slipped)) == Fraction(35, 100)
    assert sum(found.pushes.values()) == 7


def test_f5_a_rate_shrunk_to_its_parent() -> None:
    assert round(smoothed(18, 60, 0.25), 4) == 0.2929


def test_f6_the_exact_distribution() -> None:
    found = distribution(F6)
    expected = {0: 0.2625, 40: 0.0875, 60: 0.2625, 100: 0.2, 140: 0.0375, 160: 0.1125, 200: 0.0375}
    assert {amount: round(p, 6) for amount, p in found.items()} == expected
    assert (quantile(found, 0.5), quantile(found, 0.9)) == (60, 160)
    exact = interval(Estimate("m", 0, 70, chances=F6), Model(rho=0), 1, target_minor=100)
    assert (exact.p50, exact.p90, exact.mean, exact.how) == (60, 160, 70, "exact")
    assert exact.reach == pytest.approx(0.3875)


def test_f6_the_simulation_agrees_within_its_error() -> None:
    many = (*F6, *(Chance(0, 0) for _ in range(20)), *(Chance(1, 1_000) for _ in range(30)))
    drawn = interval(Estimate("m", 0, 70, chances=many), Model(rho=0), seed_of("f6"))
    assert drawn.how == "simulated"
    assert (drawn.p50, drawn.p90) == (60, 160)
    assert drawn.mean == pytest.approx(70, abs=3 * 54 / 100)


def test_the_common_fortune_widens_the_interval() -> None:
    deals = tuple(Chance(1_000, 300_000) for _ in range(200))
    apart, together = (interval(Estimate("m", 0, 60_000, chances=deals), Model(rho=rho), 7) for rho in (0.0, 0.1))
    assert together.p90 - together.p10 > 2 * (apart.p90 - apart.p10)


@pytest.mark.parametrize("count", [60, 400], ids=["each deal drawn", "all together"])
def test_the_drawn_interval_agrees_with_the_analytic_one(count: int) -> None:
    deals = tuple(Chance(1_000 + number, 200_000 + number * 1_000) for number in range(count))
    drawn = interval(Estimate("m", 0, total_of(deals), chances=deals), Model(), seed_of("agree"))
    for share, found in ((0.1, drawn.p10), (0.5, drawn.p50), (0.9, drawn.p90)):
        assert found == pytest.approx(analytic(deals, share, Model()), rel=0.05)


def test_f7_published_values_of_the_measures() -> None:
    assert accuracy.mape((3, -0.5, 2, 7), (2.5, 0, 2, 8))[0] == pytest.approx(0.3273, abs=1e-4)
    assert accuracy.pinball((1, 2, 3), (1, 2, 4), 0.1) == pytest.approx(0.3)
    assert accuracy.brier((0, 1, 1, 0), (0.1, 0.9, 0.8, 0.3)) == pytest.approx(0.0375)


def test_f8_bias_alone_hides_errors() -> None:
    actual, forecast = (100, 200, 50, 400), (110, 180, 80, 380)
    assert round(accuracy.mape(actual, forecast)[0] or 0, 4) == 0.2125
    assert round(accuracy.wape(actual, forecast) or 0, 4) == 0.1067
    assert accuracy.bias(actual, forecast) == 0


def test_what_cannot_be_divided_is_skipped_and_counted() -> None:
    assert accuracy.mape((0, 10), (5, 11)) == (0.1, 1)
    assert accuracy.wape((0,), (5,)) is None
    assert accuracy.skill((1, 1), (0.9, 0.8)) is None


def test_the_reliability_table_is_by_tenths() -> None:
    rows = accuracy.reliability((1, 0, 1), (0.11, 0.19, 1.0))
    assert [(row.count, round(row.said, 2), row.observed) for row in rows] == [(2, 0.15, 0.5), (1, 1.0, 1.0)]


def test_days_ahead_of_a_period_under_way_and_of_one_to_come() -> None:
    under_way, to_come = (Task(take([], day), Q3) for day in (date(2026, 8, 31), date(2026, 6, 20)))
    assert (under_way.first_ahead, under_way.last_ahead, under_way.days_left) == (1, 30, 30)
    assert (to_come.first_ahead, to_come.last_ahead, to_come.days_left) == (11, 102, 92)
