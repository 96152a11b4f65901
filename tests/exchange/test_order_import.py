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
from tests.support.orders import earned, events

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


LINES = """Invoice No,Customer,Invoice Date,SKU,Description,Qty,Unit Price,Discount,Net,Tax,Gross
R-1,Acme,2026-03-01,P-1,,3,33.333333,0,159.44,30.29,189.73
R-2,Acme,2026-03-01,P-1,,2,5,0,10.00,1.90,11.90
R-1,Acme,2026-03-01,P-2,Blue,7,9.99,15%,159.44,30.29,189.73
R-2,Acme,2026-03-01,Freight,,1,4,0,4.00,0,4.00
R-3,Acme,2026-03-01,P-1,,2,5,0,11.00,,
R-3,Acme,2026-03-01,P-2,,1,4,0,4.00,,
"""


def test_an_invoice_has_the_lines_that_its_rows_tell_of(book: Desk, tmp_path: Path) -> None:
    file = tmp_path / "invoices.csv"
    file.write_text(LINES)
    before = contents(book)
    found = bill_import.run(book, file, "erp")
    told = [(row.line, row.reason) for row in found.rejected]
    assert told == [(line, "its lines come to 14.00 USD, not to 15.00 USD") for line in (6, 7)]
    sums = "SELECT number, net_minor, tax_minor, gross_minor FROM invoice ORDER BY number"
    assert book.store.rows(sums) == [("R-1", 15_944, 3029, 18_973), ("R-2", 1400, 190, 1590)]
    lines = (
        "SELECT i.number, p.code, l.description, l.quantity_dec6 / 1000000, l.net_minor FROM invoice_line l"
        " JOIN invoice i ON i.id = l.invoice_id LEFT JOIN product p ON p.id = l.product_id ORDER BY i.number, l.ordinal"
    )
    assert book.store.rows(lines) == [
        ("R-1", "P-1", None, 3, 10_000),
        ("R-1", "P-2", "Blue", 7, 5944),
        ("R-2", "P-1", None, 2, 1000),
        ("R-2", None, "Freight", 1, 400),
    ]
    assert earned(book, "invoiced") == 15_944 + 1400
    again = bill_import.run(book, file, "erp")
    assert (again.new, again.unchanged, len(again.rejected)) == (0, 4, 2)
    history.undo(book)
    assert contents(book) == before


@pytest.mark.parametrize(
    ("rows", "gross"),
    [
        ("R-1,Acme,,,,100.00,119.00\nR-1,,P-1,4,10,,\nR-1,,P-2,6,10,,\n", 11_900),  # the sums in a row of their own
        ("R-1,Acme,P-1,4,10,,\nR-1,Acme,P-2,6,10,,\n", 10_000),  # no sums at all
        ("R-1,Acme,P-1,5,,50.00,59.50\nR-1,Acme,P-1,5,,50.00,59.50\n", 11_900),  # two lines alike, each with its own
    ],
)
def test_sums_are_those_of_the_invoice_or_of_its_lines(book: Desk, tmp_path: Path, rows: str, gross: int) -> None:
    file = tmp_path / "invoices.csv"
    file.write_text("Invoice No,Customer,SKU,Qty,Unit Price,Net,Gross\n" + rows)
    assert bill_import.run(book, file, "erp").rejected == []
    assert book.store.rows("SELECT net_minor, gross_minor FROM invoice") == [(10_000, gross)]
    assert book.store.value("SELECT count(*) FROM invoice_line") == 2


def test_a_payment_of_an_imported_invoice_pays_each_of_its_lines(book: Desk, tmp_path: Path) -> None:
    file, payments = tmp_path / "invoices.csv", tmp_path / "payments.csv"
    file.write_text(LINES)
    bill_import.run(book, file, "erp")
    payments.write_text("Payment Id,Invoice No,Payment Date,Amount\n1,R-1,2026-03-05,189.73\n")
    bill_import.run(book, payments, "erp", is_payment=True)
    assert [net for kind, net in events(book) if kind == "paid"] == [10_000, 5944]


def test_the_orders_of_a_food_wholesaler_come_out_to_the_cent(desk: Desk, shared_data: Path, tmp_path: Path) -> None:
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
    _invoice_all(desk, folder, tmp_path / "bills.csv")
    assert dict(desk.store.rows("SELECT number, net_minor FROM invoice")) == {
        f"F-{key}": net for key, net in expected.items()
    }
    lines = "SELECT count(*), count(product_id), sum(net_minor) FROM invoice_line"
    assert desk.store.rows(lines) == desk.store.rows("SELECT count(*), count(*), sum(net_minor) FROM sales_order_line")


def _invoice_all(desk: Desk, folder: Path, file: Path) -> None:
    """Import the lines of the orders as those of invoices."""
    with (folder / "orders_1996.csv").open(encoding="utf-8") as orders:
        customers = {row["orderID"]: row["customerID"] for row in csv.DictReader(orders)}
    rows = (folder / "order-details_1996.csv").read_text(encoding="utf-8").splitlines()
    made = [f"F-{(key := row.partition(',')[0])},{customers[key]},{row}" for row in rows[1:] if row]
    file.write_text("\n".join([f"Invoice No,Customer,{rows[0]}", *made]), encoding="utf-8")
    assert bill_import.run(desk, file, "import").rejected == []
