"""What the next volume break would bring: how much more to buy, and what that saves."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sfa.domain.figures import DEC6
from sfa.domain.pricing.amounts import to_minor
from sfa.domain.pricing.lookup import PriceTable, choose_price
from sfa.domain.pricing.schedules import Measure
from sfa.domain.pricing.waterfall import PricedLine, PriceRequest, counted_with, price_lines


@dataclass(frozen=True, slots=True)
class NextBreak:
    """What a larger quantity of one line would bring, over all lines that its schedule counts together.

    Attributes:
        missing_dec6: how much more of this line.
        quantity_dec6: its quantity then.
        amount_minor: what those lines would cost together.
        more_minor: that, less what they cost now; negative where more costs less.
        saved_minor: what the larger quantity would cost at today's prices, less `amount_minor`.
    """

    missing_dec6: int
    quantity_dec6: int
    amount_minor: int
    more_minor: int
    saved_minor: int


def next_break(requests: Sequence[PriceRequest], place: int, table: PriceTable | None = None) -> NextBreak | None:
    """Return the nearest larger quantity at which a line saves, None where there is none.

    Args:
        requests: all lines of the quote, as for `price_lines`.
        place: which of them.
        table: prices to choose anew from; with it, contract prices that begin at a quantity count too.
    """
    request, key = requests[place], counted_with(requests[place])
    affected = [other for other in requests if counted_with(other) == key] if key else [request]
    own = next(index for index, other in enumerate(affected) if other is request)
    now = price_lines(affected)
    reached = sum(line.query.quantity_dec6 for line in affected if line.is_counted or line is request)
    for bound in sorted(set(_bounds(request, reached, table))):
        then = _with_more(affected, own, bound, table)
        priced = price_lines(then)
        as_now = sum(
            _at_todays_prices(before, after, line) for before, after, line in zip(now, priced, then, strict=True)
        )
        amount = sum(line.amount_minor for line in priced)
        if amount < as_now:
            before = sum(line.amount_minor for line in now)
            return NextBreak(bound, then[own].query.quantity_dec6, amount, amount - before, as_now - amount)
    return None


def _bounds(request: PriceRequest, reached_dec6: int, table: PriceTable | None) -> Iterator[int]:
    """Yield how much is missing to each quantity at which something begins; a return has no next break."""
    query, schedule = request.query, request.schedule
    if query.quantity_dec6 <= 0:
        return
    if schedule and schedule.measure is Measure.QUANTITY:
        yield from (tier.lo_qty_dec6 - reached_dec6 for tier in schedule.tiers if tier.lo_qty_dec6 > reached_dec6)
    starts = [rule.condition.min_qty_dec6 for rule in request.rules]
    if table:
        holders, targets = (*query.accounts, *query.groups), (query.product_id, *query.categories)
        pairs = [(holder, target) for holder in holders for target in targets]
        starts += [row.min_qty_dec6 for pair in pairs for row in table.contracts.get(pair, ())]
    yield from (start - query.quantity_dec6 for start in starts if start > query.quantity_dec6)


def _with_more(
    requests: Sequence[PriceRequest], place: int, missing_dec6: int, table: PriceTable | None
) -> list[PriceRequest]:
    own = requests[place]
    query = replace(own.query, quantity_dec6=own.query.quantity_dec6 + missing_dec6)
    choice = choose_price(query, table, own.policy) if table else own.choice
    return [*requests[:place], replace(own, query=query, choice=choice), *requests[place + 1 :]]


def _at_todays_prices(now: PricedLine, then: PricedLine, request: PriceRequest) -> int:
    """Return what the quantity of then costs at the mean price of now."""
    worth = sum(part.quantity_dec6 * part.price_dec6 for part in now.slices)
    priced = sum(part.quantity_dec6 for part in now.slices)
    more = sum(part.quantity_dec6 for part in then.slices)
    return to_minor(worth * more, DEC6 * now.base_dec6 * priced, now.currency, request.rounding)
