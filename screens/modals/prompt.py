"""Asks for one line of text, and stays up until it can be used."""

from collections.abc import Callable
from typing import TypeVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from screens.modals.base import DeskModal
from screens.safe import safe
from sfa.services.desk import Desk

Made = TypeVar("Made")


class PromptModal(DeskModal[Made]):
    """A title, a field, a hint; enter does the work with the text and answers with what it returns.

    Args:
        title: what stands in the border.
        work: what is done with the text; its error is shown in the dialog, and what was typed stays.
        value: what stands in the field at first.
        hint: examples of what may be typed.
        is_required: whether the field may stay empty.
        enter: what enter does, in one word.
    """

    def __init__(
        self,
        title: str,
        work: Callable[[Desk, str], Made],
        *,
        value: str = "",
        hint: str = "",
        is_required: bool = True,
        enter: str = "saves",
    ) -> None:
        super().__init__()
        self._title = title
        self._work = work
        self._value = value
        self._hint = hint
        self._is_required = is_required
        self._enter = enter

    def compose(self) -> ComposeResult:
        """Lay out the dialog."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = safe(self._title)
            dialog.border_subtitle = f"enter {self._enter} · esc leaves"
            yield Input(self._value)
            yield Static("", id="problem", classes="problem")
            if self._hint:
                yield Static(safe(self._hint), classes="hint")

    @on(Input.Submitted)
    async def answer(self, event: Input.Submitted) -> None:
        """Do the work with what was typed."""
        text = event.value.strip()
        if not text and self._is_required:
            self.show_problem("Something is needed here.")
            return
        made = await self.ask(lambda desk: self._work(desk, text))
        if made is not None:
            self.dismiss(made)
