"""What every screen of the desk has: the keys of all areas, errors as sentences, one way to ask the store."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult, SystemCommand
from textual.binding import Binding, BindingType
from textual.keys import format_key
from textual.message import Message
from textual.screen import Screen
from textual.worker import Worker, WorkerState

from screens.widgets.area_bar import AreaBar
from screens.widgets.key_line import KeyLine
from screens.widgets.record_table import RecordTable
from sfa.commands import Command
from sfa.errors import ConflictError, SfaError
from sfa.services.desk import Desk, Saved

if TYPE_CHECKING:
    from screens.app import SalesApp
    from screens.modals.quick_entry import Entered

Answer = TypeVar("Answer")

UNNOTICED_S = 0.08
"""How long a person takes the screen before for the answer to a key."""

LIST_KEYS = ("table.", "board.", "grid.", "facts.")
AREAS_SHOWN = (
    ("today", "1", "Today"),
    ("calendar", "2", "Calendar"),
    ("accounts", "3", "Accounts"),
    ("pipeline", "4", "Pipeline"),
    ("quotes", "5", "Quotes"),
    ("commission", "6", "Commission"),
    ("forecast", "7", "Forecast"),
    ("leads", "8", "Leads"),
    ("catalogue", "9", "Catalogue"),
    ("orders", "0", "Orders"),
)


def bindings(commands: Iterable[Command]) -> list[BindingType]:
    """Return Textual's bindings for commands; each carries its id (so that users can remap it) and its tooltip."""
    return [
        Binding(
            command.keys,
            command.action,
            command.label or command.title,
            show=command.is_shown,
            tooltip=command.help or command.title,
            id=command.id,
        )
        for command in commands
        if command.keys
    ]


GENERAL = (
    Command("go.today", "Go to Today", "app.go('today')", "1", "Appointments, tasks and deals that need you"),
    Command("go.calendar", "Go to the calendar", "app.go('calendar')", "2", "Day, week, month and agenda"),
    Command("go.accounts", "Go to accounts and contacts", "app.go('accounts')", "3", "The address book"),
    Command("go.pipeline", "Go to the pipeline", "app.go('pipeline')", "4", "Deals by stage, or as a list"),
    Command("go.quotes", "Go to quotes", "app.go('quotes')", "5", "Offers, from draft to acceptance"),
    Command("go.orders", "Go to orders", "app.go('orders')", "0", "What was ordered, and what became of it"),
    Command("go.commission", "Go to commission", "app.go('commission')", "6", "What is paid, and why; what if"),
    Command("go.forecast", "Go to the forecast", "app.go('forecast')", "7", "What a period will bring, and reports"),
    Command("go.reports", "Go to reports", "app.go('reports')", "", "Every report; each number opens into its records"),
    Command("go.leads", "Go to leads", "app.go('leads')", "8", "People who are nobody's customer yet"),
    Command("go.catalogue", "Go to the catalogue", "app.go('catalogue')", "9", "Products, with what they cost whom"),
    Command(
        "desk.add",
        "Quick entry",
        "quick_entry",
        "plus",
        "Type one line: what you did, what follows",
        is_shown=True,
        label="Entry",
    ),
    Command("desk.search", "Search everything", "search", "ctrl+o", "Find any record by any word of it"),
    Command("desk.command", "Command line", "command_line", "colon", "The verbs of the shell, from here"),
    Command("desk.undo", "Undo", "undo", "u", "Take the last change back", is_shown=True, label="Undo"),
    Command("desk.redo", "Redo", "redo", "U", "Bring back what was undone"),
    Command("desk.trash", "Trash", "app.go('trash')", "T", "Removed records, to restore"),
    Command("desk.inbox", "Sync inbox", "app.go('inbox')", "", "What two people changed, and what was not taken"),
    Command("desk.sync", "Sync now", "app.sync_now", "", "Bring this laptop and the company's server together"),
    Command("desk.history", "History", "app.go('history')", "Y", "What was changed, when, by whom"),
    Command("desk.palette", "Everything by name", "app.command_palette", "", "All that can be done here"),
    Command("desk.help", "Keys that work here", "help", "question_mark", "This list", is_shown=True, label="Help"),
    Command("desk.quit", "Quit", "app.quit", "ctrl+q,q", "Close the desk; everything is saved"),
)


class MinutePassed(Message):
    """A full minute of the clock has come."""


class DeskScreen(Screen[None]):
    """A screen of the desk.

    Subclasses give their own `VERBS` (and `BINDINGS = bindings(VERBS)`), `compose_body`, and `refresh_data`, which
    reads what the screen shows; it is called when the screen comes up and after every write, wherever it was made.
    """

    AUTO_FOCUS: ClassVar[str | None] = "RecordTable"
    VERBS: ClassVar[tuple[Command, ...]] = ()
    AREA: ClassVar[str] = ""
    IS_SLOW: ClassVar[bool] = False
    """Whether what it shows may take long to read: then it is painted all the same, says so, and takes keys."""
    BINDINGS: ClassVar[list[BindingType]] = bindings(GENERAL)

    def __init__(self) -> None:
        super().__init__()
        self._is_stale = True
        self._is_reading = False

    def compose(self) -> ComposeResult:
        """Lay out the areas, the body, and the keys."""
        yield AreaBar(AREAS_SHOWN, self.area)
        yield from self.compose_body()
        yield KeyLine([command.id for command in self.VERBS if command.is_shown])

    @property
    def area(self) -> str:
        """The area that the top line shows as the one looked at."""
        return self.AREA

    def compose_body(self) -> ComposeResult:
        """Lay out what this screen is for."""
        yield from ()

    @property
    def desk_app(self) -> "SalesApp":
        """The running app, by its own type."""
        from screens.app import SalesApp  # noqa: PLC0415 - the app imports its screens

        app = self.app
        if not isinstance(app, SalesApp):
            raise TypeError(f"{type(app).__name__} is not the desk")
        return app

    async def on_mount(self) -> None:
        """Read what the screen shows."""
        await self.bring_up_to_date()

    async def on_screen_resume(self) -> None:
        """Read anew what was changed while another screen was up."""
        await self.bring_up_to_date()

    def expire(self) -> None:
        """Have everything read anew as soon as the screen is looked at."""
        self._is_stale = True

    async def bring_up_to_date(self) -> None:
        """Read anew what is out of date."""
        if self._is_stale and self.is_attached:
            self._is_stale = False
            await self.read_anew()

    async def read_anew(self) -> None:
        """Read what the screen shows; where that takes long, go on before it has come."""
        self._is_reading = True
        try:
            await (self._read_beside() if self.IS_SLOW else self.refresh_data())
        finally:
            self._is_reading = False

    async def _read_beside(self) -> None:
        """Read in a worker, and wait for it no longer than nobody would notice; an older read is given up."""
        is_read = asyncio.Event()

        async def read() -> None:
            try:
                await self.refresh_data()
            finally:
                is_read.set()
            for table in self.query(RecordTable):
                table.end_waiting()

        self.run_worker(read(), group="reading", exclusive=True, exit_on_error=False)
        try:
            await asyncio.wait_for(is_read.wait(), UNNOTICED_S)
        except TimeoutError:
            if not is_read.is_set():  # it may have come in the very moment
                self.show_waiting()

    def show_waiting(self) -> None:
        """Say in the list that it is still read."""
        for table in self.query(RecordTable):
            table.show_waiting()

    @property
    def is_filled(self) -> bool:
        """Tell whether a key may act on what is shown; a field takes letters while the list is still read."""
        return not self._is_reading or (self.focused is not None and self.focused.check_consume_key("a", "a"))

    async def refresh_data(self) -> None:
        """Read what the screen shows; nothing by default."""

    async def ask(self, work: Callable[[Desk], Answer]) -> Answer | None:
        """Return what the work returns, or None after showing why it could not be done."""
        return await self._answered(self.desk_app.clerk.ask(work))

    async def ask_beside(self, work: Callable[[Desk], Answer]) -> Answer | None:
        """Do the same with a read that may take long: no other screen waits for it."""
        return await self._answered(self.desk_app.clerk.read_beside(work))

    async def _answered(self, asked: Awaitable[Answer]) -> Answer | None:
        try:
            return await asked
        except Exception as error:  # noqa: BLE001 - one read that fails must not end the desk; it is told and logged
            self.report(error)
            return None

    async def save(self, work: Callable[[Desk], Saved]) -> Saved | None:
        """Do a write, say what was done, and bring every screen up to date."""
        saved = await self.ask(work)
        await self.finish(saved)
        return saved

    async def finish(self, saved: Saved | None, way_back: str = "u undoes it") -> None:
        """Say what a dialog has written, and bring every screen up to date; None, and nothing happens."""
        if saved is not None:
            self.desk_app.tell_saved(saved, way_back)
            await self.desk_app.refresh_screens()

    async def remove_records(self, noun: str, ids: Sequence[str]) -> Saved | None:
        """Put records into the trash; where others depend on them, only after asking. Called by workers only."""
        from screens.modals.confirm import ConfirmModal  # noqa: PLC0415 - opened by key
        from sfa.services.records import verbs_of  # noqa: PLC0415 - as above

        verbs = verbs_of(noun)
        try:
            saved: Saved | None = await self.desk_app.clerk.ask(lambda desk: verbs.remove(desk, ids))
        except ConflictError as error:
            if not await self.app.push_screen_wait(ConfirmModal("Remove it all the same?", [error.message])):
                return None
            saved = await self.ask(lambda desk: verbs.remove(desk, ids, is_forced=True))
        except SfaError as error:
            self.show_error(error)
            return None
        await self.finish(saved)
        return saved

    def show_error(self, error: SfaError) -> None:
        """Say what went wrong and what helps."""
        self.desk_app.tell(f"{error.message}\n{error.hint or ''}".strip(), severity="error")

    @on(Worker.StateChanged)
    def report_worker(self, event: Worker.StateChanged) -> None:
        """Show the error of a worker that failed, which would be silent otherwise."""
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            self.report(event.worker.error)

    @on(RecordTable.SourceFailed)
    def report_source(self, event: RecordTable.SourceFailed) -> None:
        """Say why a list could not be read."""
        self.report(event.error)

    def report(self, error: BaseException) -> None:
        """Show an error as a sentence, or as a defect where nobody expected it."""
        if isinstance(error, SfaError):
            self.show_error(error)
        else:
            self.desk_app.report_defect(error)

    @on(AreaBar.Chosen)
    def go_to_area(self, event: AreaBar.Chosen) -> None:
        """Show the area clicked."""
        self.desk_app.action_go(event.name)

    def palette_commands(self) -> Iterable[SystemCommand]:
        """Yield this screen's commands for the palette, each with the key that does the same."""
        keys = {item.binding.id: item.binding.key for item in reversed(self.active_bindings.values())}
        for command in (*self.VERBS, *GENERAL):
            if command.id != "desk.palette":
                key = keys.get(command.id)
                words = f"{command.help or command.title}{f'  ·  {format_key(key)}' if key else ''}"
                yield SystemCommand(command.title, words, self._runner(command))

    def _runner(self, command: Command) -> Callable[[], None]:
        def run() -> None:
            self.call_later(self.run_action, command.action)

        return run

    async def action_undo(self) -> None:
        """Take the last operation back."""
        from sfa.services import history  # noqa: PLC0415 - the first paint does not need it

        await self.finish(await self.ask(history.undo), "U brings it back")

    async def action_redo(self) -> None:
        """Bring the last undone operation back."""
        from sfa.services import history  # noqa: PLC0415 - as above

        await self.save(history.redo)

    def action_help(self) -> None:
        """Show the keys that work here."""
        from screens.modals.help import HelpModal  # noqa: PLC0415 - opened seldom

        keys: dict[str, list[str]] = {}
        listed: dict[str, Binding] = {}
        for item in self.active_bindings.values():
            name = item.binding.id or ""
            keys.setdefault(name, []).append(item.binding.key)
            if name.startswith(LIST_KEYS):
                listed[name] = item.binding
        in_list = [replace(binding, key=",".join(keys[name])) for name, binding in listed.items()]
        spoken = {name: ",".join(found) for name, found in keys.items()}
        self.app.push_screen(HelpModal(self.title or "", self.VERBS, GENERAL, in_list, self.signs(), keys=spoken))

    def signs(self) -> list[tuple[str, str]]:
        """Return the signs that this screen uses, with what they mean."""
        return []

    def action_search(self) -> None:
        """Open the search overlay."""
        from screens.modals.search import SearchModal  # noqa: PLC0415 - opened by key

        self.app.push_screen(SearchModal(), self.desk_app.open_hit)

    def action_command_line(self) -> None:
        """Open the command line."""
        from screens.modals.command_line import CommandLineModal  # noqa: PLC0415 - opened by key

        self.app.push_screen(CommandLineModal())

    def action_quick_entry(self) -> None:
        """Open the quick entry bar."""
        from screens.modals.quick_entry import QuickEntryModal  # noqa: PLC0415 - opened by key

        self.app.push_screen(QuickEntryModal(self.looked_at()), self._entered)

    def looked_at(self) -> tuple[str, str] | None:
        """Return noun and id of the record that is looked at, which a quick entry may be about."""
        return None

    def point_at(self, noun: str, record_id: str) -> bool:
        """Put the cursor on a record where this screen lists it; tell whether it does. None does by default."""
        del noun, record_id
        return False

    async def _entered(self, entered: "Entered | None") -> None:
        """Say what was entered, and show it."""
        if entered is None:
            return
        *_, last = entered.saved
        if len(entered.saved) > 1:
            told = f"{len(entered.saved)} lines saved: {'; '.join(done.summary for done in entered.saved)}"
            await self.finish(replace(last, summary=told), "u undoes the last")
        else:
            await self.finish(last)
        any(self.point_at(noun, record_id) for noun, record_id, _ in entered.written)
