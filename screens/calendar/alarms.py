"""The bell of the desk: what is due is said and rung once, whatever screen is up."""

from typing import TYPE_CHECKING

from screens.calendar.words import clock
from sfa.domain.text import clean
from sfa.services.countdown import how_soon
from sfa.services.reminders import Reminder, due, mark_told

if TYPE_CHECKING:
    from screens.app import SalesApp
    from sfa.services.desk import Desk

TELLER = "screens"
SHOWN_S = 12.0
MOST_SHOWN = 3


def take_due(desk: "Desk") -> list[Reminder]:
    """Return what is to be told now, and keep that it was."""
    found = due(desk, TELLER)
    mark_told(desk, TELLER, found)
    return found


def ring(app: "SalesApp", reminders: list[Reminder]) -> None:
    """Say reminders in the bottom line, and ring."""
    if not reminders:
        return
    told = app.clerk.desk.store.clock
    lines = [
        f"{clock(item.item.starts, told.zone())} {clean(item.words)}, {how_soon(item.item.starts, told.now())}"
        for item in reminders[:MOST_SHOWN]
    ]
    more = len(reminders) - MOST_SHOWN
    app.tell("\n".join([*lines, *([f"and {more} more: 2 shows them"] if more > 0 else [])]), timeout=SHOWN_S)
    app.bell()
