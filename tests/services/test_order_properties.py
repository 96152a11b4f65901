"""Random lives of an order: quantities keep their bounds, invoices add up to the order, events of commission net out."""

from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from db.queries import orders as queries
from sfa.domain.order_sums import payable
from sfa.errors import SfaError
from sfa.services import credit_notes, invoices, order_shipping, orders, payments, quote_headers, quotes
from sfa.services.credit_notes import Credit
from sfa.services.desk import Desk
from sfa.services.invoices import Billing
from sfa.services.order_sheet import load
from sfa.services.order_shipping import Parcel
from sfa.services.quote_acceptance import Signature, accept
from sfa.services.quote_headers import Header
from sfa.services.quote_line_text import LineText
from sfa.services.quote_states import send
from tests.support.factories import make_desk
from tests.support.orders import AUTHORITY, earned, invoice_row, order_row
from tests.support.quotes import a_quote

VERBS = st.lists(
    st.tuples(
        st.sampled_from(["ship", "return", "invoice", "credit", "pay", "cancel"]), st.integers(1, 2), st.integers(1, 7)
    ),
    max_size=14,
)
PRICES = st.tuples(st.integers(5, 99_999), st.integers(1, 9), st.integers(5, 99_999), st.integers(1, 9))
CASH = st.tuples(st.sampled_from(["0", "0", "0.05", "0.10", "1"]), st.one_of(st.just(0), st.integers(1, 60_000)))
"""A coin, and cents that were paid before."""


def _order(desk: Desk, prices: tuple[int, int, int, int], cash: tuple[str, int] = ("0", 0)) -> str:
    first, many, second, more = prices
    with desk.store.write("taxes") as work:
        for code, rate in (("T19", 190_000), ("T7", 70_000)):
            tax = work.insert("tax_code", {"code": code, "name": code})
            work.insert_many("tax_rate", ("id", "tax_code_id", "rate_ppm"), [(desk.store.ids.new(), tax, rate)])
    lines = [
        LineText(description="One", tax="T19", price=str(Decimal(first).scaleb(-3)), quantity=str(many)),
        LineText(description="Two", tax="T7", price=str(Decimal(second).scaleb(-3)), quantity=str(more)),
    ]
    meant = a_quote(desk, *lines)
    quote_headers.put(desk, meant, Header("7.7%", "Fair"))
    quote_headers.put(desk, meant, Header("3.33 EUR", "Freight", is_charge=True))
    coin, prepaid = cash
    quotes.VERBS.edit(desk, [meant.id], {"cash_rounding": coin, "prepaid": f"{prepaid / 100:.2f}"})
    send(desk, meant)
    accept(desk, meant, Signature("Jane Doe"))
    return str(orders.from_quote(desk, meant).id)


def _live(desk: Desk, order: str, steps: list[tuple[str, int, int]]) -> None:
    for verb, line, amount in steps:
        bills = [row for row in queries.invoices(desk.store, order) if row["kind"] == "invoice"]
        words = [f"{line}={amount}"]
        try:
            if verb == "ship":
                order_shipping.ship(desk, order, Parcel(words))
            elif verb == "return":
                order_shipping.take_back(desk, order, Parcel(words))
            elif verb == "invoice":
                invoices.issue(desk, order, Billing(words))
            elif verb == "cancel" and amount == 1:
                orders.cancel(desk, order)
            elif bills and verb == "credit":
                credit_notes.credit(desk, bills[-1]["id"], Credit([f"1={amount}"]))
            elif bills and verb == "pay":
                payments.pay(desk, bills[0]["id"], str(amount))
        except SfaError:
            continue


def _assert_bounds(desk: Desk, order: str) -> None:
    for line in load(desk, order).lines:
        kept = line["quantity_dec6"] - line["cancelled_dec6"]
        assert 0 <= line["returned_dec6"] <= line["delivered_dec6"] <= kept
        assert 0 <= line["invoiced_dec6"] <= kept


@settings(max_examples=12, deadline=None)
@given(PRICES, VERBS, CASH)
def test_invoices_add_up_to_the_order_whatever_happened(
    prices: tuple[int, int, int, int], steps: list[tuple[str, int, int]], cash: tuple[str, int]
) -> None:
    with TemporaryDirectory() as folder:
        desk = make_desk(Path(folder), settings=AUTHORITY)
        try:
            order = _order(desk, prices, cash)
            _live(desk, order, steps)
            _assert_bounds(desk, order)
            _finish(desk, order)
        finally:
            desk.close()


def _finish(desk: Desk, order: str) -> None:
    """Invoice and pay what is left, see that it adds up, and credit all of it."""
    if order_row(desk, order)["state"] == "cancelled":
        assert earned(desk, "booked", "cancelled") == 0
        return
    if any(line["invoiced_dec6"] < line["quantity_dec6"] - line["cancelled_dec6"] for line in load(desk, order).lines):
        invoices.issue(desk, order, Billing(is_ordered=True))
    bills = [row for row in queries.invoices(desk.store, order) if row["kind"] == "invoice"]
    now = order_row(desk, order)
    for name in ("net_minor", "tax_minor", "gross_minor", "prepaid_minor", "payable_rounding_minor"):
        assert sum(bill[name] for bill in bills) == (now[name] or 0)
    for bill in (now, *bills):
        assert not payable(bill) % (now["cash_minor"] or 1)
    assert earned(desk, "invoiced") == earned(desk, "booked", "cancelled")
    for bill in bills:
        if invoice_row(desk, bill["id"])["state"] in ("open", "part_paid"):
            payments.pay(desk, bill["id"])
    assert order_row(desk, order)["state"] == "paid"
    if not any(bill["credited_minor"] for bill in bills):
        assert earned(desk, "paid") == earned(desk, "invoiced")
    for bill in bills:
        if any(line["credited_dec6"] < line["quantity_dec6"] for line in queries.invoice_lines(desk.store, bill["id"])):
            credit_notes.credit(desk, bill["id"], Credit(is_whole=True))
    rows = queries.invoices(desk.store, order)
    assert sum(row["gross_minor"] for row in rows) == sum(row["tax_minor"] for row in rows) == 0
    assert sum(row["payable_rounding_minor"] for row in rows) == 0
    assert earned(desk, "invoiced", "credited") == 0


def test_what_is_left_of_a_cancelled_order_is_taxed_and_reduced_as_its_invoices_are(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, settings=AUTHORITY)
    order = _order(desk, (52, 4, 50, 5))
    _live(desk, order, [("cancel", 2, 2), ("ship", 1, 5), ("invoice", 2, 2), ("cancel", 1, 1)])
    _finish(desk, order)
    desk.close()
