"""A million rows feel like ten thousand: key to paint, over a real file."""

import asyncio
from collections import defaultdict
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

import pytest

from screens.widgets.paging import KeysetSource, PageSource
from tests.support.book_of_accounts import AccountReader, write_accounts
from tests.support.table_app import TableApp, settle

if TYPE_CHECKING:
    from textual.pilot import Pilot
    from textual.screen import Screen

pytestmark = pytest.mark.bench

FEW, MANY = 10_000, 1_000_000
ALLOWED_RATIO = 1.5
ROUNDS = 3
KEYS = ("down",) * 25 + ("pagedown",) * 15 + ("end", "home") * 5
PREFIXES = ("M", "Mü", "A", "北", "N")


class TimedApp(TableApp):
    """Notes when its last paint was written; without a terminal, the escape sequences are made all the same."""

    def __init__(self, source: PageSource) -> None:
        super().__init__(source)
        self.painted = asyncio.Event()
        self.painted_at = 0.0

    def _display(self, screen: "Screen[object]", renderable: object) -> None:
        render_segments = getattr(renderable, "render_segments", None)
        if render_segments is not None:
            render_segments(self.console)
        super()._display(screen, renderable)  # type: ignore[arg-type]  # handed on as it came
        self.painted_at = perf_counter()
        self.painted.set()


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    """Return a file of each size."""
    folder = tmp_path_factory.mktemp("accounts")
    made = {count: folder / f"{count}.db" for count in (FEW, MANY)}
    for count, path in made.items():
        write_accounts(path, count)
    return made


async def key_to_paint(app: TimedApp, pilot: "Pilot[None]", key: str) -> float:
    """Press a key; return the seconds until the last byte of what it changed."""
    await pilot.pause()
    app.painted.clear()
    pressed_at = perf_counter()
    app.simulate_key(key)
    await app.painted.wait()
    await pilot.pause()
    return app.painted_at - pressed_at


async def measure(path: Path, times: dict[str, list[float]]) -> None:
    """Add the seconds of each key, and of each other filter, in a list over the file."""
    app = TimedApp(KeysetSource(AccountReader(path)))
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        for key in KEYS:
            times[key].append(await key_to_paint(app, pilot, key))
        for prefix in PREFIXES:
            times["filter"].append(await filter_to_paint(app, pilot, AccountReader(path, prefix)))


async def filter_to_paint(app: TimedApp, pilot: "Pilot[None]", reader: AccountReader) -> float:
    """Show other rows; return the seconds until the first of them are painted."""
    await settle(pilot)
    app.painted.clear()
    asked_at = perf_counter()
    app.table.set_source(KeysetSource(reader))
    await app.painted.wait()
    return app.painted_at - asked_at


async def test_a_key_on_a_million_rows_paints_as_soon_as_on_ten_thousand(files: dict[int, Path]) -> None:
    times: dict[int, dict[str, list[float]]] = {count: defaultdict(list) for count in files}
    for _ in range(ROUNDS):
        for count, path in files.items():
            await measure(path, times[count])
    ratios = {key: median(times[MANY][key]) / median(times[FEW][key]) for key in (*KEYS, "filter")}
    assert median(ratios.values()) <= ALLOWED_RATIO, ratios
    assert max(ratios.values()) <= 2 * ALLOWED_RATIO, ratios


async def test_the_first_rows_of_a_million_are_painted_as_soon_as_those_of_ten_thousand(files: dict[int, Path]) -> None:
    times: dict[int, list[float]] = {FEW: [], MANY: []}
    for _ in range(7):
        for count, path in files.items():
            started_at = perf_counter()
            app = TableApp(KeysetSource(AccountReader(path)))
            async with app.run_test(size=(120, 36)):
                times[count].append(perf_counter() - started_at)
                assert "64+" in app.lines()[-1] or app.table.is_counted
    assert median(times[MANY]) <= ALLOWED_RATIO * median(times[FEW])


async def test_only_the_pages_looked_at_stay_in_memory(files: dict[int, Path]) -> None:
    app = TableApp(KeysetSource(AccountReader(files[MANY])))
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        for position in range(0, MANY, MANY // 100):
            app.table.move_to(position)
            await pilot.pause()
        assert app.table.row_count == MANY
        assert len(app.table.book._pages) <= 32
