"""Accounts, contacts, and deals without an account: three lists behind one key."""

from dataclasses import dataclass
from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType

from screens.base import bindings
from screens.lists import LIST_VERBS, ListScreen
from screens.widgets.columns import ColumnSpec
from sfa.commands import Command

VERBS = (
    Command(
        "accounts.book",
        "Accounts, contacts, deals without account",
        "next_book",
        "tab",
        "Turn to the next list",
        is_shown=True,
        label="Next list",
    ),
)
ACCOUNTS = (
    ColumnSpec("name", "Account", 26, 4, 1),
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
    ColumnSpec("name", "Contact", 16, 3, 1),
    ColumnSpec("title", "Title", 12, 1, 4),
    ColumnSpec("account", "Account", 16, 3, 1),
    ColumnSpec("phone", "Phone", 18, 0, 2),
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


@dataclass(frozen=True, slots=True)
class Book:
    """One of the lists: what it is called, what it shows, what stands there while it is empty."""

    noun: str
    title: str
    columns: tuple[ColumnSpec, ...]
    empty: str
    where: str = ""
    sort: str = "name"


BOOKS = (
    Book("account", "Accounts", ACCOUNTS, "No accounts yet. Press a to add one, or : and import FILE."),
    Book("contact", "Contacts", CONTACTS, "No contacts yet. Press a to add one, or : and import FILE."),
    Book(
        "opportunity",
        "Deals without account",
        ORPHANS,
        "Every deal has its account. Press tab for the accounts.",
        "account=",
        "close_date",
    ),
)


class AccountsScreen(ListScreen):
    """One list at a time; tab turns to the next."""

    TITLE = "Accounts"
    AREA = "accounts"
    VERBS = (*LIST_VERBS, *VERBS)
    BINDINGS: ClassVar[list[BindingType]] = bindings(VERBS)

    def __init__(self) -> None:
        super().__init__()
        self._book = 0
        self._kept: dict[int, tuple[str, str]] = {}
        self._use(0)

    def _use(self, number: int) -> None:
        self._book = number
        book = BOOKS[number]
        self.noun, self.columns, self.base_where = book.noun, book.columns, book.where
        self.list_title = book.title
        self.empty = Text(book.empty, justify="center")
        self._filter, self._sort = self._kept.get(number, ("", book.sort))
        self._shown = None

    async def action_next_book(self) -> None:
        """Turn to the next list; each keeps its filter and order."""
        self._kept[self._book] = (self._filter, self._sort)
        self._use((self._book + 1) % len(BOOKS))
        await self.replace_table()
