"""What else a line says, where a name alone means several records of the book."""

from __future__ import annotations

from db.queries import whom
from sfa.services.matching import Match, is_named

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from db.store import Store
    from sfa.services.matching import AmbiguousNameError


def account_where(store: Store, error: AmbiguousNameError, people: Sequence[str]) -> Match | None:
    """Return the only one of the accounts that a name may mean where one of the people named is now, or None."""
    found = []
    for ref, _ in error.choices:
        row = whom.referred(store, "account", ref)[0]
        there = [name for name in people if any(is_named(other[2], name) for other in whom.at_account(store, row[0]))]
        if there:
            found.append(Match("account", row, f"{error.name} is taken as {row[2]} ({row[1]}): {there[0]} is there."))
    return found[0] if len(found) == 1 else None


def deal_said(deals: Iterable[Match], company: str, text: str) -> Match | None:
    """Return the only deal all of whose words, but those of its company's name, are in a text; None of none or several."""
    said, own = _words(text), _words(company)
    found = [deal for deal in deals if (words := _words(deal.name) - own) and words <= said]
    return found[0] if len(found) == 1 else None


def _words(text: str) -> frozenset[str]:
    return frozenset(word.strip(",;:.()") for word in text.lower().split()) - {""}
