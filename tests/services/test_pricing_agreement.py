"""Prices out of the book are those of the pure engine over all rows: what is read narrowly decides the same."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.store import UnitOfWork
from sfa.domain.pricing.amounts import Effect, PricingError
from sfa.domain.pricing.lookup import (
    ContractPrice,
    Policy,
    PriceBook,
    PriceEntry,
    PriceQuery,
    choose_price,
    price_table,
)
from sfa.errors import UsageError
from sfa.services.desk import Desk
from sfa.services.prices_loading import condition_of, day_of
from sfa.services.pricing import price_all
from tests.support.factories import make_desk
from tests.support.prices import DEC6, a_wish

DAYS = [date(2026, month, 1) for month in (1, 3, 5, 7)]
CATEGORIES = ("Sensors", "Sensors/Pressure")
GROUPS = ("Gold", "Silver")
PRODUCTS, ACCOUNTS, BOOKS = 3, 3, 3

spans = st.lists(st.one_of(st.none(), st.sampled_from(DAYS)), min_size=2, max_size=2).map(
    lambda days: (days[0], days[1] if None in days or days[1] > days[0] else None)  # type: ignore[operator]
)
entries = st.tuples(
    st.integers(0, BOOKS - 1), st.integers(0, PRODUCTS - 1), st.integers(1, 200), st.integers(0, 2), spans
)  # fmt: skip
holders = st.one_of(st.integers(0, ACCOUNTS - 1), st.sampled_from(GROUPS))
targets = st.one_of(st.integers(0, PRODUCTS - 1), st.sampled_from(CATEGORIES))
agreed = st.one_of(
    st.integers(1, 200).map(lambda price: (Effect.PRICE, price * DEC6)),
    st.integers(0, 100).map(lambda percent: (Effect.PERCENT, percent * 10_000)),
)
agreements = st.tuples(holders, targets, agreed, st.integers(0, 5), st.integers(0, 2), spans)
asked = st.tuples(
    st.integers(0, PRODUCTS - 1), st.integers(0, ACCOUNTS - 1), st.integers(1, 8),
    st.one_of(st.none(), st.integers(0, BOOKS - 1)), st.sampled_from(DAYS),
)  # fmt: skip


@dataclass(frozen=True)
class World:
    """Records that all examples share; the prices differ."""

    desk: Desk
    products: Sequence[str]
    accounts: Sequence[str]
    books: Sequence[str]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Three products, three accounts above each other, three books of which one is the standard."""
    desk = make_desk(Path(tmp_path_factory.mktemp("world")))
    with desk.store.write("test.world") as work:
        books = [
            work.insert("price_book", {"name": f"Book {number}", "currency": "USD", "is_standard": int(number == 0)})
            for number in range(BOOKS)
        ]
        work.update("price_book", books[2], {"parent_id": books[1]})
        products = [
            work.insert("product", {"name": f"Product {number}", "category": category})
            for number, category in enumerate((*CATEGORIES, None))
        ]
        accounts: list[str] = []
        for number, group in enumerate((None, *GROUPS)):
            parent = accounts[-1] if accounts else None
            book = books[1] if number == 1 else None
            row = {"name": f"Account {number}", "price_group": group, "parent_id": parent, "price_book_id": book}
            accounts.append(work.insert("account", row))
    return World(desk, products, accounts, books)


def planted(world: World, work: UnitOfWork, prices: Sequence[Any], contracts: Sequence[Any]) -> None:
    """Write prices past the services, so that whatever may stand in a book is tried."""
    for table in ("price_entry", "contract_price"):
        work.execute(f"DELETE FROM {table}")
    for book, product, price, priority, (first, end) in prices:
        row = {"book_id": world.books[book], "product_id": world.products[product], "price_dec6": price * DEC6}
        work.insert("price_entry", {**row, "priority": priority, "valid_from": text(first), "valid_to": text(end)})
    for holder, target, (effect, value), least, priority, (first, end) in contracts:
        by = {"price_group": holder} if isinstance(holder, str) else {"account_id": world.accounts[holder]}
        on = {"category": target} if isinstance(target, str) else {"product_id": world.products[target]}
        row = {**by, **on, "kind": effect.value, "value": value, "currency": "USD", "min_qty_dec6": least * DEC6}
        work.insert("contract_price", {**row, "priority": priority, "valid_from": text(first), "valid_to": text(end)})


def text(day: date | None) -> str | None:
    return day.isoformat() if day else None


def whole_table(world: World) -> Any:  # noqa: ANN401 - a PriceTable
    """Return every price of the store, as the engine takes them."""
    rows = world.desk.store.rows
    books = [PriceBook(row[0], "USD", parent_id=row[1]) for row in rows("SELECT id, parent_id FROM price_book")]
    prices = [
        PriceEntry(entry, book, product, price, priority=priority, valid_from=day_of(first), valid_to=day_of(end))
        for entry, book, product, price, priority, first, end in rows(
            "SELECT id, book_id, product_id, price_dec6, priority, valid_from, valid_to FROM price_entry"
        )
    ]
    contracts = [
        ContractPrice(
            row[0], row[1], (row[2] or "").casefold() if row[8] else row[2], Effect(row[3]), row[4], "USD",
            min_qty_dec6=row[5], priority=row[6], valid_from=day_of(row[7]), valid_to=day_of(row[9]),
        )
        for row in rows(
            "SELECT id, COALESCE(account_id, price_group), COALESCE(product_id, category), kind, value, min_qty_dec6,"
            " priority, valid_from, category IS NOT NULL, valid_to FROM contract_price"
        )
    ]  # fmt: skip
    return price_table(books, prices, contracts)


def query(world: World, product: int, account: int, quantity: int, book: int | None, on: date) -> PriceQuery:
    """Return what is asked, with the hierarchy written out by hand."""
    groups = ((), ("Gold",), ("Silver", "Gold"))[account]
    categories = (("sensors",), ("sensors/pressure", "sensors"), ())[product]
    own = world.books[1] if account else None
    chosen = world.books[book] if book is not None else None
    return PriceQuery(
        world.products[product], on, "USD", quantity * DEC6, accounts=tuple(reversed(world.accounts[: account + 1])),
        groups=groups, categories=categories, books=tuple(one for one in (chosen, own) if one),
        standard_book=world.books[0],
    )  # fmt: skip


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    prices=st.lists(entries, max_size=12),
    contracts=st.lists(agreements, max_size=8),
    wanted=st.lists(asked, min_size=1, max_size=4),
)
def test_the_book_decides_as_the_engine_over_all_rows(
    world: World, prices: list[Any], contracts: list[Any], wanted: list[Any]
) -> None:
    with world.desk.store.write("test.prices") as work:
        planted(world, work, prices, contracts)
    table = whole_table(world)
    for product, account, quantity, book, on in wanted:
        wish = a_wish(world.products[product], quantity, world.accounts[account], on=on)
        if book is not None:
            wish = a_wish(world.products[product], quantity, world.accounts[account], on=on, book_id=world.books[book])
        try:
            choice = choose_price(query(world, product, account, quantity, book, on), table, Policy.MOST_SPECIFIC)
        except PricingError:
            with pytest.raises(UsageError):
                price_all(world.desk, [wish])
            continue
        (line,) = price_all(world.desk, [wish])
        assert (line.steps[0].source_id, line.list_dec6) == (choice.list_price.source_id, choice.list_price.price_dec6)
        assert (line.steps[-1].source_id, line.net_dec6) == (choice.winner.source_id, choice.winner.price_dec6)


def test_conditions_are_stored_as_the_engine_reads_them() -> None:
    stored = json.dumps({"products": ["p"], "categories": ["Sensors / Pressure"], "min_qty_dec6": 5})
    found = condition_of(stored)
    assert (list(found.products), list(found.categories), found.min_qty_dec6) == (["p"], ["sensors/pressure"], 5)
