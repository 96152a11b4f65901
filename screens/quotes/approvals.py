"""The inbox of approvals: quotes of others that wait for one's yes."""

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from screens.base import bindings
from screens.quotes.state_verbs import QuoteVerbs
from screens.safe import safe
from screens.widgets.columns import ColumnSpec
from screens.widgets.paging import Row
from screens.widgets.record_table import RecordTable
from screens.widgets.short_list import show_rows
from screens.words import local_day
from sfa.commands import Command
from sfa.domain.money import Money
from sfa.services.quote_approvals import waiting_for
from sfa.services.quote_sheet import Meant

if TYPE_CHECKING:
    from sfa.services.quote_approvals import Waiting

VERBS = (
    Command("approvals.yes", "Approve", "verb('approve')", "y", "Say yes; a note may go with it", is_shown=True, label="Approve"),
    Command("approvals.no", "Refuse", "verb('refuse')", "n", "Say no, and why", is_shown=True, label="Refuse"),
    Command("approvals.scope", "Yours, or all that waits", "toggle_scope", "o", "Whose approvals are shown", is_shown=True, label="Whose"),
    Command("approvals.page", "The page", "preview", "w", "As the customer would get it", is_shown=True, label="Page"),
    Command("approvals.back", "Back", "back", "escape,backspace", "To the quotes", is_shown=True, label="Back"),
)  # fmt: skip
COLUMNS = (
    ColumnSpec("number", "Quote", 16, 0, 1),
    ColumnSpec("account", "Account", 14, 2, 2),
    ColumnSpec("net", "Net", 16, 0, 1, "right"),
    ColumnSpec("why", "Why", 22, 4, 1),
    ColumnSpec("asked_by", "Asked by", 12, 1, 3),
    ColumnSpec("approver", "For", 9, 0, 4),
    ColumnSpec("asked_at", "Since", 10, 0, 5),
)
EMPTY = Text("Nothing waits for your approval. Press o to see all that waits, 5 for the quotes.", justify="center")


class ApprovalsScreen(QuoteVerbs):
    """What waits for whom, the oldest first."""

    TITLE = "Approvals"
    AREA = "quotes"
    VERBS: ClassVar[tuple[Command, ...]] = VERBS
    BINDINGS: ClassVar[list[BindingType]] = bindings(VERBS)
    DEFAULT_CSS = """
    ApprovalsScreen { & #why { height: auto; max-height: 4; padding: 0 2; } }
    """

    def __init__(self) -> None:
        super().__init__()
        self._is_all = False
        self._found: list[Waiting] = []

    def compose_body(self) -> ComposeResult:
        """Lay out the list."""
        yield RecordTable(COLUMNS, empty_text=EMPTY)
        yield Static("", id="why")

    async def refresh_data(self) -> None:
        """Read what waits."""
        is_all = self._is_all
        found = await self.ask(lambda desk: waiting_for(desk, desk.user_id, is_all=is_all))
        if found is None:
            return
        self._found = found
        table = self.query_one(RecordTable)
        table.border_title = "All that waits for an approval" if is_all else "Waits for your approval"
        zone = self.desk_app.clerk.desk.store.clock.zone()
        show_rows(
            table,
            [
                Row(
                    str(number),
                    (
                        one.number,
                        one.account,
                        str(Money(one.net_minor, one.currency)),
                        one.why,
                        one.asked_by,
                        one.approver,
                        local_day(one.asked_at, zone),
                    ),
                    ("", "", "", "warning", "muted", "muted", "muted"),
                )
                for number, one in enumerate(found)
            ],
        )

    def meant(self) -> Meant | None:
        """Return the quote under the cursor."""
        key = self.query_one(RecordTable).cursor_key
        return Meant(self._found[int(key)].quote_id) if key is not None else None

    def looked_at(self) -> tuple[str, str] | None:
        """Return the same as a record."""
        found = self.meant()
        return ("quote", found.id) if found else None

    @on(RecordTable.RowHighlighted)
    def tell_why(self, event: RecordTable.RowHighlighted) -> None:
        """Say in full why the quote under the cursor waits, which a narrow column cuts."""
        one = self._found[int(event.key)] if event.key is not None else None
        words = f"{one.number} by {one.asked_by}, for the {one.approver}: {one.why}" if one else ""
        self.query_one("#why", Static).update(safe(words))

    @on(RecordTable.RowOpened)
    def open_quote(self) -> None:
        """Show the quote."""
        self.desk_app.open_hit(self.looked_at())

    @work(group="dialog")
    async def action_toggle_scope(self) -> None:
        """Show one's own, or all that waits."""
        self._is_all = not self._is_all
        await self.refresh_data()

    def action_back(self) -> None:
        """Return to the quotes."""
        if self.is_current:
            self.app.pop_screen()
