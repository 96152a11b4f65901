"""The desk as a Textual app: one clerk for the store, one screen per area, the palette, themes and keys."""

import gc
from collections.abc import Iterable
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from textual import events, on, work
from textual.app import App, SystemCommand
from textual.notifications import SeverityLevel
from textual.screen import ModalScreen, Screen
from textual.worker import Worker, WorkerFailed, WorkerState

from screens.base import DeskScreen, MinutePassed
from screens.clerk import Clerk
from screens.idle import IdleLock
from screens.safe import install_choke_points, safe, safe_lines
from screens.theme import register_themes
from screens.type_ahead import TypeAhead
from screens.widgets.area_bar import AreaBar
from screens.widgets.key_line import KeyLine
from sfa.clock import Clock
from sfa.config import KEYS, Config
from sfa.errors import LeaseError, LockedError, SfaError, SignedOffError
from sfa.services.desk import Saved

if TYPE_CHECKING:
    from screens.sync.beat import Beat

SETTLE_S = 1.0
MINUTE_S = 60
DIALOG = "dialog"
"""The group of workers that open a dialog and wait for its answer."""

HOME = "today"
LEAVING = ("quit", "help_quit")


class SalesApp(App[None]):
    """The screens over one workspace.

    Attributes:
        clerk: reads and writes the store, in order, off the event loop.
        draft: what was typed at + and not saved.
        entered: the lines that were saved at +, the newest last.
        type_ahead: holds keys back that come faster than what they are meant for.
        idle: locks the desk when nobody was here for a while.
        ending: why the desk closed by itself: the company took the book away, or its server has to be met first.
    """

    TITLE = "sfa"
    CSS_PATH = Path(__file__).with_name("app.tcss")
    ENABLE_COMMAND_PALETTE = True
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 - Textual declares it for instances

    def __init__(self, folder: Path | None = None, clock: Clock | None = None) -> None:
        super().__init__()
        self.clerk = Clerk(folder, clock)
        self.draft = ""
        self.entered: list[str] = []
        self.type_ahead = TypeAhead(self, super().on_event)
        self.idle = IdleLock(self)
        self.ending: SfaError | None = None
        self._areas: dict[str, DeskScreen] = {}
        self._area = ""
        self._area_before = "today"
        self._has_complained = False
        self.badge = ""
        self._failures = 0
        # Before the first style sheet is read: a theme that changes later has all of them read again.
        register_themes(self, self.clerk.desk.config.text("screens.theme"))

    def get_default_screen(self) -> DeskScreen:
        """Return Today: it lies under all others, so that nothing is laid out before it."""
        self._area = HOME
        home = self._areas[HOME] = _make_screen(HOME)
        return home

    async def on_event(self, event: events.Event) -> None:
        """Hand a key on when what it is meant for is there, and all else at once."""
        if not event.is_forwarded and not self.idle.lets_through(event):
            return
        if isinstance(event, events.Key) and not event.is_forwarded:
            await self.type_ahead.take(event)
        else:
            await super().on_event(event)

    @property
    def is_ready(self) -> bool:
        """Tell whether the next key reaches what it is meant for: nothing is being opened, filled or read."""
        screen = self.screen
        if isinstance(screen, ModalScreen):
            return screen.focused is not None and getattr(screen, "is_filled", True)
        is_opening = any(worker.group == DIALOG and worker.is_running for worker in self.workers)
        return not is_opening and getattr(screen, "is_filled", True)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let nothing of the desk be done while it is locked, but to leave it: the palette would open over the lock."""
        return super().check_action(action, parameters) if not self.idle.is_locked else action in LEAVING

    def on_mount(self) -> None:
        """Take the user's keys, and say what must be known of the store."""
        self.set_keymap(_keymap(self.clerk.desk.config))
        if self.clerk.desk.store.note:
            self.tell(self.clerk.desk.store.note, severity="warning", timeout=10)
        self.set_timer(SETTLE_S, self._settle)

    def _settle(self) -> None:
        """Well after the first paint: take what is loaded out of the collector's way, and back up where that is due."""
        gc.enable()
        gc.collect()
        gc.freeze()
        self.run_worker(self._keep_house, thread=True, exit_on_error=False, group="housekeeping")
        self.call_later(self._each_minute)
        if self.clerk.desk.config.number("sync.minutes") > 0 and not self.clerk.desk.store.note:
            self.call_later(self.sync_in_background)

    async def _each_minute(self) -> None:
        self.set_timer(MINUTE_S - self.clerk.desk.store.clock.now().second, self._each_minute)
        await self.minute_passed()

    async def minute_passed(self) -> None:
        """Ring for what is due, let the calendar tell how soon the next appointment is; lock or close where that is due."""
        if not await self._is_admitted():
            return
        self.idle.look()
        if self.idle.is_locked:
            return
        from screens.calendar.alarms import ring, take_due  # noqa: PLC0415 - well after the first paint

        try:
            ring(self, await self.clerk.ask(take_due))
        except SfaError as error:
            if not self._has_complained:  # about a setting, which is as wrong a minute later
                self.tell(f"{error.message}\n{error.hint or ''}".strip(), severity="warning", timeout=10)
            self._has_complained = True
        self.screen.post_message(MinutePassed())

    async def _is_admitted(self) -> bool:
        from sfa.services.admission import require_admission  # noqa: PLC0415 - as below

        try:
            await self.clerk.ask(require_admission)
        except (LeaseError, SignedOffError) as error:
            self.close_down(error)
            return False
        return True

    def close_down(self, why: SfaError) -> None:
        """Close the desk because the book may not be shown any more; the reason is told in the shell."""
        self.ending = why
        self.exit()

    async def sync_in_background(self) -> None:
        """Sync in a thread of its own, show what came of it, and come back later; a network that is away is no news."""
        from screens.sync.beat import OK, REFUSED, delay_s  # noqa: PLC0415 - well after the first paint

        if self.idle.is_locked:
            self.set_timer(MINUTE_S, self.sync_in_background)
            return
        beat = await self._beat()
        if beat is None:
            return
        self._failures = 0 if beat.state == OK else self._failures + 1
        if beat.state == REFUSED and beat.problem and self._failures == 1:
            self.tell(beat.problem, severity="warning", timeout=10)
        minutes = self.clerk.desk.config.number("sync.minutes")
        if minutes > 0:
            self.set_timer(delay_s(minutes, self._failures, beat.retry_after_s, Random()), self.sync_in_background)  # noqa: S311 - no secret

    async def _beat(self) -> "Beat | None":
        from screens.sync.beat import sync_once  # noqa: PLC0415 - as above

        def show(beat: "Beat") -> None:
            if not worker.is_finished:  # else its last word is shown already
                self._show_badge(beat.badge)

        worker = self.run_worker(
            lambda: sync_once(self.clerk.folder, self.clerk.desk.store.clock, lambda beat: self.call_later(show, beat)),
            thread=True, exit_on_error=False, group="sync",
        )  # fmt: skip
        try:
            beat = await worker.wait()
        except WorkerFailed as failure:  # told by report_housekeeping
            if isinstance(failure.error, SignedOffError):
                self.close_down(failure.error)
            return None
        if beat is not None:
            self._show_badge(beat.badge)
            if beat.received:
                await self.refresh_screens()
        return beat

    def _show_badge(self, badge: str) -> None:
        self.badge = badge
        for screen in self.screen_stack:
            for bar in screen.query(AreaBar):
                bar.show_badge(badge)
            for line in screen.query(KeyLine):
                line.refresh()

    @work(group="asked sync", exclusive=True)
    async def action_sync_now(self) -> None:
        """Sync because somebody asked, and say how it went."""
        beat = await self._beat()
        if beat is None:
            self.tell("This laptop belongs to no server. Join one: sfa sync join URL CODE")
        else:
            words = {"ok": "Synced", "away": "The server is not reached just now; nothing is lost"}
            self.tell(words.get(beat.state) or beat.problem)

    def _keep_house(self) -> None:
        from sfa.services.care import back_up_if_due  # noqa: PLC0415 - after the first paint

        import_module("screens.calendar.screen")  # reminders need most of it, and its first paint all
        with suppress(LockedError):  # by now nobody may read the book: its backup is made at another start
            back_up_if_due(self.clerk.folder)

    @on(Worker.StateChanged)
    def report_housekeeping(self, event: Worker.StateChanged) -> None:
        """Show why the desk could not be kept, which would be silent otherwise."""
        error = event.worker.error
        if event.state is not WorkerState.ERROR or error is None:
            return
        if isinstance(error, SfaError):
            self.tell(f"{error.message}\n{error.hint or ''}".strip(), severity="warning", timeout=10)
        else:
            self.report_defect(error)

    def action_go(self, area: str) -> None:
        """Show an area; it keeps its place while others are shown."""
        screen = self._areas.get(area)
        if screen is None:
            screen = self._areas[area] = _make_screen(area)
            self.install_screen(screen, area)
        if self.screen is screen:
            return
        if area != self._area:
            self._area_before, self._area = self._area or "today", area
        if area == HOME:
            while len(self.screen_stack) > 1:
                self.pop_screen()
            return
        if len(self.screen_stack) == 1:
            self.push_screen(screen)
            return
        while len(self.screen_stack) > 2:  # noqa: PLR2004 - home and the area
            self.pop_screen()
        if self.screen is not screen:
            self.switch_screen(screen)

    def action_go_back(self) -> None:
        """Show the area that was shown before this one."""
        self.action_go(self._area_before)

    async def on_app_focus(self) -> None:
        """Show what was done in another window meanwhile."""
        await self.refresh_screens()

    async def refresh_screens(self) -> None:
        """Bring the screen that is looked at up to date with the store; the others follow when they are shown."""
        shown: DeskScreen | None = None
        for screen in (*self._areas.values(), *self.screen_stack):
            if isinstance(screen, DeskScreen):
                screen.expire()
        for screen in self.screen_stack:
            shown = screen if isinstance(screen, DeskScreen) else shown
        if shown is not None:
            await shown.bring_up_to_date()

    def tell(self, words: str, *, severity: SeverityLevel = "information", timeout: float | None = None) -> None:
        """Say something in the bottom line for a while; it takes the place of what was said before."""
        if self.idle.is_locked:
            return
        self.clear_notifications()
        self.notify(safe_lines(words).plain, severity=severity, markup=False, timeout=timeout)

    def tell_saved(self, saved: Saved, way_back: str = "u undoes it") -> None:
        """Say what was done, and how it is taken back."""
        words = safe(saved.summary).plain
        self.tell(f"{words}  ·  {way_back}" if saved.operation_id else words, timeout=4)

    def report_defect(self, error: BaseException) -> None:
        """Write an unexpected error to the log and say where; the desk goes on."""
        from sfa.defects import trace_for_log  # noqa: PLC0415 - where something broke

        log = self.clerk.desk.store.workspace.folder / "sfa-errors.log"
        text = trace_for_log(error, self.clerk.desk.store.workspace.folder)
        try:
            with log.open("a", encoding="utf-8") as stream:
                stream.write(text + "\n")
            place = f"The details are in {log}."
        except OSError:
            place = "The details could not be written down."
        words = f"A defect of the program; your data is safe. {type(error).__name__}: {safe(str(error)).plain}. {place}"
        self.tell(words, severity="error", timeout=15)

    def open_hit(self, hit: tuple[str, str] | None) -> None:
        """Open a record by noun and id, as the search overlay gives it."""
        if hit is None:
            return
        from screens.pipeline.deal import DealScreen  # noqa: PLC0415 - opened by key
        from screens.records.screen import RecordScreen  # noqa: PLC0415 - as above

        noun, record_id = hit
        if noun == "quote":
            from screens.quotes.sheet import QuoteScreen  # noqa: PLC0415 - as above

            self.push_screen(QuoteScreen(record_id))
        elif noun == "order":
            from screens.orders.screen import OrderScreen  # noqa: PLC0415 - as above

            self.push_screen(OrderScreen(record_id))
        else:
            self.push_screen(DealScreen(record_id) if noun == "opportunity" else RecordScreen(noun, record_id))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Yield the palette: the verbs of the screen, then Textual's own for theme and screenshot."""
        if isinstance(screen, DeskScreen):
            yield from screen.palette_commands()
        for command in super().get_system_commands(screen):
            if command.title in ("Theme", "Screenshot"):
                yield command

    def _fatal_error(self) -> None:
        """Give the terminal back; `run` raises the error to where all errors are told, instead of pages of code."""
        self._close_messages_no_wait()

    async def on_unmount(self) -> None:
        """Finish what is being written, then close the store."""
        self.clerk.close()


AREAS = {
    "today": "screens.today.screen:TodayScreen",
    "calendar": "screens.calendar.screen:CalendarScreen",
    "accounts": "screens.accounts.screen:AccountsScreen",
    "pipeline": "screens.pipeline.screen:PipelineScreen",
    "quotes": "screens.quotes.screen:QuotesScreen",
    "orders": "screens.orders.screen:OrdersScreen",
    "forecast": "screens.forecast.screen:ForecastScreen",
    "reports": "screens.reports.screen:ReportsScreen",
    "commission": "screens.commission.screen:CommissionScreen",
    "leads": "screens.leads.screen:LeadsScreen",
    "catalogue": "screens.catalogue.screen:CatalogueScreen",
    "trash": "screens.records.trash:TrashScreen",
    "inbox": "screens.sync.inbox:InboxScreen",
    "history": "screens.records.history:HistoryScreen",
}


def _keymap(config: Config) -> dict[str, str]:
    """Return the keys that the user gave to bindings, by the bindings' ids."""
    names = config.keys()
    return {name.removeprefix(KEYS): config.text(name) for name in names if name.startswith(KEYS)}


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
        LeaseError, SignedOffError: the book may not be shown any more.
        Exception: a defect of the program that ended the desk.
    """
    install_choke_points()
    app = SalesApp(folder)
    app.run()
    if app._exception is not None:  # noqa: SLF001 - Textual keeps it for tests, and has no other door
        raise app._exception  # noqa: SLF001 - as above
    if app.ending is not None:
        if isinstance(app.ending, SignedOffError):
            from sfa.services.admission import finish_removal  # noqa: PLC0415 - at the end of a workspace

            finish_removal(folder)
        raise app.ending
    return app.return_code or 0
