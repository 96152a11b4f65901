"""Gates, memos, matrices, multipliers and unequal credits in one window; campaigns, bonuses, decay and holdback."""

from fractions import Fraction

import pytest

from sfa.domain.commission.earnings import NO_QUOTA, Quota
from sfa.domain.commission.events import LineKind, Side
from sfa.domain.commission.period import PeriodError, held, withheld
from sfa.domain.commission.plan import Axis, Component, Decay, Function, Tier
from sfa.domain.commission.reversal import Return, ReversalError, at_original_rate
from tests.domain.commission.test_worked_examples import amounts_of, credit_of, lines_of, rated_lines, tiers


def test_a_rule_without_its_quota_says_so_and_pays_nothing() -> None:
    component = Component("base", tiers=tiers((0, 50_000)), axis=Axis.ATTAINMENT)
    (line,) = lines_of(component, NO_QUOTA, 100_000, 200_000)
    assert (line.kind, line.amount_minor, line.is_memo) == (LineKind.NO_QUOTA, 0, True)


def test_the_event_that_opens_a_gate_is_parted_from_what_earlier_ones_gain() -> None:
    gated = Component("extra", tiers=tiers((0, 50_000)), gate="base")
    credits_in = [credit_of(100_000, number) for number in range(3)]
    found = rated_lines(gated, NO_QUOTA, credits_in, [False, True, True])
    assert [(line.kind, line.amount_minor) for line in found] == [
        (LineKind.EARN, 0),
        (LineKind.EARN, 5000),
        (LineKind.RETRO_TRUEUP, 5000),
        (LineKind.EARN, 5000),
    ]


def test_multipliers_of_the_base_rate() -> None:
    rows = (Tier(0, 1_000_000, multiple_ppm=1_000_000), Tier(1_000_000, None, multiple_ppm=1_500_000))
    component = Component("base", Function.MULTIPLIER, rows, axis=Axis.ATTAINMENT)
    quota = Quota(10_000_000, 1_000_000, Fraction(1, 10))
    assert amounts_of(component, quota, 11_000_000) == [1_000_000 + 150_000]


def test_a_matrix_looks_up_the_rate_by_tier_and_band() -> None:
    cells = (
        Tier(0, None, 50_000, band_hi=12),
        Tier(0, 100_000, 70_000, band_lo=12),
        Tier(100_000, None, 90_000, band_lo=12),
    )
    component = Component("base", Function.MATRIX, cells)
    credits_in = [credit_of(60_000, number)._replace(side=Side(band)) for number, band in enumerate((0, 24, 36))]
    assert [line.amount_minor for line in rated_lines(component, NO_QUOTA, credits_in)] == [3000, 5400, 5400]


def test_pay_at_the_rates_that_the_quota_credit_passes_through() -> None:
    component = Component("base", tiers=tiers((0, 50_000), (100_000, 100_000)))
    credits_in = [credit_of(100_000, quota=200_000)]
    assert rated_lines(component, NO_QUOTA, credits_in)[0].amount_minor == 2500 + 5000


def test_a_late_return_takes_less_back_and_never_more_than_was_sold() -> None:
    decay = (Decay(90, 1_000_000), Decay(180, 500_000))
    returns = [Return(50_000, 90), Return(25_000, 91), Return(25_000, 181)]
    assert at_original_rate(10_000, 100_000, returns, decay) == [-5000, -1250, 0]
    with pytest.raises(ReversalError):
        at_original_rate(10_000, 100_000, [Return(100_001, 1)], decay)


def test_no_more_is_released_than_is_held() -> None:
    assert held(1000, withheld(10_005, 100_000), 2001) == 0
    with pytest.raises(PeriodError):
        held(0, 100, 101)
