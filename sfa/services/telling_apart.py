"""What else a line says, where a name alone does not tell which record of the book is meant."""

from __future__ import annotations

from db.queries import whom
from sfa.services.matching import AmbiguousNameError, Match, choice, is_named

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from sfa.services.matching import Matcher


def account_where(matcher: Matcher, error: AmbiguousNameError, people: Sequence[str]) -> Match | None:
    """Return the only one of the accounts that a name may mean where one of the people named is now, or None."""
    found = []
    for ref, _ in error.choices:
        row = whom.referred(matcher.store, "account", ref)[0]
        there = [person[2] for person in whom.at_account(matcher.store, row[0])]
        near = [name for name in people if any(is_named(whole, name) for whole in there)]
        if near:
            found.append(Match("account", row, f"{error.name} is taken as {row[2]} ({row[1]}): {near[0]} is there."))
    return found[0] if len(found) == 1 else None


def only_deal(matcher: Matcher, account: Match, text: str = "", said: str = "") -> Match | None:
    """Return the only open deal of an account, or the only one that a text names but for the company; None where it has none.

    `said` are the words left of the text: the only deal with all of them in its name is meant.

    Raises:
        AmbiguousNameError: it has several open deals.
    """
    chosen = matcher.chosen("opportunity", account.name)
    if chosen:
        return chosen
    deals = matcher.open_deals(account)
    if len(deals) == 1:
        deals[0].why = f"{deals[0].name} is the only open deal of {account.name}."
    if len(deals) <= 1:
        return deals[0] if deals else None
    typed, company = _words(text), _words(account.name)
    named = [deal for deal in deals if (words := _words(deal.name) - company) and words <= typed]
    if len(named) != 1 and _words(said):
        named = [deal for deal in deals if _words(said) <= _words(deal.name)]
    if len(named) != 1:
        raise _several(account.name, deals, f"{account.name} has {len(deals)} open deals.")
    return named[0]


def deal_of(matcher: Matcher, account: Match, name: str) -> Match | None:
    """Return the open deal of an account that has all words of a name, or that is called exactly so; None of none.

    Raises:
        AmbiguousNameError: several are.
    """
    if matcher.chosen("opportunity", name):
        return None
    said = _words(name)
    called = [deal for deal in matcher.open_deals(account) if said and said <= _words(deal.name)]
    exact = [deal for deal in called if deal.name.lower() == name.lower()]
    if len(called) > 1 and len(exact) != 1:
        raise _several(name, called, f"{account.name} has {len(called)} open deals like {name}.")
    return next(iter(exact or called), None)


def is_of(matcher: Matcher, deal: Match, account: Match) -> bool:
    """Tell whether a deal is one of an account."""
    return whom.links_of(matcher.store, "opportunity", deal.id)[0] == account.id


def _several(name: str, deals: Sequence[Match], message: str) -> AmbiguousNameError:
    choices = [choice((deal.id, deal.ref, deal.name, "")) for deal in deals[: whom.SHOWN]]
    return AmbiguousNameError("opportunity", name, choices, message)


def _words(text: str) -> frozenset[str]:
    return frozenset(word.strip(",;:.()") for word in text.lower().split()) - {""}
