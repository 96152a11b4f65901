"""The bell of the calendar: it rings once, on whatever screen."""

from pathlib import Path

from sfa.services.desk import Desk
from tests.support.driver import desk_driver
from tests.support.factories import an_event


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
