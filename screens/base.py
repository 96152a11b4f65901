"""What every screen of the desk has: the keys of all areas, errors as sentences, one way to ask the store."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, ClassVar, TypeVar

from rich.text import Text
from textual import on
from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.worker import Worker, WorkerState

from screens.safe import safe
from sfa.commands import Command
from sfa.errors import SfaError
from sfa.services.desk import Desk, Saved

if TYPE_CHECKING:
    from screens.app import SalesApp

Answer = TypeVar("Answer")


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
    Command("go.accounts", "Go to accounts and contacts", "app.go('accounts')", "3", "The address book"),
    Command("go.pipeline", "Go to the pipeline", "app.go('pipeline')", "4", "Deals by stage, or as a list"),
    Command("go.leads", "Go to leads", "app.go('leads')", "8", "People who are nobody's customer yet"),
    Command(
        "desk.add", "Quick entry", "quick_entry", "plus", "Type one line: what you did, what follows", True, "Entry"
    ),
    Command("desk.search", "Search everything", "search", "ctrl+o", "Find any record by any word of it"),
    Command("desk.command", "Command line", "command_line", "colon", "The verbs of the shell, from here"),
    Command("desk.undo", "Undo", "undo", "u", "Take the last change back, whatever it was", True, "Undo"),
    Command("desk.redo", "Redo", "redo", "U", "Bring back what was undone"),
    Command("desk.trash", "Trash", "app.go('trash')", "", "Removed records, to look at and restore"),
    Command("desk.history", "History", "app.go('history')", "", "What was changed, when, by whom"),
    Command("desk.help", "Keys that work here", "help", "question_mark", "Every key of this screen", True, "Help"),
    Command("desk.quit", "Quit", "app.quit", "ctrl+q,q", "Close the desk; everything is saved"),
)


class DeskScreen(Screen[None]):
    """A screen of the desk.

    Subclasses give their own `COMMANDS` (and `BINDINGS = bindings(COMMANDS)`), and `refresh_data`, which reads what the
    screen shows; it is called when the screen comes up and after every write, wherever it was made.
    """

    AUTO_FOCUS: ClassVar[str | None] = "RecordTable"
    COMMANDS: ClassVar[tuple[Command, ...]] = ()
    AREA: ClassVar[str] = ""
    BINDINGS: ClassVar[list[BindingType]] = bindings(GENERAL)

    @property
    def desk_app(self) -> "SalesApp":
        """The running app, by its own type."""
        from screens.app import SalesApp  # noqa: PLC0415 - the app imports its screens

        app = self.app
        if not isinstance(app, SalesApp):
            raise TypeError(f"{type(app).__name__} is not the desk")
        return app

    async def refresh_data(self) -> None:
        """Read what the screen shows; nothing by default."""

    async def ask(self, work: Callable[[Desk], Answer]) -> Answer | None:
        """Return what the work returns, or None after showing why it could not be done."""
        try:
            return await self.desk_app.clerk.ask(work)
        except SfaError as error:
            self.show_error(error)
            return None

    async def save(self, work: Callable[[Desk], Saved]) -> Saved | None:
        """Do a write, say what was done, and bring every screen up to date."""
        saved = await self.ask(work)
        if saved is not None:
            self.desk_app.tell_saved(saved)
            await self.desk_app.refresh_screens()
        return saved

    def show_error(self, error: SfaError) -> None:
        """Say what went wrong and what helps."""
        text = safe(error.message)
        if error.hint:
            text = Text.assemble(text, "\n", safe(error.hint, "dim"))
        self.app.notify(text.plain, title="That did not work", severity="error", markup=False)

    @on(Worker.StateChanged)
    def report_worker(self, event: Worker.StateChanged) -> None:
        """Show the error of a worker that failed, which would be silent otherwise."""
        if event.state is not WorkerState.ERROR:
            return
        error = event.worker.error
        if isinstance(error, SfaError):
            self.show_error(error)
        elif error is not None:
            self.desk_app.report_defect(error)

    def palette_commands(self) -> Iterable[SystemCommand]:
        """Yield this screen's commands for the palette."""
        for command in (*self.COMMANDS, *GENERAL):
            yield SystemCommand(command.title, command.help or command.title, self._runner(command))

    def _runner(self, command: Command) -> Callable[[], None]:
        def run() -> None:
            self.call_later(self.run_action, command.action)

        return run

    async def action_undo(self) -> None:
        """Take the last operation back."""
        from sfa.services import history  # noqa: PLC0415 - the first paint does not need it

        await self.save(history.undo)

    async def action_redo(self) -> None:
        """Bring the last undone operation back."""
        from sfa.services import history  # noqa: PLC0415 - as above

        await self.save(history.redo)

    def action_help(self) -> None:
        """Show the keys that work here."""
        from screens.modals.help import HelpModal  # noqa: PLC0415 - opened seldom

        self.app.push_screen(HelpModal(self.title or self.AREA, (*self.COMMANDS, *GENERAL), self._table_keys()))

    def _table_keys(self) -> list[Binding]:
        focused = self.focused
        return [item for item in getattr(type(focused), "BINDINGS", []) if isinstance(item, Binding)] if focused else []

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

        self.app.push_screen(QuickEntryModal(), self._entry_saved)

    async def _entry_saved(self, saved: Saved | None) -> None:
        if saved is not None:
            self.desk_app.tell_saved(saved)
            await self.desk_app.refresh_screens()
