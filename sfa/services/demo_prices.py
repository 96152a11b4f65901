"""The prices of a demo: books in two currencies, agreements, volume schedules, promotions, taxes; no chance in them."""

import json
from collections.abc import Sequence
from datetime import date, timedelta

from sfa.domain.figures import DEC6, PPM
from sfa.domain.pricing.amounts import FX
from sfa.services import demo_words as words
from sfa.services.demo_rows import Row, Rows

EURO_PER_MILLE = 920
LAST_YEAR_PER_MILLE = 960
FLOOR_PER_MILLE = 800
HUNDRED = 100
KEY_ACCOUNTS = 3
RISE_ON = (7, 1)
YEARLY = ("SV-A", "SV-B")
TAXES = (
    ("VAT", "Value added tax", "S", None),
    ("VAT-R", "Value added tax, reduced", "S", None),
    ("RC", "Reverse charge", "AE", "Tax is owed by the customer"),
)
RATES = {"VAT": (190_000, 200_000), "VAT-R": (70_000,)}


def make_prices(rows: Rows, products: Sequence[Row]) -> None:
    """Give the products taxes, floors, and prices of last year and of this one, in dollars and in euros."""
    new_year = date(rows.today.year, 1, 1)
    codes = [
        rows.add("tax_code", code=code, name=name, category=category, reason=reason)
        for code, name, category, reason in TAXES
    ]
    for code in codes:
        _make_rates(rows, code, new_year)
    for currency, per_cent in words.RATES_PER_CENT.items():
        if currency != "USD":
            rate = per_cent * FX // HUNDRED
            rows.add("fx_rate", source="USD", target=currency, on_day=new_year.isoformat(), rate_e9=rate)
    world = rows.add("price_book", name="World list", currency="USD", is_standard=1)
    europe = rows.add("price_book", name="Europe list", currency="EUR", is_standard=1)
    for product in products:
        product["tax_code_id"] = codes[0]["id"]
        product["floor_dec6"] = _share(product["price_dec6"], FLOOR_PER_MILLE)
        product["period"] = "year" if product["code"] in YEARLY else None
        _make_entries(rows, world, product, product["price_dec6"], new_year)
        _make_entries(rows, europe, product, _share(product["price_dec6"], EURO_PER_MILLE), new_year)


def _share(price_dec6: int, per_mille: int) -> int:
    """Return a part of a price in whole tens, as list prices are."""
    return price_dec6 * per_mille // 1000 // (10 * DEC6) * 10 * DEC6


def _make_rates(rows: Rows, code: Row, new_year: date) -> None:
    rates = RATES.get(code["code"], ())
    for number, rate in enumerate(rates):
        first = new_year.isoformat() if number else None
        end = new_year.isoformat() if number + 1 < len(rates) else None
        rows.add("tax_rate", tax_code_id=code["id"], rate_ppm=rate, valid_from=first, valid_to=end)


def _make_entries(rows: Rows, book: Row, product: Row, price_dec6: int, new_year: date) -> None:
    target = {"book_id": book["id"], "product_id": product["id"]}
    before = _share(price_dec6, LAST_YEAR_PER_MILLE)
    rows.add("price_entry", **target, price_dec6=before, valid_from=None, valid_to=new_year.isoformat())
    rows.add("price_entry", **target, price_dec6=price_dec6, valid_from=new_year.isoformat(), valid_to=None)


def make_agreements(rows: Rows, accounts: Sequence[Row], products: Sequence[Row]) -> None:
    """Agree on prices with some accounts and the group of key accounts; discount volume; promote something in summer."""
    for account in accounts[:KEY_ACCOUNTS]:
        account["price_group"] = "Key accounts"
    if accounts:
        rows.add(
            "contract_price",
            account_id=accounts[0]["id"],
            product_id=products[0]["id"],
            kind="price",
            value=_share(products[0]["price_dec6"], LAST_YEAR_PER_MILLE),
            currency="USD",
            document_ref=f"FA-{rows.today.year}-07",
        )
    rows.add("contract_price", price_group="Key accounts", category="Stations", kind="percent", value=8 * PPM // 100)
    _make_schedule(rows, "Volume, stations", "Stations", ((1, 0), (3, 40_000), (6, 70_000), (12, 100_000)))
    _make_schedule(rows, "Volume, benches", "Benches", ((1, 0), (2, 30_000), (5, 60_000)))
    _make_promotion(rows)


def _make_schedule(rows: Rows, name: str, category: str, tiers: Sequence[tuple[int, int]]) -> None:
    stored = [{"lo": lo * DEC6, "value": value} for lo, value in tiers]
    rows.add(
        "discount_schedule",
        name=name,
        category=category,
        kind="range",
        effect="percent",
        scope="line",
        tiers=json.dumps(stored),
    )


def _make_promotion(rows: Rows) -> None:
    first = date(rows.today.year, *RISE_ON)
    rows.add(
        "price_rule",
        name="Summer of service",
        priority=10,
        condition=json.dumps({"categories": ["Service"]}),
        effect="percent",
        value=50_000,
        is_stackable=1,
        valid_from=first.isoformat(),
        valid_to=(first + timedelta(days=62)).isoformat(),
    )
