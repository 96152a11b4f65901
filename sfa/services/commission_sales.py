"""The sales of a book as events of the engine: in their order, and read anew by each walk over them."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from heapq import merge
from typing import Any, Final

from db.queries import commission as queries
from db.queries.records import Row
from db.store import Store
from sfa.domain.commission.events import NO_TRAITS, Event, EventKind

TRAITS: Final[tuple[str, ...]] = (
    "product",
    "category",
    "account",
    "industry",
    "segment",
    "territory",
    "type",
    "source",
)
TRAITS_OF_EVENTS: Final[tuple[str, ...]] = ("product", "category", "account", "industry", "segment", "territory")
"""What components may be limited to; the facts of an event come on top."""
NOBODY: Final = "-"
"""Owner of a sale that nobody owns: it pays nobody."""
_KINDS: Final[Mapping[str, EventKind]] = {kind.value: kind for kind in EventKind}


@dataclass(frozen=True)
class Sales:
    """Orders, and deals won without one, as events.

    Attributes:
        days: the first, and the one behind the last, in ISO 8601.
        people: whose; everybody's where None.
        has_traits: whether what plans may be limited to is read too.
        has_deals: whether a deal won without an order counts as booked.
    """

    store: Store
    days: tuple[str, str]
    people: Sequence[str] | None
    has_traits: bool = True
    has_deals: bool = True

    def __iter__(self) -> Iterator[Event]:
        """Yield them in their order."""
        rows = queries.events(self.store, self.days, self.people, has_traits=self.has_traits)
        orders = _events(rows, has_traits=self.has_traits)
        deals = sorted(map(deal_event, self.own_deals()), key=_order)
        return merge(orders, deals, key=_order) if deals else orders

    def own_deals(self) -> list[Row]:
        """Return the deals among them as rows of the book."""
        return queries.won_deals(self.store, *self.days, self.people) if self.has_deals else []

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Return what people call the sales that events are about, by the event's id."""
        named = queries.names_of_events(self.store, self.days, self.people)
        found = {event_id: f"{number} {account or ''}".rstrip() for event_id, number, account in named}
        return found | {row["id"]: str(row["name"]) for row in self.own_deals()}

    @cached_property
    def deals(self) -> frozenset[str]:
        """Return the ids of the deals among them."""
        return frozenset(row["id"] for row in self.own_deals())

    @cached_property
    def by_id(self) -> Mapping[str, Event]:
        """Return the events by their ids."""
        return {event.id: event for event in self}


def _order(event: Event) -> tuple[date, str, str]:
    return event.order


def _events(rows: Iterable[tuple[Any, ...]], *, has_traits: bool) -> Iterator[Event]:
    days: dict[str, date] = {}
    traits: Mapping[str, str] = NO_TRAITS
    for row in rows:
        event_id, kind, day, net, recorded, cost, currency, fx, reverses, quantity, owner = row[:11]
        on = days.get(day)
        if on is None:
            on = days[day] = date.fromisoformat(day)
        if has_traits:
            traits = _traits(row[11:])
        # What takes a sale back is its owner's, whoever looks after the customer by now.
        whose = "" if reverses else owner or NOBODY
        fixed = (event_id, _KINDS[kind], on, net, recorded, cost, currency, fx, 0, reverses, traits, quantity)
        yield Event(*fixed, None, whose)


@lru_cache(maxsize=256)
def _traits(row: tuple[str | None, ...]) -> Mapping[str, str]:
    found = {name: value for name, value in zip(TRAITS_OF_EVENTS, row, strict=False) if value}
    facts = json.loads(row[-1]) if row[-1] else {}
    return found | {name: value for name, value in facts.items() if isinstance(value, str) and name != "number"}


def deal_event(row: Row) -> Event:
    """Return a won deal as a booking: the one place where a deal without an order becomes an event."""
    return Event(
        id=row["id"],
        kind=EventKind.BOOKED,
        on=date.fromisoformat(row["closed_on"]),
        net_minor=row["amount_minor"],
        currency=row["currency"],
        traits={name: str(row[name]) for name in TRAITS if row.get(name)},
        quantity=1_000_000,
        owner=row["owner_id"],
    )
