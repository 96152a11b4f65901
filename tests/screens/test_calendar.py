"""The calendar by keys: where one goes, what is done to appointments, what it says, and that it can be undone."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from screens.calendar.screen import CalendarScreen
from screens.calendar.time_grid import TimeGrid
from sfa.services.agenda import agenda
from sfa.services.desk import Desk
from tests.support.driver import LARGE, SIZES, SMALL, Driver, desk_driver
from tests.support.factories import a_contact, a_task, a_user, an_account, an_event, column_of

MONDAY = "2026-03-09"


def a_week(desk: Desk) -> None:
    """Fill the week of the 10th of March, a Tuesday; it is noon there."""
    an_account(desk, name="Acme")
    a_contact(desk, name="Jane Doe", account="Acme")
    an_event(desk, subject="Demo", kind="demo", starts="2026-03-10T14:00", contact="Jane Doe")
    an_event(desk, subject="Review", starts="2026-03-12T09:00", ends="10:30", account="Acme")
    an_event(desk, subject="Jour fixe", starts="2026-03-02T10:00", repeats="FREQ=WEEKLY")
    an_event(desk, subject="Fair", starts="2026-03-13", ends="2026-03-14")
    a_task(desk, subject="Send the quote", due="2026-03-10", account="Acme")


def told(drive: Driver, first: str = MONDAY, days: int = 7) -> list[str]:
    """Return the appointments of some days, as `Tue 14:00–15:00 Demo`."""
    low = date.fromisoformat(first)
    found = agenda(drive.desk, low, date.fromordinal(low.toordinal() + days), has_cancelled=True).appointments
    return [
        f"{item.starts:%a}{'' if item.is_all_day else f' {item.starts:%H:%M}–{item.ends:%H:%M}'} {item.subject}"
        for item in found
    ]


def calendar(drive: Driver) -> CalendarScreen:
    """Return the calendar's screen."""
    screen = drive.screen
    assert isinstance(screen, CalendarScreen)
    return screen


def title(drive: Driver) -> str:
    return next(line for line in drive.lines if "March" in line or "2026" in line)


def place(drive: Driver) -> str:
    """Return where the cursor is, as `Tue 12:00`."""
    cursor = calendar(drive).cursor
    minute = cursor.minute
    return f"{cursor.day:%a}" + ("" if minute is None else f" {minute // 60:02d}:{minute % 60:02d}")


async def go_to(drive: Driver, subject: str) -> None:
    """Put the cursor on an appointment of the days shown."""
    for item in calendar(drive)._items():
        if item.subject == subject:
            calendar(drive)._put_cursor(item)
            calendar(drive).query_one(TimeGrid).moved()
            await drive.settle()
            return
    raise AssertionError(f"no {subject} here")


@pytest.mark.parametrize("size", SIZES)
async def test_the_week_shows_appointments_tasks_and_what_comes_next(tmp_path: Path, size: tuple[int, int]) -> None:
    async with desk_driver(tmp_path, size=size, fill=a_week) as drive:
        await drive.press("2")
        assert "Week 11 · 9–15 March 2026" in drive.text
        assert "next in 2 h: Demo" in drive.text
        for words in ("Demo", "Review", "Fair", "Send the quote", "Mon 9", "Tue 10"):
            assert words in drive.text
        assert place(drive) == "Tue 12:00"
        assert drive.footer.startswith(" n New")


async def test_the_clock_counts_down_and_goes_on_to_the_one_after(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_week) as drive:
        await drive.press("2")
        drive.clock.advance(minutes=95)
        await drive.app.minute_passed()
        await drive.settle()
        assert "next in 25 min: Demo" in drive.text
        drive.clock.advance(minutes=30)
        await drive.app.minute_passed()
        await drive.settle()
        assert "next in 1 day: Review" in drive.text


async def test_arrows_and_letters_go_by_lines_and_days(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_week) as drive:
        await drive.press("2", "down", "j")
        assert place(drive) == "Tue 13:00"
        await drive.press("right", "l", "h", "up")
        assert place(drive) == "Wed 12:30"
        await drive.press("home", "left")
        assert place(drive) == "Sun 12:30"
        assert "2–8 March" in title(drive)
        await drive.press("t")
        assert place(drive) == "Tue 12:00"
        assert "9–15 March" in title(drive)
        await drive.press("end")
        assert place(drive) == "Sun 12:00"
        await drive.press(*["pageup"] * 5, "up")
        assert place(drive) == "Sun"
        await drive.press("down", "0")
        assert place(drive) == "Sun"


async def test_views_are_one_key_each_and_remembered(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_week) as drive:
        await drive.press("2", "d")
        assert "Tuesday, 10 March 2026" in drive.text
        await drive.press("a")
        assert drive.row("Demo") == {
            "day": "Tue 10 Mar",
            "when": "14:00–15:00",
            "title": "Demo",
            "who": "Jane Doe, Acme",
            "place": "",
            "ref": drive.row("Demo")["ref"],
        }
        assert drive.row("Send the quote")["when"] == "task"
        await drive.press("m")
        assert title(drive).startswith("╭─ March 2026")
    async with desk_driver(tmp_path) as drive:
        await drive.press("2")
        assert title(drive).startswith("╭─ March 2026")
        await drive.press("u")
        assert "calendar" not in drive.said.lower()


async def test_a_date_in_words_is_gone_to(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_week) as drive:
        await drive.press("2", "g")
        await drive.write("in 2 weeks")
        await drive.press("enter")
        assert "23–29 March" in title(drive)
        await drive.press("g")
        await drive.write("when pigs fly")
        await drive.press("enter")
        assert drive.is_dialog_open
        assert drive.problem
        await drive.press("escape", "]")
        assert "30 Mar – 5 Apr" in title(drive)
        await drive.press("[", "[")
        assert "16–22 March" in title(drive)


async def test_a_new_appointment_begins_at_the_cursor(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_week) as drive:
        await drive.press("2", "right", "down", "n")
        assert drive.dialog == "New appointment"
        await drive.write("Dentist")
        await drive.press("enter")
        assert "Wed 12:30–13:30 Dentist" in told(drive)
        assert drive.said.startswith("Added event Dentist")
        assert "u undoes it" in drive.said
        assert place(drive) == "Wed 12:30"
        await drive.press("u")
        assert "Wed 12:30–13:30 Dentist" not in told(drive)


async def test_its_first_line_takes_quick_entry(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_week) as drive:
        await drive.press("2", "n")
        await drive.write("demo at Acme thu 16:00")
        await drive.press("enter")
        added = drive.desk.store.row("SELECT kind, account_id IS NOT NULL, starts_wall FROM event ORDER BY rowid DESC")
        assert added == ("demo", 1, "2026-03-12T16:00")
        await drive.press("n")
        await drive.write("Lunch with Jane Doe 90min")
        await drive.press("enter")
        assert "Tue 12:00–13:30 Lunch with Jane Doe 90min" in told(drive)
        assert drive.desk.store.value("SELECT contact_id IS NOT NULL FROM event ORDER BY rowid DESC") == 1


async def test_above_the_hours_a_new_one_lasts_the_day(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_week) as drive:
        await drive.press("2", "0", "n")
        await drive.write("Holiday")
        await drive.press("enter")
        assert "Tue Holiday" in told(drive)


async def test_an_appointment_moves_by_minutes_and_days_and_the_cursor_goes_along(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_week) as drive:
        await drive.press("2")
        await go_to(drive, "Demo")
        await drive.press("shift+down", "shift+down", "shift+right")
        assert "Wed 14:30–15:30 Demo" in told(drive)
        assert place(drive) == "Wed 14:30"
        assert drive.said.startswith("Moved Demo")
        await drive.press("shift+up", "H")
        assert "Tue 14:15–15:15 Demo" in told(drive)
        await drive.press("u", "u")
        assert "Wed 14:30–15:30 Demo" in told(drive)
        assert column_of(drive.desk, "event", calendar(drive)._items()[0].id, "moved_count") is not None


async def test_it_is_made_longer_and_shorter_but_not_nothing(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_week) as drive:
        await drive.press("2")
        await go_to(drive, "Demo")
        await drive.press("greater_than_sign")
        assert "Tue 14:00–15:15 Demo" in told(drive)
        await drive.press(*["less_than_sign"] * 4)
        assert "Tue 14:00–14:15 Demo" in told(drive)
        await drive.press("less_than_sign")
        assert "cannot be shorter" in drive.said
        assert "Tue 14:00–14:15 Demo" in told(drive)


async def test_a_copy_is_carried_to_its_place(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_week) as drive:
        await drive.press("2")
        await go_to(drive, "Review")
        await drive.press("c", "right", "down")
        assert "copying Review" in drive.text
        await drive.press("enter")
        assert "Fri 09:30–11:00 Review" in told(drive)
        assert "Thu 09:00–10:30 Review" in told(drive)
        await drive.press("c", "escape")
        assert "copying" not in drive.text
        await drive.press("u")
        assert "Fri 09:30–11:00 Review" not in told(drive)


async def test_moved_to_a_time_in_words_with_the_reason(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_week) as drive:
        await drive.press("2")
        await go_to(drive, "Demo")
        await drive.press("r")
        await drive.write("fri 8:30")
        await drive.press("tab")
        await drive.write("train")
        await drive.press("enter")
        assert "Fri 08:30–09:30 Demo" in told(drive)
        assert drive.desk.store.row("SELECT moved_count, moved_why FROM event WHERE subject = 'Demo'") == (1, "train")


async def test_done_asks_outcome_note_next_step_and_nothing_else(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_week) as drive:
        await drive.press("2")
        await go_to(drive, "Demo")
        await drive.press("D")
        assert drive.dialog == "Held: Demo"
        assert len(drive.app.screen.query("Input")) == 3
        await drive.write("positive")
        await drive.press("tab", *"likes", "space", *"it", "tab")
        await drive.write("send the quote friday")
        await drive.press("enter")
        assert drive.said.startswith("Held Demo")
        assert drive.desk.store.value("SELECT outcome FROM activity") == "positive"
        assert drive.desk.store.value("SELECT due_on FROM task WHERE subject = 'send the quote'") == "2026-03-13"
        assert "✓" in drive.text
        await drive.press("u")
        assert column_of(drive.desk, "event", calendar(drive)._items()[1].id, "status") == "planned"


@pytest.mark.parametrize(("key", "status"), [("M", "not_held"), ("X", "cancelled")])
async def test_what_does_not_take_place_may_tell_why(tmp_path: Path, key: str, status: str) -> None:
    async with desk_driver(tmp_path, fill=a_week) as drive:
        await drive.press("2")
        await go_to(drive, "Demo")
        await drive.press(key, *"ill", "enter")
        assert drive.desk.store.row("SELECT status, moved_why FROM event WHERE subject = 'Demo'") == (status, "ill")
        assert "u undoes it" in drive.said


@pytest.mark.parametrize(
    ("key", "moved"),
    [
        ("t", ["Mon 10:00–11:00 Jour fixe", "Mon 10:15–11:15 Jour fixe", "Mon 10:00–11:00 Jour fixe"]),
        ("f", ["Mon 10:00–11:00 Jour fixe", "Mon 10:15–11:15 Jour fixe", "Mon 10:15–11:15 Jour fixe"]),
        ("a", ["Mon 10:15–11:15 Jour fixe", "Mon 10:15–11:15 Jour fixe", "Mon 10:15–11:15 Jour fixe"]),
    ],
)
async def test_of_a_series_this_one_or_those_that_follow_or_all_are_meant(
    tmp_path: Path, key: str, moved: list[str]
) -> None:
    async with desk_driver(tmp_path, fill=a_week) as drive:
        await drive.press("2")
        await go_to(drive, "Jour fixe")
        await drive.press("shift+down")
        assert drive.dialog == "Move Jour fixe?"
        await drive.press(key)
        assert [words for words in told(drive, "2026-03-02", 21) if "Jour" in words] == moved
        await drive.press("u")
        assert [words for words in told(drive, "2026-03-02", 21) if "Jour" in words] == [
            "Mon 10:00–11:00 Jour fixe"
        ] * 3


async def test_a_question_about_a_series_can_be_left_and_answered_by_enter(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_week) as drive:
        await drive.press("2")
        await go_to(drive, "Jour fixe")
        await drive.press("delete", "escape")
        assert len([words for words in told(drive, "2026-03-02", 21) if "Jour" in words]) == 3
        await drive.press("delete", "down", "enter")
        assert [words for words in told(drive, "2026-03-02", 21) if "Jour" in words] == ["Mon 10:00–11:00 Jour fixe"]


async def test_one_of_a_series_is_edited_in_its_own_form(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_week) as drive:
        await drive.press("2")
        await go_to(drive, "Jour fixe")
        await drive.press("e", "t")
        assert drive.dialog == "Edit appointment"
        assert "2026-03-09T10:00" in drive.text
        await drive.write(" (short)")
        await drive.press("enter")
        assert told(drive, "2026-03-02", 15)[0] == "Mon 10:00–11:00 Jour fixe"
        assert "Mon 10:00–11:00 Jour fixe (short)" in told(drive)


async def test_what_is_removed_is_in_the_trash_and_comes_back(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_week) as drive:
        await drive.press("2")
        await go_to(drive, "Review")
        await drive.press("R")
        assert "Thu 09:00–10:30 Review" not in told(drive)
        await drive.press("u")
        assert "Thu 09:00–10:30 Review" in told(drive)


async def test_a_clash_has_a_sign_and_a_word(tmp_path: Path) -> None:
    def fill(desk: Desk) -> None:
        an_event(desk, subject="Alpha", starts="2026-03-10T14:00", ends="16:00")
        an_event(desk, subject="Beta", starts="2026-03-10T14:30", ends="15:00")

    async with desk_driver(tmp_path, size=LARGE, fill=fill) as drive:
        await drive.press("2", "d")
        assert "!14:00–16:00 Alpha" in drive.text
        assert "! clash" in drive.text
        await drive.press("full_stop")
        assert "! Alpha  ·  clash" in drive.text
        await drive.press("a")
        assert "(clash)" in drive.row("Beta")["title"]
        await drive.press("question_mark", *["down"] * 20)
        assert "clash: another one is on at the same time" in drive.text


async def test_the_next_and_the_last_appointment_are_a_key_away(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_week) as drive:
        await drive.press("2", "full_stop")
        assert place(drive) == "Tue 14:00"
        await drive.press("full_stop", "full_stop")
        assert place(drive) == "Fri"
        await drive.press("comma", "comma", "comma")
        assert place(drive) == "Mon 10:00"
        await drive.press("comma")
        assert drive.said == "No more appointments here. [ shows other days."


async def test_enter_opens_what_is_there_or_begins_something(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_week) as drive:
        await drive.press("2", "full_stop", "enter")
        assert "Event: Demo" in drive.text
        await drive.press("escape", "down", "down", "down", "enter")
        assert drive.dialog == "New appointment"
        await drive.press("escape", "m", "enter")
        assert "Tuesday, 10 March 2026" in drive.text


async def test_tasks_are_reached_opened_and_ticked_off(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_week) as drive:
        await drive.press("2", "tab", "D")
        assert drive.said.startswith("Completed Send the quote")
        assert "☑ Send the quote" in drive.text
        await drive.press("enter")
        assert "Task: Send the quote" in drive.text
        await drive.press("escape", "tab")
        assert place(drive) == "Tue 12:00"


async def test_verbs_say_why_they_do_nothing(tmp_path: Path) -> None:
    async with desk_driver(tmp_path) as drive:
        await drive.press("2")
        assert "nothing planned" in drive.text
        for key in ("D", "e", "X", "M", "R", "c", "r", "shift+down", "greater_than_sign"):
            drive.app.said = ""
            await drive.press(key)
            assert drive.said == "There is no appointment here. n makes one."
        await drive.press("a")
        assert "Nothing is planned. Press n" in drive.text


async def test_the_mouse_goes_to_a_slot_and_opens_an_appointment(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_week) as drive:
        await drive.press("2")
        line = next(number for number, text in enumerate(drive.lines) if "│Demo" in text.replace("▎", "│"))
        column = drive.lines[line].index("Demo")
        await drive.click(TimeGrid, (column, line - 1))
        assert place(drive) == "Tue 14:00"
        await drive.click(TimeGrid, (column, line - 3))
        assert place(drive) == "Tue 13:00"


async def test_a_narrow_window_shows_fewer_days_and_keeps_the_cursor_in_view(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, size=(50, 20), fill=a_week) as drive:
        await drive.press("2")
        grid = calendar(drive).query_one(TimeGrid)
        assert [f"{day:%a}" for day in grid.days_shown()] == ["Mon", "Tue", "Wed", "Thu"]
        await drive.press("right", "right", "right")
        assert "Fri" in [f"{day:%a}" for day in grid.days_shown()]
        assert "Fair" in drive.text


async def test_hours_of_a_second_zone_working_hours_and_holidays_are_marked(tmp_path: Path) -> None:
    (tmp_path / "sfa.toml").write_text(
        'user.name = "Alex Rep"\n[calendar]\nsecond_zone = "Asia/Shanghai"\nholidays = ["DE-BY"]\n'
        'working_hours = "08:00-16:00"\nweek_start = "sun"\n',
        encoding="utf-8",
    )
    async with desk_driver(tmp_path, size=LARGE) as drive:
        await drive.press("2")
        assert "09:00 17:00" in drive.text
        assert "8–14 March" in title(drive)
        await drive.press("g", *"2026-04-03", "enter")
        assert "✦ Good Friday" in drive.text
        await drive.press("m")
        assert "✦ Good" in drive.text
        await drive.press("a")
        assert drive.row("Good Friday")["day"] == "Fri 3 Apr"


async def test_an_unreadable_setting_is_told_and_the_desk_goes_on(tmp_path: Path) -> None:
    (tmp_path / "sfa.toml").write_text('user.name = "Alex Rep"\ncalendar.working_hours = "early"\n', encoding="utf-8")
    async with desk_driver(tmp_path) as drive:
        await drive.press("2")
        assert "calendar.working_hours" in drive.said
        assert "09:00-17:30" in drive.said
        await drive.press("1")
        assert drive.screen.title == "Today"


async def test_unknown_countries_are_told_and_the_days_are_shown(tmp_path: Path) -> None:
    (tmp_path / "sfa.toml").write_text('user.name = "Alex Rep"\ncalendar.holidays = ["Narnia"]\n', encoding="utf-8")
    async with desk_driver(tmp_path, fill=a_week) as drive:
        await drive.press("2")
        assert "“NARNIA” is no country" in drive.said
        assert "Demo" in drive.text


async def test_chinese_names_keep_the_columns_straight(tmp_path: Path) -> None:
    def fill(desk: Desk) -> None:
        an_account(desk, name="远东仪器有限公司")
        for day in range(9, 16):
            an_event(
                desk,
                subject="讨论续约与价格 A",
                starts=f"2026-03-{day:02d}T13:00",
                ends="15:00",
                account="远东仪器有限公司",
            )

    for size in (SMALL, LARGE, (67, 24)):
        async with desk_driver(tmp_path / str(size[0]), size=size, fill=fill) as drive:
            await drive.press("2")
            grid = calendar(drive).query_one(TimeGrid)
            strips = [grid.render_line(y) for y in range(grid.size.height)]
            assert {strip.cell_length for strip in strips} == {grid.size.width}
            assert "讨论" in drive.text


async def test_a_reminder_rings_once_on_any_screen_and_not_again_after_a_restart(tmp_path: Path) -> None:
    def fill(desk: Desk) -> None:
        an_event(desk, subject="Demo [bold]", starts="2026-03-10T12:20", place="Hall 3")
        an_event(desk, subject="Far", starts="2026-03-10T16:00")

    async with desk_driver(tmp_path, fill=fill) as drive:
        bells: list[int] = []
        drive.app.bell = lambda: bells.append(1)  # type: ignore[method-assign]
        await drive.app.minute_passed()
        assert not bells
        drive.clock.advance(minutes=5)
        await drive.press("4")
        await drive.app.minute_passed()
        await drive.settle()
        assert drive.said == "12:20 Demo [bold], Hall 3, in 15 min"
        assert drive.said in drive.text
        await drive.app.minute_passed()
        assert len(bells) == 1
    async with desk_driver(tmp_path) as drive:
        drive.clock.advance(minutes=6)
        await drive.app.minute_passed()
        assert drive.said == ""


async def test_many_reminders_at_once_are_counted(tmp_path: Path) -> None:
    def fill(desk: Desk) -> None:
        for number in range(5):
            an_event(desk, subject=f"Demo {number}", starts="2026-03-10T12:10")

    async with desk_driver(tmp_path, fill=fill) as drive:
        await drive.app.minute_passed()
        assert drive.said.endswith("and 2 more: 2 shows them")


async def test_everybodys_appointments_are_shown_on_request(tmp_path: Path) -> None:
    def fill(desk: Desk) -> None:
        an_account(desk)
        pat = a_user(desk, name="Pat Colleague")
        an_event(desk, subject="Theirs", starts="2026-03-10T14:00", owner_id=pat)
        an_event(desk, subject="Mine", starts="2026-03-10T16:00")

    async with desk_driver(tmp_path, fill=fill) as drive:
        await drive.press("2")
        assert "Theirs" not in drive.text
        await drive.press("o")
        assert "Theirs" in drive.text
        assert "everybody" in title(drive)
        assert "next in 4 h: Mine" in title(drive)


async def test_a_finer_grid_tells_short_ones_apart(tmp_path: Path) -> None:
    def fill(desk: Desk) -> None:
        an_event(desk, subject="One", starts="2026-03-10T13:00", ends="13:15")
        an_event(desk, subject="Two", starts="2026-03-10T13:15", ends="13:30")

    async with desk_driver(tmp_path, fill=fill) as drive:
        await drive.press("2", "d")
        assert any("One" in line and "Two" in line for line in drive.lines)
        await drive.press("z")
        assert not any("One" in line and "Two" in line for line in drive.lines)
        await drive.press("z", "z")
        assert any("One" in line and "Two" in line for line in drive.lines)


def test_the_desk_starts_without_the_calendar() -> None:
    code = (
        "import sys; import screens.app, screens.today.screen;"
        "print([m for m in sys.modules if 'calendar.' in m or 'recurrence' in m or m == 'holidays'])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


async def test_at_night_the_week_is_shown_from_the_beginning_of_work(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_week) as drive:
        drive.clock.advance(hours=15)
        await drive.press("2")
        assert place(drive) == "Wed 09:00"
        await drive.press("t")
        assert place(drive) == "Wed 03:00"


async def test_an_appointment_that_is_gone_to_is_seen_whole(tmp_path: Path) -> None:
    def fill(desk: Desk) -> None:
        an_event(desk, subject="Dinner", starts="2026-03-10T19:00", ends="21:00", place="Harbour")

    async with desk_driver(tmp_path, fill=fill) as drive:
        await drive.press("2", "d", "full_stop")
        assert place(drive) == "Tue 19:00"
        assert any("20:00" in line for line in drive.lines)
        await drive.press("t", "full_stop")
        shown = [line[1:6] for line in drive.lines if line[1:6].endswith(":00")]
        assert shown[-1] >= "20:00"


async def test_what_lasts_longer_than_a_day_is_gone_to_above_the_hours_and_moved_there(tmp_path: Path) -> None:
    def fill(desk: Desk) -> None:
        an_event(desk, subject="Trip", starts="2026-03-11T09:00", ends="2026-03-12T18:00")

    async with desk_driver(tmp_path, fill=fill) as drive:
        await drive.press("2", "full_stop")
        assert place(drive) == "Wed"
        await drive.press("shift+right")
        assert told(drive) == ["Thu 09:00–18:00 Trip"]
        assert place(drive) == "Thu"
        await drive.press("shift+left")
        assert told(drive) == ["Wed 09:00–18:00 Trip"]


async def test_whole_days_are_moved_stretched_and_copied_by_days(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_week) as drive:
        await drive.press("2")
        await go_to(drive, "Fair")
        await drive.press("shift+down", "less_than_sign")
        assert drive.desk.store.row("SELECT starts_wall, ends_wall FROM event WHERE subject = 'Fair'") == (
            "2026-03-14",
            "2026-03-15",
        )
        await drive.press("less_than_sign")
        assert "cannot be shorter" in drive.said
        await drive.press("greater_than_sign", "c", "home", "enter")
        assert [words for words in told(drive) if "Fair" in words] == ["Mon Fair", "Sat Fair"]
        assert place(drive) == "Mon"
