"""Prices out of the store, ready for the engine: everything that some lines may need, read once per kind."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from db.queries import prices as queries
from db.store import Store
from sfa.domain.figures import DEC6
from sfa.domain.pricing.amounts import Effect, is_valid
from sfa.domain.pricing.lookup import ContractPrice, PriceBook, PriceEntry, PriceTable, price_table
from sfa.domain.pricing.rules import Condition, Discount, PriceRule
from sfa.domain.pricing.schedules import Schedule, ScheduleKind, Scope, Tier

TERM = "term"
"""The scope of a stored schedule that counts the periods of its line."""
CATALOGUE = "catalogue"
"""The book that nobody keeps: what stands with the products themselves."""


@dataclass(frozen=True, slots=True)
class Goods:
    """A product as far as its price needs it; amounts per unit, DEC6."""

    id: str
    name: str
    categories: tuple[str, ...]
    unit: str
    price_dec6: int | None
    cost_dec6: int | None
    currency: str
    tax_code_id: str | None
    period: str | None
    floor_dec6: int | None
    min_margin_ppm: int | None


@dataclass(frozen=True, slots=True)
class Buyer:
    """An account with its parents upwards; groups and book are the nearest ones that are set."""

    accounts: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    book_id: str | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """A schedule with whom and what it is for.

    Attributes:
        is_of_term: the periods of a line pick the tier, not its quantity.
    """

    schedule: Schedule
    is_of_term: bool
    target: str
    holder: str
    currency: str
    priority: int
    valid_from: date | None
    valid_to: date | None


@dataclass(slots=True)
class Shelf:
    """All that was read for some lines."""

    goods: dict[str, Goods]
    buyers: dict[str, Buyer]
    books: dict[str, PriceBook]
    standards: tuple[str, ...]
    table: PriceTable
    offers: tuple[Offer, ...]
    rules: tuple[tuple[PriceRule, str], ...]
    names: dict[str, str]
    rates: dict[tuple[str, str, date], int | None] = field(default_factory=dict)
    local_books: dict[tuple[str, date], str | None] = field(default_factory=dict)


def day_of(text: str | None) -> date | None:
    """Return a stored day."""
    return date.fromisoformat(text) if text else None


def category_key(text: str) -> str:
    """Return a category for comparing: in any case, with any spaces round its slashes."""
    return "/".join(part.strip() for part in text.casefold().split("/") if part.strip())


def categories_of(text: str | None) -> tuple[str, ...]:
    """Return a category and those above it, the deepest first."""
    parts = [part for part in category_key(text or "").split("/") if part]
    return tuple("/".join(parts[:end]) for end in range(len(parts), 0, -1))


def load_shelf(
    store: Store, product_ids: Iterable[str], account_ids: Iterable[str], days: Sequence[date], currency: str
) -> Shelf:
    """Read what lines of these products for these accounts may need.

    Args:
        store: the store.
        product_ids: of the lines.
        account_ids: of whom they are for.
        days: on which they are priced, at least one.
        currency: of products that name none.
    """
    names: dict[str, str] = {}
    first, last = min(days).isoformat(), max(days).isoformat()
    goods = {row[0]: _goods(row, names, currency) for row in queries.products(store, product_ids)}
    buyers = _buyers(queries.accounts_upwards(store, account_ids), names)
    books, standards = _books(queries.books(store), names, currency)
    units = {item.id: item.unit for item in goods.values()}
    entries = [_entry(row, units, names) for row in queries.entries(store, goods, first, last)]
    accounts = [one for buyer in buyers.values() for one in buyer.accounts]
    groups = [one for buyer in buyers.values() for one in buyer.groups]
    found = queries.contracts(store, accounts, groups, goods) if accounts else []
    contracts = [_contract(row, names, units) for row in found]
    offers = [_offer(row, names) for row in queries.schedules(store, goods)]
    rules = [_rule(row, names) for row in queries.rules(store, first, last)]
    own = [item for item in goods.values() if item.price_dec6 is not None and item.price_dec6 >= 0]
    for item in own:
        book_id = f"{CATALOGUE} {item.currency}"
        books.setdefault(book_id, PriceBook(book_id, item.currency))
        entries.append(PriceEntry(item.id, book_id, item.id, item.price_dec6 or 0))
    return Shelf(
        goods,
        buyers,
        books,
        standards,
        price_table(books.values(), entries, contracts),
        tuple(offers),
        tuple(rules),
        names,
    )


def _goods(row: Sequence[Any], names: dict[str, str], currency: str) -> Goods:
    product_id, name, category, unit, price, cost, own, tax_code, period, floor, margin, _ = row
    names[product_id] = name
    parts = (category or "").split("/")
    for end in range(1, len(parts) + 1):
        names[f"category {category_key('/'.join(parts[:end]))}"] = "/".join(parts[:end])
    return Goods(
        product_id, name, categories_of(category), (unit or "").strip().casefold(), price, cost, own or currency,
        tax_code, period, floor, margin,
    )  # fmt: skip


def _buyers(rows: Iterable[Sequence[Any]], names: dict[str, str]) -> dict[str, Buyer]:
    lines: dict[str, list[Sequence[Any]]] = {}
    for row in rows:
        names[row[2]] = row[3]
        lines.setdefault(row[0], []).append(row)
    return {
        root: Buyer(
            tuple(row[2] for row in found),
            tuple(dict.fromkeys(row[4] for row in found if row[4])),
            next((row[5] for row in found if row[5]), None),
        )
        for root, found in lines.items()
    }


def _books(
    rows: Iterable[Sequence[Any]], names: dict[str, str], currency: str
) -> tuple[dict[str, PriceBook], tuple[str, ...]]:
    """Return the books, and the standard ones: that of the company's own currency first."""
    books: dict[str, PriceBook] = {}
    standards: list[tuple[bool, str]] = []
    for book_id, name, own, is_inclusive, is_standard, parent, first, end in rows:
        names[book_id] = name
        books[book_id] = PriceBook(book_id, own, bool(is_inclusive), parent, day_of(first), day_of(end))
        if is_standard:
            standards.append((own != currency, book_id))
    return books, tuple(book_id for _, book_id in sorted(standards))


def unit_key(unit: str | None, own: str) -> str:
    """Return a unit of measure for comparing; that of the product itself is none."""
    key = (unit or "").strip().casefold()
    return "" if key == own else key


def _entry(row: Sequence[Any], units: dict[str, str], names: dict[str, str]) -> PriceEntry:
    row_id, book, product, unit, channel, price, base, priority, first, end = row
    names[row_id] = names.get(book, "")
    key = unit_key(unit, units[product])
    return PriceEntry(row_id, book, product, price, base, key, channel, priority, day_of(first), day_of(end))


def _contract(row: Sequence[Any], names: dict[str, str], units: dict[str, str]) -> ContractPrice:
    (row_id, ref, account, group, product, category, kind, value, currency, base, unit, least, most, priority, first,
     end, document) = row  # fmt: skip
    names[row_id] = document or ref or ""
    return ContractPrice(
        row_id,
        account or group,
        product or category_key(category),
        Effect(kind),
        value,
        currency or "",
        base,
        unit_key(unit, units.get(product, "")),
        least,
        most,
        priority,
        day_of(first),
        day_of(end),
    )


def schedule_of(schedule_id: str, kind: str, effect: str, scope: str, tiers: str) -> Schedule:
    """Return a stored schedule for the engine.

    Raises:
        PricingError: its tiers contradict each other.
    """
    found = tuple(Tier(tier["lo"], tier["value"]) for tier in json.loads(tiers))
    counted = Scope.LINE if scope == TERM else Scope(scope)
    return Schedule(schedule_id, ScheduleKind(kind), Effect(effect), found, counted, DEC6)


def _offer(row: Sequence[Any], names: dict[str, str]) -> Offer:
    (row_id, name, kind, effect, scope, product, category, account, group, currency, tiers, priority, first,
     end) = row  # fmt: skip
    names[row_id] = name
    return Offer(
        schedule_of(row_id, kind, effect, scope, tiers),
        scope == TERM,
        product or category_key(category or ""),
        account or group or "",
        currency or "",
        priority,
        day_of(first),
        day_of(end),
    )


def _rule(row: Sequence[Any], names: dict[str, str]) -> tuple[PriceRule, str]:
    """Return a promotion and the currency that it holds in, empty for all."""
    row_id, name, priority, condition, effect, value, currency, is_stackable, exclusive, additive, first, end = row
    names[row_id] = name
    rule = PriceRule(
        Discount(row_id, Effect(effect), value, name, additive or ""),
        priority,
        condition_of(condition),
        bool(is_stackable),
        exclusive or "",
        day_of(first),
        day_of(end),
    )
    return rule, "" if effect == "percent" else currency or ""


def condition_of(text: str | None) -> Condition:
    """Return a stored condition for the engine."""
    said = json.loads(text or "{}")
    return Condition(
        frozenset(said.get("products", ())),
        frozenset(category_key(one) for one in said.get("categories", ())),
        frozenset(said.get("accounts", ())),
        frozenset(said.get("groups", ())),
        frozenset(said.get("channels", ())),
        said.get("min_qty_dec6", 0),
        said.get("max_qty_dec6"),
    )


def is_on(offer: Offer, on: date) -> bool:
    """Tell whether a schedule holds on a day."""
    return is_valid(offer.valid_from, offer.valid_to, on)
