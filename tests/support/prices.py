"""A price list for tests: books, agreements, schedules and promotions, made by the services as a user would."""

from sfa.domain.pricing.waterfall import PricedLine
from sfa.services import contract_prices, price_entries, writing
from sfa.services.desk import Desk
from sfa.services.pricing import LineWish, price_all
from tests.support.factories import TODAY

DEC6 = 1_000_000


def a_book(desk: Desk, name: str = "List", **values: object) -> str:
    """Add a price book and return its id."""
    return _id(writing.add(desk, "price_book", {"name": name, **values}).id)


def a_price(desk: Desk, product: str, price: str, **values: object) -> str:
    """Set a price in a book, the standard one where none is named, and return its id."""
    return _id(price_entries.set_price(desk, {"product": product, "price": price, **values}).id)


def an_agreement(desk: Desk, price: str, **values: object) -> str:
    """Keep an agreement and return its id."""
    return _id(contract_prices.agree(desk, {"price": price, **values}).id)


def a_schedule(desk: Desk, tiers: str, name: str = "Volume", **values: object) -> str:
    """Add a volume schedule and return its id."""
    return _id(writing.add(desk, "discount_schedule", {"name": name, "tiers": tiers, **values}).id)


def a_promotion(desk: Desk, discount: str, name: str = "Spring", **values: object) -> str:
    """Add a promotion and return its id."""
    return _id(writing.add(desk, "price_rule", {"name": name, "discount": discount, **values}).id)


def a_wish(
    product: str, quantity: int = 1, account: str | None = None, currency: str = "USD", **more: object
) -> LineWish:
    """Return a line of whole units, today."""
    told: dict[str, object] = {"on": TODAY, **more}
    return LineWish(product, quantity * DEC6, account, currency=currency, **told)  # type: ignore[arg-type]


def priced(desk: Desk, wish: LineWish) -> PricedLine:
    """Return a line with its price."""
    (line,) = price_all(desk, [wish])
    return line


def unit(desk: Desk, wish: LineWish) -> str:
    """Return the net unit price as text."""
    from sfa.domain.figures import from_dec6  # noqa: PLC0415 - only here

    return from_dec6(priced(desk, wish).net_dec6)


def _id(found: str | None) -> str:
    assert found
    return found
