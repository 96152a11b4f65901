"""What the engine is asked for one line: the price that wins, its schedule, its promotions, its floor (domain.md 2.2, 2.3)."""

from dataclasses import dataclass, replace
from datetime import date

from db.queries import prices as queries
from sfa.domain.figures import DEC6, PPM
from sfa.domain.money import Rounding
from sfa.domain.pricing.amounts import FX, Effect, divide, is_valid
from sfa.domain.pricing.lookup import Policy, PriceBook, PriceChoice, PriceQuery, choose_price
from sfa.domain.pricing.rules import Discount
from sfa.domain.pricing.schedules import Schedule
from sfa.domain.pricing.waterfall import PriceRequest
from sfa.errors import NotFoundError, UsageError
from sfa.services.desk import Desk
from sfa.services.prices_loading import CATALOGUE, Buyer, Goods, Offer, Shelf, is_on, unit_key

_WEIGHTS, _VOLUMES, _LENGTHS = (
    ("kg", "g", "mg", "t", "lb", "oz"),
    ("l", "ml", "hl", "gal", "m3", "m³"),
    ("m", "cm", "mm"),
)
_AREAS, _TIMES, _ENERGY = ("m2", "m²", "ha"), ("h", "hour", "hours"), ("kwh", "mwh")
MEASURED = frozenset((*_WEIGHTS, *_VOLUMES, *_LENGTHS, *_AREAS, *_TIMES, *_ENERGY, "km", "ft", "in", "yd"))
"""Units that have no smallest quantity: a tier from 6 kg on begins at 6 kg, not after 5."""


@dataclass(frozen=True, slots=True)
class LineWish:
    """A line to be priced.

    Attributes:
        quantity_dec6: signed, DEC6.
        currency: of the price that is asked for.
        book_id: of the quote; None for that of the account, then the standard one.
        unit: of the quantity; None or the product's own for the usual one.
        representative: the rep's own discounts, in their order; `partner` those of a partner or distributor.
        fixed_dec6: a unit price that was agreed by hand; the rep's first step.
        term: how many periods are bought at once, for schedules that count them.
        section: the part of the quote that it stands in, for schedules over a part.
        rate_e9: units of the currency for one of the standard book's, where the quote keeps its own rate.
    """

    product_id: str
    quantity_dec6: int
    account_id: str | None
    on: date
    currency: str
    book_id: str | None = None
    channel: str | None = None
    unit: str | None = None
    representative: tuple[Discount, ...] = ()
    partner: tuple[Discount, ...] = ()
    fixed_dec6: int | None = None
    term: int | None = None
    section: str | None = None
    rate_e9: int | None = None
    rounding: Rounding = Rounding.HALF_UP


def policy_of(desk: Desk) -> Policy:
    """Return how this company chooses among prices.

    Raises:
        UsageError: the setting is none of the ways.
    """
    text = desk.config.text("price.policy")
    try:
        return Policy(text)
    except ValueError:
        raise UsageError(
            f"price.policy cannot be “{text}”.", hint="sfa config price.policy most_specific, or best_price"
        ) from None


def goods_of(shelf: Shelf, wish: LineWish) -> Goods:
    """Return the product of a line.

    Raises:
        NotFoundError: there is none.
    """
    found = shelf.goods.get(wish.product_id)
    if found is None:
        raise NotFoundError("That product does not exist any more.", hint="List them with: sfa product list")
    return found


def stored_rate(desk: Desk, shelf: Shelf, source: str, target: str, on: date) -> int | None:
    """Return the rate of a day or the last one before it, either way round; None where none is stored."""
    if source == target:
        return FX
    key = (source, target, on)
    if key not in shelf.rates:
        shelf.rates[key] = rate_on(desk, source, target, on)
    return shelf.rates[key]


def rate_on(desk: Desk, source: str, target: str, on: date) -> int | None:
    """Return the same for a single question, where nothing else is read beside it."""
    if source == target:
        return FX
    straight = queries.rate(desk.store, source, target, on.isoformat())
    back = None if straight else queries.rate(desk.store, target, source, on.isoformat())
    return straight[0] if straight else divide(FX * FX, back[0]) if back else None


def query_of(desk: Desk, shelf: Shelf, wish: LineWish) -> PriceQuery:
    """Return what is asked of the price books and contracts."""
    goods, buyer = goods_of(shelf, wish), shelf.buyers.get(wish.account_id or "", Buyer())
    own_book = f"{CATALOGUE} {goods.currency}"
    books = (wish.book_id, buyer.book_id, _local_book(shelf, wish), own_book)
    standard = _book_to_convert(shelf, goods, wish.on) or own_book
    source = shelf.books[standard].currency if standard in shelf.books else wish.currency
    rate = None if source == wish.currency else wish.rate_e9
    rate = rate or stored_rate(desk, shelf, source, wish.currency, wish.on)
    return PriceQuery(
        wish.product_id,
        wish.on,
        wish.currency,
        wish.quantity_dec6,
        unit_key(wish.unit, goods.unit),
        wish.channel,
        buyer.accounts,
        buyer.groups,
        goods.categories,
        tuple(book for book in books if book),
        standard,
        ((source, rate),) if rate else (),
    )


def _local_book(shelf: Shelf, wish: LineWish) -> str | None:
    """Return the standard book of a currency on a day, or the only book that has it; found once for all lines."""
    key = (wish.currency, wish.on)
    if key not in shelf.local_books:
        shelf.local_books[key] = _find_local_book(shelf, wish)
    return shelf.local_books[key]


def _find_local_book(shelf: Shelf, wish: LineWish) -> str | None:
    held = [book for book in shelf.books.values() if _holds(book, wish.on) and book.currency == wish.currency]
    kept = [book.id for book in held if not book.id.startswith(CATALOGUE)]
    standard = next((one for one in shelf.standards if one in kept), None)
    return standard or (kept[0] if len(kept) == 1 else None)


def _holds(book: PriceBook, on: date) -> bool:
    return is_valid(book.valid_from, book.valid_to, on)


def _book_to_convert(shelf: Shelf, goods: Goods, on: date) -> str | None:
    """Return the standard book that has a price of a product on a day; None where only the product itself has one."""
    for book_id in shelf.standards:
        at: str | None = book_id
        seen: set[str] = set()
        while at in shelf.books and at not in seen and _holds(shelf.books[at], on):
            seen.add(at)
            rows = shelf.table.entries.get((at, goods.id), ())
            if any(is_valid(row.valid_from, row.valid_to, on) for row in rows):
                return book_id
            at = shelf.books[at].parent_id
    return None


def request_of(desk: Desk, shelf: Shelf, wish: LineWish) -> PriceRequest:
    """Return a line for the engine, its schedule chosen, its floor known.

    Raises:
        NotFoundError: the product is gone.
        PricingError: no book has a price, or a rate is missing.
    """
    goods, query, policy = goods_of(shelf, wish), query_of(desk, shelf, wish), policy_of(desk)
    choice = choose_price(query, shelf.table, policy)
    offer = _offer(shelf, goods, query, choice, policy)
    fixed = () if wish.fixed_dec6 is None else (Discount("fixed", Effect.PRICE, wish.fixed_dec6, "Agreed by hand"),)
    return PriceRequest(
        query,
        choice,
        _for_unit(offer.schedule, goods) if offer else None,
        _counted(wish, offer),
        tuple(rule for rule, currency in shelf.rules if currency in ("", query.currency)),
        (*fixed, *wish.representative),
        wish.partner,
        _floor(desk, shelf, goods, wish),
        policy,
        wish.rounding,
        wish.section or "",
    )


def _for_unit(schedule: Schedule, goods: Goods) -> Schedule:
    return replace(schedule, unit_dec6=0) if goods.unit in MEASURED else schedule


def _counted(wish: LineWish, offer: Offer | None) -> int | None:
    return (wish.term or 1) * DEC6 if offer and offer.is_of_term else None


def _offer(shelf: Shelf, goods: Goods, query: PriceQuery, choice: PriceChoice, policy: Policy) -> Offer | None:
    """Return the schedule of a line: the most specific one, or under `best_price` the one that makes it cheapest."""
    found = sorted(offers_for(shelf, query), key=lambda one: _offer_order(one, query))
    if policy is Policy.MOST_SPECIFIC or not found:
        return found[0] if found else None
    price, base = choice.winner.price_dec6, choice.winner.base_dec6

    def worth(offer: Offer) -> int:
        parts = _for_unit(offer.schedule, goods).slices(price, base, query.quantity_dec6)
        return sum(abs(part.quantity_dec6) * part.price_dec6 for part in parts)

    return min(found, key=lambda one: (worth(one), _offer_order(one, query)))


def offers_for(shelf: Shelf, query: PriceQuery) -> list[Offer]:
    """Return the schedules that hold for a line, in any order."""
    targets, holders = {"", query.product_id, *query.categories}, {"", *query.accounts, *query.groups}
    return [
        offer
        for offer in shelf.offers
        if offer.target in targets
        and offer.holder in holders
        and is_on(offer, query.on)
        and (offer.schedule.effect is Effect.PERCENT or offer.currency == query.currency)
    ]


def _offer_order(offer: Offer, query: PriceQuery) -> tuple[int, int, int, int, str]:
    """Products before categories, the deepest first; accounts before groups, the nearest first; then as prices do."""
    targets = (query.product_id, *query.categories, "")
    holders = (*query.accounts, *query.groups, "")
    begun = (offer.valid_from or date.min).toordinal()
    return holders.index(offer.holder), targets.index(offer.target), -offer.priority, -begun, offer.schedule.id


def _floor(desk: Desk, shelf: Shelf, goods: Goods, wish: LineWish) -> int | None:
    """Return the lowest permissible unit price: that of the product, or what its least margin asks for."""
    floors = [] if goods.floor_dec6 is None else [goods.floor_dec6]
    if goods.cost_dec6 and goods.min_margin_ppm and goods.min_margin_ppm < PPM:
        floors.append(-(-goods.cost_dec6 * PPM // (PPM - goods.min_margin_ppm)))
    if not floors:
        return None
    rate = stored_rate(desk, shelf, goods.currency, wish.currency, wish.on)
    return divide(max(floors) * rate, FX) if rate else None
