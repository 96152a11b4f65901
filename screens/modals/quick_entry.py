"""The + bar: one line, and under it what is understood, as one types."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from rich.text import Text

from screens.modals.base import DeskModal
from screens.safe import safe
from sfa.services import quick_entry
from sfa.services.desk import Saved

HINT = "called Jane at Acme 15min, wants a quote; send quote friday"


class QuickEntryModal(DeskModal[Saved]):
    """Enter saves; escape keeps the draft for the next time."""

    draft = ""

    def __init__(self) -> None:
        super().__init__()
        self._asked = 0

    def compose(self) -> ComposeResult:
        """Lay out the bar."""
        with Vertical(classes="dialog -wide") as dialog:
            dialog.border_title = "Quick entry"
            dialog.border_subtitle = "enter saves · esc keeps the draft"
            yield Input(type(self).draft, placeholder=HINT)
            yield Static("", id="understood")
            yield Static("", id="problem", classes="problem")

    @on(Input.Changed)
    async def preview(self, event: Input.Changed) -> None:
        """Show what the line means so far."""
        type(self).draft = event.value
        self._asked += 1
        asked, line = self._asked, event.value
        if not line.strip():
            self.query_one("#understood", Static).update("")
            return
        plan = await self.ask(lambda desk: quick_entry.understand(desk, line))
        if plan is not None and asked == self._asked:
            shown = Text("\n").join(safe(words) for words in plan.lines())
            self.query_one("#understood", Static).update(shown)

    @on(Input.Submitted)
    async def save(self, event: Input.Submitted) -> None:
        """Save the line; where that is not possible it stays with the reason."""
        line = event.value
        saved = await self.ask(lambda desk: quick_entry.enter(desk, line))
        if saved is not None:
            type(self).draft = ""
            self.dismiss(saved)
