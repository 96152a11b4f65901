"""Prices, documents and what hypothesis draws of them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from sfa.domain.figures import DEC6
from sfa.domain.money import Rounding
from sfa.domain.pricing.amounts import Effect
from sfa.domain.pricing.documents import Adjustment, Document, Line, Recurrence, Role, Tax, TaxMethod
from sfa.domain.pricing.lookup import PriceBook, PriceEntry, PriceQuery, choose_price, price_table
from sfa.domain.pricing.rules import Condition, Discount, PriceRule
from sfa.domain.pricing.schedules import Schedule, ScheduleKind, Slice, Tier
from sfa.domain.pricing.waterfall import PriceRequest

DAY = date(2026, 3, 1)
VAT19, VAT20, VAT5 = Tax("S", 190_000), Tax("S", 200_000), Tax("S", 50_000)
EXEMPT = Tax("E", 0, reason="training")
STATE, CITY = Tax("S", 60_000, "state"), Tax("S", 22_500, "city")
TAX_SETS = ((VAT19,), (VAT20,), (VAT5,), (EXEMPT,), (STATE, CITY))


def d6(text: str) -> int:
    """Return a decimal scaled by 10^6."""
    return int(Decimal(text) * DEC6)


def tiers(*rows: tuple[str, str], percent: bool = False) -> tuple[Tier, ...]:
    """Return tiers from lower bounds and prices, or percentages."""
    return tuple(Tier(d6(lo), int(Decimal(value) * 10_000) if percent else d6(value)) for lo, value in rows)


def asked(quantity: str, price: str = "100", **more: Any) -> PriceRequest:  # noqa: ANN401 - fields of many kinds
    """Return a line of one listed product, to be priced; `more` are fields of the request."""
    query = PriceQuery("P", DAY, "EUR", d6(quantity), books=("std",))
    table = price_table([PriceBook("std", "EUR")], [PriceEntry("e", "std", "P", d6(price))])
    return replace(PriceRequest(query, choose_price(query, table)), **more)


def in_major(slices: Sequence[Slice]) -> Decimal:
    """Return the exact worth of slices of single units, in major units."""
    return sum((Decimal(part.quantity_dec6 * part.price_dec6) for part in slices), Decimal(0)) / DEC6**2


prices = st.integers(0, 500_000).map(lambda cents: cents * 10_000)
quantities = st.integers(-60, 60).filter(bool).map(lambda units: units * DEC6) | st.integers(1, 10**9)
percents = st.integers(0, 1_000_000)


@st.composite
def adjustments(draw: st.DrawFn, *, is_header: bool) -> Adjustment:
    """Draw an allowance or a charge."""
    share = draw(st.none() | percents)
    amount = 0 if share is not None else draw(st.integers(0, 50_000))
    taxes = draw(st.sampled_from(TAX_SETS)) if is_header else ()
    return Adjustment(draw(st.booleans()), "drawn", amount, share, taxes=taxes, is_of_rest=draw(st.booleans()))


@st.composite
def lines(draw: st.DrawFn) -> Line:
    """Draw a line of any kind; its id says nothing."""
    slices = tuple(Slice(draw(quantities), draw(prices)) for _ in range(draw(st.integers(1, 2))))
    recurrence = draw(st.none() | st.builds(Recurrence, st.integers(0, 36), st.integers(0, 27), st.just(30)))
    return Line(
        draw(st.uuids()).hex,
        slices,
        draw(st.sampled_from(TAX_SETS)),
        draw(st.sampled_from([1, 2, 12, 1000])) * DEC6,
        tuple(draw(st.lists(adjustments(is_header=False), max_size=2))),
        recurrence,
        draw(st.sampled_from([Role.NORMAL, Role.NORMAL, Role.OPTIONAL])),
        is_chosen=draw(st.booleans()),
    )


@st.composite
def documents(draw: st.DrawFn, kinds: tuple[bool, ...] = (False, True)) -> Document:
    """Draw a document: all rounding modes, both tax methods, with prices that contain the tax or not (`kinds`)."""
    return Document(
        draw(st.sampled_from(["EUR", "JPY", "KWD"])),
        tuple(draw(st.lists(lines(), min_size=1, max_size=6))),
        tuple(draw(st.lists(adjustments(is_header=True), max_size=2))),
        draw(st.integers(0, 100_000)),
        draw(st.sampled_from(TaxMethod)),
        draw(st.sampled_from(kinds)),
        draw(st.sampled_from(Rounding)),
        draw(st.sampled_from([0, 1, 5, 10])),
    )


@st.composite
def discounts(draw: st.DrawFn, *, name: str = "d", effects: Sequence[Effect] = tuple(Effect)) -> Discount:
    """Draw a discount of at most a third, so that three of them stay below 100 %."""
    effect = draw(st.sampled_from(effects))
    value = draw(st.integers(0, 330_000)) if effect is Effect.PERCENT else draw(prices)
    return Discount(name, effect, value, additive_group=draw(st.sampled_from(["", "", "sum"])))


@st.composite
def price_rules(draw: st.DrawFn) -> tuple[PriceRule, ...]:
    """Draw up to four rules; one of an additive group is in no exclusive one."""
    found = []
    for number in range(draw(st.integers(0, 3))):
        discount = draw(discounts(name=f"r{number}"))
        found.append(
            PriceRule(
                discount,
                draw(st.integers(0, 2)),
                Condition(min_qty_dec6=draw(st.sampled_from([0, 5 * DEC6]))),
                draw(st.booleans()),
                "" if discount.additive_group else draw(st.sampled_from(["", "x", "y"])),
            )
        )
    return tuple(found)


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    """Draw a schedule of one to three tiers."""
    effect = draw(st.sampled_from(Effect))
    bounds = sorted(draw(st.sets(st.integers(1, 40), min_size=1, max_size=3)))
    values = percents if effect is Effect.PERCENT else prices
    return Schedule(
        "V", draw(st.sampled_from(ScheduleKind)), effect, tuple(Tier(bound * DEC6, draw(values)) for bound in bounds)
    )
