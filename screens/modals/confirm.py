"""Asks before something is done to many records, and shows what would change."""

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from screens.modals.base import DeskModal
from screens.safe import safe


class ConfirmModal(DeskModal[bool]):
    """A question with its details; `y` or enter agrees, `n` or escape does not."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y,enter", "agree", "Yes", tooltip="Do it", id="confirm.yes"),
        Binding("n", "leave", "No", tooltip="Leave everything as it is", id="confirm.no"),
    ]

    def __init__(self, question: str, details: Sequence[str] = ()) -> None:
        super().__init__()
        self._question = question
        self._details = details

    def compose(self) -> ComposeResult:
        """Lay out the dialog."""
        with Vertical(classes="dialog -wide") as dialog:
            dialog.border_title = safe(self._question)
            dialog.border_subtitle = "y yes · n no"
            with VerticalScroll(can_focus=True):
                yield Static(Text("\n", no_wrap=True, overflow="ellipsis").join(safe(line) for line in self._details))

    def action_agree(self) -> None:
        """Answer yes."""
        self.dismiss(result=True)
