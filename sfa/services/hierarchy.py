"""The accounts below an account, with what each brings itself and together with all below it (domain.md 4.3)."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from db.queries import hierarchy as queries
from sfa.domain.money import Money
from sfa.errors import NotFoundError
from sfa.services.desk import Desk


@dataclass(slots=True)
class Figures:
    """What accounts bring; amounts in minor units by currency, never added across currencies."""

    open_minor: Counter[str] = field(default_factory=Counter)
    open_deals: int = 0
    won_minor: Counter[str] = field(default_factory=Counter)
    won_deals: int = 0
    contact_ids: frozenset[str] = frozenset()
    last_touch: str | None = None

    def add(self, other: "Figures") -> None:
        """Take in what another account brings; a person at both counts once."""
        self.open_minor.update(other.open_minor)
        self.open_deals += other.open_deals
        self.won_minor.update(other.won_minor)
        self.won_deals += other.won_deals
        self.contact_ids |= other.contact_ids
        self.last_touch = max(filter(None, (self.last_touch, other.last_touch)), default=None)

    @property
    def open_amounts(self) -> list[Money]:
        """The open pipeline, one amount a currency."""
        return _amounts(self.open_minor)

    @property
    def won_amounts(self) -> list[Money]:
        """What was won this year, one amount a currency."""
        return _amounts(self.won_minor)


@dataclass(slots=True)
class Branch:
    """One account of the tree: `level` 0 is the one asked for; `rolled` counts all below it too."""

    id: str
    ref: str
    name: str
    type: str
    level: int
    parent_id: str | None
    own: Figures
    rolled: Figures


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """A tree, each account right behind its parent; `top` (id, ref, name) is the ultimate parent of its root."""

    branches: tuple[Branch, ...]
    top_id: str
    top_ref: str
    top_name: str


def hierarchy(desk: Desk, account_id: str) -> Hierarchy:
    """Return an account and all below it; won means won in the present calendar year.

    Raises:
        NotFoundError: there is no such account.
    """
    year = desk.today.year
    rows = queries.below(desk.store, account_id, f"{date(year, 1, 1)}", f"{date(year + 1, 1, 1)}")
    if not rows:
        raise NotFoundError(f"No account {account_id}.", hint="List them with: sfa account list")
    found: dict[str, Branch] = {}
    for row in rows:
        if row[0] not in found:
            own = Figures(contact_ids=frozenset(json.loads(row[6])), last_touch=row[7])
            found[row[0]] = Branch(row[0], row[3], row[4], row[5], row[2], row[1], own, Figures())
        _count(found[row[0]].own, row[8:])
    for branch in reversed(found.values()):  # the deepest first: parents come before children
        branch.rolled.add(branch.own)
        if branch.parent_id in found:
            found[branch.parent_id].rolled.add(branch.rolled)
    return Hierarchy(tuple(_in_order(found.values())), *queries.ultimate_parent(desk.store, account_id))


def _count(figures: Figures, deals: tuple[str | None, int, int, int, int]) -> None:
    currency, open_minor, open_deals, won_minor, won_deals = deals
    if open_deals is None:
        return
    if currency:
        figures.open_minor[currency] += open_minor
        figures.won_minor[currency] += won_minor
    figures.open_deals += open_deals
    figures.won_deals += won_deals


def _in_order(branches: Iterable[Branch]) -> list[Branch]:
    """Return each account right behind its parent."""
    below: dict[str | None, list[Branch]] = {}
    for branch in branches:
        below.setdefault(branch.parent_id, []).append(branch)
    found: list[Branch] = []
    waiting = below.get(None, [])
    while waiting:
        branch = waiting.pop()
        found.append(branch)
        waiting += reversed(below.get(branch.id, []))
    return found


def _amounts(minor: Counter[str]) -> list[Money]:
    return [Money(value, currency) for currency, value in sorted(minor.items()) if value]
