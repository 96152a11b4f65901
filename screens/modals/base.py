"""What every dialog has: escape closes it, errors show inside it, the store is asked through the clerk."""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from rich.text import Text
from textual import events, on
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.worker import Worker, WorkerState

from screens.safe import safe_lines
from sfa.errors import ConflictError, SfaError
from sfa.services.desk import Desk

if TYPE_CHECKING:
    from screens.app import SalesApp

Result = TypeVar("Result")
Answer = TypeVar("Answer")

CANDIDATES_SHOWN = 5


class DeskModal(ModalScreen[Result | None], Generic[Result]):
    """A dialog; its answer is None where it was left with escape.

    A subclass that shows errors has a `Static` with the id `problem`.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Close", tooltip="Close without saving", id="dialog.leave")
    ]

    @property
    def desk_app(self) -> "SalesApp":
        """The running app, by its own type."""
        from screens.app import SalesApp  # noqa: PLC0415 - the app imports its screens

        app = self.app
        if not isinstance(app, SalesApp):
            raise TypeError(f"{type(app).__name__} is not the desk")
        return app

    def action_leave(self) -> None:
        """Close without an answer."""
        self.dismiss(None)

    async def ask(self, work: Callable[[Desk], Answer]) -> Answer | None:
        """Return what the work returns, or None after showing why it could not be done."""
        try:
            answer = await self.desk_app.clerk.ask(work)
        except SfaError as error:
            self.show_problem(self.words_for(error))
            return None
        except Exception as error:  # noqa: BLE001 - what was typed must not be lost; it is told and logged
            self.desk_app.report_defect(error)
            return None
        if self.is_attached:
            self.show_problem("")
        return answer

    def words_for(self, error: SfaError) -> str:
        """Return a sentence and its remedy; where a name means several records, with a line for each."""
        if not isinstance(error, ConflictError) or not error.candidates:
            return f"{error.message} {error.hint or ''}"
        shown = [f"  {line}" for line in error.candidates[:CANDIDATES_SHOWN]]
        if len(error.candidates) > CANDIDATES_SHOWN:
            shown.append(f"  … and {len(error.candidates) - CANDIDATES_SHOWN} more")
        return "\n".join([error.message, *shown, error.hint or ""])

    def show_problem(self, words: str) -> None:
        """Show a sentence and its remedy inside the dialog; what was typed stays."""
        for place in self.query("#problem").results(Static):
            place.update(safe_lines(words.strip()) if words else Text())
            place.display = bool(words)

    @on(Worker.StateChanged)
    def report_worker(self, event: Worker.StateChanged) -> None:
        """Show the error of a worker that failed, which would be silent otherwise."""
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            self.desk_app.report_defect(event.worker.error)


def move_highlight(event: events.Key, options: OptionList) -> None:
    """Let the arrows move in a list while the field above it has the focus."""
    if event.key == "down":
        options.action_cursor_down()
    elif event.key == "up":
        options.action_cursor_up()
    else:
        return
    event.stop()
    event.prevent_default()
