"""The record that a line of quick entry is about where it names nobody: the one that was being looked at."""

from __future__ import annotations

from db.queries import whom
from sfa.services.matching import Match

TYPE_CHECKING = False
if TYPE_CHECKING:
    from db.store import Store

WHOLE = ("account", "contact", "opportunity")
PART = ("task", "event")


class About:
    """What a line is about without saying so.

    Attributes:
        account: the company, if there is one.
        person: the contact, if it is about one.
        deal: the opportunity, if it is about one.
        name: for people.
    """

    __slots__ = ("account", "deal", "name", "person")

    def __init__(self, account: Match | None, person: Match | None, deal: Match | None) -> None:
        self.account = account
        self.person = person
        self.deal = deal
        found = deal or person or account
        self.name = found.name if found else ""


def about(store: Store, noun: str, row_id: str) -> About | None:
    """Return what a line is about that is typed at a record; None where nothing can hang on it, or it is gone."""
    if noun not in (*WHOLE, *PART):
        return None
    account_id, contact_id, deal_id = whom.links_of(store, noun, row_id)
    person = _match(store, "contact", contact_id)
    account = _match(store, "account", account_id)
    if account is None and person is not None and noun == "contact":
        row = whom.account_of(store, person.id)
        account = Match("account", row) if row else None
    made = About(account, person, _match(store, "opportunity", deal_id))
    return made if made.name else None


def _match(store: Store, noun: str, row_id: str | None) -> Match | None:
    rows = whom.of_ids(store, noun, [row_id]) if row_id else []
    return Match(noun, rows[0]) if rows else None
