"""What a sync needs of the book, whichever kind of record: texts by UID, and texts taken in."""

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from db.store import UnitOfWork
from sfa.dav.parts import Parts
from sfa.services.desk import Desk


class ItemProblem(ValueError):  # noqa: N818 - a reason against an item, not a failure
    """Why an item of a server cannot be in the book."""


class Book(Protocol):
    """The records of one kind, as a server's collection has them.

    Attributes:
        noun: what they are.
    """

    noun: str

    def texts(self, uids: Sequence[str], *, has_own: bool = False) -> dict[str, str]:
        """Return the texts of the live records of UIDs, and with `has_own` of all that are the user's, by UID."""

    def parts(self, text: str) -> Parts:
        """Return a text in parts.

        Raises:
            ItemProblem: it is no such text.
        """

    def uid_of(self, text: str) -> str:
        """Return the UID of a text.

        Raises:
            ItemProblem: it is none that the book can have.
        """

    def title_of(self, text: str) -> str:
        """Return what a text is called."""

    def filled(self, work: UnitOfWork, texts: Mapping[str, str], synced: Collection[str]) -> set[str]:
        """Let records that are surely those of texts (by UID) take their UIDs and fill what is empty; return which ones.

        Those that are synced already, by their own UIDs, are somebody else: they stay as they are.
        """

    def take(self, work: UnitOfWork, text: str) -> None:
        """Let the book say what a text says, the trash and instances of series included.

        Raises:
            ItemProblem: it cannot.
        """

    def forget(self) -> None:
        """Forget what was written so far: it was taken back."""

    def remove(self, work: UnitOfWork, uid: str) -> None:
        """Put the records of a UID into the trash."""


def book_of(desk: Desk, kind: str) -> Book:
    """Return the book of a kind of collection."""
    if kind == "calendar":
        from sfa.dav.calendar_book import CalendarBook  # noqa: PLC0415 - each kind imports its own

        return CalendarBook(desk)
    from sfa.dav.card_book import CardBook  # noqa: PLC0415 - as above

    return CardBook(desk)
