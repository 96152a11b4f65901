"""What each method makes of deals, and that none sees the future."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sfa.domain.forecast.backtest import origins, run, scores, trusted
from sfa.domain.forecast.book import DAY, Deal, owned, take
from sfa.domain.forecast.bridge import BUCKETS, bridge
from sfa.domain.forecast.conversion import history, learn
from sfa.domain.forecast.estimate import PPM, Task
from sfa.domain.forecast.flow import flow
from sfa.domain.forecast.methods import METHODS, forecast
from sfa.domain.forecast.totals import categories, list_times_win_rate, pace, weighted
from tests.support.forecasting import Q1, Q2, Q3, a_deal, closed, state

if TYPE_CHECKING:
    from sfa.domain.forecast.book import State

MARCH_END = date(2026, 3, 31)
DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))


def steady(per_day: int = 2, days: int = 180, won_every: int = 2) -> list[Deal]:
    """Return deals of 100 made on every day, each closed on its tenth day, every other one won."""
    return [
        closed(f"{day}.{number}", Q1.start + timedelta(days=day), 10, is_won=number % won_every == 0)
        for day in range(days)
        for number in range(per_day)
    ]


def test_a_snapshot_holds_what_was_known_on_its_day() -> None:
    deal = a_deal(
        "x",
        state(date(2026, 1, 5), 100, date(2026, 3, 1)),
        state(date(2026, 2, 1), 150, date(2026, 5, 1)),
        state(date(2026, 5, 9), 170, is_won=True),
    )
    assert take([deal], date(2026, 1, 4)).deals == ()
    early, late = take([deal], date(2026, 1, 31)).deals[0], take([deal], date(2026, 6, 1)).deals[0]
    assert (early.value_minor, early.state.close_date, early.is_open) == (100, date(2026, 3, 1), True)
    assert (late.value_minor, late.closed_on, late.is_won) == (170, date(2026, 5, 9), True)


def test_a_deal_entered_after_it_closed_tells_nothing_of_its_worth_and_date_before() -> None:
    deal = a_deal(
        "x",
        state(date(2026, 1, 5), 999, date(2026, 3, 1)),
        state(date(2026, 3, 1), 999, is_won=True),
        list_minor=70,
        is_retold=True,
    )
    seen = take([deal], date(2026, 2, 1)).deals[0]
    assert (seen.value_minor, seen.list_minor, seen.state.close_date) == (70, 70, None)


def test_a_reopened_deal_is_open_again_and_closed_since_its_last_closing() -> None:
    states = [state(date(2026, 1, day), is_won=won) for day, won in ((1, None), (5, False), (7, None), (9, True))]
    assert take([a_deal("x", *states)], date(2026, 1, 8)).deals[0].is_open
    assert take([a_deal("x", *states)], date(2026, 1, 20)).deals[0].closed_on == date(2026, 1, 9)


def test_the_weighted_sum_counts_what_is_won_and_what_is_dated_into_the_period() -> None:
    deals = [
        a_deal("in", state(Q1.start, 1_000, date(2026, 5, 1), probability_ppm=300_000, category="commit")),
        a_deal("out", state(Q1.start, 1_000, date(2026, 8, 1))),
        a_deal("undated", state(Q1.start, 1_000)),
        closed("won", Q1.start, 100, is_won=True, value=50),
    ]
    task = Task(take(deals, date(2026, 4, 15)), Q2)
    assert weighted(task).point_minor == 350
    assert categories(task) == {"closed": 50, "commit": 1_050, "best": 1_050, "total": 1_050}
    assert "1 open deals without a close date" in weighted(task).notes[0]


def test_a_steady_flow_is_forecast_as_it_flows() -> None:
    deals = steady()
    seen = take(deals, MARCH_END)
    task = Task(seen, Q2, (Q1,))
    expected = take(deals, date(2026, 6, 30)).won_between(Q2.start, Q2.end)
    assert expected == 91 * 100
    for found in (flow(task), pace(task)):
        assert found.point_minor == pytest.approx(expected, rel=0.05)


def test_history_adds_up_open_deals_by_their_record_and_new_ones_of_past_periods() -> None:
    # 40 closed in stage a: 20 of them won, each on its tenth day; one is open there for 4 days.
    record = [closed(f"{number}", Q1.start, 10, is_won=number % 2 == 0) for number in range(80)]
    deals = [*record, a_deal("open", state(MARCH_END - 4 * DAY, 1_000))]
    found = history(Task(take(deals, MARCH_END), Q2, (Q1,)))
    chance = next(chance for chance in found.chances if chance.id == "open")
    assert chance.probability_ppm == 500_000  # all of the 40 won took longer than 4 days, and 6 more lie in the quarter
    assert (found.open_minor, found.new_minor) == (500, 80 // 2 * 100)


def test_a_stage_of_few_closed_deals_takes_the_rate_of_all() -> None:
    many = [closed(f"m{number}", Q1.start, 10, is_won=number < 30) for number in range(60)]
    few = [closed(f"f{number}", Q1.start, 10, is_won=True, stage="b") for number in range(5)]
    known = learn(take([*many, *few, a_deal("o", state(Q1.start, stage="b"))], MARCH_END))
    opened = take([a_deal("o", state(MARCH_END, stage="b"))], MARCH_END).deals[0]
    assert known.chance(opened, MARCH_END, MARCH_END)[0] == pytest.approx(35 / 65)


def test_deals_that_lie_dead_are_not_worth_their_list_price() -> None:
    dead = [a_deal(f"d{number}", state(Q1.start, 1_000)) for number in range(100)]
    task = Task(take([*steady(), *dead], date(2026, 6, 29)), Q3, (Q1,))
    assert list_times_win_rate(task).open_minor > 10 * flow(task).open_minor


def test_a_period_that_is_over_is_told_as_it_was() -> None:
    deals = steady()
    task = Task(take(deals, date(2026, 6, 30)), Q1, ())
    won = task.won_minor
    assert {found.estimate.point_minor for found in forecast(task) if found.method.name != "last_year"} == {won}


def test_an_empty_book_is_forecast_as_nothing() -> None:
    for found in forecast(Task(take([], MARCH_END), Q2, (Q1,))):
        assert (found.estimate.point_minor, found.interval.p10, found.interval.p90) == (0, 0, 0)


def test_the_same_day_gives_the_same_interval() -> None:
    deals = [*steady(), a_deal("x", state(Q1.start, 10_000, date(2026, 5, 5)))]
    task = Task(take(deals, MARCH_END), Q2, (Q1,))
    assert [found.interval for found in forecast(task)] == [found.interval for found in forecast(task)]


def test_no_method_sees_the_future() -> None:
    known = [*steady(days=60), a_deal("x", state(Q1.start, 5_000, date(2026, 4, 9)))]
    planted = [
        closed("later", date(2026, 4, 2), 3, is_won=True, value=10**9),
        *(a_deal(deal.id, *deal.states, state(date(2026, 4, 1), 10**8, is_won=True)) for deal in known[-1:]),
    ]
    before = forecast(Task(take(known, MARCH_END), Q2, (Q1,)))
    after = forecast(Task(take([*known[:-1], *planted], MARCH_END), Q2, (Q1,)))
    assert [(found.estimate.point_minor, found.interval) for found in before] == [
        (found.estimate.point_minor, found.interval) for found in after
    ]


def test_only_the_deals_of_some_people_count_but_rates_are_everybodys() -> None:
    deals = [*steady(), a_deal("mine", state(MARCH_END, 100, owner="me"))]
    everybody = take(deals, MARCH_END)
    task = Task(owned(everybody, {"me"}), Q2, (Q1,), everybody)
    assert [chance.id for chance in flow(task).chances] == ["mine"]
    assert 0 < flow(task).open_minor <= 100


def test_a_backtest_tries_past_periods_week_by_week_and_trusts_the_best() -> None:
    deals = steady()
    trials = run(deals, [Q2], {Q2: (Q1,)}, date(2026, 6, 30))
    assert [trial.horizon for trial in trials] == [horizon for horizon, _ in origins(Q2)] == list(range(0, 91, 7))
    assert {trial.actual_minor for trial in trials} == {9_100}
    found = scores(trials)
    trust = trusted(found)
    assert trust.method in ("combined", "flow", "pace", "history")
    assert "past forecasts" in trust.reason
    error = {score.method: score.wape or 0 for score in found}
    assert error[trust.method] < error["weighted"] / 2


def test_without_history_the_deals_own_probabilities_are_trusted() -> None:
    assert trusted([]).method == "weighted"
    assert "too little history" in trusted([]).reason


@st.composite
def histories(draw: st.DrawFn) -> list[Deal]:
    """Draw deals with up to five states each."""

    def drawn(day: date) -> "State":
        return state(
            day,
            draw(st.none() | st.integers(-(10**6), 10**9)),
            draw(st.none() | DAYS),
            probability_ppm=draw(st.integers(0, PPM)),
            is_won=draw(st.sampled_from((None, None, True, False))),
        )

    days = st.lists(DAYS, min_size=1, max_size=5, unique=True)
    return [a_deal(f"{number}", *map(drawn, sorted(draw(days)))) for number in range(draw(st.integers(0, 12)))]


@given(deals=histories(), first=DAYS, days=st.integers(0, 200))
@settings(max_examples=150, deadline=None)
def test_the_bridge_is_an_exact_identity_and_each_deal_has_one_place(deals: list[Deal], first: date, days: int) -> None:
    after = take(deals, first + timedelta(days=days))
    found = bridge(take(deals, first), after, Q2)
    assert found.difference == 0
    placed = [deal for name in BUCKETS for deal in found.deals[name]]
    assert sorted(placed) == sorted(deal.id for deal in after.deals)


@given(deals=histories(), day=DAYS)
@settings(max_examples=60, deadline=None)
def test_what_comes_later_changes_no_snapshot(deals: list[Deal], day: date) -> None:
    known = [a_deal(deal.id, *(s for s in deal.states if s.on <= day)) for deal in deals if deal.states[0].on <= day]
    one, other = take(deals, day), take(known, day)
    assert [(d.id, d.state, d.closed_on, d.value_minor) for d in one.deals] == [
        (d.id, d.state, d.closed_on, d.value_minor) for d in other.deals
    ]


@given(deals=histories(), day=DAYS)
@settings(max_examples=40, deadline=None)
def test_every_method_gives_an_ordered_interval(deals: list[Deal], day: date) -> None:
    for found in forecast(Task(take(deals, day), Q2, (Q1,)), paths=50):
        assert found.interval.p10 <= found.interval.p50 <= found.interval.p90
        assert found.method.name in METHODS
