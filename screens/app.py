"""The desk as a Textual app: one clerk for the store, one screen per area, the palette, themes and keys."""

import traceback
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import ClassVar

from textual.app import App, SystemCommand
from textual.screen import Screen

from screens.base import DeskScreen
from screens.clerk import Clerk
from screens.safe import install_choke_points, safe
from screens.theme import register_themes
from sfa.clock import Clock
from sfa.services.desk import Saved


class SalesApp(App[None]):
    """The screens over one workspace.

    Attributes:
        clerk: reads and writes the store, in order, off the event loop.
    """

    TITLE = "sfa"
    CSS_PATH: ClassVar[list[str]] = ["app.tcss"]
    ENABLE_COMMAND_PALETTE = True
    HORIZONTAL_BREAKPOINTS: ClassVar[list[tuple[int, str]]] = [(0, "-narrow"), (100, "-wide")]
    COMMAND_PALETTE_DISPLAY: ClassVar[str] = "ctrl+p"

    def __init__(self, folder: Path | None = None, clock: Clock | None = None) -> None:
        super().__init__()
        self.clerk = Clerk(folder, clock)
        self._opened: dict[str, DeskScreen] = {}

    def on_mount(self) -> None:
        """Show Today, or the welcome where the book is empty."""
        register_themes(self)
        self.theme = self.clerk.desk.config.text("screens.theme")
        self.action_go("today")
        if self.clerk.desk.store.note:
            self.notify(self.clerk.desk.store.note, severity="warning", markup=False, timeout=10)
        self._begin_housekeeping()

    def _begin_housekeeping(self) -> None:
        """After the first paint: a backup where the last one is old."""
        self.run_worker(self._keep_house, thread=True, exit_on_error=False, group="housekeeping")

    def _keep_house(self) -> None:
        from sfa.services.care import back_up_if_due  # noqa: PLC0415 - after the first paint

        back_up_if_due(self.clerk.folder)

    def action_go(self, area: str) -> None:
        """Show an area; it keeps its place while others are shown."""
        screen = self._opened.get(area)
        if screen is None:
            screen = self._opened[area] = _make_screen(area)
        if self.screen is screen:
            return
        if len(self.screen_stack) == 1:
            self.push_screen(screen)
        else:
            while len(self.screen_stack) > 2:  # noqa: PLR2004 - the default screen and the area
                self.pop_screen()
            self.switch_screen(screen)

    async def refresh_screens(self) -> None:
        """Bring every screen that is up to date with the store."""
        for screen in self.screen_stack:
            if isinstance(screen, DeskScreen):
                await screen.refresh_data()

    def tell_saved(self, saved: Saved) -> None:
        """Say what was done, and how it is taken back."""
        way_back = "" if saved.operation_id is None else "  ·  u undoes it"
        self.notify(safe(saved.summary).plain + way_back, markup=False, timeout=4)

    def report_defect(self, error: BaseException) -> None:
        """Write an unexpected error to the log and say where; the desk goes on."""
        log = self.clerk.desk.store.workspace.folder / "sfa-errors.log"
        text = "".join(traceback.format_exception(error))
        try:
            with log.open("a", encoding="utf-8") as stream:
                stream.write(text + "\n")
            place = f"The details are in {log}."
        except OSError:
            place = "The details could not be written down."
        self.notify(
            safe(f"{type(error).__name__}: {error}. {place}").plain,
            title="A defect of the program; your data is safe",
            severity="error",
            markup=False,
            timeout=15,
        )

    def open_hit(self, hit: tuple[str, str] | None) -> None:
        """Open a record by noun and id, as the search overlay gives it."""
        if hit is None:
            return
        from screens.records.screen import RecordScreen  # noqa: PLC0415 - opened by key

        self.push_screen(RecordScreen(*hit))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Yield the palette: the verbs of the screen, then Textual's own for theme and screenshot."""
        if isinstance(screen, DeskScreen):
            yield from screen.palette_commands()
        for command in super().get_system_commands(screen):
            if command.title in ("Theme", "Screenshot"):
                yield command

    async def on_unmount(self) -> None:
        """Finish what is being written, then close the store."""
        self.clerk.close()


AREAS = {
    "today": "screens.today.screen:TodayScreen",
    "accounts": "screens.accounts.screen:AccountsScreen",
    "pipeline": "screens.pipeline.screen:PipelineScreen",
    "leads": "screens.leads.screen:LeadsScreen",
    "trash": "screens.records.trash:TrashScreen",
    "history": "screens.records.history:HistoryScreen",
}


def _make_screen(area: str) -> DeskScreen:
    """Return the screen of an area; its module is imported when it is first shown."""
    module, _, name = AREAS[area].partition(":")
    screen = getattr(import_module(module), name)()
    if not isinstance(screen, DeskScreen):
        raise TypeError(f"{name} is no screen of the desk")
    return screen


def run(folder: Path | None = None) -> int:
    """Open the desk and return the exit code.

    Raises:
        StorageError: the store cannot be opened.
    """
    install_choke_points()
    app = SalesApp(folder)
    app.run()
    return app.return_code or 0
