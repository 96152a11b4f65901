"""The catalogue: products found by words and category, their prices for an account and a quantity, and why."""

from pathlib import Path

import pytest

from screens.catalogue.price import PriceScreen
from screens.catalogue.screen import CatalogueScreen
from screens.widgets.record_table import RecordTable
from sfa.services.desk import Desk
from tests.support.driver import LARGE, SIZES, SMALL, Driver, desk_driver
from tests.support.factories import a_product, an_account
from tests.support.payloads import PAYLOADS
from tests.support.prices import a_book, a_price, a_promotion, a_schedule, an_agreement


def a_catalogue(desk: Desk) -> None:
    a_book(desk)
    for name, category, price in (
        ("Pressure sensor", "Sensors/Pressure", "100"),
        ("Heat sensor", "Sensors/Heat", "80"),
        ("Valve", "Valves", "20"),
    ):
        a_price(desk, a_product(desk, name=name, category=category, unit="piece"), price)
    a_product(desk, name="Unpriced")
    an_account(desk, name="Acme")
    an_agreement(desk, "92.50", account="Acme", product="Pressure sensor", document_ref="C-17")
    a_schedule(desk, "1:0% 10:10%", category="Sensors")
    a_promotion(desk, "5%")


def touches(drive: Driver) -> list[str]:
    table = drive.screen.query_one("#touches", RecordTable)
    return [row.cells[2] for row in (table.book.row(at) for at in range(table.row_count)) if row is not None]


@pytest.mark.parametrize("size", SIZES)
async def test_products_stand_with_their_prices(tmp_path: Path, size: tuple[int, int]) -> None:
    async with desk_driver(tmp_path, size=size, fill=a_catalogue) as drive:
        await drive.press("9")
        assert isinstance(drive.screen, CatalogueScreen)
        assert drive.row("Pressure sensor")["price"] == "95.00 USD"
        assert drive.row("Unpriced")["price"] == "no price"
        assert "95.00 USD" in drive.text
        assert "Catalogue: 1 unit" in drive.lines[1]


async def test_prices_follow_the_account_and_the_quantity(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_catalogue) as drive:
        await drive.press("9", "f", *"acme", "enter", "n", "backspace", *"60", "enter")
        assert drive.row("Pressure sensor")["price"] == "79.0875 USD"
        assert drive.row("Pressure sensor")["off"] == "20.9%"
        assert "Catalogue: 60 units for Acme" in drive.text
        await drive.press("f", *["backspace"] * 4, "enter")
        assert drive.row("Pressure sensor")["price"] == "85.50 USD"


async def test_an_account_that_is_nobody_is_asked_for_again(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_catalogue) as drive:
        await drive.press("9", "f", *"nobody", "enter")
        assert drive.problem.startswith("No account is called nobody.")
        await drive.press("escape", "n", "backspace", "0", "enter")
        assert "A quantity of 0 has no price." in drive.problem


async def test_a_category_holds_all_beneath_it(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_catalogue) as drive:
        await drive.press("9", "c")
        assert [words.strip() for words in drive.choices] == [
            "All categories", "Sensors (2)", "Heat (1)", "Pressure (1)", "Valves (1)",
        ]  # fmt: skip
        await drive.press(*"sens", "enter")
        assert drive.names() == ["Heat sensor", "Pressure sensor"]
        await drive.press("slash", *"heat", "enter")
        assert drive.names() == ["Heat sensor"]


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_enter_tells_why_a_price_is_what_it_is(tmp_path: Path, size: tuple[int, int]) -> None:
    async with desk_driver(tmp_path, size=size, fill=a_catalogue) as drive:
        await drive.press("9", "f", *"acme", "enter")
        await drive.go_to("Pressure sensor")
        await drive.press("enter")
        assert isinstance(drive.screen, PriceScreen)
        assert [row["price"] for row in drive.rows] == ["100.00", "92.50", "92.50", "87.875"]
        assert "9 more units save 87.87 USD." in drive.text
        assert touches(drive) == ["100.00 USD", "92.5 USD", "Volume: 1:0% 10:10%", "Spring: 5%"]
        await drive.press("n", "backspace", *"10", "enter")
        assert "10 x 79.0875 = 790.88 USD" in drive.text
        await drive.press("escape")
        assert isinstance(drive.screen, CatalogueScreen)


async def test_a_product_without_price_says_so_and_names_the_way(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_catalogue) as drive:
        await drive.press("9")
        await drive.go_to("Unpriced")
        await drive.press("enter")
        assert "No price of Unpriced in USD" in drive.text
        assert "price set PRODUCT 12.50" in drive.text


async def test_from_a_price_to_what_touches_it_and_to_the_product(tmp_path: Path) -> None:
    async with desk_driver(tmp_path, fill=a_catalogue) as drive:
        await drive.press("9")
        await drive.go_to("Pressure sensor")
        await drive.press("enter", "tab", "down", "enter")
        assert "C-17" in drive.text
        await drive.press("escape", "p")
        assert "Sensors/Pressure" in drive.text


async def test_an_empty_catalogue_names_a_key(tmp_path: Path) -> None:
    async with desk_driver(tmp_path) as drive:
        await drive.press("9")
        assert "Press a to add one" in drive.text


async def test_text_from_outside_is_shown_inert(tmp_path: Path) -> None:
    def fill(desk: Desk) -> None:
        a_book(desk)
        for number, payload in enumerate(list(PAYLOADS.values())[:8]):
            product = a_product(desk, name=f"P{number} {payload[:60]}", category=f"C{payload[:40]}")
            a_price(desk, product, "5")

    async with desk_driver(tmp_path, fill=fill) as drive:
        await drive.press("9")
        assert drive.leaks() == []
        await drive.press("enter")
        assert drive.leaks() == []
        await drive.press("escape", "c")
        assert drive.leaks() == []
