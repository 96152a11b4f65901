"""What was paid before an offer and the coin that it is paid with, from the quote to the last cent of its invoices."""

from pathlib import Path

import pytest

from sfa.domain.money import Rounding
from sfa.domain.order_sums import next_rounding, owed, payable, prepaid_part
from sfa.domain.pricing.amounts import to_coin
from sfa.errors import UsageError
from sfa.services import credit_notes, history, invoice_papers, orders, payments, quote_states, quotes
from sfa.services.credit_notes import Credit
from sfa.services.desk import Desk
from sfa.services.orders import Wish
from sfa.services.quote_acceptance import Signature, accept
from sfa.services.quote_line_text import LineText
from sfa.services.quote_sheet import Meant, load
from tests.support.contents import contents
from tests.support.factories import make_desk
from tests.support.orders import AUTHORITY, an_invoice, earned, events, invoice_row, order_row
from tests.support.quotes import a_quote


@pytest.fixture
def shop(tmp_path: Path) -> Desk:
    """Return a desk that gives the numbers of invoices."""
    return make_desk(tmp_path / "shop", settings=AUTHORITY)


def sold(desk: Desk, *prices: str, coin: str = "0.05", prepaid: str = "0") -> Meant:
    lines = [LineText(description=f"Work {price}", price=price, quantity="1") for price in prices]
    meant = a_quote(desk, *lines)
    quotes.VERBS.edit(desk, [meant.id], {"cash_rounding": coin, "prepaid": prepaid})
    quote_states.send(desk, meant)
    accept(desk, meant, Signature("Jane Doe"))
    return meant


@pytest.mark.parametrize(("price", "payable_minor"), [("12.33", 1235), ("12.32", 1230), ("0.02", 0)])
def test_what_is_paid_in_cash_is_rounded_once_from_the_quote_to_the_payment(
    shop: Desk, price: str, payable_minor: int
) -> None:
    meant = sold(shop, price)
    order = str(orders.from_quote(shop, meant).id)
    bill = an_invoice(shop, order, is_ordered=True)
    version = load(shop, meant).version
    assert version["payable_minor"] == payable(order_row(shop, order)) == owed(invoice_row(shop, bill)) == payable_minor
    if payable_minor:
        payments.pay(shop, bill)
    assert (invoice_row(shop, bill)["state"], order_row(shop, order)["state"]) == ("paid", "paid")
    # What is earned is the net: the coin is no revenue.
    assert earned(shop, "paid") == earned(shop, "invoiced") == version["net_minor"]


def test_two_invoices_of_an_order_are_rounded_together(shop: Desk) -> None:
    order = str(orders.from_quote(shop, sold(shop, "12.33", "12.33")).id)
    first, second = (invoice_row(shop, an_invoice(shop, order, f"{place}=1")) for place in (1, 2))
    assert [payable(bill) for bill in (first, second)] == [1235, 1230]  # 24.66 is paid with 24.65
    assert payable(order_row(shop, order)) == 2465


def test_a_deposit_settles_the_first_orders_and_invoices(shop: Desk) -> None:
    meant = sold(shop, "100", "50", "25", coin="0", prepaid="120 EUR")
    first = str(orders.from_quote(shop, meant, Wish(lines=("1",))).id)
    second = str(orders.from_quote(shop, meant).id)
    assert [order_row(shop, one)["prepaid_minor"] for one in (first, second)] == [10_000, 2000]
    bill = an_invoice(shop, first, is_ordered=True)
    assert (invoice_row(shop, bill)["state"], order_row(shop, first)["state"]) == ("paid", "paid")
    assert [event for event in events(shop) if event[0] == "paid"] == [("paid", 10_000)]
    rest = [an_invoice(shop, second, f"{place}=1") for place in (1, 2)]
    assert [owed(invoice_row(shop, one)) for one in rest] == [3000, 2500]
    payments.pay(shop, rest[0])
    assert earned(shop, "paid") == 10_000 + 5000


def test_a_cancelled_order_gives_its_deposit_back_to_the_quote(shop: Desk) -> None:
    meant = sold(shop, "100", coin="0", prepaid="40 EUR")
    orders.cancel(shop, str(orders.from_quote(shop, meant).id))
    assert order_row(shop, str(orders.from_quote(shop, meant).id))["prepaid_minor"] == 4000


def test_a_deposit_of_more_than_the_order_is_told_as_too_much(shop: Desk) -> None:
    order = str(orders.from_quote(shop, sold(shop, "100", coin="0", prepaid="150 EUR")).id)
    bill = an_invoice(shop, order, is_ordered=True)
    assert (owed(invoice_row(shop, bill)), invoice_row(shop, bill)["state"]) == (-5000, "paid")
    assert earned(shop, "paid") == 10_000


def test_credit_notes_take_the_rounding_back(shop: Desk) -> None:
    order = str(orders.from_quote(shop, sold(shop, "12.33", "0.04")).id)
    bill = an_invoice(shop, order, is_ordered=True)
    credit_notes.credit(shop, bill, Credit(("1=1",)))
    credit_notes.credit(shop, bill, Credit(is_whole=True))
    rows = shop.store.rows("SELECT kind, gross_minor, payable_rounding_minor FROM invoice ORDER BY number")
    assert rows == [("invoice", 1237, -2), ("credit_note", -1233, -2), ("credit_note", -4, 4)]
    assert (owed(invoice_row(shop, bill)), invoice_row(shop, bill)["state"]) == (0, "credited")


def test_the_documents_say_what_was_paid_before_and_what_is_to_be_paid(shop: Desk, tmp_path: Path) -> None:
    order = str(orders.from_quote(shop, sold(shop, "112.33", prepaid="100 EUR")).id)
    bill = an_invoice(shop, order, is_ordered=True)
    totals = invoice_papers.paper_of(shop, bill).totals
    assert (totals.prepaid_minor, totals.rounding_minor, totals.payable_minor) == (10_000, 2, 1235)
    invoice_papers.make(shop, bill, "md", tmp_path / "bill.md")
    text = (tmp_path / "bill.md").read_text(encoding="utf-8")
    assert "| Already paid | −100.00 |" in text
    assert "| **Amount due** | **12.35** |" in text


def test_each_step_is_undone(shop: Desk) -> None:
    meant = sold(shop, "12.33", prepaid="5 EUR")
    before = contents(shop)
    order = str(orders.from_quote(shop, meant).id)
    an_invoice(shop, order, is_ordered=True)
    history.undo(shop)
    history.undo(shop)
    assert contents(shop) == before


@pytest.mark.parametrize("values", [{"prepaid": "-1"}, {"cash_rounding": "0.05 USD"}, {"prepaid": "lots"}])
def test_what_is_no_such_amount_is_refused(shop: Desk, values: dict[str, str]) -> None:
    meant = a_quote(shop)
    before = contents(shop)
    with pytest.raises(UsageError):
        quotes.VERBS.edit(shop, [meant.id], values)
    assert contents(shop) == before


def test_another_currency_has_another_coin(shop: Desk) -> None:
    meant = a_quote(shop, LineText(description="Work", price="12.33", quantity="1"))
    quotes.VERBS.edit(shop, [meant.id], {"cash_rounding": "0.05", "prepaid": "2"})
    quotes.VERBS.edit(shop, [meant.id], {"currency": "USD"})
    assert [load(shop, meant).version[name] for name in ("cash_minor", "prepaid_minor")] == [0, 0]


def test_the_parts_of_a_deposit_and_of_a_rounding_add_up() -> None:
    assert [prepaid_part(left, 100, is_last=last) for left, last in ((150, False), (50, False), (50, True))] == [
        100,
        50,
        50,
    ]
    assert prepaid_part(50, -20, is_last=False) == 0
    first = {"gross_minor": 1233, "prepaid_minor": 0, "payable_rounding_minor": to_coin(1233, 5) - 1233}
    assert next_rounding([], 1233, 5, Rounding.HALF_UP) == 2
    assert next_rounding([first], 1233, 5, Rounding.HALF_UP) == -3
    assert next_rounding([first], 1233, 0, Rounding.HALF_UP) == -2
