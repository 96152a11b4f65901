"""Submitted forecasts: kept as said, undone whole, shown beside the methods, compared with what came."""

import pytest

from sfa.errors import ConflictError, NotFoundError, UsageError
from sfa.services import forecast as service
from sfa.services import history, opportunities
from sfa.services.desk import Desk
from sfa.services.forecast_submissions import Wish, submissions, submit
from tests.support.factories import a_user, an_opportunity, clock_of


def count(desk: Desk) -> int:
    return int(str(desk.store.value("SELECT count(*) FROM forecast_submission")))


def test_a_number_is_kept_and_undone(desk: Desk) -> None:
    an_opportunity(desk, amount="500", close_date="2026-03-20", owner="me")
    saved = submit(desk, Wish("2026-Q1", "120k", low="100k", high="150k", note="two big ones"))
    assert saved.summary == "Submitted 120,000.00 USD (commit) for 2026-Q1, deals of Alex Rep"
    found = service.sheet(desk, service.ask(desk, owner="me"))
    assert found.submitted["commit"].point_minor == 120_000_00
    said = next(item for item in found.forecasts if item.method.name == "submitted")
    assert (said.interval.p10, said.interval.p90) == (100_000_00, 150_000_00)
    history.undo(desk)
    assert count(desk) == 0
    assert service.sheet(desk, service.ask(desk, owner="me")).submitted == {}
    history.redo(desk)
    assert count(desk) == 1


def test_what_was_said_is_never_rewritten(desk: Desk) -> None:
    submit(desk, Wish("2026-Q1", "120k"))
    for sql in ("UPDATE forecast_submission SET point_minor = 1", "DELETE FROM forecast_submission"):
        with pytest.raises(ConflictError, match="stays as it was said"), desk.store.write("try") as work:
            work.execute(sql)
    assert count(desk) == 1


def test_a_dry_run_writes_nothing(desk: Desk) -> None:
    assert submit(desk, Wish("2026-Q1", "120k"), is_dry_run=True).operation_id is None
    assert count(desk) == 0


def test_without_own_deals_it_is_about_everybodys(desk: Desk) -> None:
    an_opportunity(desk, amount="500", owner=a_user(desk))
    assert submit(desk, Wish("this quarter", "7k")).summary.endswith("for 2026-Q1, everybody's deals")
    assert service.sheet(desk, service.ask(desk)).submitted["commit"].point_minor == 7_000_00


def test_the_number_of_everybody_is_the_sum_of_what_each_said(desk: Desk) -> None:
    pat = a_user(desk)
    an_opportunity(desk, amount="500", owner="me")
    submit(desk, Wish("2026-Q1", "100"))
    submit(desk, Wish("2026-Q1", "50", owner=pat))
    assert service.sheet(desk, service.ask(desk)).submitted["commit"].point_minor == 150_00


def test_what_came_of_a_number_stands_beside_it(desk: Desk) -> None:
    deal = an_opportunity(desk, amount="500", close_date="2026-03-20", owner="me")
    submit(desk, Wish("2026-Q1", "800"))
    assert submissions(desk)[0].miss_minor is None
    opportunities.win(desk, [deal])
    clock_of(desk).advance(days=30)
    submit(desk, Wish("2026-Q2", "1k", category="best"))
    newest, oldest = submissions(desk)
    assert (newest.label, newest.said.category, newest.horizon) == ("2026-Q2", "best_case", 9)
    assert (oldest.label, oldest.actual_minor, oldest.miss_minor) == ("2026-Q1", 500_00, 300_00)
    assert (oldest.person, oldest.owner, oldest.horizon) == ("Alex Rep", "Alex Rep", 69)
    assert [told.label for told in submissions(desk, "2026-Q1", owner="me")] == ["2026-Q1"]
    assert submissions(desk, currency="EUR") == []


def test_a_forecast_of_an_earlier_day_does_not_know_the_number(desk: Desk) -> None:
    an_opportunity(desk, amount="500", owner="me", created="2026-03-01")
    submit(desk, Wish("2026-Q1", "800"))
    assert service.sheet(desk, service.ask(desk, owner="me", as_of="2026-03-09")).submitted == {}


@pytest.mark.parametrize(
    ("wish", "error", "words"),
    [
        (Wish("soonish", "1k"), UsageError, "is no period"),
        (Wish("2025-Q4", "1k"), UsageError, "2025-Q4 is over"),
        (Wish("2026-Q1", "much"), UsageError, "much"),
        (Wish("2026-Q1", "1k", category="hope"), UsageError, "Nothing is submitted as hope"),
        (Wish("2026-Q1", "1k", low="2k"), UsageError, "within its range"),
        (Wish("2026-Q1", "1k", high="900"), UsageError, "within its range"),
        (Wish("2026-Q1", "1k USD", low="1 EUR"), UsageError, "one currency"),
        (Wish("2026-Q1", "1k", owner="Nobody Here"), NotFoundError, "Nobody Here"),
        (Wish("2026-Q1", "1k", currency="XXQ"), UsageError, "no currency"),
        (Wish("2026-Q1", "1k", is_rolled_up=True, owner=""), UsageError, "below whom"),
    ],
)
def test_what_cannot_be_submitted_is_refused(desk: Desk, wish: Wish, error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        submit(desk, wish)
    assert count(desk) == 0
