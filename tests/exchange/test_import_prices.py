"""Price lists from tables: repeatable, later prices end the ones before, bad rows are told with line and reason."""

from pathlib import Path

import pytest

from sfa.exchange.headers import guess_noun
from sfa.exchange.import_plan import Request, Result, make_plan
from sfa.exchange.importer import run
from sfa.services import history, listing
from sfa.services.desk import Desk
from tests.support.contents import contents
from tests.support.factories import a_product
from tests.support.prices import a_book, a_price

HEADER = "Product code,Price book,Price,Currency,Valid from,Valid to,Per\n"


@pytest.fixture
def book(desk: Desk) -> Desk:
    """A desk with a standard book, one in euros, and two products."""
    a_book(desk)
    a_book(desk, "Europe", currency="EUR", is_standard="yes")
    a_product(desk, name="Sensor", code="S1")
    a_product(desk, name="Valve", code="V1")
    return desk


def imported(desk: Desk, folder: Path, rows: str) -> Result:
    path = folder / "prices.csv"
    path.write_text(HEADER + rows, encoding="utf-8")
    return run(desk, make_plan(desk, Request(path, "price_entry")))


def prices(desk: Desk) -> list[tuple[object, ...]]:
    names = ("book", "product", "price", "per", "valid_from", "valid_to")
    rows = listing.select(desk, "price_entry", sort="book,product,valid_from", columns=names).rows
    return [tuple(row[name] for name in names) for row in rows]


def test_later_prices_end_the_ones_before_in_whatever_order_they_stand(book: Desk, tmp_path: Path) -> None:
    rows = "S1,List,12,USD,2026-07-01,,\nS1,List,10,,2026-01-01,,\nV1,,15.24,,,,12\nV1,,9,EUR,,,\n"
    assert imported(book, tmp_path, rows).new == 4
    assert prices(book) == [
        ("Europe", "Valve", "9", "1", None, None),
        ("List", "Sensor", "10", "1", "2026-01-01", "2026-07-01"),
        ("List", "Sensor", "12", "1", "2026-07-01", None),
        ("List", "Valve", "15.24", "12", None, None),
    ]


def test_the_same_file_again_changes_nothing_and_a_new_price_changes_its_own(book: Desk, tmp_path: Path) -> None:
    rows = "S1,List,10,USD,2026-01-01,,\nS1,List,12,USD,2026-07-01,,\n"
    imported(book, tmp_path, rows)
    before = contents(book)
    again = imported(book, tmp_path, rows)
    assert (again.new, again.changed, again.unchanged) == (0, 0, 2)
    assert contents(book) == before
    changed = imported(book, tmp_path, rows.replace("12", "13"))
    assert (changed.new, changed.changed, changed.unchanged) == (0, 1, 1)
    assert [row[2] for row in prices(book)] == ["10", "13"]
    history.undo(book)
    assert contents(book) == before


def test_a_price_of_the_book_is_ended_by_a_row(book: Desk, tmp_path: Path) -> None:
    a_price(book, "Sensor", "8")
    imported(book, tmp_path, "S1,List,10,USD,2026-05-01,,\n")
    assert [row[2:] for row in prices(book)] == [("8", "1", None, "2026-05-01"), ("10", "1", "2026-05-01", None)]
    history.undo(book)
    assert [row[2:] for row in prices(book)] == [("8", "1", None, None)]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("X9,List,10,,,,", "no product is called “X9”"),
        (",List,10,,,,", "Product is missing"),
        ("S1,Nowhere,10,,,,", "no price book is called “Nowhere”"),
        ("S1,List,,,,,", "Price is missing"),
        ("S1,List,-1,,,,", "the price -1 is negative"),
        ("S1,List,much,,,,", "much"),
        ("S1,List,10,EUR,,,", "List is in USD, the row in EUR"),
        ("S1,List,10,,2026-05-01,2026-04-01,", "it ends on 2026-04-01, before it begins on 2026-05-01"),
        ("S1,List,10,,2026-01-01,2026-08-01,", "it overlaps the price 12, which holds from 2026-07-01"),
        ("S1,List,13,,2026-07-01,,", "the same price stands in line 2 already"),
        ("S1,List,10,,,,0", "a price is per 1 or more"),
    ],
)
def test_a_bad_row_is_told_with_its_line_and_the_others_are_taken(
    book: Desk, tmp_path: Path, row: str, reason: str
) -> None:
    result = imported(book, tmp_path, f"S1,List,12,USD,2026-07-01,,\n{row}\nV1,List,5,,,,\n")
    assert result.new == 2
    (rejected,) = result.rejected
    assert (rejected.line, reason in rejected.reason) == (3, True), rejected


def test_a_file_of_prices_is_known_by_its_columns(tmp_path: Path) -> None:
    del tmp_path
    assert guess_noun(["Product", "Price book", "Price", "Valid from"], "list.csv") == "price_entry"
    assert guess_noun(["Name", "Code", "Price", "Unit", "Category"], "list.csv") == "product"


def test_products_bring_their_tax_code_and_period(book: Desk, tmp_path: Path) -> None:
    from sfa.services import writing  # noqa: PLC0415 - only here

    writing.add(book, "tax_code", {"name": "Value added tax", "code": "VAT"})
    path = tmp_path / "products.csv"
    path.write_text("Name,Cost,Tax code,Period\nHosting,4,VAT,month\nOther,1,GST,\n", encoding="utf-8")
    result = run(book, make_plan(book, Request(path, "product")))
    assert (result.new, [row.reason for row in result.rejected]) == (1, ["no tax code is called “GST”"])
    found = listing.select(book, "product", where="name=Hosting", columns=("tax_code", "period")).rows[0]
    assert (found["tax_code"], found["period"]) == ("Value added tax", "month")
