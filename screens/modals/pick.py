"""Asks which of a few records is meant: one key answers."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from screens.modals.base import DeskModal
from screens.safe import safe

MOST = 9


class PickModal(DeskModal[str]):
    """A question and up to nine choices as (key, words); the answer is the key."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            str(number), f"pick({number})", f"Number {number}", tooltip=f"Take number {number}", id=f"pick.{number}"
        )
        for number in range(1, MOST + 1)
    ]

    def __init__(self, question: str, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._question = question
        self._choices = choices[:MOST]

    def compose(self) -> ComposeResult:
        """Lay out the dialog."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = safe(self._question)
            dialog.border_subtitle = f"1–{len(self._choices)} takes one · enter the marked one · esc goes back"
            yield OptionList(
                *(Option(safe(f"{number}  {words}")) for number, (_, words) in enumerate(self._choices, 1))
            )

    def action_pick(self, number: int) -> None:
        """Answer with the choice of that number."""
        if number <= len(self._choices):
            self.dismiss(self._choices[number - 1][0])

    @on(OptionList.OptionSelected)
    def take(self, event: OptionList.OptionSelected) -> None:
        """Answer with the choice under the cursor, or clicked."""
        self.action_pick(event.option_index + 1)
