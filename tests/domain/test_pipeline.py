"""The numbers of a pipeline are those of the worked examples, and an ill deal says what is wrong with it."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sfa.domain.pipeline import (
    FRESH_DAYS,
    DealState,
    HealthFlag,
    coverage,
    health,
    median_cycle,
    roll_up,
    slippage,
    velocity,
    weighted,
    win_rate,
)

TODAY = date(2026, 3, 11)
WELL = DealState(
    is_open=True,
    close_date=TODAY + timedelta(days=30),
    next_step="Send the offer",
    next_step_on=None,
    stage_entered_on=TODAY - timedelta(days=3),
    last_activity_on=TODAY - timedelta(days=1),
    planned_on=None,
    rot_days=14,
)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def test_f1_weighted_pipeline() -> None:
    assert weighted([(10_000_000, 500_000), (4_000_000, 750_000), (20_000_000, 100_000)]) == 10_000_000


def test_won_deals_count_in_full() -> None:
    assert weighted([(100, 1_000_000), (100, 0)]) == 100
    assert weighted([]) == 0


def test_a_half_is_rounded_away_from_zero() -> None:
    assert weighted([(1, 500_000)]) == 1
    assert weighted([(-1, 500_000)]) == -1


@given(st.lists(st.tuples(st.integers(0, 10**12), st.integers(0, 10**6))))
def test_the_weighted_pipeline_is_within_half_a_unit(deals: list[tuple[int, int]]) -> None:
    exact = sum((Fraction(amount * share, 10**6) for amount, share in deals), Fraction())
    assert abs(weighted(deals) - exact) <= Fraction(1, 2)


def test_f2_velocity_per_day() -> None:
    per_day = velocity(40, 2_500_000, Fraction(1, 4), 90)
    assert per_day is not None
    assert round(per_day) == 277_778
    assert velocity(40, 2_500_000, Fraction(1, 4), 0) is None


def test_f3_coverage_of_what_is_missing() -> None:
    assert coverage(800_000, 500_000, 180_000) == Fraction(5, 2)


def test_a_met_quota_needs_no_coverage() -> None:
    assert coverage(800_000, 500_000, 500_000) is None
    assert coverage(800_000, 500_000, 600_000) is None


def test_f4_slippage() -> None:
    assert slippage(20, 7) == Fraction(35, 100)
    assert slippage(0, 0) is None


def test_open_deals_never_count_in_the_win_rate() -> None:
    assert win_rate(18, 42) == Fraction(3, 10)
    assert win_rate(0, 5) == 0
    assert win_rate(0, 0) is None


@pytest.mark.parametrize(("days", "median"), [([], None), ([7], 7), ([90, 30, 60], 60), ([10, 15], Fraction(25, 2))])
def test_the_cycle_is_a_median(days: list[int], median: Fraction | None) -> None:
    assert median_cycle(days) == median


def test_each_sum_of_the_roll_up_holds_the_one_before() -> None:
    sums = roll_up({"closed": 100, "commit": 50, "best_case": 30, "pipeline": 20, "omitted": 999})
    assert sums == {"closed": 100, "commit": 150, "best": 180, "total": 200}
    assert roll_up({}) == {"closed": 0, "commit": 0, "best": 0, "total": 0}


def test_a_deal_in_order_has_no_flag() -> None:
    assert health(WELL, TODAY) == frozenset()


@pytest.mark.parametrize("text", [None, "", "  "])
def test_a_deal_without_next_step(text: str | None) -> None:
    state = replace(WELL, next_step=text)
    assert health(state, TODAY) == {HealthFlag.NO_NEXT_STEP}
    assert health(replace(state, planned_on=TODAY), TODAY) == frozenset()
    assert health(replace(state, next_step_on=TODAY), TODAY) == frozenset()
    assert health(replace(state, planned_on=ago(1)), TODAY) == {HealthFlag.NO_NEXT_STEP}


def test_a_close_date_passes_the_day_after() -> None:
    assert health(replace(WELL, close_date=TODAY), TODAY) == frozenset()
    assert health(replace(WELL, close_date=ago(1)), TODAY) == {HealthFlag.OVERDUE}
    assert health(replace(WELL, close_date=None), TODAY) == frozenset()


@pytest.mark.parametrize(
    ("in_stage", "untouched", "is_rotting"),
    [(14, 14, False), (15, 15, True), (15, 14, False), (14, 15, False), (15, None, True), (14, None, False)],
)
def test_a_deal_rots_where_it_stands_untouched_beyond_the_limit(
    in_stage: int, untouched: int | None, *, is_rotting: bool
) -> None:
    last = None if untouched is None else ago(untouched)
    state = replace(WELL, stage_entered_on=ago(in_stage), last_activity_on=last)
    assert (HealthFlag.ROTTING in health(state, TODAY)) is is_rotting


@pytest.mark.parametrize(("days", "is_rotting"), [(-1, True), (0, False), (FRESH_DAYS, False), (FRESH_DAYS + 1, True)])
def test_what_is_planned_within_a_week_keeps_it_fresh(days: int, *, is_rotting: bool) -> None:
    state = replace(WELL, stage_entered_on=ago(99), last_activity_on=None)
    assert (HealthFlag.ROTTING in health(replace(state, planned_on=ago(-days)), TODAY)) is is_rotting
    assert (HealthFlag.ROTTING in health(replace(state, next_step_on=ago(-days)), TODAY)) is is_rotting


def test_no_limit_no_rot() -> None:
    assert health(replace(WELL, stage_entered_on=ago(999), last_activity_on=None, rot_days=None), TODAY) == frozenset()


def test_a_closed_deal_is_never_ill() -> None:
    state = DealState(
        is_open=False,
        close_date=ago(99),
        next_step=None,
        next_step_on=None,
        stage_entered_on=ago(99),
        last_activity_on=None,
        planned_on=None,
        rot_days=1,
    )
    assert health(state, TODAY) == frozenset()
    assert health(replace(state, is_open=True), TODAY) == set(HealthFlag)


def test_every_flag_has_a_glyph_and_a_word_of_its_own() -> None:
    assert len({flag.glyph for flag in HealthFlag}) == len({flag.word for flag in HealthFlag}) == len(HealthFlag)
    assert all(len(flag.glyph) == 1 and flag.word for flag in HealthFlag)
