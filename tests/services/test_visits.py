"""Which customers are due for a visit: by class, by the last visit, near a place."""

from datetime import date, timedelta

import pytest

from sfa.errors import NotFoundError, UsageError
from sfa.services import settings
from sfa.services.desk import Desk
from sfa.services.visits import DueVisit, due_visits
from tests.support.factories import TODAY, a_user, an_account, an_activity, an_event


def names(desk: Desk, **asked: object) -> list[str]:
    return [visit.name for visit in due_visits(desk, **asked).visits]  # type: ignore[arg-type]


def visited(desk: Desk, account: str, days_ago: int, kind: str = "visit", **values: object) -> None:
    day = TODAY - timedelta(days=days_ago)
    an_activity(desk, kind=kind, subject="Talk", account=account, started=day, **values)


def of(desk: Desk, name: str) -> DueVisit:
    return next(visit for visit in due_visits(desk).visits if visit.name == name)


@pytest.mark.parametrize(("segment", "weeks"), [("A", 4), ("b", 8), (" C ", 13)])
def test_a_customer_is_due_when_the_weeks_of_its_class_have_passed(desk: Desk, segment: str, weeks: int) -> None:
    on_time = an_account(desk, name="On time", segment=segment)
    late = an_account(desk, name="Late", segment=segment)
    visited(desk, on_time, weeks * 7 - 1)
    visited(desk, late, weeks * 7 + 14)
    assert names(desk) == ["Late"]
    found = of(desk, "Late")
    assert (found.weeks, found.overdue_days, found.visited) == (weeks, 14, TODAY - timedelta(days=weeks * 7 + 14))


def test_the_day_itself_is_due(desk: Desk) -> None:
    visited(desk, an_account(desk, name="Acme", segment="A"), 28)
    assert of(desk, "Acme").overdue_days == 0


def test_the_weeks_are_a_setting(desk: Desk) -> None:
    visited(desk, an_account(desk, name="Acme", segment="A"), 20)
    assert names(desk) == []
    settings.change(desk, "visits.weeks_a", "2")
    assert of(desk, "Acme").overdue_days == 6


def test_the_longest_overdue_come_first_and_the_never_visited_last(desk: Desk) -> None:
    an_account(desk, name="Never", segment="A")
    visited(desk, an_account(desk, name="Little", segment="A"), 30)
    visited(desk, an_account(desk, name="Much", segment="B"), 100)
    assert names(desk) == ["Much", "Little", "Never"]
    assert of(desk, "Never").overdue_days is None


def test_a_tag_gives_the_class_where_the_segment_means_something_else(desk: Desk) -> None:
    an_account(desk, name="Tagged", segment="Enterprise", tags=["class:A"])
    an_account(desk, name="Both", segment="C", tags=["Class:b"])
    an_account(desk, name="Neither", segment="Enterprise", tags=["vip"])
    assert [(visit.name, visit.customer_class) for visit in due_visits(desk).visits] == [("Tagged", "A"), ("Both", "B")]


def test_a_call_is_a_contact_and_no_visit(desk: Desk) -> None:
    account = an_account(desk, name="Acme", segment="A")
    visited(desk, account, 40)
    visited(desk, account, 3, kind="call")
    found = of(desk, "Acme")
    assert (found.visited, found.contacted) == (date(2026, 1, 29), date(2026, 3, 7))


@pytest.mark.parametrize("kind", ["visit", "meeting", "demo"])
def test_what_took_place_with_the_customer_is_a_visit_and_what_was_cancelled_is_none(desk: Desk, kind: str) -> None:
    visited(desk, an_account(desk, name="Seen", segment="A"), 3, kind=kind)
    visited(desk, an_account(desk, name="Put off", segment="A"), 3, kind=kind, outcome="cancelled")
    assert names(desk) == ["Put off"]


def test_the_next_visit_in_the_calendar_is_told(desk: Desk) -> None:
    account = an_account(desk, name="Acme", segment="A")
    an_event(desk, subject="Past", kind="visit", account=account, starts="2026-03-02 10:00")
    an_event(desk, subject="Call", kind="call", account=account, starts="2026-03-11 10:00")
    an_event(desk, subject="Next", kind="visit", account=account, starts="2026-03-12 10:00")
    assert of(desk, "Acme").planned == date(2026, 3, 12)


def test_one_class_or_several_may_be_asked_for(desk: Desk) -> None:
    for name in "ABC":
        an_account(desk, name=name, segment=name)
    assert names(desk, classes="b") == ["B"]
    assert names(desk, classes="A, C") == ["A", "C"]
    with pytest.raises(UsageError, match="no class D"):
        due_visits(desk, classes="D")


def test_a_limit_says_how_many_there_are(desk: Desk) -> None:
    for number in range(5):
        an_account(desk, name=f"Firm {number}", segment="A")
    found = due_visits(desk, limit=2)
    assert ([visit.name for visit in found.visits], found.count) == (["Firm 0", "Firm 1"], 5)


def test_near_a_place_are_those_within_so_many_kilometres(desk: Desk) -> None:
    an_account(desk, name="Here", segment="A", city="Ulm", country="DE")
    an_account(desk, name="There", segment="A", city="Augsburg", country="DE")
    an_account(desk, name="Given", segment="A", coordinates="48.40,10.00")
    an_account(desk, name="Nowhere", segment="A")
    found = due_visits(desk, near="Ulm, Germany", within_km=30)
    assert ([visit.name for visit in found.visits], found.count, found.unplaced) == (["Given", "Here"], 2, 1)
    assert names(desk, near="48.40,9.99", within_km=100) == ["Given", "Here", "There"]
    assert due_visits(desk, near="Ulm, Germany", within_km=100, limit=1).count == 3
    with pytest.raises(NotFoundError, match="not known"):
        due_visits(desk, near="Zyxwvut")


def test_other_peoples_customers_are_theirs(desk: Desk) -> None:
    an_account(desk, name="Mine", segment="A")
    an_account(desk, name="Theirs", segment="A", owner=a_user(desk, name="Sam Other"))
    assert names(desk) == ["Mine"]
    assert names(desk, is_everybody=True) == ["Mine", "Theirs"]


def test_one_question_is_asked_however_many_are_due_and_an_index_answers_it(desk: Desk) -> None:
    for number in range(20):
        visited(desk, an_account(desk, name=f"Firm {number}", segment="A"), 40 + number)
    asked: list[str] = []
    desk.store.connection.set_trace_callback(asked.append)
    assert due_visits(desk).count == 20
    desk.store.connection.set_trace_callback(None)
    (question,) = (sql for sql in asked if "account" in sql and not sql.startswith("--"))
    plan = desk.store.connection.execute(f"EXPLAIN QUERY PLAN {question}").fetchall()
    assert any("activity_visits (account_id=?)" in step[3] for step in plan)


def test_removed_customers_and_visits_do_not_count(desk: Desk) -> None:
    from sfa.services import accounts, activities  # noqa: PLC0415 - only here

    accounts.remove(desk, [an_account(desk, name="Gone", segment="A")])
    account = an_account(desk, name="Acme", segment="A")
    visit = an_activity(desk, kind="visit", subject="Talk", account=account, started=TODAY)
    assert names(desk) == []
    activities.remove(desk, [visit])
    assert names(desk) == ["Acme"]
