"""Orders, invoices and payments of an ERP: once, repeatable, to the cent; what cannot be taken is told."""

import csv
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from sfa.exchange import bill_import
from sfa.exchange.import_plan import Request, make_plan
from sfa.exchange.importer import run as run_table
from sfa.exchange.order_import import OrdersResult, run
from sfa.services import history
from sfa.services.desk import Desk
from tests.support.contents import contents
from tests.support.factories import a_product, an_account
from tests.support.orders import earned

ORDERS = """Order No,Customer,Order Date,Required Date,SKU,Qty,Unit Price,Discount,Version
7001,Acme,2026-03-01,2026-03-20,P-1,3,33.333333,0,1
7001,Acme,2026-03-01,2026-03-20,P-2,7,9.99,15%,1
7002,Nobody,2026-03-01,2026-03-20,P-1,1,5,0,1
7003,Acme,2026-03-01,2026-03-20,P-9,1,5,0,1
7004,Acme,2026-03-01,2026-03-20,P-1,-1,5,0,1
"""


@pytest.fixture
def book(desk: Desk) -> Desk:
    """Return a desk with a customer and two products."""
    an_account(desk, name="Acme")
    a_product(desk, name="Pump", code="P-1")
    a_product(desk, name="Hose", code="P-2")
    return desk


def _take(desk: Desk, folder: Path, text: str) -> OrdersResult:
    path = folder / "orders.csv"
    path.write_text(text, encoding="utf-8")
    return run(desk, path, "erp")


def test_orders_come_with_lines_to_the_cent_and_what_is_unknown_is_told(book: Desk, tmp_path: Path) -> None:
    result = _take(book, tmp_path, ORDERS)
    assert (result.new, [row.line for row in result.rejected]) == (2, [4, 5, 6])
    assert [row.reason for row in result.rejected] == [
        "no customer is called or has the id “Nobody”",
        "no product is called or has the id “P-9”",
        "a quantity of -1 is none",
    ]
    assert book.store.rows("SELECT number, net_minor, promised_on, state FROM sales_order") == [
        ("7001", 10_000 + 5944, "2026-03-20", "open")
    ]
    assert earned(book, "booked") == 15_944


def test_lines_have_their_list_price_and_cost_and_orders_what_they_cost_beside(book: Desk, tmp_path: Path) -> None:
    a_product(book, name="Seal", code="P-3", cost="2.5")
    text = (
        "Order No,Customer,Order Date,SKU,Qty,Unit Price,Discount,Unit Cost,Freight,Bonus,Extra Cost\n"
        "1,Acme,2026-03-01,P-1,3,100,10%,40,12.30,5,1\n1,Acme,2026-03-01,P-3,4,10,0,,12.30,5,1\n"
        "2,Acme,2026-03-01,P-3,1,10,0,,-1,,\n3,Acme,2026-03-01,P-3,1,10,0,,1 EUR,,\n"
    )
    found = [_take(book, tmp_path, text) for _ in range(2)]
    assert [one.unchanged for one in found] == [0, 2]
    assert [row.reason for row in found[0].rejected] == ["“-1” is no freight in USD", "“1 EUR” is no freight in USD"]
    beside = "net_minor, list_minor, cost_minor, freight_minor, rebate_minor, extra_cost_minor"
    assert book.store.rows(f"SELECT {beside} FROM sales_order") == [(310_00, 340_00, 130_00, 12_30, 5_00, 1_00)]


def test_a_file_comes_twice_and_nothing_happens_twice(book: Desk, tmp_path: Path) -> None:
    _take(book, tmp_path, ORDERS)
    before = contents(book)
    again = _take(book, tmp_path, ORDERS)
    assert (again.new, again.changed, again.unchanged) == (0, 0, 2)
    assert contents(book) == before


def test_a_newer_version_changes_a_line_and_an_older_one_nothing(book: Desk, tmp_path: Path) -> None:
    _take(book, tmp_path, ORDERS)
    _take(book, tmp_path, ORDERS.replace(",3,33.333333,0,1", ",6,33.333333,0,2"))
    assert book.store.value("SELECT net_minor FROM sales_order") == 20_000 + 5944
    assert earned(book, "booked", "cancelled") == 25_944
    _take(book, tmp_path, ORDERS)
    assert book.store.value("SELECT net_minor FROM sales_order") == 20_000 + 5944


def test_one_undo_takes_an_import_of_orders_back(book: Desk, tmp_path: Path) -> None:
    before = contents(book)
    _take(book, tmp_path, ORDERS)
    history.undo(book)
    assert contents(book) == before


def test_invoices_and_payments_come_once_and_pay_commission(book: Desk, tmp_path: Path) -> None:
    invoices, payments = tmp_path / "invoices.csv", tmp_path / "payments.csv"
    invoices.write_text(
        "Invoice No,Customer,Invoice Date,Due Date,Net,Tax,Gross\n"
        "R-1,Acme,2026-03-01,2026-03-15,100.00,19.00,119.00\nR-2,Acme,2026-03-01,2026-03-15,100.00,19.00,120.00\n"
    )
    payments.write_text("Payment Id,Invoice No,Payment Date,Amount\n1,R-1,2026-03-05,59.50\n2,R-9,2026-03-05,1\n")
    for _ in range(2):
        found = bill_import.run(book, invoices, "erp")
        paid = bill_import.run(book, payments, "erp", is_payment=True)
    assert (found.unchanged, found.rejected[0].reason) == (1, "net and tax come to 119.00 USD, not to 120.00 USD")
    assert (paid.unchanged, paid.rejected[0].reason) == (1, "no invoice has the number “R-9”")
    assert book.store.rows("SELECT number, state, paid_minor FROM invoice") == [("R-1", "part_paid", 5950)]
    assert (earned(book, "invoiced"), earned(book, "paid")) == (10_000, 5000)


def test_deposits_and_coins_come_with_orders_and_invoices(book: Desk, tmp_path: Path) -> None:
    _take(
        book,
        tmp_path,
        "Order No,Customer,Order Date,SKU,Qty,Unit Price,Deposit,Cash Rounding\n7001,Acme,2026-03-01,P-1,1,112.33,100,0.05\n"
        "7002,Acme,2026-03-01,P-1,1,5,-1,\n",
    )
    sums = "SELECT number, gross_minor, prepaid_minor, payable_rounding_minor FROM sales_order"
    assert book.store.rows(sums) == [("7001", 11_233, 10_000, 2)]
    invoices = tmp_path / "invoices.csv"
    invoices.write_text(
        "Invoice No,Customer,Order No,Invoice Date,Net,Prepaid,Rounding,Amount Due\n"
        "R-1,Acme,7001,2026-03-02,112.33,100.00,,12.35\nR-2,Acme,,2026-03-02,10.00,10.00,,\n"
        "R-3,Acme,,2026-03-02,10.00,1.00,0.02,9.00\nR-4,Acme,,2026-03-02,10.00,,,30.00\n"
    )
    for _ in range(2):
        found = bill_import.run(book, invoices, "erp")
    assert (found.unchanged, [row.reason for row in found.rejected]) == (
        2,
        [
            "9.02 USD are to be paid after what was prepaid and rounded, not 9.00 USD",
            "20.00 USD are no rounding of 10.00 USD",
        ],
    )
    sums = "SELECT number, state, prepaid_minor, payable_rounding_minor FROM invoice ORDER BY number"
    assert book.store.rows(sums) == [("R-1", "open", 10_000, 2), ("R-2", "paid", 1000, 0)]
    payments = tmp_path / "payments.csv"
    payments.write_text("Payment Id,Invoice No,Payment Date,Amount\n1,R-1,2026-03-05,12.35\n")
    bill_import.run(book, payments, "erp", is_payment=True)
    assert earned(book, "paid") == earned(book, "invoiced") == 11_233 + 1000


def test_the_orders_of_a_food_wholesaler_come_out_to_the_cent(desk: Desk, shared_data: Path) -> None:
    folder = shared_data / "northwind"
    if not folder.exists():
        pytest.skip("the sample of a wholesaler is absent")
    for name, noun in (("customers", "account"), ("products", "product"), ("employees", "user")):
        run_table(desk, make_plan(desk, Request(folder / f"{name}.csv", noun)))
    for name in ("orders_1996", "order-details_1996"):
        assert run(desk, folder / f"{name}.csv", "import").rejected == []
    expected: dict[str, int] = {}
    with (folder / "order-details_1996.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            worth = Decimal(row["unitPrice"]) * Decimal(row["quantity"]) * (1 - Decimal(row["discount"])) * 100
            expected[row["orderID"]] = expected.get(row["orderID"], 0) + int(worth.quantize(Decimal(1), ROUND_HALF_UP))
    assert dict(desk.store.rows("SELECT number, net_minor FROM sales_order")) == expected
