"""Asks for one line of text."""

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.suggester import SuggestFromList
from textual.widgets import Input, Label

from screens.modals.base import DeskModal
from screens.safe import safe


class PromptModal(DeskModal[str]):
    """A title, a field, a hint; enter answers with the text."""

    def __init__(
        self, title: str, *, value: str = "", hint: str = "", is_required: bool = True, suggestions: Sequence[str] = ()
    ) -> None:
        super().__init__()
        self._title = title
        self._value = value
        self._hint = hint
        self._is_required = is_required
        self._suggestions = suggestions

    def compose(self) -> ComposeResult:
        """Lay out the dialog."""
        suggester = SuggestFromList(self._suggestions, case_sensitive=False) if self._suggestions else None
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = safe(self._title)
            dialog.border_subtitle = "enter saves · esc leaves"
            yield Input(self._value, suggester=suggester)
            yield Label("", id="problem", classes="problem")
            if self._hint:
                yield Label(safe(self._hint), classes="hint")

    @on(Input.Submitted)
    def answer(self, event: Input.Submitted) -> None:
        """Answer with what was typed."""
        text = event.value.strip()
        if not text and self._is_required:
            self.query_one("#problem", Label).update("Something is needed here.")
            return
        self.dismiss(text)
