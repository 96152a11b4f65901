"""Which price wins: price books and contract prices, in a total order (domain.md 2.3)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from sfa.domain.figures import DEC6, PPM, from_dec6
from sfa.domain.pricing.amounts import FX, Effect, PricingError, check_value, divide, is_valid, reduced


class Policy(StrEnum):
    """How a company chooses among prices that are all valid."""

    MOST_SPECIFIC = "most_specific"
    BEST_PRICE = "best_price"


@dataclass(frozen=True, slots=True)
class PriceBook:
    """A list of prices; what it lacks is looked up in its parent."""

    id: str
    currency: str
    is_tax_inclusive: bool = False
    parent_id: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class PriceEntry:
    """The price of a base quantity of a product in a book."""

    id: str
    book_id: str
    product_id: str
    price_dec6: int
    base_dec6: int = DEC6
    uom: str = ""
    channel: str | None = None
    priority: int = 0
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class ContractPrice:
    """What was agreed with an account or a group of accounts, for a product or a category.

    Attributes:
        holder_id: an account or an account group.
        target_id: a product or a category.
        effect: `price` for a price of the base quantity (DEC6), `percent` for ppm off the list price.
        min_qty_dec6: smallest quantity it holds for, inclusive; `max_qty_dec6` the largest, inclusive, None without end.
        currency: of a price; a percentage holds in all.
    """

    id: str
    holder_id: str
    target_id: str
    effect: Effect
    value: int
    currency: str = ""
    base_dec6: int = DEC6
    uom: str = ""
    min_qty_dec6: int = 0
    max_qty_dec6: int | None = None
    priority: int = 0
    valid_from: date | None = None
    valid_to: date | None = None

    def __post_init__(self) -> None:
        check_value(self.effect, self.value, f"Contract price {self.id}")


@dataclass(frozen=True, slots=True)
class PriceQuery:
    """What is to be priced, for whom, how much and when.

    Attributes:
        on: the day that prices must be valid on; `date.min` where all are valid for ever.
        accounts: the account first, then its parents upwards.
        groups: account groups, the nearest first.
        categories: of the product, the deepest first.
        books: the book of the quote, that of the account, the standard book; those that are set.
        standard_book: the one that is converted where no book has the currency.
        rates_e9: units of the query's currency for one of another, times 10^9, as stored with the quote.
    """

    product_id: str
    on: date
    currency: str
    quantity_dec6: int = DEC6
    uom: str = ""
    channel: str | None = None
    accounts: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    books: tuple[str, ...] = ()
    standard_book: str | None = None
    rates_e9: tuple[tuple[str, int], ...] = ()


class Candidate(NamedTuple):
    """A price that is valid for a query: of its base quantity, and why."""

    source_id: str
    rank: tuple[int, ...]
    price_dec6: int
    base_dec6: int
    why: str
    is_contract: bool = False
    is_tax_inclusive: bool = False
    priority: int = 0
    valid_from: date | None = None

    @property
    def specific_order(self) -> tuple[tuple[int, ...], int, int, str]:
        """Return what sorts the most specific first; total, because ids differ."""
        return self.rank, -self.priority, -self.valid_from.toordinal() if self.valid_from else 0, self.source_id


@dataclass(frozen=True, slots=True)
class PriceChoice:
    """The list price, the price that wins over it (itself where no contract does), and all that were looked at."""

    list_price: Candidate
    winner: Candidate
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class PriceTable:
    """Prices ready to be looked up, however many there are."""

    books: Mapping[str, PriceBook]
    entries: Mapping[tuple[str, str], tuple[PriceEntry, ...]]
    contracts: Mapping[tuple[str, str], tuple[ContractPrice, ...]]


def price_table(
    books: Iterable[PriceBook], entries: Iterable[PriceEntry], contracts: Iterable[ContractPrice] = ()
) -> PriceTable:
    """Return the prices grouped by what they are asked for."""
    by_book: dict[tuple[str, str], list[PriceEntry]] = {}
    for entry in entries:
        by_book.setdefault((entry.book_id, entry.product_id), []).append(entry)
    by_holder: dict[tuple[str, str], list[ContractPrice]] = {}
    for contract in contracts:
        by_holder.setdefault((contract.holder_id, contract.target_id), []).append(contract)
    return PriceTable(
        {book.id: book for book in books},
        {key: tuple(found) for key, found in by_book.items()},
        {key: tuple(found) for key, found in by_holder.items()},
    )


def choose_price(query: PriceQuery, table: PriceTable, policy: Policy = Policy.MOST_SPECIFIC) -> PriceChoice:
    """Return which price wins; the answer never depends on the order of the rows.

    Raises:
        PricingError: no book has a price, or its currency has no stored rate.
    """
    listed = _in_order(_listed(query, table))
    if not listed:
        day = "" if query.on == date.min else f" on {query.on}"
        raise PricingError(
            f"No price of {query.product_id} in {query.currency}{day}: add it to a price book of this quote."
        )
    agreed = _in_order(list(_agreed(query, table, listed[0])))
    candidates = (*agreed, *listed)
    winner = candidates[0]
    if policy is Policy.BEST_PRICE:
        shared = [found for found in candidates if found.is_tax_inclusive == listed[0].is_tax_inclusive]
        winner = min(shared, key=lambda found: (_per_unit(found), found.specific_order))
    return PriceChoice(listed[0], winner, candidates)


def _in_order(found: list[Candidate]) -> list[Candidate]:
    return sorted(found, key=lambda candidate: candidate.specific_order) if len(found) > 1 else found


def _per_unit(found: Candidate) -> int:
    """Prices of different base quantities compare by what a million units cost."""
    return divide(found.price_dec6 * DEC6 * PPM, found.base_dec6)


_ACCOUNT, _GROUP, _CATEGORY, _GROUP_CATEGORY, _BOOK = range(5)


def _listed(query: PriceQuery, table: PriceTable) -> list[Candidate]:
    """Each book gives its own price or that of the nearest parent; the standard book is converted as a last resort."""
    own: list[Candidate] = []
    for place, book_id in enumerate(dict.fromkeys((*query.books, query.standard_book))):
        book = table.books.get(book_id or "")
        if book and book.currency == query.currency:
            own.extend(_of_book(query, table, book, (_BOOK, place)))
    standard = table.books.get(query.standard_book or "")
    return own or (_of_book(query, table, standard, (_BOOK,)) if standard else [])


def _of_book(query: PriceQuery, table: PriceTable, book: PriceBook, rank: tuple[int, ...]) -> list[Candidate]:
    seen: set[str] = set()
    at: PriceBook | None = book
    while at and at.id not in seen and at.currency == book.currency and at.is_tax_inclusive == book.is_tax_inclusive:
        rows = table.entries.get((at.id, query.product_id))
        if rows and is_valid(at.valid_from, at.valid_to, query.on):
            found = [_candidate(row, at, rank, query) for row in rows if _fits(row, query)]
            if found:
                return found
        seen.add(at.id)
        at = table.books.get(at.parent_id or "")
    return []


def _fits(row: PriceEntry, query: PriceQuery) -> bool:
    return (
        row.uom == query.uom
        and (row.channel is None or row.channel == query.channel)
        and is_valid(row.valid_from, row.valid_to, query.on)
    )


def _candidate(row: PriceEntry, book: PriceBook, rank: tuple[int, ...], query: PriceQuery) -> Candidate:
    price, why = row.price_dec6, f"price book {book.id}"
    if book.currency != query.currency:
        rate = dict(query.rates_e9).get(book.currency, 0)
        if rate <= 0:
            raise PricingError(
                f"No rate from {book.currency} to {query.currency} is stored: enter one, or add a price book"
                f" in {query.currency}."
            )
        price = divide(price * rate, FX)
        why += f", converted from {from_dec6(row.price_dec6)} {book.currency} at {from_dec6(divide(rate, FX // DEC6))}"
    taxed = book.is_tax_inclusive
    return Candidate(row.id, rank, price, row.base_dec6, why, False, taxed, row.priority, row.valid_from)  # noqa: FBT003 - a tuple's place


def _agreed(query: PriceQuery, table: PriceTable, listed: Candidate) -> Iterator[Candidate]:
    """Products before categories, accounts before groups, the nearest and deepest first."""
    for rank, holder, target in _places(query):
        for row in table.contracts.get((holder, target), ()):
            if _holds(row, query):
                yield _agreement(row, rank, listed)


def _places(query: PriceQuery) -> Iterator[tuple[tuple[int, ...], str, str]]:
    for distance, holder in enumerate(query.accounts):
        yield (_ACCOUNT, distance), holder, query.product_id
    for distance, holder in enumerate(query.groups):
        yield (_GROUP, distance), holder, query.product_id
    for level, holders in ((_CATEGORY, query.accounts), (_GROUP_CATEGORY, query.groups)):
        for depth, category in enumerate(query.categories):
            for distance, holder in enumerate(holders):
                yield (level, depth, distance), holder, category


def _whose(row: ContractPrice, rank: tuple[int, ...]) -> str:
    if rank[0] == _ACCOUNT:
        return "parent account" if rank[1] else "account"
    return "account group" if rank[0] == _GROUP else f"{row.holder_id} on category {row.target_id}"


def _holds(row: ContractPrice, query: PriceQuery) -> bool:
    quantity = abs(query.quantity_dec6)
    is_priced = row.effect is Effect.PERCENT or (row.currency == query.currency and row.uom == query.uom)
    return (
        is_priced
        and row.min_qty_dec6 <= quantity
        and (row.max_qty_dec6 is None or quantity <= row.max_qty_dec6)
        and is_valid(row.valid_from, row.valid_to, query.on)
    )


def _agreement(row: ContractPrice, rank: tuple[int, ...], listed: Candidate) -> Candidate:
    is_price = row.effect is Effect.PRICE
    base = row.base_dec6 if is_price else listed.base_dec6
    price = row.value if is_price else reduced(listed.price_dec6, base, row.effect, row.value)
    words = f"contract price {row.id} ({_whose(row, rank)})"
    return Candidate(
        row.id,
        rank,
        price,
        base,
        words,
        is_contract=True,
        is_tax_inclusive=listed.is_tax_inclusive,
        priority=row.priority,
        valid_from=row.valid_from,
    )
