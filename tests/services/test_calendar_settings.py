"""What the calendar is told by settings, and public holidays."""

from datetime import date

import pytest

from sfa.errors import UsageError
from sfa.services import settings
from sfa.services.calendar_page import calendar_page, remember_view, remembered_view
from sfa.services.calendar_settings import calendar_settings, read_days, read_hours
from sfa.services.desk import Desk
from sfa.services.holidays import public_holidays
from tests.support.factories import a_task, an_event


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("mon-fri", {0, 1, 2, 3, 4}),
        ("Sun–Thu", {6, 0, 1, 2, 3}),
        ("mon, wed fri", {0, 2, 4}),
        ("sat", {5}),
        ("", set()),
    ],
)
def test_working_days_may_go_over_the_end_of_a_week(text: str, days: set[int]) -> None:
    assert read_days(text) == days


@pytest.mark.parametrize("text", ["9-17", "17:00-09:00", "09:00-25:00", "early"])
def test_working_hours_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(UsageError, match="no working hours"):
        read_hours(text)


def test_settings_are_checked_before_they_are_written(desk: Desk) -> None:
    saved = settings.change(desk, "calendar.holidays", '["de-by", "US"]')
    assert saved.summary == "Set calendar.holidays to DE-BY, US"
    with pytest.raises(UsageError, match="“NARNIA” is no country"):
        settings.change(desk, "calendar.holidays", "DE,Narnia")
    settings.change(desk, "calendar.work_days", "sun-thu")
    settings.change(desk, "calendar.second_zone", "china standard time")
    found = calendar_settings(desk)
    assert found.countries == ("DE-BY", "US")
    assert found.second_zone == "Asia/Shanghai"
    for key in ("working_hours", "work_days", "week_start", "second_zone", "reminders"):
        with pytest.raises(UsageError):
            settings.change(desk, f"calendar.{key}", "nonsense!")
    assert calendar_settings(desk) == found
    settings.reset(desk, "calendar.holidays")
    assert calendar_settings(desk).countries == ()


def test_holidays_of_one_country_have_their_name_and_of_several_the_country_too() -> None:
    april = (date(2026, 4, 1), date(2026, 5, 1))
    assert public_holidays(["DE-BY"], *april) == {date(2026, 4, 3): "Good Friday", date(2026, 4, 6): "Easter Monday"}
    both = public_holidays(["DE", "GB-ENG"], *april)
    assert both[date(2026, 4, 3)] == "Good Friday"
    assert public_holidays(["DE", "US"], date(2026, 7, 3), date(2026, 7, 5)) == {
        date(2026, 7, 3): "US: Independence Day (observed)",
        date(2026, 7, 4): "US: Independence Day",
    }
    assert public_holidays([], *april) == {}


def test_a_part_of_a_country_has_holidays_of_its_own_also_over_the_turn_of_a_year() -> None:
    turn = (date(2025, 12, 31), date(2026, 1, 7))
    assert date(2026, 1, 6) in public_holidays(["DE-BY"], *turn)
    assert date(2026, 1, 6) not in public_holidays(["DE"], *turn)
    with pytest.raises(UsageError, match="“DE-XX” is no country"):
        public_holidays(["DE-XX"], *turn)


def test_a_page_holds_what_its_days_hold(desk: Desk) -> None:
    an_event(desk, subject="Demo", starts="2026-03-12T10:00")
    an_event(desk, subject="Next month", starts="2026-04-12T10:00")
    a_task(desk, subject="Late", due="2026-03-02")
    a_task(desk, subject="Due", due="2026-03-11")
    page = calendar_page(desk, date(2026, 3, 9), date(2026, 3, 16))
    assert [item.subject for item in page.appointments] == ["Demo"]
    assert [(task.subject, task.is_late) for task in page.tasks] == [("Late", True), ("Due", False)]
    assert page.next is not None
    assert page.next.subject == "Demo"
    later = calendar_page(desk, date(2026, 4, 6), date(2026, 4, 13))
    assert later.tasks == ()
    assert later.next is not None
    assert later.next.subject == "Demo"


def test_the_view_is_remembered_and_no_step_to_undo(desk: Desk) -> None:
    assert remembered_view(desk) == "week"
    remember_view(desk, "agenda")
    assert remembered_view(desk) == "agenda"
    assert desk.store.value("SELECT count(*) FROM operation WHERE verb = 'calendar.view'") == 0


def test_a_page_costs_the_same_queries_however_much_is_planned(desk: Desk) -> None:
    def count() -> int:
        seen: list[str] = []
        desk.store.connection.set_trace_callback(seen.append)
        calendar_page(desk, date(2026, 3, 9), date(2026, 3, 16))
        desk.store.connection.set_trace_callback(None)
        return len(seen)

    an_event(desk, subject="Weekly", starts="2026-03-12T10:00", repeats="FREQ=WEEKLY")
    a_task(desk, subject="Due", due="2026-03-11")
    few = count()
    for number in range(30):
        an_event(desk, subject=f"Weekly {number}", starts="2026-03-12T10:00", repeats="FREQ=WEEKLY")
        an_event(desk, subject=f"Once {number}", starts="2026-03-12T10:00")
        a_task(desk, subject=f"Due {number}", due="2026-03-11")
    assert count() == few
