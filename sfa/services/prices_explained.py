"""A price with all that a rep wants to know of it: every step, tax, the next break, the margin for who may see it."""

from collections.abc import Sequence
from dataclasses import dataclass

from db.queries import prices as queries
from sfa.domain.currencies import exponent, is_currency
from sfa.domain.figures import DEC6, dec6, from_dec6
from sfa.domain.money import AmountError, Money
from sfa.domain.pricing.amounts import Effect, margin_ppm, share
from sfa.domain.pricing.breaks import NextBreak
from sfa.domain.pricing.rules import Discount
from sfa.domain.pricing.waterfall import PricedLine, Step
from sfa.errors import UsageError
from sfa.services import pricing
from sfa.services.costs import may_see_cost
from sfa.services.desk import Desk
from sfa.services.listing import record
from sfa.services.prices_reading import read_discount
from sfa.services.pricing import LineTax, LineWish


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked, in the words of the user; records by id."""

    product_id: str
    account_id: str | None = None
    quantity: str = "1"
    on: str | None = None
    book_id: str | None = None
    currency: str | None = None
    channel: str | None = None
    unit: str | None = None
    discounts: tuple[str, ...] = ()
    partner: tuple[str, ...] = ()
    term: int | None = None


@dataclass(frozen=True, slots=True)
class Explained:
    """A price and its why.

    Attributes:
        sources: what made each step, as people call it.
        cost_minor: None where it is not known, or not to be seen.
    """

    wish: LineWish
    line: PricedLine
    sources: tuple[str, ...]
    tax: LineTax | None
    next_break: NextBreak | None
    cost_minor: int | None

    @property
    def margin_ppm(self) -> int | None:
        """Return `(net - cost) / net`; None where the cost is not known."""
        return None if self.cost_minor is None else margin_ppm(self.net_minor, self.cost_minor)

    @property
    def tax_minor(self) -> int:
        """Return the tax of the amount: on top of it, or within it where the prices contain the tax."""
        if self.tax is None:
            return 0
        amount, rate = self.line.amount_minor, self.tax.tax.rate_ppm
        if not self.line.is_tax_inclusive:
            return share(amount, rate)
        return amount - self.net_minor

    @property
    def net_minor(self) -> int:
        """Return the amount without tax."""
        if self.tax is None or not self.line.is_tax_inclusive:
            return self.line.amount_minor
        from sfa.domain.pricing.amounts import divide  # noqa: PLC0415 - for books with tax alone

        return divide(self.line.amount_minor * DEC6, DEC6 + self.tax.tax.rate_ppm)


def explain(desk: Desk, asked: Asked) -> Explained:
    """Return what a product costs an account on a day, and why.

    Raises:
        NotFoundError: the product is gone.
        UsageError: no price, no exchange rate, no tax rate, or a discount or quantity that cannot be.
    """
    wish = wish_of(desk, asked)
    shelf = pricing.shelf_for(desk, [wish])
    (line,) = pricing.price_all(desk, [wish])
    (tax,) = pricing.tax_of(desk, [wish])
    cost = pricing.cost_of(desk, [wish])[0] if may_see_cost(desk) else None
    sources = tuple(shelf.names.get(step.source_id, step.source_id) for step in line.steps)
    return Explained(wish, line, sources, tax, pricing.next_break(desk, wish), cost)


def wish_of(desk: Desk, asked: Asked) -> LineWish:
    """Return what is asked as the engine takes it.

    Raises:
        UsageError: a quantity, day, currency or discount that cannot be read.
    """
    from sfa.services.moments import read_day  # noqa: PLC0415 - dates in words

    currency = _currency(desk, asked)
    return LineWish(
        asked.product_id,
        _quantity(asked.quantity),
        asked.account_id,
        read_day(desk, asked.on) if asked.on else desk.today,
        currency,
        asked.book_id,
        asked.channel,
        asked.unit,
        _discounts(asked.discounts, currency, "Discount"),
        _discounts(asked.partner, currency, "Partner discount"),
        term=asked.term,
    )


def _currency(desk: Desk, asked: Asked) -> str:
    """Return the currency asked for, else that of the book, of the account, of the company."""
    if asked.currency:
        if not is_currency(asked.currency.upper()):
            raise UsageError(f"“{asked.currency}” is no currency.", hint="Write its code of three letters: EUR.")
        return asked.currency.upper()
    book_id = asked.book_id
    account = record(desk, "account", asked.account_id) if asked.account_id else None
    if not book_id and asked.account_id:
        rows = queries.accounts_upwards(desk.store, [asked.account_id])
        book_id = next((row[5] for row in rows if row[5]), None)
    if book_id:
        return str(queries.book(desk.store, book_id)["currency"])
    return str((account and account["currency"]) or desk.currency)


def _quantity(text: str) -> int:
    try:
        return dec6(text)
    except AmountError as error:
        raise UsageError(f"Quantity: {error}", hint="Write it as 12 or 2.5.") from error


def read_wanted(_desk: Desk, text: str) -> str:
    """Return a quantity as it is asked for, once it is known to be one.

    Raises:
        UsageError: it is none, or 0.
    """
    found = _quantity(text)
    if not found:
        raise UsageError("A quantity of 0 has no price.", hint="Write it as 12 or 2.5.")
    return from_dec6(found)


def _discounts(texts: Sequence[str], currency: str, label: str) -> tuple[Discount, ...]:
    found = []
    for number, text in enumerate(texts, 1):
        effect, value, named = read_discount(label, text, currency, None if "%" in text else "amount")
        if effect is not Effect.PERCENT and named != currency:
            raise UsageError(f"{label}: “{text}” is in {named}, the price in {currency}.")
        name = f"{label} {number}" if len(texts) > 1 else label
        found.append(Discount(name, effect, value, name))
    return tuple(found)


def as_json(desk: Desk, found: Explained) -> dict[str, object]:
    """Return a price as JSON: amounts as decimal strings, shares as numbers; without the cost for who may not see it."""
    line, wish = found.line, found.wish
    told: dict[str, object] = {
        "product": record(desk, "product", wish.product_id)["name"],
        "product_id": wish.product_id,
        "account_id": wish.account_id,
        "on": wish.on.isoformat(),
        "currency": line.currency,
        "quantity": from_dec6(line.quantity_dec6),
        "per": from_dec6(line.base_dec6),
        "list_price": from_dec6(line.list_dec6),
        "price": from_dec6(line.net_dec6),
        "is_blended": line.is_blended,
        "is_below_floor": line.is_below_floor,
        "is_tax_inclusive": line.is_tax_inclusive,
        "discount": None if line.discount_ppm is None else line.discount_ppm / DEC6,
        "list_amount": _money(line.list_minor, line),
        "amount": _money(line.amount_minor, line),
        "steps": [_step(step, source) for step, source in zip(line.steps, found.sources, strict=True)],
        "slices": [
            {"quantity": from_dec6(part.quantity_dec6), "price": from_dec6(part.price_dec6)} for part in line.slices
        ],
        "tax": _tax(found),
        "next_break": _next(found),
    }
    if may_see_cost(desk):
        margin = found.margin_ppm
        told["cost"] = None if found.cost_minor is None else _money(found.cost_minor, line)
        told["margin"] = None if margin is None else margin / DEC6
    return told


def _money(amount_minor: int, line: PricedLine) -> str:
    return Money(amount_minor, line.currency).decimal_string()


def _step(step: Step, source: str) -> dict[str, object]:
    return {
        "seq": step.seq,
        "step": step.stage.value,
        "source": source,
        "source_id": step.source_id,
        "before": from_dec6(step.before_dec6),
        "after": from_dec6(step.after_dec6),
        "why": step.why,
        "is_blended": step.is_blended,
        "is_below_floor": step.is_below_floor,
    }


def _tax(found: Explained) -> dict[str, object] | None:
    if found.tax is None:
        return None
    tax = found.tax.tax
    amount = _money(found.tax_minor, found.line)
    return {"category": tax.category, "rate": tax.rate_ppm / DEC6, "amount": amount, "reason": tax.reason or None}


def _next(found: Explained) -> dict[str, object] | None:
    ahead = found.next_break
    if ahead is None:
        return None
    saving, amount = _money(ahead.saved_minor, found.line), _money(ahead.amount_minor, found.line)
    return {"more": from_dec6(ahead.missing_dec6), "saving": saving, "amount": amount}


def sentences(desk: Desk, found: Explained) -> list[str]:
    """Return what stands under the steps: the amount, the discount, what a little more would bring, tax, margin."""
    line = found.line
    told = [line.explain()[-1]]
    if line.discount_ppm:
        told.append(f"{_percent(line.discount_ppm)} off the list price of {Money(line.list_minor, line.currency)}.")
    if line.is_below_floor:
        told.append("Below the floor price: somebody must approve it.")
    if found.next_break:
        told.append(break_words(found.next_break, line.currency))
    if found.tax:
        rate, tax = _percent(found.tax.tax.rate_ppm), Money(found.tax_minor, line.currency)
        gross = Money(found.net_minor + found.tax_minor, line.currency)
        told.append(f"Tax {rate}: {tax}{' within it' if line.is_tax_inclusive else f', {gross} with it'}.")
    if found.margin_ppm is not None and may_see_cost(desk):
        cost = Money(found.cost_minor or 0, line.currency)
        told.append(f"Margin {_percent(found.margin_ppm)}: it costs us {cost}.")
    return told


def price_text(price_dec6: int, currency: str) -> str:
    """Return a unit price with the decimals of its currency at least: `1,100.00`, `76.714875`."""
    whole, _, decimals = from_dec6(price_dec6).partition(".")
    shown = decimals.ljust(exponent(currency), "0")
    return f"{int(whole):,}.{shown}" if shown else f"{int(whole):,}"


def break_words(ahead: NextBreak, currency: str) -> str:
    """Return what a little more would bring: `12 more units save 84.00 USD`."""
    units = "unit saves" if ahead.missing_dec6 == DEC6 else "units save"
    return f"{from_dec6(ahead.missing_dec6)} more {units} {Money(ahead.saved_minor, currency)}."


def _percent(share_ppm: int) -> str:
    return f"{from_dec6(share_ppm * 100)} %"
