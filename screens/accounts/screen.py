"""Accounts, contacts, and deals without an account: three lists behind one key."""

from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType

from screens.base import bindings
from screens.lists import ListScreen
from screens.widgets.columns import ColumnSpec
from sfa.commands import Command

COMMANDS = (
    Command("accounts.book", "Accounts, contacts or deals without account", "next_book", "tab", "Turn to the next list", True, "Turn"),
)
ACCOUNTS = (
    ColumnSpec("name", "Account", 20, 4, 1),
    ColumnSpec("type", "Type", 9, 0, 3),
    ColumnSpec("industry", "Industry", 12, 1, 4),
    ColumnSpec("city", "City", 12, 1, 3),
    ColumnSpec("country", "Country", 10, 1, 5),
    ColumnSpec("owner", "Owner", 12, 1, 4),
    ColumnSpec("open_deals", "Open", 5, 0, 2, "right"),
    ColumnSpec("last_activity", "Last touch", 10, 0, 2),
    ColumnSpec("ref", "Ref", 5, 0, 3),
)
CONTACTS = (
    ColumnSpec("name", "Contact", 18, 3, 1),
    ColumnSpec("title", "Title", 12, 1, 4),
    ColumnSpec("account", "Account", 16, 3, 1),
    ColumnSpec("phone", "Phone", 16, 0, 2),
    ColumnSpec("email", "E-mail", 18, 2, 3),
    ColumnSpec("last_activity", "Last touch", 10, 0, 4),
    ColumnSpec("ref", "Ref", 5, 0, 5),
)
ORPHANS = (
    ColumnSpec("name", "Deal", 20, 4, 1),
    ColumnSpec("stage", "Stage", 14, 1, 2),
    ColumnSpec("amount", "Amount", 15, 0, 1, "right"),
    ColumnSpec("close_date", "Closes", 10, 0, 2),
    ColumnSpec("owner", "Owner", 12, 1, 3),
    ColumnSpec("ref", "Ref", 5, 0, 3),
)
BOOKS: tuple[tuple[str, str, tuple[ColumnSpec, ...], str, str, str], ...] = (
    ("account", "Accounts", ACCOUNTS, "", "name", "No accounts yet. Press a to add one, or bring a file in: sfa import FILE"),
    ("contact", "Contacts", CONTACTS, "", "name", "No contacts yet. Press a to add one."),
    (
        "opportunity",
        "Deals without account",
        ORPHANS,
        "account=",
        "close_date",
        "Every deal has its account. Press tab for the accounts.",
    ),
)


class AccountsScreen(ListScreen):
    """One list at a time; tab turns to the next."""

    TITLE = "Accounts"
    AREA = "accounts"
    COMMANDS = (*COMMANDS, *ListScreen.COMMANDS)
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMANDS)

    def __init__(self) -> None:
        self._book = 0
        super().__init__()
        self._use(0)

    def _use(self, book: int) -> None:
        self._book = book
        self.noun, self.list_title, self.columns, self.base_where, self._sort, empty = BOOKS[book]
        self.empty = Text(empty, justify="center")
        self._filter = ""
        self._shown = None

    async def action_next_book(self) -> None:
        """Turn to the next list."""
        self._use((self._book + 1) % len(BOOKS))
        await self.replace_table()
