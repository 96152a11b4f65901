"""One field for many records."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.suggester import SuggestFromList
from textual.widgets import Input, Static

from screens.modals.base import DeskModal
from sfa.domain.fields import NOUNS


class BulkModal(DeskModal[dict[str, object]]):
    """Asks for `field=value`; the answer is the field with its text (None clears it)."""

    def __init__(self, noun: str, count: int) -> None:
        super().__init__()
        self._fields = NOUNS[noun].fields
        self._count = count

    def compose(self) -> ComposeResult:
        """Lay out the dialog."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = f"Change {self._count:,} records"
            dialog.border_subtitle = "enter shows what would change · esc leaves"
            suggester = SuggestFromList([f"{name}=" for name in self._fields], case_sensitive=False)
            yield Input(placeholder="field=value, such as owner=me", suggester=suggester)
            yield Static("", id="problem", classes="problem")
            yield Static(f"Fields: {', '.join(self._fields)}", classes="hint")

    @on(Input.Submitted)
    def answer(self, event: Input.Submitted) -> None:
        """Answer with the field and its value."""
        name, sign, value = event.value.partition("=")
        if not sign or name.strip() not in self._fields:
            self.query_one("#problem", Static).update("Write field=value, with one of the fields below.")
            return
        self.dismiss({name.strip(): value.strip() or None})
