"""A day on the road: what belongs to it, in which order, when, and what is left out and why."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from sfa.errors import NotFoundError, UsageError
from sfa.services import settings
from sfa.services.desk import Desk
from sfa.services.route import Route, Wish, plan
from tests.support.factories import an_account, an_event, clock_of

DAY = date(2026, 3, 12)
ULM, AUGSBURG, STUTTGART = "48.40,9.99", "48.37,10.90", "48.78,9.18"


def routed(desk: Desk, **wish: object) -> Route:
    return plan(desk, Wish(**{"day": DAY, "start": ULM, "begin": "8:00", **wish}))  # type: ignore[arg-type]


def subjects(route: Route) -> list[str]:
    return [visit.stop.subject for visit in route.visits]


def at(latitude: float, longitude: float = 10.0) -> str:
    return f"{latitude},{longitude}"


def test_free_visits_are_taken_along_the_way_to_an_agreed_one(desk: Desk) -> None:
    on_the_way = an_account(desk, name="Halfway", coordinates=at(48.2))
    an_event(desk, subject="Demo", kind="demo", starts="2026-03-12 12:00", place=at(48.0))
    route = routed(desk, accounts=(on_the_way,), minutes="30min")
    assert subjects(route) == ["Halfway", "Demo"]
    halfway, demo = route.visits
    assert halfway.leaves - halfway.begins == timedelta(minutes=30)
    assert f"{demo.begins:%H:%M}" == "12:00"
    assert demo.arrives + timedelta(minutes=demo.wait_min) == demo.begins
    assert (route.late_min, route.wait_min) == (0, demo.wait_min)
    assert route.kilometres == pytest.approx(2 * 55.6, rel=0.01)  # 0.4 degrees of latitude, by road, there and back


def test_times_and_totals_add_up(desk: Desk) -> None:
    accounts = tuple(an_account(desk, name=f"Firm {n}", coordinates=at(48 + n / 10)) for n in range(5))
    an_event(desk, subject="Lunch", kind="meeting", starts="2026-03-12 12:00", place=at(48.2))
    route = routed(desk, accounts=accounts)
    now = route.begins
    for visit in route.visits:
        assert visit.arrives == now + timedelta(minutes=visit.drive_min)
        assert visit.begins == visit.arrives + timedelta(minutes=visit.wait_min)
        assert visit.leaves == visit.begins + timedelta(minutes=visit.stop.minutes)
        now = visit.leaves
    assert route.ends == now + timedelta(minutes=route.last_min)
    assert route.drive_min == sum(visit.drive_min for visit in route.visits) + route.last_min


def test_an_appointment_that_cannot_be_reached_is_marked_late(desk: Desk) -> None:
    an_event(desk, subject="Near", kind="visit", starts="2026-03-12 10:00", ends="2026-03-12 11:00", place=ULM)
    an_event(desk, subject="Far", kind="visit", starts="2026-03-12 11:30", place=STUTTGART)
    route = routed(desk)
    near, far = route.visits
    assert (near.late_min, near.wait_min) == (0, 120)
    assert far.late_min == (far.drive_min - 30) > 0
    assert route.late_min == far.late_min


def test_the_day_begins_early_enough_for_its_first_appointment_unless_told_when(desk: Desk) -> None:
    an_event(desk, subject="Early", kind="visit", starts="2026-03-12 8:00", place=STUTTGART)
    early = routed(desk, begin="")
    assert early.begins == early.visits[0].begins - timedelta(minutes=early.visits[0].drive_min)
    assert early.late_min == 0
    assert routed(desk, begin="7:30").late_min > 0


def test_the_place_of_an_appointment_counts_before_the_address_of_its_account(desk: Desk) -> None:
    account = an_account(desk, name="Acme", city="Ulm", country="Germany")
    an_event(desk, subject="At theirs", kind="visit", starts="2026-03-12 10:00", account=account)
    an_event(desk, subject="Fair", kind="meeting", starts="2026-03-12 14:00", account=account, place="Messe, Augsburg")
    an_event(desk, subject="Room", kind="meeting", starts="2026-03-12 16:00", account=account, place="Room 5")
    assert [round(visit.stop.spot.point.longitude, 1) for visit in routed(desk).visits] == [10.0, 10.9, 10.0]


def test_what_has_no_place_is_told_with_a_remedy_and_left_out(desk: Desk) -> None:
    bare = an_account(desk, name="Bare")
    strange = an_account(desk, name="Strange", city="Zyxwvut", country="DE")
    an_event(desk, subject="Lost", kind="visit", starts="2026-03-12 10:00")
    an_event(desk, subject="Odd", kind="visit", starts="2026-03-12 11:00", place="Room 5")
    an_event(
        desk, subject="Online", kind="demo", starts="2026-03-12 12:00", account=strange, url="https://meet.example/x"
    )
    an_event(desk, subject="Fair", kind="visit", starts="2026-03-12", place=ULM)
    route = routed(desk, accounts=(bare, strange))
    assert subjects(route) == []
    assert {item.subject: item.reason for item in route.unplaced} == {
        "Lost": "it has neither a place nor an account",
        "Odd": "the place “Room 5” is not known",
        "Online": "it is held online",
        "Fair": "it lasts all day",
        "Bare": "Bare has no town",
        "Strange": "the town “Zyxwvut, DE” of Strange is not known",
    }
    assert all("sfa " in item.remedy for item in route.unplaced)


def test_only_visits_meetings_and_demos_that_take_place_are_driven_to(desk: Desk) -> None:
    an_event(desk, subject="Call", kind="call", starts="2026-03-12 10:00", place=ULM)
    an_event(desk, subject="Off", kind="visit", status="cancelled", starts="2026-03-12 10:00", place=ULM)
    an_event(desk, subject="Other day", kind="visit", starts="2026-03-13 10:00", place=ULM)
    an_event(desk, subject="Visit", kind="visit", starts="2026-03-12 10:00", place=ULM)
    assert subjects(routed(desk)) == ["Visit"]


def test_an_account_with_an_appointment_is_not_visited_twice(desk: Desk) -> None:
    account = an_account(desk, name="Acme", coordinates=ULM)
    an_event(desk, subject="Demo", kind="demo", starts="2026-03-12 10:00", account=account)
    assert subjects(routed(desk, accounts=(account, account))) == ["Demo"]


def test_the_day_begins_at_home_and_ends_there_or_elsewhere(desk: Desk) -> None:
    settings.change(desk, "visits.start", "Ulm, Germany")
    account = an_account(desk, name="Acme", city="Augsburg", country="Germany")
    home = plan(desk, Wish(DAY, accounts=(account,)))
    away = plan(desk, Wish(DAY, accounts=(account,), end="Augsburg, Germany"))
    assert home.start == home.end
    assert f"{home.begins:%H:%M}" == "08:30"
    assert home.last_km == pytest.approx(home.visits[0].kilometres)
    assert (away.last_km, away.last_min) == (0, 10)  # somewhere else in the same town


def test_without_a_start_the_day_begins_at_the_first_visit(desk: Desk) -> None:
    account = an_account(desk, name="Acme", coordinates=ULM)
    route = plan(desk, Wish(DAY, accounts=(account,)))
    assert (route.start, route.end, route.kilometres, route.drive_min) == (None, None, 0, 0)


def test_an_unknown_start_or_time_is_refused(desk: Desk) -> None:
    with pytest.raises(NotFoundError, match="“Zyxwvut” is not known"):
        routed(desk, start="Zyxwvut")
    with pytest.raises(UsageError, match="no time of day"):
        routed(desk, begin="early")
    settings.change(desk, "visits.start", "Zyxwvut")
    with pytest.raises(NotFoundError) as caught:
        plan(desk, Wish(DAY))
    assert "sfa config visits.start" in str(caught.value.hint)


def test_due_visits_nearby_are_added_as_many_as_fit(desk: Desk) -> None:
    for number in range(12):
        an_account(desk, name=f"Firm {number:02}", segment="A", coordinates=at(48.4, 10 + number / 100))
    an_account(desk, name="Far away", segment="A", coordinates=at(52.5, 13.4))
    an_account(desk, name="No class", coordinates=ULM)
    an_event(desk, subject="Demo", kind="demo", starts="2026-03-12 10:00", ends="2026-03-12 11:00", place=ULM)
    route = routed(desk, has_due=True, until="13:00", minutes="45")
    added = [visit for visit in route.visits if visit.stop.origin == "due"]
    assert 3 <= len(added) <= 5
    assert f"{route.ends:%H:%M}" <= "13:00"
    assert route.late_min == 0
    assert route.due_left == 12 - len(added)
    assert not {"Far away", "No class"} & set(subjects(route))


def test_due_customers_with_a_visit_in_the_calendar_are_left_alone(desk: Desk) -> None:
    account = an_account(desk, name="Acme", segment="A", coordinates=ULM)
    an_event(desk, subject="Next week", kind="visit", starts="2026-03-18 10:00", account=account)
    assert subjects(routed(desk, has_due=True)) == []


def test_due_visits_need_a_place_to_be_near_to(desk: Desk) -> None:
    with pytest.raises(UsageError, match="where you are"):
        plan(desk, Wish(DAY, has_due=True))


def test_times_are_those_of_the_rep_on_a_day_when_the_clocks_change(desk: Desk) -> None:
    clock_of(desk)._zone = ZoneInfo("Europe/Berlin")
    an_event(desk, subject="Breakfast", kind="meeting", starts="2026-03-29 09:00", zone="Europe/Berlin", place=ULM)
    route = routed(desk, day=date(2026, 3, 29), begin="8:00")
    assert [f"{visit.begins:%H:%M}" for visit in route.visits] == ["09:00"]
    assert f"{route.begins:%H:%M}" == "08:00"
