"""The calendar by keys: where one goes, and what it says."""

import subprocess
import sys
from pathlib import Path

import pytest

from screens.calendar.time_grid import TimeGrid
from sfa.services.desk import Desk
from tests.support.driver import LARGE, SIZES, SMALL, desk_driver
from tests.support.factories import a_user, an_account, an_event
from tests.support.week import a_week, calendar, place, title


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
