"""A week in March for tests of the calendar's screen, and what a person sees of it."""

from datetime import date

from screens.calendar.screen import CalendarScreen
from screens.calendar.time_grid import TimeGrid
from sfa.services.agenda import agenda
from sfa.services.desk import Desk
from tests.support.driver import Driver
from tests.support.factories import a_contact, a_task, an_account, an_event

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
