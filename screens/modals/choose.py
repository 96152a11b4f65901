"""Offers a few things to choose one from, by arrow or by typing part of it."""

from collections.abc import Sequence

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from screens.modals.base import DeskModal, move_highlight
from screens.safe import safe
from sfa.domain.text import fold


class ChooseModal(DeskModal[str]):
    """Choices as (key, words); the answer is the key."""

    def __init__(self, title: str, choices: Sequence[tuple[str, str]], *, selected: str | None = None) -> None:
        super().__init__()
        self._title = title
        self._choices = choices
        self._selected = selected

    def compose(self) -> ComposeResult:
        """Lay out the dialog."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = safe(self._title)
            dialog.border_subtitle = "type to narrow · enter takes · esc leaves"
            yield Input(placeholder="type part of it")
            yield OptionList()
            yield Static("", id="problem", classes="problem")

    def on_mount(self) -> None:
        """Show all choices."""
        self._show("")

    def _show(self, part: str) -> None:
        options = self.query_one(OptionList)
        options.clear_options()
        fitting = [(key, words) for key, words in self._choices if fold(part) in fold(words)]
        options.add_options(Option(safe(words), id=key) for key, words in fitting)
        options.display = bool(fitting)
        keys = [key for key, _ in fitting]
        if keys:
            options.highlighted = keys.index(self._selected) if self._selected in keys else 0
            self.show_problem("")
        else:
            self.show_problem(f"None of them is called “{part}”. Clear the line to see all.")

    @on(Input.Changed)
    def narrow(self, event: Input.Changed) -> None:
        """Show the choices that hold what was typed."""
        self._show(event.value.strip())

    def on_key(self, event: events.Key) -> None:
        """Let the arrows move in the list while the field has the focus."""
        move_highlight(event, self.query_one(OptionList))

    @on(Input.Submitted)
    def take_highlighted(self) -> None:
        """Answer with the highlighted choice."""
        option = self.query_one(OptionList).highlighted_option
        if option is not None:
            self.dismiss(option.id)

    @on(OptionList.OptionSelected)
    def take(self, event: OptionList.OptionSelected) -> None:
        """Answer with the choice clicked."""
        self.dismiss(event.option_id)
