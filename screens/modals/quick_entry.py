"""The + bar: one line, and under it what is understood, as one types."""

from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from screens.modals.base import DeskModal
from screens.safe import safe
from sfa.errors import NotFoundError, SfaError
from sfa.services import quick_entry
from sfa.services.desk import Saved

HINT = "called Jane at Acme 15min, wants a quote; send quote friday"
EXAMPLES = """met Jane at Acme, 40 seats, 40k by end of march
task: send the price list tomorrow
demo at Acme tue 10:00"""


class QuickEntryModal(DeskModal[Saved]):
    """Enter saves; escape keeps the draft for the next time; ctrl+n makes the account that is not in the book."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "ctrl+n", "make_account", "New account", tooltip="Make the account that is named", id="entry.make_account"
        )
    ]

    def __init__(self) -> None:
        super().__init__()
        self._asked = 0
        self._is_creating = False

    def compose(self) -> ComposeResult:
        """Lay out the bar."""
        with Vertical(classes="dialog -wide") as dialog:
            dialog.border_title = "Quick entry"
            dialog.border_subtitle = "enter saves · ctrl+n makes an unknown account · esc keeps the draft"
            yield Input(self.desk_app.draft, placeholder=HINT, select_on_focus=False)
            yield Static("", id="understood")
            yield Static("", id="problem", classes="problem")
            yield Static(Text(EXAMPLES), id="examples", classes="hint")

    def words_for(self, error: SfaError) -> str:
        """Name the key that makes a company which is not in the book."""
        if isinstance(error, NotFoundError) and not self._is_creating:
            return f"{error.message} ctrl+n makes it."
        return super().words_for(error)

    @on(Input.Changed)
    async def preview(self, event: Input.Changed) -> None:
        """Show what the line means so far."""
        self.desk_app.draft = event.value
        await self._understand(event.value)

    async def action_make_account(self) -> None:
        """Read the line again, with leave to make the account that it names."""
        self._is_creating = True
        await self._understand(self.query_one(Input).value)

    async def _understand(self, line: str) -> None:
        self._asked += 1
        asked, is_creating = self._asked, self._is_creating
        is_empty = not line.strip()
        self.query_one("#examples").display = is_empty
        if is_empty:
            self._tell(Text())
            self.show_problem("")
            return
        plan = await self.ask(lambda desk: quick_entry.understand(desk, line, is_creating=is_creating))
        if asked == self._asked:
            self._tell(Text("\n").join(safe(words) for words in plan.lines()) if plan else Text())

    def _tell(self, words: Text) -> None:
        self.query_one("#understood", Static).update(words)

    @on(Input.Submitted)
    async def save(self, event: Input.Submitted) -> None:
        """Save the line; where that is not possible it stays with the reason."""
        line, is_creating = event.value, self._is_creating
        saved = await self.ask(lambda desk: quick_entry.enter(desk, line, is_creating=is_creating))
        if saved is not None:
            self.desk_app.draft = ""
            self.dismiss(saved)
