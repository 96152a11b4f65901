"""What is done to appointments by keys: made, moved, copied, stretched, done, removed; all of it can be undone."""

from pathlib import Path

import pytest

from sfa.services.desk import Desk
from tests.support.driver import desk_driver
from tests.support.factories import an_event, column_of
from tests.support.week import a_week, calendar, go_to, place, told


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
