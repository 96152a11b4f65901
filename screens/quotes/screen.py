"""The list of quotes: filter, make, open; and what waits for an approval."""

from dataclasses import replace
from typing import ClassVar

from rich.text import Text
from textual import work
from textual.binding import BindingType

from screens.base import bindings
from screens.lists import LIST_VERBS, ListScreen
from screens.quotes.making import new_quote
from screens.quotes.state_verbs import STATE_VERBS, QuoteVerbs
from screens.widgets.columns import ColumnSpec
from sfa.commands import Command
from sfa.services.quote_sheet import Meant

VERBS = (
    Command("quote.inbox", "What waits for your approval", "inbox", "i", "Quotes of others", is_shown=True, label="Approvals"),
)  # fmt: skip
COLUMNS = (
    ColumnSpec("number", "Number", 16, 0, 1),
    ColumnSpec("revision", "Rev", 3, 0, 4, "right"),
    ColumnSpec("state", "State", 11, 0, 1),
    ColumnSpec("account", "Account", 12, 3, 1),
    ColumnSpec("net", "Net", 16, 0, 1, "right"),
    ColumnSpec("valid_until", "Valid to", 10, 0, 2),
    ColumnSpec("name", "Name", 18, 2, 5),
    ColumnSpec("owner", "Owner", 12, 1, 6),
    ColumnSpec("ref", "Ref", 5, 0, 7),
)
EMPTY = "No quotes yet. Press a to make one for an account; Q on a deal makes one from it."
_HIDDEN = ("list.sort", "list.edit")


class QuotesScreen(ListScreen, QuoteVerbs):
    """All quotes, the newest first."""

    TITLE = "Quotes"
    AREA = "quotes"
    VERBS = (
        *(replace(one, is_shown=one.is_shown and one.id not in _HIDDEN) for one in LIST_VERBS),
        *VERBS,
        *STATE_VERBS,
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(VERBS)

    def __init__(self) -> None:
        super().__init__()
        self.noun = "quote"
        self.list_title = "Quotes"
        self.columns = COLUMNS
        self.empty = Text(EMPTY, justify="center")
        self._sort = "-number"

    def meant(self) -> Meant | None:
        """Return the quote under the cursor, or the one that is marked."""
        ids = self.targets()
        return Meant(ids[0]) if len(ids) == 1 else None

    @work(group="dialog")
    async def action_add(self) -> None:
        """Ask for whom, make a quote, and open it."""
        await new_quote(self)

    def action_inbox(self) -> None:
        """Show what waits for an approval."""
        from screens.quotes.approvals import ApprovalsScreen  # noqa: PLC0415 - opened by key

        self.app.push_screen(ApprovalsScreen())
