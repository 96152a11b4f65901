"""What every dialog has: escape closes it, errors show inside it, the store is asked through the clerk."""

from collections.abc import Callable
from typing import ClassVar, Generic, TypeVar

from textual.binding import Binding, BindingType
from textual.screen import ModalScreen
from textual.widgets import Static

from screens.safe import safe
from sfa.errors import SfaError
from sfa.services.desk import Desk

Result = TypeVar("Result")
Answer = TypeVar("Answer")


class DeskModal(ModalScreen[Result | None], Generic[Result]):
    """A dialog; its answer is None where it was left with escape.

    A subclass that shows errors has a `Static` with the id `problem`.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Close", tooltip="Close without saving", id="dialog.leave")
    ]

    def action_leave(self) -> None:
        """Close without an answer."""
        self.dismiss(None)

    async def ask(self, work: Callable[[Desk], Answer]) -> Answer | None:
        """Return what the work returns, or None after showing why it could not be done."""
        from screens.app import SalesApp  # noqa: PLC0415 - the app imports its screens

        app = self.app
        if not isinstance(app, SalesApp):
            raise TypeError(f"{type(app).__name__} is not the desk")
        try:
            answer = await app.clerk.ask(work)
        except SfaError as error:
            self.show_problem(error)
            return None
        self.query_one("#problem", Static).update("")
        return answer

    def show_problem(self, error: SfaError) -> None:
        """Show one sentence and its remedy inside the dialog; what was typed stays."""
        self.query_one("#problem", Static).update(safe(f"{error.message} {error.hint or ''}".strip()))
