"""Takes the pictures of the screens in this folder: `python docs/pictures/make.py`."""

import asyncio
import re
import tempfile
from datetime import UTC, date, datetime, tzinfo
from pathlib import Path

from screens.app import SalesApp
from screens.safe import install_choke_points
from sfa.services.demo import make_store
from sfa.services.desk import open_desk

HERE = Path(__file__).parent
SIZE = (110, 30)
FONTS = re.compile(r"@font-face \{.*?\}", re.DOTALL)
"""A picture asks for no font from the network; the reader's own monospaced one serves."""
SHOTS = (("today", "1"), ("pipeline", "4"), ("accounts", "3"))


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
        desk.close()
        asyncio.run(_take(Path(place)))


if __name__ == "__main__":
    main()
