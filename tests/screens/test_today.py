"""Today: the quotes that need somebody, each opened by its line."""

from pathlib import Path

import pytest

from sfa.services.desk import Desk
from tests.support.driver import SIZES, desk_driver
from tests.support.factories import clock_of
from tests.support.quotes import sent_quote


@pytest.mark.parametrize("size", SIZES)
async def test_a_quote_to_follow_up_is_a_line_of_today_that_opens_it(tmp_path: Path, size: tuple[int, int]) -> None:
    def fill(desk: Desk) -> None:
        clock_of(desk).advance(days=-3)
        sent_quote(desk, name="Sensors [/x]", valid_until="2026-03-12")
        clock_of(desk).advance(days=3)

    async with desk_driver(tmp_path, size=size, fill=fill) as drive:
        row = next(row for row in drive.rows if row["kind"] == "Quote")
        assert row["when"] == "expires in 2 d"
        assert "Sensors [/x]" in row["title"]
        while drive.table.cursor_row.cells[0] != "Quote":  # type: ignore[union-attr]
            await drive.press("down")
        await drive.press("enter")
        assert type(drive.screen).__name__ == "QuoteScreen"
