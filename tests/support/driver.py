"""Drives the desk by keys and tells what stands on the screen, in the words of its users."""

import re
import string
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from textual import events
from textual.keys import _character_to_key
from textual.notifications import SeverityLevel
from textual.pilot import Pilot
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static, TextArea
from textual.worker import WorkerCancelled

from screens.app import SalesApp
from screens.base import DeskScreen
from screens.pipeline.board import Board
from screens.safe import install_choke_points
from screens.widgets.record_table import RecordTable
from sfa.services.board import Card
from sfa.services.desk import Desk
from tests.support.factories import FrozenClock, make_desk

SMALL = (80, 24)
LARGE = (120, 36)
SIZES = (SMALL, LARGE)
ROUNDS = 500
CALM_ROUNDS = 4
NAMES = {" ": "space"} | {sign: _character_to_key(sign) for sign in string.punctuation}
CHARACTERS = {
    "space": " ", "slash": "/", "plus": "+", "colon": ":", "question_mark": "?", "dollar_sign": "$",
    "greater_than_sign": ">", "less_than_sign": "<",
}  # fmt: skip
_COLOUR = re.compile("\x1b\\[[0-9;:]*m")


@dataclass(frozen=True)
class CardSeen:
    """A deal on the board."""

    stage: str
    card: Card


class HeardApp(SalesApp):
    """The desk, with an ear for what it says."""

    said = ""

    def tell(self, words: str, *, severity: SeverityLevel = "information", timeout: float | None = None) -> None:
        self.said = words
        super().tell(words, severity=severity, timeout=timeout)


class BoardSeen:
    """The board, as it is shown."""

    def __init__(self, board: Board) -> None:
        self._board = board

    @property
    def names(self) -> dict[str, list[str]]:
        """The deals by stage."""
        return {column.name: [card.name for card in column.cards] for column in self._board._columns}

    @property
    def at_cursor(self) -> str | None:
        """The name of the deal under the cursor."""
        return self._board.card.name if self._board.card else None

    def card(self, name: str) -> CardSeen:
        """Return the deal of that name."""
        for column in self._board._columns:
            for card in column.cards:
                if card.name == name:
                    return CardSeen(column.name, card)
        raise AssertionError(f"no deal {name} on the board: {self.names}")


class Driver:
    """A person at the keyboard.

    Attributes:
        app: the desk.
        clock: its clock, which stands still.
    """

    def __init__(self, app: HeardApp, pilot: Pilot[None], clock: FrozenClock) -> None:
        self.app = app
        self.clock = clock
        self._pilot = pilot

    async def press(self, *keys: str) -> None:
        """Press keys one after the other, each when all that the one before caused is done."""
        for key in keys:
            self._send(key)
            await self.settle()

    async def write(self, text: str) -> None:
        """Type a text in one go."""
        for sign in text:
            self._send(sign)
        await self.settle()

    def _send(self, key: str) -> None:
        name = NAMES.get(key, key)
        event = events.Key(name, key if len(key) == 1 else CHARACTERS.get(name))
        event.set_sender(self.app)
        self.app.post_message(event)

    async def click(self, widget: type[Widget] | str, offset: tuple[int, int]) -> None:
        """Click into a widget."""
        await self._pilot.click(widget, offset)
        await self.settle()

    async def settle(self) -> None:
        """Wait until keys, reads, writes and their answers are through, and the screen is painted."""
        calm = 0
        for _ in range(ROUNDS):
            await self._pilot._wait_for_screen()
            self.app.screen._on_timer_update()
            running = [worker for worker in self.app.workers if worker.is_running]
            threads = [worker for worker in running if worker.group != "dialog"]
            if threads:
                with suppress(WorkerCancelled):  # a later key has made its answer needless
                    await self.app.workers.wait_for_complete(threads)
            if is_writing := self.app.clerk.pending > 0:
                await self.app.clerk.ask(lambda _desk: None)  # what was asked before is done before
            is_asking = len(threads) < len(running) and not self.is_dialog_open
            is_busy = self.app.type_ahead.is_waiting or threads or is_asking or is_writing or self._has_messages()
            calm = 0 if is_busy else calm + 1
            if calm == CALM_ROUNDS:
                return
        raise AssertionError("the desk does not come to rest")

    def _has_messages(self) -> bool:
        pumps = (self.app, *self.app.screen_stack, *self.app.screen.walk_children())
        return any(not pump._message_queue.empty() or pump._next_callbacks for pump in pumps)

    def _is_waiting(self, group: str) -> bool:
        return group == "dialog" and isinstance(self.app.screen, ModalScreen)

    @property
    def log(self) -> Path:
        """Where defects of the program are written."""
        return self.desk.store.workspace.folder / "sfa-errors.log"

    @property
    def desk(self) -> Desk:
        """The desk behind the screens, to look at while nothing is under way."""
        return self.app.clerk.desk

    @property
    def screen(self) -> DeskScreen:
        """The screen of the desk that is up, below any dialog."""
        return next(screen for screen in reversed(self.app.screen_stack) if isinstance(screen, DeskScreen))

    @property
    def is_dialog_open(self) -> bool:
        return isinstance(self.app.screen, ModalScreen)

    @property
    def dialog(self) -> str:
        """The title of the dialog on top, or nothing."""
        titles = [str(widget.border_title) for widget in self.app.screen.query(".dialog")]
        return titles[0] if titles else ""

    @property
    def problem(self) -> str:
        """What the dialog, or the filter line, finds wrong."""
        places = self.app.screen.query("#problem, #filter-problem").results(Static)
        return " ".join(str(place.render()).strip() for place in places if place.display).strip()

    @property
    def typed(self) -> str:
        """What stands in the field that has the focus."""
        focused = self.app.screen.focused
        if isinstance(focused, Input):
            return focused.value
        return focused.text if isinstance(focused, TextArea) else ""

    @property
    def choices(self) -> list[str]:
        """What the dialog offers."""
        options = self.app.screen.query_one(OptionList)
        return [str(option.prompt) for option in options.options]

    @property
    def said(self) -> str:
        """What the desk said last, in the bottom line."""
        return self.app.said

    @property
    def table(self) -> RecordTable:
        """The list that is up."""
        return self.screen.query_one(RecordTable)

    @property
    def board(self) -> BoardSeen:
        """The board that is up."""
        return BoardSeen(self.screen.query_one(Board))

    @property
    def rows(self) -> list[dict[str, str]]:
        """The rows of the list in memory: texts by column."""
        table = self.table
        names = [spec.id for spec in table._painter.columns]
        found = (table.book.row(position) for position in range(table.row_count))
        return [dict(zip(names, row.cells, strict=True)) for row in found if row is not None]

    def names(self, column: str = "name") -> list[str]:
        """Return one column of the list."""
        return [row[column] for row in self.rows]

    def row(self, name: str) -> dict[str, str]:
        """Return the row that holds a text in any of its cells."""
        for row in self.rows:
            if any(name in cell for cell in row.values()):
                return row
        raise AssertionError(f"no row {name}: {self.rows}")

    async def go_to(self, name: str) -> None:
        """Move the cursor to the row that holds a text in any of its cells."""
        place = self.rows.index(self.row(name))
        await self.press("home", *(["down"] * place))

    @property
    def lines(self) -> list[str]:
        """What a person sees, line by line."""
        return [strip.text.rstrip() for strip in self.app.screen._compositor.render_strips()]

    @property
    def text(self) -> str:
        """What a person sees."""
        return "\n".join(self.lines)

    @property
    def footer(self) -> str:
        """The bottom line."""
        return self.lines[-1]

    def leaks(self) -> list[str]:
        """Return what on the screen steers the terminal, or does something when clicked; there must be nothing."""
        found: list[str] = []
        for strip in self.app.screen._compositor.render_strips():
            output = _COLOUR.sub("", strip.render(self.app.console))
            if any(ord(sign) < 32 or 127 <= ord(sign) < 160 for sign in output):
                found.append(repr(output))
            for segment in strip:
                style = segment.style
                if style is not None and (style.link or "@click" in style.meta):
                    found.append(f"{segment.text}: {style.link or style.meta}")
        return found


@asynccontextmanager
async def desk_driver(
    folder: Path,
    *,
    size: tuple[int, int] = SMALL,
    fill: Callable[[Desk], object] | None = None,
    is_defect_expected: bool = False,
) -> AsyncIterator[Driver]:
    """Open the desk over the workspace of a folder, filled first; leave it closed.

    Args:
        folder: fresh or used before.
        size: of the terminal, in cells.
        fill: writes records through the services before the screens come up.
        is_defect_expected: whether the desk may write a defect of the program to its log.
    """
    desk = make_desk(folder)
    if fill is not None:
        fill(desk)
    desk.close()
    install_choke_points()
    clock = FrozenClock()
    app = HeardApp(folder, clock)
    app.animation_level = "none"
    async with app.run_test(size=size, notifications=True) as pilot:
        driver = Driver(app, pilot, clock)
        await driver.settle()
        yield driver
        assert not driver.log.exists() or is_defect_expected, driver.log.read_text(encoding="utf-8")
