"""Which submitted number stands, and how it is compared."""

from datetime import date

import pytest

from sfa.domain.forecast.backtest import run, scores, trusted
from sfa.domain.forecast.book import DAY, size_band, take
from sfa.domain.forecast.estimate import Task
from sfa.domain.forecast.methods import forecast
from sfa.domain.forecast.submissions import CATEGORIES, EVERYBODY, Scope, Submission, Submissions
from tests.support.forecasting import Q1, Q2, closed

MARCH = date(2026, 3, 1)
ANN, BOB, TEAM = Scope("ann", owners=("ann",)), Scope("bob", owners=("bob",)), Scope("ann", True, ("ann", "bob"))  # noqa: FBT003


def said(point: int, scope: Scope = ANN, on: date = MARCH, **more: object) -> Submission:
    """Return a number committed to for the second quarter."""
    told: dict[str, object] = {"period": Q2, "category": "commit", **more}
    return Submission(scope.owner or "ann", scope.key, on=on, point_minor=point, **told)  # type: ignore[arg-type]


def test_the_latest_number_stands_and_none_before_it_was_said() -> None:
    found = Submissions([said(100), said(120, on=date(2026, 3, 9)), said(999, period=Q1)], ANN)
    assert found.standing(Q2, date(2026, 2, 28)) is None
    for day, point in ((MARCH, 100), (date(2026, 3, 8), 100), (date(2026, 3, 9), 120)):
        assert (standing := found.standing(Q2, day)) is not None
        assert standing.point_minor == point


def test_categories_stand_beside_each_other() -> None:
    found = Submissions([said(100), said(300, category="best_case")], ANN)
    points = [getattr(found.standing(Q2, MARCH, name), "point_minor", None) for name in CATEGORIES]
    assert points == [100, 300, None]


def test_a_managers_number_goes_before_the_sum_of_the_teams() -> None:
    own = [said(100, ANN), said(50, BOB)]
    for scope, found, point in (
        (TEAM, own, 150), (EVERYBODY, own, 150), (TEAM, [*own, said(130, TEAM)], 130), (BOB, own, 50),
        (EVERYBODY, [*own, said(140, EVERYBODY)], 140), (Scope("cy", owners=("cy",)), own, None),
    ):  # fmt: skip
        assert getattr(Submissions(found, scope).standing(Q2, MARCH), "point_minor", None) == point


def test_a_submitted_number_is_a_method_with_the_range_that_was_said() -> None:
    seen = take([closed("x", Q2.start, 3, is_won=True, value=40)], date(2026, 5, 1))
    (found,) = forecast(Task(seen, Q2, submitted=said(100, low_minor=80, high_minor=150)), ("submitted",))
    assert (found.estimate.point_minor, found.estimate.won_minor) == (100, 40)
    assert (found.interval.p10, found.interval.p50, found.interval.p90, found.interval.how) == (80, 100, 150, "said")
    assert forecast(Task(seen, Q2), ("submitted",)) == []


def test_submitted_numbers_are_compared_over_the_days_on_which_they_stood_and_never_trusted_for_the_rep() -> None:
    deals = [closed(f"{day}", Q1.start + day * DAY, 10, is_won=True, value=100) for day in range(180)]
    exact = take(deals, date(2026, 7, 1)).won_between(Q2.start, Q2.end)
    spoken = Submissions([said(exact, EVERYBODY, date(2026, 4, 20), low_minor=exact - 1, high_minor=exact + 1)])
    trials = run(deals, [Q2], {Q2: (Q1,)}, date(2026, 6, 30), spoken, paths=50)
    found = {score.method: score for score in scores(trials)}
    # Weekly from 31 March: 21 April is the fourth day, ten of thirteen are left.
    assert (found["submitted"].trials, found["flow"].trials) == (10, 13)
    assert (found["submitted"].wape, found["submitted"].coverage) == (0, 1)
    assert trusted(list(found.values())).method != "submitted"


def test_a_number_without_a_range_has_no_coverage() -> None:
    deals = [closed(f"{day}", Q1.start + day * DAY, 10, is_won=True) for day in range(100)]
    trials = run(deals, [Q2], {Q2: (Q1,)}, date(2026, 6, 30), Submissions([said(1, EVERYBODY)]), paths=50)
    assert next(score for score in scores(trials) if score.method == "submitted").coverage is None


@pytest.mark.parametrize(
    ("minor", "band"),
    [
        (None, ""),
        (0, ""),
        (-5, ""),
        (1, "1"),
        (2, "1"),
        (3, "3"),
        (9, "3"),
        (10, "10"),
        (29_99, "1000"),
        (30_00, "3000"),
    ],
)
def test_size_bands_grow_by_three(minor: int | None, band: str) -> None:
    assert size_band(minor) == band
