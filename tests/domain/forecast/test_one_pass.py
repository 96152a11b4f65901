"""What is worked out for many days at once is what each day says by itself."""

from datetime import date, timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from sfa.domain.forecast.backtest import origins, run
from sfa.domain.forecast.book import DAY, Deal, Snapshot, owned, round_half_up, take, unrolled
from sfa.domain.forecast.conversion import entered_on, history, learn
from sfa.domain.forecast.estimate import PPM, Task, as_ppm
from sfa.domain.forecast.flow import flow, measure, since
from sfa.domain.forecast.methods import forecast
from sfa.domain.forecast.submissions import Scope, Submissions
from tests.support.forecasting import Q1, Q2, Q3, a_deal, state

DAYS = st.dates(date(2026, 1, 1), date(2026, 9, 30))
OWNERS = ("ann", "bob")
PATHS = 40


def a_book(seed: int, count: int) -> list[Deal]:
    """Return deals that go through stages and hands, with and without list prices, some told when they had closed."""
    chance = Random(seed)
    return [_drawn(f"{number}", chance) for number in range(count)]


def _drawn(name: str, chance: Random) -> Deal:
    days = sorted(chance.sample(range(272), chance.randint(1, 4)))
    outcome = chance.choice((None, True, True, False))
    states = [
        state(
            Q1.start + day * DAY,
            chance.choice((None, chance.randint(0, 10**7))),
            chance.choice((None, Q1.start + chance.randint(0, 272) * DAY)),
            stage=chance.choice("ab"),
            probability_ppm=chance.randint(0, PPM),
            category=chance.choice(("pipeline", "commit")),
            is_won=outcome if day == days[-1] else None,
            owner=chance.choice(OWNERS),
        )
        for day in days
    ]
    listed = chance.choice((None, chance.randint(1, 10**6)))
    return a_deal(name, *states, list_minor=listed, is_retold=outcome is not None and chance.random() < 0.5)


BOOKS = st.builds(a_book, st.integers(0, 10**6), st.integers(0, 60))


def told(seen: Snapshot) -> object:
    return [(d.id, d.state, d.closed_on, d.value_minor, d.list_minor, d.created_on) for d in seen.deals]


@given(deals=BOOKS, days=st.lists(DAYS, max_size=8))
@settings(max_examples=60, deadline=None)
def test_a_book_unrolled_shows_each_day_as_it_was(deals: list[Deal], days: list[date]) -> None:
    days.sort()
    assert [told(seen) for seen in unrolled(deals, days)] == [told(take(deals, day)) for day in days]


@given(deals=BOOKS, owner=st.none() | st.sampled_from(OWNERS))
@settings(max_examples=8, deadline=None)
def test_each_trial_is_the_forecast_of_its_day_by_itself(deals: list[Deal], owner: str | None) -> None:
    scope = Scope(owner, owners=(owner,) if owner else ())
    past = {Q2: (Q1,), Q1: ()}
    trials = run(deals, [Q2, Q1], past, date(2026, 6, 30), Submissions((), scope), PATHS)
    for trial in trials:
        everybody = take(deals, trial.seen_on)
        seen = owned(everybody, scope.owners) if owner else everybody
        alone = forecast(Task(seen, trial.period, past[trial.period], everybody), paths=PATHS)
        assert [
            (found.method, found.point_minor, found.open_minor, trial.intervals[found.method])
            for found in trial.estimates
        ] == [(one.method.name, one.estimate.point_minor, one.estimate.open_minor, one.interval) for one in alone]
    days = {(period, day) for period in (Q2, Q1) for _, day in origins(period)}
    assert {(trial.period, trial.seen_on) for trial in trials} <= days
    assert [trial.period for trial in trials] == sorted((trial.period for trial in trials), key=(Q2, Q1).index)


@given(deals=BOOKS, day=DAYS)
@settings(max_examples=60, deadline=None)
def test_deals_that_are_alike_have_the_chance_that_each_has_by_itself(deals: list[Deal], day: date) -> None:
    task = Task(take(deals, day), Q3, (Q2, Q1))
    seen, known, start = task.seen, learn(task.seen), since(task.seen, Q3.days)
    for chance, deal in zip(history(task).chances, seen.open if task.days_left else (), strict=True):
        p, timing, age = known.chance(deal, entered_on(deal, day), day)
        share = timing.timed(age, task.first_ahead, task.last_ahead)
        factor = known.amount_factor(deal.state.stage) * seen.worth(deal)
        assert chance.value_minor == round_half_up(factor.numerator, factor.denominator)
        assert share is None or chance.probability_ppm == as_ppm(p * share)
    if start is not None and task.days_left:
        rates, factor = measure(seen, start), known.amount_factor("")
        for chance, deal in zip(flow(task).chances, seen.open, strict=True):
            value = factor * seen.worth(deal)
            within = rates.won_within((day - deal.created_on).days, task.first_ahead, task.last_ahead)
            expected = round_half_up(value.numerator, value.denominator), as_ppm(within)
            assert (chance.value_minor, chance.probability_ppm) == expected


@given(deals=BOOKS, day=DAYS, days=st.integers(-5, 120))
@settings(max_examples=60, deadline=None)
def test_sums_of_what_was_won_are_those_of_the_deals(deals: list[Deal], day: date, days: int) -> None:
    seen, end = take(deals, date(2026, 9, 30)), day + timedelta(days=days)
    won = [d.value_minor or 0 for d in seen.won if d.closed_on and day <= d.closed_on < end]
    assert seen.won_between(day, end) == sum(won)
    assert seen.won_since(day) == sum(1 for d in seen.won if d.closed_on and d.closed_on >= day)
