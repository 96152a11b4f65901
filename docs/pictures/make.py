"""Takes the pictures of the screens in this folder: `python docs/pictures/make.py`."""

import asyncio
import re
import tempfile
from datetime import UTC, date, datetime, tzinfo
from pathlib import Path

from screens.app import SalesApp
from screens.safe import install_choke_points
from sfa.services import events
from sfa.services.demo import make_store
from sfa.services.desk import open_desk

HERE = Path(__file__).parent
SIZE = (110, 30)
FONTS = re.compile(r"@font-face \{.*?\}", re.DOTALL)
"""A picture asks for no font from the network; the reader's own monospaced one serves."""
SHOTS = (("today", "1"), ("pipeline", "4"), ("accounts", "3"), ("calendar", "2"))
WEEK = (
    ("Stand-up", "2026-03-02T08:30", "08:45", {"repeats": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"}),
    ("Jour fixe", "2026-03-02T10:00", "11:00", {"repeats": "FREQ=WEEKLY", "reminders": "1 day, 15min"}),
    ("Site visit", "2026-03-09T13:30", "15:30", {"kind": "visit", "place": "Plant 2"}),
    ("Price call", "2026-03-10T11:30", "12:00", {"kind": "call"}),
    ("Quarterly review", "2026-03-11T09:30", "12:00", {"place": "Hall 3"}),
    ("讨论续约", "2026-03-11T16:00", "17:00", {"kind": "visit"}),
    ("Trade fair", "2026-03-12", "2026-03-13", {"place": "Munich"}),
    ("Booth meeting", "2026-03-12T11:00", "12:30", {}),
    ("Press", "2026-03-12T12:00", "13:00", {"busy": "tentative"}),
    ("Negotiation", "2026-03-13T14:00", "15:30", {"place": "Booth 14"}),
)


class StandingClock:
    """The morning of one day, so that the pictures stay the same."""

    def now(self) -> datetime:
        """Return the moment."""
        return datetime(2026, 3, 10, 8, 30, tzinfo=UTC)

    def today(self) -> date:
        """Return the day."""
        return self.now().date()

    def zone(self) -> tzinfo:
        """Return the zone."""
        return UTC


async def _take(folder: Path) -> None:
    app = SalesApp(folder, StandingClock())
    async with app.run_test(size=SIZE) as pilot:
        for name, key in SHOTS:
            await pilot.press(key)
            for _ in range(5):
                await pilot.pause(0.1)
            picture = FONTS.sub("", app.export_screenshot(title="sfa"))
            (HERE / f"{name}.svg").write_text(picture, encoding="utf-8")


def main() -> None:
    """Make a demo company and take the pictures."""
    install_choke_points()
    with tempfile.TemporaryDirectory() as place:
        desk = open_desk(Path(place), StandingClock())
        make_store(desk)
        for subject, starts, ends, more in WEEK:
            events.add(desk, {"subject": subject, "starts": starts, "ends": ends, **more})
        desk.close()
        asyncio.run(_take(Path(place)))


if __name__ == "__main__":
    main()
