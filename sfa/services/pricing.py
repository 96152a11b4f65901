"""Prices of lines, as quotes and commands ask for them: with every step, the tax, the cost, the next volume break."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from db.queries import prices as queries
from sfa.domain.figures import DEC6
from sfa.domain.pricing import breaks
from sfa.domain.pricing.amounts import FX, PricingError, is_valid, to_minor
from sfa.domain.pricing.breaks import NextBreak
from sfa.domain.pricing.documents import Tax
from sfa.domain.pricing.waterfall import PricedLine, PriceRequest, Step, price_line, price_lines
from sfa.errors import SfaError, UsageError
from sfa.services.desk import Desk
from sfa.services.prices_choosing import LineWish, goods_of, request_of, stored_rate
from sfa.services.prices_loading import Shelf, day_of, load_shelf

__all__ = ["LineTax", "LineWish", "NextBreak", "PricedLine", "cost_of", "next_break", "price_all", "tax_of"]

_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_CATEGORY = re.compile(r"(?<= on category ).+(?=\))")


@dataclass(frozen=True, slots=True)
class LineTax:
    """The tax of a line: the code that it comes from, and category and rate on the day."""

    code_id: str
    tax: Tax


def price_all(desk: Desk, wishes: Sequence[LineWish]) -> tuple[PricedLine, ...]:
    """Return the lines of a quote with their prices and every step, in the order of the wishes.

    Raises:
        NotFoundError: a product is gone.
        UsageError: no price, no exchange rate, a quantity of 0, or discounts over 100 %; it names the product.
    """
    if not wishes:
        return ()
    shelf = shelf_for(desk, wishes)
    requests = requests_for(desk, shelf, wishes)
    try:
        return tuple(told(shelf, line) for line in price_lines(requests))
    except PricingError as error:
        raise _complaint(shelf, error) from error


def price_each(desk: Desk, wishes: Sequence[LineWish]) -> tuple[PricedLine | None, ...]:
    """Return each line priced by itself, None where it has no price: for lists of products, which must not fail whole."""
    if not wishes:
        return ()
    shelf = shelf_for(desk, wishes)
    found: list[PricedLine | None] = []
    for wish in wishes:
        try:
            found.append(price_line(request_of(desk, shelf, wish)))
        except PricingError:
            found.append(None)
    return tuple(found)


def shelf_for(desk: Desk, wishes: Sequence[LineWish]) -> Shelf:
    """Read what lines may need: a handful of queries, however many lines there are."""
    return load_shelf(
        desk.store,
        {wish.product_id for wish in wishes},
        {wish.account_id for wish in wishes if wish.account_id},
        [wish.on for wish in wishes],
        desk.currency,
    )


def requests_for(desk: Desk, shelf: Shelf, wishes: Sequence[LineWish]) -> tuple[PriceRequest, ...]:
    """Return the lines for the engine.

    Raises:
        NotFoundError: a product is gone.
        UsageError: a line has no price.
    """
    try:
        return tuple(request_of(desk, shelf, wish) for wish in wishes)
    except PricingError as error:
        raise _complaint(shelf, error) from error


def told(shelf: Shelf, line: PricedLine) -> PricedLine:
    """Return a line whose reasons name things as people do."""
    return replace(line, steps=tuple(_told_step(shelf, step) for step in line.steps))


def _told_step(shelf: Shelf, step: Step) -> Step:
    prices = (step.before_dec6, step.after_dec6)
    why = _named(shelf, step.why)
    return Step(step.seq, step.stage, step.source_id, *prices, why, step.is_blended, step.is_below_floor)


def _named(shelf: Shelf, text: str) -> str:
    text = _ID.sub(lambda found: shelf.names.get(found[0]) or found[0], text)
    return _CATEGORY.sub(lambda found: shelf.names.get(f"category {found[0]}", found[0]), text)


def _complaint(shelf: Shelf, error: PricingError) -> SfaError:
    return UsageError(_named(shelf, str(error)))


def tax_of(desk: Desk, wishes: Sequence[LineWish]) -> tuple[LineTax | None, ...]:
    """Return the tax of each line on its day; None where its product names none.

    A rate of the account's country goes before one without a country.

    Raises:
        UsageError: a code has no rate on that day.
    """
    if not wishes:
        return ()
    shelf = shelf_for(desk, wishes)
    codes = {goods_of(shelf, wish).tax_code_id for wish in wishes}
    rows: dict[str, list[Sequence[object]]] = {}
    for row in queries.taxes(desk.store, [code for code in codes if code]):
        rows.setdefault(row[0], []).append(row)
    countries = queries.countries(desk.store, [wish.account_id for wish in wishes if wish.account_id])
    return tuple(_tax(desk, shelf, wish, rows, countries.get(wish.account_id or "", "")) for wish in wishes)


def _tax(
    desk: Desk, shelf: Shelf, wish: LineWish, rows: dict[str, list[Sequence[object]]], country: str
) -> LineTax | None:
    code_id = goods_of(shelf, wish).tax_code_id
    found = rows.get(code_id or "")
    if not code_id or not found:
        return None
    _, code, name, category, reason, *_ = found[0]
    if category != "S":
        return LineTax(code_id, Tax(str(category), 0, "", str(reason or name)))
    wanted = (country or desk.config.text("workspace.country")).casefold()
    rates = [row for row in found if row[6] is not None and _is_on(row, wish.on)]
    here = [row for row in rates if row[5] and str(row[5]).casefold() == wanted]
    best = here or [row for row in rates if not row[5]]
    if not best:
        raise UsageError(
            f"Tax {code} has no rate on {wish.on}.", hint=f"Give it one: sfa price tax rate {code} 19% --from {wish.on}"
        )
    return LineTax(code_id, Tax("S", int(str(best[-1][6]))))


def _is_on(row: Sequence[object], on: date) -> bool:
    first, end = (str(value) if value else None for value in (row[7], row[8]))
    return is_valid(day_of(first), day_of(end), on)


def cost_of(desk: Desk, wishes: Sequence[LineWish]) -> tuple[int | None, ...]:
    """Return what each line costs us, in minor units of its currency; None where cost or exchange rate is not known.

    It answers for approvals and margins; whether a person may see it is another question: `sfa.services.costs`.
    """
    if not wishes:
        return ()
    shelf = shelf_for(desk, wishes)
    return tuple(_cost(desk, shelf, wish) for wish in wishes)


def _cost(desk: Desk, shelf: Shelf, wish: LineWish) -> int | None:
    goods = goods_of(shelf, wish)
    rate = stored_rate(desk, shelf, goods.currency, wish.currency, wish.on)
    if goods.cost_dec6 is None or rate is None:
        return None
    return to_minor(goods.cost_dec6 * wish.quantity_dec6 * rate, DEC6 * DEC6 * FX, wish.currency, wish.rounding)


def next_break(desk: Desk, wish: LineWish, beside: Sequence[LineWish] = ()) -> NextBreak | None:
    """Return the next quantity at which a unit costs less; None where there is none.

    Args:
        desk: the desk.
        wish: the line.
        beside: the other lines of its quote, which schedules over several lines count with it.

    Raises:
        UsageError: as for `price_all`.
    """
    shelf = shelf_for(desk, [wish, *beside])
    return breaks.next_break(requests_for(desk, shelf, [wish, *beside]), 0, shelf.table)
