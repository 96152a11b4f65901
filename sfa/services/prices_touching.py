"""All that may touch the price of a product: books, agreements, schedules, promotions, for whomever and whenever."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from db.queries import prices as queries
from sfa.domain.figures import DEC6, from_dec6
from sfa.services.desk import Desk
from sfa.services.listing import Record, record, select
from sfa.services.prices_explained import price_text
from sfa.services.prices_loading import categories_of, category_key
from sfa.services.prices_reading import span_words


@dataclass(frozen=True, slots=True)
class Touch:
    """One of them: what kind it is, for whom, what it says, when it holds."""

    noun: str
    id: str
    ref: str
    kind: str
    whom: str
    what: str
    span: str


def touching(desk: Desk, product_id: str) -> list[Touch]:
    """Return what may touch the price of a product, books first."""
    product = record(desk, "product", product_id)
    categories = set(categories_of(product["category"]))
    return [
        *_entries(desk, product_id),
        *_contracts(_among(desk, "contract_price", queries.contracts_of(desk.store, product_id)), product, categories),
        *_schedules(_among(desk, "discount_schedule", queries.schedules_of(desk.store, product_id)), categories),
        *_promotions(select(desk, "price_rule", columns=_RULE).rows, product, categories),
    ]


_COMMON = ("ref", "account", "price_group", "product", "category", "currency", "valid_from", "valid_to")
_OWN = {"contract_price": ("price", "min_quantity", "document_ref"), "discount_schedule": ("name", "kind", "tiers")}
_RULE = ("ref", "name", "discount", "effect", "product", "category", "account", "price_group", "valid_from", "valid_to")


def _among(desk: Desk, noun: str, ids: Iterable[str]) -> list[Record]:
    wanted = set(ids)
    found = select(desk, noun, columns=(*_COMMON, *_OWN[noun])).rows if wanted else []
    return [row for row in found if row.id in wanted]


def _entries(desk: Desk, product_id: str) -> Iterator[Touch]:
    for row in queries.entries_told(desk.store, product_id):
        row_id, ref, book, price, currency, per, unit, first, end = row
        base = f" per {from_dec6(per)}" if per != DEC6 else ""
        what = f"{price_text(price, currency)} {currency}{base}{f' a {unit}' if unit else ''}"
        yield Touch("price_entry", row_id, ref, "Book", book, what, span_words(first, end))


def _contracts(rows: Iterable[Record], product: Record, categories: set[str]) -> Iterator[Touch]:
    for row in rows:
        if row["category"] and category_key(row["category"]) not in categories:
            continue
        least = f" from {row['min_quantity']}" if row["min_quantity"] not in (None, "0") else ""
        about = "" if row["product"] == product["name"] else f" on {row['category']}"
        what = f"{row['price']} {row['currency'] or ''}".strip() + about + least
        whom = str(row["account"] or row["price_group"])
        yield Touch("contract_price", row.id, row.ref, "Contract", whom, what, _span(row))


def _schedules(rows: Iterable[Record], categories: set[str]) -> Iterator[Touch]:
    for row in rows:
        if row["category"] and category_key(row["category"]) not in categories:
            continue
        whom = str(row["account"] or row["price_group"] or "all")
        yield Touch(
            "discount_schedule", row.id, row.ref, "Schedule", whom, f"{row['name']}: {row['tiers']}", _span(row)
        )


def _promotions(rows: Iterable[Record], product: Record, categories: set[str]) -> Iterator[Touch]:
    for row in rows:
        products = [name.strip() for name in str(row["product"] or "").split(",") if name.strip()]
        wanted = [category_key(name) for name in str(row["category"] or "").split(",") if name.strip()]
        if (products and product["name"] not in products) or (wanted and categories.isdisjoint(wanted)):
            continue
        whom = str(row["account"] or row["price_group"] or "all")
        yield Touch("price_rule", row.id, row.ref, "Promotion", whom, f"{row['name']}: {row['discount']}", _span(row))


def _span(row: Record) -> str:
    return span_words(row["valid_from"], row["valid_to"])
